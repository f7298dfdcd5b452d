// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables for spreadsheets (RFC 4180): the one place that knows how a value must stand in them.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

/// A field of CSV: quoted where needed. A value a spreadsheet would take for a formula (= + - @
/// tab, line end in front, also in full width) gets an apostrophe in front.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace fundstelle
