// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/external_sort.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <queue>

#include "research/evaluation.h"

namespace fundstelle::research {
namespace {

constexpr std::size_t kMostParts = 64;  ///< open at a time; more are merged into one

void put(std::ofstream& out, std::string_view key, std::string_view line) {
  const std::uint32_t sizes[] = {static_cast<std::uint32_t>(key.size()),
                                 static_cast<std::uint32_t>(line.size())};
  out.write(reinterpret_cast<const char*>(sizes), sizeof sizes);
  out.write(key.data(), static_cast<std::streamsize>(key.size()));
  out.write(line.data(), static_cast<std::streamsize>(line.size()));
}

/// A part being read, at its next line.
struct PartReader {
  std::ifstream in;
  std::string key, line;

  bool next() {
    std::uint32_t sizes[2];
    if (!in.read(reinterpret_cast<char*>(sizes), sizeof sizes)) return false;
    key.resize(sizes[0]);
    line.resize(sizes[1]);
    in.read(key.data(), sizes[0]);
    in.read(line.data(), sizes[1]);
    if (!in) throw ResearchError("a temporary file of the sort is cut short; is the disk full?");
    return true;
  }
};

}  // namespace

ExternalSort::ExternalSort(std::size_t memory, const std::filesystem::path& temporary)
    : memory_(std::max<std::size_t>(memory, 4096)), base_(temporary) {}

ExternalSort::~ExternalSort() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void ExternalSort::add(std::string_view key, std::string_view line) {
  const std::size_t begin = bytes_.size();
  bytes_ += key;
  const std::size_t middle = bytes_.size();
  bytes_ += line;
  entries_.push_back({begin, middle, bytes_.size()});
  if (bytes_.size() + entries_.size() * sizeof(Entry) >= memory_) spill();
}

std::filesystem::path ExternalSort::new_part() {
  if (folder_.empty()) {
    std::string pattern = (base_ / "fundstelle-sort-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      throw ResearchError(base_.string() + ": no temporary folder can be made here: " +
                          std::strerror(errno) + "; set TMPDIR");
    }
    folder_ = pattern;
  }
  return folder_ / std::to_string(made_++);
}

void ExternalSort::spill() {
  std::stable_sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    const std::string_view all = bytes_;
    return all.substr(a.key_begin, a.key_end - a.key_begin) <
           all.substr(b.key_begin, b.key_end - b.key_begin);
  });
  const std::filesystem::path file = new_part();
  std::ofstream out(file, std::ios::binary);
  for (const Entry& entry : entries_) {
    const std::string_view all = bytes_;
    put(out, all.substr(entry.key_begin, entry.key_end - entry.key_begin),
        all.substr(entry.key_end, entry.line_end - entry.key_end));
  }
  out.close();
  if (!out) throw ResearchError(file.string() + ": cannot be written; is the disk full?");
  parts_.push_back(file);
  entries_.clear();
  bytes_.clear();
  if (parts_.size() < kMostParts) return;
  const std::filesystem::path together = new_part();
  std::ofstream merged(together, std::ios::binary);
  merge(
      [&](std::string_view record) {
        merged.write(record.data(), static_cast<std::streamsize>(record.size()));
      },
      true);
  merged.close();
  if (!merged) throw ResearchError(together.string() + ": cannot be written; is the disk full?");
  for (const std::filesystem::path& part : parts_) std::filesystem::remove(part);
  parts_ = {together};
}

void ExternalSort::merge(const Sink& take, bool with_keys) {
  std::vector<std::unique_ptr<PartReader>> readers;
  // Parts hold earlier lines the lower their number: equal keys keep their order.
  const auto later = [&](std::size_t a, std::size_t b) {
    const int order = readers[a]->key.compare(readers[b]->key);
    return order != 0 ? order > 0 : a > b;
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
  for (const std::filesystem::path& part : parts_) {
    auto reader = std::make_unique<PartReader>();
    reader->in.open(part, std::ios::binary);
    readers.push_back(std::move(reader));
    if (readers.back()->next()) queue.push(readers.size() - 1);
  }
  std::string record;
  while (!queue.empty()) {
    const std::size_t first = queue.top();
    queue.pop();
    PartReader& reader = *readers[first];
    if (with_keys) {
      const std::uint32_t sizes[] = {static_cast<std::uint32_t>(reader.key.size()),
                                     static_cast<std::uint32_t>(reader.line.size())};
      record.assign(reinterpret_cast<const char*>(sizes), sizeof sizes);
      record += reader.key;
      record += reader.line;
      take(record);
    } else {
      take(reader.line);
    }
    if (reader.next()) queue.push(first);
  }
}

void ExternalSort::each(const Sink& take) {
  if (!parts_.empty()) {
    if (!entries_.empty()) spill();
    merge(take, false);
    return;
  }
  const std::string_view all = bytes_;
  std::stable_sort(entries_.begin(), entries_.end(), [all](const Entry& a, const Entry& b) {
    return all.substr(a.key_begin, a.key_end - a.key_begin) <
           all.substr(b.key_begin, b.key_end - b.key_begin);
  });
  for (const Entry& entry : entries_) {
    take(all.substr(entry.key_end, entry.line_end - entry.key_end));
  }
}

}  // namespace fundstelle::research
