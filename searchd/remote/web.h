// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET and POST, with patience.
#pragma once

#include <string>

namespace fundstelle::remote {

struct WebAnswer {
  long status = 0;
  std::string body;
};

class Web {
 public:
  explicit Web(std::string base);
  /// `body` empty: GET. Any status but 429 and 503, these after the last try only. Throws
  /// research::SourceError if nobody answers.
  [[nodiscard]] WebAnswer ask(const std::string& address, const std::string& body = {},
                              const std::string& type = {}) const;
  [[nodiscard]] const std::string& base() const { return base_; }

 private:
  std::string base_;
};

}  // namespace fundstelle::remote
