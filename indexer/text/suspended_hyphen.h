// SPDX-License-Identifier: GPL-3.0-or-later
//
// Suspended hyphens, resolved both ways: "Integrations- und Ausländerbeauftragte" stands for
// Integrationsbeauftragte too, "Verkehrsplanung und -sicherung" for Verkehrssicherung; lists and
// brackets as well ("Haus-, Hof- und Gartenarbeit", "(Landes-)Regierung").
#pragma once

#include <cstddef>
#include <string>

#include "text/compounds.h"
#include "text/scan.h"

namespace fundstelle::text {

/// Atom i is followed by a hyphen that hangs in the air.
[[nodiscard]] bool is_stump_before_gap(const Scan& scan, std::size_t i);
/// Atom i is preceded by one.
[[nodiscard]] bool is_stump_after_gap(const Scan& scan, std::size_t i);

/// Folded word the stump at atom i stands for; empty if there is none or its head cannot be told.
[[nodiscard]] std::string complete_to_the_right(const Scan& scan, std::size_t i,
                                                CompoundSplitter& splitter);
[[nodiscard]] std::string complete_to_the_left(const Scan& scan, std::size_t i,
                                               CompoundSplitter& splitter);

}  // namespace fundstelle::text
