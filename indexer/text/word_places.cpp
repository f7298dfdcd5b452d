// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_places.h"

#include <algorithm>
#include <functional>

#include "text/token_writer.h"

namespace fundstelle {
namespace {

constexpr std::uint32_t kLongest = UINT8_MAX;
static_assert(text::kLongestWord <= kLongest);

class PlaceWriter {
 public:
  PlaceWriter(text::WordReader& reader, WordPlaces& places)
      : reader_(reader), places_(places), writer_(reader, tokens_) {}

  void plain(std::string_view raw, const text::Atom& atom) {
    if (raw.size() > text::kLongestWord) return;
    tokens_.clear();
    writer_.skip();
    last_ = raw;
    push(atom.begin, atom.end);
  }

  void printed(const text::PrintedWord& word, std::string_view text) {
    tokens_.clear();
    last_ = {};
    writer_.printed(word, text);
    std::size_t at = 0;
    while (places_.begins.size() < writer_.position()) {
      const auto position = static_cast<std::uint32_t>(places_.begins.size() + 1);
      std::size_t end = at;
      bool same = true;
      for (; end < tokens_.size() && tokens_[end].position == position; ++end) {
        same = same && tokens_[end].byte_begin == tokens_[at].byte_begin &&
               tokens_[end].byte_end == tokens_[at].byte_end;
      }
      if (same && end > at && tokens_[at].byte_end - tokens_[at].byte_begin <= kLongest) {
        push(tokens_[at].byte_begin, tokens_[at].byte_end);
      } else {
        push(0, 0);
        for (; at < end; ++at) add(tokens_[at]);
      }
      at = end;
    }
  }

  void provision(const text::CitedProvision& provision, std::uint32_t begin, std::uint32_t end) {
    const std::uint32_t position = writer_.position();
    if (position == 0) return;
    const std::uint32_t at = places_.begins[position - 1];
    std::uint8_t& length = places_.lengths[position - 1];
    if (length != 0) {
      // From now on its tokens differ.
      if (!last_.empty()) {
        for (const text::Reading& reading : reader_.read(last_)) {
          add({reading.kind, reading.term, position, at, at + length, false});
        }
      }
      for (const Token& token : tokens_) {
        if (token.position == position) add(token);
      }
      length = 0;
    }
    for (const std::string& term : provision.terms) {
      add({TokenKind::kNumber, term, position, begin, end, false});
    }
  }

 private:
  void push(std::uint32_t begin, std::uint32_t end) {
    places_.begins.push_back(begin);
    places_.lengths.push_back(static_cast<std::uint8_t>(end - begin));
  }

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
  places.begins.reserve(words.scan().size());
  places.lengths.reserve(words.scan().size());
  PlaceWriter writer(state_->reader, places);
  text::read_words(words, writer);
  places.others.shrink_to_fit();
  return places;
}

}  // namespace fundstelle
