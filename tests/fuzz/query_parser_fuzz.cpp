// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever is typed gives a tree.
//
// Rooms: query
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "query/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fundstelle::ParsedQuery parsed =
      fundstelle::parse_query({reinterpret_cast<const char*>(data), size});
  return parsed.root == nullptr ? __builtin_trap(), 0 : 0;
}
