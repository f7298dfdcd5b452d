// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identity tables as written by hand: one row an identity, in the order pages list them.
#pragma once

#include <span>
#include <string_view>

#include "identity/identity.h"

namespace fundstelle {

/// `spellings` are further printed forms, parted by '|' (names of topics hold commas and slashes).
/// Case, umlaut spelling, blanks and punctuation do not matter; slug and label match by themselves.
struct IdentityRow {
  std::string_view slug;
  std::string_view label;
  Level level;
  std::string_view spellings;
};

[[nodiscard]] std::span<const IdentityRow> type_rows();
[[nodiscard]] std::span<const IdentityRow> body_rows();
[[nodiscard]] std::span<const IdentityRow> group_rows();
[[nodiscard]] std::span<const IdentityRow> ministry_rows();
[[nodiscard]] std::span<const IdentityRow> topic_rows();

}  // namespace fundstelle
