// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an Analyzer keeps; shared by analyzer.cpp and query_words.cpp.
#pragma once

#include <memory>

#include "text/analyzer.h"
#include "text/word_reader.h"

namespace fundstelle {

struct Analyzer::State {
  explicit State(std::shared_ptr<const WordData> words) : reader(std::move(words)) {}
  text::WordReader reader;
};

}  // namespace fundstelle
