// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_houses.h"

#include "extract/interpret_fields.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "identity/ministry_name.h"

namespace fundstelle {
namespace {

// Where a house's name is over. Names hold commas and "und", so only clear signs count.
const RE2& name_ends() {
  static const RE2 ends(
      "(?i)\\s(?:vom\\s|mit\\s+Schreiben|wie\\s+folgt|im\\s+(?:Einvernehmen|Benehmen|Namen)|in\\s+("
      "?:Abstimmung|Absprache)|"
      "namens\\b|auf\\s+(?:der\\s+Grundlage|die\\s+(?:Kleine|Große|Schriftliche))|(?:die|der)\\s+(?"
      ":Kleinen?|Großen?|Schriftlichen?)\\s+Anfrage|"
      "die\\s+Anfrage|hat\\b|wird\\b|beantwortet|übermittelt|der\\s+Fragesteller|als\\s+"
      "federführend|am\\s+\\d|"
      "An\\s+den|Frau\\b|Herrn\\b|über\\s+den|Postfach|zu\\s+(?:der|dem|den)\\b|und\\s+Antwort|"
      "zum\\s+Thema|gemäß\\b|"
      "Vorbemerkung)|[()„“\"_…;:]|\\.{3}|\\.\\s|\\d{2}\\.\\d{2}|\\s–\\s|\\.$");
  return ends;
}

const RE2& house_begins() {
  static const RE2 begins(
      "(?:\\b(?:\\pL+(?:ische[snrm]?|isch)|Thüringer|Bremer|Hamburger|Berliner)\\s+)?"
      "(?:\\b\\pL*[Mm]inisteriums?\\b|\\b\\pL*[Mm]inister(?:in|s)?\\b|"
      "\\b(?:(?:Leiter|Chef)(?:in|s)?\\s+der\\s+(?:\\pL+\\s+)?)?(?:Staatskanzlei|Senatskanzlei)\\b|"
      "\\bSenatsverwaltung\\b|"
      "\\bAuswärtige[ns]?\\s+Amte?s?\\b|\\bBundeskanzleramte?s?\\b|\\bPresse-\\s+und\\s+"
      "Informationsamte?s?\\b|"
      "\\b(?:Landesregierung|Staatsregierung|Bundesregierung)\\b|\\bSenator(?:in|s)?\\b|\\bSenats?"
      "\\b|"
      "\\bBehörde\\s+für\\b|\\bBeauftragten?\\s+der\\s+Bundesregierung\\b)");
  return begins;
}

bool is_government(const std::string& name) {
  return name == "Landesregierung" || name == "Staatsregierung" || name == "Bundesregierung" ||
         name == "Senat" || name.ends_with(" Landesregierung") ||
         name.ends_with(" Staatsregierung");
}

// Letters only, upper case, umlauts kept as two bytes: enough to compare scans.
std::string letters(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 'a' && c <= 'z') {
      out += static_cast<char>(c - 32);
    } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      out += static_cast<char>(c);
    } else if (c == 0xC3 && i + 1 < text.size()) {
      switch (static_cast<unsigned char>(text[++i])) {
        case 0xA4:
        case 0x84:
          out += 'A';
          break;
        case 0xB6:
        case 0x96:
          out += 'O';
          break;
        case 0xBC:
        case 0x9C:
          out += 'U';
          break;
        case 0x9F:
          out += 'S';
          break;
        default:
          break;
      }
    }
  }
  return out;
}

// How `name` stands in `text`: letters compared and edits needed (Sellers 1980). A text that breaks
// off inside the name is measured by the part it shows, if that is long enough to tell.
struct Likeness {
  std::size_t length = 0;
  std::size_t edits = 0;
  [[nodiscard]] double share() const {
    return length == 0 ? 0.0 : 1.0 - static_cast<double>(edits) / static_cast<double>(length);
  }
  // What is explained less what is not: a longer name must pay for its further letters.
  [[nodiscard]] long weight() const {
    return static_cast<long>(length) - 2 * static_cast<long>(edits);
  }
};

Likeness likeness(const std::string& name, const std::string& text) {
  constexpr std::size_t kTelling = 20;
  std::vector<std::size_t> row(text.size() + 1, 0);
  Likeness best;
  const auto offer = [&](std::size_t length, std::size_t edits) {
    const Likeness one{length, edits};
    if (best.length == 0 || one.weight() > best.weight()) best = one;
  };
  for (std::size_t i = 1; i <= name.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= text.size(); ++j) {
      const std::size_t above = row[j];
      row[j] =
          std::min({above + 1, row[j - 1] + 1, diagonal + (name[i - 1] == text[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
    if (i > kTelling && i < name.size()) offer(i, row[text.size()]);
  }
  offer(name.size(), *std::min_element(row.begin(), row.end()));
  return best;
}

}  // namespace

std::vector<std::string> read_houses(std::string_view text) {
  std::string flat(text);
  RE2::GlobalReplace(&flat, compiled("\u00AD\\s*"), "");
  // A hyphen at a line end: "Kommu-\n\nnales" is one word, "Bundes-\nund" is not.
  RE2::GlobalReplace(&flat, compiled("(\\p{Ll})-\\s*\\n\\s*(und|oder|sowie)\\b"), "\\1- \\2");
  RE2::GlobalReplace(&flat, compiled("(\\p{Ll})-\\s*\\n\\s*(\\p{Ll})"), "\\1\\2");
  RE2::GlobalReplace(&flat, compiled("\\s+"), " ");
  struct Place {
    std::size_t begin, end;
  };
  std::vector<Place> places;
  re2::StringPiece found;
  for (std::size_t at = 0;
       house_begins().Match(flat, at, flat.size(), RE2::UNANCHORED, &found, 1);) {
    const auto begin = static_cast<std::size_t>(found.data() - flat.data());
    places.push_back({begin, begin + found.size()});
    at = begin + found.size();
  }
  std::vector<std::string> houses;
  std::vector<std::string> governments;
  bool after_chancellery = false;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string_view head =
        std::string_view(flat).substr(places[i].begin, places[i].end - places[i].begin);
    // "Leiterin der Staatskanzlei, Staatsministerin für Sonderaufgaben" is one person, one house.
    if (after_chancellery && head.find("inister") != std::string_view::npos && i > 0) {
      std::string between(flat, places[i - 1].end, places[i].begin - places[i - 1].end);
      if (RE2::FullMatch(between, compiled("\\s*(?:,|und|,\\s*und)?\\s*"))) {
        after_chancellery = false;
        continue;
      }
    }
    std::size_t stop = i + 1 < places.size() ? places[i + 1].begin : flat.size();
    std::string name(flat, places[i].begin, stop - places[i].begin);
    const std::size_t head_size = head.size();
    re2::StringPiece end;
    std::string abbreviation;
    if (name_ends().Match(name, head_size, name.size(), RE2::UNANCHORED, &end, 1)) {
      // "… (StMUV)": the abbreviation is printed with the name and stays.
      const auto at = static_cast<std::size_t>(end.data() - name.data());
      static const RE2 short_form("^\\s*(\\(\\p{Lu}[\\pL]*\\p{Lu}[\\pL]*\\))");
      RE2::PartialMatch(re2::StringPiece(name.data() + at, name.size() - at), short_form,
                        &abbreviation);
      name.resize(at);
    }
    // The article or conjunction of the next house.
    static const RE2 tail(
        "(?:,|;|\\s+und|\\s+sowie|\\s+mit)*\\s*(?:\\b(?:dem|der|des|die|das|den|vom|beim))?\\s*$");
    RE2::Replace(&name, tail, "");
    RE2::Replace(&name, tail, "");
    name = ministry_name(name);
    after_chancellery = name.find("kanzlei") != std::string::npos &&
                        (head.starts_with("Leiter") || head.starts_with("Chef"));
    if (name.empty() || name.size() > 160) continue;
    // "Minister" alone is no house, nor is "Ministerin X Y".
    if (name == "Ministerium" || name == "Bundesministerium" || name == "Senatsverwaltung" ||
        name == "Behörde für" || name == "Senator" || name == "Senatorin" ||
        name == "Staatsministerium für") {
      continue;
    }
    if (!abbreviation.empty() && abbreviation.size() <= 14) name += " " + abbreviation;
    auto& list = is_government(name) ? governments : houses;
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }
  return houses.empty() ? governments : houses;
}

std::string read_saxon_letterhead(std::string_view text) {
  static constexpr std::array<std::string_view, 16> kHouses = {
      "Staatsministerium des Innern",
      "Staatsministerium der Finanzen",
      "Staatsministerium der Justiz",
      "Staatsministerium für Kultus",
      "Staatsministerium für Wissenschaft und Kunst",
      "Staatsministerium für Wirtschaft, Arbeit und Verkehr",
      "Staatsministerium für Soziales und Verbraucherschutz",
      "Staatsministerium für Soziales und Gesellschaftlichen Zusammenhalt",
      "Staatsministerium für Soziales",
      "Staatsministerium für Umwelt und Landwirtschaft",
      "Staatsministerium für Energie, Klimaschutz, Umwelt und Landwirtschaft",
      "Staatsministerium für Regionalentwicklung",
      "Staatsministerium der Justiz und für Demokratie, Europa und Gleichstellung",
      "Staatsministerium für Gleichstellung und Integration",
      "Staatsministerium für Infrastruktur und Landesentwicklung",
      "Staatskanzlei",
  };
  const std::string scan = letters(text.substr(0, 160));
  // A letterhead that lost its first word still names the house: "DES INNERN Freistaat SACHSEN".
  static const RE2 lost("^\\W*(DES INNERN|DER FINANZEN|DER JUSTIZ)\\b.{0,40}Freistaat");
  std::string rest;
  if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), lost, &rest)) {
    if (rest == "DES INNERN") return "Staatsministerium des Innern";
    if (rest == "DER FINANZEN") return "Staatsministerium der Finanzen";
    return "Staatsministerium der Justiz";
  }
  std::string best;
  long best_weight = 0;
  for (const std::string_view house : kHouses) {
    const Likeness alike = likeness(letters(house), scan);
    if (alike.share() >= 0.63 && alike.weight() > best_weight) {
      best_weight = alike.weight();
      best = house;
    }
  }
  return best;
}

}  // namespace fundstelle
