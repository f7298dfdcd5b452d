// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where some terms stand in entry after entry: each entry is read once, whatever the number of
// terms.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "query/request.h"
#include "schema/text_index.h"
#include "search/engine/postings.h"

namespace fundstelle::search {

class Snapshot;

class TermFinder {
 public:
  /// `slots`: terms by what they are to be told apart; any of the terms of a slot is it.
  TermFinder(const Snapshot& snapshot, std::vector<std::vector<std::string>> slots);

  /// Positions by slot, ascending, each once. Valid until the next call.
  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& positions(Unit unit, Gid gid);
  /// The same in a passage or in the title of a document, umlaut-blind terms included: what marks
  /// are made of. Valid until the next call.
  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& places(Unit unit, Gid gid);
  /// What the occurrences of each slot count (wdf) in one entry. Valid until the next call.
  [[nodiscard]] const std::vector<std::uint32_t>& counts(Unit unit, Gid gid);

  [[nodiscard]] const std::vector<std::vector<std::string>>& slots() const { return slots_; }
  /// Of all entries so far.
  [[nodiscard]] std::uint64_t words_read() const { return words_read_; }

 private:
  /// A term of a slot in a bundle.
  struct Meaning {
    std::uint32_t slot = 0, wdf = 0, next = 0;  ///< place of the next one of the bundle; 0: none
    bool title_only = false, has_positions = true;
  };
  /// The bundles of one sub-database that mean something: an open hash table, a quarter full.
  struct Table {
    struct Entry {
      std::uint32_t bundle = UINT32_MAX, first = 0;
    };
    std::vector<Entry> entries;
    std::uint32_t shift = 0;
    /// By the last digits of bundles: most words of a text mean nothing, and these bits, which stay
    /// close to the processor, say so.
    std::vector<std::uint64_t> some;
    std::uint32_t mask = 0;
    void note(std::uint32_t bundle) {
      some[(bundle & mask) / 64] |= std::uint64_t{1} << (bundle % 64);
    }
    [[nodiscard]] bool may_mean(std::uint32_t bundle) const {
      return (some[(bundle & mask) / 64] >> (bundle % 64) & 1U) != 0;
    }
    [[nodiscard]] std::uint32_t find(std::uint32_t bundle) const {
      std::size_t at = bundle * 2654435761U >> shift;
      while (true) {
        const Entry& entry = entries[at];
        if (entry.bundle == bundle) return entry.first;
        if (entry.bundle == UINT32_MAX) return 0;
        at = (at + 1) & (entries.size() - 1);
      }
    }
  };
  template <typename Take>
  void scan(const Table& table, const schema::TextIndex::Stream& stream, bool title,
            std::uint32_t offset, Take&& take);
  /// Calls take(meaning, position) for every place in the entry that means something.
  template <typename Take>
  void read(Unit unit, Gid gid, Take&& take);

  const Snapshot& snapshot_;
  std::vector<std::vector<std::string>> slots_;
  std::vector<Meaning> meanings_{{}};
  std::vector<Table> tables_;  ///< by sub-database
  std::vector<schema::StreamReader> streams_;
  std::vector<std::vector<std::uint32_t>> positions_;
  std::vector<std::uint32_t> counts_;
  std::uint64_t words_read_ = 0;
};

}  // namespace fundstelle::search
