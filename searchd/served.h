// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program answers from: one index, or a collection in shards. Everything around it (the
// service, metrics, reloading, ending) is the same for both.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/backend.h"

namespace fundstelle {

/// Safe for many threads, but for watch().
class Served {
 public:
  Served() = default;
  virtual ~Served() = default;
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  /// Begins to look for newer revisions.
  virtual void watch() = 0;
  /// "N documents, revision R", or that there is none.
  [[nodiscard]] virtual std::string described() const = 0;
  /// This must outlive it. Questions without a budget of their own get this one.
  [[nodiscard]] virtual std::unique_ptr<http::Backend> backend(
      std::chrono::milliseconds budget) const = 0;

  struct Figures {
    bool open = false;
    bool newer_is_unreadable = false;  ///< the last look failed; an older revision is served
    std::uint64_t swaps = 0, failures = 0;
    double seconds_since_swap = 0;
  };
  [[nodiscard]] virtual Figures figures() const = 0;
  /// Nothing as long as there is no index.
  [[nodiscard]] virtual std::optional<IndexState> state() const = 0;
  [[nodiscard]] virtual std::optional<SearcherStatistics> statistics() const = 0;

  /// One part of a collection; none where there is one index.
  struct Part {
    std::string name;
    bool answers = false;  ///< it is asked, and answered when it was last
    std::uint64_t documents = 0;
  };
  [[nodiscard]] virtual std::vector<Part> parts() const { return {}; }

  /// Of an index folder; `name` is empty where there is one.
  struct Folder {
    std::string name;
    std::filesystem::path dir;
  };
  [[nodiscard]] virtual std::vector<Folder> folders() const = 0;
};

}  // namespace fundstelle
