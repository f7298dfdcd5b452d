// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text_lines.h"

#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "extract/hyphenation.h"

namespace fundstelle {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_blank(const std::string& line) { return trimmed(line).empty(); }

UChar32 first_letter(std::string_view text) {
  if (text.empty()) return 0;
  UChar32 c = 0;
  std::int64_t i = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i,
          static_cast<std::int64_t>(text.size()), c);
  return std::max(c, 0);
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [text](std::string_view end) { return text.ends_with(end); });
}

bool ends_sentence(std::string_view text) {
  return ends_with_any(text, {".", "!", "?", ":", "“", "”", "\"", ".)", "?)", "!)", "…", ";"});
}

/// A bullet or label that begins an item.
bool starts_item(std::string_view text) {
  static const RE2 kItem(
      R"(^(?:[•\-–—*▪■●○·]\s|\(?\d{1,3}(?:\.\d{1,2})*[.)]\s|\(\d{1,3}\)\s|\(?[a-zA-Z]{1,2}\)\s|[A-Z]\.\s|[IVX]+\.\s|§+\s?\d))");
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), kItem);
}

}  // namespace

void take_off_line_numbers(std::vector<std::string>& lines) {
  static const RE2 kNumbered(R"(^(\s*(?:[-•*]\s+)?)(\d{1,4})(?:\s+(.*)|$))");
  struct Numbered {
    std::size_t line;
    int number;
    std::string before, after;
  };
  std::vector<Numbered> found;
  int expected = -1;
  std::size_t first = lines.size();
  std::size_t unnumbered = 0;
  std::size_t gap = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_blank(lines[i])) continue;
    Numbered n{i, 0, {}, {}};
    if (RE2::FullMatch(lines[i], kNumbered, &n.before, &n.number, &n.after) &&
        (n.number == expected || (found.size() < 3 && n.number <= 1) || n.number == 1)) {
      // A count that begins again (a new page, or the true begin after a stray "1") goes on too.
      if (n.number == 1 && found.size() < 3) {
        found.clear();
        unnumbered = 0;
        first = i;
      }
      expected = n.number + 1;
      unnumbered += gap;
      gap = 0;
      found.push_back(std::move(n));
    } else if (!found.empty()) {
      ++gap;
    }
  }
  // Text before the first number is the head of the paper; a tail without numbers may follow.
  if (found.size() < 6 || unnumbered * 5 > found.size()) return;

  LineJoiner joiner;
  for (const Numbered& n : found) joiner.learn(n.after);
  std::vector<std::string> out(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first));
  std::size_t next = 0;
  bool open = false;  // the paragraph at the end of `out` may go on
  for (std::size_t i = first; i < lines.size(); ++i) {
    if (next >= found.size() || found[next].line != i) {
      open = open && !is_blank(lines[i]) && next < found.size();
      if (open) {
        joiner.append(out.back(), trimmed(lines[i]));  // the rest of a line set too long
      } else {
        out.push_back(lines[i]);
      }
      continue;
    }
    const Numbered& n = found[next++];
    const std::string_view text = trimmed(n.after);
    const bool item = !trimmed(n.before).empty() || starts_item(text);
    if (text.empty()) {
      open = false;
    } else if (open && !item) {
      joiner.append(out.back(), text);
    } else {
      const std::string_view mark = trimmed(n.before);
      const bool marked = mark.empty() || starts_item(text);
      out.push_back(marked ? std::string(text) : std::string(mark) + " " + std::string(text));
      open = true;
    }
  }
  lines = std::move(out);
}

std::vector<std::string> take_off_page_lines(std::vector<std::string>& lines) {
  static const RE2 kPageOfMany(R"((?i)^\s*(?:seite|page)\s+\d{1,4}\s+(?:von|of|/)\s*\d{1,4}\s*$)");
  static const RE2 kDashed(R"(^\s*[-–—]\s?\d{1,4}\s?[-–—]\s*$)");
  static const RE2 kHead(R"(^(?:.{0,90}\S)??\s*[-–—]\s?\d{1,4}\s?[-–—]\s*(?:\S.{0,90})?$)");
  static const RE2 kNamesPaper(R"(Drucksache|Drs\.|Wahlperiode|Plenarprotokoll|Sitzung)");
  static const RE2 kLanguagePage(R"(^\s*(?:DE|EN)\s+(?:\d{1,4}\s+)?(?:DE|EN)\s*$)");
  static const std::array<const RE2*, 7> kImprint = {
      new RE2(R"(Gesamtherstellung|Herstellung:|Satz und Druck|Druck:)"),
      new RE2(R"(Vertrieb\b|Verlag(?:sgesellschaft)?\b)"),
      new RE2(R"(ISSN)"),
      new RE2(R"(Telefon\b|Tel\.)"),
      new RE2(R"(Telefax|\bFax\b)"),
      new RE2(R"(www\.)"),
      new RE2(R"(Postfach|\b\d{5} [A-ZÄÖÜ][a-zäöü]+)")};
  std::vector<bool> drop(lines.size(), false);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.size() > 220 || is_blank(line)) continue;
    drop[i] = RE2::FullMatch(line, kPageOfMany) || RE2::FullMatch(line, kDashed) ||
              RE2::FullMatch(line, kLanguagePage) ||
              (RE2::FullMatch(line, kHead) && RE2::PartialMatch(line, kNamesPaper) &&
               !ends_sentence(trimmed(line)));
  }
  // An imprint: lines one after the other that all speak of printing and selling.
  for (std::size_t begin = 0; begin < lines.size();) {
    std::array<bool, 7> said{};
    std::size_t end = begin;
    while (end < lines.size() && lines[end].size() < 300) {
      bool any = false;
      for (std::size_t s = 0; s < kImprint.size(); ++s) {
        if (!RE2::PartialMatch(lines[end], *kImprint[s])) continue;
        said[s] = true;
        any = true;
      }
      if (!any) break;
      ++end;
    }
    const bool printing = said[0] || said[1] || said[2];
    if (end - begin >= 2 && printing && std::count(said.begin(), said.end(), true) >= 4) {
      for (std::size_t i = begin; i < end; ++i) drop[i] = true;
    }
    begin = std::max(end, begin + 1);
  }
  std::vector<std::string> taken;
  std::vector<std::string> kept;
  kept.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (drop[i]) {
      taken.emplace_back(trimmed(lines[i]));
    } else {
      kept.push_back(std::move(lines[i]));
    }
  }
  lines = std::move(kept);
  return taken;
}

std::size_t end_of_article(const std::vector<std::string>& lines) {
  // Running text: long, or at least two sentences.
  const auto is_running_text = [](std::string_view text) {
    if (text.size() < 160 || !ends_sentence(text)) return false;
    static const RE2 kInnerEnd(R"(\p{Ll}[.!?][“”"]?\s+[„"]?\p{Lu})");
    return text.size() > 400 ||
           RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), kInnerEnd);
  };
  std::size_t good = 0;
  std::size_t last_good = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = trimmed(lines[i]);
    static const RE2 kCredit(R"(\((?:Foto|Bild|Quelle)\b[^)]*\)\.?$)");
    if (!is_running_text(text) ||
        RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), kCredit)) {
      continue;
    }
    ++good;
    last_good = i;
  }
  if (good < 2) return lines.size();
  // After it: labels of one to four words as single bullets between other lines, at least four
  // times.
  std::size_t labels = 0;
  std::size_t bullets = 0;
  std::size_t others = 0;
  for (std::size_t i = last_good + 1; i < lines.size(); ++i) {
    const std::string_view text = trimmed(lines[i]);
    if (text.empty()) continue;
    const bool bullet = text.starts_with("•") || text.starts_with("* ") || text.starts_with("- ");
    if (!bullet) {
      ++others;
      continue;
    }
    ++bullets;
    const auto neighbour_is_bullet = [&](std::size_t at) {
      const std::string_view other = at < lines.size() ? trimmed(lines[at]) : std::string_view{};
      return other.starts_with("•") || other.starts_with("* ") || other.starts_with("- ");
    };
    const auto words = static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
    const bool alone = !neighbour_is_bullet(i + 1) && (i == 0 || !neighbour_is_bullet(i - 1));
    labels += alone && words <= 4 && !ends_sentence(text);
  }
  const bool teasers = labels >= 4 && labels * 10 >= bullets * 7 && others >= labels;
  return teasers ? last_good + 1 : lines.size();
}

std::string close_letter_spacing(const std::string& line) {
  // Letters one by one with a single blank between; two blanks part words.
  struct Piece {
    std::size_t begin, end;
    bool letter;
  };
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ') {
      ++i;
      continue;
    }
    const std::size_t end = std::min(line.find(' ', i), line.size());
    const bool letter = letters_in(std::string_view(line).substr(i, end - i)) == 1 &&
                        u_isalpha(first_letter(std::string_view(line).substr(i)));
    pieces.push_back({i, end, letter});
    i = end;
  }
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < pieces.size();) {
    std::size_t end = i;
    while (end < pieces.size() && pieces[end].letter) ++end;
    if (end - i < 5) {
      i = std::max(end, i + 1);
      continue;
    }
    out += line.substr(copied, pieces[i].begin - copied);
    for (std::size_t k = i; k < end; ++k) {
      if (k > i && pieces[k].begin - pieces[k - 1].end >= 2) out += ' ';
      out += line.substr(pieces[k].begin, pieces[k].end - pieces[k].begin);
    }
    copied = pieces[end - 1].end;
    i = end;
  }
  if (copied == 0) return line;
  return out + line.substr(copied);
}

}  // namespace fundstelle
