// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/routes/examples.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace fundstelle::http {
namespace {

using present::Example;

constexpr std::uint32_t kNewestRead = 60;
constexpr std::size_t kWords = 4, kWordsTried = 16, kPhrasesTried = 8;
constexpr std::size_t kShortest = 7;        ///< bytes of a word that says something
constexpr std::uint64_t kCommonShare = 10;  ///< a word in more than a tenth of all says nothing

bool is_letter(std::string_view text, std::size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  // 0xC2 and 0xE2 lead signs, quotes and dashes.
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0x80 && c != 0xC2 && c != 0xE2);
}

bool begins_large(std::string_view word) {
  if (word.front() >= 'A' && word.front() <= 'Z') return true;
  return word.substr(0, 2) == "Ä" || word.substr(0, 2) == "Ö" || word.substr(0, 2) == "Ü";
}

struct Word {
  std::string text;
  std::size_t begin = 0, end = 0;
};

/// Runs of letters; hyphens inside belong to them, what is cut off at a hyphen does not count.
std::vector<Word> words_of(std::string_view title) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < title.size();) {
    if (!is_letter(title, i)) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < title.size() && (is_letter(title, i) || title[i] == '-')) ++i;
    if (title[i - 1] != '-') {
      words.push_back({std::string(title.substr(begin, i - begin)), begin, i});
    }
  }
  return words;
}

}  // namespace

std::vector<Example> examples_of(const SearchAnswer& overview,
                                 const std::function<SearchAnswer(const SearchRequest&)>& search) {
  SearchRequest newest;
  newest.sort = Sort::kNewest;
  newest.size = kNewestRead;
  newest.snippets = newest.histogram = false;
  const SearchAnswer answer = search(newest);

  std::set<std::string> kinds;  // "Anfrage", "Antwort": what papers are, not what they are about
  for (const FacetCounts& counts : overview.facets) {
    if (counts.facet != Facet::kType) continue;
    for (const FacetValue& value : counts.values) {
      for (const Word& word : words_of(value.label)) kinds.insert(word.text);
    }
  }
  std::map<std::string, std::size_t> titles_with;
  std::vector<std::string> words;    // in the order they are met
  std::vector<std::string> phrases;  // "sozialer Wohnungsbau"
  for (const Hit& hit : answer.hits) {
    std::set<std::string> here;
    const std::vector<Word> in_title = words_of(hit.title);
    for (std::size_t i = 0; i < in_title.size(); ++i) {
      const Word& word = in_title[i];
      if (word.text.size() < kShortest || !begins_large(word.text) || kinds.contains(word.text)) {
        continue;
      }
      if (here.insert(word.text).second && titles_with[word.text]++ == 0)
        words.push_back(word.text);
      if (i == 0) continue;
      const Word& before = in_title[i - 1];
      if (before.end + 1 == word.begin && !begins_large(before.text) &&
          before.text.size() >= kShortest) {
        phrases.push_back(before.text + " " + word.text);
      }
    }
  }
  std::stable_sort(words.begin(), words.end(), [&](const std::string& a, const std::string& b) {
    return titles_with[a] > titles_with[b];
  });

  std::vector<Example> examples;
  const auto count = [&](const std::string& q) {
    SearchRequest request;
    request.q = q;
    request.match = MatchMode::kAll;
    request.size = 1;
    request.snippets = request.histogram = false;
    return search(request).total;
  };
  const std::uint64_t common = std::max<std::uint64_t>(overview.total / kCommonShare, 20);
  for (std::size_t i = 0; i < std::min(words.size(), kWordsTried) && examples.size() < kWords;
       ++i) {
    const std::uint64_t hits = count(words[i]);
    if (hits >= 2 && hits <= common) examples.push_back({words[i], hits});
  }
  for (std::size_t i = 0; i < std::min(phrases.size(), kPhrasesTried); ++i) {
    const std::string q = "\"" + phrases[i] + "\"";
    const std::uint64_t hits = count(q);
    if (hits < 2 || hits > common) continue;
    examples.push_back({q, hits});
    break;
  }
  for (const Hit& hit : answer.hits) {
    if (hit.number.find('/') == std::string::npos) continue;
    const std::uint64_t hits = count(hit.number);
    if (hits < 1) continue;
    examples.push_back({hit.number, hits});
    break;
  }
  return examples;
}

}  // namespace fundstelle::http
