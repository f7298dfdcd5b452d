// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/text_builder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <queue>
#include <sstream>

#include "schema/wire.h"
#include "writer/writer.h"

namespace fundstelle::writer {
namespace {

namespace fs = std::filesystem;
using schema::TextIndex;

constexpr std::size_t kBufferBytes = 1 << 20;

[[noreturn]] void fail(const fs::path& file, const char* what) {
  throw WriterError(file.string() + ": " + what + ": " + std::strerror(errno));
}

void write_all(int fd, const fs::path& file, std::string_view bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t got = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(file, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
  }
}

std::string read_whole(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) fail(file, "cannot be read back");
  return std::move(bytes).str();
}

/// A file written from front to end.
class Output {
 public:
  explicit Output(fs::path file) : file_(std::move(file)) {
    fd_ = open(file_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd_ < 0) fail(file_, "cannot be created");
  }
  ~Output() {
    if (fd_ >= 0) ::close(fd_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void put(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kBufferBytes) flush();
  }
  void flush() {
    write_all(fd_, file_, buffer_, written_);
    written_ += buffer_.size();
    buffer_.clear();
  }
  void put_at(std::string_view bytes, std::uint64_t at) { write_all(fd_, file_, bytes, at); }
  [[nodiscard]] std::uint64_t size() const { return written_ + buffer_.size(); }

 private:
  fs::path file_;
  int fd_ = -1;
  std::uint64_t written_ = 0;
  std::string buffer_;
};

/// A run of postings, read in order of its bundles.
class Run {
 public:
  explicit Run(const fs::path& file) : in_(file, std::ios::binary) {
    if (!in_) fail(file, "cannot be read back");
    next();
  }
  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] std::uint32_t bundle() const { return bundle_; }
  /// Appends the postings to a list that ends at `last`.
  void append(std::string& list, std::uint32_t& last) {
    schema::WireReader head(postings_);
    const std::uint64_t first = head.number();
    schema::put_number(list, first - (std::uint64_t{last} << 1U));
    list += head.rest();
    last = last_;
  }
  void next() {
    std::uint64_t gap = 0;
    if (!number(gap)) {
      done_ = true;
      return;
    }
    std::uint64_t last = 0;
    std::uint64_t bytes = 0;
    number(last);
    number(bytes);
    bundle_ += static_cast<std::uint32_t>(gap);
    last_ = static_cast<std::uint32_t>(last);
    postings_.resize(bytes);
    in_.read(postings_.data(), static_cast<std::streamsize>(bytes));
    if (!in_) throw WriterError("a part of the index cannot be read back; is the disk full?");
  }

 private:
  bool number(std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const int byte = in_.rdbuf()->sbumpc();
      if (byte == std::char_traits<char>::eof()) return false;
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) break;
    }
    return true;
  }
  std::ifstream in_;
  bool done_ = false;
  std::uint32_t bundle_ = 0, last_ = 0;
  std::string postings_;
};

struct Posting {
  std::uint32_t bundle = 0, docid = 0, count = 0, zones = 0;
};

/// Postings of one part, gathered entry by entry, turned over and written as a run.
class Inverter {
 public:
  explicit Inverter(std::size_t bundles) : slots_(bundles, 0) {}

  void begin(std::uint32_t docid) {
    docid_ = docid;
    begin_ = postings_.size();
  }
  void add(std::uint32_t bundle, std::uint32_t zones) {
    const std::size_t slot = slots_[bundle];
    if (slot >= begin_ && slot < postings_.size() && postings_[slot].bundle == bundle) {
      ++postings_[slot].count;
      postings_[slot].zones |= zones;
      return;
    }
    slots_[bundle] = static_cast<std::uint32_t>(postings_.size());
    postings_.push_back({bundle, docid_, 1, zones});
  }
  void write(const fs::path& file) {
    std::vector<std::uint32_t> starts(slots_.size() + 1, 0);
    for (const Posting& posting : postings_) ++starts[posting.bundle + 1];
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    std::vector<std::uint32_t> order(postings_.size());
    for (std::uint32_t i = 0; i < postings_.size(); ++i) order[starts[postings_[i].bundle]++] = i;
    Output out(file);
    std::string list;
    std::string head;
    std::uint32_t bundle_before = 0;
    for (std::size_t i = 0; i < order.size();) {
      const std::uint32_t bundle = postings_[order[i]].bundle;
      list.clear();
      std::uint32_t last = 0;
      for (; i < order.size() && postings_[order[i]].bundle == bundle; ++i) {
        const Posting& posting = postings_[order[i]];
        const bool plain = posting.count == 1 && posting.zones == 0;
        schema::put_number(list, (std::uint64_t{posting.docid - last - 1} << 1U) | (plain ? 0 : 1));
        if (!plain) {
          schema::put_number(list, (std::uint64_t{posting.count - 1} << 2U) | posting.zones);
        }
        last = posting.docid;
      }
      head.clear();
      schema::put_number(head, bundle - bundle_before);
      schema::put_number(head, last);
      schema::put_number(head, list.size());
      out.put(head);
      out.put(list);
      bundle_before = bundle;
    }
    out.flush();
  }

 private:
  std::vector<std::uint32_t> slots_;  ///< by bundle: its posting of the present entry, perhaps
  std::vector<Posting> postings_;
  std::uint32_t docid_ = 0;
  std::size_t begin_ = 0;
};

/// Lengths before the data, in blocks, as TextIndex reads lists and streams.
class Blocks {
 public:
  Blocks(Output& out, std::uint32_t a_block) : out_(out), a_block_(a_block), begin_(out.size()) {}
  void add(std::string_view item) {
    schema::put_number(lengths_, item.size());
    items_ += item;
    if (++count_ == a_block_) close();
  }
  /// Ends the section and gives where its blocks begin.
  std::vector<std::uint64_t> finish() {
    if (count_ > 0) close();
    return std::move(blocks_);
  }

 private:
  void close() {
    blocks_.push_back(out_.size() - begin_);
    out_.put(lengths_);
    out_.put(items_);
    lengths_.clear();
    items_.clear();
    count_ = 0;
  }
  Output& out_;
  std::uint32_t a_block_, count_ = 0;
  std::uint64_t begin_;
  std::string lengths_, items_;
  std::vector<std::uint64_t> blocks_;
};

/// The file, section by section.
class FileWriter {
 public:
  explicit FileWriter(const fs::path& file) : out_(file) {
    header_.magic = TextIndex::kMagic;
    out_.put(std::string_view(reinterpret_cast<const char*>(&header_), sizeof header_));
  }
  Output& begin(TextIndex::Section section) {
    end();
    out_.put(std::string((8 - out_.size() % 8) % 8, '\0'));
    open_ = section;
    header_.sections[section].begin = out_.size();
    return out_;
  }
  template <typename T>
  void put(TextIndex::Section section, const std::vector<T>& numbers) {
    begin(section).put(std::string_view(reinterpret_cast<const char*>(numbers.data()),
                                        numbers.size() * sizeof(T)));
  }
  /// What is written so far can be opened after this.
  void save() {
    end();
    out_.flush();
    header_.bytes = out_.size();
    out_.put_at(std::string_view(reinterpret_cast<const char*>(&header_), sizeof header_), 0);
  }
  TextIndex::Header& header() { return header_; }

 private:
  void end() {
    if (open_ == TextIndex::kSectionCount) return;
    header_.sections[open_].bytes = out_.size() - header_.sections[open_].begin;
    open_ = TextIndex::kSectionCount;
  }
  Output out_;
  TextIndex::Header header_;
  TextIndex::Section open_ = TextIndex::kSectionCount;
};

/// First bytes as a number: of two texts with different ones the smaller has the smaller.
std::uint64_t beginning_of(std::string_view text) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    value = value << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return value;
}

/// std::sort, by pieces. No two items may be equal, so the order is the same for any number of
/// threads.
template <typename T, typename Before>
void sort_in_parallel(std::vector<T>& items, const TextBuilder::InParallel& in_parallel,
                      Before before) {
  constexpr std::size_t kPieces = 4;
  constexpr std::size_t kWorthIt = 1 << 14;
  if (items.size() < kWorthIt) {
    std::sort(items.begin(), items.end(), before);
    return;
  }
  const auto at = [&](std::size_t piece) {
    return items.begin() + static_cast<std::ptrdiff_t>(items.size() * piece / kPieces);
  };
  in_parallel(kPieces, [&](std::size_t i) { std::sort(at(i), at(i + 1), before); });
  for (std::size_t size = 2; size <= kPieces; size *= 2) {
    in_parallel(kPieces / size, [&](std::size_t i) {
      std::inplace_merge(at(i * size), at(i * size + size / 2), at((i + 1) * size), before);
    });
  }
}

/// A term in a bundle.
struct Holding {
  std::string_view term;
  std::uint64_t beginning = 0;  ///< of the term
  std::uint32_t bundle = 0, times = 1;
};
bool before(const Holding& a, const Holding& b) {
  if (a.beginning != b.beginning) return a.beginning < b.beginning;
  return a.term != b.term ? a.term < b.term : a.bundle < b.bundle;
}

}  // namespace

// Bundles ---------------------------------------------------------------------------------------

struct BundleTable::Shard {
  struct Entry {
    const char* packed = nullptr;
    std::uint32_t bytes = 0, hash = 0;
  };
  mutable std::mutex mutex;
  std::deque<Entry> entries;
  std::vector<std::uint32_t> table = std::vector<std::uint32_t>(1024, 0);  ///< entry + 1
  std::vector<std::unique_ptr<char[]>> chunks;
  std::size_t left = 0;
  char* free = nullptr;

  const char* keep(std::string_view bytes) {
    constexpr std::size_t kChunk = 1 << 16;
    if (bytes.empty()) return "";
    if (left < bytes.size()) {
      left = std::max(kChunk, bytes.size());
      chunks.push_back(std::make_unique_for_overwrite<char[]>(left));
      free = chunks.back().get();
    }
    char* const place = free;
    std::memcpy(place, bytes.data(), bytes.size());
    free += bytes.size();
    left -= bytes.size();
    return place;
  }
  void grow() {
    std::vector<std::uint32_t> larger(table.size() * 2, 0);
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      std::size_t at = entries[i].hash & (larger.size() - 1);
      while (larger[at] != 0) at = (at + 1) & (larger.size() - 1);
      larger[at] = i + 1;
    }
    table = std::move(larger);
  }
};

BundleTable::BundleTable() {
  for (std::uint32_t i = 0; i < kShards; ++i) shards_.push_back(std::make_unique<Shard>());
}
BundleTable::~BundleTable() = default;

std::uint32_t BundleTable::number_of(std::vector<std::string>& terms) {
  std::sort(terms.begin(), terms.end());
  std::string packed;
  for (const std::string& term : terms) schema::put_text(packed, term);
  const std::size_t hash = std::hash<std::string_view>()(packed);
  const auto which = static_cast<std::uint32_t>(hash % kShards);
  const auto rest = static_cast<std::uint32_t>(hash / kShards);
  Shard& shard = *shards_[which];
  const std::lock_guard guard(shard.mutex);
  std::size_t at = rest & (shard.table.size() - 1);
  for (; shard.table[at] != 0; at = (at + 1) & (shard.table.size() - 1)) {
    const Shard::Entry& entry = shard.entries[shard.table[at] - 1];
    if (entry.hash == rest && std::string_view(entry.packed, entry.bytes) == packed) {
      return (shard.table[at] - 1) * kShards + which;
    }
  }
  const auto number = static_cast<std::uint32_t>(shard.entries.size());
  shard.entries.push_back({shard.keep(packed), static_cast<std::uint32_t>(packed.size()), rest});
  shard.table[at] = number + 1;
  if (shard.entries.size() * 2 > shard.table.size()) shard.grow();
  return number * kShards + which;
}

std::uint32_t BundleTable::end() const {
  std::size_t most = 0;
  for (const auto& shard : shards_) most = std::max(most, shard->entries.size());
  return static_cast<std::uint32_t>(most) * kShards;
}

std::string_view BundleTable::packed(std::uint32_t bundle) const {
  const Shard& shard = *shards_[bundle % kShards];
  if (bundle / kShards >= shard.entries.size()) return {};
  const Shard::Entry& entry = shard.entries[bundle / kShards];
  return {entry.packed, entry.bytes};
}

// Parts -----------------------------------------------------------------------------------------

TextBuilder::TextBuilder(fs::path work) : work_(std::move(work)) {}

TextBuilder::Part::Part(const fs::path& file) : file_(file) {
  fd_ = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd_ < 0) fail(file_, "cannot be created");
}
TextBuilder::Part::~Part() {
  if (fd_ >= 0) ::close(fd_);
}

void TextBuilder::Part::add(std::uint32_t document, std::uint32_t first_passage, const Words& title,
                            std::span<const PassageWords> passages) {
  const auto put_words = [&](const Words& words) {
    for (const std::uint32_t bundle : words) {
      schema::put_number(buffer_, bundle);
      if (bundle >= counts_.size()) counts_.resize(bundle + bundle / 2 + 1024, 0);
      ++counts_[bundle];
    }
  };
  schema::put_number(buffer_, document);
  schema::put_number(buffer_, first_passage);
  schema::put_number(buffer_, title.size());
  put_words(title);
  schema::put_number(buffer_, passages.size());
  for (const PassageWords& passage : passages) {
    schema::put_number(buffer_, passage.words.size());
    schema::put_text(buffer_, schema::pack_zones(passage.zones));
    put_words(passage.words);
  }
  if (buffer_.size() >= kBufferBytes) flush();
}

void TextBuilder::Part::flush() {
  write_all(fd_, file_, buffer_, bytes_);
  bytes_ += buffer_.size();
  buffer_.clear();
}

void TextBuilder::Part::close() {
  flush();
  ::close(fd_);
  fd_ = -1;
}

std::unique_ptr<TextBuilder::Part> TextBuilder::part(std::size_t number) {
  return std::make_unique<Part>(work_ / ("text-" + std::to_string(number)));
}

void TextBuilder::finished(std::size_t number, const Part& part) {
  const std::lock_guard guard(mutex_);
  parts_ = std::max(parts_, number + 1);
  if (counts_.size() < part.counts_.size()) counts_.resize(part.counts_.size(), 0);
  for (std::size_t i = 0; i < part.counts_.size(); ++i) counts_[i] += part.counts_[i];
}

void TextBuilder::write(const fs::path& target, std::uint32_t last_document,
                        std::uint32_t last_passage, const InParallel& in_parallel) {
  // Numbers by falling frequency; of equally frequent ones by what they hold, so that the file
  // depends on the documents only.
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] > 0) order.push_back(i);
  }
  {
    struct Ranked {
      std::uint32_t count, bundle;
      std::uint64_t beginning;  ///< of what it holds: most pairs differ in it
    };
    std::vector<Ranked> ranked;
    ranked.reserve(order.size());
    for (const std::uint32_t i : order) {
      ranked.push_back({counts_[i], i, beginning_of(bundles_.packed(i))});
    }
    sort_in_parallel(ranked, in_parallel, [&](const Ranked& a, const Ranked& b) {
      if (a.count != b.count) return a.count > b.count;
      if (a.beginning != b.beginning) return a.beginning < b.beginning;
      return bundles_.packed(a.bundle) < bundles_.packed(b.bundle);
    });
    for (std::size_t i = 0; i < ranked.size(); ++i) order[i] = ranked[i].bundle;
  }
  std::vector<std::uint32_t> number(counts_.size(), 0);
  for (std::uint32_t i = 0; i < order.size(); ++i) number[order[i]] = i;
  counts_.clear();
  counts_.shrink_to_fit();
  const auto bundles = static_cast<std::uint32_t>(order.size());

  // Second look at each part: the same streams with the final numbers, and their postings.
  const auto file_of = [&](const char* what, std::size_t part) {
    return work_ / (std::string(what) + "-" + std::to_string(part));
  };
  std::vector<std::uint32_t> parents(last_passage + 1, 0);
  std::vector<std::uint32_t> passage_bytes(last_passage + 1, 0);
  std::vector<std::uint32_t> title_bytes(last_document + 1, 0);
  in_parallel(parts_, [&](std::size_t part) {
    const fs::path read = file_of("text", part);
    const std::string bytes = read_whole(read);
    fs::remove(read);
    Output passages(file_of("streams", part));
    Output titles(file_of("title-streams", part));
    Inverter of_passages(bundles);
    Inverter of_titles(bundles);
    std::string stream;
    std::vector<std::uint8_t> where;
    schema::WireReader in(bytes);
    while (!in.done()) {
      const std::uint32_t document = in.number32();
      const std::uint32_t first_passage = in.number32();
      const std::uint32_t title_words = in.number32();
      stream.clear();
      schema::put_number(stream, title_words);
      stream.push_back('\0');  // no zones
      of_titles.begin(document);
      for (std::uint32_t i = 0; i < title_words; ++i) {
        const std::uint32_t bundle = number[in.number32()];
        schema::put_number(stream, bundle);
        of_titles.add(bundle, 0);
      }
      titles.put(stream);
      title_bytes[document] = static_cast<std::uint32_t>(stream.size());
      const std::uint32_t count = in.number32();
      for (std::uint32_t p = 0; p < count; ++p) {
        const std::uint32_t docid = first_passage + p;
        const std::uint32_t words = in.number32();
        const std::string_view packed_zones = in.text();
        where.assign(packed_zones.empty() ? 0 : words + 1, 0);
        for (const schema::Zone& zone : schema::unpack_zones(packed_zones)) {
          for (std::uint32_t i = zone.begin; i < zone.end && i <= words; ++i) {
            where[i] = zone.answer ? schema::kInAnswer : schema::kInQuestion;
          }
        }
        stream.clear();
        schema::put_number(stream, words);
        schema::put_text(stream, packed_zones);
        of_passages.begin(docid);
        for (std::uint32_t i = 1; i <= words; ++i) {
          const std::uint32_t bundle = number[in.number32()];
          schema::put_number(stream, bundle);
          of_passages.add(bundle, where.empty() ? 0 : where[i]);
        }
        passages.put(stream);
        passage_bytes[docid] = static_cast<std::uint32_t>(stream.size());
        parents[docid] = document;
      }
    }
    passages.flush();
    titles.flush();
    of_passages.write(file_of("run", part));
    of_titles.write(file_of("title-run", part));
  });
  number.clear();
  number.shrink_to_fit();

  FileWriter file(target / schema::kTextFile);
  const auto merge_runs = [&](const char* what, TextIndex::Section data,
                              TextIndex::Section offsets) {
    std::vector<std::unique_ptr<Run>> runs;
    using Next = std::pair<std::uint32_t, std::size_t>;  // bundle, run
    std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
    for (std::size_t part = 0; part < parts_; ++part) {
      runs.push_back(std::make_unique<Run>(file_of(what, part)));
      if (!runs.back()->done()) next.emplace(runs.back()->bundle(), part);
    }
    Blocks blocks(file.begin(data), TextIndex::kBundlesABlock);
    std::string list;
    for (std::uint32_t bundle = 0; bundle < bundles; ++bundle) {
      list.clear();
      std::uint32_t last = 0;
      while (!next.empty() && next.top().first == bundle) {
        const std::size_t part = next.top().second;
        next.pop();
        runs[part]->append(list, last);
        runs[part]->next();
        if (!runs[part]->done()) next.emplace(runs[part]->bundle(), part);
      }
      blocks.add(list);
    }
    file.put(offsets, blocks.finish());
    for (std::size_t part = 0; part < parts_; ++part) fs::remove(file_of(what, part));
  };
  merge_runs("run", TextIndex::kPostings, TextIndex::kPostingBlocks);
  merge_runs("title-run", TextIndex::kTitlePostings, TextIndex::kTitleBlocks);

  const auto copy_streams = [&](const char* what, const std::vector<std::uint32_t>& lengths,
                                TextIndex::Section data, TextIndex::Section offsets) {
    Blocks blocks(file.begin(data), TextIndex::kStreamsABlock);
    std::string stream;
    std::size_t part = 0;
    std::ifstream in;
    for (std::size_t docid = 1; docid < lengths.size(); ++docid) {
      stream.resize(lengths[docid]);
      if (!stream.empty()) {
        while (!in.is_open() || in.peek() == std::char_traits<char>::eof()) {
          if (in.is_open()) ++part;
          in = std::ifstream(file_of(what, part), std::ios::binary);
          if (!in) fail(file_of(what, part), "cannot be read back");
        }
        in.read(stream.data(), static_cast<std::streamsize>(stream.size()));
        if (!in) fail(file_of(what, part), "cannot be read back");
      }
      blocks.add(stream);
    }
    file.put(offsets, blocks.finish());
    for (std::size_t i = 0; i < parts_; ++i) fs::remove(file_of(what, i));
  };
  copy_streams("streams", passage_bytes, TextIndex::kStreams, TextIndex::kStreamOffsets);
  copy_streams("title-streams", title_bytes, TextIndex::kTitleStreams,
               TextIndex::kTitleStreamOffsets);

  // Terms, in the order of their names; each kind by itself.
  constexpr std::string_view kKinds = "ENPSU";
  std::vector<std::vector<Holding>> by_kind(kKinds.size());
  for (std::uint32_t bundle = 0; bundle < bundles; ++bundle) {
    schema::WireReader in(bundles_.packed(order[bundle]));
    Holding* last = nullptr;
    while (!in.done()) {
      const std::string_view term = in.text();
      if (last != nullptr && last->term == term) {
        ++last->times;
        continue;
      }
      std::vector<Holding>& kind = by_kind.at(kKinds.find(term.at(0)));
      kind.push_back({term, beginning_of(term), bundle, 1});
      last = &kind.back();
    }
  }
  for (std::vector<Holding>& kind : by_kind) sort_in_parallel(kind, in_parallel, before);
  std::vector<Holding> holdings;
  for (std::vector<Holding>& kind : by_kind) {
    holdings.insert(holdings.end(), kind.begin(), kind.end());
    kind = {};
  }
  std::vector<std::size_t> terms;  // where each begins in `holdings`
  std::vector<std::uint32_t> stem_numbers(bundles, TextIndex::kNoStem);
  std::string many_stems;
  {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> stems;  // bundle, stem
    std::uint32_t first_stem = 0;
    for (std::size_t i = 0; i < holdings.size(); ++i) {
      const bool fresh = i == 0 || holdings[i].term != holdings[i - 1].term;
      if (fresh) terms.push_back(i);
      const auto term = static_cast<std::uint32_t>(terms.size() - 1);
      if (holdings[i].term[0] != schema::kStem[0]) {
        if (holdings[i].term[0] < schema::kStem[0]) first_stem = term + 1;
        continue;
      }
      for (std::uint32_t n = 0; n < holdings[i].times; ++n) {
        stems.emplace_back(holdings[i].bundle, term - first_stem);
      }
    }
    std::sort(stems.begin(), stems.end());
    for (std::size_t i = 0; i < stems.size();) {
      std::size_t end = i;
      while (end < stems.size() && stems[end].first == stems[i].first) ++end;
      if (end == i + 1) {
        stem_numbers[stems[i].first] = stems[i].second;
      } else {
        stem_numbers[stems[i].first] =
            TextIndex::kManyStems + static_cast<std::uint32_t>(many_stems.size());
        schema::put_number(many_stems, end - i);
        for (std::size_t k = i; k < end; ++k) schema::put_number(many_stems, stems[k].second);
      }
      i = end;
    }
    file.header().first_stem = first_stem;
  }
  terms.push_back(holdings.size());
  file.put(TextIndex::kStems, stem_numbers);
  file.begin(TextIndex::kManyStemLists).put(many_stems);
  file.header().bundles = bundles;
  file.header().passages = last_passage;
  file.header().documents = last_document;
  for (const auto section : {TextIndex::kTerms, TextIndex::kTermBlocks, TextIndex::kBundleLists}) {
    file.begin(section);
  }
  file.save();

  // How many entries have each term: with several bundles the lists overlap.
  struct Frequency {
    std::uint32_t passages = 0, titles = 0, documents = 0;
  };
  const std::size_t term_count = terms.size() - 1;
  std::vector<Frequency> frequencies(term_count);
  constexpr std::size_t kTermsAtOnce = 1 << 16;
  const TextIndex so_far(target);
  in_parallel((term_count + kTermsAtOnce - 1) / kTermsAtOnce, [&](std::size_t task) {
    std::vector<std::uint32_t> passage_of(last_passage + 1, UINT32_MAX);  // last term counted
    std::vector<std::uint32_t> document_of(last_document + 1, UINT32_MAX);
    std::vector<std::uint32_t> title_of(last_document + 1, UINT32_MAX);
    const auto count = [](std::vector<std::uint32_t>& seen, std::uint32_t docid, std::uint32_t term,
                          std::uint32_t& sum) {
      sum += seen[docid] == term ? 0 : 1;
      seen[docid] = term;
    };
    const std::size_t end = std::min(term_count, (task + 1) * kTermsAtOnce);
    for (std::size_t t = task * kTermsAtOnce; t < end; ++t) {
      const auto term = static_cast<std::uint32_t>(t);
      Frequency& frequency = frequencies[t];
      for (std::size_t i = terms[t]; i < terms[t + 1]; ++i) {
        so_far.for_each_passage(holdings[i].bundle,
                                [&](std::uint32_t docid, std::uint32_t, std::uint32_t) {
                                  count(passage_of, docid, term, frequency.passages);
                                  count(document_of, parents[docid], term, frequency.documents);
                                });
        so_far.for_each_title(holdings[i].bundle,
                              [&](std::uint32_t docid, std::uint32_t, std::uint32_t) {
                                count(title_of, docid, term, frequency.titles);
                                count(document_of, docid, term, frequency.documents);
                              });
      }
    }
  });

  std::string lists;
  std::string line;
  std::vector<TextIndex::TermBlock> blocks;
  Output& out = file.begin(TextIndex::kTerms);
  const std::uint64_t begin = out.size();
  std::string_view name_before;
  for (std::size_t t = 0; t < term_count; ++t) {
    if (t % TextIndex::kTermsABlock == 0) {
      blocks.push_back({out.size() - begin, lists.size()});
      name_before = {};
    }
    const std::string_view name = holdings[terms[t]].term;
    std::size_t shared = 0;
    while (shared < std::min(name.size(), name_before.size()) &&
           name[shared] == name_before[shared])
      ++shared;
    const Frequency& frequency = frequencies[t];
    line.clear();
    schema::put_number(line, shared);
    schema::put_text(line, name.substr(shared));
    schema::put_number(line, frequency.passages);
    schema::put_number(line, frequency.titles);
    schema::put_number(line, frequency.passages + frequency.titles - frequency.documents);
    const std::size_t list = lists.size();
    std::uint32_t bundle_before = 0;
    for (std::size_t i = terms[t]; i < terms[t + 1]; ++i) {
      const Holding& one = holdings[i];
      schema::put_number(
          lists, (std::uint64_t{one.bundle - bundle_before} << 1U) | (one.times > 1 ? 1 : 0));
      if (one.times > 1) schema::put_number(lists, one.times);
      bundle_before = one.bundle;
    }
    schema::put_number(line, lists.size() - list);
    out.put(line);
    name_before = name;
  }
  file.put(TextIndex::kTermBlocks, blocks);
  file.begin(TextIndex::kBundleLists).put(lists);
  file.header().terms = static_cast<std::uint32_t>(term_count);
  file.save();
}

}  // namespace fundstelle::writer
