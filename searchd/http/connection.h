// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a connection may take for what. Pistache counts from the end of its last reading, knows
// nothing of answers made in other threads, and tells their clients 408. Here every phase has a
// clock of its own; Pistache's timer (twice a second) asks for the step a connection is at, and its
// own limits are zero, so that the step's name decides: "request line" cuts with 408, any other is
// left alone.
#pragma once

#include <pistache/http.h>
#include <pistache/peer.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <type_traits>
#include <utility>

#include "http/client_address.h"
#include "http/sender.h"

namespace fundstelle::http {

/// How many connections there are, in all and of one address.
class Connections {
 public:
  /// A place that is given back with its last copy; null if there is none.
  [[nodiscard]] std::shared_ptr<void> enter(const AddressBytes& address, std::size_t most,
                                            std::size_t most_of_one) {
    const AddressBytes who = counted_as(address);
    const std::lock_guard lock(mutex_);
    if (all_ >= most) return nullptr;
    std::size_t& of_one = by_address_[who];
    if (of_one >= most_of_one) return nullptr;
    ++of_one;
    ++all_;
    return {this, [who](Connections* connections) { connections->leave(who); }};
  }
  [[nodiscard]] std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  void leave(const AddressBytes& who) {
    const std::lock_guard lock(mutex_);
    --all_;
    const auto found = by_address_.find(who);
    if (--found->second == 0) by_address_.erase(found);
  }

  mutable std::mutex mutex_;
  std::size_t all_ = 0;
  std::map<AddressBytes, std::size_t> by_address_;
};

/// Bytes held for many clients at once, up to a limit.
class Holding {
 public:
  Holding() = default;
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;

  [[nodiscard]] bool take(std::size_t bytes, std::size_t most) {
    if (held_.fetch_add(bytes) + bytes <= most) return true;
    held_ -= bytes;
    return false;
  }
  void give_back(std::size_t bytes) { held_ -= bytes; }
  [[nodiscard]] std::size_t held() const { return held_; }

 private:
  std::atomic<std::size_t> held_{0};
};

struct ConnectionLimits {
  std::chrono::milliseconds head;        ///< from the first byte, or from connecting if none comes
  std::chrono::milliseconds body;        ///< from the end of the head
  std::chrono::milliseconds sending;     ///< of an answer to a client that reads slowly
  std::chrono::milliseconds keep_alive;  ///< from the end of an answer
};

/// One connection's clock. All but answered() is called in the thread of the connections.
class ConnectionClock {
 public:
  using Time = std::chrono::steady_clock::time_point;

  ConnectionClock(const ConnectionLimits& limits, std::weak_ptr<Pistache::Tcp::Peer> peer,
                  std::shared_ptr<const Outgoing> outgoing)
      : limits_(limits), peer_(std::move(peer)), outgoing_(std::move(outgoing)) {}

  void bytes_came(bool in_body) {
    const Phase phase = in_body ? Phase::kBody : Phase::kHead;
    if (phase == phase_) return;
    phase_ = phase;
    since_ = now();
  }
  /// A request is complete (or refused): no limit applies until answered().
  void request_complete() {
    phase_ = Phase::kWaiting;
    ++answering_;
  }
  /// It has left, or never will. From any thread.
  void answered() {
    answered_at_ = now().time_since_epoch().count();
    --answering_;
  }

  /// What Pistache's timer shall do: true to tell 408 and close. A connection on which nothing is
  /// being said is closed without a word.
  bool tell_timeout() {
    if (answering_ > 0) {
      const Time::rep waits = outgoing_ ? outgoing_->waits_since() : 0;
      if (waits != 0 && now() - Time(Time::duration(waits)) > limits_.sending) close();
      return false;
    }
    const auto passed = now() - std::max(since_, Time(Time::duration(answered_at_)));
    switch (phase_) {
      case Phase::kHead:
        return passed > limits_.head;
      case Phase::kBody:
        return passed > limits_.body;
      case Phase::kNew:
        if (passed > limits_.head) close();
        return false;
      case Phase::kWaiting:
        if (passed > limits_.keep_alive) close();
        return false;
    }
    return false;
  }

 private:
  enum class Phase { kNew, kHead, kBody, kWaiting };
  static Time now() { return std::chrono::steady_clock::now(); }
  /// Idle is for Pistache what may be closed at its next look.
  void close() const {
    if (const auto peer = peer_.lock()) peer->setIdle(true);
  }

  const ConnectionLimits limits_;
  const std::weak_ptr<Pistache::Tcp::Peer> peer_;
  const std::shared_ptr<const Outgoing> outgoing_;
  Phase phase_ = Phase::kNew;
  Time since_ = now();
  std::atomic<int> answering_{0};
  std::atomic<Time::rep> answered_at_{0};
};

/// Whether everybody who reads this head (request line and fields, each with its line end) sees the
/// same fields and the same length of the body. Pistache takes the first of several lengths, and
/// one that is no number as 0: what a proxy before us takes for a body would be a request of its
/// own (RFC 9112, 2.2, 5.1, 5.2, 6.3 and 11.2).
[[nodiscard]] inline bool is_unambiguous(std::string_view head) {
  constexpr std::string_view kLength = "content-length";
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string_view length;
  for (bool first = true; !head.empty(); first = false) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    // Some end a line here.
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) return false;
    if (first || line.empty()) continue;
    // Neither a line that goes on nor a blank before the colon.
    const std::string_view name = line.substr(0, line.find(':'));
    if (name.empty() || name.find_first_of(" \t\v\f") != std::string_view::npos) return false;
    if (!std::equal(name.begin(), name.end(), kLength.begin(), kLength.end(),
                    [lower](char one, char other) { return lower(one) == other; })) {
      continue;
    }
    std::string_view value = line.substr(std::min(line.size(), name.size() + 1));
    value.remove_prefix(std::min(value.size(), value.find_first_not_of(" \t")));
    value = value.substr(0, value.find_last_not_of(" \t") + 1);
    if (value.empty() || !std::all_of(value.begin(), value.end(), digit)) return false;
    if (!length.empty() && value != length) return false;
    length = value;
  }
  return true;
}

/// Reads requests with Pistache's steps, whose names the clock decides.
class RequestReader : public Pistache::Http::Private::ParserImpl<Pistache::Http::Request> {
 public:
  /// `place` is kept as long as the connection. `held` counts what has been read.
  RequestReader(std::size_t request_bytes, const std::shared_ptr<ConnectionClock>& clock,
                const AddressBytes& other_end, std::shared_ptr<void> place, Holding& held)
      : ParserImpl(request_bytes),
        address(other_end),
        clock_(clock),
        place_(std::move(place)),
        held_(held) {
    namespace Steps = Pistache::Http::Private;
    allSteps[0] = std::make_unique<Clocked<Steps::RequestLineStep>>(&request, *this);
    allSteps[1] = std::make_unique<Clocked<Steps::HeadersStep>>(&request, *this);
    allSteps[2] = std::make_unique<Clocked<Steps::BodyStep>>(&request, *this);
  }

  ~RequestReader() override {
    held_.give_back(bytes_);
    if (outgoing) outgoing->end();  // nobody would tell it that its time is over
  }

  /// False: all connections together hold `most` bytes already.
  [[nodiscard]] bool make_room(std::size_t bytes, std::size_t most) {
    if (!held_.take(bytes, most)) return false;
    bytes_ += bytes;
    return true;
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }  ///< of the request being read
  /// Of what was fed last: bytes behind the request that is complete.
  [[nodiscard]] std::size_t behind() const { return behind_; }
  /// Forgets what has been read, also what lies behind().
  void begin_next() {
    reset();
    behind_ = 0;
    held_.give_back(std::exchange(bytes_, 0));
  }

  [[nodiscard]] bool in_body() const { return currentStep == 2; }
  [[nodiscard]] const std::shared_ptr<ConnectionClock>& clock() const { return clock_; }

  const AddressBytes address;          ///< of the other end
  std::shared_ptr<Outgoing> outgoing;  ///< null: the connection was refused
  bool refused = false;                ///< nothing more is read: one could not be, or was the last

 private:
  template <typename Step>
  class Clocked : public Step {
   public:
    template <typename Message>
    Clocked(Message* request, RequestReader& reader) : Step(request), reader_(reader) {}
    [[nodiscard]] Pistache::Http::Private::StepId id() const override {
      return reader_.clock_->tell_timeout() ? Pistache::Http::Private::RequestLineStep::Id : 0;
    }
    Pistache::Http::Private::State apply(Pistache::StreamCursor& cursor) override {
      const auto state = Step::apply(cursor);
      if constexpr (std::is_same_v<Step, Pistache::Http::Private::HeadersStep>) {
        if (state == Pistache::Http::Private::State::Next) {
          const auto* bytes = cursor.buf;
          if (!is_unambiguous({bytes->begptr(), bytes->position()})) {
            throw Pistache::Http::HttpError(Pistache::Http::Code::Bad_Request,
                                            "Ambiguous request head");
          }
        }
      }
      reader_.behind_ = cursor.remaining();
      return state;
    }

   private:
    RequestReader& reader_;
  };

  const std::shared_ptr<ConnectionClock> clock_;
  const std::shared_ptr<void> place_;
  Holding& held_;
  std::size_t bytes_ = 0, behind_ = 0;
};

}  // namespace fundstelle::http
