// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/kwic.h"

#include <algorithm>
#include <deque>
#include <future>
#include <optional>
#include <vector>

#include "research/external_sort.h"

namespace fundstelle::research {
namespace {

constexpr std::size_t kHitsAtATime = 64;

RowWriter rows_of(RowFormat format) {
  return {format,
          {"id", "number", "body", "type", "date", "title", "passage", "page", "question", "kind",
           "zone", "speaker", "group", "left", "keyword", "right", "part"}};
}

/// Who says it: the speaker of a speech with the group in brackets behind the name, else those who
/// signed the paper.
struct Voice {
  std::string speaker;
  std::vector<std::string> groups;
};

Voice voice_of(const Hit& hit, const ConcordanceLine& line) {
  Voice out;
  if (!line.speaker.empty()) {
    out.speaker = line.speaker;
    const std::size_t open = line.speaker.rfind(" (");
    if (open != std::string::npos && line.speaker.ends_with(')')) {
      out.speaker = line.speaker.substr(0, open);
      out.groups = {line.speaker.substr(open + 2, line.speaker.size() - open - 3)};
    }
    return out;
  }
  // What a government answers is not the askers' word.
  if (line.zone == "answer") {
    for (const std::string& ministry : hit.ministries) {
      out.speaker += (out.speaker.empty() ? "" : "; ") + ministry;
    }
    return out;
  }
  for (const std::string& author : hit.authors) {
    out.speaker += (out.speaker.empty() ? "" : "; ") + author;
  }
  out.groups = hit.groups;
  return out;
}

struct Keyed {
  std::string key, line;
};

std::vector<Keyed> lines_of(const Listing& listing, const KwicOptions& options, std::size_t begin) {
  const ConcordanceAnswer answer = listing.concordance(begin, kHitsAtATime, options.context);
  const RowWriter rows = rows_of(options.format);
  std::vector<Keyed> out;
  const auto text = [](const std::string& value) {
    return value.empty() ? Cell{} : Cell{std::string_view(value)};
  };
  for (const ConcordanceLine& line : answer.lines) {
    const Hit& hit = answer.hits[line.hit];
    const Voice voice = voice_of(hit, line);
    Keyed& keyed = out.emplace_back();
    rows.append(keyed.line,
                {std::string_view(hit.id), text(hit.number), text(hit.body), text(hit.type),
                 text(hit.date), text(hit.title), static_cast<std::int64_t>(line.passage),
                 line.page > 0 ? Cell{static_cast<std::int64_t>(line.page)} : Cell{}, &line.labels,
                 text(line.kind), text(line.zone), text(voice.speaker), &voice.groups,
                 std::string_view(line.left), std::string_view(line.keyword),
                 std::string_view(line.right), line.part});
    switch (options.order) {
      case KwicOrder::kHits:
        break;
      case KwicOrder::kLeft:
        keyed.key = reversed_sort_key(line.left) + '\1' + sort_key(line.keyword);
        break;
      case KwicOrder::kRight:
        keyed.key = sort_key(line.right) + '\1' + sort_key(line.keyword);
        break;
      case KwicOrder::kKeyword:
        keyed.key = sort_key(line.keyword) + '\1' + sort_key(line.right);
        break;
      case KwicOrder::kDate:
        keyed.key = hit.date.empty() ? "9999" : hit.date;
        break;
    }
  }
  return out;
}

/// The sign two-byte letters are sorted as; empty: as they are.
std::string_view plain(unsigned char second) {
  switch (second) {
    case 0xA4:
    case 0x84:
    case 0xA0:
    case 0xA1:
    case 0xA2:
    case 0xA3:
    case 0xA5:
    case 0x80:
    case 0x81:
    case 0x82:
    case 0x83:
    case 0x85:
      return "a";
    case 0xB6:
    case 0x96:
    case 0xB2:
    case 0xB3:
    case 0xB4:
    case 0x92:
    case 0x93:
    case 0x94:
      return "o";
    case 0xBC:
    case 0x9C:
    case 0xB9:
    case 0xBA:
    case 0xBB:
    case 0x99:
    case 0x9A:
    case 0x9B:
      return "u";
    case 0xA8:
    case 0xA9:
    case 0xAA:
    case 0xAB:
    case 0x88:
    case 0x89:
    case 0x8A:
    case 0x8B:
      return "e";
    case 0xA7:
    case 0x87:
      return "c";
    case 0x9F:
      return "ss";
    default:
      return {};
  }
}

}  // namespace

std::string sort_key(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      const bool letter = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
      if (letter) {
        out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      } else if (!out.empty() && out.back() != ' ') {
        out += ' ';
      }
      continue;
    }
    // Dashes, quotes, section signs are no letters.
    if ((c == 0xE2 && i + 2 < text.size()) || (c == 0xC2 && i + 1 < text.size())) {
      i += c == 0xE2 ? 2 : 1;
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    if (c == 0xC3 && i + 1 < text.size()) {
      const std::string_view as = plain(static_cast<unsigned char>(text[i + 1]));
      if (!as.empty()) {
        out += as;
        ++i;
        continue;
      }
    }
    out += text[i];
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string reversed_sort_key(std::string_view text) {
  const std::string key = sort_key(text);
  std::string out;
  for (std::size_t end = key.size(); end > 0;) {
    const std::size_t blank = key.rfind(' ', end - 1);
    const std::size_t begin = blank == std::string::npos ? 0 : blank + 1;
    if (!out.empty()) out += ' ';
    out.append(key, begin, end - begin);
    end = begin == 0 ? 0 : begin - 1;
  }
  return out;
}

KwicCounts write_kwic(const Listing& listing, const KwicOptions& options, const Sink& sink,
                      const std::function<void(std::size_t)>& told) {
  KwicCounts counts;
  const bool sorted = options.order != KwicOrder::kHits;
  std::optional<ExternalSort> sort;
  if (sorted) sort.emplace(options.memory, options.temporary);
  sink(rows_of(options.format).head());
  std::deque<std::future<std::vector<Keyed>>> ahead;
  std::size_t next = 0, done = 0;
  const auto begin_one = [&] {
    ahead.push_back(std::async(std::launch::async, [&listing, &options, begin = next] {
      return lines_of(listing, options, begin);
    }));
    next += kHitsAtATime;
  };
  while (next < listing.size() || !ahead.empty()) {
    while (next < listing.size() && ahead.size() < options.jobs) begin_one();
    const std::vector<Keyed> lines = ahead.front().get();
    ahead.pop_front();
    for (const Keyed& one : lines) {
      if (sort) {
        sort->add(one.key, one.line);
      } else {
        sink(one.line);
      }
    }
    counts.lines += lines.size();
    done = std::min(done + kHitsAtATime, listing.size());
    told(done);
  }
  if (sort) sort->each(sink);
  counts.documents = listing.size();
  return counts;
}

}  // namespace fundstelle::research
