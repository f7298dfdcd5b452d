// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/posted_draft.h"

#include <nlohmann/json.hpp>

namespace fundstelle::present {
namespace {

using Json = nlohmann::json;

/// Deeper than any draft; bounds the parser's memory and time.
constexpr int kMaxDepth = 8;

Problem wrong(const std::string& name, const std::string& remedy) {
  return {"bad_parameter", "„" + name + "“ ist falsch angegeben. " + remedy, name};
}

bool read_scalar(const Json& value, std::string& out) {
  if (value.is_string()) {
    out = value.get<std::string>();
  } else if (value.is_number_integer()) {
    out = std::to_string(value.get<long long>());
  } else {
    return false;
  }
  return true;
}

bool read_question(const Json& value, AskedText& out) {
  if (value.is_string()) {
    out.text = value.get<std::string>();
    return true;
  }
  if (!value.is_object() || !value.contains("text")) return false;
  for (const auto& [name, part] : value.items()) {
    std::string* const field = name == "text"    ? &out.text
                               : name == "label" ? &out.label
                               : name == "lead"  ? &out.lead
                                                 : nullptr;
    if (field == nullptr || !read_scalar(part, *field)) return false;
  }
  return true;
}

}  // namespace

std::variant<PostedDraft, Problem> read_posted_draft(std::string_view json) {
  const auto not_too_deep = [](int depth, Json::parse_event_t, Json&) {
    return depth <= kMaxDepth;
  };
  // Never thrown: what() would quote the draft, and drafts are nobody's business.
  const Json posted = Json::parse(json, not_too_deep, false);
  if (!posted.is_object()) {
    return Problem{"bad_request", "Erwartet wird ein JSON-Objekt mit „text“ oder „questions“.", ""};
  }
  PostedDraft out;
  for (const auto& [name, value] : posted.items()) {
    if (name == "questions") {
      if (!value.is_array()) return wrong(name, "Erwartet wird eine Liste von Fragen.");
      for (const Json& one : value) {
        if (!read_question(one, out.questions.emplace_back())) {
          return wrong(name, "Jede Frage ist ein Text oder {\"label\", \"text\", \"lead\"}.");
        }
      }
      continue;
    }
    std::string text;
    if (value.is_array()) {
      for (const Json& one : value) {
        std::string part;
        if (!read_scalar(one, part)) return wrong(name, "Erwartet werden Texte.");
        text += (text.empty() ? "" : ",") + part;
      }
    } else if (value.is_null()) {
      continue;
    } else if (!read_scalar(value, text)) {
      return wrong(name, "Erwartet wird ein Text oder eine Zahl.");
    }
    if (name == "text") {
      out.text = std::move(text);
    } else if (name == "title") {
      out.title = std::move(text);
    } else {
      out.parameters[name] = std::move(text);
    }
  }
  return out;
}

}  // namespace fundstelle::present
