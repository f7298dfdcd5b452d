// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words typed become a tree. Never fails, knows no schema and no German beyond the operators: words
// stay raw, text analysis comes later (search/).
//
// Rules that win over operators stand in collisions.h; docs/query-language.md tells them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/offer.h"

namespace fundstelle {

struct QueryNode {
  enum class Kind : std::uint8_t {
    kWords,   ///< `text`: one or more raw words, all wanted (match mode decides)
    kPhrase,  ///< `text` in quotes: exactly these spellings in a row, any case
    kPrefix,  ///< `text` without its trailing *
    kNear,    ///< children within `distance` words, any order
    kField,  ///< `field` (canonical name: titel, frage, antwort, von, fraktion, …) of children[0]
    kRange,  ///< field datum or wp: `text` from, `text2` to (either may be empty)
    kAnd,
    kOr,
    kNot,  ///< children[0] must not match
    kAll,  ///< everything (empty query)
  };
  Kind kind = Kind::kAll;
  std::string text, text2, field;
  std::uint32_t distance = 0;
  bool demanded = false;  ///< kAnd: by UND or +, and so not to be read more loosely
  std::vector<std::unique_ptr<QueryNode>> children;
};

struct ParsedQuery {
  std::unique_ptr<QueryNode> root;   ///< never null
  std::vector<std::string> ignored;  ///< German: what was not used and why
  std::vector<QueryOffer> offers;
};

/// At most 1,000 characters and 64 words are used; the rest is reported in `ignored`.
[[nodiscard]] ParsedQuery parse_query(std::string_view typed);

}  // namespace fundstelle
