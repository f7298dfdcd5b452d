// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/memory.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "search/engine/snapshot.h"

namespace fundstelle::search {
namespace {

constexpr std::uint32_t kBetween = 8;  // queries
/// Of the mapped files so much may stay, or so much beside what is no text.
constexpr std::size_t kMostMapped = std::size_t{56} << 20, kMapped = std::size_t{32} << 20;
/// The allocator may hold so much more than after it gave memory back.
constexpr std::size_t kGrowth = std::size_t{24} << 20;

/// What stays mapped when text.bin has been given up: program, columns, vocabulary, other shards.
std::atomic<std::size_t> others_mapped{0};

/// Resident bytes of the process.
struct Resident {
  std::size_t mapped = 0;  ///< of files
  std::size_t own = 0;
};

Resident resident() {
  Resident out;
  char text[128] = {};
  const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return out;
  const ssize_t bytes = read(file, text, sizeof text - 1);
  close(file);
  unsigned long size = 0, all = 0, shared = 0;
  if (bytes <= 0 || std::sscanf(text, "%lu %lu %lu", &size, &all, &shared) != 3) return out;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  out.mapped = shared * page;
  out.own = (all - shared) * page;
  return out;
}

}  // namespace

void give_up_mapped(const Snapshot& snapshot) {
  // A part at a time: all at once would take a query some milliseconds, and those after it to read
  // everything again.
  for (std::uint32_t part = 0; part < schema::TextIndex::kParts; ++part) {
    if (resident().mapped <= std::max(kMostMapped, others_mapped + kMapped)) return;
    for (const Snapshot::Sub& sub : snapshot.subs) sub.text->release_part();
  }
  others_mapped = resident().mapped;
}

void MemoryKeeper::at_query(const Snapshot& snapshot) {
  if (++queries_ % kBetween != 0) return;
  give_up_mapped(snapshot);
  if (resident().own > least_own_ + kGrowth) give_back();
}

void MemoryKeeper::give_back() {
  malloc_trim(0);
  others_mapped = 0;  // with two revisions open it was more; the next look tells
  least_own_ = resident().own;
}

}  // namespace fundstelle::search
