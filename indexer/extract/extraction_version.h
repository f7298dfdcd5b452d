// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fundstelle {

/// Raised whenever the same bytes may give another document than before (reading, interpretation,
/// identities, topics): `index` then reads files again that an older version has read.
inline constexpr int kExtractionVersion = 7;

}  // namespace fundstelle
