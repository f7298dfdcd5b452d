// SPDX-License-Identifier: GPL-3.0-or-later
//
// XML: minutes in the official format of the Bundestag (dbtplenarprotokoll: rede, redner, name,
// kommentar, tagesordnungspunkt) with their speeches; of any other kind its text, one paragraph for
// each element that holds text directly.
#pragma once

#include <string_view>

#include "extract/source_text.h"

namespace fundstelle {

/// Never fetches anything, never expands entities of the document's own (no "billion laughs").
[[nodiscard]] SourceText read_xml(std::string_view bytes);

}  // namespace fundstelle
