// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_furniture.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

namespace fundstelle {
namespace {

std::string plain_text(const TextLine& line) { return text_of_line(line.words); }

/// Words that tell a running head: numbers as "#", marks left out.
std::vector<std::string> head_words(const TextLine& line) {
  std::vector<std::string> words;
  for (const PdfWord& word : line.words) {
    std::string out;
    bool number = false;
    for (const char c : word.text) {
      if (c >= '0' && c <= '9') {
        if (!number) out += '#';
        number = true;
      } else {
        number = false;
        const auto b = static_cast<unsigned char>(c);
        if (b >= 0x80 || (c >= 'a' && c <= 'z') || c == '/') out += c;
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + 32);
      }
    }
    static const std::set<std::string> kMarks = {"", "–", "—", "•", "·", "|", "/"};
    if (!kMarks.contains(out)) words.push_back(std::move(out));
  }
  std::sort(words.begin(), words.end());
  return words;
}

double likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(a.size() + b.size() - both.size());
}

struct PageNumber {
  int value = 0;
  bool certain = false;  ///< "Seite 3", "– 3 –", "3/12": cannot be anything else at a page's edge
};

std::optional<PageNumber> page_number(const std::string& text) {
  static const RE2 kSaid(
      R"((?i)^(?:[-–—]\s*)?(?:seite|s\.|page|blatt)\s*(\d{1,5})(?:\s*(?:/|von|of)\s*\d{1,5})?(?:\s*[-–—])?$)");
  static const RE2 kDashed(R"(^[-–—]\s*(\d{1,5})\s*[-–—]$)");
  static const RE2 kOfMany(R"(^(\d{1,4})\s*(?:/|von)\s*(\d{1,4})$)");
  static const RE2 kBare(R"(^(\d{1,5})$)");
  PageNumber number;
  int all = 0;
  if (RE2::FullMatch(text, kSaid, &number.value) || RE2::FullMatch(text, kDashed, &number.value)) {
    number.certain = true;
    return number;
  }
  if (RE2::FullMatch(text, kOfMany, &number.value, &all)) {
    number.certain = number.value <= all;
    return number;
  }
  if (RE2::FullMatch(text, kBare, &number.value)) return number;
  // A head or foot with more in it: "SPD Landesverband Berlin – Beschluss 69/I/2019   Seite 1 von
  // 1"
  static const RE2 kWithin(R"((?i)(?:^|\s)seite\s+(\d{1,4})\s*(?:/|von)\s*(\d{1,4})(?:\s|$))");
  if (text.size() < 160 && RE2::PartialMatch(text, kWithin, &number.value, &all)) {
    number.certain = number.value <= all;
    return number;
  }
  return std::nullopt;
}

/// How many different things only an imprint or a letter's foot says.
int imprint_signs(const std::string& text) {
  static const std::array<const RE2*, 10> kSigns = {
      new RE2(R"(Gesamtherstellung|Herstellung:|Druck(?:erei)?\b[: ]|Satz und Druck)"),
      new RE2(R"(Vertrieb\b|Verlag\b|Herausgeber|Bezug:)"),
      new RE2(R"(ISSN|ISBN)"),
      new RE2(R"(\b(?:Tel(?:efon)?|Fernsprecher)\b\.?:?\s*[(+\d])"),
      new RE2(R"((?:Telefax|\bFax\b)\.?:?\s*[(+\d])"),
      new RE2(R"(\bwww\.|https?://)"),
      new RE2(R"(\S@\S+\.\S)"),
      new RE2(R"(\b\d{5} [A-ZÄÖÜ][a-zäöü]+|Postfach)"),
      new RE2(R"(USt-IdNr|Umsatzsteuer|IBAN|Bankverbindung|Steuernummer)"),
      new RE2(
          R"(V\. ?i\. ?S\. ?d\. ?P|Verantwortlich:|presserechtlich|Hausanschrift|Pressestelle)"),
  };
  int signs = 0;
  for (const RE2* sign : kSigns) signs += RE2::PartialMatch(text, *sign) ? 1 : 0;
  return signs;
}

/// A number in `a` and one in `b` differ as their pages do.
bool numbers_keep_step(const std::string& a, const std::string& b, int pages_on) {
  const auto numbers = [](const std::string& text) {
    std::vector<int> found;
    for (std::size_t i = 0; i < text.size();) {
      if (text[i] < '0' || text[i] > '9') {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
      // "3.1" and "54,4" are labels and amounts, no page numbers.
      const auto decimal = [&](std::size_t mark, std::size_t digit) {
        return mark < text.size() && digit < text.size() &&
               (text[mark] == '.' || text[mark] == ',') && text[digit] >= '0' && text[digit] <= '9';
      };
      const bool part = decimal(end, end + 1) || (i >= 2 && decimal(i - 1, i - 2));
      if (end - i <= 5 && !part) {
        const int value = std::stoi(text.substr(i, end - i));
        const bool year = value >= 1990 && value < 2050;  // those in sentences keep step by chance
        if (!year) found.push_back(value);
      }
      i = end;
    }
    return found;
  };
  const std::vector<int> there = numbers(b);
  for (const int here : numbers(a)) {
    if (std::find(there.begin(), there.end(), here + pages_on) != there.end()) return true;
  }
  return false;
}

/// A line that goes on or says something in brackets is text, however often it comes:
/// "(Beifall bei der SPD)", "… auflisten)?", "… Zuordnung der An-".
bool reads_like_text(const std::string& text) {
  static const RE2 kOpen(R"([?!,;:]$|\pL-$|^\(.*\)$|[?][)“”"]*$)");
  return RE2::PartialMatch(text, kOpen);
}

/// What a running head says of its paper; a short line of text may repeat words of page 1 as well.
bool names_paper(const std::string& text) {
  static const RE2 kNames(
      R"((?i)\d\s*/\s*\d|drucksache|wahlperiode|landtag|bundestag|bundesrat|bürgerschaft|abgeordnetenhaus|sitzung|plenarprotokoll|\bseite\b|beschluss|antrag|presse)");
  return RE2::PartialMatch(text, kNames);
}

/// No note, no source of a table, no sentence: a name, as feet bear it.
bool is_name_like(const std::string& text) {
  static const RE2 kOther(R"(^[\d*†‡¹²³(]|^(?i:quelle|anmerkung|hinweis|stand)|[.?!,;:]$|\pL-$)");
  return text.size() < 80 && !RE2::PartialMatch(text, kOther);
}

struct EdgeLine {
  std::size_t index = 0;
  std::vector<std::string> words;
  float middle = 0;
  std::string text;
};

constexpr std::size_t kEdgeLines = 5;

/// The outermost lines of a page, from the edge inwards.
std::vector<EdgeLine> edge_lines(const std::vector<TextLine>& lines, float page_height, bool top) {
  std::vector<EdgeLine> edge;
  for (std::size_t k = 0; k < std::min(lines.size(), kEdgeLines); ++k) {
    const std::size_t index = top ? k : lines.size() - 1 - k;
    const TextLine& line = lines[index];
    const float from_edge = top ? line.middle() : page_height - line.middle();
    if (page_height > 0 && from_edge > 0.22F * page_height) break;
    edge.push_back({index, head_words(line), line.middle(), plain_text(line)});
  }
  return edge;
}

}  // namespace

std::vector<std::string> take_out_heads_and_feet(std::vector<std::vector<TextLine>>& pages,
                                                 const std::vector<PdfPageWords>& sizes) {
  const std::size_t count = pages.size();
  std::vector<std::array<std::vector<EdgeLine>, 2>> edges(count);
  for (std::size_t p = 0; p < count; ++p) {
    edges[p][0] = edge_lines(pages[p], sizes[p].height, true);
    edges[p][1] = edge_lines(pages[p], sizes[p].height, false);
  }
  // Page numbers that stand alone count when they keep step with the pages.
  const auto keeps_step = [&](std::size_t p, std::size_t side, int value) {
    for (std::size_t q = p >= 4 ? p - 4 : 0; q < std::min(count, p + 5); ++q) {
      if (q == p) continue;
      for (const EdgeLine& other : edges[q][side]) {
        const auto number = page_number(other.text);
        if (number && number->value - value == static_cast<int>(q) - static_cast<int>(p))
          return true;
      }
    }
    return value == static_cast<int>(p) + 1;
  };
  std::vector<std::string> first_page_words;
  if (count > 0) {
    for (std::size_t i = 0; i < std::min<std::size_t>(pages[0].size(), 10); ++i) {
      for (std::string& word : head_words(pages[0][i])) first_page_words.push_back(std::move(word));
    }
    std::sort(first_page_words.begin(), first_page_words.end());
  }
  std::vector<std::vector<bool>> drop(count);
  const auto is_furniture = [&](std::size_t p, std::size_t side, const EdgeLine& line) {
    if (const auto number = page_number(line.text)) {
      return number->certain || keeps_step(p, side, number->value);
    }
    // Set apart from the text by a gap, or another size of type?
    const TextLine& own = pages[p][line.index];
    bool apart = true;
    const std::size_t inner = side == 0 ? line.index + 1 : line.index - 1;
    if (inner < pages[p].size()) {
      const TextLine& next = pages[p][inner];
      apart = std::abs(next.middle() - own.middle()) > 1.5F * own.height ||
              std::abs(next.height - own.height) > 0.08F * own.height;
    }
    const bool followed = inner < pages[p].size() && drop[p][inner];
    if (reads_like_text(line.text)) return false;
    std::size_t matches = 0;
    bool exact_place = false;
    const std::size_t reach = 6;
    for (std::size_t q = p >= reach ? p - reach : 0; q < std::min(count, p + reach + 1); ++q) {
      if (q == p) continue;
      for (const EdgeLine& other : edges[q][side]) {
        const double like = likeness(line.words, other.words);
        const float moved = std::abs(other.middle - line.middle);
        const bool counts_on =
            moved < 14 && like >= 0.6 && (apart || followed || like >= 0.95) &&
            numbers_keep_step(line.text, other.text, static_cast<int>(q) - static_cast<int>(p));
        const bool same = moved < 4 && like >= 0.85 && (apart || followed) &&
                          (line.words.size() > 3 || line.text == other.text);
        if (!counts_on && !same) continue;
        ++matches;
        exact_place = exact_place || (moved < 2 && like > 0.99);
        break;
      }
    }
    if (p == 0) return exact_place;  // else it is the masthead
    if (matches >= (count <= 4 ? 1U : 2U)) return true;
    // The one running head of a two-page paper says what the masthead said.
    if (side == 0 && line.words.size() >= 2 && apart && names_paper(line.text)) {
      std::size_t known = 0;
      for (const std::string& word : line.words) {
        known += word == "#" ||
                 std::binary_search(first_page_words.begin(), first_page_words.end(), word);
      }
      if (known == line.words.size()) return true;
    }
    return false;
  };

  std::vector<std::string> furniture;
  for (std::size_t p = 0; p < count; ++p) {
    drop[p].assign(pages[p].size(), false);
    for (std::size_t side = 0; side < 2; ++side) {
      std::size_t depth = 0;
      for (const EdgeLine& line : edges[p][side]) {
        // Furniture lies at the edge; a repeated line deep in the page is text.
        if (is_furniture(p, side, line)) {
          drop[p][line.index] = true;
        } else if (++depth >= 3) {
          break;
        }
      }
    }
  }
  // Imprint, or a letter's foot: small print at the end of a page, apart from the text.
  for (std::size_t p = 0; p < count; ++p) {
    const std::vector<TextLine>& lines = pages[p];
    std::size_t end = lines.size();
    while (end > 0 && drop[p][end - 1]) --end;
    if (end < 2) continue;
    std::vector<float> heights;
    for (const TextLine& line : lines) heights.push_back(line.height);
    std::nth_element(heights.begin(),
                     heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2),
                     heights.end());
    const float usual = heights[heights.size() / 2];
    std::size_t begin = end - 1;
    std::string text = plain_text(lines[begin]);
    while (begin > 0 && end - begin < 9 &&
           lines[begin].middle() - lines[begin - 1].middle() < 1.9F * lines[begin].height &&
           std::abs(lines[begin].height - lines[begin - 1].height) < 0.15F * lines[begin].height) {
      --begin;
      text = plain_text(lines[begin]) + " " + text;
    }
    if (begin == 0) continue;
    const float gap = lines[begin].middle() - lines[begin - 1].middle();
    const bool apart = gap > 2.2F * lines[begin].height;
    const bool small = lines[begin].height < 0.9F * usual;
    // One line small and far below the text, at the paper's very edge: nothing repeats the foot of
    // a paper of one page.
    if (end - begin == 1 && small && gap > 4 * lines[begin].height &&
        lines[begin].middle() > 0.94F * sizes[p].height && is_name_like(text)) {
      drop[p][begin] = true;
    }
    const int signs = imprint_signs(text);
    if ((signs >= 2 && small && apart) || (signs >= 3 && (small || apart))) {
      for (std::size_t i = begin; i < end; ++i) drop[p][i] = true;
    }
  }
  for (std::size_t p = 0; p < count; ++p) {
    std::vector<TextLine> kept;
    kept.reserve(pages[p].size());
    for (std::size_t i = 0; i < pages[p].size(); ++i) {
      if (drop[p][i]) {
        furniture.push_back(plain_text(pages[p][i]));
      } else {
        kept.push_back(std::move(pages[p][i]));
      }
    }
    pages[p] = std::move(kept);
  }
  return furniture;
}

}  // namespace fundstelle
