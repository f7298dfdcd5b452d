// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cutting works on one flat text of all pages: sections become starting points, the stretches
// between them become passages. Every stretch ends where the next begins, so nothing is lost or
// doubled.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/schema.h"

namespace fundstelle::schema {
namespace {

constexpr std::size_t kHeadingBytes = 160;

struct FlatText {
  std::string text;
  std::vector<std::size_t> page_begin;  ///< one entry more than pages: the end
  std::vector<std::uint32_t> page_number;

  explicit FlatText(const std::vector<Page>& pages) {
    for (const Page& page : pages) {
      page_begin.push_back(text.size());
      page_number.push_back(page.number);
      text += page.text;
    }
    page_begin.push_back(text.size());
  }

  /// Flat offset of a place, cut to what is there and moved back to the start of a letter.
  [[nodiscard]] std::size_t at(std::uint32_t page, std::uint32_t offset) const {
    const auto found = std::lower_bound(page_number.begin(), page_number.end(), page);
    if (found == page_number.end()) return text.size();
    const auto index = static_cast<std::size_t>(found - page_number.begin());
    if (*found != page) return page_begin[index];
    return letter_start(std::min(page_begin[index] + offset, page_begin[index + 1]));
  }
  [[nodiscard]] std::size_t letter_start(std::size_t position) const {
    while (position > 0 && position < text.size() &&
           (static_cast<unsigned char>(text[position]) & 0xC0U) == 0x80U) {
      --position;
    }
    return position;
  }
  [[nodiscard]] bool blank(std::size_t begin, std::size_t end) const {
    return begin >= end || text.find_first_not_of(" \t\r\n", begin) >= end;
  }
  /// Page starts strictly inside (begin, end).
  [[nodiscard]] std::vector<std::size_t> breaks(std::size_t begin, std::size_t end) const {
    std::vector<std::size_t> inside;
    for (auto it = std::upper_bound(page_begin.begin(), page_begin.end(), begin);
         it != page_begin.end() && *it < end; ++it) {
      if (inside.empty() || inside.back() != *it) inside.push_back(*it);
    }
    return inside;
  }
};

/// A stretch that becomes one or more passages.
struct Stretch {
  std::size_t begin = 0;
  PassageKind kind = PassageKind::kPage;
  std::vector<std::string> labels;
  std::string heading;
};

struct Unit {
  std::size_t begin = 0, end = 0;
  const Section* section = nullptr;
};

std::string short_heading(std::string_view text) {
  std::string line;
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      space = !line.empty();
      continue;
    }
    if (space) line += ' ';
    space = false;
    line += c;
    if (line.size() > kHeadingBytes) break;
  }
  if (line.size() <= kHeadingBytes) return line;
  std::size_t cut = line.rfind(' ');
  if (cut == std::string::npos || cut < kHeadingBytes / 2) {
    cut = kHeadingBytes;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
  }
  line.resize(cut);
  return line + "…";
}

std::string speaker_heading(const Section& section) {
  if (!section.speaker) return short_heading(section.text);
  const Speaker& who = *section.speaker;
  const std::string& place = who.group.empty() ? who.role : who.group;
  return place.empty() ? who.name : who.name + " (" + place + ")";
}

bool contains_all(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& label) {
    return std::find(all.begin(), all.end(), label) != all.end();
  });
}

bool shares(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& label) {
    return std::find(b.begin(), b.end(), label) != b.end();
  });
}

void add_labels(std::vector<std::string>& to, const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    if (std::find(to.begin(), to.end(), label) == to.end()) to.push_back(label);
  }
}

/// Questions, answers, speeches and headings in order of place, without those inside another (a
/// heading within an answer belongs to the answer).
std::vector<Unit> outer_units(const Document& document, const FlatText& flat) {
  std::vector<Unit> units;
  for (const Section& section : document.sections) {
    if (section.kind == SectionKind::kTable || section.kind == SectionKind::kFootnote) continue;
    const Unit unit{flat.at(section.span.page, section.span.begin),
                    flat.at(section.span.end_page, section.span.end), &section};
    if (unit.begin < unit.end) units.push_back(unit);
  }
  std::stable_sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Unit> outer;
  std::size_t covered = 0;
  for (const Unit& unit : units) {
    const bool heading = unit.section->kind == SectionKind::kHeading;
    if (unit.begin < covered && (heading || unit.end <= covered)) continue;
    outer.push_back(unit);
    if (!heading) covered = unit.end;
  }
  return outer;
}

/// Whether the question `units[i]` waits for the same answer as the open one before it ("Fragen 3
/// und 4 werden gemeinsam beantwortet").
bool shares_next_answer(const std::vector<Unit>& units, std::size_t i,
                        const std::vector<std::string>& open_labels) {
  for (std::size_t next = i + 1; next < units.size(); ++next) {
    const Section& section = *units[next].section;
    if (section.kind != SectionKind::kAnswer) continue;
    return !section.labels.empty() && contains_all(section.labels, open_labels) &&
           contains_all(section.labels, units[i].section->labels);
  }
  return false;
}

std::vector<Stretch> stretches_of(const std::vector<Unit>& units, const FlatText& flat) {
  std::vector<Stretch> stretches{Stretch{}};
  bool open_question = false;  // the last stretch is a question that may still take its answer
  bool answered = false;
  std::size_t waiting = std::string::npos;  // begin of headings that have no text of their own yet

  for (std::size_t i = 0; i < units.size(); ++i) {
    const Section& section = *units[i].section;
    const std::size_t end = units[i].end;
    const std::size_t next = i + 1 < units.size() ? units[i + 1].begin : flat.text.size();
    Stretch stretch;
    stretch.begin = std::exchange(waiting, std::string::npos);
    if (stretch.begin == std::string::npos) stretch.begin = units[i].begin;
    stretch.labels = section.labels;

    bool joined = false;
    switch (section.kind) {
      case SectionKind::kQuestion:
        joined =
            open_question && !answered && shares_next_answer(units, i, stretches.back().labels);
        stretch.kind = PassageKind::kQuestion;
        stretch.heading = short_heading(section.text);
        answered = false;
        open_question = true;
        break;
      case SectionKind::kAnswer:
        joined = open_question &&
                 (section.labels.empty() || shares(section.labels, stretches.back().labels));
        stretch.kind = PassageKind::kQuestion;
        stretch.heading = short_heading(section.text);
        open_question = true;
        answered = true;
        break;
      case SectionKind::kSpeech:
        stretch.kind = PassageKind::kSpeech;
        stretch.heading = speaker_heading(section);
        open_question = false;
        break;
      default:
        if (i + 1 < units.size() && flat.blank(end, next)) {
          waiting = stretch.begin;
          continue;
        }
        stretch.kind = PassageKind::kHeaded;
        stretch.heading = short_heading(section.text);
        open_question = false;
        break;
    }
    if (joined) {
      add_labels(stretches.back().labels, stretch.labels);
    } else {
      stretches.push_back(std::move(stretch));
    }

    // What follows a question, an answer or a speech without being one lies between the passages,
    // except the line that introduces the answer ("Antwort der Landesregierung:").
    if (section.kind == SectionKind::kHeading || flat.blank(end, next)) continue;
    const bool answer_follows =
        open_question && i + 1 < units.size() &&
        ((units[i + 1].section->kind == SectionKind::kAnswer &&
          (units[i + 1].section->labels.empty() ||
           shares(units[i + 1].section->labels, stretches.back().labels))) ||
         (units[i + 1].section->kind == SectionKind::kQuestion && !answered &&
          shares_next_answer(units, i + 1, stretches.back().labels)));
    if (answer_follows) continue;
    Stretch between;
    between.begin = end;
    stretches.push_back(std::move(between));
    open_question = false;
  }
  return stretches;
}

/// Where to cut [begin, end) so that the first half fits; prefers the end of a paragraph, then of a
/// page, a line, a word.
std::size_t cut_before_limit(const FlatText& flat, std::size_t begin, std::size_t end) {
  const std::vector<std::size_t> breaks = flat.breaks(begin, end);
  std::size_t limit = begin + kMaxPassageBytes;
  for (std::size_t i = 0; i < breaks.size() && breaks[i] < limit; ++i) limit -= 2;
  limit = flat.letter_start(std::min(limit, end));
  const std::size_t half = begin + (limit - begin) / 2;
  const auto after_last = [&](std::string_view mark) {
    const std::size_t found =
        std::string_view(flat.text).substr(0, limit).rfind(mark, limit - mark.size());
    return found == std::string::npos || found < half ? 0 : found + mark.size();
  };
  if (const std::size_t cut = after_last("\n\n"); cut > 0) return cut;
  for (auto it = breaks.rbegin(); it != breaks.rend(); ++it) {
    if (*it <= limit && *it >= half) return *it;
  }
  for (const std::string_view mark : {"\n", ". ", " "}) {
    if (const std::size_t cut = after_last(mark); cut > 0) return cut;
  }
  return limit;
}

std::size_t joined_size(const FlatText& flat, std::size_t begin, std::size_t end) {
  return end - begin + 2 * flat.breaks(begin, end).size();
}

/// Adds what of the questions and answers lies in flat [from, to), which stands at the end of the
/// passage's text.
void add_zones(const std::vector<Unit>& units, std::size_t from, std::size_t to, Passage& passage) {
  const std::size_t base = passage.text.size() - (to - from);
  for (const Unit& unit : units) {
    const SectionKind kind = unit.section->kind;
    if (kind != SectionKind::kQuestion && kind != SectionKind::kAnswer) continue;
    const auto place = [&](std::size_t flat_at) {
      return static_cast<std::uint32_t>(base + std::clamp(flat_at, from, to) - from);
    };
    Zone zone{kind == SectionKind::kAnswer, place(unit.begin), place(unit.end)};
    if (!passage.zones.empty()) zone.begin = std::max(zone.begin, passage.zones.back().end);
    if (zone.begin < zone.end) passage.zones.push_back(zone);
  }
}

Passage passage_of(const FlatText& flat, const Stretch& stretch, const std::vector<Unit>& units,
                   std::size_t begin, std::size_t end) {
  Passage passage;
  passage.kind = stretch.kind;
  passage.labels = stretch.labels;
  passage.heading = stretch.heading;
  passage.text.reserve(end - begin + 16);
  for (std::size_t page = 0; page + 1 < flat.page_begin.size(); ++page) {
    const std::size_t from = std::max(begin, flat.page_begin[page]);
    const std::size_t to = std::min(end, flat.page_begin[page + 1]);
    if (from >= to) continue;
    if (!passage.pieces.empty()) passage.text += "\n\n";
    passage.text.append(flat.text, from, to - from);
    if (stretch.kind == PassageKind::kQuestion) add_zones(units, from, to, passage);
    passage.pieces.push_back({flat.page_number[page],
                              static_cast<std::uint32_t>(from - flat.page_begin[page]),
                              static_cast<std::uint32_t>(to - flat.page_begin[page])});
  }
  return passage;
}

}  // namespace

std::vector<Passage> cut_passages(const Document& document) {
  const FlatText flat(document.pages);
  std::vector<Passage> passages;
  if (flat.text.empty()) return passages;

  // Fixed cuts first: starts of stretches, and page starts within what lies between them.
  const std::vector<Unit> units = outer_units(document, flat);
  std::vector<Stretch> stretches = stretches_of(units, flat);
  std::vector<Stretch> fixed;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const std::size_t end = i + 1 < stretches.size() ? stretches[i + 1].begin : flat.text.size();
    if (stretches[i].begin >= end) continue;
    fixed.push_back(stretches[i]);
    if (stretches[i].kind != PassageKind::kPage) continue;
    for (const std::size_t begin : flat.breaks(stretches[i].begin, end)) {
      fixed.push_back(stretches[i]);
      fixed.back().begin = begin;
    }
  }
  // White space alone is no passage: it goes to the one before, at the top of a document to the
  // next.
  std::vector<Stretch> kept;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    const std::size_t end = i + 1 < fixed.size() ? fixed[i + 1].begin : flat.text.size();
    if (flat.blank(fixed[i].begin, end) && !(kept.empty() && i + 1 == fixed.size())) {
      if (kept.empty()) fixed[i + 1].begin = fixed[i].begin;
      continue;
    }
    kept.push_back(std::move(fixed[i]));
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    std::size_t begin = kept[i].begin;
    const std::size_t end = i + 1 < kept.size() ? kept[i + 1].begin : flat.text.size();
    while (joined_size(flat, begin, end) > kMaxPassageBytes) {
      const std::size_t cut = cut_before_limit(flat, begin, end);
      passages.push_back(passage_of(flat, kept[i], units, begin, cut));
      begin = cut;
    }
    passages.push_back(passage_of(flat, kept[i], units, begin, end));
  }
  return passages;
}

}  // namespace fundstelle::schema
