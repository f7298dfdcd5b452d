// SPDX-License-Identifier: GPL-3.0-or-later
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "extract/bare_text.h"
#include "extract/encoding.h"
#include "extract/extract.h"
#include "extract/pdf_furniture.h"
#include "extract/pdf_layout.h"
#include "extract/pdf_margins.h"
#include "extract/pdf_tags.h"
#include "extract/pdf_words.h"
#include "extract/read_scans.h"
#include "extract/word_list.h"

namespace fundstelle {
namespace {

struct Legibility {
  std::size_t letters = 0;  ///< letters and digits in all
  std::size_t words = 0;    ///< words of four characters and more
  std::size_t clean = 0;    ///< of these, made of letters only
  std::size_t latin = 0;    ///< Latin words of any length
  std::size_t function_words = 0;
  std::size_t odd = 0;  ///< private use, replacement, unassigned
};

bool is_function_word(const std::string& word) {
  static constexpr std::array<std::string_view, 40> kWords = {
      "der", "die", "das", "und",  "in",  "den", "von",  "zu",  "mit", "des",
      "ist", "im",  "für", "auf",  "dem", "ein", "eine", "the", "of",  "and",
      "to",  "is",  "for", "with", "on",  "de",  "la",   "le",  "et",  "les",
      "el",  "que", "y",   "a",    "di",  "e",   "il",   "van", "het", "en"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

void judge_word(const std::string& text, Legibility& sum) {
  std::size_t letters = 0;
  std::size_t others = 0;
  bool latin = true;
  bool edge = true;  // marks at the ends of a word are no matter
  std::size_t marks = 0;
  std::string lower;
  std::int64_t i = 0;
  const auto size = static_cast<std::int64_t>(text.size());
  while (i < size) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, size, c);
    if (c < 0) continue;
    if (u_isalpha(c)) {
      others += edge ? 0 : marks;
      marks = 0;
      edge = false;
      ++letters;
      latin = latin && c < 0x250;
      if (c < 0x80) lower += static_cast<char>(u_tolower(c));
      if (c >= 0x80) lower += static_cast<char>(0xFC == c ? '?' : '_');
    } else {
      const auto type = u_charType(c);
      if (type == U_PRIVATE_USE_CHAR || type == U_UNASSIGNED || c == 0xFFFD) ++sum.odd;
      if (c != '-' && c != '/' && c != '.' && c != ':' && c != '*' && c != '_') ++marks;
      if (u_isdigit(c)) ++sum.letters;
    }
  }
  sum.letters += letters;
  if (letters == 0) return;
  if (latin) {
    ++sum.latin;
    sum.function_words += others == 0 && is_function_word(lower);
  }
  if (letters >= 2 && letters + others >= 4) {
    ++sum.words;
    sum.clean += others == 0;
  }
}

Legibility judge(const PdfContent& content) {
  Legibility sum;
  for (const PdfPageWords& page : content.pages) {
    for (const PdfWord& word : page.words) judge_word(word.text, sum);
    sum.odd += page.odd_words;
  }
  return sum;
}

constexpr const char* kNoTextLayer = "no text layer";

bool is_short(const Legibility& text, std::size_t pages) {
  pages = std::max<std::size_t>(pages, 1);
  return text.letters < 20 * pages && text.words < 4 * pages;
}

/// Why the text layer cannot be used; empty if it can.
std::string why_illegible(const Legibility& text, std::size_t pages) {
  // A scan has no text; a stamp or a page number alone is none either.
  if (is_short(text, pages)) return kNoTextLayer;
  if (text.odd * 3 > text.letters && text.clean < 30) return "fonts without character map";
  if (text.words >= 20 && text.clean * 2 < text.words) return "text layer is no language";
  if (text.latin >= 200 && text.function_words * 200 < text.latin)
    return "text layer is no language";
  return {};
}

/// Takes the rest of a word broken by the page end from the next page.
void mend_page_break(std::vector<TextBlock>& page, std::vector<TextBlock>& next,
                     const LineJoiner& joiner) {
  // The text above the notes; below it may stand a formula in small print ("Die Antwort wurde
  // namens …").
  TextBlock* last = nullptr;
  for (TextBlock& block : page) {
    if (block.kind == BlockKind::kFootnote || block.text.empty()) continue;
    const bool formula = block.text.starts_with("Die Antwort wurde namens");
    if (last != nullptr && formula && joiner.hides_hyphens()) break;
    if (last != nullptr && last->text.back() == '-' &&
        (formula || block.height < 0.93F * last->height))
      break;
    last = &block;
  }
  if (last == nullptr || last->kind == BlockKind::kTable) return;
  for (TextBlock& block : next) {
    if (block.kind == BlockKind::kTable || block.kind == BlockKind::kFootnote) return;
    if (block.text.empty()) continue;
    const bool broken =
        !last->text.empty() &&
        (last->text.back() == '-' || last->text.ends_with("\xC2\xAD") || joiner.hides_hyphens());
    if (!broken || !joiner.runs_on(last->text, block.text)) return;
    const std::size_t end = std::min(block.text.find_first_of(" \n\t"), block.text.size());
    joiner.append(last->text, block.text.substr(0, end));
    block.text.erase(0, std::min(block.text.find_first_not_of(" \n\t", end), block.text.size()));
    return;
  }
}

/// Paragraphs that are entries of the file's outline are headings, whatever their type size.
/// Returns the level of each, by its bare text.
std::map<std::string, std::uint32_t> mark_outline(const std::vector<Declared>& declared,
                                                  std::vector<std::vector<TextBlock>>& pages) {
  std::map<std::string, std::uint32_t> levels;
  for (const Declared& entry : declared) {
    if (!entry.name.starts_with("pdf outline")) continue;
    std::string text = bare_text(entry.value);
    if (text.size() >= 3) levels.emplace(std::move(text), entry.name == "pdf outline" ? 1U : 2U);
  }
  if (levels.empty()) return levels;
  for (auto& page : pages) {
    for (TextBlock& block : page) {
      if (block.kind == BlockKind::kParagraph && block.text.size() < 300 &&
          levels.contains(bare_text(block.text)))
        block.kind = BlockKind::kHeading;
    }
  }
  return levels;
}

}  // namespace

PdfText read_pdf(std::string_view bytes, const ExtractOptions& options) {
  PdfText result;
  PdfContent content = read_pdf_words(bytes);
  result.state = content.state;
  result.message = std::move(content.message);
  SourceText& text = result.text;
  text.media_type = "application/pdf";
  text.paged = true;
  text.declared = std::move(content.declared);
  if (result.state != ExtractState::kOk) return result;
  if (content.damaged_pages > 0) {
    text.warnings.push_back({"damaged_pages", std::to_string(content.damaged_pages) + " of " +
                                                  std::to_string(content.pages.size()) +
                                                  " pages cannot be read"});
  }
  const Legibility legibility = judge(content);
  std::string illegible = why_illegible(legibility, content.pages.size());
  // A short paper is one all the same, if its few words are all that is printed.
  if (illegible == kNoTextLayer && legibility.clean > 0 && is_all_text(bytes, content))
    illegible.clear();
  std::string remedy = "index it with --ocr";
  if (options.ocr) {
    const ScanReading scans = read_scans(bytes, content, !illegible.empty(), options.ocr_pages);
    if (!scans.trouble.empty()) {
      remedy = scans.trouble;
    } else if (!illegible.empty()) {
      remedy = "nothing legible could be recognised on it";
      if (judge(content).words >= 3) illegible.clear();
    }
    if (scans.recognized > 0) {
      text.warnings.push_back(
          {"ocr", "text of " + std::to_string(scans.recognized) + " of " +
                      std::to_string(content.pages.size()) +
                      " pages was recognised from pictures; it may hold errors"});
    }
    if (scans.skipped > 0) {
      text.warnings.push_back({"truncated", std::to_string(scans.skipped) +
                                                " scanned pages beyond the limit were not read"});
    }
  }
  if (!illegible.empty()) {
    result.state = ExtractState::kNeedsOcr;
    result.message = illegible + "; " + remedy;
    text.warnings.push_back({"needs_ocr", illegible});
    for (std::size_t p = 0; p < content.pages.size(); ++p) {
      text.pages.push_back({static_cast<std::uint32_t>(p + 1), {}});
    }
    return result;
  }

  for (PdfPageWords& page : content.pages) {
    for (std::string& taken : take_out_sideways(page)) text.furniture.push_back(std::move(taken));
  }
  take_out_margins(content.pages);
  std::vector<std::vector<TextLine>> pages;
  pages.reserve(content.pages.size());
  for (PdfPageWords& page : content.pages) pages.push_back(lines_of(std::move(page.words)));
  for (std::string& line : take_out_heads_and_feet(pages, content.pages)) {
    text.furniture.push_back(std::move(line));
  }
  const WordList word_list(options.word_list);
  LineJoiner joiner(&word_list);
  for (const auto& page : pages) {
    for (const TextLine& line : page) joiner.learn(text_of_line(line.words));
  }
  joiner.finish_learning();
  const DocumentMeasures measures = measure(pages);
  std::vector<std::vector<TextBlock>> blocks;
  blocks.reserve(pages.size());
  std::size_t without_text = 0;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    without_text += pages[p].empty();
    blocks.push_back(lay_out(pages[p], p, measures, joiner));
    pages[p].clear();
    if (p > 0) mend_page_break(blocks[p - 1], blocks[p], joiner);
  }
  if (without_text > 0) {
    text.warnings.push_back({"pages_without_text", std::to_string(without_text) + " of " +
                                                       std::to_string(pages.size()) +
                                                       " pages have no text; pictures, or empty"});
  }
  apply_tags(read_pdf_tags(bytes), blocks);
  const std::map<std::string, std::uint32_t> outline = mark_outline(text.declared, blocks);
  // Sizes of headings, largest first, give their levels, where the outline does not.
  std::vector<int> sizes;
  for (const auto& page : blocks) {
    for (const TextBlock& block : page) {
      if (block.kind == BlockKind::kHeading && !block.bold) {
        sizes.push_back(static_cast<int>(block.height * 2));
      }
    }
  }
  std::sort(sizes.rbegin(), sizes.rend());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());

  for (std::size_t p = 0; p < blocks.size(); ++p) {
    Page page;
    page.number = static_cast<std::uint32_t>(p + 1);
    for (const TextBlock& block : blocks[p]) {
      // NFC once more: a line may begin with a mark that belongs to the one before.
      const std::string block_text = clean_text(block.text);
      if (block_text.empty()) continue;
      if (!page.text.empty()) page.text += block.close_to_previous ? "\n" : "\n\n";
      Span span{page.number, static_cast<std::uint32_t>(page.text.size()), page.number, 0};
      page.text += block_text;
      span.end = static_cast<std::uint32_t>(page.text.size());
      if (block.kind == BlockKind::kHeading) {
        const auto at = std::find(sizes.begin(), sizes.end(), static_cast<int>(block.height * 2));
        const auto listed = outline.empty() ? outline.end() : outline.find(bare_text(block_text));
        const auto level = block.level > 0 ? block.level
                           : listed != outline.end()
                               ? listed->second
                               : static_cast<std::uint32_t>(at - sizes.begin()) + 1;
        // Weight alone heads less than size does.
        const bool lesser = block.bold && block.level == 0 && listed == outline.end();
        text.headings.push_back({std::clamp(level, lesser ? 3U : 1U, 6U), span});
      } else if (block.kind == BlockKind::kTable) {
        text.tables.push_back({span});
      } else if (block.kind == BlockKind::kFootnote) {
        text.footnotes.push_back(span);
      }
    }
    text.pages.push_back(std::move(page));
  }
  return result;
}

}  // namespace fundstelle
