// SPDX-License-Identifier: GPL-3.0-or-later
//
// One file's reader: a process of its own, under limits, without network or new programs.
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>

#include "extract/child_process.h"
#include "extract/confine.h"
#include "extract/document_wire.h"

namespace fundstelle {
namespace {

bool write_frame(int fd, std::string_view payload) {
  const std::uint64_t length = payload.size();
  return write_all(fd, {reinterpret_cast<const char*>(&length), sizeof length}) &&
         write_all(fd, payload);
}

void set_limit(int resource, rlim_t soft, rlim_t hard) {
  rlimit limit{soft, hard};
  setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

void limit_child(const ExtractLimits& limits) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they reserve terabytes
  set_limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes);
#endif
  set_limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1);
  set_limit(RLIMIT_CORE, 0, 0);
  set_limit(RLIMIT_FSIZE, 65'536, 65'536);  // only its last words
  set_limit(RLIMIT_NOFILE, 64, 64);         // Poppler opens CMap files
  set_limit(RLIMIT_NPROC, 0, 0);
  signal(SIGXFSZ, SIG_IGN);
}

/// The whole file, or a finished answer that says why not.
std::optional<Extraction> read_file(int file, const ExtractLimits& limits, std::string& bytes) {
  struct stat status {};
  Extraction failed;
  if (fstat(file, &status) != 0) {
    failed.message = std::string("cannot read: ") + std::strerror(errno);
    return failed;
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limits.input_bytes) {
    failed.state = ExtractState::kLimit;
    failed.message =
        "file of " + mebibytes(size) + " is above the limit of " + mebibytes(limits.input_bytes);
    failed.document.source.bytes = size;
    return failed;
  }
  bytes.resize(size);
  std::size_t have = 0;
  for (;;) {
    if (have == bytes.size()) bytes.resize(bytes.size() + 1);  // one more read must say "end"
    const ssize_t n = read(file, bytes.data() + have, bytes.size() - have);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      failed.message = std::string("cannot read: ") + std::strerror(errno);
      return failed;
    }
    if (n == 0) break;
    have += static_cast<std::size_t>(n);
    if (have > limits.input_bytes) {
      failed.state = ExtractState::kLimit;
      failed.message = "file grew above the limit of " + mebibytes(limits.input_bytes);
      return failed;
    }
  }
  bytes.resize(have);
  return std::nullopt;
}

}  // namespace

void run_child(int file, int result, const std::string& name, const ExtractLimits& limits,
               const ExtractOptions& options) {
  limit_child(limits);
  if (options.ocr) setenv("OMP_THREAD_LIMIT", "1", 1);
  confine_to_computing();
  try {
    std::string bytes;
    if (auto failed = read_file(file, limits, bytes)) {
      write_frame(result, to_wire(*failed));
      write_frame(result, to_wire(*failed));
      _exit(0);
    }
    // First what the file is: if reading kills this process, at least that is known.
    Extraction known;
    known.document.source.sha256 = sha256_hex(bytes);
    known.document.source.bytes = bytes.size();
    known.document.id = id_of_bytes(known.document.source.sha256);
    known.document.source.media_type = media_type(sniff(bytes, name));
    if (!write_frame(result, to_wire(known))) _exit(4);
    _exit(write_frame(result, to_wire(extract_bytes(bytes, name, options))) ? 0 : 4);
  } catch (...) {
    _exit(3);  // out of memory outside the readers
  }
}

}  // namespace fundstelle
