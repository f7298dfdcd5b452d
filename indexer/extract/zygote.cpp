// SPDX-License-Identifier: GPL-3.0-or-later
//
// The zygote: a small process without index or threads that forks the one-shot children, waits for
// them and kills what takes too long.
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "extract/child_process.h"
#include "extract/interpret.h"

namespace fundstelle {
namespace {

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

void start_child(Request request, const ExtractLimits& limits, const ExtractOptions& options,
                 int control, std::vector<RunningChild>& children) {
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
    run_child(request.file.get(), request.result.get(), request.name, limits, options);
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

}  // namespace

void run_zygote(int control, const ExtractLimits& limits, const ExtractOptions& options) {
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
    if (request) start_child(std::move(*request), limits, options, control, children);
  }
  for (const RunningChild& child : children) kill(child.pid, SIGKILL);
  _exit(0);
}

}  // namespace fundstelle
