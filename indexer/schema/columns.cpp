// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/columns.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>
#include <numeric>
#include <sstream>

#include "schema/wire.h"

namespace fundstelle::schema {
namespace {

constexpr std::string_view kMagic = "FSCOLS01";
constexpr int kLevel = 3;
/// No zstd frame unpacks to more times its own size: a block of 128 KiB takes at least four bytes.
constexpr std::uint64_t kMostPacked = 32'768;

/// Columns one after the other: length before each, zstd with a checksum of its own.
class Writer {
 public:
  explicit Writer(const std::filesystem::path& file) : file_(file), bytes_(kMagic) {
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }
  void put(std::string_view raw) {
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(context_.get(), packed.data(), packed.size(), raw.data(), raw.size());
    if (ZSTD_isError(size) != 0) throw IndexError(file_.string() + ": " + ZSTD_getErrorName(size));
    packed.resize(size);
    put_number(bytes_, raw.size());
    put_text(bytes_, packed);
  }
  template <typename T>
  void put(const std::vector<T>& numbers) {
    put(std::string_view(reinterpret_cast<const char*>(numbers.data()),
                         numbers.size() * sizeof(T)));
  }
  /// Numbers that mostly grow: their differences pack better.
  void put_growing(std::vector<std::uint32_t> numbers) {
    for (std::size_t i = numbers.size(); i-- > 1;) numbers[i] -= numbers[i - 1];
    put(numbers);
  }
  void put_words(const std::vector<std::string>& words) {
    std::string raw;
    for (const std::string& word : words) put_text(raw, word);
    put(raw);
  }
  /// Sorted ones, each without what it shares with the one before.
  void put_sorted(const std::vector<std::string>& words) {
    std::string raw;
    std::string_view before;
    for (const std::string& word : words) {
      const auto end = std::mismatch(word.begin(), word.end(), before.begin(), before.end()).first;
      const auto shared = static_cast<std::size_t>(end - word.begin());
      put_number(raw, shared);
      put_text(raw, std::string_view(word).substr(shared));
      before = word;
    }
    put(raw);
  }
  void save() {
    std::ofstream out(file_, std::ios::binary | std::ios::trunc);
    out.write(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    out.close();
    if (!out) throw IndexError(file_.string() + ": cannot be written; is the disk full?");
  }

 private:
  std::filesystem::path file_;
  std::string bytes_;
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_{ZSTD_createCCtx(),
                                                                   ZSTD_freeCCtx};
};

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file) : file_(file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw IndexError(file.string() + ": cannot be read; index the sources anew");
    bytes_ = std::move(text).str();
    rest_ = bytes_;
    if (!rest_.starts_with(kMagic)) damaged();
    rest_.remove_prefix(kMagic.size());
  }
  [[noreturn]] void damaged() const {
    throw IndexError(file_.string() + ": damaged; restore it from a backup or index anew");
  }
  template <typename T>
  std::vector<T> numbers() {
    const auto [size, packed] = next();
    if (size % sizeof(T) != 0 || size > (1ULL << 36)) damaged();
    std::vector<T> out(size / sizeof(T));
    unpack(packed, out.data(), size);
    return out;
  }
  std::vector<std::uint32_t> growing() {
    std::vector<std::uint32_t> out = numbers<std::uint32_t>();
    for (std::size_t i = 1; i < out.size(); ++i) out[i] += out[i - 1];
    return out;
  }
  std::vector<std::string> words() {
    const std::string raw = bytes();
    WireReader in(raw);
    std::vector<std::string> out;
    while (!in.done()) out.emplace_back(in.text());
    return out;
  }
  /// About `expected` of them.
  IdList sorted(std::size_t expected) {
    const std::string raw = bytes();
    WireReader in(raw);
    IdList out;
    out.reserve(expected, raw.size());
    std::string word;
    while (!in.done()) {
      const std::size_t shared = in.number();
      if (shared > word.size()) damaged();
      word.resize(shared);
      word += in.text();
      out.add(word);
    }
    return out;
  }

 private:
  std::pair<std::uint64_t, std::string_view> next() {
    WireReader in(rest_);
    const std::uint64_t size = in.number();
    const std::string_view packed = in.text();
    rest_ = in.rest();
    // Before room is made for it: a damaged length must not ask for gigabytes.
    if (size != ZSTD_getFrameContentSize(packed.data(), packed.size()) ||
        size / kMostPacked > packed.size())
      damaged();
    return {size, packed};
  }
  std::string bytes() {
    const auto [size, packed] = next();
    if (size > (1ULL << 36)) damaged();
    std::string out(size, '\0');
    unpack(packed, out.data(), size);
    return out;
  }
  void unpack(std::string_view packed, void* to, std::uint64_t size) const {
    if (ZSTD_decompress(to, size, packed.data(), packed.size()) != size) damaged();
  }
  std::filesystem::path file_;
  std::string bytes_;
  std::string_view rest_;
};

/// Numbers the values of a facet anew, in order of their slugs; values nobody bears any more go.
std::vector<std::uint16_t> sort_slugs(std::vector<std::string>& slugs,
                                      const std::vector<bool>& used) {
  std::vector<std::uint16_t> order;
  for (std::size_t i = 0; i < slugs.size(); ++i) {
    if (used[i]) order.push_back(static_cast<std::uint16_t>(i));
  }
  std::sort(order.begin(), order.end(),
            [&](std::uint16_t a, std::uint16_t b) { return slugs[a] < slugs[b]; });
  std::vector<std::uint16_t> number(slugs.size(), Columns::kNone);
  std::vector<std::string> sorted;
  for (const std::uint16_t old : order) {
    number[old] = static_cast<std::uint16_t>(sorted.size());
    sorted.push_back(std::move(slugs[old]));
  }
  slugs = std::move(sorted);
  return number;
}

/// Few values: a search from the front is fast, and the last ones met stand at hand.
std::uint16_t number_of(std::vector<std::string>& slugs, const std::string& slug) {
  const auto found = std::find(slugs.begin(), slugs.end(), slug);
  if (found != slugs.end()) return static_cast<std::uint16_t>(found - slugs.begin());
  if (slugs.size() >= Columns::kNone) throw IndexError("more than 65,534 values of a facet");
  slugs.push_back(slug);
  return static_cast<std::uint16_t>(slugs.size() - 1);
}

}  // namespace

Columns read_columns(const std::filesystem::path& dir, ColumnsPart part) {
  const std::filesystem::path file = dir / kColumnsFile;
  Reader in(file);
  Columns out;
  try {
    out.date = in.numbers<std::uint32_t>();
    out.first_seen = in.numbers<std::uint32_t>();
    out.first_passage = in.growing();
    out.passage_count = in.numbers<std::uint32_t>();
    out.text_bytes = in.numbers<std::uint32_t>();
    out.length = in.numbers<std::uint32_t>();
    out.id_rank = in.numbers<std::uint32_t>();
    out.legislature = in.numbers<std::uint16_t>();
    for (Columns::Single* single : {&out.type, &out.body}) {
      single->slugs = in.words();
      single->values = in.numbers<std::uint16_t>();
    }
    for (Columns::List* list : {&out.topic, &out.group, &out.ministry}) {
      list->slugs = in.words();
      list->starts = in.growing();
      list->values = in.numbers<std::uint16_t>();
    }
    out.parent = in.growing();
    out.passage_length = in.numbers<std::uint32_t>();
    out.passage_kind = in.numbers<std::uint8_t>();
    if (part == ColumnsPart::kAll) out.ids = in.sorted(out.date.size());
  } catch (const WireError&) {
    in.damaged();
  }
  // Whoever reads uses the numbers as places.
  const std::size_t documents = out.date.size();
  const std::size_t passages = out.parent.size();
  for (const auto* column : {&out.first_seen, &out.first_passage, &out.passage_count,
                             &out.text_bytes, &out.length, &out.id_rank}) {
    if (column->size() != documents) in.damaged();
  }
  if (out.legislature.size() != documents || out.passage_length.size() != passages ||
      out.passage_kind.size() != passages)
    in.damaged();
  for (const Columns::Single* single : {&out.type, &out.body}) {
    if (single->values.size() != documents) in.damaged();
    for (const std::uint16_t value : single->values) {
      if (value != Columns::kNone && value >= single->slugs.size()) in.damaged();
    }
  }
  for (const Columns::List* list : {&out.topic, &out.group, &out.ministry}) {
    if (list->starts.size() != documents + 1 || list->starts.back() != list->values.size() ||
        !std::is_sorted(list->starts.begin(), list->starts.end()))
      in.damaged();
    for (const std::uint16_t value : list->values) {
      if (value >= list->slugs.size()) in.damaged();
    }
  }
  const auto used = documents - static_cast<std::size_t>(std::count(out.first_passage.begin(),
                                                                    out.first_passage.end(), 0U));
  if (part == ColumnsPart::kAll && out.ids.size() != used) in.damaged();
  for (std::size_t i = 0; i < documents; ++i) {
    if (out.first_passage[i] == 0) continue;
    if (out.id_rank[i] >= used) in.damaged();
    if (std::uint64_t{out.first_passage[i]} + out.passage_count[i] >
        std::max<std::size_t>(passages, 1))
      in.damaged();
  }
  for (const std::uint32_t parent : out.parent) {
    if (parent >= std::max<std::size_t>(documents, 1)) in.damaged();
  }
  return out;
}

ColumnsBuilder::ColumnsBuilder() { reserve(0, 0); }

ColumnsBuilder::ColumnsBuilder(Columns columns) : columns_(std::move(columns)) {
  reserve(columns_.last_document(), columns_.last_passage());
  for (std::uint32_t docid = 1; docid <= columns_.last_document(); ++docid) {
    if (columns_.has(docid)) ids_[docid] = columns_.ids.at(columns_.id_rank[docid]);
  }
  Columns::List* lists[] = {&columns_.topic, &columns_.group, &columns_.ministry};
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    const Columns::List& list = *lists[i];
    for (std::size_t docid = 0; docid + 1 < list.starts.size(); ++docid) {
      lists_[i][docid].assign(list.values.begin() + list.starts[docid],
                              list.values.begin() + list.starts[docid + 1]);
    }
  }
}

void ColumnsBuilder::reserve(std::uint32_t document, std::uint32_t passage) {
  if (columns_.date.size() <= document) {
    const std::size_t size = document + 1;
    for (auto* column :
         {&columns_.date, &columns_.first_seen, &columns_.first_passage, &columns_.passage_count,
          &columns_.text_bytes, &columns_.length, &columns_.id_rank}) {
      column->resize(size, 0);
    }
    for (auto* column : {&columns_.legislature, &columns_.type.values, &columns_.body.values}) {
      column->resize(size, Columns::kNone);
    }
  }
  ids_.resize(std::max(ids_.size(), columns_.date.size()));
  for (auto& list : lists_) list.resize(columns_.date.size());
  if (columns_.parent.size() <= passage) {
    columns_.parent.resize(passage + 1, 0);
    columns_.passage_length.resize(passage + 1, 0);
    columns_.passage_kind.resize(passage + 1, 0);
  }
}

void ColumnsBuilder::add(const DocumentRow& row) {
  const auto passages = static_cast<std::uint32_t>(row.passages.size());
  reserve(row.docid, std::max(columns_.last_passage(), row.first_passage + passages - 1));
  columns_.date[row.docid] = row.date;
  columns_.first_seen[row.docid] = row.first_seen;
  columns_.first_passage[row.docid] = row.first_passage;
  columns_.passage_count[row.docid] = passages;
  columns_.text_bytes[row.docid] = row.text_bytes;
  columns_.length[row.docid] = row.length;
  columns_.legislature[row.docid] = row.legislature;
  if (!row.type.empty()) {
    columns_.type.values[row.docid] = number_of(columns_.type.slugs, row.type);
  }
  if (!row.body.empty()) {
    columns_.body.values[row.docid] = number_of(columns_.body.slugs, row.body);
  }
  Columns::List* lists[] = {&columns_.topic, &columns_.group, &columns_.ministry};
  const std::vector<std::string>* values[] = {&row.topics, &row.groups, &row.ministries};
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    auto& numbers = lists_[i][row.docid];
    numbers.clear();
    for (const std::string& slug : *values[i]) numbers.push_back(number_of(lists[i]->slugs, slug));
  }
  ids_[row.docid] = row.id;
  for (std::uint32_t i = 0; i < passages; ++i) {
    columns_.parent[row.first_passage + i] = row.docid;
    columns_.passage_length[row.first_passage + i] = row.passages[i].length;
    columns_.passage_kind[row.first_passage + i] = row.passages[i].kind;
  }
}

void ColumnsBuilder::remove(std::uint32_t docid) {
  if (!columns_.has(docid)) return;
  for (std::uint32_t i = 0; i < columns_.passage_count[docid]; ++i) {
    const std::uint32_t passage = columns_.first_passage[docid] + i;
    columns_.parent[passage] = 0;
    columns_.passage_length[passage] = 0;
    columns_.passage_kind[passage] = 0;
  }
  for (auto* column : {&columns_.date, &columns_.first_seen, &columns_.first_passage,
                       &columns_.passage_count, &columns_.text_bytes, &columns_.length}) {
    (*column)[docid] = 0;
  }
  for (auto* column : {&columns_.legislature, &columns_.type.values, &columns_.body.values}) {
    (*column)[docid] = Columns::kNone;
  }
  for (auto& list : lists_) list[docid].clear();
  ids_[docid].clear();
}

void ColumnsBuilder::write(const std::filesystem::path& dir) && {
  std::vector<std::uint32_t> order;
  for (std::uint32_t docid = 1; docid < columns_.date.size(); ++docid) {
    columns_.id_rank[docid] = 0;
    if (columns_.has(docid)) order.push_back(docid);
  }
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return ids_[a] < ids_[b]; });
  std::vector<std::string> ids;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    columns_.id_rank[order[i]] = i;
    ids.push_back(std::move(ids_[order[i]]));
  }
  for (Columns::Single* single : {&columns_.type, &columns_.body}) {
    std::vector<bool> used(single->slugs.size(), false);
    for (const std::uint16_t value : single->values) {
      if (value != Columns::kNone) used[value] = true;
    }
    const auto number = sort_slugs(single->slugs, used);
    for (std::uint16_t& value : single->values) {
      if (value != Columns::kNone) value = number[value];
    }
  }
  Columns::List* lists[] = {&columns_.topic, &columns_.group, &columns_.ministry};
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    Columns::List& list = *lists[i];
    std::vector<bool> used(list.slugs.size(), false);
    for (const auto& values : lists_[i]) {
      for (const std::uint16_t value : values) used[value] = true;
    }
    const auto number = sort_slugs(list.slugs, used);
    list.starts.assign(1, 0);
    list.values.clear();
    for (auto& values : lists_[i]) {
      for (std::uint16_t& value : values) value = number[value];
      std::sort(values.begin(), values.end());
      list.values.insert(list.values.end(), values.begin(), values.end());
      list.starts.push_back(static_cast<std::uint32_t>(list.values.size()));
    }
  }
  Writer out(dir / kColumnsFile);
  out.put(columns_.date);
  out.put(columns_.first_seen);
  out.put_growing(columns_.first_passage);
  out.put(columns_.passage_count);
  out.put(columns_.text_bytes);
  out.put(columns_.length);
  out.put(columns_.id_rank);
  out.put(columns_.legislature);
  for (const Columns::Single* single : {&columns_.type, &columns_.body}) {
    out.put_words(single->slugs);
    out.put(single->values);
  }
  for (const Columns::List* list : {&columns_.topic, &columns_.group, &columns_.ministry}) {
    out.put_words(list->slugs);
    out.put_growing(list->starts);
    out.put(list->values);
  }
  out.put_growing(columns_.parent);
  out.put(columns_.passage_length);
  out.put(columns_.passage_kind);
  out.put_sorted(ids);
  out.save();
}

}  // namespace fundstelle::schema
