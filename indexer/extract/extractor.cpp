// SPDX-License-Identifier: GPL-3.0-or-later
//
// The zygote and its one-shot children.
//
//   caller ──file, two pipe ends (SCM_RIGHTS)──▶ zygote ──fork──▶ child
//   caller ◀──result pipe: what the file is, then the result────── child
//   caller ◀──end pipe: how the child ended────── zygote (the only one to wait for and to kill it)
//
// The child gets an open file, never a path; it holds no index, no socket, no other file. The end
// of a child is told by the zygote over a pipe of its own, so a subverted child cannot forge it.
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <utility>

#include "extract/child_process.h"
#include "extract/document_wire.h"
#include "extract/extract.h"

namespace fundstelle {
namespace {

std::string signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name == nullptr ? "signal " + std::to_string(number) : std::string("SIG") + name;
}

/// Reads until the child closes its end. False if it sent more than allowed.
bool drain(int fd, std::uint64_t limit, std::chrono::milliseconds patience, std::string& out) {
  std::array<char, 65'536> chunk;
  const auto deadline = Clock::now() + patience;
  for (;;) {
    pollfd watched{fd, POLLIN, 0};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const int ready = left <= 0 ? 0 : poll(&watched, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return true;
    const ssize_t n = read(fd, chunk.data(), chunk.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return true;
    if (out.size() + static_cast<std::size_t>(n) > limit) return false;
    out.append(chunk.data(), static_cast<std::size_t>(n));
  }
}

std::optional<Extraction> take_frame(std::string_view& bytes) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) return std::nullopt;
  std::memcpy(&length, bytes.data(), sizeof length);
  bytes.remove_prefix(sizeof length);
  if (bytes.size() < length) return std::nullopt;
  auto result = from_wire(bytes.substr(0, length));
  bytes.remove_prefix(length);
  return result;
}

/// Names the end of a child that gave no result.
void explain(const ChildEnd& end, const ExtractLimits& limits, Extraction& result) {
  result.state = ExtractState::kCrashed;
  const std::string_view words(end.last_words);
  switch (end.reason) {
    case ChildEnd::kWallTime:
      result.state = ExtractState::kLimit;
      result.message = "wall time limit of " + std::to_string(limits.wall.count() / 1000) +
                       " s; the file may be a bomb";
      return;
    case ChildEnd::kNotStarted:
      result.message = std::string("no child could be started: ") + std::strerror(end.code);
      return;
    case ChildEnd::kSignal:
      if (end.code == SIGXCPU || end.code == SIGKILL) {
        result.state = ExtractState::kLimit;
        result.message = end.code == SIGXCPU
                             ? "CPU time limit of " + std::to_string(limits.cpu_seconds) +
                                   " s; the file may be a bomb"
                             : "killed by the system, probably out of memory";
      } else if (words.find("memory") != std::string_view::npos ||
                 words.find("bad_alloc") != std::string_view::npos) {
        result.state = ExtractState::kLimit;
        result.message = "memory limit of " + mebibytes(limits.memory_bytes);
      } else {
        result.message = "reading it ended with " + signal_name(end.code);
      }
      return;
    default:
      if (end.code == 3) {
        result.state = ExtractState::kLimit;
        result.message = "memory limit of " + mebibytes(limits.memory_bytes);
      } else {
        result.message = "reading it ended early with exit status " + std::to_string(end.code);
      }
  }
  if (!words.empty()) result.message += " (" + std::string(words.substr(0, words.find('\n'))) + ")";
}

/// A zygote with one set of limits, and how to ask it.
class Helper {
 public:
  Helper(ExtractLimits limits, const ExtractOptions& options) : limits_(limits) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
      throw std::runtime_error(std::string("cannot start extraction: ") + std::strerror(errno));
    }
    control_ = Descriptor(ends[0]);
    const Descriptor theirs(ends[1]);
    zygote_ = fork();
    if (zygote_ < 0) {
      throw std::runtime_error(std::string("cannot start extraction: ") + std::strerror(errno));
    }
    if (zygote_ == 0) run_zygote(theirs.get(), limits_, options);
  }
  ~Helper() {
    control_.reset();
    int status = 0;
    while (waitpid(zygote_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  Helper(const Helper&) = delete;
  Helper& operator=(const Helper&) = delete;

  [[nodiscard]] Extraction extract(const std::filesystem::path& file);

 private:
  ExtractLimits limits_;
  Descriptor control_;
  pid_t zygote_ = -1;
};

Extraction Helper::extract(const std::filesystem::path& file) {
  Extraction result;
  const auto begin = Clock::now();
  const auto finish = [&](ExtractState state, std::string message) {
    result.state = state;
    result.message = std::move(message);
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return std::move(result);
  };
  // Not blocking: a FIFO would wait for its other end for ever.
  Descriptor source(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!source.open() || fstat(source.get(), &status) != 0) {
    return finish(ExtractState::kBroken, std::string("cannot open: ") + std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) return finish(ExtractState::kBroken, "not a regular file");
  result.document.source.bytes = static_cast<std::uint64_t>(status.st_size);

  auto answer = make_pipe();
  auto end_pipe = make_pipe();
  if (!answer || !end_pipe) {
    return finish(ExtractState::kCrashed, std::string("no pipe: ") + std::strerror(errno));
  }
  {
    std::string name = file.filename().string();
    if (name.empty()) name = " ";  // an empty packet would read as the end
    name.resize(std::min<std::size_t>(name.size(), 4096));
    const std::array<int, 3> fds{source.get(), answer->write.get(), end_pipe->write.get()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof fds)> space{};
    iovec io{name.data(), name.size()};
    msghdr message{};
    message.msg_iov = &io;
    message.msg_iovlen = 1;
    message.msg_control = space.data();
    message.msg_controllen = space.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fds);
    std::memcpy(CMSG_DATA(header), fds.data(), sizeof fds);
    ssize_t sent = 0;
    while ((sent = sendmsg(control_.get(), &message, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
    }
    if (sent < 0) {
      return finish(ExtractState::kCrashed, "the extraction process is gone; start again");
    }
  }
  answer->write.reset();
  end_pipe->write.reset();
  source.reset();

  // The zygote keeps the time; the extra seconds only matter if it is gone or stuck itself.
  const auto patience = limits_.wall + std::chrono::seconds(15);
  std::string bytes;
  const bool within = drain(answer->read.get(), limits_.output_bytes, patience, bytes);
  answer->read.reset();  // a child that still writes ends with SIGPIPE
  std::string end_bytes;
  drain(end_pipe->read.get(), sizeof(ChildEnd), patience, end_bytes);

  std::string_view rest = bytes;
  if (auto known = take_frame(rest)) result = std::move(*known);
  if (!within) {
    return finish(ExtractState::kLimit, "output limit of " + mebibytes(limits_.output_bytes));
  }
  if (auto complete = take_frame(rest)) {
    result = std::move(*complete);
    return finish(result.state, std::move(result.message));
  }
  ChildEnd end;
  if (end_bytes.size() != sizeof end) {
    return finish(ExtractState::kCrashed, "the extraction process is gone; start again");
  }
  std::memcpy(&end, end_bytes.data(), sizeof end);
  end.last_words[sizeof end.last_words - 1] = '\0';
  explain(end, limits_, result);
  return finish(result.state, std::move(result.message));
}

}  // namespace

ExtractLimits ocr_limits(ExtractLimits limits) {
  limits.cpu_seconds = std::max<std::uint32_t>(limits.cpu_seconds, 1800);
  limits.wall = std::max(limits.wall, std::chrono::milliseconds(3'600'000));
  return limits;
}

struct Extractor::State {
  std::unique_ptr<Helper> reader;
  std::unique_ptr<Helper> recognizer;  ///< with the patience scans need; none without OCR
};

Extractor::Extractor(ExtractLimits limits, ExtractOptions options)
    : state_(std::make_unique<State>()) {
  ExtractOptions plain = options;
  plain.ocr = false;
  state_->reader = std::make_unique<Helper>(limits, plain);
  if (options.ocr) state_->recognizer = std::make_unique<Helper>(ocr_limits(limits), options);
}

Extractor::~Extractor() = default;

Extraction Extractor::extract(const std::filesystem::path& file) {
  Extraction result = state_->reader->extract(file);
  if (state_->recognizer == nullptr) return result;
  // Scans, and papers some pages of which are pictures.
  bool pictures = result.state == ExtractState::kNeedsOcr;
  for (const Warning& warning : result.document.warnings)
    pictures = pictures || warning.code == "pages_without_text";
  if (!pictures) return result;
  Extraction recognized = state_->recognizer->extract(file);
  recognized.seconds += result.seconds;
  // If recognition fails, what was read without it stands.
  if (result.state == ExtractState::kOk && recognized.state != ExtractState::kOk) return result;
  return recognized;
}

}  // namespace fundstelle
