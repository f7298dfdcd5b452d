// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/spool.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>

#include "schema/wire.h"
#include "writer/writer.h"

namespace fundstelle::writer {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::uint32_t kDropped = UINT32_MAX;
constexpr int kLevel = 1;  // read back within minutes: speed before size

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  throw WriterError(file.string() + ": " + what + ": " + std::strerror(errno));
}

}  // namespace

Spool::Spool(const std::filesystem::path& file) : file_(file) {
  fd_ = open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd_ < 0) fail(file_, "cannot be created");
}

Spool::~Spool() {
  if (fd_ >= 0) close(fd_);
}

std::uint32_t Spool::add(const PackedDocument& document) {
  const auto number = static_cast<std::uint32_t>(passages_.size());
  if (open_block_.empty()) {
    blocks_.emplace_back();
    blocks_.back().first = number;
  }
  const std::size_t before = open_block_.size();
  schema::put_text(open_block_, document.record);
  schema::put_number(open_block_, document.passages.size());
  for (const std::string& passage : document.passages) schema::put_text(open_block_, passage);
  open_bytes_ += open_block_.size() - before;
  schema::put_text(open_block_, document.facts);
  passages_.push_back(static_cast<std::uint32_t>(document.passages.size()));
  blocks_.back().documents += 1;
  if (open_bytes_ >= kBlockBytes) flush();
  return number;
}

void Spool::drop(std::uint32_t number) {
  if (passages_.at(number) == kDropped) return;
  passages_[number] = kDropped;
  ++dropped_;
}

void Spool::flush() {
  if (open_block_.empty()) return;
  std::string packed(ZSTD_compressBound(open_block_.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), open_block_.data(), open_block_.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw WriterError(ZSTD_getErrorName(size));
  std::size_t written = 0;
  while (written < size) {
    const ssize_t got = pwrite(fd_, packed.data() + written, size - written,
                               static_cast<off_t>(file_bytes_ + written));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(file_, "cannot be written");
    written += static_cast<std::size_t>(got);
  }
  Block& block = blocks_.back();
  block.offset = file_bytes_;
  block.compressed = size;
  block.raw = open_block_.size();
  block.bytes = open_bytes_;
  file_bytes_ += size;
  bytes_ += block.bytes;
  open_block_.clear();
  open_bytes_ = 0;
}

std::uint32_t Spool::documents() const {
  return static_cast<std::uint32_t>(passages_.size()) - dropped_;
}

Spool::Counts Spool::wanted(const Block& block) const {
  Counts counts;
  for (std::uint32_t i = block.first; i < block.first + block.documents; ++i) {
    if (passages_[i] == kDropped) continue;
    counts.documents += 1;
    counts.passages += passages_[i];
  }
  return counts;
}

void Spool::read(const Block& block,
                 const std::function<void(std::uint32_t, PackedDocument&&)>& take) const {
  std::string packed(block.compressed, '\0');
  std::size_t have = 0;
  while (have < packed.size()) {
    const ssize_t got = pread(fd_, packed.data() + have, packed.size() - have,
                              static_cast<off_t>(block.offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail(file_, "cannot be read back");
    have += static_cast<std::size_t>(got);
  }
  std::string bytes(block.raw, '\0');
  const std::size_t size =
      ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) != 0 || size != bytes.size()) fail(file_, "is damaged");
  schema::WireReader in(bytes);
  for (std::uint32_t i = block.first; i < block.first + block.documents; ++i) {
    const std::string_view record = in.text();
    PackedDocument document;
    const std::size_t passages = in.count();
    const bool wanted = passages_[i] != kDropped;
    for (std::size_t p = 0; p < passages; ++p) {
      const std::string_view passage = in.text();
      if (wanted) document.passages.emplace_back(passage);
    }
    const std::string_view facts = in.text();
    if (!wanted) continue;
    document.facts = facts;
    document.record = record;
    take(i, std::move(document));
  }
}

}  // namespace fundstelle::writer
