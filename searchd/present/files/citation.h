// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a paper is cited: in words as German parliaments, courts and newspapers do, as BibTeX and as
// RIS for programs that keep references.
//
// Page numbers are positions in the file. For printed papers that is the printed number; minutes
// count their pages through a whole Wahlperiode, so theirs are called PDF-S.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "query/answer.h"

namespace fundstelle::present {

/// What a citation needs to know of a paper.
struct CitedWork {
  std::string id;
  std::string type, type_id, body, body_id, number, title, date;
  std::vector<std::string> authors, groups, ministries, topics;
  std::vector<std::string> urls;  ///< where the issuer offers it
};
[[nodiscard]] CitedWork cited_work(const Document& document);
[[nodiscard]] CitedWork cited_work(const Hit& hit);

/// A place within it; empty: the whole paper.
struct CitedPlace {
  std::uint32_t page = 0;           ///< 1-based position in the file; 0: none
  std::vector<std::string> labels;  ///< numbers of questions
  std::string speaker;              ///< of a speech, as it stands in a hit's heading
};
[[nodiscard]] CitedPlace cited_place(const PassageHit& passage);

/// "Deutscher Bundestag, Drucksache 19/1234 vom 3. Mai 2019, S. 3, Frage 4"; without a number
/// issuer, kind, title and date: "CDU Deutschlands, Pressemitteilung „Mehr Räder“ vom 3. Mai 2019".
[[nodiscard]] std::string full_citation(const CitedWork& work, const CitedPlace& place = {});

/// "BT-Drs. 19/1234, S. 3, Frage 4", "LT-Drs. MV 7/4949", "BT-PlPr. 19/12, PDF-S. 31"; where no
/// short form is customary, the full one.
[[nodiscard]] std::string short_citation(const CitedWork& work, const CitedPlace& place = {});

/// One BibTeX entry with a final line end. Keys are made of the id alone ("fundstelle-ID", with
/// "-s3" or "-f4" for a place), so better metadata never breaks a text that cites. `address`: where
/// this service shows the place, absolute or empty.
[[nodiscard]] std::string bibtex(const CitedWork& work, const CitedPlace& place = {},
                                 std::string_view address = {});

/// One RIS record, lines ended by CR LF.
[[nodiscard]] std::string ris(const CitedWork& work, const CitedPlace& place = {},
                              std::string_view address = {});

/// The short form, for headings of pages. page 0: no page.
[[nodiscard]] std::string citation(const Document& document, std::uint32_t page = 0);

}  // namespace fundstelle::present
