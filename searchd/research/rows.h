// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables as researchers take them: a row a line, as CSV (RFC 4180) or JSON Lines, and the record
// that says what they were made of.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fundstelle::research {

enum class RowFormat : std::uint8_t { kCsv, kJsonl };

/// Nothing is an empty field or null. Numbers are written in the shortest form that reads back as
/// the same number; a list is joined by "; " in CSV.
using Cell = std::variant<std::monostate, std::string_view, std::int64_t, double, bool,
                          const std::vector<std::string>*>;

class RowWriter {
 public:
  RowWriter(RowFormat format, std::vector<std::string> columns);

  /// CSV: the names of the columns. JSONL: nothing.
  [[nodiscard]] std::string head() const;
  /// As many cells as columns. Text that a spreadsheet would take for a formula gets an apostrophe
  /// in front (CSV); invalid UTF-8 becomes U+FFFD.
  void append(std::string& out, std::initializer_list<Cell> cells) const;
  void append(std::string& out, const std::vector<Cell>& cells) const;
  [[nodiscard]] RowFormat format() const { return format_; }

 private:
  void append(std::string& out, const Cell* cells, std::size_t count) const;

  RowFormat format_;
  std::vector<std::string> columns_;
};

/// What an output was made of: enough to cite it, and to make it again.
struct Provenance {
  std::string program;  ///< with version: "fundstelle-query 0.1.0"
  std::string command;  ///< "run"
  std::string revision, fingerprint;
  std::uint64_t documents = 0, passages = 0;
  std::map<std::string, std::string> parameters;  ///< what shapes the output; no paths, no threads
};

/// {"fundstelle": {…}} on one line, without its end.
[[nodiscard]] std::string to_record(const Provenance& provenance);

/// 64-bit FNV-1a of a file's bytes, hex: tells whether two runs had the same input. Throws
/// ResearchError.
[[nodiscard]] std::string fingerprint_of_file(const std::string& file);

}  // namespace fundstelle::research
