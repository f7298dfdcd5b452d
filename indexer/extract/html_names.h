// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the elements of a page are called (class, id, role, hidden), what short lines are about, and
// what that says about them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/html_tree.h"

namespace fundstelle {

/// How far an element's own words for itself speak against its content.
enum class Verdict : std::uint8_t {
  kNone,
  kDoubtful,  ///< "teaser", "meta", "date": only what else is known can decide
  kAgainst,   ///< navigation, cookie texts, sharing, hidden
  kReaders,   ///< comments
};
[[nodiscard]] Verdict verdict_on(const HtmlTree& tree, std::uint32_t node);

/// "mainNav site-footer" -> main, nav, site, footer
[[nodiscard]] std::vector<std::string> name_parts(const std::string& names);

/// A to Z become small; all other bytes stay.
[[nodiscard]] std::string lower_ascii(std::string text);

/// Words by which pages announce other pages ("Mehr zum Thema"). Everything after such a line, up
/// to the next heading of the same rank or the end of its element, is no part of the article.
[[nodiscard]] bool announces_others(const std::string& text);

/// "6/1596", and the words that make such a number one of a paper (Drucksache, Anfrage …).
[[nodiscard]] bool holds_paper_number(const std::string& text);
[[nodiscard]] bool speaks_of_papers(const std::string& text);

}  // namespace fundstelle
