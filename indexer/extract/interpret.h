// SPDX-License-Identifier: GPL-3.0-or-later
//
// Interpretation: clean text becomes a document. Whose layout, type, number, dates, people, groups,
// ministries, title, numbered questions with answers, references.
//
// Each parliament's layout is one small file in extract/layouts/ registered in layouts.h.
// What is not printed is abstained from, never guessed.
#pragma once

#include "document/document.h"
#include "extract/source_text.h"

namespace fundstelle {

/// Fills every field that can be read; `read` says where, `abstained` what was sought in vain.
/// `id`, `source` and `first_seen` are the caller's. Never throws on odd text. Deterministic.
[[nodiscard]] Document interpret(const SourceText& source);

/// Compiles the patterns of every layout, so that children forked later need not: without it each
/// one-shot child spends some 10 ms on that.
void warm_up_interpretation();

}  // namespace fundstelle
