// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages of a PDF as pictures, for reading scans.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace fundstelle {

/// One byte a pixel, 0 black, rows from the top.
struct PagePicture {
  int width = 0, height = 0;
  double dpi = 0;  ///< pixels an inch; less than asked for on very large pages
  std::vector<std::uint8_t> pixels;
  /// Nothing on it but one shade: not worth reading.
  [[nodiscard]] bool blank() const;
};

class PdfPictures {
 public:
  /// `bytes` must outlive the object.
  explicit PdfPictures(std::string_view bytes);
  ~PdfPictures();
  PdfPictures(const PdfPictures&) = delete;
  PdfPictures& operator=(const PdfPictures&) = delete;

  /// Page `index` at `dpi`, turned clockwise by quarter turns. Width 0: cannot be drawn.
  [[nodiscard]] PagePicture draw(std::size_t index, double dpi, int quarter_turns) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle
