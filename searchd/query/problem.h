// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace fundstelle {

/// What a request got wrong, in the form of RFC 9457. Which codes there are and what status they
/// have stands in present/problem.h.
struct Problem {
  std::string code;            ///< lower_snake_case, stable
  std::string detail = {};     ///< German: what, where, what to do instead
  std::string parameter = {};  ///< the offending parameter, empty if none
};

/// Thrown where an answer has no place for a problem.
struct ProblemError : std::runtime_error {
  explicit ProblemError(Problem what_went_wrong)
      : std::runtime_error(what_went_wrong.code), problem(std::move(what_went_wrong)) {}
  Problem problem;
};

}  // namespace fundstelle
