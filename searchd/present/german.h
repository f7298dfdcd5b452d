// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers and dates as German readers write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fundstelle::present {

/// 1234567 gives "1.234.567".
[[nodiscard]] std::string german_count(std::uint64_t value);

/// "2018-02-03" gives "3. Februar 2018", "2018-02" "Februar 2018", "2018" "2018"; other text as it
/// is.
[[nodiscard]] std::string german_date(std::string_view iso);

/// 20180203 gives "3.2.2018".
[[nodiscard]] std::string short_date(std::uint32_t yyyymmdd);

/// "1 Dokument", "2 Dokumente": the count with the right word.
[[nodiscard]] std::string counted(std::uint64_t value, std::string_view one, std::string_view many);

/// 4096 gives "4 KB", 1500000 "1,4 MB".
[[nodiscard]] std::string german_bytes(std::uint64_t bytes);

}  // namespace fundstelle::present
