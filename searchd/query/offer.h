// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace fundstelle {

/// Another query the user may have meant.
struct QueryOffer {
  std::string what;  ///< German: why it is offered
  std::string q;     ///< to be typed instead
};

}  // namespace fundstelle
