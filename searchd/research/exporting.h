// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole documents as others take them: interchange records, text files, OParl objects.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "document/document.h"

namespace fundstelle::research {

/// A document as objects of OParl 1.1 (oparl.org), one JSON object a line: a Paper, or a Meeting
/// for minutes, with its File and the text in it; before their first use the Body, Organization
/// (group, ministry) and Person objects it refers to. Addresses are `base` + "/oparl/…"; `base`
/// may be a URN. What OParl has no member for stands under "fundstelle:…".
class OparlWriter {
 public:
  explicit OparlWriter(std::string base);
  void append(std::string& out, const Document& document);

 private:
  std::string base_;
  std::set<std::string> told_;  ///< addresses of bodies, organizations and persons already written
};

/// The text of a document as a file: title, number and date on top, then page by page.
[[nodiscard]] std::string to_text(const Document& document);
/// Where it stands below the folder of an export: "2021/ID.txt", "undated/ID.txt".
[[nodiscard]] std::filesystem::path text_path(const Document& document);

}  // namespace fundstelle::research
