// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/text_index.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace fundstelle::schema {

namespace {

/// Bytes read at once by whoever goes through many streams.
constexpr std::uint64_t kAhead = 32 * 1024;

}  // namespace

bool is_text_term(std::string_view name) {
  constexpr std::string_view kKinds = "ESPUN";
  if (name.size() > 1 && name[0] == 'T') name.remove_prefix(1);
  return !name.empty() && kKinds.find(name[0]) != std::string_view::npos;
}

TextIndex::TextIndex(const std::filesystem::path& dir) : file_(dir / kTextFile) {
  fd_ = open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) {
    throw IndexError(file_.string() + ": cannot be opened: " + std::strerror(errno) +
                     "; restore it from a backup or index anew");
  }
  struct stat status {};
  const bool known = fstat(fd_, &status) == 0;
  bytes_ = known ? static_cast<std::size_t>(status.st_size) : 0;
  void* map = MAP_FAILED;
  if (bytes_ >= sizeof(Header)) map = mmap(nullptr, bytes_, PROT_READ, MAP_SHARED, fd_, 0);
  if (map == MAP_FAILED) {
    close(fd_);
    damaged();
  }
  map_ = static_cast<const char*>(map);
  try {
    Header header;
    std::memcpy(&header, map_, sizeof header);
    if (header.magic != kMagic || header.bytes != bytes_) damaged();
    for (const auto& section : header.sections) {
      if (section.begin % 8 != 0 || section.begin > bytes_ ||
          section.bytes > bytes_ - section.begin)
        damaged();
    }
    terms_ = header.terms;
    first_stem_ = header.first_stem;
    bundles_ = header.bundles;
    passages_ = header.passages;
    documents_ = header.documents;
    const auto bytes_of = [&](Section which) {
      return std::string_view(map_ + header.sections[which].begin, header.sections[which].bytes);
    };
    const auto numbers_of = [&]<typename T>(Section which, std::uint64_t count) {
      const std::string_view bytes = bytes_of(which);
      if (bytes.size() != count * sizeof(T)) damaged();
      return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), count);
    };
    const auto blocks = [](std::uint64_t items, std::uint64_t a_block) {
      return (items + a_block - 1) / a_block;
    };
    term_data_ = bytes_of(kTerms);
    term_blocks_ = numbers_of.operator()<TermBlock>(kTermBlocks, blocks(terms_, kTermsABlock));
    bundle_lists_ = bytes_of(kBundleLists);
    stems_ = numbers_of.operator()<std::uint32_t>(kStems, bundles_);
    many_stems_ = bytes_of(kManyStemLists);
    const auto lists = [&](Section data, Section offsets, std::uint64_t count) {
      return Lists{bytes_of(data), numbers_of.operator()<std::uint64_t>(offsets, count)};
    };
    postings_ = lists(kPostings, kPostingBlocks, blocks(bundles_, kBundlesABlock));
    title_postings_ = lists(kTitlePostings, kTitleBlocks, blocks(bundles_, kBundlesABlock));
    streams_ = lists(kStreams, kStreamOffsets, blocks(passages_, kStreamsABlock));
    title_streams_ = lists(kTitleStreams, kTitleStreamOffsets, blocks(documents_, kStreamsABlock));
  } catch (...) {
    munmap(map, bytes_);
    close(fd_);
    throw;
  }
}

TextIndex::~TextIndex() {
  munmap(const_cast<char*>(map_), bytes_);
  close(fd_);
}

void TextIndex::release_part() const {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t part = (bytes_ / kParts / page + 1) * page;
  const std::size_t begin = next_part_.fetch_add(1, std::memory_order_relaxed) % kParts * part;
  if (begin >= bytes_) return;
  madvise(const_cast<char*>(map_) + begin, std::min(part, bytes_ - begin), MADV_DONTNEED);
}

void TextIndex::damaged() const {
  throw IndexError(file_.string() + ": damaged; restore it from a backup or index anew");
}

std::string_view TextIndex::first_name(std::size_t block) const {
  if (term_blocks_[block].terms > term_data_.size()) damaged();
  Bytes in(*this, term_data_.substr(term_blocks_[block].terms));
  (void)in.number();  // shares nothing with the block before
  return in.take(in.number());
}

template <typename Take>
bool TextIndex::walk_block(std::size_t block, Take&& take) const {
  if (term_blocks_[block].terms > term_data_.size() ||
      term_blocks_[block].lists > bundle_lists_.size())
    damaged();
  Bytes in(*this, term_data_.substr(term_blocks_[block].terms));
  std::uint64_t list = term_blocks_[block].lists;
  std::string name;
  const std::size_t first = block * kTermsABlock;
  const std::size_t count = std::min<std::size_t>(kTermsABlock, terms_ - first);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t shared = in.number();
    if (shared > name.size()) damaged();
    name.resize(shared);
    name += in.take(in.number());
    Term term;
    term.passages = in.number();
    term.titles = in.number();
    const std::uint32_t both = in.number();
    term.documents = term.passages + term.titles - both;
    const std::uint32_t bytes = in.number();
    if (bytes > bundle_lists_.size() - list) damaged();
    term.bundles = bundle_lists_.substr(list, bytes);
    list += bytes;
    if (!take(static_cast<std::uint32_t>(first + i), name, term)) return false;
  }
  return true;
}

std::size_t TextIndex::block_for(std::string_view name) const {
  std::size_t low = 0;
  std::size_t high = term_blocks_.size();
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (first_name(middle) <= name ? low : high) = middle;
  }
  return low;
}

std::optional<TextIndex::Term> TextIndex::find(std::string_view wanted) const {
  std::optional<Term> found;
  if (terms_ == 0) return found;
  walk_block(block_for(wanted), [&](std::uint32_t, const std::string& name, const Term& term) {
    if (name == wanted) found = term;
    return name < wanted;
  });
  return found;
}

void TextIndex::each(std::string_view prefix,
                     const std::function<bool(std::string_view, const Term&)>& take) const {
  if (terms_ == 0) return;
  for (std::size_t block = block_for(prefix); block < term_blocks_.size(); ++block) {
    const bool on =
        walk_block(block, [&](std::uint32_t, const std::string& name, const Term& term) {
          if (name.starts_with(prefix)) return take(name, term);
          return name < prefix;
        });
    if (!on) return;
  }
}

std::string TextIndex::name(std::uint32_t term) const {
  if (term >= terms_) damaged();
  std::string found;
  walk_block(term / kTermsABlock, [&](std::uint32_t number, const std::string& name, const Term&) {
    if (number == term) found = name;
    return number < term;
  });
  return found;
}

std::string_view TextIndex::list_at(const Lists& lists, std::uint32_t place, std::uint32_t count,
                                    std::uint32_t a_block) const {
  const std::uint64_t begin = lists.blocks[place / a_block];
  if (begin > lists.data.size()) damaged();
  return list_in(lists.data.substr(begin), place, count, a_block);
}

std::string_view TextIndex::list_in(std::string_view block, std::uint32_t place,
                                    std::uint32_t count, std::uint32_t a_block) const {
  Bytes in(*this, block);
  const std::uint32_t first = place / a_block * a_block;
  std::uint64_t before = 0;
  std::uint32_t wanted = 0;
  for (std::uint32_t i = 0; i < std::min(a_block, count - first); ++i) {
    const std::uint32_t length = in.number();
    if (i < place - first) before += length;
    if (i == place - first) wanted = length;
  }
  (void)in.take(before);
  return in.take(wanted);
}

TextIndex::Stream TextIndex::unpack(std::string_view list) const {
  Stream out;
  out.owner_ = this;
  Bytes one(*this, list);
  if (one.done()) return out;
  out.words_ = one.number();
  out.zones_ = one.take(one.number());
  out.ids_ = one.rest();
  return out;
}

TextIndex::Stream TextIndex::stream(const Lists& lists, std::uint32_t docid) const {
  const std::uint32_t last = &lists == &streams_ ? passages_ : documents_;
  if (docid == 0 || docid > last) return unpack({});
  return unpack(list_at(lists, docid - 1, last, kStreamsABlock));
}

TextIndex::Stream StreamReader::passage(std::uint32_t docid) {
  if (docid == 0 || docid > index_->passages_) return index_->unpack({});
  const TextIndex::Lists& lists = index_->streams_;
  const std::uint32_t block = (docid - 1) / TextIndex::kStreamsABlock;
  const std::uint64_t begin = lists.blocks[block];
  const std::uint64_t end =
      block + 1 < lists.blocks.size() ? lists.blocks[block + 1] : lists.data.size();
  if (begin > end || end > lists.data.size()) index_->damaged();
  if (begin < begin_ || end > end_) {
    // Whoever goes on a little behind what was read last goes through many: then more at a time.
    const bool on = end_ > 0 && begin >= begin_ && begin < end_ + kAhead;
    const std::uint64_t until =
        on ? std::min<std::uint64_t>(std::max(end, begin + kAhead), lists.data.size()) : end;
    bytes_.resize(until - begin);
    begin_ = end_ = 0;
    const auto at = static_cast<std::uint64_t>(lists.data.data() - index_->map_) + begin;
    for (std::size_t got = 0; got < bytes_.size();) {
      const ssize_t more = pread(index_->fd_, bytes_.data() + got, bytes_.size() - got,
                                 static_cast<off_t>(at + got));
      if (more < 0 && errno == EINTR) continue;
      if (more <= 0) index_->damaged();
      got += static_cast<std::size_t>(more);
    }
    begin_ = begin;
    end_ = until;
  }
  const std::string_view bytes(bytes_.data() + (begin - begin_), end - begin);
  return index_->unpack(
      index_->list_in(bytes, docid - 1, index_->passages_, TextIndex::kStreamsABlock));
}

std::vector<std::pair<std::string, std::uint64_t>> TextIndex::sizes() const {
  return {{"terms", term_data_.size() + term_blocks_.size_bytes()},
          {"bundles", bundle_lists_.size() + stems_.size_bytes() + many_stems_.size()},
          {"postings", postings_.data.size() + postings_.blocks.size_bytes() +
                           title_postings_.data.size() + title_postings_.blocks.size_bytes()},
          {"positions", streams_.data.size() + streams_.blocks.size_bytes() +
                            title_streams_.data.size() + title_streams_.blocks.size_bytes()}};
}

}  // namespace fundstelle::schema
