// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/records.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "document/interchange.h"

namespace fundstelle {
namespace {

constexpr std::size_t kMaxLineBytes = 64 << 20;
constexpr std::size_t kChunkBytes = 1 << 18;
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";

/// Bytes of a file, decompressed if it is zstd (whatever its name says).
class ByteStream {
 public:
  explicit ByteStream(const std::filesystem::path& file) : in_(kChunkBytes), out_(kChunkBytes) {
    fd_ = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd_ < 0) error_ = std::string("cannot be opened: ") + std::strerror(errno);
  }
  ~ByteStream() {
    if (fd_ >= 0) close(fd_);
  }
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// The next bytes; empty at the end or after an error.
  std::string_view next() {
    if (!error_.empty()) return {};
    if (first_) {
      first_ = false;
      fill();
      if (std::string_view(in_.data(), input_.size).starts_with(kZstdMagic)) {
        stream_.reset(ZSTD_createDStream());
      } else {
        return {in_.data(), input_.size};
      }
    }
    if (!stream_) {
      fill();
      return {in_.data(), input_.size};
    }
    while (error_.empty()) {
      if (input_.pos == input_.size && !more_output_) {
        fill();
        if (input_.size == 0) {
          if (error_.empty() && unfinished_) error_ = "ends in the middle of a zstd frame";
          return {};
        }
      }
      ZSTD_outBuffer output{out_.data(), out_.size(), 0};
      const std::size_t hint = ZSTD_decompressStream(stream_.get(), &output, &input_);
      if (ZSTD_isError(hint) != 0) {
        error_ = std::string("is damaged zstd: ") + ZSTD_getErrorName(hint);
        return {};
      }
      unfinished_ = hint != 0;
      more_output_ = output.pos == output.size;
      if (output.pos > 0) return {out_.data(), output.pos};
    }
    return {};
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  void fill() {
    ssize_t got = 0;
    do {
      got = read(fd_, in_.data(), in_.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) error_ = std::string("cannot be read: ") + std::strerror(errno);
    input_ = {in_.data(), got > 0 ? static_cast<std::size_t>(got) : 0, 0};
  }

  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };
  int fd_ = -1;
  bool first_ = true, unfinished_ = false, more_output_ = false;
  std::vector<char> in_, out_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  std::unique_ptr<ZSTD_DStream, Free> stream_;
  std::string error_;
};

void take_line(std::string_view line, std::uint64_t number,
               const std::function<void(RecordLine&&)>& take) {
  if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  RecordLine record;
  record.line = number;
  try {
    record.document = from_interchange(line);
  } catch (const InterchangeError& error) {
    record.error = error.what();
  }
  take(std::move(record));
}

}  // namespace

bool read_records(const std::filesystem::path& file, const std::function<void(RecordLine&&)>& take,
                  std::string& error) {
  ByteStream bytes(file);
  std::string rest;
  std::uint64_t number = 0;
  bool too_long = false;
  for (std::string_view chunk = bytes.next(); !chunk.empty(); chunk = bytes.next()) {
    while (!chunk.empty()) {
      const std::size_t end = chunk.find('\n');
      const std::string_view piece = chunk.substr(0, end);
      if (!too_long && rest.size() + piece.size() > kMaxLineBytes) {
        too_long = true;
        rest.clear();
      }
      if (end == std::string_view::npos) {
        if (!too_long) rest += piece;
        break;
      }
      ++number;
      if (too_long) {
        RecordLine record;
        record.line = number;
        record.error = "line is longer than 64 MB; split the document";
        take(std::move(record));
      } else if (rest.empty()) {
        take_line(piece, number, take);
      } else {
        rest += piece;
        take_line(rest, number, take);
      }
      rest.clear();
      too_long = false;
      chunk.remove_prefix(end + 1);
    }
  }
  if (too_long || !rest.empty()) {
    ++number;
    if (too_long) {
      RecordLine record;
      record.line = number;
      record.error = "line is longer than 64 MB; split the document";
      take(std::move(record));
    } else if (bytes.error().empty()) {
      take_line(rest, number, take);
    }
  }
  error = bytes.error();
  return error.empty();
}

}  // namespace fundstelle
