// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_tags.h"

#include <poppler.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "document/utf8.h"
#include "extract/bare_text.h"
#include "extract/encoding.h"

namespace fundstelle {
namespace {

constexpr std::size_t kMostElements = 100'000;
/// Headings and notes, and cells, whose text is asked for; each costs drawing a page (1 to 20 ms).
constexpr std::size_t kMostTexts = 400;
constexpr std::size_t kMostCells = 60;

struct Unref {
  void operator()(PopplerDocument* document) const { g_object_unref(document); }
  void operator()(PopplerStructureElement* element) const { g_object_unref(element); }
  void operator()(PopplerStructureElementIter* iter) const {
    poppler_structure_element_iter_free(iter);
  }
  void operator()(GBytes* bytes) const { g_bytes_unref(bytes); }
  void operator()(gchar* text) const { g_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

/// Poppler 22.12 takes the UTF-8 of a structure element for PDFDocEncoding and converts it once
/// more
/// ("GrÃ¼nde"). Taken back where that gives UTF-8; later versions need no repair and get none.
std::string once_encoded(const std::string& text) {
  // PDFDocEncoding 0x80 to 0x9E and 0xA0 where it is not Latin-1 (PDF Reference, appendix D).
  static constexpr std::array<char32_t, 31> kOdd = {
      0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212,
      0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141,
      0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E};
  std::string bytes;
  std::int64_t i = 0;
  const auto size = static_cast<std::int64_t>(text.size());
  while (i < size) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, size, c);
    if (c < 0) return text;
    const auto* odd = std::find(kOdd.begin(), kOdd.end(), static_cast<char32_t>(c));
    if (odd != kOdd.end()) {
      bytes += static_cast<char>(0x80 + (odd - kOdd.begin()));
    } else if (c == 0x20AC) {
      bytes += '\xA0';
    } else if (c == 0xFFFD) {
      // Two bytes are no characters there: the end of "ß" and of the soft hyphen.
      bytes += bytes.ends_with('\xC2') ? '\xAD' : '\x9F';
    } else if (c <= 0xFF) {
      bytes += static_cast<char>(c);
    } else {
      return text;
    }
  }
  return is_utf8(bytes) ? bytes : text;
}

std::uint32_t heading_level(PopplerStructureElementKind kind) {
  switch (kind) {
    case POPPLER_STRUCTURE_ELEMENT_HEADING:
    case POPPLER_STRUCTURE_ELEMENT_HEADING_1:
      return 1;
    case POPPLER_STRUCTURE_ELEMENT_HEADING_2:
      return 2;
    case POPPLER_STRUCTURE_ELEMENT_HEADING_3:
      return 3;
    case POPPLER_STRUCTURE_ELEMENT_HEADING_4:
      return 4;
    case POPPLER_STRUCTURE_ELEMENT_HEADING_5:
      return 5;
    case POPPLER_STRUCTURE_ELEMENT_HEADING_6:
      return 6;
    default:
      return 0;
  }
}

class TreeReader {
 public:
  PdfTags read(PopplerDocument* document) {
    Owned<PopplerStructureElementIter> top(poppler_structure_element_iter_new(document));
    if (!top) return {};
    walk(std::move(top),
         [this](PopplerStructureElement* element, PopplerStructureElementIter* iter) {
           return visit(element, iter);
         });
    for (Owned<PopplerStructureElementIter>& table : tables_) read_table(std::move(table));
    return std::move(tags_);
  }

 private:
  /// Elements of a level and, where `visit` says so, those below; without recursion, for trees may
  /// be deep.
  template <class Visit>
  void walk(Owned<PopplerStructureElementIter> first, const Visit& visit) {
    std::vector<Owned<PopplerStructureElementIter>> open;
    open.push_back(std::move(first));
    while (!open.empty()) {
      if (++elements_ > kMostElements) return;
      PopplerStructureElementIter* iter = open.back().get();
      Owned<PopplerStructureElement> element(poppler_structure_element_iter_get_element(iter));
      Owned<PopplerStructureElementIter> child;
      if (element && visit(element.get(), iter)) {
        child.reset(poppler_structure_element_iter_get_child(iter));
      }
      if (poppler_structure_element_iter_next(iter) == FALSE) open.pop_back();
      if (child) open.push_back(std::move(child));
    }
  }

  bool visit(PopplerStructureElement* element, PopplerStructureElementIter* iter) {
    const PopplerStructureElementKind kind = poppler_structure_element_get_kind(element);
    const std::uint32_t level = heading_level(kind);
    if (level > 0 || kind == POPPLER_STRUCTURE_ELEMENT_NOTE) {
      const auto page = page_of(element, iter);
      if (++texts_ > kMostTexts) return false;
      std::string text = text_of(element);
      if (page && !text.empty()) tags_.texts.push_back({*page, level, std::move(text)});
      return false;
    }
    if (kind == POPPLER_STRUCTURE_ELEMENT_TABLE) {
      tables_.emplace_back(poppler_structure_element_iter_copy(iter));
      return false;
    }
    return kind != POPPLER_STRUCTURE_ELEMENT_CONTENT;
  }

  /// The page of an element or, where only its content has one, of that.
  std::optional<std::size_t> page_of(PopplerStructureElement* element,
                                     PopplerStructureElementIter* iter) {
    int page = poppler_structure_element_get_page(element);
    if (page < 0) {
      Owned<PopplerStructureElementIter> child(poppler_structure_element_iter_get_child(iter));
      if (child) {
        walk(std::move(child),
             [&page](PopplerStructureElement* inner, PopplerStructureElementIter*) {
               if (page < 0) page = poppler_structure_element_get_page(inner);
               return page < 0;
             });
      }
    }
    if (page < 0) return {};
    return static_cast<std::size_t>(page);
  }

  static std::string text_of(PopplerStructureElement* element) {
    const Owned<gchar> text(
        poppler_structure_element_get_text(element, POPPLER_STRUCTURE_GET_TEXT_RECURSIVE));
    return text ? squeeze_blanks(clean_text(once_encoded(text.get()))) : std::string();
  }

  void read_table(Owned<PopplerStructureElementIter> iter) {
    Owned<PopplerStructureElement> element(poppler_structure_element_iter_get_element(iter.get()));
    const auto page = page_of(element.get(), iter.get());
    Owned<PopplerStructureElementIter> child(poppler_structure_element_iter_get_child(iter.get()));
    if (!page || !child) return;
    TaggedTable table{*page, {}};
    std::vector<Owned<PopplerStructureElement>> cells;
    std::size_t rows = 0;
    walk(std::move(child), [&](PopplerStructureElement* inner, PopplerStructureElementIter*) {
      switch (poppler_structure_element_get_kind(inner)) {
        case POPPLER_STRUCTURE_ELEMENT_TABLE_ROW:
          ++rows;
          return true;
        case POPPLER_STRUCTURE_ELEMENT_TABLE_DATA:
        case POPPLER_STRUCTURE_ELEMENT_TABLE_HEADING:
          cells.emplace_back(POPPLER_STRUCTURE_ELEMENT(g_object_ref(inner)));
          return false;
        case POPPLER_STRUCTURE_ELEMENT_TABLE_HEADER:
        case POPPLER_STRUCTURE_ELEMENT_TABLE_BODY:
        case POPPLER_STRUCTURE_ELEMENT_TABLE_FOOTER:
          return true;
        default:
          return false;
      }
    });
    // One row or one column is layout, not a table.
    if (rows < 2 || cells.size() < 2 * rows || cell_texts_ + cells.size() > kMostCells) return;
    cell_texts_ += cells.size();
    for (const auto& cell : cells) table.text += bare_text(text_of(cell.get()));
    tags_.tables.push_back(std::move(table));
  }

  PdfTags tags_;
  std::vector<Owned<PopplerStructureElementIter>> tables_;
  std::size_t elements_ = 0;
  std::size_t texts_ = 0;
  std::size_t cell_texts_ = 0;
};

/// Where the first `size` letters and digits of `text` end, if a word ends there.
std::optional<std::size_t> end_of_bare(const std::string& text, std::size_t size) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    seen += is_bare(text[i]) ? 1 : 0;
    if (seen < size) continue;
    std::size_t end = i + 1;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n') {
      if (is_bare(text[end])) return {};
      ++end;
    }
    return end;
  }
  return {};
}

bool takes_heading(std::vector<TextBlock>& page, const TaggedText& tag, const std::string& wanted) {
  const auto is_free = [](const TextBlock& block) {
    return block.level == 0 &&
           (block.kind == BlockKind::kParagraph || block.kind == BlockKind::kHeading);
  };
  for (TextBlock& block : page) {
    if (!is_free(block) || bare_text(block.text) != wanted) continue;
    block.kind = BlockKind::kHeading;
    block.level = tag.level;
    return true;
  }
  // The paragraph below may have been taken for its rest.
  for (std::size_t b = 0; b < page.size(); ++b) {
    if (!is_free(page[b]) || !bare_text(page[b].text).starts_with(wanted)) continue;
    const auto end = end_of_bare(page[b].text, wanted.size());
    if (!end || *end >= page[b].text.size()) continue;
    TextBlock rest = page[b];
    rest.kind = BlockKind::kParagraph;
    rest.close_to_previous = true;
    rest.text = page[b].text.substr(*end + 1);
    page[b].text.resize(*end);
    page[b].kind = BlockKind::kHeading;
    page[b].level = tag.level;
    page.insert(page.begin() + static_cast<std::ptrdiff_t>(b) + 1, std::move(rest));
    return true;
  }
  return false;
}

bool takes_note(std::vector<TextBlock>& page, const std::string& wanted) {
  for (TextBlock& block : page) {
    if (block.kind == BlockKind::kTable || bare_text(block.text) != wanted) continue;
    block.kind = BlockKind::kFootnote;
    return true;
  }
  return false;
}

/// The blocks of a table become one. Their text stays: cells as tagged have the hyphens of their
/// lines and no lines.
bool takes_table(std::vector<TextBlock>& page, const TaggedTable& table) {
  if (table.text.empty()) return false;
  for (std::size_t b = 0; b < page.size(); ++b) {
    std::string found;
    std::size_t end = b;
    while (end < page.size() && found.size() < table.text.size()) {
      found += bare_text(page[end++].text);
    }
    if (found != table.text) continue;
    page[b].kind = BlockKind::kTable;
    for (std::size_t k = b + 1; k < end; ++k) page[b].text += "\n" + page[k].text;
    page.erase(page.begin() + static_cast<std::ptrdiff_t>(b) + 1,
               page.begin() + static_cast<std::ptrdiff_t>(end));
    return true;
  }
  return false;
}

}  // namespace

PdfTags read_pdf_tags(std::string_view bytes) {
  const Owned<GBytes> data(g_bytes_new_static(bytes.data(), bytes.size()));
  const Owned<PopplerDocument> document(
      poppler_document_new_from_bytes(data.get(), nullptr, nullptr));
  if (!document) return {};
  return TreeReader().read(document.get());
}

std::size_t apply_tags(const PdfTags& tags, std::vector<std::vector<TextBlock>>& pages) {
  std::size_t heading_bytes = 0;
  for (const TaggedText& tag : tags.texts) heading_bytes += tag.level > 0 ? tag.text.size() : 0;
  std::size_t all_bytes = 0;
  for (const auto& page : pages) {
    for (const TextBlock& block : page) all_bytes += block.text.size();
  }
  const bool believed = heading_bytes * 4 < all_bytes;
  std::size_t agreed = 0;
  for (const TaggedTable& table : tags.tables) {
    if (table.page < pages.size()) agreed += takes_table(pages[table.page], table);
  }
  for (const TaggedText& tag : tags.texts) {
    if (tag.page >= pages.size()) continue;
    const std::string wanted = bare_text(tag.text);
    if (wanted.size() < 3) continue;
    if (tag.level == 0) {
      agreed += takes_note(pages[tag.page], wanted);
    } else if (believed && tag.text.size() < 300) {
      agreed += takes_heading(pages[tag.page], tag, wanted);
    }
  }
  return agreed;
}

}  // namespace fundstelle
