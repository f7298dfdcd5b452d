// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules after the printed heads of seventeen parliaments (docs/new-parliament.md, "Ministries").
#include "identity/ministry_name.h"

#include <re2/re2.h>

namespace fundstelle {
namespace {

void trim(std::string& text) {
  static const RE2 edges("^[\\s,;:–—-]+|[\\s,;:–—.-]+$");
  RE2::GlobalReplace(&text, edges, "");
}

}  // namespace

std::string ministry_name(std::string_view printed) {
  std::string name(printed);
  RE2::GlobalReplace(&name, "\\x{AD}\\s*", "");
  RE2::GlobalReplace(&name, "(?:\\s|\\x{A0})+", " ");
  trim(name);
  static const RE2 chancellery(
      "(?i)(?:leiter(?:in|s)?|chef(?:in|s)?)\\s+der\\s+((?:\\pL+n\\s+)?(?:Staatskanzlei|"
      "Senatskanzlei))");
  std::string house;
  if (RE2::PartialMatch(name, chancellery, &house)) {
    name = house;
  } else {
    RE2::Replace(&name, "^(?i:die|der|das|des|dem|den|vom|zum|beim|im|durch|an|und)\\s+", "");
    RE2::Replace(&name, "^(?i:die|der|das|des|dem|den)\\s+", "");
  }
  // Abbreviation in brackets: "(StMUV)".
  RE2::GlobalReplace(&name, "\\s*\\((?:[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{1,9})\\)", "");
  RE2::GlobalReplace(&name, "(?i)\\s+des\\s+Landes\\s+[A-ZÄÖÜ][\\pL-]+\\s*$", "");
  RE2::GlobalReplace(&name, "(?i)\\s+des\\s+Freistaats?(?:es)?\\s+[A-ZÄÖÜ][\\pL-]+", "");
  RE2::GlobalReplace(&name, "(?i)\\s+namens\\s+der\\s+Landesregierung", "");
  // Inflected adjectives before the house.
  RE2::Replace(&name, "^(\\pL+(?:isch|er))(?:en|em)\\s+(\\pL*[Mm]inisterium)", "\\1es \\2");
  RE2::Replace(&name, "^(\\pL+isch)en\\s+(\\pL*kanzlei)", "\\1e \\2");
  RE2::Replace(&name, "^(Auswärtige)n\\s+Amte?s?", "\\1s Amt");
  RE2::Replace(&name, "^Bundeskanzleramte?s\\b", "Bundeskanzleramt");
  RE2::Replace(&name, "^(Presse- und Informationsamt)e?s\\b", "\\1");
  static const RE2 genitive("((?i)ministerium)s\\b");
  RE2::GlobalReplace(&name, genitive, "\\1");
  // A minister names the house; "Staatsministerin", "Finanzminister", "Ministers des Innern" too.
  static const RE2 minister(
      "^((?:\\pL+(?:isch|er)(?:e|er|en)?\\s+)?)(\\pL*?)([Mm])inister(?:in|s)?(\\s+(?:für|der|des|"
      "zur)\\b.*|$)");
  std::string adjective, front, letter, rest;
  if (RE2::FullMatch(name, minister, &adjective, &front, &letter, &rest)) {
    if (!adjective.empty()) RE2::Replace(&adjective, "(isch)(?:e|er|en)\\s", "\\1es ");
    name = adjective + front + letter + "inisterium" + rest;
  }
  RE2::Replace(&name, "^(Niedersächsische|Hessische|Sächsische|Bayerische|Thüringer)n\\s", "\\1s ");
  RE2::Replace(&name, "^(\\pL+isch)en\\s+(Staatsministerium|Ministerium)", "\\1es \\2");
  static const RE2 inflected_state("^(\\pL+isch)en\\s+(Staatskanzlei|Senatskanzlei)");
  RE2::Replace(&name, inflected_state, "\\1e \\2");
  RE2::Replace(&name, "^(\\pL+isch)er\\s+(Staatskanzlei|Senatskanzlei)", "\\1e \\2");
  RE2::Replace(&name, "^(Senat)s$", "\\1");
  trim(name);
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
