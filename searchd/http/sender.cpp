// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/sender.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <system_error>
#include <utility>

namespace fundstelle::http {

namespace {

/// Made and not yet sent, of one connection.
constexpr std::size_t kMostAnswers = 64;

int opened(int descriptor) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "sending answers");
  return descriptor;
}

/// Told once, then silent until asked again.
bool watch(int poll, int how, int socket, Outgoing* outgoing) {
  epoll_event event{};
  event.events = (outgoing != nullptr ? EPOLLOUT : EPOLLIN) | EPOLLONESHOT;
  event.data.ptr = outgoing;
  return epoll_ctl(poll, how, socket, &event) == 0;
}

}  // namespace

Outgoing::Outgoing(int socket) : socket_(::fcntl(socket, F_DUPFD_CLOEXEC, 0)) {}

Outgoing::~Outgoing() {
  if (socket_ >= 0) ::close(socket_);
}

std::uint64_t Outgoing::turn() { return turns_++; }

void Outgoing::finish() const { ::shutdown(socket_, SHUT_WR); }

void Outgoing::end() const { ::shutdown(socket_, SHUT_RDWR); }

bool Outgoing::advance(std::deque<std::pair<Sent, bool>>& gone) {
  if (over_) drop(gone);
  for (auto first = answers_.begin(); first != answers_.end() && first->first == next_;
       first = answers_.begin()) {
    Answer& answer = first->second;
    const std::size_t head = answer.head.size(), body = answer.body ? answer.body->size() : 0;
    std::array<iovec, 2> pieces{};
    msghdr message{};
    message.msg_iov = pieces.data();
    const auto add = [&](const std::string& bytes, std::size_t from) {
      // The kernel reads only.
      pieces[message.msg_iovlen++] = {const_cast<char*>(bytes.data()) + from, bytes.size() - from};
    };
    if (left_ < head) add(answer.head, left_);
    if (body > 0) add(*answer.body, std::max(left_, head) - head);
    const ssize_t n = ::sendmsg(socket_, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n >= 0) {
      left_ += static_cast<std::size_t>(n);
      if (left_ < head + body) continue;
      gone.emplace_back(std::move(answer.sent), true);
      answers_.erase(first);
      left_ = 0;
      ++next_;
      waits_since_ = 0;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (waits_since_ == 0) {
        waits_since_ = std::chrono::steady_clock::now().time_since_epoch().count();
      }
      return false;
    } else if (errno != EINTR) {
      drop(gone);
    }
  }
  return true;
}

void Outgoing::drop(std::deque<std::pair<Sent, bool>>& gone) {
  over_ = true;
  end();
  for (auto& [turn, answer] : answers_) gone.emplace_back(std::move(answer.sent), false);
  answers_.clear();
  left_ = 0;
}

Sender::Sender()
    : poll_(opened(epoll_create1(EPOLL_CLOEXEC))),
      wake_(opened(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
  opened(watch(poll_, EPOLL_CTL_ADD, wake_, nullptr) ? 0 : -1);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "sender");
}

Sender::~Sender() {
  const std::uint64_t one = 1;
  (void)!::write(wake_, &one, sizeof one);
  thread_.join();
  for (const auto& [key, outgoing] : waiting_) {
    std::deque<std::pair<Sent, bool>> gone;
    {
      const std::lock_guard lock(outgoing->mutex_);
      outgoing->drop(gone);
    }
    for (auto& [sent, left] : gone) sent(left);
  }
  ::close(wake_);
  ::close(poll_);
}

void Sender::send(const std::shared_ptr<Outgoing>& outgoing, std::uint64_t turn, std::string head,
                  std::shared_ptr<const std::string> body, Sent sent) {
  std::deque<std::pair<Sent, bool>> gone;
  {
    const std::lock_guard lock(outgoing->mutex_);
    outgoing->answers_.emplace(turn,
                               Outgoing::Answer{std::move(head), std::move(body), std::move(sent)});
    if (outgoing->answers_.size() > kMostAnswers) {
      outgoing->drop(gone);
    } else if (!outgoing->waits_ && !outgoing->advance(gone)) {
      const std::lock_guard own(mutex_);
      waiting_.emplace(outgoing.get(), outgoing);
      outgoing->waits_ = watch(poll_, EPOLL_CTL_ADD, outgoing->socket_, outgoing.get());
      if (!outgoing->waits_) {
        waiting_.erase(outgoing.get());
        outgoing->drop(gone);
      }
    }
  }
  for (auto& [done, left] : gone) done(left);
}

void Sender::run() {
  std::array<epoll_event, 64> events{};
  while (true) {
    const int count = epoll_wait(poll_, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      if (events[i].data.ptr == nullptr) return;
      go_on(static_cast<Outgoing*>(events[i].data.ptr));
    }
  }
}

void Sender::go_on(Outgoing* ready) {
  std::shared_ptr<Outgoing> outgoing;
  {
    const std::lock_guard own(mutex_);
    outgoing = waiting_.at(ready);
  }
  std::deque<std::pair<Sent, bool>> gone;
  {
    const std::lock_guard lock(outgoing->mutex_);
    bool over = outgoing->advance(gone);
    if (!over && !watch(poll_, EPOLL_CTL_MOD, outgoing->socket_, ready)) {
      outgoing->drop(gone);
      over = true;
    }
    if (over) {
      epoll_ctl(poll_, EPOLL_CTL_DEL, outgoing->socket_, nullptr);
      outgoing->waits_ = false;
      const std::lock_guard own(mutex_);
      waiting_.erase(ready);
    }
  }
  for (auto& [sent, left] : gone) sent(left);
}

}  // namespace fundstelle::http
