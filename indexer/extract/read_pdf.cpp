// SPDX-License-Identifier: GPL-3.0-or-later
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <memory>

#include "extract/encoding.h"
#include "extract/extract.h"

namespace fundstelle {
namespace {

std::string utf8_of(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

PdfText read_pdf(std::string_view bytes) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  PdfText result;
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) {
    result.message = "not a readable PDF";
    return result;
  }
  if (document->is_locked()) {
    result.state = ExtractState::kEncrypted;
    result.message = "needs a password";
    return result;
  }
  result.text.paged = true;
  for (int i = 0; i < document->pages(); ++i) {
    Page page;
    page.number = static_cast<std::uint32_t>(i + 1);
    if (const std::unique_ptr<poppler::page> source(document->create_page(i)); source) {
      page.text =
          clean_text(utf8_of(source->text(poppler::rectf(), poppler::page::raw_order_layout)));
    }
    result.text.pages.push_back(std::move(page));
  }
  result.state = ExtractState::kOk;
  return result;
}

}  // namespace fundstelle
