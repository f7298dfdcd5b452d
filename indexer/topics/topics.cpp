// SPDX-License-Identifier: GPL-3.0-or-later
#include "topics/topics.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "identity/identity.h"
#include "topics/vocabulary.h"

namespace fundstelle {
namespace {

// A first choice; the tests print what it reaches on the test part of data/topics.
// part.
constexpr double kThreshold = 4.0;  ///< score an area needs
constexpr double kShare = 0.5;      ///< of the best area's score
constexpr std::size_t kMaxAreas = 3;
constexpr double kTitleFactor = 3.0;
/// A long paper names everything once: only its beginning speaks for what it is about.
constexpr std::size_t kMaxTextBytes = 20'000;
constexpr std::size_t kKeyBytes = 3;  ///< patterns are found by their first letters

struct Pattern {
  std::string_view text;
  bool at_begin = false, at_end = false;
  double weight = 1;
  std::size_t area = 0;
};

class Vocabulary {
 public:
  Vocabulary() {
    const auto areas = topic_vocabulary();
    for (std::size_t area = 0; area < areas.size(); ++area) {
      std::string_view rest = areas[area].words;
      while (!rest.empty()) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        if (blank > 0) add(rest.substr(0, blank), area);
        rest.remove_prefix(std::min(blank + 1, rest.size()));
      }
    }
  }

  /// Calls `meet` with every pattern the folded word holds.
  template <typename Meet>
  void match(std::string_view word, Meet meet) const {
    for (std::size_t i = 0; i + kKeyBytes <= word.size() || i == 0; ++i) {
      const auto found = by_key_.find(std::string(word.substr(i, kKeyBytes)));
      if (found != by_key_.end()) {
        for (const Pattern& pattern : found->second) {
          if (pattern.at_begin && i != 0) continue;
          if (!word.substr(i).starts_with(pattern.text)) continue;
          if (pattern.at_end && i + pattern.text.size() != word.size()) continue;
          meet(pattern);
        }
      }
      if (word.size() <= kKeyBytes) break;
    }
  }

 private:
  void add(std::string_view entry, std::size_t area) {
    Pattern pattern;
    pattern.area = area;
    if (const std::size_t colon = entry.find(':'); colon != std::string_view::npos) {
      int weight = 1;
      std::from_chars(entry.data() + colon + 1, entry.data() + entry.size(), weight);
      pattern.weight = weight;
      entry = entry.substr(0, colon);
    }
    if (entry.starts_with('^')) {
      pattern.at_begin = true;
      entry.remove_prefix(1);
    }
    if (entry.ends_with('$')) {
      pattern.at_end = true;
      entry.remove_suffix(1);
    }
    pattern.text = entry;
    by_key_[std::string(entry.substr(0, kKeyBytes))].push_back(pattern);
  }

  std::unordered_map<std::string, std::vector<Pattern>> by_key_;
};

/// Folded words with their number of uses: ASCII lower case, ä=ae, ö=oe, ü=ue, ß=ss; a hyphen
/// stays.
void count_words(std::string_view text, double factor,
                 std::unordered_map<std::string, double>& words) {
  std::string word;
  const auto flush = [&] {
    if (word.size() >= 2) words[word] += factor;
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (std::isalnum(c) != 0) {
      word += static_cast<char>(std::tolower(c));
    } else if (c == '-' && !word.empty()) {
      word += '-';
    } else if (c == 0xC3 && i + 1 < text.size()) {
      switch (static_cast<unsigned char>(text[++i])) {
        case 0xA4:
        case 0x84:
          word += "ae";
          break;
        case 0xB6:
        case 0x96:
          word += "oe";
          break;
        case 0xBC:
        case 0x9C:
          word += "ue";
          break;
        case 0x9F:
          word += "ss";
          break;
        default:
          break;  // other letters of the block occur in names only
      }
    } else {
      flush();
    }
  }
  flush();
}

}  // namespace

std::vector<std::string> classify_topics(const Document& document) {
  static const Vocabulary vocabulary;
  std::unordered_map<std::string, double> words;
  count_words(document.title, kTitleFactor, words);
  std::size_t left = kMaxTextBytes;
  for (const Page& page : document.pages) {
    const std::string_view text = std::string_view(page.text).substr(0, left);
    count_words(text, 1, words);
    left -= text.size();
    if (left == 0) break;
  }

  // Uses of one pattern over all words it is met in count with diminishing effect.
  std::unordered_map<const Pattern*, double> uses;
  double total = 0;
  for (const auto& [word, count] : words) {
    total += count;
    vocabulary.match(word, [&, n = count](const Pattern& pattern) { uses[&pattern] += n; });
  }
  const auto areas = topic_vocabulary();
  std::vector<double> scores(areas.size(), 0.0);
  for (const auto& [pattern, count] : uses) {
    scores[pattern->area] += pattern->weight * std::log2(1 + count);
  }
  // Long papers meet more words by chance.
  const double length = 1 + std::max(0.0, std::log10(total / 150));
  std::vector<std::size_t> order;
  for (std::size_t area = 0; area < areas.size(); ++area) {
    scores[area] /= length;
    if (scores[area] >= kThreshold) order.push_back(area);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  std::vector<std::string> labels;
  for (const std::size_t area : order) {
    if (labels.size() == kMaxAreas || scores[area] < kShare * scores[order.front()]) break;
    if (const Identity* topic = identity_of_slug(Axis::kTopic, areas[area].slug)) {
      labels.emplace_back(topic->label);
    }
  }
  return labels;
}

void assign_topics(Document& document) {
  if (!document.topics.empty()) return;
  document.topics = classify_topics(document);
  if (document.topics.empty()) {
    if (std::find(document.abstained.begin(), document.abstained.end(), "topics") ==
        document.abstained.end()) {
      document.abstained.emplace_back("topics");
    }
    return;
  }
  document.read["topics"] = {{}, "vocabulary"};
  document.topic_ids.clear();
  for (const std::string& topic : document.topics) {
    document.topic_ids.push_back(resolve_slug(Axis::kTopic, topic));
  }
}

}  // namespace fundstelle
