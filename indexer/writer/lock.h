// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace fundstelle::writer {

/// DIR/lock, held by the one program that changes the index. Goes with the process, however it
/// ends.
class IndexLock {
 public:
  /// Throws WriterError if another holds it or the folder cannot be written to.
  explicit IndexLock(const std::filesystem::path& dir);
  ~IndexLock();
  IndexLock(const IndexLock&) = delete;
  IndexLock& operator=(const IndexLock&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace fundstelle::writer
