// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/read_scans.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "extract/ocr.h"
#include "extract/pdf_pictures.h"

namespace fundstelle {
namespace {

constexpr double kDpi = 300;  // what Tesseract's German model was trained for

struct Ink {
  std::size_t in_words = 0, elsewhere = 0, pixels = 0;
};

Ink ink_of(const PagePicture& picture, const PdfPageWords& page) {
  Ink ink;
  ink.pixels = picture.pixels.size();
  const auto scale = static_cast<float>(picture.dpi / 72.0);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                      static_cast<std::size_t>(x);
      if (picture.pixels[at] > 176) continue;
      const float px = (static_cast<float>(x) + 0.5F) / scale;
      const float py = (static_cast<float>(y) + 0.5F) / scale;
      const bool inside =
          std::any_of(page.words.begin(), page.words.end(), [px, py](const PdfWord& word) {
            return px > word.x0 - 2 && px < word.x1 + 2 && py > word.y0 - 2 && py < word.y1 + 2;
          });
      ++(inside ? ink.in_words : ink.elsewhere);
    }
  }
  return ink;
}

}  // namespace

bool is_all_text(std::string_view bytes, const PdfContent& content) {
  const PdfPictures pictures(bytes);
  Ink sum;
  for (std::size_t p = 0; p < std::min<std::size_t>(content.pages.size(), 3); ++p) {
    const PagePicture picture = pictures.draw(p, 36, 0);
    if (picture.width == 0) return false;
    const Ink ink = ink_of(picture, content.pages[p]);
    sum.in_words += ink.in_words;
    sum.elsewhere += ink.elsewhere;
    sum.pixels += ink.pixels;
  }
  // Rules and a small emblem are allowed.
  return sum.elsewhere * 250 <= sum.pixels || sum.elsewhere <= 2 * sum.in_words;
}

ScanReading read_scans(std::string_view bytes, PdfContent& content, bool all,
                       std::size_t most_pages) {
  ScanReading result;
  std::vector<std::size_t> wanted;
  for (std::size_t p = 0; p < content.pages.size(); ++p) {
    if (all || content.pages[p].words.empty()) wanted.push_back(p);
  }
  if (wanted.empty()) return result;
  const TextRecognizer recognizer;
  result.trouble = recognizer.trouble();
  if (!result.trouble.empty()) return result;
  if (wanted.size() > most_pages) {
    result.skipped = wanted.size() - most_pages;
    wanted.resize(most_pages);
  }
  const PdfPictures pictures(bytes);
  int turn = 0;  // the pages of a scan mostly lie alike
  for (const std::size_t p : wanted) {
    const PagePicture picture = pictures.draw(p, kDpi, turn);
    if (picture.blank()) continue;
    TextRecognizer::Recognized best = recognizer.recognize(picture);
    // Upright German is read at 80 and more, sideways scribble at 30.
    if (best.letters > 0 && best.confidence < 60) {
      for (const int other : {0, 1, 3, 2}) {
        if (other == turn) continue;
        TextRecognizer::Recognized turned = recognizer.recognize(pictures.draw(p, kDpi, other));
        if (turned.confidence > best.confidence + 10 && turned.letters * 2 > best.letters) {
          best = std::move(turned);
          turn = other;
          if (best.confidence >= 75) break;
        }
      }
    }
    if (best.page.words.empty()) continue;
    content.pages[p] = std::move(best.page);
    ++result.recognized;
  }
  return result;
}

}  // namespace fundstelle
