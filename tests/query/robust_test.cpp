// SPDX-License-Identifier: GPL-3.0-or-later
//
// Anything may be typed.
#include <chrono>
#include <random>

#include "data.h"
#include "query/parser.h"
#include "query/print.h"
#include "query_tree.h"

using namespace fundstelle;
using Kind = QueryNode::Kind;

namespace {

void check_invariants(const QueryNode& node, std::size_t depth) {
  REQUIRE(depth < 64);
  const bool leaf = node.kind == Kind::kWords || node.kind == Kind::kPhrase ||
                    node.kind == Kind::kPrefix || node.kind == Kind::kRange ||
                    node.kind == Kind::kAll;
  REQUIRE(node.children.empty() == leaf);
  if (node.kind == Kind::kWords || node.kind == Kind::kPhrase || node.kind == Kind::kPrefix) {
    REQUIRE_FALSE(node.text.empty());
  }
  if (node.kind == Kind::kAnd || node.kind == Kind::kOr || node.kind == Kind::kNear) {
    REQUIRE(node.children.size() >= 2);
  }
  if (node.kind == Kind::kNot || node.kind == Kind::kField) REQUIRE(node.children.size() == 1);
  if (node.kind == Kind::kRange) REQUIRE_FALSE((node.text.empty() && node.text2.empty()));
  if (node.kind == Kind::kNear) REQUIRE((node.distance >= 1 && node.distance <= 100));
  for (const auto& child : node.children) check_invariants(*child, depth + 1);
}

/// A tree printed and parsed is the same tree, unless print made it too long.
void check_round_trip(const std::string& typed) {
  const ParsedQuery parsed = parse_query(typed);
  REQUIRE(parsed.root);
  check_invariants(*parsed.root, 0);
  for (const std::string& reason : parsed.ignored) REQUIRE_FALSE(reason.empty());
  for (const QueryOffer& offer : parsed.offers)
    REQUIRE_FALSE((offer.what.empty() || offer.q.empty()));
  const std::string printed = print_query(*parsed.root);
  REQUIRE((printed.empty() == (parsed.root->kind == Kind::kAll)));
  if (printed.size() > 900) return;
  CAPTURE(printed);
  const ParsedQuery again = parse_query(printed);
  REQUIRE(show(*again.root) == show(*parsed.root));
  REQUIRE(print_query(*again.root) == printed);
}

}  // namespace

TEST_CASE("parser: pieces of queries in any order give a sound tree that prints itself",
          "[query]") {
  static const char* const kPieces[] = {
      "a",      "Straße", "und",         "UND",  "ODER", "NICHT",  "NOT",      "NEAR/3", "NAHE",
      "NEAR/x", "-",      "+",           "|",    ";",    "(",      ")",        "\"",     "„",
      "“",      "»",      "«",           "'",    "‚",    "‘",      "*",        ":",      "titel:",
      "datum:", "wp:",    "..",          "2019", "/",    "19/12",  "(neu)",    " ",      " ",
      " ",      " ",      "\xC3",        "\xFF", "\0x",  "\n",     "\xE2\x80", "frage:", ">=",
      "http:",  "…",      "-b",          "b*",   "*c",   "\u202E", "\u00AD",   "\u200B", "–",
      "−",      "§ 16a",  "*innen",      ":in",  ",",    "autor:", "‹",        "›",      "NAHE/0",
      "(2)",    "GG",     "KLIMASCHUTZ", "「",
  };
  std::mt19937 random(20261122);
  for (int round = 0; round < 60'000; ++round) {
    std::string typed;
    const auto length = random() % 24;
    for (std::size_t i = 0; i < length; ++i) typed += kPieces[random() % std::size(kPieces)];
    CAPTURE(typed);
    check_round_trip(typed);
  }
}

TEST_CASE("parser: random bytes and characters give a sound tree", "[query]") {
  std::mt19937 random(20261123);
  for (int round = 0; round < 6'000; ++round) {
    std::string typed(random() % 1500, ' ');
    for (char& c : typed) c = static_cast<char>(random() % 256);
    check_round_trip(typed);
  }
  // All of Unicode, with what is no letter more often.
  for (int round = 0; round < 6'000; ++round) {
    std::string typed;
    for (std::size_t i = random() % 200; i > 0; --i) {
      const auto c = static_cast<std::uint32_t>(random() % 4 == 0   ? 0x20 + random() % 0x60
                                                : random() % 2 == 0 ? 0x2000 + random() % 0x70
                                                                    : 0x80 + random() % 0x10FF80);
      if (c < 0x80) {
        typed += static_cast<char>(c);
      } else if (c < 0x800) {
        typed += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
      } else if (c < 0x10000) {
        typed += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                  static_cast<char>(0x80 | (c & 0x3F))};
      } else {
        typed += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
                  static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
      }
    }
    CAPTURE(typed);
    check_round_trip(typed);
  }
}

TEST_CASE("parser: a hyphen that excludes nothing is printed as nothing", "[query]") {
  // Found by fuzzing: alone in brackets the word "-8" of a list would exclude what it asks for.
  for (const std::string typed : {"/ -8 NEAR U", "und -b NAHE/3 c", "„Schul“ und -heft", "/ -(a|b)",
                                  "a ODER (und -8)", "titel:(/ -8)"}) {
    CAPTURE(typed);
    check_round_trip(typed);
  }
}

TEST_CASE("parser: what grows fast stays fast", "[query]") {
  const auto begin = std::chrono::steady_clock::now();
  for (const char* unit : {"(", ")", "\"", "'", "‚", "*", "-", "NICHT ", "a NEAR/3 ", "titel:",
                           "a(b", "19/1 (neu) ", "a|", "und -", "\u202E", "\xFF", "datum:2019.."}) {
    std::string typed;
    while (typed.size() < 1'000'000) typed += unit;
    CAPTURE(unit);
    const ParsedQuery parsed = parse_query(typed);
    REQUIRE(parsed.root);
    check_invariants(*parsed.root, 0);
  }
  // Milliseconds in truth; the limit forgives a busy machine and sanitizers.
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}
