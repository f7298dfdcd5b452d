// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sends answers. Pistache 0.0.5 tries again and again, in its only thread, while a connection takes
// no more bytes (its issue 949): one client that does not read would keep all others waiting.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace fundstelle::http {

/// Called once, from any thread: true when the last byte of an answer is with the kernel, false if
/// it never will be.
using Sent = std::function<void(bool left)>;

/// One connection's way out: its answers leave in the order of their turns, whichever is made
/// first. Holds a descriptor of its own, so that what is still to be sent can never reach another
/// connection that got the number of the first.
class Outgoing {
 public:
  explicit Outgoing(int socket);
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;
  ~Outgoing();

  /// Of the next answer.
  [[nodiscard]] std::uint64_t turn();

  /// Since when the client has not taken the first answer that waits for it; 0: none waits.
  [[nodiscard]] std::int64_t waits_since() const { return waits_since_; }
  void finish() const;  ///< no answer follows; the client may go on sending, nobody listens
  void end() const;     ///< what has not left is dropped

 private:
  friend class Sender;
  struct Answer {
    std::string head;
    std::shared_ptr<const std::string> body;  ///< may be null
    Sent sent;
  };
  /// Sends what the connection takes. False if it takes no more now; `gone` gets what ended.
  bool advance(std::deque<std::pair<Sent, bool>>& gone);
  void drop(std::deque<std::pair<Sent, bool>>& gone);

  const int socket_;
  std::mutex mutex_;
  std::atomic<std::uint64_t> turns_{0};
  std::uint64_t next_ = 0;  ///< whose turn it is
  std::map<std::uint64_t, Answer> answers_;
  std::size_t left_ = 0;                      ///< bytes of the first answer that have left
  std::atomic<std::int64_t> waits_since_{0};  ///< ticks of the steady clock
  bool over_ = false;                         ///< nothing can be sent any more
  bool waits_ = false;                        ///< Sender watches for room
};

/// Sends at once what a connection takes; one thread sends the rest as room comes.
class Sender {
 public:
  Sender();  ///< throws std::system_error
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  ~Sender();  ///< drops what has not left

  /// From any thread; never blocks. Every turn taken must be used: those behind it wait. Whoever
  /// asks for ever more answers and reads none of them is cut off. The body is not copied; null:
  /// there is none.
  void send(const std::shared_ptr<Outgoing>& outgoing, std::uint64_t turn, std::string head,
            std::shared_ptr<const std::string> body, Sent sent);

 private:
  void run();
  void go_on(Outgoing* ready);

  const int poll_, wake_;
  std::mutex mutex_;
  std::map<Outgoing*, std::shared_ptr<Outgoing>> waiting_;
  std::thread thread_;
};

}  // namespace fundstelle::http
