// SPDX-License-Identifier: GPL-3.0-or-later
#include "topics/features.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace fundstelle {
namespace {

constexpr std::size_t kRun = 5;           ///< letters; 4 with 6 is no better and twice as slow
constexpr std::size_t kLongestWord = 60;  ///< bytes, folded: longer ones are no words
constexpr int kTitleCopies = 3;           ///< the title says more than any sentence below it
/// A long paper names everything once: what it is about stands at its beginning.
constexpr std::size_t kMaxTextBytes = 12'000;

std::uint32_t hash_of(char kind, std::string_view text) {
  std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
  const auto mix = [&](char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  };
  mix(kind);
  for (const char c : text) mix(c);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

void append_word(const std::string& word, bool digits_only, std::vector<std::uint32_t>& hashes) {
  if (digits_only || word.size() < 2 || word.size() > kLongestWord) return;
  hashes.push_back(hash_of('w', word));
  for (std::size_t i = 0; i + kRun <= word.size(); ++i) {
    hashes.push_back(hash_of('n', std::string_view(word).substr(i, kRun)));
  }
}

/// A letter of U+00C0 to U+017F, folded; empty: no letter.
std::string_view folded_latin(unsigned char lead, unsigned char trail) {
  if (lead == 0xC3) {
    static constexpr std::string_view kFolded[] = {
        "a", "a", "a", "a", "ae", "a", "ae", "c", "e",  "e", "e", "e", "i",  "i", "i",  "i",
        "d", "n", "o", "o", "o",  "o", "oe", "",  "oe", "u", "u", "u", "ue", "y", "th", "ss"};
    return kFolded[trail & 0x1FU];
  }
  // Latin Extended-A without its marks: enough for names.
  static constexpr std::string_view kExtended =
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkkllllllllllnnnnnnnnnoooooooorrrrrr"
      "ssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  const std::size_t at = static_cast<std::size_t>(lead - 0xC4) * 64 + (trail & 0x3FU);
  return at < kExtended.size() ? kExtended.substr(at, 1) : std::string_view();
}

}  // namespace

void append_topic_features(std::string_view text, std::vector<std::uint32_t>& hashes) {
  std::string word;
  bool digits_only = true;
  const auto flush = [&] {
    append_word(word, digits_only, hashes);
    word.clear();
    digits_only = true;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= '0' && c <= '9') {
      word += static_cast<char>(c);
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      word += static_cast<char>(c | 0x20U);
      digits_only = false;
    } else if (c >= 0xC3 && c <= 0xC5 && i + 1 < text.size()) {
      const std::string_view folded = folded_latin(c, static_cast<unsigned char>(text[i + 1]));
      ++i;
      if (folded.empty()) {
        flush();
      } else {
        word += folded;
        digits_only = false;
      }
    } else if (c == 0xC2 && i + 1 < text.size() &&
               static_cast<unsigned char>(text[i + 1]) == 0xAD) {
      ++i;  // a soft hyphen is not printed
    } else {
      flush();
    }
  }
  flush();
}

std::vector<std::uint32_t> topic_features(const Document& document) {
  std::vector<std::uint32_t> hashes;
  append_topic_features(document.title, hashes);
  const std::size_t of_title = hashes.size();
  for (int copy = 1; copy < kTitleCopies; ++copy) {
    for (std::size_t i = 0; i < of_title; ++i) hashes.push_back(hashes[i]);
  }
  std::size_t left = kMaxTextBytes;
  for (const Page& page : document.pages) {
    const std::string_view text = std::string_view(page.text).substr(0, left);
    append_topic_features(text, hashes);
    left -= text.size();
    if (left == 0) break;
  }
  return hashes;
}

float topic_frequency(std::uint32_t count) {
  return count == 0 ? 0.0F : 1.0F + std::log(static_cast<float>(count));
}

}  // namespace fundstelle
