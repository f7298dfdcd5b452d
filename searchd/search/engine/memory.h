// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the process holds of memory beside what it uses: pages of mapped files it once read, and
// freed memory the allocator keeps.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace fundstelle::search {

class Snapshot;

/// Gives up the pages of text.bin this process has mapped, if the files it has mapped take more
/// than a bound. They stay in the file cache of the system. To be called whenever much was read.
void give_up_mapped(const Snapshot& snapshot);

/// Safe for many threads.
class MemoryKeeper {
 public:
  /// To be called with each query; looks only now and then. Gives up mapped pages, and what the
  /// allocator holds once the process has grown by as much again.
  void at_query(const Snapshot& snapshot);
  /// Freed memory goes back to the system now: a revision has been opened or dropped.
  void give_back();

 private:
  std::atomic<std::uint32_t> queries_{0};
  std::atomic<std::size_t> least_own_{0};  ///< bytes of the process after the last give_back()
};

}  // namespace fundstelle::search
