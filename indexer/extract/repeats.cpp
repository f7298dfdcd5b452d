// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/repeats.h"

#include <algorithm>
#include <vector>

namespace fundstelle {

std::string without_repeats(std::string_view paragraph) {
  constexpr std::size_t kLongest = 1500;  // captions, not chapters: the search is quadratic
  if (paragraph.size() > kLongest || paragraph.find('\t') != std::string_view::npos) {
    return std::string(paragraph);
  }
  struct Word {
    std::size_t begin, end;
  };
  std::vector<Word> words;
  for (std::size_t i = 0; i < paragraph.size();) {
    const std::size_t begin = paragraph.find_first_not_of(" \n", i);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(paragraph.find_first_of(" \n", begin), paragraph.size());
    words.push_back({begin, end});
    i = end;
  }
  const auto same = [&](std::size_t a, std::size_t b) {
    return paragraph.substr(words[a].begin, words[a].end - words[a].begin) ==
           paragraph.substr(words[b].begin, words[b].end - words[b].begin);
  };
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t skip_to = 0;
    for (std::size_t length = std::min<std::size_t>((words.size() - i) / 2, 60); length >= 3;
         --length) {
      std::size_t equal = 0;
      while (equal < length && same(i + equal, i + length + equal)) ++equal;
      if (equal < length) continue;
      skip_to = i + length;
      break;
    }
    if (skip_to == 0) {
      ++i;
      continue;
    }
    // Leave out this copy; the next one is looked at again, for there may be a third.
    out += paragraph.substr(copied, words[i].begin - copied);
    copied = words[skip_to].begin;
    i = skip_to;
  }
  out += paragraph.substr(copied);
  return out;
}

}  // namespace fundstelle
