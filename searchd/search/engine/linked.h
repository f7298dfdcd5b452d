// SPDX-License-Identifier: GPL-3.0-or-later
//
// Papers of the same affair: found by the number they cite or share.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "document/document.h"
#include "query/answer.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// What the paper `from` means by the numbers it prints. Houses count each for itself: a number is
/// one of the own house if the own house has it. Several papers of one number are all named.
class Citations {
 public:
  Citations(const Reader& reader, Gid from) : reader_(reader), from_(from) {}

  /// Papers of a canonical number. What `related` papers (answered, corrected, …) bear is always a
  /// number of the own house. Another house's paper is meant if it is no newer and either the
  /// house is printed beside the number ("BT-Drs."), or the number is of a legislature which is
  /// not the own one and only one house has it.
  [[nodiscard]] std::vector<Gid> papers(const std::string& number, bool related);

 private:
  [[nodiscard]] bool of_printed_house(const std::string& number, Gid paper);
  void read_text();

  const Reader& reader_;
  const Gid from_;
  bool text_read_ = false;
  std::map<std::string, std::string> houses_;  ///< by number: "bt", "br", "land"
};

/// A paper with its text, which lies with its passages.
[[nodiscard]] Document whole_document(const Reader& reader, Gid gid);

/// Other prints of a paper, the paper it answers or is answered by, corrections; a handful at most.
/// `document`: the record of `gid`, text not needed.
[[nodiscard]] std::vector<LinkedPaper> linked_papers(const Reader& reader, Gid gid,
                                                     const Document& document);

}  // namespace fundstelle::search
