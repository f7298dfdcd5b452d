// SPDX-License-Identifier: GPL-3.0-or-later
//
// A result on its way from an extraction child to its parent: every field of the structs, in bytes.
//
// Not the interchange record: both ends are the same program, nothing is stored, and empty
// documents must pass too. The reader trusts no length: what a subverted child could send is
// refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/extract.h"

namespace fundstelle {

[[nodiscard]] std::string to_wire(const Extraction& extraction);

/// Nothing if the bytes are not exactly one result.
[[nodiscard]] std::optional<Extraction> from_wire(std::string_view bytes);

}  // namespace fundstelle
