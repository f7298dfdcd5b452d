// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/word_list.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fundstelle {

WordList::WordList(const std::string& path) {
  if (path.empty()) return;
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  struct stat status {};
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* const mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped != MAP_FAILED) {
      begin_ = static_cast<const char*>(mapped);
      size_ = size;
    }
  }
  close(file);
}

WordList::~WordList() {
  if (begin_ != nullptr) munmap(const_cast<char*>(begin_), size_);
}

bool WordList::has(std::string_view word) const {
  const std::string_view all(begin_, size_);
  std::size_t low = 0;
  std::size_t high = size_;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::size_t newline = middle == 0 ? std::string_view::npos : all.rfind('\n', middle - 1);
    const std::size_t first = newline == std::string_view::npos ? 0 : newline + 1;
    std::size_t last = all.find('\n', middle);
    if (last == std::string_view::npos) last = size_;
    const int order = all.substr(first, last - first).compare(word);
    if (order == 0) return true;
    if (order < 0) {
      low = last + 1;
    } else {
      high = first;
    }
  }
  return false;
}

bool WordList::knows(std::string_view word) const {
  if (empty() || word.empty()) return false;
  if (has(word)) return true;
  std::string other(word);
  const auto first = static_cast<unsigned char>(other[0]);
  if (first >= 'A' && first <= 'Z') {
    for (char& c : other) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
  } else if (first >= 'a' && first <= 'z') {
    other[0] = static_cast<char>(first - 32);
  } else if (first == 0xC3 && other.size() > 1) {  // ä ö ü and their capitals lie 32 apart
    const auto second = static_cast<unsigned char>(other[1]);
    other[1] = static_cast<char>(second >= 0xA0 ? second - 32 : second + 32);
  } else {
    return false;
  }
  return has(other);
}

}  // namespace fundstelle
