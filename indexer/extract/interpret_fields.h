// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps every layout shares: number and term, type, movers, title, houses, dates, references.
#pragma once

#include <string>
#include <string_view>

#include "extract/interpret_paper.h"
#include "extract/layouts/layouts.h"

namespace fundstelle {

/// Number, legislature and the date of the head line ("Drucksache 18/9399", "18. Wahlperiode",
/// "12.08.2016"), within `where`. `with_term`: the number's first part is the legislature.
void read_head_line(Paper& paper, Range where, bool with_term);

/// Kind of paper from the lines of `where`; an inquiry printed with its answer is named so.
/// Returns where the type line ends, 0 if none.
std::uint32_t read_type(Paper& paper, Range where);

void read_askers(Paper& paper, const Layout& layout, Range where);
void read_title(Paper& paper, const Layout& layout, Range where, std::uint32_t after);
void read_answerers(Paper& paper, const Layout& layout, Range where);
void read_dates(Paper& paper, const Layout& layout);

/// Sets a date of a role if it is not set. `printed` must be a date.
void set_date(Paper& paper, std::string_view role, Range printed, std::string how);

/// Papers cited under a label, canonical, without the paper's own number.
void read_references(Paper& paper);

/// "Gremium: …", "Tagesordnungspunkt: …": value of a labelled line in `where`; empty range if none.
[[nodiscard]] Range labelled_line(const Paper& paper, Range where, const char* labels);

/// The paragraph that begins at line `first` of a head, read as a title: joined over wrapped lines,
/// ended by an empty line, by text that clearly is none, or by a line that broke early.
[[nodiscard]] Range title_at(const Paper& paper, std::size_t first);

/// False for what only looks like a footnote: a question in small type at the foot of a page.
[[nodiscard]] bool is_note(const Paper& paper, const Span& footnote);

/// Marks printers' notes and answer formulas at the foot of a page as no running text.
void leave_out_notes(Paper& paper, const Layout* layout);

/// Sections of headings the format marks and of prefaces.
void read_headings(Paper& paper);

/// A pattern of a layout as RE2: %D is a captured date, %d a date, %G a group name.
[[nodiscard]] std::string filled_in(std::string_view pattern);
/// filled_in(pattern), compiled once a process: compiling costs more than matching. Thread-safe.
[[nodiscard]] const RE2& compiled(const std::string& pattern);

}  // namespace fundstelle
