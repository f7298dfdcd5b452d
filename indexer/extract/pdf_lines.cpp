// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_lines.h"

#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace fundstelle {

float median(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

float quantile(std::vector<float> values, double part) {
  if (values.empty()) return 0;
  const auto at = values.begin() +
                  static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}
namespace {

/// Letters of a short word; 9 if there is anything else in it or it is long.
int letters_only(const std::string& text) {
  int count = 0;
  std::int64_t i = 0;
  const auto size = static_cast<std::int64_t>(text.size());
  while (i < size) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, size, c);
    if (c < 0 || !u_isalpha(c) || ++count > 2) return 9;
  }
  return count;
}
/// Length of the run of letter-spaced glyphs that begins at `begin`; 0 if none does.
std::size_t spaced_run(const std::vector<PdfWord>& words, std::size_t begin) {
  std::size_t end = begin;
  std::size_t single = 0;
  while (end < words.size()) {
    const int letters = letters_only(words[end].text);
    if (letters == 9 || letters == 0) {
      // A mark may end a spaced word: "A n l a g e :"
      if (end > begin && words[end].text.size() == 1 && words[end].text[0] == ':') ++end;
      break;
    }
    if (end > begin && gap_before(words, end) > 1.6F * words[end].height()) break;
    single += letters == 1;
    ++end;
  }
  const std::size_t length = end - begin;
  return length >= 4 && single * 4 >= length * 3 ? length : 0;
}

void append_spaced(std::string& out, const std::vector<PdfWord>& words, std::size_t begin,
                   std::size_t length) {
  std::vector<float> gaps;
  for (std::size_t i = begin + 1; i < begin + length; ++i) gaps.push_back(gap_before(words, i));
  const float usual = std::max(median(gaps), 0.05F * words[begin].height());
  for (std::size_t i = begin; i < begin + length; ++i) {
    if (i > begin && gap_before(words, i) > 1.7F * usual) out += ' ';
    out += words[i].text;
  }
}

}  // namespace

namespace {

/// Two small lines beside one in large type ("HESSISCHER LANDTAG" with number and term at its
/// right) meet on one base line; their words stand one above the other. Parted here.
void part_stacked(std::vector<TextLine>& lines) {
  std::vector<TextLine> parted;
  for (TextLine& line : lines) {
    bool stacked = false;
    for (std::size_t i = 0; i < line.words.size() && !stacked; ++i) {
      for (std::size_t k = i + 1; k < line.words.size() && line.words[k].x0 < line.words[i].x1;
           ++k) {
        const PdfWord& a = line.words[i];
        const PdfWord& b = line.words[k];
        const float shared = std::min(a.x1, b.x1) - std::max(a.x0, b.x0);
        const float smaller = std::min(a.height(), b.height());
        stacked = stacked || (shared > 0.4F * std::min(a.width(), b.width()) &&
                              std::abs(a.middle() - b.middle()) > 0.45F * smaller &&
                              std::max(a.height(), b.height()) < 1.3F * smaller);
      }
    }
    if (!stacked) continue;
    // By base line: words whose middles lie within a third of their height are one line.
    std::vector<PdfWord> words = std::move(line.words);
    line.words.clear();
    std::stable_sort(words.begin(), words.end(),
                     [](const PdfWord& a, const PdfWord& b) { return a.middle() < b.middle(); });
    TextLine* own = nullptr;
    for (PdfWord& word : words) {
      if (own == nullptr ||
          word.middle() - own->middle() > 0.33F * std::min(word.height(), own->height)) {
        own = &parted.emplace_back();
        own->height = word.height();
        own->y0 = word.y0;
        own->y1 = word.y1;
      }
      own->words.push_back(std::move(word));
    }
  }
  std::erase_if(lines, [](const TextLine& line) { return line.words.empty(); });
  for (TextLine& line : parted) {
    std::stable_sort(line.words.begin(), line.words.end(),
                     [](const PdfWord& a, const PdfWord& b) { return a.x0 < b.x0; });
    line.x0 = line.words.front().x0;
    line.x1 = line.words.front().x1;
    for (const PdfWord& word : line.words) line.x1 = std::max(line.x1, word.x1);
    lines.push_back(std::move(line));
  }
}

}  // namespace

std::vector<TextLine> lines_of(std::vector<PdfWord> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const PdfWord& a, const PdfWord& b) { return a.middle() < b.middle(); });
  std::vector<TextLine> lines;
  for (PdfWord& word : words) {
    TextLine* home = nullptr;
    float best = 0;
    for (std::size_t back = 0; back < std::min<std::size_t>(lines.size(), 6); ++back) {
      TextLine& line = lines[lines.size() - 1 - back];
      const float overlap = std::min(word.y1, line.y1) - std::max(word.y0, line.y0);
      const float smaller = std::max(0.1F, std::min(word.height(), line.y1 - line.y0));
      const float part = overlap / smaller;
      const float apart = std::abs(word.middle() - line.middle());
      const float larger = std::max(word.height(), line.y1 - line.y0);
      if (part > 0.5F && apart < 0.42F * larger && part - apart / larger > best) {
        best = part - apart / larger;
        home = &line;
      }
    }
    if (home == nullptr) {
      home = &lines.emplace_back();
      home->y0 = word.y0;
      home->y1 = word.y1;
    } else if (word.height() > home->y1 - home->y0) {
      home->y0 = word.y0;
      home->y1 = word.y1;
    }
    home->words.push_back(std::move(word));
  }
  std::vector<float> heights;
  for (TextLine& line : lines) {
    std::stable_sort(line.words.begin(), line.words.end(),
                     [](const PdfWord& a, const PdfWord& b) { return a.x0 < b.x0; });
    line.x0 = line.words.front().x0;
    line.x1 = line.words.front().x1;
    heights.clear();
    for (const PdfWord& word : line.words) {
      line.x1 = std::max(line.x1, word.x1);
      const std::size_t weight = std::min<std::size_t>(word.text.size(), 12);
      heights.insert(heights.end(), weight, word.height());
    }
    line.height = median(heights);
  }
  part_stacked(lines);
  std::stable_sort(lines.begin(), lines.end(),
                   [](const TextLine& a, const TextLine& b) { return a.middle() < b.middle(); });
  return lines;
}

bool is_letter_spaced(const std::vector<PdfWord>& words) {
  std::size_t spaced = 0;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t run = spaced_run(words, i);
    spaced += run;
    i += std::max<std::size_t>(run, 1);
  }
  return spaced >= 4 && spaced * 10 >= words.size() * 7;
}

namespace {

/// Contents: the dots that lead to a page number, and the number.
void cut_leaders(std::string& text) {
  // Of a nearly full line only one to three dots are left: "… aufschlüsseln)? . 5".
  static const RE2 kShort(R"(([?][)“”"]*)\s*(?:\.\s?){1,3}\d{1,4}$)");
  if (!text.empty() && text.back() >= '0' && text.back() <= '9' &&
      text.find('?') != std::string::npos) {
    RE2::Replace(&text, kShort, "\\1");
  }
  if (text.find("...") == std::string::npos && text.find(". . .") == std::string::npos &&
      text.find("……") == std::string::npos && text.find("__") == std::string::npos) {
    return;
  }
  static const RE2 kAtEnd(R"(\s*(?:(?:\.\s?){4,}|(?:…\s?){2,}|_{4,})\s*\d{0,4}\s*$)");
  static const RE2 kWithin(R"(\s*(?:(?:\.\s?){4,}|(?:…\s?){2,}|_{4,})\s*)");
  RE2::Replace(&text, kAtEnd, "");
  RE2::GlobalReplace(&text, kWithin, " ");
}

}  // namespace

std::string text_of_line(const std::vector<PdfWord>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size();) {
    if (i > 0) {
      const float height = std::min(words[i].height(), words[i - 1].height());
      if (gap_before(words, i) > 0.08F * height) out += ' ';
    }
    if (const std::size_t run = spaced_run(words, i); run > 0) {
      append_spaced(out, words, i, run);
      i += run;
    } else {
      out += words[i].text;
      ++i;
    }
  }
  cut_leaders(out);
  return out;
}

// ------------------------------------------------------------------------------------------
}  // namespace fundstelle
