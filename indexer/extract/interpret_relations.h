// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a paper stands to others: it answers, corrects, supplements, follows up on, concerns them.
#pragma once

#include "extract/interpret_paper.h"

namespace fundstelle {

/// Relations the head prints, and those the paper's own number tells: "zu 19/41207" supplements
/// 19/41207, "19/42007 (neu)" stands in the place of 19/42007, "458/25(B)" decides on 458/25,
/// "30/1/25" recommends on 30/25. Numbers are also added to `references`.
void read_relations(Paper& paper);

}  // namespace fundstelle
