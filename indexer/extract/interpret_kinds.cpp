// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_kinds.h"

#include <algorithm>
#include <array>
#include <map>

#include "extract/interpret_fields.h"
#include "extract/interpret_names.h"
#include "identity/identity.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

struct LandNames {
  const char* name;
  const char* pattern;  ///< the Land, its adjective, not words that merely begin so
  const char* government;
};
constexpr std::array<LandNames, 16> kLands = {{
    {"Baden-Württemberg", "Baden-Württembergs?\\b|baden-württembergisch",
     "Landesregierung Baden-Württemberg"},
    {"Bayern", "\\bBayerns?\\b|\\b[Bb]ayerisch", "Bayerische Staatsregierung"},
    {"Berlin", "Berliner Senat|Senat von Berlin|Land(?:es)? Berlin", "Senat von Berlin"},
    {"Brandenburg", "\\bBrandenburgs?\\b|\\bbrandenburgisch", "Landesregierung Brandenburg"},
    {"Bremen", "\\bBremens?\\b|\\bbremisch", "Senat der Freien Hansestadt Bremen"},
    {"Hamburg", "\\bHamburgs?\\b", "Senat der Freien und Hansestadt Hamburg"},
    {"Hessen", "\\bHessens?\\b|\\b[Hh]essisch", "Hessische Landesregierung"},
    {"Mecklenburg-Vorpommern", "Mecklenburg-Vorpommerns?\\b|mecklenburg-vorpommersch|\\bM-V\\b",
     "Landesregierung Mecklenburg-Vorpommern"},
    {"Niedersachsen", "\\bNiedersachsens?\\b|\\b[Nn]iedersächsisch",
     "Niedersächsische Landesregierung"},
    {"Nordrhein-Westfalen", "Nordrhein-Westfalens?\\b|nordrhein-westfälisch|\\bNRW\\b",
     "Landesregierung Nordrhein-Westfalen"},
    {"Rheinland-Pfalz", "Rheinland-Pfalz\\b|rheinland-pfälzisch",
     "Landesregierung Rheinland-Pfalz"},
    {"Saarland", "\\bSaarlande?s?\\b|\\bsaarländisch", "Landesregierung des Saarlandes"},
    {"Sachsen", "\\bSachsens?(?:[^-\\pL]|$)|\\b[Ss]ächsisch", "Sächsische Staatsregierung"},
    {"Sachsen-Anhalt", "Sachsen-Anhalts?\\b", "Landesregierung Sachsen-Anhalt"},
    {"Schleswig-Holstein", "Schleswig-Holsteins?\\b|schleswig-holsteinisch",
     "Landesregierung Schleswig-Holstein"},
    {"Thüringen", "\\bThüringens?\\b|\\bThüringer\\b", "Thüringer Landesregierung"},
}};

std::size_t count(const Paper& paper, const RE2& pattern, Range where, Range* first = nullptr) {
  std::size_t times = 0;
  Range at;
  while (times < 1000 && paper.find(pattern, where, &at) && !at.empty()) {
    if (times == 0 && first != nullptr) *first = at;
    ++times;
    where.begin = at.end;
  }
  return times;
}

}  // namespace

std::uint32_t behind_movers(const Paper& paper, std::uint32_t type_end) {
  if (type_end == 0) return 0;
  const auto& lines = paper.lines();
  // The list of movers was read: the title follows it.
  for (const char* field : {"groups", "authors"}) {
    const auto read = paper.document.read.find(field);
    if (read == paper.document.read.end()) continue;
    const Range list = paper.range_of(read->second.span);
    if (list.end > type_end) {
      // The rest of its line: ", eingegangen am …", "vom 24.05.2025", a closing bracket.
      const std::size_t i = paper.line_at(list.end);
      std::uint32_t end = list.end;
      if (i < lines.size() && lines[i].range.begin < list.end) {
        const std::string rest(paper.in({list.end, lines[i].range.end}));
        if (rest.size() < 60 || rest.find(" vom ") != std::string::npos) end = lines[i].range.end;
      }
      if (i + 1 < lines.size() && paper.line(i + 1).starts_with("vom ") &&
          paper.line(i + 1).size() < 40)
        end = lines[i + 1].range.end;
      return end;
    }
  }
  std::size_t i = paper.line_at(type_end);
  // Words on the type line itself belong to it.
  std::uint32_t end = type_end;
  static const RE2 mover(
      "^(?i:de[rs]|durch|an|vo[mn]|zu[rm]?|auf|gemäß|mit den|für die "
      "Fragestunde|eingegangenen|am)\\s");
  static const RE2 open(
      "(?:,|-|\\s(?i:de[rs]|für|und|dem|die|den|das|Bundesministeriums?|Ministeriums?))$");
  static const RE2 goes_on("^(?i:der|des|für|und)\\s");
  bool first = true;
  for (; i < lines.size(); ++i) {
    if (lines[i].range.begin < type_end) {
      // the rest of the type line
      end = lines[i].range.end;
      first = false;
      continue;
    }
    const std::string_view line = paper.line(i);
    const std::string_view above = i > 0 ? paper.line(i - 1) : std::string_view();
    const bool is_mover = RE2::PartialMatch(piece(line), mover);
    const bool continued =
        !first &&
        (RE2::PartialMatch(piece(above), open) || RE2::PartialMatch(piece(line), goes_on)) &&
        !lines[i].gap_before;
    // Scraps of sideways print: "B", "R", "Fu", "ss".
    const bool scrap = line.size() <= 3;
    if (!(is_mover && (first || continued || line.size() < 120)) && !continued && !scrap) break;
    if (!first && is_mover && lines[i].gap_before && !continued) break;
    end = lines[i].range.end;
    if (!scrap) first = false;
    if (i > paper.line_at(type_end) + 8) break;
  }
  return end;
}

std::string land_of_text(const Paper& paper) {
  const Range all{0, paper.size()};
  std::size_t best = 0;
  std::size_t second = 0;
  std::string name;
  for (const LandNames& land : kLands) {
    const RE2& pattern = compiled(land.pattern);
    const std::size_t times = count(paper, pattern, all);
    if (times > best) {
      second = best;
      best = times;
      name = land.name;
    } else {
      second = std::max(second, times);
    }
  }
  // Clearly: alone, or named three times as often as any other.
  return best > 0 && best >= 3 * second ? name : std::string();
}

void read_body_from_mentions(Paper& paper) {
  Document& document = paper.document;
  const Range all{0, paper.size()};
  static const RE2 land_acts("\\b(?:Landesregierung|Staatsregierung)\\b");
  static const RE2 bund_acts("\\bBundesregierung\\b");
  Range first;
  const std::size_t land_times = count(paper, land_acts, all, &first);
  const std::size_t bund_times = count(paper, bund_acts, all);
  if (land_times == 0 || bund_times > land_times) return;
  const std::string land = land_of_text(paper);
  if (land.empty()) return;
  const Identity* body = find_identity(Axis::kBody, land);
  if (body == nullptr) return;
  document.body = body->label;
  paper.note("body", first, "Landesregierung answers, only " + land + " is named");
}

void read_plain(Paper& paper) {
  Document& document = paper.document;
  const auto& lines = paper.lines();
  Range title;
  std::string how;
  for (const MarkedHeading& heading : paper.source().headings) {
    if (heading.level > 2) continue;
    title = paper.range_of(heading.span);
    how = "first heading";
    break;
  }
  if (const std::string_view yaml = paper.declared("yaml title"); title.empty() && !yaml.empty()) {
    document.title = yaml;
    paper.note_declared("title", "YAML title");
    return;
  }
  if (title.empty() && !lines.empty()) {
    const std::string_view line = paper.line(0);
    // A heading stands alone and closes no sentence.
    const bool alone = lines.size() == 1 || lines[1].gap_before;
    if (alone && line.size() >= 4 && line.size() <= 160 && !line.ends_with(".") &&
        !line.ends_with(",")) {
      title = lines[0].range;
      how = "first line";
    }
  }
  if (title.empty()) return;
  // Scraps of a scan are no title.
  static const RE2 words("^\\W{0,2}\\pL[^\\n]*\\pL\\pL\\pL");
  std::string text = paper.one_line(title);
  if (!RE2::PartialMatch(text, words) || text.ends_with(":")) return;
  document.title = std::move(text);
  paper.note("title", title, how);
}

}  // namespace fundstelle
