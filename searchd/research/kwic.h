// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keyword in context: a line for every place where a query is met.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "research/rows.h"
#include "research/text_output.h"
#include "search/listing.h"

namespace fundstelle::research {

enum class KwicOrder : std::uint8_t {
  kHits,     ///< of the documents found, within each as it stands there
  kLeft,     ///< by the words before the keyword, the nearest first
  kRight,    ///< by the words behind it
  kKeyword,  ///< by the keyword, then by what stands behind it
  kDate,
};

struct KwicOptions {
  RowFormat format = RowFormat::kCsv;
  KwicOrder order = KwicOrder::kHits;
  std::uint32_t context = 80;  ///< characters on either side
  unsigned jobs = 1;
  std::size_t memory = std::size_t{64} << 20;  ///< of sorting
  std::filesystem::path temporary;
};

struct KwicCounts {
  std::uint64_t lines = 0, documents = 0;  ///< documents (passages) found
};

/// Head and lines go to `sink`. `told` hears after each piece how many hits are done. Lines are the
/// same for any number of jobs; memory does not grow with them. Throws ResearchError.
KwicCounts write_kwic(const Listing& listing, const KwicOptions& options, const Sink& sink,
                      const std::function<void(std::size_t)>& told);

/// How words are compared in sorting: lower case, umlauts as their vowels, ß as ss, signs as
/// blanks.
[[nodiscard]] std::string sort_key(std::string_view text);
/// The same with the words in reverse order.
[[nodiscard]] std::string reversed_sort_key(std::string_view text);

}  // namespace fundstelle::research
