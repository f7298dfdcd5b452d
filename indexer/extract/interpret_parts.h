// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parts of a paper that its head does not tell: the committee that reports, annexes, what is
// classified and therefore not printed.
#pragma once

#include "extract/interpret_paper.h"

namespace fundstelle {

/// "des Finanzausschusses (7. Ausschuss)", "des Ausschusses für Digitales": the line below the
/// type.
void read_committee(Paper& paper);

/// "Anlage 2 zu Frage 9" as a line of its own, and annexes said not to be printed.
void read_attachments(Paper& paper);

/// Grades of secrecy an answer gives for parts it does not print.
void read_withheld(Paper& paper);

}  // namespace fundstelle
