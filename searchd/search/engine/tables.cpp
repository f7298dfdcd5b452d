// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/tables.h"

#include <xapian.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

#include "schema/schema.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {
namespace {

constexpr Gid kPassagesAtATime = 4096;

/// Two-byte letters (0xC3 to 0xDF lead ä, é, ł, α, ж), but × and ÷; three-byte ones but punctuation
/// (0xE2 leads dashes, quotes and bullets; 0xC2 section signs, no-break spaces, guillemets).
bool is_letter(unsigned char c, unsigned char next) {
  if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  if (c < 0xC0) return true;  // goes on in the word it stands in; see count_words
  if (c == 0xC2) return next == 0xB2 || next == 0xB3 || next == 0xB9;
  if (c == 0xC3) return next != 0x97 && next != 0xB7;
  return c != 0xE2;
}

}  // namespace

std::uint32_t count_words(std::string_view text) {
  std::uint32_t words = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80 && c < 0xC0) continue;  // the rest of a letter or sign
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : '\0');
    // A soft hyphen parts no word.
    if (c == 0xC2 && next == 0xAD) continue;
    const bool letter = is_letter(c, next);
    if (letter && !inside) ++words;
    inside = letter;
  }
  return words;
}

const IdTable& LazyTables::ids(const Snapshot& snapshot) const {
  std::call_once(ids_once_, [&] {
    const std::string prefix(schema::kId);
    const auto lease = snapshot.lease();
    const Reader& reader = *lease;
    struct Found {
      Gid gid;
      std::uint32_t begin, length;
    };
    std::vector<Found> found;
    std::string bytes;
    for (std::size_t sub = 0; sub < snapshot.subs.size(); ++sub) {
      const Xapian::Database& db = reader.documents[sub];
      const auto end = db.allterms_end(prefix);
      for (auto it = db.allterms_begin(prefix); it != end; ++it) {
        const std::string term = *it;
        const std::string_view id = std::string_view(term).substr(prefix.size());
        // A document replaced in the delta stands in both; its old entry is dead and never asked.
        const auto none = db.postlist_end(term);
        for (auto posting = db.postlist_begin(term); posting != none; ++posting) {
          found.push_back({snapshot.subs[sub].document_base + *posting,
                           static_cast<std::uint32_t>(bytes.size()),
                           static_cast<std::uint32_t>(id.size())});
          bytes += id;
        }
      }
    }
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.gid < b.gid; });
    ids_.bytes_.reserve(bytes.size());
    ids_.begins_.assign(snapshot.documents.end + 1, 0);
    Gid next = 0;
    for (const Found& one : found) {
      for (; next <= one.gid; ++next) {
        ids_.begins_[next] = static_cast<std::uint32_t>(ids_.bytes_.size());
      }
      ids_.bytes_.append(bytes, one.begin, one.length);
    }
    for (; next <= snapshot.documents.end; ++next) {
      ids_.begins_[next] = static_cast<std::uint32_t>(ids_.bytes_.size());
    }
  });
  return ids_;
}

const std::vector<std::uint32_t>& LazyTables::words(const Snapshot& snapshot) const {
  std::call_once(words_once_, [&] {
    std::vector<std::uint32_t> words(snapshot.passages.end, 0);
    std::atomic<Gid> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto work = [&] {
      try {
        const auto lease = snapshot.lease();
        const Reader& reader = *lease;
        for (Gid begin = next.fetch_add(kPassagesAtATime); begin < words.size();
             begin = next.fetch_add(kPassagesAtATime)) {
          const Gid end = std::min<Gid>(begin + kPassagesAtATime, static_cast<Gid>(words.size()));
          for (Gid gid = begin; gid < end; ++gid) {
            if (!snapshot.passages.alive.contains(gid)) continue;
            words[gid] = count_words(schema::unpack_passage(reader.data(Unit::kPassage, gid)).text);
          }
        }
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    };
    std::vector<std::thread> threads;
    const unsigned more = std::min(std::thread::hardware_concurrency(), 8U);
    for (unsigned i = 1; i < more; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
    words_ = std::move(words);
  });
  return words_;
}

}  // namespace fundstelle::search
