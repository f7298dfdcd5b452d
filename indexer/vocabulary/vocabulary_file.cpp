// SPDX-License-Identifier: GPL-3.0-or-later
#include "vocabulary/vocabulary_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>
#include <unordered_map>

#include "text/fold.h"

namespace fundstelle::vocabulary {
namespace {

constexpr std::array<char, 8> kMagic{'F', 'S', 'V', 'O', 'C', '0', '0', '1'};

enum Section : std::size_t {
  kWordEnds,
  kWordText,
  kTermTable,  // six sections each
  kTitleTable = kTermTable + 6,
  kStemEnds = kTitleTable + 6,
  kStemText,
  kRelatedStarts,
  kRelated,
  kSectionCount,
};

struct Header {
  std::array<char, 8> magic{};
  std::array<std::array<std::uint64_t, 2>, kSectionCount> sections{};  // offset, bytes
};

[[noreturn]] void damaged(const std::filesystem::path& file) {
  throw VocabularyError(file.string() +
                        ": damaged or of another version; run fundstelle-indexer "
                        "index to rebuild");
}

/// Offsets that never fall and end within `limit`.
bool sound(std::span<const std::uint32_t> offsets, std::size_t limit) {
  return !offsets.empty() && std::is_sorted(offsets.begin(), offsets.end()) &&
         offsets.back() <= limit;
}

}  // namespace

std::vector<std::string> blind_words(std::string_view text) {
  std::vector<std::string> words;
  for (const text::Atom& atom : text::scan_atoms(text)) {
    words.push_back(
        text::without_umlauts(text::fold_letters(text.substr(atom.begin, atom.end - atom.begin))));
  }
  return words;
}

std::uint32_t Table::entry_at(std::uint32_t place) const {
  const auto after = std::upper_bound(starts.begin(), starts.end(), place);
  return static_cast<std::uint32_t>(after - starts.begin()) - 1;
}

VocabularyFile::VocabularyFile(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw VocabularyError(file.string() + ": " + std::strerror(errno));
  struct stat status {};
  if (::fstat(fd, &status) != 0 || status.st_size < static_cast<off_t>(sizeof(Header))) {
    ::close(fd);
    damaged(file);
  }
  bytes_ = static_cast<std::size_t>(status.st_size);
  map_ = ::mmap(nullptr, bytes_, PROT_READ, MAP_SHARED, fd, 0);
  ::close(fd);
  if (map_ == MAP_FAILED) {
    map_ = nullptr;
    throw VocabularyError(file.string() + ": " + std::strerror(errno));
  }
  try {
    const char* base = static_cast<const char*>(map_);
    Header header;
    std::memcpy(&header, base, sizeof header);
    if (header.magic != kMagic) damaged(file);
    const auto bytes_of = [&](std::size_t section) {
      const auto [offset, bytes] = header.sections[section];
      if (offset % 8 != 0 || offset > bytes_ || bytes > bytes_ - offset) damaged(file);
      return std::string_view(base + offset, bytes);
    };
    const auto numbers = [&](std::size_t section) {
      const std::string_view raw = bytes_of(section);
      return std::span(reinterpret_cast<const std::uint32_t*>(raw.data()), raw.size() / 4);
    };
    word_ends_ = numbers(kWordEnds);
    word_text_ = bytes_of(kWordText);
    if (!sound(word_ends_, word_text_.size())) damaged(file);
    for (Table* table : {&terms_, &titles_}) {
      const std::size_t first = table == &terms_ ? kTermTable : kTitleTable;
      const std::string_view entries = bytes_of(first);
      table->entries = {reinterpret_cast<const EntryInfo*>(entries.data()),
                        entries.size() / sizeof(EntryInfo)};
      table->starts = numbers(first + 1);
      table->words = numbers(first + 2);
      table->suffixes = numbers(first + 3);
      const std::string_view scores = bytes_of(first + 4);
      table->scores = {reinterpret_cast<const std::uint16_t*>(scores.data()), scores.size() / 2};
      table->text = bytes_of(first + 5);
      const auto below = [](std::size_t limit) {
        return [limit](std::uint32_t number) { return number < limit; };
      };
      const bool fits =
          sound(table->starts, table->words.size()) &&
          table->starts.back() == table->words.size() &&
          table->starts.size() == table->entries.size() + 1 &&
          table->scores.size() == table->suffixes.size() &&
          std::all_of(table->words.begin(), table->words.end(), below(word_count())) &&
          std::all_of(table->suffixes.begin(), table->suffixes.end(), below(table->words.size())) &&
          std::all_of(table->entries.begin(), table->entries.end(), [&](const EntryInfo& entry) {
            return static_cast<std::size_t>(entry.kind) < kKindCount &&
                   entry.text_begin <= entry.text_end && entry.text_end <= table->text.size();
          });
      if (!fits) damaged(file);
    }
    stem_ends_ = numbers(kStemEnds);
    stem_text_ = bytes_of(kStemText);
    related_starts_ = numbers(kRelatedStarts);
    related_ = numbers(kRelated);
    if (!sound(stem_ends_, stem_text_.size()) || !sound(related_starts_, related_.size()) ||
        related_starts_.size() != stem_ends_.size() ||
        std::any_of(related_.begin(), related_.end(),
                    [&](std::uint32_t entry) { return entry >= terms_.entries.size(); })) {
      damaged(file);
    }
    // All of it has been looked at, and little will be read again.
    ::madvise(map_, bytes_, MADV_DONTNEED);
  } catch (...) {
    ::munmap(map_, bytes_);
    throw;
  }
}

VocabularyFile::~VocabularyFile() {
  if (map_ != nullptr) ::munmap(map_, bytes_);
}

std::pair<std::uint32_t, std::uint32_t> VocabularyFile::words_with(std::string_view prefix) const {
  // First word of which `beyond` holds; it never falls back along the order.
  const auto first_where = [&](const auto& beyond) {
    std::uint32_t low = 0;
    std::uint32_t high = word_count();
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (beyond(word(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  return {
      first_where([&](std::string_view word) { return word >= prefix; }),
      first_where([&](std::string_view word) { return word.substr(0, prefix.size()) > prefix; })};
}

std::optional<std::uint32_t> VocabularyFile::find_word(std::string_view blind) const {
  const std::uint32_t number = words_with(blind).first;
  if (number < word_count() && word(number) == blind) return number;
  return std::nullopt;
}

std::span<const std::uint32_t> VocabularyFile::related(std::string_view stem) const {
  std::size_t low = 0;
  std::size_t high = stem_ends_.size() - 1;
  const auto stem_of = [&](std::size_t i) {
    return stem_text_.substr(stem_ends_[i], stem_ends_[i + 1] - stem_ends_[i]);
  };
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (stem_of(middle) < stem) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low + 1 >= stem_ends_.size() || stem_of(low) != stem) return {};
  return related_.subspan(related_starts_[low], related_starts_[low + 1] - related_starts_[low]);
}

void write_vocabulary(const std::filesystem::path& file, const TableDraft& terms,
                      const TableDraft& titles, std::vector<RelatedDraft> related) {
  std::array<std::string, kSectionCount> sections;
  const auto append = [&](std::size_t section, const auto& value) {
    sections[section].append(reinterpret_cast<const char*>(&value), sizeof value);
  };

  std::vector<std::string_view> words;
  for (const TableDraft* table : {&terms, &titles}) {
    for (const auto& entry : table->words) words.insert(words.end(), entry.begin(), entry.end());
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::unordered_map<std::string_view, std::uint32_t> number_of;
  number_of.reserve(words.size());
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    number_of.emplace(words[i], i);
    append(kWordEnds, static_cast<std::uint32_t>(sections[kWordText].size()));
    sections[kWordText] += words[i];
  }
  append(kWordEnds, static_cast<std::uint32_t>(sections[kWordText].size()));

  for (const TableDraft* table : {&terms, &titles}) {
    const std::size_t first = table == &terms ? kTermTable : kTitleTable;
    std::vector<std::uint32_t> numbers;
    struct Suffix {
      std::uint32_t place = 0, end = 0;
      std::uint16_t score = 0;
    };
    std::vector<Suffix> suffixes;
    for (std::size_t i = 0; i < table->entries.size(); ++i) {
      append(first, table->entries[i]);
      append(first + 1, static_cast<std::uint32_t>(numbers.size()));
      const auto begin = static_cast<std::uint32_t>(numbers.size());
      const auto end = static_cast<std::uint32_t>(begin + table->words[i].size());
      for (std::uint32_t k = 0; k < table->words[i].size(); ++k) {
        numbers.push_back(number_of.at(table->words[i][k]));
        if (k == 0) {
          suffixes.push_back({begin, end, table->scores[i].first});
        } else if (table->inner[i][k]) {
          suffixes.push_back({begin + k, end, table->scores[i].second});
        }
      }
    }
    append(first + 1, static_cast<std::uint32_t>(numbers.size()));
    std::sort(suffixes.begin(), suffixes.end(), [&](const Suffix& a, const Suffix& b) {
      const auto at = [&](std::uint32_t place) { return numbers.begin() + place; };
      const auto order =
          std::lexicographical_compare_three_way(at(a.place), at(a.end), at(b.place), at(b.end));
      return order != 0 ? order < 0 : a.place < b.place;
    });
    for (const std::uint32_t number : numbers) append(first + 2, number);
    for (const Suffix& suffix : suffixes) {
      append(first + 3, suffix.place);
      append(first + 4, suffix.score);
    }
    sections[first + 5] = table->text;
  }

  std::sort(related.begin(), related.end(),
            [](const RelatedDraft& a, const RelatedDraft& b) { return a.stem < b.stem; });
  std::uint32_t count = 0;
  for (const RelatedDraft& one : related) {
    append(kStemEnds, static_cast<std::uint32_t>(sections[kStemText].size()));
    sections[kStemText] += one.stem;
    append(kRelatedStarts, count);
    for (const std::uint32_t entry : one.entries) append(kRelated, entry);
    count += static_cast<std::uint32_t>(one.entries.size());
  }
  append(kStemEnds, static_cast<std::uint32_t>(sections[kStemText].size()));
  append(kRelatedStarts, count);

  Header header;
  header.magic = kMagic;
  std::uint64_t offset = (sizeof(Header) + 7) / 8 * 8;
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    header.sections[i] = {offset, sections[i].size()};
    offset = (offset + sections[i].size() + 7) / 8 * 8;
  }
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    bytes.resize(header.sections[i][0]);
    bytes += sections[i];
  }
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) throw VocabularyError(file.string() + ": " + std::strerror(errno));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  const bool written = done == bytes.size() && ::fsync(fd) == 0;
  const int problem = errno;
  ::close(fd);
  if (!written) throw VocabularyError(file.string() + ": " + std::strerror(problem));
}

}  // namespace fundstelle::vocabulary
