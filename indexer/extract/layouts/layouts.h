// SPDX-License-Identifier: GPL-3.0-or-later
//
// Layouts: what the papers of one parliament (or kind of issuer) look like. One layout is one small
// file beside this header; docs/new-parliament.md walks through adding one.
#pragma once

#include <span>
#include <vector>

#include "extract/interpret_paper.h"

namespace fundstelle {

/// Where a date of some role is printed. `pattern` as in Layout;
/// `role` is asked, received, answered, decided, published, event, or date (of the paper).
struct DateRule {
  const char* role;
  const char* pattern;
  const char* how;
};

/// Patterns are RE2 with (?s) set: '.' crosses lines; group 1 is what is read. %D stands for a
/// captured date, %d for a date, %G for the name of a group. They are tried in order, the first
/// match counts, unless said otherwise.
struct Layout {
  const char* name;  ///< file stem, for `how` and messages
  const char* body;  ///< label in the identity tables; nullptr: read by `special`
  const char* head;  ///< matches the first lines or the furniture of a paper of this layout
  std::vector<const char*> askers;  ///< group 1: the list of movers
  /// group 1: the title; a pattern without group: the title begins behind its match; none matches:
  /// the paragraph behind type and movers
  std::vector<const char*> titles;
  std::vector<const char*> houses;  ///< group 1: who answers; all patterns count
  std::vector<DateRule> dates;
  bool restated_questions = false;
  /// Furniture of its own to leave out of running text (foot notes of the answer …); RE2.
  std::vector<const char*> left_out = {};
  /// Whatever the table cannot say; runs last.
  void (*special)(Paper&) = nullptr;
};

extern const Layout kBundestag, kBundesrat;
extern const Layout kBadenWuerttemberg, kBayern, kBerlin, kBrandenburg, kBremen, kHamburg, kHessen,
    kMecklenburgVorpommern, kNiedersachsen, kNordrheinWestfalen, kRheinlandPfalz, kSaarland,
    kSachsen, kSachsenAnhalt, kSchleswigHolstein, kThueringen;

/// Parliaments in the order their heads are tried.
[[nodiscard]] std::span<const Layout* const> parliament_layouts();

/// Papers told by their kind, not by a parliament's head. True: it was one, and is read.
bool read_protocol(Paper& paper);  ///< plenary minutes of any parliament
bool read_party(Paper& paper);     ///< resolutions, motions and programmes of parties
bool read_press(Paper& paper);     ///< press releases, printed or saved as text
bool read_council(Paper& paper);   ///< papers and minutes of town councils

/// Pages of the web, whoever publishes them; always applies to HTML.
void read_web_page(Paper& paper);

/// A page of a parliament's documentation system: hits of a search, a paper or matter shown. It
/// names papers and is none.
[[nodiscard]] bool is_result_page(const Paper& paper);
/// Of these, a list of several papers: each row is a paper of its own, so what they name are no
/// references of the page.
[[nodiscard]] bool shows_several_papers(const Paper& paper);

/// Days an event took, named together: "am 27. und 28. August 2018".
void read_event_days(Paper& paper);

}  // namespace fundstelle
