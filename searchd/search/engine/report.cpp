// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/report.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "schema/schema.h"

namespace fundstelle::search {
namespace {

using Kind = PlanNode::Kind;
constexpr std::size_t kExamples = 3;
constexpr std::size_t kMaxCorrected = 3;  // words a suggestion looks for

const char* reason_name(VariantReason reason) {
  switch (reason) {
    case VariantReason::kSame:
      return "same";
    case VariantReason::kInflection:
      return "inflection";
    case VariantReason::kCompoundPart:
      return "compound";
    case VariantReason::kSplit:
      return "split";
    case VariantReason::kSpelling:
      return "spelling";
    case VariantReason::kGender:
      return "gender";
    case VariantReason::kHyphen:
      return "hyphen";
    case VariantReason::kAbbreviation:
      return "abbreviation";
    case VariantReason::kNumber:
      return "number";
  }
  return "same";
}

std::string in_quotes(const std::string& text) { return "„" + text + "“"; }

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

/// The most frequent examples, with a capital: readers know compounds as nouns.
std::string example_list(const std::map<std::string, std::uint32_t>& counts) {
  std::vector<std::pair<std::uint32_t, std::string>> ordered;
  for (const auto& [word, count] : counts) ordered.emplace_back(count, word);
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(kExamples, ordered.size()); ++i) {
    out.push_back(in_quotes(ordered[i].second));
  }
  return joined(out, ", ");
}

class Teller {
 public:
  Teller(bool relaxed, const CompoundExamples& examples) : relaxed_(relaxed), examples_(examples) {}

  std::string tell(const PlanNode& node) {
    switch (node.kind) {
      case Kind::kAll:
        return "alle Dokumente";
      case Kind::kNothing:
        return node.field + ": " + in_quotes(node.typed);
      case Kind::kWords: {
        std::vector<std::string> words;
        for (const PlannedWord& word : node.words) words.push_back(tell(word, number_++));
        return joined(words, relaxed_ ? " ODER " : " UND ");
      }
      case Kind::kPhrase:
        ++number_;
        return "genau " + in_quotes(node.typed);
      case Kind::kPrefix:
        ++number_;
        return "Wörter mit " + in_quotes(node.typed + "…");
      case Kind::kNear:
        return list(node, " höchstens " + std::to_string(node.distance) + " Wörter neben ");
      case Kind::kTitle:
        return "im Titel: " + inner(*node.children[0]);
      case Kind::kQuestions:
        return "in Fragen mit Antwort: " + inner(*node.children[0]);
      case Kind::kTerms:
      case Kind::kAnyTerm:
        return label(node.field) + " " + in_quotes(node.typed);
      case Kind::kDate:
        return "Datum " + node.typed;
      case Kind::kLegislature:
        return "Wahlperiode " + node.typed;
      case Kind::kNot: {
        const std::uint32_t before = number_;
        std::string text = "NICHT " + inner(*node.children[0]);
        number_ = before;  // excluded words have no number
        return text;
      }
      case Kind::kAnd:
        return list(node, " UND ");
      case Kind::kOr:
        return list(node, " ODER ");
    }
    return {};
  }

 private:
  static std::string label(const std::string& field) {
    if (field == "von") return "von";
    if (field == "drs") return "Drucksache";
    std::string out = field;
    if (!out.empty()) out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
  }

  std::string inner(const PlanNode& node) {
    const bool group = node.children.size() > 1 || node.words.size() > 1;
    const std::string text = tell(node);
    return group ? "(" + text + ")" : text;
  }

  std::string list(const PlanNode& node, const std::string& between) {
    std::vector<std::string> parts;
    for (const auto& child : node.children) {
      const bool group = child->kind == Kind::kOr || child->kind == Kind::kAnd ||
                         (child->kind == Kind::kWords && child->words.size() > 1);
      const std::string text = tell(*child);
      parts.push_back(group ? "(" + text + ")" : text);
    }
    return joined(parts, between);
  }

  std::string tell(const PlannedWord& word, std::uint32_t number) const {
    std::vector<std::string> notes, split, long_forms;
    std::array<bool, 9> has{};
    for (const Variant& variant : word.word.variants) {
      has[static_cast<std::size_t>(variant.reason)] = true;
      if (variant.reason == VariantReason::kSplit) split.push_back(in_quotes(variant.shown));
      if (variant.reason == VariantReason::kAbbreviation) {
        long_forms.push_back(in_quotes(variant.shown));
      }
    }
    const auto any = [&](VariantReason reason) { return has[static_cast<std::size_t>(reason)]; };
    if (any(VariantReason::kInflection)) notes.emplace_back("auch gebeugt");
    if (any(VariantReason::kGender)) notes.emplace_back("in allen Geschlechtsformen");
    if (any(VariantReason::kHyphen)) notes.emplace_back("mit und ohne Bindestrich");
    if (!long_forms.empty()) notes.push_back("auch " + joined(long_forms, ", "));
    if (any(VariantReason::kCompoundPart)) {
      const auto found = examples_.find(number);
      notes.push_back(found == examples_.end()
                          ? "in Zusammensetzungen"
                          : "in Zusammensetzungen wie " + example_list(found->second));
    }
    if (!split.empty()) notes.push_back("in Teilen: " + joined(split, ", "));
    const std::string shown = in_quotes(word.word.typed);
    return notes.empty() ? shown : shown + " (" + joined(notes, "; ") + ")";
  }

  bool relaxed_;
  const CompoundExamples& examples_;
  std::uint32_t number_ = 0;
};

void collect_words(const PlanNode& node, std::vector<const PlannedWord*>& out) {
  if (node.kind == Kind::kNot) return;
  for (const PlannedWord& word : node.words) out.push_back(&word);
  for (const auto& child : node.children) collect_words(*child, out);
}

/// Edit distance (insert, delete, replace, swap of neighbours), or limit + 1 if above `limit`.
std::size_t distance(const std::string& a, const std::string& b, std::size_t limit) {
  constexpr std::size_t kLongest = 64;
  if (a.size() > kLongest || b.size() > kLongest) return limit + 1;
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::array<std::array<std::uint8_t, kLongest + 1>, 3> rows{};
  for (std::size_t k = 0; k <= b.size(); ++k) rows[0][k] = static_cast<std::uint8_t>(k);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& now = rows[i % 3];
    const auto& last = rows[(i + 2) % 3];
    const auto& before = rows[(i + 1) % 3];
    now[0] = static_cast<std::uint8_t>(i);
    std::uint8_t least = now[0];
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const int change = a[i - 1] == b[k - 1] ? 0 : 1;
      int best = std::min({last[k] + 1, now[k - 1] + 1, last[k - 1] + change});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
        best = std::min(best, before[k - 2] + 1);
      }
      now[k] = static_cast<std::uint8_t>(best);
      least = std::min(least, now[k]);
    }
    if (least > limit) return limit + 1;
  }
  return rows[a.size() % 3][b.size()];
}

/// A folded word of the corpus near a folded word without hits; empty if none.
std::string nearest_word(const Reader& reader, const std::string& folded) {
  const std::size_t limit = folded.size() < 6 ? 1 : 2;
  std::string best;
  std::size_t best_distance = limit + 1;
  std::uint32_t best_frequency = 0;
  const auto& by_length = reader.snapshot.corpus_words();
  const std::size_t from = folded.size() > limit ? folded.size() - limit : 1;
  for (std::size_t length = from; length <= folded.size() + limit && length < by_length.size();
       ++length) {
    for (const Snapshot::CorpusWord& candidate : by_length[length]) {
      const std::string& word = *candidate.word;
      const std::size_t d = distance(folded, word, std::min(limit, best_distance));
      const bool better =
          d < best_distance || (d == best_distance && d <= limit &&
                                (candidate.frequency > best_frequency ||
                                 (candidate.frequency == best_frequency && word < best)));
      if (!better || d == 0) continue;
      const bool known = std::any_of(reader.documents.begin(), reader.documents.end(),
                                     [&](const Xapian::Database& db) {
                                       return db.term_exists(std::string(schema::kExact) + word);
                                     });
      if (!known) continue;
      best = word;
      best_distance = d;
      best_frequency = candidate.frequency;
    }
  }
  return best;
}

/// How the corpus writes a folded word ("fluechtling" is printed "Flüchtling").
std::string printed_form(const Reader& reader, const std::string& folded) {
  const std::string term = std::string(schema::kExact) + folded;
  for (std::size_t sub = 0; sub < reader.passages.size(); ++sub) {
    const auto it = reader.passages[sub].postlist_begin(term);
    if (it == reader.passages[sub].postlist_end(term)) continue;
    const Gid gid = reader.snapshot.subs[sub].passage_base + *it;
    const schema::Passage passage = schema::unpack_passage(reader.data(Unit::kPassage, gid));
    for (const Token& token : reader.analyzer.analyze(passage.text)) {
      if (token.kind == TokenKind::kExact && token.term == folded) {
        return passage.text.substr(token.byte_begin, token.byte_end - token.byte_begin);
      }
    }
  }
  return folded;
}

}  // namespace

QueryReport make_report(const Reader& reader, const Evaluator& evaluator, const Plan& plan,
                        const std::string& typed, bool relaxed, const CompoundExamples& examples) {
  QueryReport report;
  report.relaxed = relaxed;
  report.understood = Teller(relaxed, examples).tell(*plan.root);
  report.ignored = plan.ignored;
  evaluator.notes(*plan.root, report.ignored);
  if (!plan.stop_words.empty()) {
    std::vector<std::string> words;
    for (const std::string& word : plan.stop_words) {
      if (std::find(words.begin(), words.end(), in_quotes(word)) == words.end()) {
        words.push_back(in_quotes(word));
      }
    }
    report.ignored.push_back(joined(words, ", ") + (words.size() > 1
                                                        ? " (häufige Wörter, nicht gesucht)"
                                                        : " (häufiges Wort, nicht gesucht)"));
  }
  std::vector<const PlannedWord*> words;
  collect_words(*plan.root, words);
  std::size_t looked_for = 0;
  std::string suggestion = typed;
  for (const PlannedWord* word : words) {
    UnderstoodWord shown;
    shown.typed = word->word.typed;
    for (const Variant& variant : word->word.variants) {
      if (variant.reason == VariantReason::kSame) continue;
      shown.variants.push_back({variant.shown, reason_name(variant.reason)});
    }
    shown.documents = evaluator.matches(*word).cardinality();
    if (shown.documents == 0 && looked_for < kMaxCorrected) {
      const std::string folded = reader.analyzer.fold(shown.typed);
      const bool letters = std::none_of(folded.begin(), folded.end(),
                                        [](char c) { return (c >= '0' && c <= '9') || c == '/'; });
      if (letters && folded.size() >= 4) {
        ++looked_for;
        const std::string near = nearest_word(reader, folded);
        const std::size_t at = suggestion.find(shown.typed);
        if (!near.empty() && at != std::string::npos) {
          suggestion.replace(at, shown.typed.size(), printed_form(reader, near));
        }
      }
    }
    report.words.push_back(std::move(shown));
  }
  for (const std::string& word : plan.stop_words) {
    UnderstoodWord shown;
    shown.typed = word;
    shown.ignored = true;
    report.words.push_back(std::move(shown));
  }
  if (suggestion != typed) report.suggestion = suggestion;
  return report;
}

}  // namespace fundstelle::search
