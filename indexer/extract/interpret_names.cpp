// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_names.h"

#include "extract/interpret_fields.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>

#include "identity/identity.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

std::string collapsed(std::string_view text) {
  std::string out(text);
  RE2::GlobalReplace(&out, compiled("\u00AD\\s*"), "");
  RE2::GlobalReplace(&out, compiled("(?:\\s|\u00A0)+"), " ");
  return out;
}

void trim(std::string& text) {
  RE2::GlobalReplace(&text, compiled("^[\\s,;:.–—*]+|[\\s,;:–—*]+$"), "");
}

// Titles and additions that are no part of a name.
void strip_titles(std::string& name) {
  static const RE2 in_brackets("\\s*[(\\[][^)\\]]*[)\\]]");
  RE2::GlobalReplace(&name, in_brackets, " ");
  static const RE2 titles(
      "(?:^|\\b)(?:Prof(?:essor(?:in)?)?\\.?|Dr(?:es)?\\.?|PD|Priv\\.-Doz\\.|Dipl\\.-?\\s?\\pL+\\.?"
      "|h\\.\\s?c\\.|hc\\.|"
      "habil\\.|rer\\.\\s?(?:nat|pol|oec)\\.|phil\\.|jur\\.|iur\\.|med\\.|vet\\.|oec\\.|theol\\.|"
      "Ing\\.|-Ing\\.|mult\\.|"
      "Univ\\.|M\\.\\s?A\\.|LL\\.\\s?M\\.|MdB|MdL|MdA|MdBB|MdHB|Freiherr|Freifrau|Herrn?|Frau|"
      "Abg\\.)(?:\\s|$|,)");
  for (int round = 0; round < 4 && RE2::GlobalReplace(&name, titles, " ") > 0; ++round) {
  }
  RE2::GlobalReplace(&name, compiled("\\s+"), " ");
  trim(name);
}

bool looks_like_name(std::string_view name) {
  if (name.size() < 3 || name.size() > 70) return false;
  static const RE2 shape(
      "(?:(?:von|van|vom|zu|zum|zur|de|del|der|den|dos|da|di|du|le|la|el|al|ter|auf|und "
      "zu|Graf|Gräfin|St\\.|[A-ZÄÖÜ]\\.)\\s)*"
      "(?:[\\p{Lu}][\\pL'’.-]*)(?:\\s(?:von|van|vom|zu|zum|zur|de|del|der|den|dos|da|di|du|le|la|"
      "el|al|ter|auf|und zu|Graf|"
      "Gräfin|[\\p{Lu}][\\pL'’.-]*))*");
  if (!RE2::FullMatch(piece(name), shape)) return false;
  static const RE2 other(
      "(?i)\\b(?:fraktion|abgeordnete[rn]?|antwort|anfrage|drucksache|wahlperiode|landtag|"
      "bundestag|senats?|regierung|"
      "minister(?:in|ium|iums|s)?|gruppe|ausschuss|ausschusses|bundesregierung|landesregierung|"
      "staatsregierung|länder|"
      "freistaat|bundesrat|land|betr|betreffend|kreis|vorbemerkung|mitglieder|präsident(?:in)?)"
      "\\b");
  return !RE2::PartialMatch(piece(name), other);
}

}  // namespace

const std::string& group_pattern() {
  static const std::string pattern =
      "(?:CDU\\s?/\\s?CSU|CDU|CSU|SPD|FDP\\s?/\\s?DVP|DVP\\s?/"
      "\\s?FDP|FDP|F\\.\\s?D\\.\\s?P\\.|(?i:FREIEN?\\sDEMOKRATEN)|(?i:BÜNDNISGRÜNE)|AfD|"
      "Alternative für Deutschland|"
      "(?i:BÜNDNIS(?:SES)?\\s?90\\s?/?\\s?-?(?:DIE\\s)?\\s?GRÜNEN?)|(?i:Die\\sGrünen\\s?/"
      "\\s?Bündnis\\s?90)|"
      "B(?:Ü|ü)?\\s?90\\s?/\\s?(?:(?i:Die\\s)?(?i:GRÜNEN?)|GR)|(?i:DIE\\sGRÜNEN?)|GRÜNEN?|Grünen?|"
      "(?i:DIE\\sLINKE(?:\\.PDS|N)?)\\.?|(?i:LINKSPARTEI\\.?(?:PDS)?)|Linksfraktion|LINKEN?\\.?|"
      "PDS\\s?/\\s?(?:LL|Linke Liste)|PDS|"
      "BVB\\s?/"
      "\\s?FREIEN?\\sWÄHLER|(?i:FREIEN?\\sWÄHLER)|SSW|PIRATEN|Piraten(?:fraktion|partei)?|NPD|DVU|"
      "BSW|"
      "Bündnis Sahra Wagenknecht|BIW|Bündnis Deutschland|(?i:fraktionslos(?:e[rn]?)?))";
  return pattern;
}

std::string person_name(std::string_view printed) {
  std::string name = collapsed(printed);
  // "Schreyer -Stäblein", "Al- Wazir": broken at a hyphen.
  RE2::GlobalReplace(&name, compiled("(\\pL)\\s-(\\p{Lu})"), "\\1-\\2");
  RE2::GlobalReplace(&name, compiled("(\\pL)-\\s(\\p{Lu})"), "\\1-\\2");
  std::string last;
  std::string first;
  static const RE2 swapped(
      "\\s*(\\p{Lu}[^,(]*),\\s*([^,(]+?)\\s*(?:,\\s*(?:Prof\\.|Dr\\.)[^,]*)?\\s*");
  if (RE2::FullMatch(name, swapped, &last, &first)) {
    // "Notz, Konstantin von, Dr.": what stands behind the first name belongs before the last.
    std::string particle;
    static const RE2 trailing(
        "^(.*?)\\s((?:von|van|de|der|zu|dos|da)(?:\\s(?:der|den|dem|und zu))?)$");
    std::string given = first;
    if (RE2::FullMatch(given, trailing, &first, &particle)) last = particle + " " + last;
    name = first + " " + last;
  }
  strip_titles(name);
  return looks_like_name(name) ? name : std::string();
}

Movers read_movers(std::string_view text) {
  Movers movers;
  std::string rest = collapsed(text);
  static const RE2 others("(?i),?\\s*(?:sowie\\s|und\\s)?we\\pL+er[ern]*\\s+Abgeordnete[rn]?");
  RE2::GlobalReplace(&rest, others, " ");

  static const RE2 group(
      "(?:(?:,|\\bund|\\bsowie)?\\s*(?:\\b(?:der|die|des)\\s)?(?:\\b(?:Fraktion(?:en)?|Gruppe|"
      "Abgeordneten\\s+des)\\s+)?"
      "(?:\\b(?:der|des)\\s)?(?:Fraktion\\s)?|\\s*[(\\[]|^)\\b(" +
      group_pattern() +
      ")(?:-?\\s?(?:Landtags|Bürgerschafts|Bundestags)?-?(?:[Ff]raktion|[Gg]ruppe))?(?:\\s*[)\\]]|"
      "\\b|\\s|$|,)");
  std::vector<const Identity*> seen;
  std::string names;
  re2::StringPiece input(rest);
  re2::StringPiece groups[2];
  std::size_t at = 0;
  bool after_group = false;
  while (at <= rest.size() && group.Match(input, at, rest.size(), RE2::UNANCHORED, groups, 2)) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - rest.data());
    names.append(rest, at, begin - at);
    names += ", ";
    const std::string print(groups[1].data(), groups[1].size());
    const Identity* identity = find_identity(Axis::kGroup, print);
    if (std::find(seen.begin(), seen.end(), identity) == seen.end() || identity == nullptr) {
      seen.push_back(identity);
      movers.groups.push_back(print);
    }
    after_group = true;
    const std::size_t next = begin + groups[0].size();
    at = next > at ? next : at + 1;
  }
  (void)after_group;
  if (at < rest.size()) names.append(rest, at, std::string::npos);

  static const RE2 offices(
      "(?i)\\b(?:de[rs]\\s*/"
      "\\s*de[rs]|der|des|die|den|dem|von)?\\s*\\b(?:Abgeordnete[rn]?|Abg\\.|Abg\\b|"
      "Landtagsabgeordnete[rn]?|"
      "Mitglieds? (?:der|des) \\pL+|Fraktion(?:en)?|Gruppe)");
  RE2::GlobalReplace(&names, offices, ",");
  // Titles in brackets before the split: "Prof. (Univ. Lima) Dr. Peter Bauer".
  RE2::GlobalReplace(&names, compiled("\\s*\\([^)]*\\)"), " ");
  static const RE2 parting("\\s*(?:,|;|\\bund\\b|\\bsowie\\b|/)\\s*");
  std::size_t begin = 0;
  const auto take = [&](std::string_view one) {
    std::string part(one);
    RE2::Replace(&part, compiled("^\\s*(?:der|des|die)\\s+"), "");
    const std::string name = person_name(part);
    if (name.empty() || name.size() < 3) return;
    if (std::find(movers.authors.begin(), movers.authors.end(), name) == movers.authors.end())
      movers.authors.push_back(name);
  };
  re2::StringPiece found;
  while (begin <= names.size() &&
         parting.Match(names, begin, names.size(), RE2::UNANCHORED, &found, 1)) {
    const auto stop = static_cast<std::size_t>(found.data() - names.data());
    // "von und zu Guttenberg" is one name.
    take(std::string_view(names).substr(begin, stop - begin));
    begin = stop + found.size();
    if (found.empty()) break;
  }
  if (begin < names.size()) take(std::string_view(names).substr(begin));
  return movers;
}

std::vector<std::string> find_groups(std::string_view text) {
  std::vector<std::string> out;
  std::vector<const Identity*> seen;
  static const RE2 group("(?:^|[^\\pL])(" + group_pattern() + ")(?:$|[^\\pL])");
  const re2::StringPiece input = piece(text);
  re2::StringPiece groups[2];
  std::size_t at = 0;
  while (at <= text.size() && group.Match(input, at, text.size(), RE2::UNANCHORED, groups, 2)) {
    const std::string print = collapsed(std::string_view(groups[1].data(), groups[1].size()));
    const Identity* identity = find_identity(Axis::kGroup, print);
    if (identity == nullptr || std::find(seen.begin(), seen.end(), identity) == seen.end()) {
      seen.push_back(identity);
      out.push_back(print);
    }
    at = static_cast<std::size_t>(groups[1].data() - text.data()) + groups[1].size();
  }
  return out;
}

}  // namespace fundstelle
