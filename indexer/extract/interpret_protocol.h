// SPDX-License-Identifier: GPL-3.0-or-later
//
// Speeches in minutes: one section each, with speaker, party or office and the agenda item called.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/interpret_paper.h"

namespace fundstelle {

struct SpeechOpening {
  Speaker speaker;
  std::size_t colon = 0;  ///< byte of the colon that ends the speaker's name
};

/// Whether a line opens a speech: "Dagmar Schmidt (Wetzlar) (SPD):", "Vizepräsidentin Petra Pau:",
/// "Dr. Ehmke, Bundesminister für besondere Aufgaben:", "Abg. Martin Grath GRÜNE:". Line breaks
/// must be mended before. What only looks so ("Antrag der Fraktion der SPD:") is none.
/// `any_group`: whatever stands in brackets behind a full name is a group or office; councils have
/// groups no table knows ("Birgit Dickas (Die PARTEI):").
[[nodiscard]] std::optional<SpeechOpening> speech_opening(std::string_view line,
                                                          bool any_group = false);

struct SpeechRules {
  bool any_group = false;
  /// Numbered headings ("3.1.4 Antrag der SPD-Fraktion …") begin an item of the agenda.
  bool items_are_headings = false;
};

/// Adds a section for every speech. Interjections in brackets stay within the speech they
/// interrupt; words of the chair are speeches of their own. Speaker names repeated at the head of a
/// page and column marks are left out of the text. Returns how many speeches were found.
std::size_t read_speeches(Paper& paper, const SpeechRules& rules = {});

/// Minutes whose format says what they are (SourceText::speeches, declared "protokoll …").
bool read_declared_protocol(Paper& paper);

}  // namespace fundstelle
