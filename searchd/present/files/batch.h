// SPDX-License-Identifier: GPL-3.0-or-later
//
// Records of POST /api/v1/batch: one JSON object a line. docs/api.md describes every field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "query/answer.h"
#include "query/problem.h"
#include "query/request.h"

namespace fundstelle::present {

/// What can be told of a hit.
struct BatchField {
  std::string_view name;
  void (*append)(std::string& out, const Hit& hit);  ///< its value as JSON
  bool snippet = false;                              ///< needs the snippets to be made
  bool text = false;                                 ///< needs whole passages; unit=passage only
  bool record = true;  ///< needs what is stored of the document or passage
};
[[nodiscard]] const std::vector<BatchField>& batch_fields();

/// A comma list of names; empty: id and score, of passages also passage and page. The problem names
/// what is wrong and what there is.
[[nodiscard]] std::variant<std::vector<const BatchField*>, Problem> read_batch_fields(
    std::string_view list, Unit unit);

/// The first record: what was asked of which state of which index.
struct BatchHead {
  std::string program, revision, fingerprint;
  std::uint64_t documents = 0;
  std::size_t lines = 0;       ///< entries of the whole batch
  std::size_t first_line = 0;  ///< where this part begins; 0: at the beginning
  /// Parameters of the address that hold for every line, as given.
  std::vector<std::pair<std::string, std::string>> parameters;
};
[[nodiscard]] std::string batch_head(const BatchHead& head);

/// Which line a record is of.
struct BatchLine {
  std::size_t line = 0;  ///< in the body, from 1
  std::string_view id;
};
/// The record of a line that was refused.
[[nodiscard]] std::string batch_problem(const BatchLine& line, const Problem& problem);
/// The record of a line up to its first hit; hits follow, joined by commas, then batch_line_end.
/// `offset`: hits given by earlier parts.
[[nodiscard]] std::string batch_line_begin(const BatchLine& line, const SearchRequest& request,
                                           const SearchAnswer& answer, std::uint64_t offset);
void append_batch_hit(std::string& out, const Hit& hit,
                      const std::vector<const BatchField*>& fields);
[[nodiscard]] std::string batch_line_end(std::string_view cursor);

/// The last record. `next`: address to which the same body is sent to go on; empty: all is said.
struct BatchEnd {
  std::size_t records = 0, failed = 0;
  std::uint64_t hits = 0;
  std::string next;
};
[[nodiscard]] std::string batch_end(const BatchEnd& end);

}  // namespace fundstelle::present
