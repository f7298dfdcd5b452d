// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/alike.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "schema/schema.h"

namespace fundstelle::search {
namespace {

/// Words that make the query: more add time and drift, not likeness.
constexpr std::size_t kWords = 40;
/// Bounds of the work on long papers: words read, words of which the frequency is asked, bytes of
/// text looked through for printed forms.
constexpr std::size_t kMaxRead = 20'000;
constexpr std::size_t kMaxCandidates = 400;
constexpr std::size_t kMaxTextBytes = 30'000;
/// Occurrences in title and questions count so many more.
constexpr float kTitleTimes = 4;
constexpr float kQuestionTimes = 1;
/// How soon more occurrences add nothing, in words.
constexpr float kSlow = 3;
constexpr float kTopicWeight = 0.5F;

struct Word {
  std::string term;  ///< stem with prefix
  std::string shown;
  float count = 0;
  float weight = 0;
};

bool is_word(std::string_view stem) {
  return stem.size() > 2 && !(stem[0] >= '0' && stem[0] <= '9');
}

}  // namespace

Telling telling_words(const Reader& reader, Gid gid, const Document& document) {
  std::vector<std::pair<std::string, std::uint32_t>> terms;
  (void)reader.stems(gid, kMaxRead, terms);
  std::vector<Word> words;
  std::unordered_map<std::string, std::size_t> place;
  for (auto& [term, wdf] : terms) {
    if (!is_word(std::string_view(term).substr(schema::kStem.size()))) continue;
    place.emplace(term, words.size());
    words.push_back({std::move(term), "", static_cast<float>(wdf) / schema::kWholeWdf, 0});
  }
  std::size_t left = kMaxTextBytes;
  const auto look_through = [&](std::string_view text, float times) {
    text = text.substr(0, left);
    left -= text.size();
    for (const Token& token : reader.analyzer.analyze(text)) {
      if (token.kind != TokenKind::kStem) continue;
      const auto found = place.find(std::string(schema::kStem) + token.term);
      if (found == place.end()) continue;
      Word& word = words[found->second];
      word.count += times;
      if (word.shown.empty()) {
        word.shown = text.substr(token.byte_begin, token.byte_end - token.byte_begin);
      }
    }
  };
  look_through(document.title, kTitleTimes);
  for (const Question& question : document.questions) look_through(question.text, kQuestionTimes);
  for (const Page& page : document.pages) look_through(page.text, 0);

  const auto cut = [&](std::size_t most, auto&& better) {
    const std::size_t kept = std::min(most, words.size());
    std::partial_sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(kept), words.end(),
                      [&](const Word& a, const Word& b) {
                        return better(a) != better(b) ? better(a) > better(b) : a.term < b.term;
                      });
    words.resize(kept);
  };
  cut(kMaxCandidates, [](const Word& word) { return word.count; });
  const auto total = static_cast<double>(reader.snapshot.documents.count);
  for (Word& word : words) {
    const auto df = static_cast<double>(reader.frequency(Unit::kDocument, word.term));
    const double idf = df < 2 ? 0 : std::log(1 + (std::max(total - df, 0.0) + 0.5) / (df + 0.5));
    word.weight = word.count / (word.count + kSlow) * static_cast<float>(idf);
  }
  cut(kWords, [](const Word& word) { return word.weight; });

  Telling out;
  out.words.kind = out.topics.kind = PlanNode::Kind::kWords;
  for (Word& word : words) {
    if (word.weight <= 0) break;
    PlannedWord planned;
    planned.weight = word.count / (word.count + kSlow);
    const std::string stem = word.term.substr(schema::kStem.size());
    planned.word.typed = word.shown.empty() ? stem : std::move(word.shown);
    planned.terms = {{word.term, 1}, {std::string(schema::kPart) + stem, 1}};
    planned.title = {{std::string(schema::kTitleStem) + stem, 1}};
    planned.stem = std::move(word.term);
    out.words.words.push_back(std::move(planned));
  }
  for (const std::string& topic : document.topic_ids) {
    PlannedWord planned;
    planned.weight = kTopicWeight;
    planned.terms = {{std::string(schema::kTopic) + topic, schema::kWholeWdf}};
    out.topics.words.push_back(std::move(planned));
  }
  return out;
}

std::vector<RankedHit> alike(const Evaluator& evaluator, const Snapshot& snapshot,
                             const Telling& telling, const Roaring& excluded, std::size_t size) {
  if (telling.words.words.empty()) return {};
  const Roaring matched = evaluator.matches(telling.words, true) - excluded;
  std::vector<Gid> hits(matched.cardinality());
  matched.toUint32Array(hits.data());
  std::vector<float> scores(hits.size(), 0);
  const Ranking ranking;
  evaluator.score(telling.words, ranking, hits, scores);
  evaluator.score(telling.topics, ranking, hits, scores);
  const std::vector<std::uint32_t>& id_ranks = snapshot.id_ranks();
  std::vector<RankedHit> ranked;
  for (std::size_t i = 0; i < hits.size(); ++i) ranked.push_back({hits[i], scores[i], true});
  const std::size_t kept = std::min(size, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(kept),
                    ranked.end(), [&](const RankedHit& a, const RankedHit& b) {
                      if (a.score != b.score) return a.score > b.score;
                      return id_ranks[a.gid] < id_ranks[b.gid];
                    });
  ranked.resize(kept);
  return ranked;
}

std::vector<std::string> shared_words(const Evaluator& evaluator, const PlanNode& words, Gid gid,
                                      std::size_t most) {
  std::vector<std::pair<float, const PlannedWord*>> found;
  const std::vector<Gid> hits{gid};
  const Ranking ranking;
  PlanNode one;
  one.kind = PlanNode::Kind::kWords;
  for (const PlannedWord& word : words.words) {
    one.words = {word};
    std::vector<float> score{0};
    evaluator.score(one, ranking, hits, score);
    if (score[0] > 0) found.emplace_back(score[0], &word);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (found.size() > most) found.resize(most);
  std::vector<std::string> out;
  for (const auto& [score, word] : found) out.push_back(word->word.typed);
  return out;
}

}  // namespace fundstelle::search
