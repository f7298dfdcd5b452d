// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bundles of plain words by their print, for one thread. What is met again stays, what is not is
// forgotten once so many others came (two generations); about 64 MB when full.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace fundstelle::writer {

class PlainBundles {
 public:
  /// `words`: of a generation.
  explicit PlainBundles(std::size_t words = 1 << 19) : most_(words) {}

  struct Word {
    std::uint32_t bundle = 0;
    std::uint16_t length = 0, title_length = 0;  ///< what its terms count, in a text and in a title
  };

  /// Null if the word is not remembered; holds until the next call of any member.
  [[nodiscard]] const Word* find(std::string_view print) {
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(print));
    if (const Slot* slot = young_.find(print, hash)) return &slot->word;
    const Slot* slot = old_.find(print, hash);
    return slot == nullptr ? nullptr : put(print, hash, slot->word);
  }
  void put(std::string_view print, const Word& word) {
    put(print, static_cast<std::uint32_t>(std::hash<std::string_view>()(print)), word);
  }

 private:
  struct Slot {
    const char* print = nullptr;
    std::uint32_t hash = 0;
    std::uint16_t bytes = 0;
    Word word;
  };
  struct Generation {
    std::vector<Slot> table;
    std::vector<std::unique_ptr<char[]>> chunks;
    std::size_t left = 0, count = 0;
    char* free = nullptr;

    [[nodiscard]] const Slot* find(std::string_view print, std::uint32_t hash) const {
      if (table.empty()) return nullptr;
      for (std::size_t at = hash & (table.size() - 1);; at = (at + 1) & (table.size() - 1)) {
        const Slot& slot = table[at];
        if (slot.print == nullptr) return nullptr;
        if (slot.hash == hash && std::string_view(slot.print, slot.bytes) == print) return &slot;
      }
    }
    Slot& place(std::uint32_t hash) {
      std::size_t at = hash & (table.size() - 1);
      while (table[at].print != nullptr) at = (at + 1) & (table.size() - 1);
      return table[at];
    }
    const char* keep(std::string_view print) {
      constexpr std::size_t kChunk = 1 << 16;
      if (left < print.size() || chunks.empty()) {
        chunks.push_back(std::make_unique_for_overwrite<char[]>(kChunk));
        free = chunks.back().get();
        left = kChunk;
      }
      char* const kept = free;
      std::memcpy(kept, print.data(), print.size());
      free += print.size();
      left -= print.size();
      return kept;
    }
    void grow() {
      std::vector<Slot> before(std::max<std::size_t>(1 << 12, table.size() * 2));
      std::swap(before, table);
      for (const Slot& slot : before) {
        if (slot.print != nullptr) place(slot.hash) = slot;
      }
    }
  };

  /// By value: `word` may stand in the generation that goes.
  const Word* put(std::string_view print, std::uint32_t hash, Word word) {
    if (young_.count == most_) old_ = std::exchange(young_, {});
    if ((young_.count + 1) * 2 > young_.table.size()) young_.grow();
    Slot& slot = young_.place(hash);
    slot = {young_.keep(print), hash, static_cast<std::uint16_t>(print.size()), word};
    ++young_.count;
    return &slot.word;
  }

  std::size_t most_;
  Generation young_, old_;
};

}  // namespace fundstelle::writer
