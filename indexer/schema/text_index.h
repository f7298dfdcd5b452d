// SPDX-License-Identifier: GPL-3.0-or-later
//
// text.bin of a generation or delta: which words stand where. Written once, mapped into memory.
//
// What stands at one place of a text is a bundle of terms (schema.h): exact form, stem, parts of a
// compound, umlaut-blind forms, numbers. The same printed word gives the same bundle nearly always,
// so everything is kept by bundle, once:
//
//   terms     sorted, front-coded: how many passages, titles and documents have it, its bundles
//   postings  bundle -> passages, how often, whether in question or answer
//   titles    bundle -> documents with it in their title, how often
//   streams   passage (title) -> the bundle at each place, in order
//
// A term's postings are those of its bundles added up; a document's are its passages' and its
// title's; positions are read from the streams. Bundles are numbered by falling frequency, so that
// a place costs one byte or two. Lists of terms are not kept: a stream tells them.
//
// Why not Xapian's tables: there every kind of term has a posting of its own in both databases, and
// every posting a key with term and docid in the table of positions. For short papers that was 13
// of 14 bytes of the index (docs/index-format.md has the figures).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/layout.h"
#include "schema/schema.h"

namespace fundstelle::schema {

inline constexpr const char* kTextFile = "text.bin";

/// What an occurrence of a term counts.
[[nodiscard]] constexpr std::uint32_t wdf_of(char prefix) {
  return prefix == kStem[0] ? kWholeWdf : kPartWdf;
}
/// Begins with a prefix whose terms stand in text.bin: E, S, P, U, N, or T before one of them.
[[nodiscard]] bool is_text_term(std::string_view name);

/// Where in a passage with a question a bundle stands; both bits may be set, or none.
inline constexpr std::uint32_t kInQuestion = 1, kInAnswer = 2;

class TextIndex {
 public:
  /// Maps the file of a generation or delta. Throws IndexError if it is missing, cut or of another
  /// version.
  explicit TextIndex(const std::filesystem::path& generation_or_delta);
  ~TextIndex();
  TextIndex(const TextIndex&) = delete;
  TextIndex& operator=(const TextIndex&) = delete;

  struct Term {
    std::uint32_t passages = 0, titles = 0, documents = 0;  ///< that have it; dead ones too
    std::string_view bundles;                               ///< packed; for_each_bundle
  };
  /// A term as schema.h names it, without the T of titles.
  [[nodiscard]] std::optional<Term> find(std::string_view name) const;
  /// Terms that begin with `prefix` (at least one letter), ascending, until `take` returns false.
  void each(std::string_view prefix,
            const std::function<bool(std::string_view name, const Term& term)>& take) const;

  /// Calls take(bundle, times the term stands in it).
  template <typename Take>
  void for_each_bundle(const Term& term, Take&& take) const {
    Bytes in(*this, term.bundles);
    std::uint32_t bundle = 0;
    while (!in.done()) {
      const std::uint32_t gap = in.number();
      bundle += gap >> 1U;
      if (bundle >= bundles_) damaged();
      take(bundle, (gap & 1U) != 0 ? in.number() : 1U);
    }
  }

  /// Calls take(docid in passages/, occurrences, kInQuestion and kInAnswer), ascending.
  template <typename Take>
  void for_each_passage(std::uint32_t bundle, Take&& take) const {
    for_each_posting(postings_, bundle, passages_, take);
  }
  /// Calls take(docid in documents/, occurrences, 0), ascending.
  template <typename Take>
  void for_each_title(std::uint32_t bundle, Take&& take) const {
    for_each_posting(title_postings_, bundle, documents_, take);
  }

  /// Asks the processor for what the postings of a bundle begin with (`begins`), later for the
  /// postings: a rare word's are far from everything else, and waiting for each is most of the
  /// work.
  void expect(std::uint32_t bundle, bool begins) const {
    if (bundle >= bundles_) return;
    for (const Lists* lists : {&postings_, &title_postings_}) {
      const std::uint64_t* const block = &lists->blocks[bundle / kBundlesABlock];
      if (begins) {
        __builtin_prefetch(block);
      } else if (*block < lists->data.size()) {
        __builtin_prefetch(lists->data.data() + *block);
      }
    }
  }

  /// The words of one passage or title.
  class Stream {
   public:
    [[nodiscard]] std::uint32_t words() const { return words_; }  ///< the last position
    /// Positions that are question or answer; passages only.
    [[nodiscard]] std::vector<Zone> zones() const { return unpack_zones(zones_); }
    /// Calls take(position from 1, bundle). A place without terms is the bundle without terms.
    template <typename Take>
    void for_each(Take&& take) const {
      const std::uint32_t bundles = owner_->bundles_;
      const auto* at = reinterpret_cast<const unsigned char*>(ids_.data());
      const auto* const end = at + ids_.size();
      std::uint32_t position = 1;
      // Nearly all take one byte or two, in no order a processor could foretell: both are read.
      for (; position <= words_ && end - at >= 3; ++position) {
        const std::uint32_t first = at[0], second = at[1], wide = first >> 7U;
        std::uint32_t bundle = (first & 0x7FU) | ((second & 0x7FU) << 7U & (0U - wide));
        if ((wide & second >> 7U) != 0) {
          if (at[2] >= 0x80U) break;
          bundle |= std::uint32_t{at[2]} << 14U;
          ++at;
        }
        at += 1 + wide;
        if (bundle >= bundles) owner_->damaged();
        take(position, bundle);
      }
      Bytes in(*owner_, ids_.substr(ids_.size() - static_cast<std::size_t>(end - at)));
      for (; position <= words_; ++position) {
        const std::uint32_t bundle = in.number();
        if (bundle >= bundles) owner_->damaged();
        take(position, bundle);
      }
    }

   private:
    friend class TextIndex;
    friend class StreamReader;
    const TextIndex* owner_ = nullptr;
    std::uint32_t words_ = 0;
    std::string_view zones_, ids_;
  };
  [[nodiscard]] Stream passage(std::uint32_t docid) const { return stream(streams_, docid); }
  [[nodiscard]] Stream title(std::uint32_t docid) const { return stream(title_streams_, docid); }

  /// Calls take(number) for each stem of a bundle, repeated ones as often as they stand there.
  template <typename Take>
  void for_each_stem(std::uint32_t bundle, Take&& take) const {
    const std::uint32_t stem = stems_[bundle];
    if (stem == kNoStem) return;
    if (stem < kManyStems) {
      take(stem);
      return;
    }
    if (stem - kManyStems >= many_stems_.size()) damaged();
    Bytes in(*this, many_stems_.substr(stem - kManyStems));
    for (std::uint32_t n = in.number(); n > 0; --n) take(in.number());
  }
  /// The stem of a number, with its prefix.
  [[nodiscard]] std::string stem_name(std::uint32_t stem) const { return name(first_stem_ + stem); }

  /// Gives up what has been read of a sixteenth of the mapped file, of the next one with each call:
  /// it counts as memory of the process. It stays in the file cache of the system and comes back
  /// when it is read again. Safe for many threads.
  static constexpr std::uint32_t kParts = 16;
  void release_part() const;

  [[nodiscard]] std::uint32_t documents() const { return documents_; }  ///< largest docid
  [[nodiscard]] std::uint32_t passages() const { return passages_; }    ///< largest docid
  [[nodiscard]] std::uint32_t bundles() const { return bundles_; }
  [[nodiscard]] std::uint32_t terms() const { return terms_; }
  /// Bytes by what they are for.
  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> sizes() const;

  /// The file as a whole; shared with the writer.
  enum Section : std::uint32_t {
    kTerms,
    kTermBlocks,
    kBundleLists,
    kStems,
    kManyStemLists,
    kPostings,
    kPostingBlocks,
    kTitlePostings,
    kTitleBlocks,
    kStreams,
    kStreamOffsets,
    kTitleStreams,
    kTitleStreamOffsets,
    kSectionCount,
  };
  struct Header {
    std::array<char, 8> magic{};
    std::uint64_t bytes = 0;
    std::uint32_t terms = 0, first_stem = 0, bundles = 0, passages = 0, documents = 0, unused = 0;
    struct {
      std::uint64_t begin = 0, bytes = 0;
    } sections[kSectionCount];
  };
  /// Where a block of terms begins in kTerms, and its lists in kBundleLists.
  struct TermBlock {
    std::uint64_t terms = 0, lists = 0;
  };
  static constexpr std::array<char, 8> kMagic{'F', 'S', 'T', 'E', 'X', 'T', '0', '1'};
  static constexpr std::uint32_t kTermsABlock = 16, kBundlesABlock = 16, kStreamsABlock = 16;
  static constexpr std::uint32_t kNoStem = UINT32_MAX;
  static constexpr std::uint32_t kManyStems = 0x80000000U;  ///< plus a place in kManyStemLists

 private:
  [[noreturn]] void damaged() const;

  /// Varints of a stretch of the file. A list that ends in the middle of a number is damage.
  class Bytes {
   public:
    Bytes(const TextIndex& owner, std::string_view bytes)
        : owner_(owner),
          at_(reinterpret_cast<const unsigned char*>(bytes.data())),
          end_(at_ + bytes.size()) {}
    [[nodiscard]] bool done() const { return at_ == end_; }
    [[nodiscard]] std::uint32_t number() {
      if (at_ != end_ && *at_ < 0x80U) return *at_++;
      std::uint32_t value = 0;
      for (unsigned shift = 0; shift < 35; shift += 7) {
        if (at_ == end_) break;
        const unsigned char byte = *at_++;
        value |= static_cast<std::uint32_t>(byte & 0x7FU) << shift;
        if (byte < 0x80U) return value;
      }
      owner_.damaged();
    }
    [[nodiscard]] std::string_view take(std::size_t count) {
      if (static_cast<std::size_t>(end_ - at_) < count) owner_.damaged();
      const std::string_view bytes(reinterpret_cast<const char*>(at_), count);
      at_ += count;
      return bytes;
    }
    [[nodiscard]] std::string_view rest() { return take(static_cast<std::size_t>(end_ - at_)); }

   private:
    const TextIndex& owner_;
    const unsigned char* at_;
    const unsigned char* end_;
  };

  struct Lists {
    std::string_view data;
    std::span<const std::uint64_t> blocks;
  };
  /// The list at `place` of `count`. Each block of `a_block` of them begins with their lengths.
  [[nodiscard]] std::string_view list_at(const Lists& lists, std::uint32_t place,
                                         std::uint32_t count, std::uint32_t a_block) const;
  /// The same in bytes that begin with the block.
  [[nodiscard]] std::string_view list_in(std::string_view block, std::uint32_t place,
                                         std::uint32_t count, std::uint32_t a_block) const;

  template <typename Take>
  void for_each_posting(const Lists& lists, std::uint32_t bundle, std::uint32_t last,
                        Take&& take) const {
    if (bundle >= bundles_) damaged();
    Bytes in(*this, list_at(lists, bundle, bundles_, kBundlesABlock));
    std::uint32_t docid = 0;
    while (!in.done()) {
      const std::uint32_t gap = in.number();
      docid += (gap >> 1U) + 1;
      if (docid > last) damaged();
      if ((gap & 1U) == 0) {
        take(docid, 1U, 0U);
      } else {
        const std::uint32_t more = in.number();
        take(docid, (more >> 2U) + 1, more & 3U);
      }
    }
  }

  /// Without words if there is no such docid.
  [[nodiscard]] Stream stream(const Lists& lists, std::uint32_t docid) const;
  [[nodiscard]] Stream unpack(std::string_view list) const;
  [[nodiscard]] std::string name(std::uint32_t term) const;
  /// Walks the block from its beginning: take(name, term), until it returns false.
  template <typename Take>
  bool walk_block(std::size_t block, Take&& take) const;
  [[nodiscard]] std::string_view first_name(std::size_t block) const;
  [[nodiscard]] std::size_t block_for(std::string_view name) const;

  friend class StreamReader;

  std::filesystem::path file_;
  mutable std::atomic<std::uint32_t> next_part_{0};
  int fd_ = -1;
  const char* map_ = nullptr;
  std::size_t bytes_ = 0;
  std::uint32_t terms_ = 0, first_stem_ = 0, bundles_ = 0, passages_ = 0, documents_ = 0;
  std::string_view term_data_, bundle_lists_, many_stems_;
  std::span<const TermBlock> term_blocks_;
  std::span<const std::uint32_t> stems_;
  Lists postings_, title_postings_, streams_, title_streams_;
};

/// Passages here and there, read into memory of its own: each is a few hundred bytes, and what the
/// system maps around a place that is looked at is sixty thousand, which cost more time and count
/// as memory of the process. For one thread.
class StreamReader {
 public:
  /// `index` must outlive it.
  explicit StreamReader(const TextIndex& index) : index_(&index) {}
  /// As that of TextIndex, but valid until the next call only.
  [[nodiscard]] TextIndex::Stream passage(std::uint32_t docid);

 private:
  const TextIndex* index_;
  std::vector<char> bytes_;            ///< a stretch of the section
  std::uint64_t begin_ = 0, end_ = 0;  ///< its place there
};

}  // namespace fundstelle::schema
