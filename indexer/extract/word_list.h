// SPDX-License-Identifier: GPL-3.0-or-later
//
// A spelling list on disk: does this German word exist? It decides line ends that the print leaves
// open, and nothing else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fundstelle {

/// One word a line, UTF-8, in the order of its bytes (Debian's /usr/share/dict/ngerman is so). The
/// file is mapped, not read: a look-up touches some twenty pages of it.
class WordList {
 public:
  /// An empty path or a file that cannot be opened gives an empty list.
  explicit WordList(const std::string& path);
  ~WordList();
  WordList(const WordList&) = delete;
  WordList& operator=(const WordList&) = delete;

  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// True if the word stands in the list as written, in small letters or with a capital first
  /// letter (ASCII letters and umlauts).
  [[nodiscard]] bool knows(std::string_view word) const;
  /// True if it stands there in just this spelling: "zugesagt", but not "zuge".
  [[nodiscard]] bool has(std::string_view word) const;

 private:
  const char* begin_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace fundstelle
