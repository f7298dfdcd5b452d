// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text for a terminal: nothing that could upset it, in lines that fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

/// Columns of the terminal on stdout, 40 to 160; 100 if stdout is none.
[[nodiscard]] std::size_t terminal_width();
/// stdout is a terminal that shows colour, and NO_COLOR is not set.
[[nodiscard]] bool wants_colour();

/// Control characters and what turns the direction of writing are shown as "?", line breaks and
/// tabs as one blank.
[[nodiscard]] std::string printable(std::string_view text);

/// Letters, not bytes.
[[nodiscard]] std::size_t letters_in(std::string_view text);

/// Filled with blanks to so many letters.
[[nodiscard]] std::string padded(std::string text, std::size_t letters);

/// Printable, at most so many letters, with a sign that there was more.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t letters);

/// Printable text in lines of at most `letters`, broken at blanks where possible; at least one.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t letters);

}  // namespace fundstelle
