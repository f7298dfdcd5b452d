// SPDX-License-Identifier: GPL-3.0-or-later
//
// A question as somebody would type it into our search field.
#pragma once

#include <string>

#include "engine.h"
#include "identity/identity.h"

namespace fundstelle::bench {

inline std::string question_text(const Question& question) {
  const std::string joint = question.kind == "or3" ? " ODER " : " ";
  std::string text;
  for (const std::string& word : question.words) text += (text.empty() ? "" : joint) + word;
  return question.kind == "phrase2" ? '"' + text + '"' : text;
}

/// Slug of a parliament as the records print it.
inline std::string body_slug(const std::string& printed) {
  return resolve_slug(Axis::kBody, printed);
}

}  // namespace fundstelle::bench
