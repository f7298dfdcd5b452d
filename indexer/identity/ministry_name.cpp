// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules after the printed heads of seventeen parliaments (docs/new-parliament.md, "Ministries").
#include "identity/ministry_name.h"

#include <re2/re2.h>

#include <deque>
#include <initializer_list>
#include <utility>

namespace fundstelle {
namespace {

// One step of rewriting: every match of `pattern` becomes `with`.
struct Step {
  Step(const char* what, const char* replacement) : pattern(what), with(replacement) {}
  RE2 pattern;
  const char* with;
};

void apply(const std::deque<Step>& steps, std::string& name) {
  for (const Step& step : steps) RE2::GlobalReplace(&name, step.pattern, step.with);
}

std::deque<Step> made(std::initializer_list<std::pair<const char*, const char*>> rows) {
  std::deque<Step> steps;
  for (const auto& [pattern, with] : rows) steps.emplace_back(pattern, with);
  return steps;
}

constexpr const char* kEdges = "^[\\s,;:–—-]+|[\\s,;:–—.-]+$";

}  // namespace

std::string ministry_name(std::string_view printed) {
  std::string name(printed);
  static const std::deque<Step> blanks =
      made({{"\\x{AD}\\s*", ""}, {"(?:\\s|\\x{A0})+", " "}, {kEdges, ""}});
  apply(blanks, name);
  static const RE2 chancellery(
      "(?i)(?:leiter(?:in|s)?|chef(?:in|s)?)\\s+der\\s+((?:\\pL+n\\s+)?(?:Staatskanzlei|"
      "Senatskanzlei))");
  std::string house;
  if (RE2::PartialMatch(name, chancellery, &house)) {
    name = house;
  } else {
    static const std::deque<Step> articles =
        made({{"^(?i:die|der|das|des|dem|den|vom|zum|beim|im|durch|an|und)\\s+", ""},
              {"^(?i:die|der|das|des|dem|den)\\s+", ""}});
    apply(articles, name);
  }
  static const std::deque<Step> additions = made({
      {"\\s*\\((?:[A-ZÄÖÜ][A-Za-zÄÖÜäöü]+)\\)", ""},  // "(StMUV)"
      {"(?i)\\s+des\\s+Landes\\s+[A-ZÄÖÜ][\\pL-]+\\s*$", ""},
      {"(?i)\\s+des\\s+Freistaats?(?:es)?\\s+[A-ZÄÖÜ][\\pL-]+", ""},
      {"(?i)\\s+namens\\s+der\\s+Landesregierung", ""},
      // Inflected adjectives before the house, houses in the genitive.
      {"^(\\pL+(?:isch|er))(?:en|em)\\s+(\\pL*[Mm]inisterium)", "\\1es \\2"},
      {"^(\\pL+isch)en\\s+(\\pL*kanzlei)", "\\1e \\2"},
      {"^(Auswärtige)n\\s+Amte?s?", "\\1s Amt"},
      {"^Bundeskanzleramte?s\\b", "Bundeskanzleramt"},
      {"^(Presse- und Informationsamt)e?s\\b", "\\1"},
      {"((?i)ministerium)s\\b", "\\1"},
  });
  apply(additions, name);
  // A minister names the house; "Staatsministerin", "Finanzminister", "Ministers des Innern" too.
  static const RE2 minister(
      "^((?:\\pL+(?:isch|er)(?:e|er|en)?\\s+)?)(\\pL*?)([Mm])inister(?:in|s)?(\\s+(?:für|der|des|"
      "zur)\\b.*|$)");
  std::string adjective, front, letter, rest;
  if (RE2::FullMatch(name, minister, &adjective, &front, &letter, &rest)) {
    static const RE2 inflected("(isch)(?:e|er|en)\\s");
    if (!adjective.empty()) RE2::Replace(&adjective, inflected, "\\1es ");
    name = adjective + front + letter + "inisterium" + rest;
  }
  static const std::deque<Step> endings = made({
      {"^(Niedersächsische|Hessische|Sächsische|Bayerische|Thüringer)n\\s", "\\1s "},
      {"^(\\pL+isch)en\\s+(Staatsministerium|Ministerium)", "\\1es \\2"},
      {"^(\\pL+isch)e[nr]\\s+(Staatskanzlei|Senatskanzlei)", "\\1e \\2"},
      {"^(Senat)s$", "\\1"},
      {kEdges, ""},
  });
  apply(endings, name);
  return name;
}

bool names_house(std::string_view text) {
  static const RE2 house(
      "(?i)minister(?:ium|in|s)?\\b|ministeriums|staatskanzlei|senatskanzlei|senatsverwaltung|"
      "bundeskanzleramt|"
      "auswärtigen? amt|auswärtiges "
      "amt|\\bsenator|\\bsenats?\\b|landesregierung|staatsregierung|bundesregierung|"
      "regierende[rn]? bürgermeister|behörde für");
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), house);
}

}  // namespace fundstelle
