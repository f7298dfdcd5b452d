// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_pictures.h"

#include <poppler-document.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace fundstelle {

bool PagePicture::blank() const {
  if (pixels.empty()) return true;
  const auto [least, most] = std::minmax_element(pixels.begin(), pixels.end());
  return *most - *least < 48;
}

struct PdfPictures::State {
  std::unique_ptr<poppler::document> document;
};

PdfPictures::PdfPictures(std::string_view bytes) : state_(std::make_unique<State>()) {
  state_->document.reset(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
}

PdfPictures::~PdfPictures() = default;

PagePicture PdfPictures::draw(std::size_t index, double dpi, int quarter_turns) const {
  PagePicture picture;
  if (!state_->document) return picture;
  const std::unique_ptr<poppler::page> page(state_->document->create_page(static_cast<int>(index)));
  if (!page) return picture;
  const poppler::rectf size = page->page_rect();
  // A poster is drawn coarser: 40 million pixels are an A3 page at 500 dpi.
  constexpr double kMostPixels = 40e6;
  const double pixels = size.width() * size.height() * dpi * dpi / (72.0 * 72.0);
  if (!(pixels > 1)) return picture;
  if (pixels > kMostPixels) dpi *= std::sqrt(kMostPixels / pixels);
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  renderer.set_image_format(poppler::image::format_gray8);
  static constexpr std::array<poppler::rotation_enum, 4> kTurns = {
      poppler::rotate_0, poppler::rotate_90, poppler::rotate_180, poppler::rotate_270};
  const poppler::image image = renderer.render_page(
      page.get(), dpi, dpi, -1, -1, -1, -1, kTurns[static_cast<std::size_t>(quarter_turns & 3)]);
  if (!image.is_valid() || image.format() != poppler::image::format_gray8) return picture;
  picture.width = image.width();
  picture.height = image.height();
  picture.dpi = dpi;
  const auto width = static_cast<std::size_t>(picture.width);
  picture.pixels.reserve(width * static_cast<std::size_t>(picture.height));
  for (int row = 0; row < picture.height; ++row) {
    const char* const from =
        image.const_data() + static_cast<std::ptrdiff_t>(row) * image.bytes_per_row();
    picture.pixels.insert(picture.pixels.end(), from, from + width);
  }
  return picture;
}

}  // namespace fundstelle
