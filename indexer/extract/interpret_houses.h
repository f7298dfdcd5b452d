// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who answers: "des Ministeriums A im Einvernehmen mit dem Ministerium B und dem Minister für C"
// becomes the names of houses in the nominative.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

/// Houses named in a text, in order, each once. A government as a whole ("Landesregierung") is only
/// given if no house is named. The text may run on behind the list.
[[nodiscard]] std::vector<std::string> read_houses(std::string_view text);

/// The Saxon house whose letterhead a scan shows, however badly read: best match over the known
/// houses at a similarity of 0.63 or more (threshold of the closed archive of inquiries). Empty:
/// none.
[[nodiscard]] std::string read_saxon_letterhead(std::string_view text);

}  // namespace fundstelle
