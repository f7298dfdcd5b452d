// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gender forms: Bürger:innen, Bürger*innen, Bürger_innen, Bürger·innen, Bürger/innen,
// Bürger/-innen, Bürger(innen), BürgerInnen, the same in the singular, inside compounds
// (Bürger:innenrat) and for adjectives and pronouns (Angestellte:r, jede/r). Each opens to the
// forms it abbreviates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/compounds.h"
#include "text/scan.h"
#include "text/word_data.h"

namespace fundstelle::text {

struct GenderForm {
  std::size_t next = 0;            ///< first atom after it
  std::uint32_t end = 0;           ///< one past its last byte, closing bracket included
  std::string exact;               ///< folded with the mark as ":" ("buerger:innen")
  std::vector<std::string> forms;  ///< folded, masculine first ("buerger", "buergerinnen")
};

/// The gender form that begins with atom i, if one does.
[[nodiscard]] std::optional<GenderForm> read_gender_form(const Scan& scan, std::size_t i,
                                                         const WordData& words,
                                                         const CompoundSplitter& splitter);

/// Folded feminine singular of a masculine noun, by the lexicon ("buergern": "buergerin", "arzt":
/// "aerztin") or by its ending ("brueckenbauer"); empty if there is none.
[[nodiscard]] std::string feminine_of(std::string_view folded, const CompoundSplitter& splitter);

/// Folded masculine forms of a base as it stands before a gender mark ("aerzt": "aerzte",
/// "kolleg": "kollege"). At least one.
[[nodiscard]] std::vector<std::string> masculine_forms(std::string_view base,
                                                       const CompoundSplitter& splitter);

}  // namespace fundstelle::text
