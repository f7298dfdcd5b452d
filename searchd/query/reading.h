// SPDX-License-Identifier: GPL-3.0-or-later
//
// What reading gives back, as plain data: a document with its hits marked, its original, the state
// of the index.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle {

/// A stretch to mark in a page: UTF-8 bytes into that page's text.
struct Mark {
  std::uint32_t begin = 0, end = 0;
};

/// A document to read, with the hits of a query marked.
struct DocumentView {
  Document document;                     ///< with text
  std::vector<std::vector<Mark>> marks;  ///< one list a page, in order, not overlapping
  std::vector<Mark> title_marks;
  bool has_original = false;
  /// Papers of the index this one cites, and papers that cite it.
  struct Link {
    std::string id, number, type_label, body_label, title, date;
    std::string relation;  ///< "answers", "corrects", …; empty: cites
    /// Dates printed on it, if few papers are linked: question (else its receipt) and answer.
    std::string asked, answered;
  };
  std::vector<Link> cites, cited_by;
  /// Papers one link further, if there are few: what else belongs to the affair.
  struct FurtherLink {
    Link link;
    std::string via;     ///< id of a paper among `cites` or `cited_by`
    bool cited = false;  ///< `via` cites it; else it cites `via`
  };
  std::vector<FurtherLink> further;
};

struct Original {
  std::filesystem::path file;
  std::string media_type, sha256;
  std::uint64_t bytes = 0;
};

struct IndexState {
  std::string revision, fingerprint, newest_date, oldest_date, indexed;  ///< indexed: ISO date-time
  std::uint64_t documents = 0, passages = 0;
  std::uint64_t bodies = 0;
};

}  // namespace fundstelle
