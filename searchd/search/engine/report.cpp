// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/report.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "search/engine/offers.h"

namespace fundstelle::search {
namespace {

using Kind = PlanNode::Kind;
constexpr std::size_t kExamples = 3;

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
        return "Wörter, die mit " + in_quotes(node.typed) + " beginnen";
      case Kind::kNear:
        return list(node, " höchstens " + std::to_string(node.distance) + " Wörter neben ");
      case Kind::kTitle:
        return "im Titel: " + inner(*node.children[0]);
      case Kind::kQuestions:
        return (node.field == "antwort" ? "in Antworten: " : "in Fragen: ") +
               inner(*node.children[0]);
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

}  // namespace

QueryReport make_reading(const Evaluator& evaluator, const Plan& plan, bool relaxed,
                         const CompoundExamples& examples) {
  QueryReport report;
  report.relaxed = relaxed;
  report.understood = Teller(relaxed, examples).tell(*plan.root);
  if (plan.root->kind == Kind::kNot) report.understood = "alle Dokumente, " + report.understood;
  report.ignored = plan.ignored;
  report.offers = plan.offers;
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
  return report;
}

std::vector<UnderstoodWord> understood_words(const Evaluator& evaluator, const Plan& plan) {
  std::vector<const PlannedWord*> words;
  collect_words(*plan.root, words);
  std::vector<UnderstoodWord> out;
  for (const PlannedWord* word : words) {
    UnderstoodWord& shown = out.emplace_back();
    shown.typed = word->word.typed;
    for (const Variant& variant : word->word.variants) {
      if (variant.reason == VariantReason::kSame) continue;
      shown.variants.push_back(
          {variant.shown, variant.fallback ? "wider" : reason_name(variant.reason)});
    }
    shown.documents = evaluator.matches(*word).cardinality();
  }
  for (const std::string& word : plan.stop_words) {
    UnderstoodWord& shown = out.emplace_back();
    shown.typed = word;
    shown.ignored = true;
  }
  return out;
}

QueryReport make_report(const Reader& reader, const Evaluator& evaluator, const Plan& plan,
                        const std::string& typed, bool relaxed, const CompoundExamples& examples,
                        const HitCount& hits) {
  QueryReport report = make_reading(evaluator, plan, relaxed, examples);
  report.words = understood_words(evaluator, plan);
  std::vector<suggest::TypedWord> doubted;
  for (const UnderstoodWord& word : report.words) {
    if (!word.ignored) doubted.push_back({word.typed, word.documents});
  }
  suggest::Spelling spelling = reader.snapshot.speller().suggest(
      typed, doubted,
      {hits, [&](const std::string& folded) { return printed_form(reader, folded); }});
  report.suggestion = std::move(spelling.query);
  for (suggest::Change& change : spelling.changes) {
    report.spelling.push_back({std::move(change.typed), std::move(change.suggested)});
  }
  report.related = related_words(reader, typed, doubted);
  return report;
}

}  // namespace fundstelle::search
