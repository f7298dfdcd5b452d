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
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

#include "extract/confine.h"
#include "extract/document_wire.h"
#include "extract/extract.h"
#include "extract/interpret.h"

namespace fundstelle {
namespace {

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

std::optional<Pipe> make_pipe() {
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

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool write_frame(int fd, std::string_view payload) {
  const std::uint64_t length = payload.size();
  return write_all(fd, {reinterpret_cast<const char*>(&length), sizeof length}) &&
         write_all(fd, payload);
}

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

// ---------------------------------------------------------------------------------------- the
// child

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

[[noreturn]] void run_child(int file, int result, const std::string& name,
                            const ExtractLimits& limits) {
  limit_child(limits);
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
    _exit(write_frame(result, to_wire(extract_bytes(bytes, name))) ? 0 : 4);
  } catch (...) {
    _exit(3);  // out of memory outside the readers
  }
}

// ---------------------------------------------------------------------------------------- the
// zygote

volatile sig_atomic_t child_ended = 0;
void on_child_end(int) { child_ended = 1; }

struct RunningChild {
  pid_t pid = 0;
  Clock::time_point deadline;
  bool overdue = false;
  Descriptor end;         ///< where the caller waits for the ChildEnd
  Descriptor last_words;  ///< its stderr, in memory
};

struct Request {
  std::string name;
  Descriptor file, result, end;
};

/// False at the end of the caller's process.
bool receive(int control, std::optional<Request>& request) {
  std::array<char, 4096> name{};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(3 * sizeof(int))> space{};
  iovec io{name.data(), name.size()};
  msghdr message{};
  message.msg_iov = &io;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  const ssize_t n = recvmsg(control, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN(3 * sizeof(int))) {
    return n != 0;
  }
  std::array<int, 3> fds{};
  std::memcpy(fds.data(), CMSG_DATA(header), sizeof fds);
  request.emplace();
  request->name.assign(name.data(), static_cast<std::size_t>(n));
  request->file = Descriptor(fds[0]);
  request->result = Descriptor(fds[1]);
  request->end = Descriptor(fds[2]);
  return true;
}

void tell_end(const RunningChild& child, ChildEnd end) {
  if (child.last_words.open()) {
    const ssize_t n = pread(child.last_words.get(), end.last_words, sizeof end.last_words - 1, 0);
    end.last_words[std::max<ssize_t>(n, 0)] = '\0';
  }
  write_all(child.end.get(), {reinterpret_cast<const char*>(&end), sizeof end});
}

void start_child(Request request, const ExtractLimits& limits, int control,
                 std::vector<RunningChild>& children) {
  RunningChild child;
  child.end = std::move(request.end);
  child.last_words = Descriptor(memfd_create("last-words", MFD_CLOEXEC));
  child.deadline = Clock::now() + limits.wall;
  child.pid = fork();
  if (child.pid < 0) {
    tell_end(child, {ChildEnd::kNotStarted, errno, {}});
    return;
  }
  if (child.pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGCHLD, SIG_DFL);
    if (child.last_words.open()) dup2(child.last_words.get(), STDERR_FILENO);
    close(control);
    child.end.reset();
    for (RunningChild& other : children) {
      other.end.reset();
      other.last_words.reset();
    }
    run_child(request.file.get(), request.result.get(), request.name, limits);
  }
  children.push_back(std::move(child));
}

void reap(std::vector<RunningChild>& children) {
  for (;;) {
    int status = 0;
    const pid_t pid = waitpid(-1, &status, WNOHANG);
    if (pid <= 0) return;
    const auto found = std::find_if(children.begin(), children.end(),
                                    [pid](const RunningChild& c) { return c.pid == pid; });
    if (found == children.end()) continue;
    ChildEnd end;
    if (found->overdue) {
      end.reason = ChildEnd::kWallTime;
    } else if (WIFSIGNALED(status)) {
      end.reason = ChildEnd::kSignal;
      end.code = WTERMSIG(status);
    } else {
      end.code = WEXITSTATUS(status);
    }
    tell_end(*found, end);
    children.erase(found);
  }
}

/// First use of libraries and tables costs time; done here once, every child inherits it.
void warm_up() {
  warm_up_interpretation();
  static_cast<void>(extract_bytes("<html><body><p>Kleine Anfrage</p></body></html>", ""));
  static_cast<void>(extract_bytes("Antwort\n\nDrucksache 1/1\n\n1. Frage?\n", ""));
}

[[noreturn]] void run_zygote(int control, const ExtractLimits& limits) {
  // Nothing of the caller's may live on in here: other zygotes' sockets, logs, terminals.
  dup2(control, 3);
  control = 3;
  syscall(SYS_close_range, 4U, ~0U, 0U);
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd < 3 && null >= 0; ++fd) dup2(null, fd);
  fcntl(control, F_SETFD, FD_CLOEXEC);
  // Ctrl-C reaches the whole foreground group; the caller decides when to stop, by closing its end.
  for (const int ignored : {SIGINT, SIGQUIT, SIGHUP, SIGPIPE}) signal(ignored, SIG_IGN);
  signal(SIGTERM, SIG_DFL);
  prctl(PR_SET_NAME, "fundstelle-zyg");
  sigset_t blocked;
  sigset_t none;
  sigemptyset(&none);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGCHLD);
  sigprocmask(SIG_BLOCK, &blocked, nullptr);
  struct sigaction action {};
  action.sa_handler = on_child_end;
  sigaction(SIGCHLD, &action, nullptr);
  warm_up();

  std::vector<RunningChild> children;
  for (;;) {
    timespec timeout{};
    const timespec* wait = nullptr;
    if (!children.empty()) {
      const auto next = std::min_element(children.begin(), children.end(),
                                         [](const RunningChild& a, const RunningChild& b) {
                                           return a.deadline < b.deadline;
                                         })
                            ->deadline;
      const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(
          std::max(next - Clock::now(), Clock::duration::zero()));
      timeout.tv_sec = left.count() / 1'000'000'000;
      timeout.tv_nsec = left.count() % 1'000'000'000;
      wait = &timeout;
    }
    pollfd watched{control, POLLIN, 0};
    const int ready = ppoll(&watched, 1, wait, &none);
    if (child_ended != 0) {
      child_ended = 0;
      reap(children);
    }
    const auto now = Clock::now();
    for (RunningChild& child : children) {
      if (child.deadline > now) continue;
      child.overdue = true;
      child.deadline = now + std::chrono::hours(1);  // it dies at once; do not spin until then
      kill(child.pid, SIGKILL);
    }
    if (ready <= 0) continue;
    std::optional<Request> request;
    if (!receive(control, request)) break;
    if (request) start_child(std::move(*request), limits, control, children);
  }
  for (const RunningChild& child : children) kill(child.pid, SIGKILL);
  _exit(0);
}

// ---------------------------------------------------------------------------------------- the
// caller

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

}  // namespace

struct Extractor::State {
  ExtractLimits limits;
  Descriptor control;
  pid_t zygote = -1;
};

Extractor::Extractor(ExtractLimits limits) : state_(std::make_unique<State>()) {
  state_->limits = limits;
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::runtime_error(std::string("cannot start extraction: ") + std::strerror(errno));
  }
  state_->control = Descriptor(ends[0]);
  const Descriptor theirs(ends[1]);
  state_->zygote = fork();
  if (state_->zygote < 0) {
    throw std::runtime_error(std::string("cannot start extraction: ") + std::strerror(errno));
  }
  if (state_->zygote == 0) run_zygote(theirs.get(), limits);
}

Extractor::~Extractor() {
  state_->control.reset();
  int status = 0;
  while (waitpid(state_->zygote, &status, 0) < 0 && errno == EINTR) {
  }
}

Extraction Extractor::extract(const std::filesystem::path& file) {
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
    while ((sent = sendmsg(state_->control.get(), &message, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
    }
    if (sent < 0) {
      return finish(ExtractState::kCrashed, "the extraction process is gone; start again");
    }
  }
  answer->write.reset();
  end_pipe->write.reset();
  source.reset();

  // The zygote keeps the time; the extra seconds only matter if it is gone or stuck itself.
  const auto patience = state_->limits.wall + std::chrono::seconds(15);
  std::string bytes;
  const bool within = drain(answer->read.get(), state_->limits.output_bytes, patience, bytes);
  answer->read.reset();  // a child that still writes ends with SIGPIPE
  std::string end_bytes;
  drain(end_pipe->read.get(), sizeof(ChildEnd), patience, end_bytes);

  std::string_view rest = bytes;
  if (auto known = take_frame(rest)) result = std::move(*known);
  if (!within) {
    return finish(ExtractState::kLimit,
                  "output limit of " + mebibytes(state_->limits.output_bytes));
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
  explain(end, state_->limits, result);
  return finish(result.state, std::move(result.message));
}

}  // namespace fundstelle
