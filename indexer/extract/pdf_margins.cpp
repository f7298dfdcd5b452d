// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_margins.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

#include "extract/pdf_lines.h"

namespace fundstelle {
namespace {

bool is_number(const std::string& text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return c >= '0' && c <= '9'; });
}

int number_of(const std::string& text) { return std::stoi(text); }

struct NumberAt {
  std::size_t word = 0;
  int value = 0;
  float edge = 0, middle = 0;
};

/// Which words of the page are numbers of a column at its left (or right) edge that count lines.
std::vector<std::size_t> line_numbers(const PdfPageWords& page, bool at_left) {
  std::vector<NumberAt> candidates;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    const PdfWord& word = page.words[i];
    if (!is_number(word.text) || word.text.size() > 4) continue;
    candidates.push_back({i, number_of(word.text), word.x1, word.middle()});
  }
  if (candidates.size() < 3) return {};
  // Numbers are set flush right; two digits and one digit share their right edge. Left-set ones
  // share the other edge, so both are tried.
  std::vector<std::size_t> best;
  for (const bool right_edge : {true, false}) {
    for (NumberAt& c : candidates) {
      c.edge = right_edge ? page.words[c.word].x1 : page.words[c.word].x0;
    }
    std::vector<NumberAt> sorted = candidates;
    std::sort(sorted.begin(), sorted.end(),
              [](const NumberAt& a, const NumberAt& b) { return a.edge < b.edge; });
    for (std::size_t begin = 0; begin < sorted.size();) {
      std::size_t end = begin + 1;
      while (end < sorted.size() && sorted[end].edge - sorted[begin].edge < 2.5F) ++end;
      std::vector<NumberAt> column(sorted.begin() + static_cast<std::ptrdiff_t>(begin),
                                   sorted.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end;
      if (column.size() < 3 || column.size() <= best.size()) continue;
      std::sort(column.begin(), column.end(),
                [](const NumberAt& a, const NumberAt& b) { return a.middle < b.middle; });
      // The numbers count evenly…
      std::size_t even = 0;
      const int step = column[1].value - column[0].value;
      for (std::size_t i = 1; i < column.size(); ++i) {
        const int by = column[i].value - column[i - 1].value;
        even += by == step || (by > 0 && step > 0 && by % std::max(step, 1) == 0);
      }
      if (step <= 0 || step > 10 || even * 10 < (column.size() - 1) * 8) continue;
      // …and the text of the page lies wholly on one side of them.
      float x0 = 1e9F;
      float x1 = 0;
      for (const NumberAt& n : column) {
        x0 = std::min(x0, page.words[n.word].x0);
        x1 = std::max(x1, page.words[n.word].x1);
      }
      const float top = column.front().middle - 3;
      const float bottom = column.back().middle + 3;
      std::size_t inside = 0;
      std::size_t outside = 0;
      std::size_t touching = 0;
      for (const PdfWord& word : page.words) {
        if (word.middle() < top || word.middle() > bottom) continue;
        if (at_left) {
          inside += word.x0 > x1 + 1;
          outside += word.x1 < x0 - 1;
        } else {
          inside += word.x1 < x0 - 1;
          outside += word.x0 > x1 + 1;
        }
        touching += word.x1 > x0 - 0.5F && word.x0 < x1 + 0.5F && !is_number(word.text);
      }
      if (inside < 2 * column.size() || outside * 20 > inside || touching * 10 > column.size()) {
        continue;
      }
      // A column of a table has numbers too; line numbers stand at nearly every line, or every
      // fifth.
      if (column.size() < 5 && step == 1 && inside < 5 * column.size()) continue;
      best.clear();
      for (const NumberAt& n : column) best.push_back(n.word);
    }
  }
  return best;
}

void remove_words(PdfPageWords& page, std::vector<std::size_t> which) {
  std::sort(which.begin(), which.end());
  which.erase(std::unique(which.begin(), which.end()), which.end());
  std::size_t next = 0;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if (next < which.size() && which[next] == i) {
      ++next;
      continue;
    }
    if (kept != i) page.words[kept] = std::move(page.words[i]);
    ++kept;
  }
  page.words.resize(kept);
}

void take_out_markers(PdfPageWords& page) {
  std::vector<std::size_t> found;
  std::set<std::string> letters;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    const PdfWord& word = page.words[i];
    if (word.text.size() != 3 || word.text[0] != '(' || word.text[2] != ')' || word.text[1] < 'A' ||
        word.text[1] > 'D') {
      continue;
    }
    // Alone, or first or last on its line with a clear gap.
    bool left_free = true;
    bool right_free = true;
    bool left_any = false;
    bool right_any = false;
    const float gap = 0.7F * word.height();
    for (const PdfWord& other : page.words) {
      if (&other == &word || std::abs(other.middle() - word.middle()) > 0.5F * word.height())
        continue;
      if (other.x1 <= word.x0 + 1) {
        left_any = true;
        left_free = left_free && other.x1 < word.x0 - gap;
      } else {
        right_any = true;
        right_free = right_free && other.x0 > word.x1 + gap;
      }
    }
    if (left_free && right_free && (!left_any || !right_any)) {
      found.push_back(i);
      letters.insert(word.text);
    }
  }
  if (letters.size() >= 2) remove_words(page, std::move(found));
}

}  // namespace

std::vector<std::string> take_out_sideways(PdfPageWords& page) {
  std::array<std::size_t, 4> letters{};
  for (const PdfWord& word : page.words) {
    letters[static_cast<std::size_t>(word.rotation & 3)] += word.text.size();
  }
  const auto main =
      static_cast<int>(std::max_element(letters.begin(), letters.end()) - letters.begin());
  std::vector<std::string> taken;
  std::string current;
  std::vector<std::size_t> sideways;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if ((page.words[i].rotation & 3) == main) continue;
    sideways.push_back(i);
    if (!current.empty()) current += ' ';
    current += page.words[i].text;
  }
  if (!sideways.empty()) {
    taken.push_back(current);
    remove_words(page, std::move(sideways));
  }
  if (main == 0) return taken;
  // Turn the page so that its text runs from left to right.
  for (PdfWord& word : page.words) {
    const PdfWord old = word;
    if (main == 1) {  // runs downwards
      word.x0 = old.y0;
      word.x1 = old.y1;
      word.y0 = page.width - old.x1;
      word.y1 = page.width - old.x0;
    } else if (main == 2) {
      word.x0 = page.width - old.x1;
      word.x1 = page.width - old.x0;
      word.y0 = page.height - old.y1;
      word.y1 = page.height - old.y0;
    } else {  // runs upwards
      word.x0 = page.height - old.y1;
      word.x1 = page.height - old.y0;
      word.y0 = old.x0;
      word.y1 = old.x1;
    }
    word.rotation = 0;
  }
  if (main != 2) std::swap(page.width, page.height);
  return taken;
}

void take_out_margins(std::vector<PdfPageWords>& pages) {
  for (PdfPageWords& page : pages) {
    take_out_markers(page);
    std::vector<std::size_t> numbers = line_numbers(page, true);
    if (numbers.empty()) numbers = line_numbers(page, false);
    if (!numbers.empty()) remove_words(page, std::move(numbers));
  }
}

}  // namespace fundstelle
