// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <cstring>
#include <memory>
#include <string_view>

#include "extract/document_wire.h"
#include "extract/extraction_version.h"

namespace fundstelle {
namespace {

constexpr std::size_t kKeyBytes = 64;
/// An entry: key, bytes of what follows (8, lowest first), the result in zstd with a checksum.
constexpr std::size_t kHeadBytes = kKeyBytes + 8;

std::string key_of(const std::string& path, const std::string& sha256) {
  return sha256_hex(sha256 + "\n" + path);
}

bool read_at(int fd, void* to, std::size_t bytes, std::uint64_t from) {
  auto* at = static_cast<char*>(to);
  while (bytes > 0) {
    const ssize_t got = pread(fd, at, bytes, static_cast<off_t>(from));
    if (got <= 0) return false;
    at += got;
    bytes -= static_cast<std::size_t>(got);
    from += static_cast<std::uint64_t>(got);
  }
  return true;
}

bool write_at(int fd, std::string_view bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t got = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (got <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
  }
  return true;
}

/// The bytes of a result are those of one program, and are read by no other.
std::string first_line(const std::string& options) {
  struct stat program {};
  (void)stat("/proc/self/exe", &program);
  return "fundstelle-indexer read journal " + std::to_string(kExtractionVersion) + " " +
         std::to_string(program.st_size) + " " + std::to_string(program.st_mtim.tv_sec) + "." +
         std::to_string(program.st_mtim.tv_nsec) + " " + options + "\n";
}

}  // namespace

ReadJournal::ReadJournal(std::filesystem::path file, const std::string& options)
    : file_(std::move(file)) {
  fd_ = open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0) return;
  const std::string head = first_line(options);
  std::string found(head.size(), '\0');
  end_ = head.size();
  if (read_at(fd_, found.data(), found.size(), 0) && found == head) {
    scan();
  } else if (ftruncate(fd_, 0) != 0 || !write_at(fd_, head, 0)) {
    close(fd_);
    fd_ = -1;
  }
}

ReadJournal::~ReadJournal() {
  if (fd_ >= 0) close(fd_);
}

void ReadJournal::scan() {
  struct stat status {};
  if (fstat(fd_, &status) != 0) return;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  std::string head(kHeadBytes, '\0');
  while (end_ + kHeadBytes <= size && read_at(fd_, head.data(), head.size(), end_)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, head.data() + kKeyBytes, sizeof bytes);
    if (bytes > size - end_ - kHeadBytes) break;
    places_[head.substr(0, kKeyBytes)] = {end_ + kHeadBytes, bytes};
    end_ += kHeadBytes + bytes;
  }
  // A half entry at the end is written over.
  if (end_ < size && ftruncate(fd_, static_cast<off_t>(end_)) != 0) places_.clear();
}

std::optional<Extraction> ReadJournal::find(const std::string& path,
                                            const std::string& sha256) const {
  Place place;
  {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(key_of(path, sha256));
    if (found == places_.end()) return std::nullopt;
    place = found->second;
  }
  std::string packed(place.bytes, '\0');
  if (!read_at(fd_, packed.data(), packed.size(), place.begin)) return std::nullopt;
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > (1ULL << 32)) {
    return std::nullopt;
  }
  std::string bytes(size, '\0');
  if (ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size()) != size) {
    return std::nullopt;
  }
  return from_wire(bytes);
}

void ReadJournal::put(const std::string& path, const std::string& sha256,
                      const Extraction& extraction) {
  const std::string bytes = to_wire(extraction);
  const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(),
                                                                        ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::uint64_t size =
      ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0) return;
  packed.resize(size);
  std::string entry = key_of(path, sha256);
  entry.append(reinterpret_cast<const char*>(&size), sizeof size);
  entry += packed;
  const std::lock_guard lock(mutex_);
  if (fd_ < 0 || !write_at(fd_, entry, end_))
    return;  // a full disk shows when the index is written
  places_[entry.substr(0, kKeyBytes)] = {end_ + kHeadBytes, size};
  end_ += entry.size();
}

void ReadJournal::remove() {
  const std::lock_guard lock(mutex_);
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  places_.clear();
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

}  // namespace fundstelle
