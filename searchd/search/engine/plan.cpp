// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/plan.h"

#include <algorithm>
#include <utility>

#include "query/print.h"
#include "schema/schema.h"
#include "text/drucksache_number.h"

namespace fundstelle::search {
namespace {

using Kind = PlanNode::Kind;
using NodePtr = std::unique_ptr<PlanNode>;

constexpr float kWhole = static_cast<float>(schema::kWholeWdf);
constexpr std::size_t kMinPrefixLetters = 3;
constexpr std::size_t kMaxWords = 64;
/// A paper's own number says more than any number of mentions.
constexpr float kOwnNumberUnit = 30;

NodePtr make(Kind kind, std::string typed = {}) {
  auto node = std::make_unique<PlanNode>();
  node->kind = kind;
  node->typed = std::move(typed);
  return node;
}

std::string name_of(TokenKind kind, const std::string& term, bool title) {
  std::string_view prefix = schema::kExact;
  switch (kind) {
    case TokenKind::kExact:
      prefix = title ? schema::kTitleExact : schema::kExact;
      break;
    case TokenKind::kStem:
      prefix = title ? schema::kTitleStem : schema::kStem;
      break;
    case TokenKind::kPart:
      prefix = title ? schema::kTitlePart : schema::kPart;
      break;
    case TokenKind::kBlind:
      prefix = schema::kBlind;
      break;
    case TokenKind::kNumber:
      prefix = schema::kNumber;
      break;
  }
  return std::string(prefix) + term;
}

/// The analyzer's weight of an ordinary part, which the index holds already as a lower wdf.
constexpr double kPartWeight = 0.3;

/// Stem terms count kWholeWdf a word in the index already, parts count 1 on purpose.
float unit_of(const Variant& variant, TokenKind kind) {
  switch (kind) {
    case TokenKind::kStem:
      return static_cast<float>(variant.weight);
    case TokenKind::kPart:
      return static_cast<float>(variant.weight / kPartWeight);
    default:
      return kWhole * static_cast<float>(variant.weight);
  }
}

void add_term(std::vector<WeightedTerm>& terms, std::string name, float unit) {
  if (name.size() > schema::kMaxTermBytes) return;
  for (WeightedTerm& term : terms) {
    if (term.name != name) continue;
    term.unit = std::max(term.unit, unit);
    return;
  }
  terms.push_back({std::move(name), unit});
}

class Planner {
 public:
  Planner(const Analyzer& analyzer, const ExpansionSwitches& expand, const SlugFinder& finder,
          Plan& plan)
      : analyzer_(analyzer), finder_(finder), plan_(plan) {
    expansion_.inflection = expand.inflection;
    expansion_.compounds = expand.compounds;
    exact_compounds_ = !expand.compounds;
    expansion_.spelling = expand.spelling;
    expansion_.gender = expand.gender;
    expansion_.abbreviations = expand.abbreviations;
  }

  NodePtr run(const QueryNode& root) {
    root_ = &root;
    return plan(root);
  }

 private:
  NodePtr plan(const QueryNode& node) {
    switch (node.kind) {
      case QueryNode::Kind::kWords:
        return words(node.text);
      case QueryNode::Kind::kPhrase:
        return phrase(node.text);
      case QueryNode::Kind::kPrefix:
        return prefix(node.text);
      case QueryNode::Kind::kField:
        return field(node);
      case QueryNode::Kind::kRange:
        return range(node);
      case QueryNode::Kind::kAll:
        return make(Kind::kAll);
      case QueryNode::Kind::kNot: {
        NodePtr child = plan(*node.children[0]);
        if (!child || child->kind == Kind::kAll) return nullptr;
        NodePtr negation = make(Kind::kNot);
        negation->children.push_back(std::move(child));
        return negation;
      }
      case QueryNode::Kind::kAnd:
        return group(Kind::kAnd, node);
      case QueryNode::Kind::kOr:
        return group(Kind::kOr, node);
      case QueryNode::Kind::kNear:
        return near(node);
    }
    return nullptr;
  }

  /// Children that mean nothing (only punctuation) fall away.
  NodePtr group(Kind kind, const QueryNode& node) {
    NodePtr out = make(kind);
    for (const auto& child : node.children) {
      if (NodePtr planned = plan(*child)) out->children.push_back(std::move(planned));
    }
    if (out->children.empty()) return nullptr;
    if (out->children.size() == 1) return std::move(out->children[0]);
    return out;
  }

  /// (a b) NAHE/5 c: each of the three near the others. What is excluded stands nowhere, near to
  /// nothing: a NAHE/5 (NICHT b) is a without b.
  NodePtr near(const QueryNode& node) {
    NodePtr out = group(Kind::kNear, node);
    if (!out || out->kind != Kind::kNear) return out;
    NodePtr both = make(Kind::kAnd);
    std::vector<NodePtr> present;
    for (NodePtr& child : out->children) {
      (child->kind == Kind::kNot ? both->children : present).push_back(std::move(child));
    }
    if (both->children.empty() || present.size() > 1) {
      out->distance = node.distance;
      out->children = std::move(present);
      out = near_words(std::move(out));
    } else if (!present.empty()) {
      out = std::move(present[0]);
    } else {
      return both;
    }
    if (both->children.empty()) return out;
    both->children.insert(both->children.begin(), std::move(out));
    return both;
  }

  /// Every word of the operands is an operand.
  static NodePtr near_words(NodePtr out) {
    std::vector<NodePtr> children;
    for (NodePtr& child : out->children) {
      if (child->kind != Kind::kWords) {
        children.push_back(std::move(child));
        continue;
      }
      for (PlannedWord& word : child->words) {
        children.push_back(make(Kind::kWords, word.word.typed));
        children.back()->words.push_back(std::move(word));
      }
    }
    out->children = std::move(children);
    return out;
  }

  PlannedWord planned_word(QueryWord word) {
    PlannedWord out;
    const bool whole_stem =
        std::any_of(word.variants.begin(), word.variants.end(), [](const Variant& variant) {
          return variant.terms.size() == 1 && variant.terms[0].kind == TokenKind::kStem &&
                 variant.weight >= 1;
        });
    for (const Variant& variant : word.variants) {
      if (variant.terms.empty()) continue;
      // Without compounds a hyphenated word is what was typed.
      if (variant.reason == VariantReason::kHyphen && exact_compounds_ &&
          word.variants.front().reason == VariantReason::kSame) {
        continue;
      }
      if (variant.fallback) {
        add_loose(variant, out);
        continue;
      }
      if (variant.in_order && variant.terms.size() > 1) {
        out.sequences.push_back(sequence_of(variant));
        continue;
      }
      if (variant.terms.size() > 1) {
        PlannedWord::Split split;
        split.weight = static_cast<float>(variant.weight);
        split.window = variant.window;
        for (const auto& term : variant.terms) {
          // A part may stand alone or sit in another compound, whichever kind the variant names.
          std::vector<WeightedTerm> part;
          if (term.kind == TokenKind::kPart || term.kind == TokenKind::kStem) {
            add_term(part, name_of(TokenKind::kStem, term.term, title_), 1);
            add_term(part, name_of(TokenKind::kPart, term.term, title_), 1);
          } else {
            add_term(part, name_of(term.kind, term.term, title_), kWhole);
          }
          split.parts.push_back(std::move(part));
        }
        out.splits.push_back(std::move(split));
        continue;
      }
      const Variant::Term& term = variant.terms[0];
      if (title_ && term.kind == TokenKind::kBlind) continue;  // no such terms of titles
      if (title_ && term.kind == TokenKind::kNumber) {
        // Nor of numbers: there the digits in a row serve.
        out.sequences.push_back(exact_sequence(word.typed));
        continue;
      }
      if (term.kind == TokenKind::kExact && variant.reason == VariantReason::kSame) {
        out.exact = name_of(term.kind, term.term, title_);
        if (whole_stem) continue;  // the stem finds it too; the exact layer scores it
      }
      if (term.kind == TokenKind::kStem && out.stem.empty()) {
        out.stem = name_of(term.kind, term.term, title_);
      }
      add_term(out.terms, name_of(term.kind, term.term, title_), unit_of(variant, term.kind));
      if (!title_ && (term.kind == TokenKind::kExact || term.kind == TokenKind::kStem ||
                      term.kind == TokenKind::kPart)) {
        add_term(out.title, name_of(term.kind, term.term, true), unit_of(variant, term.kind));
      }
      if (term.kind == TokenKind::kNumber && !title_) {
        const std::string own = std::string(schema::kOwnNumber) + term.term;
        add_term(out.terms, own, kOwnNumberUnit);
        add_term(out.own, own, static_cast<float>(variant.weight));
      }
    }
    out.word = std::move(word);
    return out;
  }

  [[nodiscard]] Sequence sequence_of(const Variant& variant) const {
    Sequence sequence;
    sequence.weight = static_cast<float>(variant.weight);
    for (const auto& term : variant.terms) {
      sequence.slots.push_back({static_cast<std::uint32_t>(sequence.slots.size()),
                                name_of(term.kind, term.term, title_)});
    }
    return sequence;
  }

  void add_loose(const Variant& variant, PlannedWord& out) const {
    if (variant.terms.size() > 1) {
      out.loose_sequences.push_back(sequence_of(variant));
      return;
    }
    const Variant::Term& term = variant.terms[0];
    if (title_ && term.kind == TokenKind::kNumber) return;
    add_term(out.loose, name_of(term.kind, term.term, title_), unit_of(variant, term.kind));
  }

  NodePtr words(const std::string& text) {
    std::vector<QueryWord> analysed = analyzer_.analyze_query(text, expansion_);
    if (analysed.empty()) {
      plan_.ignored.push_back("„" + text + "“ (kein Suchwort)");
      return nullptr;
    }
    const bool only_stop_words = std::all_of(analysed.begin(), analysed.end(),
                                             [](const QueryWord& word) { return word.stop_word; });
    NodePtr node = make(Kind::kWords, text);
    for (QueryWord& word : analysed) {
      if (word.stop_word && !only_stop_words) {
        plan_.stop_words.push_back(word.typed);
        continue;
      }
      if (words_ >= kMaxWords) break;
      PlannedWord planned = planned_word(std::move(word));
      std::erase_if(planned.sequences, [](const Sequence& one) { return one.slots.empty(); });
      if (planned.terms.empty() && planned.sequences.empty() && planned.splits.empty()) continue;
      ++words_;
      node->words.push_back(std::move(planned));
    }
    if (node->words.empty()) return nullptr;
    return node;
  }

  [[nodiscard]] Sequence exact_sequence(const std::string& text) const {
    Sequence out;
    std::uint32_t first = 0;
    for (const Token& token : analyzer_.analyze(text)) {
      if (token.kind != TokenKind::kExact) continue;
      if (out.slots.empty()) first = token.position;
      // The first exact term at a place is the word as it stands there.
      const std::uint32_t place = token.position - first;
      if (!out.slots.empty() && out.slots.back().place == place) continue;
      out.slots.push_back({place, name_of(token.kind, token.term, title_)});
    }
    return out;
  }

  NodePtr phrase(const std::string& text) {
    NodePtr node = make(Kind::kPhrase, text);
    node->phrase = exact_sequence(text);
    if (!node->phrase.slots.empty()) return node;
    plan_.ignored.push_back("„" + text + "“ (kein Suchwort)");
    return nullptr;
  }

  NodePtr prefix(const std::string& text) {
    const std::string folded = analyzer_.fold(text);
    // Letters, not bytes: folded German is ASCII but for foreign letters.
    const auto letters = std::count_if(folded.begin(), folded.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    const bool one_word =
        folded.find('-') != std::string::npos ||
        analyzer_.analyze_query(text, {false, false, false, false, false}).size() <= 1;
    if (static_cast<std::size_t>(letters) < kMinPrefixLetters || !one_word) {
      plan_.ignored.push_back("der Stern in „" + text +
                              (one_word ? "*“ (erst ab drei Buchstaben)" : "*“"));
      return words(text);
    }
    std::string joined = folded;
    std::erase(joined, '-');
    if (joined != folded && !joined.empty()) {  // Corona-Pand*: also Coronapandemie
      NodePtr both = make(Kind::kOr, text);
      for (const std::string& begin : {folded, joined}) {
        both->children.push_back(make(Kind::kPrefix, begin == folded ? text : joined));
        both->children.back()->prefix = name_of(TokenKind::kExact, begin, title_);
      }
      return both;
    }
    NodePtr node = make(Kind::kPrefix, text);
    node->prefix = name_of(TokenKind::kExact, folded, title_);
    return node;
  }

  NodePtr field(const QueryNode& node) {
    const QueryNode& value = *node.children[0];
    const std::string& name = node.field;
    if (name == "titel") {
      const bool outer = std::exchange(title_, true);
      NodePtr child = plan(value);
      title_ = outer;
      if (!child) return nullptr;
      NodePtr out = make(Kind::kTitle);
      out->field = name;
      out->children.push_back(std::move(child));
      return out;
    }
    if (name == "frage" || name == "antwort") {
      NodePtr child = plan(value);
      if (!child) return nullptr;
      NodePtr out = make(Kind::kQuestions);
      out->field = name;
      out->children.push_back(std::move(child));
      return out;
    }
    return filter(name, value);
  }

  /// Fields that are filters: their value may be a group of alternatives.
  NodePtr filter(const std::string& name, const QueryNode& value) {
    if (value.kind == QueryNode::Kind::kAnd || value.kind == QueryNode::Kind::kOr ||
        value.kind == QueryNode::Kind::kNear) {
      NodePtr out = make(value.kind == QueryNode::Kind::kOr ? Kind::kOr : Kind::kAnd);
      for (const auto& child : value.children) {
        if (NodePtr planned = filter(name, *child)) out->children.push_back(std::move(planned));
      }
      if (out->children.empty()) return nullptr;
      if (out->children.size() == 1) return std::move(out->children[0]);
      return out;
    }
    if (value.kind == QueryNode::Kind::kNot) {
      NodePtr child = filter(name, *value.children[0]);
      if (!child) return nullptr;
      NodePtr out = make(Kind::kNot);
      out->children.push_back(std::move(child));
      return out;
    }
    if (value.text.empty()) return nullptr;
    NodePtr out = make(Kind::kAnyTerm, value.text);
    out->field = name;
    if (name == "von") {
      out->kind = Kind::kTerms;
      std::string unknown;
      for (const Token& token : analyzer_.analyze(value.text)) {
        if (token.kind != TokenKind::kExact) continue;
        out->terms.push_back(std::string(schema::kAuthor) + token.term);
        if (unknown.empty() && !finder_.holds(out->terms.back())) unknown = token.term;
      }
      if (!unknown.empty()) {
        plan_.ignored.push_back("„von:" + value.text + "“: niemand dieses Namens im Bestand");
        offer(value, finder_.nearest_author(unknown));
      }
    } else if (name == "drs") {
      number(value, *out);
    } else {
      return facet(name, value, std::move(out));
    }
    if (out->terms.empty()) out->kind = Kind::kNothing;
    return out;
  }

  /// A paper by its own number; without one of this suffix, those without.
  void number(const QueryNode& value, PlanNode& out) {
    for (const std::string& number : own_numbers(value.text)) {
      const std::string term = std::string(schema::kOwnNumber) + number;
      if (out.terms.empty() || !finder_.holds(out.terms[0])) out.terms = {term};
    }
    if (!out.terms.empty() && finder_.holds(out.terms[0])) return;
    plan_.ignored.push_back("„drs:" + value.text + "“: diese Drucksache ist nicht im Bestand");
    plan_.offers.push_back({"Dokumente, die sie nennen", value.text});
  }

  /// A value nobody knows is not used, and said; one without papers here has no hits.
  NodePtr facet(const std::string& name, const QueryNode& value, NodePtr out) {
    struct Named {
      std::string_view name;
      Facet facet;
      std::string_view prefix;
    };
    static constexpr Named kNamed[] = {{"fraktion", Facet::kGroup, schema::kGroup},
                                       {"ministerium", Facet::kMinistry, schema::kMinistry},
                                       {"typ", Facet::kType, schema::kType},
                                       {"gremium", Facet::kBody, schema::kBody},
                                       {"thema", Facet::kTopic, schema::kTopic}};
    for (const Named& named : kNamed) {
      if (named.name != name) continue;
      for (const std::string& slug : finder_.slugs(named.facet, value.text)) {
        out->terms.push_back(std::string(named.prefix) + slug);
      }
      if (!out->terms.empty()) return out;
      const std::string shown = "„" + name + ":" + value.text + "“";
      if (finder_.known_elsewhere(named.facet, value.text)) {
        plan_.ignored.push_back(shown + ": kommt im Bestand nicht vor, ohne Treffer");
        out->kind = Kind::kNothing;
        return out;
      }
      plan_.ignored.push_back(shown + " (unbekannter Wert, nicht verwendet)");
      offer(value, finder_.nearest(named.facet, value.text));
    }
    return nullptr;
  }

  void offer(const QueryNode& value, const std::optional<SlugFinder::Near>& near) {
    if (!near) return;
    plan_.offers.push_back(
        {"Bekannt ist „" + near->label + "“", print_query(*root_, {&value, near->slug})});
  }

  NodePtr range(const QueryNode& node) {
    NodePtr out = make(node.field == "wp" ? Kind::kLegislature : Kind::kDate,
                       node.text == node.text2 ? node.text : node.text + "…" + node.text2);
    out->field = node.field;
    if (out->kind == Kind::kLegislature) {
      out->from = node.text.empty() ? 0 : static_cast<std::uint32_t>(std::stoul(node.text));
      out->to = node.text2.empty() ? 999 : static_cast<std::uint32_t>(std::stoul(node.text2));
      if (out->from == out->to &&
          !finder_.holds(std::string(schema::kLegislature) + std::to_string(out->from))) {
        plan_.ignored.push_back("„wp:" + node.text + "“: kommt im Bestand nicht vor, ohne Treffer");
      }
      return out;
    }
    out->from = date_number(node.text, 0);
    out->to = date_number(node.text2, 99);
    if (out->to == 0) out->to = 99999999;
    return out;
  }

  /// "2021-04" as yyyymmdd with `rest` for what is not said; 0 if empty.
  static std::uint32_t date_number(const std::string& iso, std::uint32_t rest) {
    if (iso.empty()) return 0;
    const auto part = [&](std::size_t begin, std::size_t size) {
      return iso.size() < begin + size
                 ? rest
                 : static_cast<std::uint32_t>(std::stoul(iso.substr(begin, size)));
    };
    return part(0, 4) * 10000 + part(5, 2) * 100 + part(8, 2);
  }

  const QueryNode* root_ = nullptr;
  const Analyzer& analyzer_;
  const SlugFinder& finder_;
  Plan& plan_;
  Expansion expansion_;
  bool title_ = false;
  bool exact_compounds_ = false;
  std::size_t words_ = 0;
};

}  // namespace

std::vector<std::string> own_numbers(const std::string& typed) {
  const auto number = parse_drucksache_number(typed);
  if (!number) {
    std::string plain;
    for (const char c : typed) {
      if (c != ' ') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return {plain};
  }
  std::vector<std::string> out{number->canonical()};
  if (number->suffix.empty()) return out;
  DrucksacheNumber bare = *number;
  bare.suffix.clear();
  out.push_back(bare.canonical());
  return out;
}

Plan make_plan(const ParsedQuery& parsed, const Analyzer& analyzer, const ExpansionSwitches& expand,
               const SlugFinder& finder) {
  Plan plan;
  plan.ignored = parsed.ignored;
  plan.offers = parsed.offers;
  plan.root = Planner(analyzer, expand, finder, plan).run(*parsed.root);
  if (!plan.root) plan.root = make(Kind::kAll);
  return plan;
}

}  // namespace fundstelle::search
