// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole results as files: CSV (RFC 4180), JSON Lines, BibTeX, RIS. Written record by record, so
// that the caller can stop. docs/api.md lists the columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "present/files/citation.h"
#include "query/answer.h"
#include "query/request.h"

namespace fundstelle::present {

enum class ExportFormat : std::uint8_t { kCsv, kJsonl, kBibtex, kRis };

struct ExportKind {
  ExportFormat format;
  std::string_view name;   ///< in addresses: "csv"
  std::string_view label;  ///< on pages: "CSV"
  std::string_view media_type;
  std::string_view extension;  ///< ".csv"
};
inline constexpr ExportKind kExportKinds[] = {
    {ExportFormat::kCsv, "csv", "CSV", "text/csv; charset=utf-8; header=present", ".csv"},
    {ExportFormat::kJsonl, "jsonl", "JSONL", "application/x-ndjson", ".jsonl"},
    {ExportFormat::kBibtex, "bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", ".bib"},
    {ExportFormat::kRis, "ris", "RIS", "application/x-research-info-systems; charset=utf-8",
     ".ris"}};

/// What was asked, of which state of the index.
struct ExportHead {
  std::string search;    ///< address of the search or collection, absolute if possible
  std::string q;         ///< what was typed
  std::string revision;  ///< of the index
  std::uint64_t total = 0;
  bool passages = false;  ///< records are passages, with their text
};

/// One record: a hit, and in it the place if the record is a passage.
struct ExportRecord {
  const Hit& hit;
  std::optional<CitedPlace> place;
  std::string kind, heading, text;  ///< of the passage
  std::optional<std::uint32_t> passage;
};

class Exporter {
 public:
  /// `base`: put before our own addresses, "https://suche.example" or empty.
  Exporter(ExportFormat format, ExportHead head, std::string base);

  /// What stands before the first record: column names; a JSON record on the export; else nothing.
  /// `bom`: CSV begins with a byte order mark, for spreadsheets that need one.
  [[nodiscard]] std::string begin(bool bom = false) const;
  void append(std::string& out, const ExportRecord& record) const;

 private:
  ExportFormat format_;
  ExportHead head_;
  std::string base_;
};


}  // namespace fundstelle::present
