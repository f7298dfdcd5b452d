// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/request.h"

#include <array>

namespace fundstelle {
namespace {
constexpr std::array<const char*, kFacetCount> kNames{"body",     "type",        "topic", "group",
                                                      "ministry", "legislature", "year"};
}

const char* to_string(Facet facet) { return kNames.at(static_cast<std::size_t>(facet)); }

std::optional<Facet> facet_of(const std::string& name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<Facet>(i);
  }
  return std::nullopt;
}

}  // namespace fundstelle
