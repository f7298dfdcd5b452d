// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which address gives what. Knows nothing of sockets: a request in, a response out.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/assets.h"
#include "http/backend.h"
#include "http/message.h"
#include "present/pages/pages.h"
#include "present/problem.h"

namespace fundstelle::http {

struct ServiceLimits {
  std::uint64_t answer_bytes = 32U << 20;  ///< of an original or a document
  int big_answers = 2;                     ///< originals and documents above 1 MiB at once
  int batches = 1;                         ///< POST /api/v1/batch being answered at once
  std::size_t request_bytes = 640U << 10;  ///< as ServerOptions has it; told, not kept, here
};

class Service {
 public:
  /// All three must outlive the service.
  Service(const Backend& backend, const present::Pages& pages, const Assets& assets,
          ServiceLimits limits = {});
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Never throws: what goes wrong becomes an error response. Safe for many threads.
  [[nodiscard]] Response answer(const Request& request) const noexcept;

  /// True for addresses answered from memory in microseconds (assets, /healthz): these need no
  /// place in the queue, and must work while it is full.
  [[nodiscard]] bool is_immediate(const std::string& path) const noexcept;

  /// Every address there is, as patterns ("/dokument/{}"; "{}" stands for one part).
  struct Address {
    std::string_view pattern;
    bool gets = true, posts = false;
  };
  [[nodiscard]] static std::vector<Address> addresses();

  /// Pattern of the address as in our table, for counting; "unknown" if there is none.
  [[nodiscard]] std::string_view route_name(const std::string& path) const noexcept;

  /// An error in the form the address calls for: problem JSON or a page.
  [[nodiscard]] Response problem(const Request& request, const Problem& problem) const noexcept;

  /// /readyz answers 503 from now on, so that a proxy sends nothing more.
  void start_draining() { draining_ = true; }

 private:
  struct Routes;
  const Backend& backend_;
  const present::Pages& pages_;
  const Assets& assets_;
  const ServiceLimits limits_;
  std::atomic<bool> draining_{false};
  std::shared_ptr<std::atomic<int>> big_answers_, batches_;
  /// Searches the start page offers: a dozen are run to find them, once a revision.
  struct Examples {
    std::mutex mutex;
    std::string revision;
    std::vector<present::Example> list;
  };
  mutable Examples examples_;
  std::shared_ptr<const std::string> openapi_;
  std::string site_mark_;  ///< of the configured site, for ETags
};

/// One line about a failure nobody foresaw; set once before serving. Default: nowhere.
using FailureLog = void (*)(const std::string& line);
void set_failure_log(FailureLog log);

}  // namespace fundstelle::http
