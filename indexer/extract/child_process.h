// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the caller of an extraction and its helper processes share: descriptors, pipes, and the word
// on how a child ended.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "extract/extract.h"

namespace fundstelle {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~Descriptor() { reset(); }
  void reset() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read, write;
};

inline std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// How a child ended, from the zygote.
struct ChildEnd {
  enum Reason : std::int32_t { kExited, kSignal, kWallTime, kNotStarted };
  std::int32_t reason = kExited;
  std::int32_t code = 0;      ///< exit status, signal number or errno
  char last_words[120] = {};  ///< begin of what it wrote to stderr, zero-terminated
};

inline bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

inline std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

/// The helper process: waits for requests on `control`, forks a child for each, tells how it ended.
/// Ends with the caller's process.
[[noreturn]] void run_zygote(int control, const ExtractLimits& limits,
                             const ExtractOptions& options);

/// The child itself: reads the open file, writes two frames (what the file is; the result).
[[noreturn]] void run_child(int file, int result, const std::string& name,
                            const ExtractLimits& limits, const ExtractOptions& options);

}  // namespace fundstelle
