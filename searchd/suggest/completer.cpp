// SPDX-License-Identifier: GPL-3.0-or-later
#include "suggest/completer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <queue>
#include <set>

#include "query/fields.h"
#include "text/fold.h"

namespace fundstelle::suggest {
namespace {

using vocabulary::Kind;
using vocabulary::Table;
using vocabulary::VocabularyFile;

constexpr std::size_t kMostTyped = 400;   ///< bytes; nobody completes an essay
constexpr std::size_t kContextWords = 4;  ///< typed words that may be the beginning of an entry
constexpr std::size_t kLeastLetters = 2;
constexpr std::size_t kLooked = 4;             ///< suffixes looked at for each completion wanted
constexpr std::size_t kLookedForKind = 2'000;  ///< if only one kind is wanted

std::string_view prefix_of(Kind kind) {
  switch (kind) {
    case Kind::kPerson:
      return "von:";
    case Kind::kGroup:
      return "fraktion:";
    case Kind::kMinistry:
      return "ministerium:";
    case Kind::kBody:
      return "gremium:";
    case Kind::kTopic:
      return "thema:";
    default:
      return {};
  }
}

/// What a field typed in any of its names completes with; none if not with names.
std::optional<Kind> kind_of_field(std::string_view typed) {
  const std::string_view field = query::field_of(typed);
  for (const Kind kind :
       {Kind::kPerson, Kind::kGroup, Kind::kMinistry, Kind::kBody, Kind::kTopic}) {
    const std::string_view prefix = prefix_of(kind);
    if (!field.empty() && prefix.substr(0, prefix.size() - 1) == field) return kind;
  }
  return std::nullopt;
}

/// A name as a field takes it: in quotes if it is more than one word.
std::string field_query(Kind kind, std::string_view name) {
  std::string query(prefix_of(kind));
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80 || c == '-';
  });
  if (plain) return query += name;
  query += '"';
  for (const char c : name) {
    if (c != '"') query += c;
  }
  return query += '"';
}

/// Suffixes [first, second) that begin with these words, the last one a range of numbers.
std::pair<std::size_t, std::size_t> range_of(const Table& table,
                                             const std::vector<std::uint32_t>& before,
                                             std::pair<std::uint32_t, std::uint32_t> last) {
  // -1: the suffix comes before all that match, 0: matches, 1: after.
  const auto place = [&](std::uint32_t at) {
    const std::uint32_t end = table.starts[table.entry_at(at) + 1];
    for (const std::uint32_t word : before) {
      if (at == end || table.words[at] < word) return -1;
      if (table.words[at] > word) return 1;
      ++at;
    }
    if (at == end || table.words[at] < last.first) return -1;
    return table.words[at] < last.second ? 0 : 1;
  };
  const auto begin = std::partition_point(table.suffixes.begin(), table.suffixes.end(),
                                          [&](std::uint32_t at) { return place(at) < 0; });
  const auto end = std::partition_point(begin, table.suffixes.end(),
                                        [&](std::uint32_t at) { return place(at) == 0; });
  return {static_cast<std::size_t>(begin - table.suffixes.begin()),
          static_cast<std::size_t>(end - table.suffixes.begin())};
}

/// The highest scores of a stretch, one after the other, without sorting it.
class Best {
 public:
  Best(const Table& table, std::pair<std::size_t, std::size_t> range) : table_(table) {
    add(range.first, range.second);
  }
  std::optional<std::uint32_t> next() {
    if (heap_.empty()) return std::nullopt;
    const Stretch top = heap_.top();
    heap_.pop();
    add(top.begin, top.best);
    add(top.best + 1, top.end);
    return table_.suffixes[top.best];
  }

 private:
  struct Stretch {
    std::uint16_t score = 0;
    std::size_t best = 0, begin = 0, end = 0;
    bool operator<(const Stretch& other) const {
      return score != other.score ? score < other.score : best > other.best;
    }
  };
  void add(std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    const auto best = std::max_element(table_.scores.begin() + static_cast<std::ptrdiff_t>(begin),
                                       table_.scores.begin() + static_cast<std::ptrdiff_t>(end));
    heap_.push({*best, static_cast<std::size_t>(best - table_.scores.begin()), begin, end});
  }
  const Table& table_;
  std::priority_queue<Stretch> heap_;
};

struct TypedWord {
  std::size_t begin = 0;
  std::string blind;
};

/// The end of what was typed: the words something may go on from.
struct Typed {
  std::vector<TypedWord> words;
  bool next_word = false;    ///< the last word is finished
  std::optional<Kind> kind;  ///< behind the name of a field: only these
  std::size_t field_begin = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

Typed read(std::string_view typed) {
  Typed out;
  // An open quotation is meant literally.
  if (typed.size() > kMostTyped || std::count(typed.begin(), typed.end(), '"') % 2 != 0) return out;
  std::size_t end = 0;
  for (const text::Atom& atom : text::scan_atoms(typed)) {
    const std::string_view gap = typed.substr(end, atom.begin - end);
    if (gap == ":") {
      const std::size_t before = typed.find_last_of(" (", end);
      out.field_begin = before == std::string_view::npos ? 0 : before + 1;
      out.kind = kind_of_field(typed.substr(out.field_begin, end - out.field_begin));
      out.words.clear();
    } else if (!std::all_of(gap.begin(), gap.end(),
                            [](char c) { return is_blank(c) || c == '-'; })) {
      // Brackets, quotes, operators: what follows begins anew.
      out.words.clear();
      out.kind.reset();
    }
    out.words.push_back({atom.begin, text::without_umlauts(text::fold_letters(
                                         typed.substr(atom.begin, atom.end - atom.begin)))});
    end = atom.end;
  }
  const std::string_view rest = typed.substr(end);
  if (!std::all_of(rest.begin(), rest.end(), is_blank)) out.words.clear();
  out.next_word = !rest.empty();
  return out;
}

class Completer {
 public:
  Completer(const VocabularyFile& vocabulary, std::string_view typed)
      : vocabulary_(vocabulary), typed_(typed), read_(read(typed)) {}

  Completions complete(std::size_t wanted_terms, std::size_t wanted_titles) {
    Completions out;
    const std::vector<TypedWord>& words = read_.words;
    for (std::size_t used = std::min(words.size(), kContextWords); used >= 1; --used) {
      const std::size_t first = words.size() - used;
      if (find(first)) {
        take(vocabulary_.terms(), first, wanted_terms, out.terms);
        if (!read_.kind) take(vocabulary_.titles(), first, wanted_titles, out.titles);
      }
      if (used == 2 && out.terms.empty()) take_inflected(first, wanted_terms, out.terms);
      // "Ausbau der " goes on as titles do, not as everything with "der".
      if (!out.terms.empty() || (read_.next_word && !out.titles.empty())) break;
    }
    return out;
  }

 private:
  /// "sozialer W" goes on as "sozialen Wohnungsbau" does: the adjective in another form. What was
  /// typed stays, only the last word is completed.
  void take_inflected(std::size_t first, std::size_t wanted, std::vector<Completion>& out) {
    if (read_.kind || read_.next_word || !find_last()) return;
    static constexpr std::array<std::string_view, 5> kEndings{"e", "en", "er", "es", "em"};
    std::string_view adjective = read_.words[first].blind;
    for (const std::string_view ending : {"en", "er", "es", "em", "e"}) {
      if (!adjective.ends_with(ending)) continue;
      adjective.remove_suffix(ending.size());
      break;
    }
    if (adjective.size() < kLeastLetters || adjective == read_.words[first].blind) return;
    for (const std::string_view ending : kEndings) {
      const auto number = vocabulary_.find_word(std::string(adjective) + std::string(ending));
      if (!number) continue;
      before_ = {*number};
      const std::size_t old = out.size();
      take(vocabulary_.terms(), first, wanted, out);
      for (std::size_t i = old; i < out.size(); ++i) {
        const std::size_t blank = out[i].text.find(' ');
        if (out[i].kind != Kind::kPhrase || blank == std::string::npos) continue;
        out[i].query =
            std::string(typed_.substr(0, read_.words.back().begin)) + out[i].text.substr(blank + 1);
        out[i].text = out[i].query.substr(out[i].before.size());
      }
    }
  }

  /// Numbers of the words from `first` on; false if nothing can begin with them.
  bool find(std::size_t first) {
    before_.clear();
    const std::vector<TypedWord>& words = read_.words;
    for (std::size_t i = first; i + (read_.next_word ? 0 : 1) < words.size(); ++i) {
      const auto number = vocabulary_.find_word(words[i].blind);
      if (!number) return false;
      before_.push_back(*number);
    }
    if (!read_.next_word && before_.empty() && words.back().blind.size() < kLeastLetters) {
      return false;
    }
    return find_last();
  }

  /// Numbers the last word may have; false if there are none.
  bool find_last() {
    last_ = {0, vocabulary_.word_count()};
    if (!read_.next_word) last_ = vocabulary_.words_with(read_.words.back().blind);
    return last_.first < last_.second;
  }

  void take(const Table& table, std::size_t first, std::size_t wanted,
            std::vector<Completion>& out) {
    Best best(table, range_of(table, before_, last_));
    const std::size_t most = read_.kind ? kLookedForKind : kLooked * wanted;
    for (std::size_t looked = 0; out.size() < wanted && looked < most; ++looked) {
      const auto place = best.next();
      if (!place) break;
      const std::uint32_t number = table.entry_at(*place);
      const vocabulary::EntryInfo& entry = table.entries[number];
      if (read_.kind && entry.kind != *read_.kind) continue;
      std::string key;
      for (std::uint32_t i = table.starts[number]; i < table.starts[number + 1]; ++i) {
        key += vocabulary_.word(table.words[i]);
        key += ' ';
      }
      // A subject area and a word of the same name are two things to search for.
      if (!prefix_of(entry.kind).empty()) key += prefix_of(entry.kind);
      if (!seen_.insert(std::move(key)).second) continue;
      Completion one;
      one.kind = entry.kind;
      one.text = std::string(table.printed(number));
      one.before = typed_.substr(0, read_.kind ? read_.field_begin : read_.words[first].begin);
      one.count = entry.count;
      one.estimated = entry.estimated != 0;
      one.document = entry.document;
      if (entry.kind != Kind::kTitle) {
        const bool named = !prefix_of(entry.kind).empty();
        one.query = one.before + (named ? field_query(entry.kind, one.text) : one.text);
        if (one.query == typed_) continue;
      }
      out.push_back(std::move(one));
    }
  }

  const VocabularyFile& vocabulary_;
  const std::string_view typed_;
  const Typed read_;
  std::vector<std::uint32_t> before_;
  std::pair<std::uint32_t, std::uint32_t> last_;
  std::set<std::string> seen_;
};

}  // namespace

Completions complete(const VocabularyFile& vocabulary, std::string_view typed,
                     std::size_t wanted_terms, std::size_t wanted_titles) {
  return Completer(vocabulary, typed).complete(wanted_terms, wanted_titles);
}

}  // namespace fundstelle::suggest
