// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is offered to someone typing, as plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fundstelle {

struct Suggestion {
  std::string kind;  ///< "term", "phrase", "topic", "group", "ministry", "body", "person", "title"
  std::string kind_label;   ///< German
  std::string text;         ///< to show
  std::string query;        ///< what was typed, completed
  std::uint64_t count = 0;  ///< documents
  bool estimated = false;   ///< `count` comes from a sample
  std::string document;     ///< titles of one document: its id; else empty
};

struct SuggestAnswer {
  std::vector<Suggestion> suggestions;  ///< best first; titles last
  std::uint64_t took_us = 0;
  std::string revision;
};

}  // namespace fundstelle
