// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that can go wrong with a request: one list of codes for API and pages. docs/api.md
// prints the same table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "query/problem.h"

namespace fundstelle::present {

struct ProblemKind {
  std::string_view code;
  int status;              ///< HTTP
  std::string_view title;  ///< German, the same for every problem of the kind
};

/// Kind of a code; codes outside the list count as "bad_request".
[[nodiscard]] const ProblemKind& problem_kind(std::string_view code);

/// Every kind there is.
[[nodiscard]] std::span<const ProblemKind> problem_kinds();

/// application/problem+json: type, title, status, code, detail, parameter.
[[nodiscard]] std::string problem_json(const Problem& problem);

}  // namespace fundstelle::present
