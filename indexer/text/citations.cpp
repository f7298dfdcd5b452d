// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/citations.h"

#include <optional>

namespace fundstelle::text {

namespace {

constexpr std::size_t kMostProvisions = 12;  // of one list

bool digits_then_letter(std::string_view raw) {
  std::size_t digits = 0;
  while (digits < raw.size() && raw[digits] >= '0' && raw[digits] <= '9') ++digits;
  if (digits == 0 || digits > 4 || raw.size() > digits + 1) return false;
  return raw.size() == digits || (raw[digits] >= 'a' && raw[digits] <= 'z');
}

bool is_article(std::string_view raw) {
  return raw == "Art" || raw == "art" || raw == "ART" || raw == "Artikel" || raw == "artikel" ||
         raw == "Artikels" || raw == "Artikeln";
}

bool is_paragraph_sign(std::string_view raw) {
  return raw == "Paragraph" || raw == "Paragraf" || raw == "Paragraphen" || raw == "Paragrafen" ||
         raw == "paragraph" || raw == "paragraf";
}

bool only_blank(std::string_view gap) {
  for (std::size_t i = 0; i < gap.size(); ++i) {
    if (gap[i] == ' ' || gap[i] == '\n' || gap[i] == '\t') continue;
    if (gap.substr(i, 2) == "\u00A0") {
      ++i;
      continue;
    }
    if (gap.substr(i, 3) == "\u202F" || gap.substr(i, 3) == "\u2009") {
      i += 2;
      continue;
    }
    return false;
  }
  return true;
}

bool only_dot_and_blank(std::string_view gap) {
  if (gap.starts_with('.')) gap.remove_prefix(1);
  return only_blank(gap);
}

/// "iv" is 4, "4" is 4; nothing for other words.
std::optional<int> small_number(std::string_view folded) {
  static constexpr std::string_view kRoman[] = {"i",    "ii", "iii", "iv", "v",   "vi",   "vii",
                                                "viii", "ix", "x",   "xi", "xii", "xiii", "xiv"};
  for (int i = 0; i < 14; ++i) {
    if (folded == kRoman[i]) return i + 1;
  }
  if (folded.empty() || folded.size() > 2 ||
      folded.find_first_not_of("0123456789") != folded.npos) {
    return std::nullopt;
  }
  return std::stoi(std::string(folded));
}

/// AufenthG, BayHO, StVO, GG: capitals inside and a capital at the end.
bool looks_like_law(std::string_view raw) {
  int capitals = 0;
  for (const char c : raw) capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
  return raw.size() >= 2 && raw.size() <= 16 && capitals >= 2 && raw.back() >= 'A' &&
         raw.back() <= 'Z';
}

class Reader {
 public:
  Reader(const Scan& scan, const Abbreviations& abbreviations)
      : scan_(scan), abbreviations_(abbreviations) {}

  Citation read(std::size_t i) {
    Citation citation;
    std::string sign = "§";
    std::size_t at = i;
    citation.begin = scan_.atoms[i].begin;
    const bool article = is_article(scan_.raw(i));
    if (article || is_paragraph_sign(scan_.raw(i))) {
      if (article) sign = "art";
      if (i + 1 >= scan_.size() || !only_dot_and_blank(scan_.gap_after(i))) return citation;
      at = i + 1;
    } else {
      const std::size_t mark = scan_.gap_before(i).find("§");
      if (mark == std::string_view::npos) return citation;
      citation.begin -= static_cast<std::uint32_t>(scan_.gap_before(i).size() - mark);
    }
    std::vector<Found> found;
    while (at < scan_.size() && found.size() < kMostProvisions) {
      if (!digits_then_letter(scan_.raw(at))) break;
      Found provision;
      provision.atom = at;
      provision.number = scan_.folded(at);
      ++at;
      at = take_letter(at, provision.number);
      at = take_subdivisions(at, provision.paragraphs);
      std::size_t next = next_in_list(at);
      // "§ 13 Absatz 1, 3 und 4": numbers after a paragraph are paragraphs, unless they have their
      // own.
      while (next != scan_.size() && !provision.paragraphs.empty() &&
             provision.paragraphs.size() < kMostProvisions && !begins_provision(next)) {
        provision.paragraphs.push_back(scan_.folded(next));
        at = next + 1;
        next = next_in_list(at);
      }
      found.push_back(std::move(provision));
      if (next == scan_.size()) break;
      if (is_range(at, next)) {
        const auto first = whole_number(scan_.raw(found.back().atom));
        const auto last = whole_number(scan_.raw(next));
        for (int k = first + 1; first > 0 && k < last && found.size() + 1 < kMostProvisions; ++k) {
          found.push_back({next, std::to_string(k), {}, true});
        }
      }
      at = next;
    }
    if (found.empty()) return citation;
    std::string law;
    at = take_law(at, law);
    for (const auto& provision : found) {
      CitedProvision cited;
      cited.atom = provision.atom;
      cited.implied = provision.implied;
      const std::string whole = sign + provision.number;
      cited.terms.push_back(whole);
      if (!law.empty()) cited.terms.push_back(whole + " " + law);
      for (const auto& paragraph : provision.paragraphs) {
        cited.terms.push_back(whole + " abs" + paragraph);
        if (!law.empty()) cited.terms.push_back(whole + " abs" + paragraph + " " + law);
      }
      citation.provisions.push_back(std::move(cited));
    }
    citation.next = at;
    citation.end = scan_.atoms[at - 1].end;
    return citation;
  }

 private:
  struct Found {
    std::size_t atom = 0;
    std::string number;
    std::vector<std::string> paragraphs;
    bool implied = false;
  };

  /// The value of plain digits, 0 for others.
  static int whole_number(std::string_view raw) {
    if (raw.empty() || raw.size() > 4 || raw.find_first_not_of("0123456789") != raw.npos) return 0;
    return std::stoi(std::string(raw));
  }

  /// "3 bis 5", "3-5", "3 – 5": `at` follows the first number, `next` is the second.
  [[nodiscard]] bool is_range(std::size_t at, std::size_t next) const {
    if (at < next) return scan_.folded(at) == "bis";
    const std::string_view gap = scan_.gap_before(next);
    return gap.find('-') != std::string_view::npos || gap.find("–") != std::string_view::npos;
  }

  [[nodiscard]] bool follows(std::size_t at) const {
    return at < scan_.size() && only_dot_and_blank(scan_.gap_before(at));
  }

  /// "§ 16 a": a single letter set apart, not the beginning of "d. h.".
  std::size_t take_letter(std::size_t at, std::string& number) const {
    if (at >= scan_.size() || !only_blank(scan_.gap_before(at))) return at;
    const std::string_view raw = scan_.raw(at);
    if (raw.size() != 1 || raw[0] < 'a' || raw[0] > 'z' || number.back() > '9') return at;
    if (scan_.gap_after(at).starts_with('.') || is_hyphen(scan_.gap_after(at))) return at;
    number += raw[0];
    return at + 1;
  }

  /// Abs. 2 Satz 1 Nr. 3 Buchst. a, ff.: only the paragraph (Absatz) is kept.
  std::size_t take_subdivisions(std::size_t at, std::vector<std::string>& paragraphs) const {
    // Art. 3 II 1 GG: a roman paragraph, perhaps a sentence.
    if (at < scan_.size() && only_blank(scan_.gap_before(at)) && all_upper_roman(scan_.raw(at))) {
      if (const auto number = small_number(scan_.folded(at))) {
        paragraphs.push_back(std::to_string(*number));
        ++at;
        if (at < scan_.size() && only_blank(scan_.gap_before(at)) && scan_.atoms[at].digits &&
            scan_.raw(at).size() == 1) {
          ++at;
        }
      }
    }
    while (follows(at)) {
      const std::string word = scan_.folded(at);
      if (word == "f" || word == "ff") {
        ++at;
        continue;
      }
      const bool is_paragraph = word == "abs" || word == "absatz" || word == "absaetze";
      const bool is_other = word == "satz" || word == "s" || word == "nr" || word == "nummer" ||
                            word == "nrn" || word == "buchst" || word == "buchstabe" ||
                            word == "lit" || word == "halbsatz" || word == "hs" || word == "alt" ||
                            word == "alternative" || word == "unterabs" || word == "unterabsatz";
      if ((!is_paragraph && !is_other) || !follows(at + 1)) return at;
      const std::string number = scan_.folded(at + 1);
      const bool value = digits_then_letter(number) || number.size() == 1;
      if (!value) return at;
      if (is_paragraph && paragraphs.empty()) paragraphs.push_back(number);
      at += 2;
    }
    return at;
  }

  static bool all_upper_roman(std::string_view raw) {
    return raw.find_first_not_of("IVX") == std::string_view::npos;
  }

  /// The number at this atom has a § before it or an Absatz behind it.
  bool begins_provision(std::size_t at) const {
    if (scan_.gap_before(at).find("§") != std::string_view::npos) return true;
    if (!follows(at + 1)) return false;
    const std::string next = scan_.folded(at + 1);
    return next == "abs" || next == "absatz";
  }

  /// First atom of the next provision of a list; the number of atoms if the list ends at `at`.
  std::size_t next_in_list(std::size_t at) const {
    const std::size_t none = scan_.size();
    if (at >= none) return none;
    const std::string_view gap = scan_.gap_before(at);
    if (gap.find_first_of(".;:()") != std::string_view::npos) return none;
    const bool comma = gap.find_first_of(",-") != std::string_view::npos ||
                       gap.find("–") != std::string_view::npos;
    const std::string word = scan_.folded(at);
    const bool joined = word == "und" || word == "oder" || word == "bis" || word == "sowie";
    const std::size_t next = joined ? at + 1 : at;
    if ((!comma && !joined) || next >= none) return none;
    const std::string_view before = scan_.gap_before(next);
    if (joined && !only_blank(before) && before.find("§") == std::string_view::npos) return none;
    return digits_then_letter(scan_.raw(next)) ? next : none;
  }

  /// Name of the law at atom `at`, an article before it skipped.
  std::size_t take_law(std::size_t at, std::string& law) const {
    std::size_t name = at;
    if (name >= scan_.size() || !only_blank(scan_.gap_before(name))) return at;
    const std::string first = scan_.folded(name);
    if (first == "des" || first == "der" || first == "dem" || first == "vom") ++name;
    if (name >= scan_.size() || !only_blank(scan_.gap_before(name))) return at;

    const auto match = abbreviations_.match_long_form(scan_, name);
    const std::string key = scan_.folded(name);
    std::size_t next = name + 1;
    const bool whole_chain = match.form != nullptr && match.next > name + 1;
    if (is_hyphen(scan_.gap_after(name)) && key != "sgb" && !whole_chain) {
      // Straßenverkehrs-Ordnung, but not "der EU-Verordnung"
      if (next >= scan_.size()) return at;
      law = abbreviations_.key_of_word(key + scan_.folded(next));
      return law.empty() ? at : next + 1;
    }
    if (match.form != nullptr && !is_kind_of_law(key)) {
      law = match.form->keys.front();
      next = match.next;
      if (law.size() > 3 && law.starts_with("sgb")) {
        if (const auto book = small_number(law.substr(3))) law = "sgb " + std::to_string(*book);
      }
    } else if (looks_like_law(scan_.raw(name)) && !is_kind_of_law(key)) {
      law = key;
    } else if (const std::string base = named_law(key); !base.empty()) {
      law = base;
    } else {
      return at;
    }
    if (law == "sgb" && next < scan_.size() && is_blank_or_hyphen(scan_.gap_before(next))) {
      if (const auto book = small_number(scan_.folded(next))) {
        law += ' ' + std::to_string(*book);
        ++next;
      }
    }
    return next;
  }

  static bool is_blank_or_hyphen(std::string_view gap) { return only_blank(gap) || is_hyphen(gap); }

  /// "der Verordnung (EU) …": its name follows.
  static bool is_kind_of_law(std::string_view folded) {
    for (const std::string_view kind :
         {"verordnung", "richtlinie", "gesetzes", "gesetz", "eu", "eg"}) {
      if (folded == kind) return true;
    }
    return false;
  }

  /// "Klimaanpassungsgesetzes": a law by its last part, genitive taken off.
  static std::string named_law(std::string_view folded) {
    for (const std::string_view ending : {"gesetzbuches", "gesetzbuchs", "gesetzes"}) {
      if (folded.ends_with(ending) && folded.size() > ending.size()) {
        return std::string(folded.substr(0, folded.size() - (ending == "gesetzbuchs" ? 1 : 2)));
      }
    }
    for (const std::string_view ending : {"gesetz", "gesetzbuch", "ordnung", "verfassung"}) {
      if (is_kind_of_law(folded)) break;
      if (folded.ends_with(ending) && folded.size() > ending.size()) return std::string(folded);
    }
    return {};
  }

  const Scan& scan_;
  const Abbreviations& abbreviations_;
};

}  // namespace

bool may_begin_citation(const Scan& scan, std::size_t i) {
  const std::uint32_t begin = scan.atoms[i].begin;
  if (begin >= 2 && scan.text[begin - 1] != '-') {
    // § stands right before, blanks between.
    std::size_t at = begin;
    while (at > 0 && (scan.text[at - 1] == ' ' || scan.text[at - 1] == '\n')) --at;
    if (at >= 2 && scan.text.substr(at - 2, 2) == "\u00A0") at -= 2;
    if (at >= 3 && scan.text.substr(at - 3, 3) == "\u202F") at -= 3;
    if (at >= 2 && scan.text.substr(at - 2, 2) == "§") return true;
  }
  const std::string_view raw = scan.raw(i);
  return ((raw[0] == 'A' || raw[0] == 'a') && is_article(raw)) ||
         ((raw[0] == 'P' || raw[0] == 'p') && is_paragraph_sign(raw));
}

Citation read_citation(const Scan& scan, std::size_t i, const Abbreviations& abbreviations) {
  return Reader(scan, abbreviations).read(i);
}

}  // namespace fundstelle::text
