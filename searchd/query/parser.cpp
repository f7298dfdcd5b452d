// SPDX-License-Identifier: GPL-3.0-or-later
//
// characters.h -> signs.h (with collisions.h and fields.h) -> tree.h
#include "query/parser.h"

#include <algorithm>
#include <utility>

#include "query/characters.h"
#include "query/limits.h"
#include "query/signs.h"
#include "query/tree.h"

namespace fundstelle {
namespace {

using query::Remarks;
using query::Sign;
using query::Sym;

/// The first characters, as many as are read, cut before the word that would be torn.
std::string_view shortened(std::string_view typed, Remarks& remarks) {
  const std::size_t most = query_limits().characters;
  std::size_t characters = 0, at = 0, last_blank = 0;
  while (at < typed.size() && characters < most) {
    const auto [code, bytes] = query::character_at(typed, at);
    if (query::is_blank(code)) last_blank = at;
    at += bytes;
    ++characters;
  }
  if (at >= typed.size()) return typed;
  remarks.ignore("alles nach dem " + std::to_string(most) + ". Zeichen");
  return typed.substr(0, last_blank > 0 ? last_blank : at);
}

/// "ODER" alone, or "NOT" (distress): someone looks for the word itself. Empty: not so.
std::string operators_alone(const std::vector<Sym>& signs) {
  std::string words;
  for (const Sym& sym : signs) {
    const bool is_operator = sym.sign == Sign::kAnd || sym.sign == Sign::kOr ||
                             sym.sign == Sign::kNot || sym.sign == Sign::kNear ||
                             sym.sign == Sign::kMust;
    if (!is_operator) return {};
    if (!sym.spoken) continue;
    if (!words.empty()) words += ' ';
    words += sym.text;
  }
  return words;
}

/// Typed with caps lock on, NICHT and ODER may be words: they stay operators, since capitals are
/// what makes them so, but the other reading is offered.
void offer_small_letters(std::string_view text, const std::vector<Sym>& signs, Remarks& remarks) {
  constexpr std::size_t kLongWord = 6;  // CDU ODER SPD is no caps lock
  const bool small =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool word = std::any_of(signs.begin(), signs.end(), [](const Sym& sym) {
    return sym.sign == Sign::kWord && sym.text.size() >= kLongWord;
  });
  if (small || !word) return;
  std::string said, q;
  std::size_t done = 0;
  for (const Sym& sym : signs) {
    if (!sym.spoken) continue;
    q += text.substr(done, sym.begin - done);
    q += query::lower_ascii(sym.text);
    done = sym.end;
    if (sym.sign == Sign::kAnd) continue;  // either way all words are wanted
    if (said.find(sym.text) != std::string::npos) continue;
    said += (said.empty() ? "„" : ", „") + sym.text + "“";
  }
  if (said.empty()) return;
  q += text.substr(done);
  remarks.offers.push_back({said + " in Großbuchstaben gilt als Verknüpfung, klein als Wort", q});
}

template <typename Item, typename Same>
void keep_once(std::vector<Item>& list, const Same& same) {
  std::vector<Item> once;
  for (Item& item : list) {
    const bool known =
        std::any_of(once.begin(), once.end(), [&](const Item& other) { return same(item, other); });
    if (!known) once.push_back(std::move(item));
  }
  list = std::move(once);
}

}  // namespace

ParsedQuery parse_query(std::string_view typed) {
  ParsedQuery parsed;
  Remarks remarks;
  const std::string seen =
      query::visible(typed.substr(0, std::size_t{8} * query_limits().characters));
  const std::string_view text = shortened(seen, remarks);
  std::vector<Sym> signs = query::read_signs(text, remarks);
  parsed.root = std::make_unique<QueryNode>();
  if (std::string words = operators_alone(signs); !words.empty()) {
    parsed.root->kind = QueryNode::Kind::kWords;
    parsed.root->text = std::move(words);
  } else {
    offer_small_letters(text, signs, remarks);
    if (auto root = query::build_tree(text, std::move(signs), remarks)) {
      parsed.root = std::move(root);
    }
  }
  keep_once(remarks.ignored, [](const auto& a, const auto& b) { return a == b; });
  keep_once(remarks.offers, [](const auto& a, const auto& b) { return a.q == b.q; });
  parsed.ignored = std::move(remarks.ignored);
  parsed.offers = std::move(remarks.offers);
  return parsed;
}

}  // namespace fundstelle
