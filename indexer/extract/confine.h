// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes from an extraction child what computing does not need: network, new programs, new
// processes.
#pragma once

namespace fundstelle {

/// No way back. Harmless where the kernel cannot do it (then limits and one-shot processes remain).
void confine_to_computing();

}  // namespace fundstelle
