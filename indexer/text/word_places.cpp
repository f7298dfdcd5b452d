// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_places.h"

#include <algorithm>
#include <functional>

#include "text/token_writer.h"

namespace fundstelle {
namespace {

class PlaceWriter {
 public:
  PlaceWriter(text::WordReader& reader, WordPlaces& places)
      : reader_(reader), places_(places), writer_(reader, tokens_) {}

  void plain(std::string_view raw, const text::Atom& atom) {
    tokens_.clear();
    if (raw.size() > text::kLongestWord) return;
    writer_.skip();
    last_ = raw;
    places_.words.push_back({atom.begin, atom.end});
  }

  void printed(const text::PrintedWord& word, std::string_view text) {
    tokens_.clear();
    last_ = {};
    writer_.printed(word, text);
    std::size_t at = 0;
    while (places_.words.size() < writer_.position()) {
      const auto position = static_cast<std::uint32_t>(places_.words.size() + 1);
      std::size_t end = at;
      bool same = true;
      for (; end < tokens_.size() && tokens_[end].position == position; ++end) {
        same = same && tokens_[end].byte_begin == tokens_[at].byte_begin &&
               tokens_[end].byte_end == tokens_[at].byte_end;
      }
      if (same && end > at) {
        places_.words.push_back({tokens_[at].byte_begin, tokens_[at].byte_end});
      } else {
        places_.words.push_back({});
        for (; at < end; ++at) add(tokens_[at]);
      }
      at = end;
    }
  }

  void provision(const text::CitedProvision& provision, std::uint32_t begin, std::uint32_t end) {
    const std::uint32_t position = writer_.position();
    if (position == 0) return;
    WordPlaces::Bytes& word = places_.words[position - 1];
    if (word.end != 0) {
      // From now on its tokens differ.
      if (!last_.empty()) {
        for (const text::Reading& reading : reader_.read(last_)) {
          add({reading.kind, reading.term, position, word.begin, word.end, false});
        }
      }
      for (const Token& token : tokens_) {
        if (token.position == position) add(token);
      }
      word = {};
    }
    for (const std::string& term : provision.terms) {
      add({TokenKind::kNumber, term, position, begin, end, false});
    }
  }

 private:
  void add(const Token& token) {
    places_.others.push_back({token.position, token.byte_begin, token.byte_end, token.kind,
                              WordPlaces::hash_of(token.term)});
  }

  text::WordReader& reader_;
  WordPlaces& places_;
  std::vector<Token> tokens_;  // of the last printed word
  std::string_view last_;      // the last word if it was a plain one
  text::TokenWriter writer_;
};

}  // namespace

std::uint64_t WordPlaces::hash_of(std::string_view term) {
  return std::hash<std::string_view>{}(term);
}

std::size_t WordPlaces::first_other(std::uint32_t position) const {
  const auto found = std::lower_bound(
      others.begin(), others.end(), position,
      [](const Other& other, std::uint32_t wanted) { return other.position < wanted; });
  return static_cast<std::size_t>(found - others.begin());
}

struct PlaceReader::State {
  explicit State(std::shared_ptr<const WordData> words) : reader(std::move(words)) {}
  text::WordReader reader;
};

PlaceReader::PlaceReader(std::shared_ptr<const WordData> words)
    : state_(std::make_unique<State>(std::move(words))) {}
PlaceReader::~PlaceReader() = default;
PlaceReader::PlaceReader(PlaceReader&&) noexcept = default;
PlaceReader& PlaceReader::operator=(PlaceReader&&) noexcept = default;

WordPlaces PlaceReader::read(std::string_view text) const {
  WordPlaces places;
  text::PrintedWords words(text, state_->reader);
  places.words.reserve(words.scan().size());
  PlaceWriter writer(state_->reader, places);
  text::read_words(words, writer);
  places.others.shrink_to_fit();
  return places;
}

}  // namespace fundstelle
