// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/tree.h"

#include <utility>

#include "query/characters.h"
#include "query/fields.h"

namespace fundstelle::query {
namespace {

using Node = QueryNode;
using NodePtr = std::unique_ptr<QueryNode>;
using Kind = QueryNode::Kind;

NodePtr make(Kind kind, std::string_view text = {}) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->text = text;
  return node;
}

/// No node for none, the only one for one, else a group.
NodePtr grouped(Kind kind, std::vector<NodePtr> nodes) {
  if (nodes.empty()) return nullptr;
  if (nodes.size() == 1) return std::move(nodes[0]);
  NodePtr node = make(kind);
  node->children = std::move(nodes);
  return node;
}

/// Behind "und" or a stroke a word may begin with a hyphen; alone it would exclude what it asks
/// for.
std::string_view without_hyphen(std::string_view text) {
  if (text.empty()) return text;
  const auto [code, bytes] = character_at(text, 0);
  if (!is_minus(code) || bytes >= text.size()) return text;
  const char32_t next = character_at(text, bytes).code;
  const bool excludes =
      is_letter_or_digit(next) || next == U'§' || next == U'(' || !closers_of(next).empty();
  return excludes ? text.substr(bytes) : text;
}

class Builder {
 public:
  Builder(std::string_view text, std::vector<Sym> signs, Remarks& remarks)
      : text_(text), signs_(std::move(signs)), remarks_(remarks) {
    signs_.push_back({});
  }

  NodePtr run() { return either(0); }

 private:
  /// One operand of a row, with what the row must know to join words.
  struct Item {
    NodePtr node;
    bool plain = false;  ///< words only: joins its neighbours to one kWords
    std::size_t begin = 0, end = 0;
  };

  [[nodiscard]] const Sym& now() const { return signs_[at_]; }
  [[nodiscard]] bool is(Sign sign) const { return now().sign == sign; }
  /// Nothing that an operator could take follows.
  [[nodiscard]] bool at_border() const {
    return is(Sign::kOr) || is(Sign::kEnd) || is(Sign::kClose) || is(Sign::kAnd) || is(Sign::kNear);
  }

  void unused_operator(const Sym& sym) {
    if (sym.spoken) remarks_.ignore("„" + sym.text + "“ (dazu fehlt ein Suchwort)");
  }

  NodePtr either(std::size_t depth) {
    std::vector<NodePtr> choices;
    const Sym* pending = nullptr;
    while (true) {
      NodePtr row = all(depth);
      if (row) {
        choices.push_back(std::move(row));
        pending = nullptr;
      } else if (pending != nullptr) {
        unused_operator(*pending);
      }
      if (!is(Sign::kOr)) break;
      if (choices.empty()) {
        unused_operator(now());
      } else {
        pending = &now();
      }
      ++at_;
    }
    return grouped(Kind::kOr, std::move(choices));
  }

  /// Words beside each other, also around phrases and exclusions, are one node: the match mode
  /// decides together how many of them a document needs. UND and + separate for good.
  class Row {
   public:
    explicit Row(std::string_view text) : text_(text) {}
    void add_words(Item item) {
      if (words_.empty()) words_at_ = parts_.size();
      words_.push_back(std::move(item));
    }
    void add(NodePtr node) { parts_.push_back(std::move(node)); }
    void close_words() {
      if (words_.empty()) return;
      NodePtr node = std::move(words_[0].node);
      if (words_.size() > 1) node = make(Kind::kWords, joined());
      parts_.insert(parts_.begin() + static_cast<std::ptrdiff_t>(words_at_), std::move(node));
      words_.clear();
    }
    [[nodiscard]] bool empty() const { return words_.empty() && parts_.empty(); }
    void demand() { demanded_ = true; }
    NodePtr finish() {
      close_words();
      NodePtr node = grouped(Kind::kAnd, std::move(parts_));
      if (node) node->demanded = demanded_;
      return node;
    }

   private:
    /// As typed where they stood together; analysis reads across words.
    [[nodiscard]] std::string joined() const {
      std::string out(
          without_hyphen(text_.substr(words_[0].begin, words_[0].end - words_[0].begin)));
      for (std::size_t i = 1; i < words_.size(); ++i) {
        const Item& last = words_[i - 1];
        const Item& next = words_[i];
        const std::string_view between = next.begin >= last.end
                                             ? text_.substr(last.end, next.begin - last.end)
                                             : std::string_view(" ");
        out += only_blanks(between) ? between : std::string_view(" ");
        out += text_.substr(next.begin, next.end - next.begin);
      }
      return out;
    }

    std::string_view text_;
    std::vector<NodePtr> parts_;
    std::vector<Item> words_;
    std::size_t words_at_ = 0;
    bool demanded_ = false;
  };

  NodePtr all(std::size_t depth) {
    Row row(text_);
    while (!is(Sign::kOr) && !is(Sign::kEnd) && !(is(Sign::kClose) && depth > 0)) {
      if (is(Sign::kClose)) {
        ++at_;
        continue;
      }
      if (is(Sign::kAnd)) {
        const Sym& sym = now();
        ++at_;
        if (row.empty() || is(Sign::kOr) || is(Sign::kEnd) || is(Sign::kClose)) {
          unused_operator(sym);
        } else {
          row.demand();
        }
        row.close_words();
        continue;
      }
      if (is(Sign::kNear)) {
        unused_operator(now());
        ++at_;
        continue;
      }
      bool negated = false, must = false;
      if (!prefixes(negated, must)) continue;
      Item item = near(depth);
      if (!item.node) continue;
      if (must) row.demand();
      if (negated) {
        NodePtr node = make(Kind::kNot);
        node->children.push_back(std::move(item.node));
        row.add(std::move(node));
      } else if (item.plain && !must) {
        row.add_words(std::move(item));
      } else {
        row.add(std::move(item.node));
      }
    }
    return row.finish();
  }

  /// Reads NICHT, - and +; false if no operand follows.
  bool prefixes(bool& negated, bool& must) {
    while (is(Sign::kNot) || is(Sign::kMust)) {
      const Sym& sym = now();
      if (is(Sign::kNot)) {
        negated = !negated;
      } else {
        must = true;
      }
      ++at_;
      if (at_border()) {
        unused_operator(sym);
        return false;
      }
    }
    return true;
  }

  Item near(std::size_t depth) {
    Item first = item(depth);
    while (first.node && is(Sign::kNear)) {
      const std::size_t operator_at = at_++;
      if (at_border() || is(Sign::kNot) || is(Sign::kMust)) {
        unused_operator(signs_[operator_at]);
        continue;
      }
      Item second = item(depth);
      if (!second.node) continue;
      // a NEAR/5 b NEAR/5 c: one group of three, as long as the distances agree
      if (first.node->kind == Kind::kNear && first.node->distance == signs_[operator_at].distance) {
        first.node->children.push_back(std::move(second.node));
      } else {
        NodePtr node = make(Kind::kNear);
        node->distance = signs_[operator_at].distance;
        node->children.push_back(std::move(first.node));
        node->children.push_back(std::move(second.node));
        first.node = std::move(node);
      }
      first.plain = false;
    }
    return first;
  }

  Item item(std::size_t depth) {
    Item out;
    const Sym& sym = now();
    out.begin = sym.begin;
    out.end = sym.end;
    switch (sym.sign) {
      case Sign::kWord:
        out.node = make(Kind::kWords, without_hyphen(sym.text));
        out.plain = true;
        ++at_;
        break;
      case Sign::kPhrase:
        out.node = make(Kind::kPhrase, sym.text);
        ++at_;
        break;
      case Sign::kPrefix:
        out.node = make(Kind::kPrefix, sym.text);
        ++at_;
        break;
      case Sign::kRange:
        out.node = make(Kind::kRange, sym.text);
        out.node->field = sym.field;
        out.node->text2 = sym.text2;
        ++at_;
        break;
      case Sign::kField:
        out.node = field(depth);
        break;
      case Sign::kOpen:
        group(depth, out);
        break;
      default:
        break;  // an operator or the end: the caller deals with it
    }
    return out;
  }

  NodePtr field(std::size_t depth) {
    const Sym sym = signs_[at_++];
    if (!is(Sign::kWord) && !is(Sign::kPhrase) && !is(Sign::kPrefix) && !is(Sign::kOpen)) {
      remarks_.ignore("„" + sym.text + "“ (dazu fehlt ein Suchwort)");
      return nullptr;
    }
    Item value = item(depth);
    if (!value.node) return nullptr;
    if (is_range_field(sym.field)) return ranges(sym.field, std::move(value.node));
    NodePtr node = make(Kind::kField);
    node->field = sym.field;
    node->children.push_back(std::move(value.node));
    return node;
  }

  /// datum:"6. April 2021", wp:(18 ODER 20): every word of the operand is a range.
  NodePtr ranges(const std::string& name, NodePtr value) {
    const bool leaf = value->children.empty();
    if (leaf && value->kind != Kind::kRange) {
      if (auto range = read_range(name, blanks_closed(value->text))) {
        NodePtr node = make(Kind::kRange, range->from);
        node->field = name;
        node->text2 = std::move(range->to);
        return node;
      }
      std::vector<NodePtr> each;
      if (value->kind == Kind::kWords) each = ranges_of_words(name, value->text);
      if (each.empty()) remarks_.ignore("„" + name + ":" + value->text + "“");
      return grouped(Kind::kOr, std::move(each));
    }
    if (leaf) return value;
    std::vector<NodePtr> children;
    for (NodePtr& child : value->children) {
      if (NodePtr read = ranges(name, std::move(child))) children.push_back(std::move(read));
    }
    if (value->kind == Kind::kField || value->kind == Kind::kNear) value->kind = Kind::kAnd;
    if (value->kind != Kind::kNot) return grouped(value->kind, std::move(children));
    if (children.empty()) return nullptr;
    value->children = std::move(children);
    return value;
  }

  static std::vector<NodePtr> ranges_of_words(const std::string& name, const std::string& words) {
    std::vector<NodePtr> out;
    const std::string closed = blanks_closed(words);
    for (std::size_t begin = 0; begin < closed.size();) {
      const std::size_t end = std::min(closed.find(' ', begin), closed.size());
      const auto range = read_range(name, std::string_view(closed).substr(begin, end - begin));
      if (!range) return {};
      out.push_back(make(Kind::kRange, range->from));
      out.back()->field = name;
      out.back()->text2 = range->to;
      begin = end + 1;
    }
    return out;
  }

  void group(std::size_t depth, Item& out) {
    const std::size_t first = ++at_;
    if (depth >= kMaxDepth) {
      remarks_.ignore("zu tief verschachtelte Klammern");
      skip_group();
      return;
    }
    const std::size_t said_before = remarks_.ignored.size();
    out.node = either(depth + 1);
    // Words in parentheses among words are text: Art. 3 (2) GG.
    out.plain = out.node && out.node->kind == Kind::kWords;
    for (std::size_t i = first; i <= at_ && out.plain; ++i) {
      const Sign sign = signs_[i].sign;
      const std::size_t end = signs_[i - 1].end;
      out.plain = (sign == Sign::kWord || sign == Sign::kOpen || sign == Sign::kClose) &&
                  only_blanks(text_.substr(end, signs_[i].begin - end));
    }
    if (is(Sign::kClose)) {
      out.end = now().end;
      ++at_;
    } else {
      out.plain = false;
      remarks_.ignore("eine öffnende Klammer ohne schließende");
    }
    if (!out.node && remarks_.ignored.size() == said_before) remarks_.ignore("leere Klammern");
  }

  void skip_group() {
    std::size_t open = 1;
    while (open > 0 && !is(Sign::kEnd)) {
      if (is(Sign::kOpen)) ++open;
      if (is(Sign::kClose)) --open;
      ++at_;
    }
  }

  std::string_view text_;
  std::vector<Sym> signs_;
  Remarks& remarks_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<QueryNode> build_tree(std::string_view text, std::vector<Sym> signs,
                                      Remarks& remarks) {
  return Builder(text, std::move(signs), remarks).run();
}

}  // namespace fundstelle::query
