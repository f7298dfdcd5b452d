// SPDX-License-Identifier: GPL-3.0-or-later
//
// Records whose text is as printed (saved answers of DIP, OParl): the text is read like a file of
// its own, in a limited child, and what the record says comes first.
#pragma once

#include "extract/extract.h"
#include "import/records.h"

namespace fundstelle {

/// Completes the document of a record that bears printed text or names a file beside it: pages,
/// questions, speeches, references, dates. Metadata the record gives stays. A text that cannot be
/// read is kept as it is, with a warning. Thread-safe.
void read_printed_text(RecordLine& record, Extractor& extractor);

/// What a record says over what its text shows. For tests.
[[nodiscard]] Document joined(Document said, Document shown);

}  // namespace fundstelle
