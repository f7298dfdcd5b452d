// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sorts more lines than fit in memory: sorted parts go to temporary files and are merged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "research/text_output.h"

namespace fundstelle::research {

class ExternalSort {
 public:
  /// Holds about `memory` bytes; temporary files lie in a folder of their own below `temporary`
  /// and go with the object. Throws ResearchError if they cannot be written.
  ExternalSort(std::size_t memory, const std::filesystem::path& temporary);
  ~ExternalSort();
  ExternalSort(const ExternalSort&) = delete;
  ExternalSort& operator=(const ExternalSort&) = delete;

  /// Lines of equal keys keep the order in which they came.
  void add(std::string_view key, std::string_view line);
  /// Gives every line by key (bytes compared). Called once, at the end.
  void each(const Sink& take);
  [[nodiscard]] std::size_t parts() const { return parts_.size(); }

 private:
  struct Entry {
    std::size_t key_begin, key_end, line_end;
  };
  void spill();
  void merge(const Sink& take, bool with_keys);
  [[nodiscard]] std::filesystem::path new_part();

  std::size_t memory_;
  std::filesystem::path folder_, base_;
  std::string bytes_;
  std::vector<Entry> entries_;
  std::vector<std::filesystem::path> parts_;
  std::size_t made_ = 0;
};

}  // namespace fundstelle::research
