// SPDX-License-Identifier: GPL-3.0-or-later
//
// The YAML head of a Markdown file: what the file declares about itself. Only yaml_head.cpp knows
// libyaml.
#pragma once

#include <string_view>
#include <vector>

#include "extract/source_text.h"

namespace fundstelle {

/// "yaml KEY" for every value between the two "---"; entries of a list one by one, keys of inner
/// mappings joined by blanks. Blanks and line ends in values become one blank. Aliases are not
/// followed. A head that is no valid YAML ("titel: Antrag: Radwege") is read line by line.
[[nodiscard]] std::vector<Declared> read_yaml_head(std::string_view yaml);

}  // namespace fundstelle
