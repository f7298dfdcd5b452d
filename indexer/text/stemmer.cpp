// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/stemmer.h"

#include <libstemmer.h>

#include <stdexcept>

namespace fundstelle::text {

Stemmer::Stemmer(const WordData& words)
    : words_(words), german_(sb_stemmer_new("german", "UTF_8")) {
  if (german_ == nullptr) throw std::bad_alloc();
}

Stemmer::~Stemmer() { sb_stemmer_delete(german_); }

std::string Stemmer::snowball(std::string_view word) const {
  const sb_symbol* stemmed = sb_stemmer_stem(
      german_, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (stemmed == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stemmed),
          static_cast<std::size_t>(sb_stemmer_length(german_))};
}

std::string Stemmer::base_form(std::string_view folded) const {
  const auto found = words_.irregular.find(std::string(folded));
  if (found != words_.irregular.end()) return found->second;
  return std::string(folded);
}

std::string Stemmer::stem(std::string_view folded) const { return snowball(base_form(folded)); }

}  // namespace fundstelle::text
