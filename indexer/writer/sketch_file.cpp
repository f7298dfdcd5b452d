// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/sketch_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace fundstelle::writer {
namespace {

constexpr std::uint64_t kMagic = 0x31484354454B5346;  // "FSKETCH1"
constexpr std::size_t kBlockEntries = 64;
constexpr std::size_t kMostBlockBytes = 1 << 20;

struct Head {
  std::uint64_t magic = kMagic;
  std::uint64_t sketches = 0, blocks = 0, keys = 0, gone = 0;  ///< how many
  std::uint64_t table_at = 0, keys_at = 0, gone_at = 0, bytes = 0;
};

std::uint32_t hash_of(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32U); }

void put_id(std::string& out, const std::string& id) {
  out.push_back(static_cast<char>(static_cast<std::uint8_t>(id.size())));
  out += id;
}

bool take_id(std::string_view& rest, std::string& id) {
  if (rest.empty()) return false;
  const std::size_t size = static_cast<std::uint8_t>(rest.front());
  if (rest.size() <= size) return false;
  id.assign(rest.substr(1, size));
  rest.remove_prefix(size + 1);
  return true;
}

/// Calls `use` with every field and its size.
template <typename S, typename Use>
void each_field(S& sketch, Use&& use) {
  for (auto* number : {&sketch.number, &sketch.own, &sketch.body, &sketch.title, &sketch.titled,
                       &sketch.letters}) {
    use(number, sizeof *number);
  }
  use(&sketch.length, sizeof sketch.length);
  use(sketch.least.data(), sizeof sketch.least);
  use(&sketch.rank, sizeof sketch.rank);
}

}  // namespace

void put_sketch(std::string& out, const std::string& id, const Sketch& sketch) {
  put_id(out, id);
  each_field(sketch, [&](const void* from, std::size_t size) {
    out.append(static_cast<const char*>(from), size);
  });
  out.push_back(sketch.matter ? '\1' : '\0');
}

bool take_sketch(std::string_view& rest, std::string& id, Sketch& sketch) {
  if (!take_id(rest, id)) return false;
  bool whole = true;
  each_field(sketch, [&](void* to, std::size_t size) {
    whole = whole && rest.size() >= size;
    if (!whole) return;
    std::memcpy(to, rest.data(), size);
    rest.remove_prefix(size);
  });
  if (!whole || rest.empty()) return false;
  sketch.matter = rest.front() != '\0';
  rest.remove_prefix(1);
  return true;
}

void SketchFile::damaged() const {
  throw std::runtime_error(file_.string() +
                           ": damaged; restore a backup or index into a new folder");
}

SketchFile::SketchFile(const std::filesystem::path& file) : file_(file) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (fd < 0 || fstat(fd, &status) != 0 ||
      static_cast<std::size_t>(status.st_size) < sizeof(Head)) {
    if (fd >= 0) close(fd);
    damaged();
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* const mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  close(fd);
  if (mapped == MAP_FAILED) throw std::runtime_error(file.string() + ": cannot be mapped");
  bytes_ = {static_cast<const char*>(mapped), size};
  try {
    Head head;
    std::memcpy(&head, bytes_.data(), sizeof head);
    if (head.magic != kMagic || head.bytes != size || head.sketches > UINT32_MAX ||
        head.table_at > head.keys_at || head.keys_at > head.gone_at || head.gone_at > size ||
        head.keys_at % alignof(Key) != 0 || head.keys > size / sizeof(Key) ||
        head.keys_at + head.keys * sizeof(Key) > head.gone_at ||
        head.blocks != (head.sketches + kBlockEntries - 1) / kBlockEntries) {
      damaged();
    }
    count_ = static_cast<std::uint32_t>(head.sketches);
    std::string_view table = bytes_.substr(head.table_at, head.keys_at - head.table_at);
    for (std::uint64_t i = 0; i <= head.blocks; ++i) {
      std::uint64_t begin = 0;
      if (table.size() < sizeof begin) damaged();
      std::memcpy(&begin, table.data(), sizeof begin);
      table.remove_prefix(sizeof begin);
      if (begin > head.table_at || (i > 0 && begin < begins_.back())) damaged();
      begins_.push_back(begin);
      if (i < head.blocks && !take_id(table, first_ids_.emplace_back())) damaged();
    }
    keys_ = {reinterpret_cast<const Key*>(bytes_.data() + head.keys_at), head.keys};
    std::string_view rest = bytes_.substr(head.gone_at);
    std::string id;
    for (std::uint64_t i = 0; i < head.gone; ++i) {
      if (!take_id(rest, id)) damaged();
      gone_.insert(gone_.end(), id);
    }
  } catch (...) {
    munmap(mapped, size);
    throw;
  }
}

SketchFile::~SketchFile() { munmap(const_cast<char*>(bytes_.data()), bytes_.size()); }

const SketchFile::Block& SketchFile::block(std::size_t number) const {
  if (number == read_) return last_;
  const std::string_view packed =
      bytes_.substr(begins_[number], begins_[number + 1] - begins_[number]);
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMostBlockBytes)
    damaged();
  std::string raw(size, '\0');
  if (ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size()) != raw.size()) {
    damaged();
  }
  read_ = SIZE_MAX;
  last_.clear();
  std::string_view rest = raw;
  while (!rest.empty()) {
    auto& [id, sketch] = last_.emplace_back();
    if (!take_sketch(rest, id, sketch)) damaged();
  }
  const std::size_t wanted = std::min<std::size_t>(kBlockEntries, count_ - number * kBlockEntries);
  if (last_.size() != wanted) damaged();
  read_ = number;
  return last_;
}

void SketchFile::each(const Take& take) const {
  for (std::size_t i = 0; i < first_ids_.size(); ++i) {
    for (const auto& [id, sketch] : block(i)) take(id, sketch);
  }
}

std::optional<Sketch> SketchFile::find(const std::string& id) const {
  const auto after = std::upper_bound(first_ids_.begin(), first_ids_.end(), id);
  if (after == first_ids_.begin()) return std::nullopt;
  for (const auto& [one, sketch] :
       block(static_cast<std::size_t>(after - first_ids_.begin()) - 1)) {
    if (one == id) return sketch;
  }
  return std::nullopt;
}

void SketchFile::with_key(std::uint64_t key, const Take& take) const {
  const auto less = [](const Key& a, const Key& b) { return a.hash < b.hash; };
  const auto [begin, end] =
      std::equal_range(keys_.begin(), keys_.end(), Key{hash_of(key), 0}, less);
  for (auto it = begin; it != end; ++it) {
    if (it->number >= count_) damaged();
    const auto& [id, sketch] = block(it->number / kBlockEntries)[it->number % kBlockEntries];
    const std::vector<std::uint64_t> keys = keys_of(sketch);
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) take(id, sketch);
  }
}

void SketchFile::write(const std::filesystem::path& file,
                       const std::map<std::string, Sketch>& sketches,
                       const std::set<std::string>& gone) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  const auto put = [&](std::string_view bytes) {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes.size();
  };
  Head head;
  std::uint64_t at = put(std::string(sizeof head, '\0'));
  std::string raw;
  std::string table;
  std::string packed;
  std::vector<Key> keys;
  const auto begin_block = [&] { table.append(reinterpret_cast<const char*>(&at), sizeof at); };
  const auto close_block = [&] {
    packed.resize(ZSTD_compressBound(raw.size()));
    const std::size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1);
    if (ZSTD_isError(size) != 0) throw std::runtime_error("sketches cannot be compressed");
    at += put(std::string_view(packed).substr(0, size));
    raw.clear();
  };
  for (const auto& [id, sketch] : sketches) {
    if (head.sketches % kBlockEntries == 0) {
      if (!raw.empty()) close_block();
      ++head.blocks;
      begin_block();
      put_id(table, id);
    }
    put_sketch(raw, id, sketch);
    for (const std::uint64_t key : keys_of(sketch)) {
      keys.push_back({hash_of(key), static_cast<std::uint32_t>(head.sketches)});
    }
    ++head.sketches;
  }
  if (!raw.empty()) close_block();
  begin_block();
  head.table_at = at;
  at += put(table);
  at += put(std::string(
      (alignof(std::uint64_t) - at % alignof(std::uint64_t)) % alignof(std::uint64_t), '\0'));
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.number < b.number;
  });
  head.keys = keys.size();
  head.keys_at = at;
  at += put({reinterpret_cast<const char*>(keys.data()), keys.size() * sizeof(Key)});
  head.gone = gone.size();
  head.gone_at = at;
  std::string names;
  for (const std::string& id : gone) put_id(names, id);
  head.bytes = at + put(names);
  out.seekp(0);
  put({reinterpret_cast<const char*>(&head), sizeof head});
  out.close();
  if (!out) throw std::runtime_error(file.string() + ": cannot be written; is the disk full?");
}

}  // namespace fundstelle::writer
