// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that speak for a subject area. Compiled by hand, read against frequent words of the areas.
#pragma once

#include <span>
#include <string_view>

namespace fundstelle {

/// One area and its words. `words` are folded (ä=ae, ß=ss), separated by blanks: "asyl" is met
/// anywhere inside a word (Kirchenasyl), "^bahn" only at its beginning, "^post$" only as the whole
/// word. A number behind a colon is the weight of a meeting (1 if absent): 3 for words hardly used
/// elsewhere.
struct AreaWords {
  std::string_view slug;  ///< identity table, axis topic
  std::string_view words;
};

[[nodiscard]] std::span<const AreaWords> topic_vocabulary();

}  // namespace fundstelle
