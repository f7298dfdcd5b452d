// SPDX-License-Identifier: GPL-3.0-or-later
//
// gen-N/vocabulary.bin: what the collection offers to someone typing. Written once with a
// generation, mapped into memory by searchd.
//
// Two tables of entries, one of terms, phrases and names, one of titles. An entry is a sequence of
// words; words are numbered in the order of their umlaut-blind spelling, so the words with a given
// beginning are a range of numbers, and so are the entries: `suffixes` holds every place an entry
// may be completed from (the beginning of each of its words), ordered by the words from there on.
//
// Byte order of the machine; the file never leaves it without its index. Opening checks every
// offset once, so that reading needs no checks.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fundstelle::vocabulary {

/// File name inside a generation.
inline constexpr const char* kFileName = "vocabulary.bin";

/// The file is missing, damaged, or of another version; what() names it.
struct VocabularyError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a completion is. Stored; new kinds go to the end.
enum class Kind : std::uint8_t {
  kTerm,
  kPhrase,
  kTopic,
  kGroup,
  kMinistry,
  kBody,
  kPerson,
  kTitle,
};
inline constexpr std::size_t kKindCount = 8;

/// Entry as stored.
struct EntryInfo {
  Kind kind = Kind::kTerm;
  /// `count` was extrapolated from a sample.
  std::uint8_t estimated = 0;
  std::uint16_t unused = 0;
  std::uint32_t count = 0;     ///< documents it stands for
  std::uint32_t document = 0;  ///< titles: docid in documents/ of the newest that bears it, else 0
  std::uint32_t text_begin = 0,
                text_end = 0;  ///< as printed; empty for titles, their record has it
};
static_assert(sizeof(EntryInfo) == 20);

/// Views into the file.
struct Table {
  std::span<const EntryInfo> entries;
  std::span<const std::uint32_t>
      starts;  ///< entry to its first word in `words`; one more at the end
  std::span<const std::uint32_t> words;     ///< word numbers
  std::span<const std::uint32_t> suffixes;  ///< places in `words`, ordered by the words from there
  std::span<const std::uint16_t> scores;    ///< usefulness, by suffix
  std::string_view text;

  /// The entry a place in `words` belongs to.
  [[nodiscard]] std::uint32_t entry_at(std::uint32_t place) const;
  [[nodiscard]] std::string_view printed(std::uint32_t entry) const {
    return text.substr(entries[entry].text_begin,
                       entries[entry].text_end - entries[entry].text_begin);
  }
};

class VocabularyFile {
 public:
  /// Maps the file. Throws VocabularyError.
  explicit VocabularyFile(const std::filesystem::path& file);
  ~VocabularyFile();
  VocabularyFile(const VocabularyFile&) = delete;
  VocabularyFile& operator=(const VocabularyFile&) = delete;

  [[nodiscard]] const Table& terms() const { return terms_; }
  [[nodiscard]] const Table& titles() const { return titles_; }

  [[nodiscard]] std::uint32_t word_count() const {
    return static_cast<std::uint32_t>(word_ends_.size()) - 1;
  }
  [[nodiscard]] std::string_view word(std::uint32_t number) const {
    return word_text_.substr(word_ends_[number], word_ends_[number + 1] - word_ends_[number]);
  }
  /// Numbers [first, second) of the words that begin with `prefix` (umlaut-blind).
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> words_with(std::string_view prefix) const;
  [[nodiscard]] std::optional<std::uint32_t> find_word(std::string_view blind) const;

  /// Entries of terms() related to the word with this stem, nearest first.
  [[nodiscard]] std::span<const std::uint32_t> related(std::string_view stem) const;

 private:
  void* map_ = nullptr;
  std::size_t bytes_ = 0;
  Table terms_, titles_;
  std::span<const std::uint32_t> word_ends_, stem_ends_, related_starts_, related_;
  std::string_view word_text_, stem_text_;
};

/// The same content while it is being made.
struct TableDraft {
  std::vector<EntryInfo> entries;
  std::vector<std::vector<std::string>> words;  ///< by entry: umlaut-blind words
  /// By entry: usefulness when completed from its beginning, and from an inner word.
  std::vector<std::pair<std::uint16_t, std::uint16_t>> scores;
  std::vector<std::vector<bool>> inner;  ///< by entry and word: may be completed from here
  std::string text;
};
struct RelatedDraft {
  std::string stem;
  std::vector<std::uint32_t> entries;  ///< of the terms
};

/// Written and synced; throws VocabularyError. The bytes depend on the content only.
void write_vocabulary(const std::filesystem::path& file, const TableDraft& terms,
                      const TableDraft& titles, std::vector<RelatedDraft> related);

/// Words of a text as entries hold them: umlaut-blind, hyphens between words.
[[nodiscard]] std::vector<std::string> blind_words(std::string_view text);

}  // namespace fundstelle::vocabulary
