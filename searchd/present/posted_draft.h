// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a program posts to /api/v1/asked, read from JSON.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "present/problem.h"
#include "query/asked.h"

namespace fundstelle::present {

struct PostedDraft {
  std::string title, text;
  std::vector<AskedText> questions;
  /// Everything else, as an address would have it: lists joined by commas.
  std::map<std::string, std::string> parameters;
};

/// {"text": "…"} or {"questions": ["…", {"label": "3a", "text": "…", "lead": "…"}]}, with "title",
/// "size", "papers" and filters. The problem is bad_request or bad_parameter, German.
[[nodiscard]] std::variant<PostedDraft, Problem> read_posted_draft(std::string_view json);

}  // namespace fundstelle::present
