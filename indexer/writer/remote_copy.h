// SPDX-License-Identifier: GPL-3.0-or-later
//
// The documents of a generation as a Xapian database that xapian-tcpsrv can serve to a searchd on
// another machine: all words with their positions, filter terms, values, and the whole document as
// data; copies of other papers are left out. It is the folder remote/ of the generation
// (schema/remote.h).
#pragma once

#include "writer/guest.h"

namespace fundstelle::writer {

/// For WriterOptions::guest. Throws WriterError, Xapian::Error.
void write_remote_copy(const GenerationMade& made);

}  // namespace fundstelle::writer
