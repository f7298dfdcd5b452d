// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "writer/writer.h"

namespace fundstelle::writer {

IndexLock::IndexLock(const std::filesystem::path& dir) {
  fd_ = open((dir / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) {
    throw WriterError(dir.string() + ": cannot be written to: " + std::strerror(errno) +
                      "; change its permissions or name another folder as --index");
  }
  if (flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    close(fd_);
    throw WriterError(dir.string() +
                      ": another fundstelle-indexer is writing here; wait until it has finished");
  }
}

IndexLock::~IndexLock() { close(fd_); }

}  // namespace fundstelle::writer
