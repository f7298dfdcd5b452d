// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever is typed gives a tree, and the tree printed and parsed again prints itself.
//
// Rooms: query
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "query/parser.h"
#include "query/print.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  const ParsedQuery parsed = parse_query({reinterpret_cast<const char*>(data), size});
  if (parsed.root == nullptr) __builtin_trap();
  const std::string printed = print_query(*parsed.root);
  if (printed.size() > 900) return 0;  // its own limit might cut it
  if (print_query(*parse_query(printed).root) != printed) __builtin_trap();
  return 0;
}
