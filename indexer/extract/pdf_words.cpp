// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_words.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <poppler-toc.h>
#include <re2/re2.h>

#include <algorithm>
#include <ctime>
#include <memory>

#include "extract/encoding.h"

namespace fundstelle {
namespace {

/// Straight from UTF-16: ustring::to_utf8() opens a converter for every word.
void append_utf8(std::string& out, const poppler::ustring& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 &&
        text[i + 1] < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (char32_t{text[++i]} - 0xDC00);
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 63));
      out += static_cast<char>(0x80 | (c & 63));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 63));
      out += static_cast<char>(0x80 | ((c >> 6) & 63));
      out += static_cast<char>(0x80 | (c & 63));
    }
  }
}

std::string utf8_of(const poppler::ustring& text) {
  std::string out;
  append_utf8(out, text);
  return out;
}

bool is_plain_ascii(const std::string& text) {
  for (const char c : text) {
    if (c < 0x20 || c == 0x7F) return false;  // negative: not ASCII
  }
  return true;
}

/// Symbol fonts without names: their two usual bullets become one, other such words are boxes and
/// lines of forms.
void name_symbols(std::string& word) {
  if (word == "\xEF\x82\xB7" || word == "\xEF\x82\xA7") {  // U+F0B7, U+F0A7
    word = "•";
    return;
  }
  for (std::size_t i = 0; i < word.size(); i += 3) {
    const auto first = static_cast<unsigned char>(word[i]);
    const auto second = i + 1 < word.size() ? static_cast<unsigned char>(word[i + 1]) : 0U;
    const bool is_private = first == 0xEE || (first == 0xEF && second < 0xA4);  // U+E000…U+F8FF
    if (!is_private) return;
  }
  word.clear();
}

void declare(PdfContent& content, const char* name, const poppler::ustring& value) {
  std::string text = squeeze_blanks(clean_text(utf8_of(value)));
  if (!text.empty()) content.declared.push_back({name, std::move(text)});
}

void declare_time(PdfContent& content, const char* name, std::time_t value) {
  if (value == static_cast<std::time_t>(-1) || value == 0) return;
  std::tm parts{};
  char text[32];
  if (gmtime_r(&value, &parts) == nullptr) return;
  if (std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) return;
  content.declared.push_back({name, text});
}

/// Top two levels of the outline; walked with a list, for outlines may nest or loop without end.
void declare_outline(PdfContent& content, const poppler::document& document) {
  constexpr std::size_t kMost = 200;
  const std::unique_ptr<poppler::toc> outline(document.create_toc());
  if (!outline) return;
  for (const poppler::toc_item* top : outline->root()->children()) {
    if (content.declared.size() > kMost) return;
    declare(content, "pdf outline", top->title());
    for (const poppler::toc_item* second : top->children()) {
      if (content.declared.size() > kMost) return;
      declare(content, "pdf outline 2", second->title());
    }
  }
}

void count_complaint(const std::string& message, void* data) {
  auto& content = *static_cast<PdfContent*>(data);
  if (content.complaints++ == 0) content.first_complaint = message.substr(0, 200);
}

class Silence {
 public:
  explicit Silence(PdfContent& content) {
    poppler::set_debug_error_function(count_complaint, &content);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  }
};

/// "ABCDEF+Arial-BoldMT", "Frutiger-Black", "HelveticaNeue-Hv"; "…Italic" alone is not.
bool names_bold(const std::string& font) {
  static const RE2 bold("(?i)bold|black|heavy|fett|[-,](?:bd|hv|blk|demi)");
  return RE2::PartialMatch(font, bold);
}

PdfPageWords words_of(const poppler::page& source, bool fonts) {
  PdfPageWords page;
  const poppler::rectf size = source.page_rect();
  page.width = static_cast<float>(size.width());
  page.height = static_cast<float>(size.height());
  if (source.orientation() == poppler::page::landscape ||
      source.orientation() == poppler::page::seascape) {
    std::swap(page.width, page.height);
  }
  const std::vector<poppler::text_box> boxes =
      source.text_list(fonts ? poppler::page::text_list_include_font : 0);
  std::string font;  // runs of words share one
  bool bold = false;
  page.words.reserve(boxes.size());
  for (const poppler::text_box& box : boxes) {
    PdfWord word;
    append_utf8(word.text, box.text());
    if (!is_plain_ascii(word.text)) {
      word.text = clean_text(word.text);
      while (!word.text.empty() && word.text.front() == ' ') word.text.erase(0, 1);
      while (!word.text.empty() && word.text.back() == ' ') word.text.pop_back();
      if (!word.text.empty() && static_cast<unsigned char>(word.text[0]) >= 0xEE) {
        page.odd_words += 1;
        name_symbols(word.text);
      }
    }
    if (word.text.empty()) continue;
    const poppler::rectf at = box.bbox();
    word.x0 = static_cast<float>(at.left());
    word.x1 = static_cast<float>(at.right());
    word.y0 = static_cast<float>(at.top());
    word.y1 = static_cast<float>(at.bottom());
    word.rotation = box.rotation();
    if (fonts) {
      if (std::string name = box.get_font_name(); name != font) {
        font = std::move(name);
        bold = names_bold(font);
      }
      word.bold = bold;
    }
    page.words.push_back(std::move(word));
  }
  return page;
}

}  // namespace

PdfContent read_pdf_words(std::string_view bytes) {
  PdfContent content;
  const Silence silence(content);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) {
    content.message = "not a readable PDF";
    if (!content.first_complaint.empty()) content.message += ": " + content.first_complaint;
    return content;
  }
  if (document->is_locked()) {
    content.state = ExtractState::kEncrypted;
    content.message = "needs a password to open; save it without one";
    return content;
  }
  declare(content, "pdf title", document->get_title());
  declare(content, "pdf author", document->get_author());
  declare(content, "pdf subject", document->get_subject());
  declare(content, "pdf keywords", document->get_keywords());
  declare(content, "pdf creator", document->get_creator());
  declare(content, "pdf producer", document->get_producer());
  declare_time(content, "pdf created", document->get_creation_date_t());
  declare_time(content, "pdf modified", document->get_modification_date_t());
  declare_outline(content, *document);
  const int count = document->pages();
  constexpr int kMostPagesWithFonts = 40;
  content.fonts = count <= kMostPagesWithFonts &&
                  std::none_of(content.declared.begin(), content.declared.end(),
                               [](const Declared& one) { return one.name == "pdf outline"; });
  for (int i = 0; i < count; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (page) {
      content.pages.push_back(words_of(*page, content.fonts));
      continue;
    }
    // A damaged page keeps its place; a page count beyond all reason ends where pages end.
    content.pages.emplace_back();
    if (++content.damaged_pages > 1000) break;
  }
  if (content.damaged_pages == content.pages.size()) {
    content.message = content.pages.empty() ? "no page in it" : "no page of it can be read";
    return content;
  }
  content.state = ExtractState::kOk;
  return content;
}

}  // namespace fundstelle
