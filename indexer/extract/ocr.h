// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text recognition: pictures of pages become words with their places, by Tesseract (Apache-2.0).
//
// The library is loaded when it is first needed, so that Fundstelle builds and runs without it. It
// runs in the extraction child, on one thread (its results are then the same at every run).
#pragma once

#include <memory>
#include <string>

#include "extract/pdf_pictures.h"
#include "extract/pdf_words.h"

namespace fundstelle {

class TextRecognizer {
 public:
  /// Needs Debian's tesseract-ocr and tesseract-ocr-deu; `trouble()` says if they are missing.
  TextRecognizer();
  ~TextRecognizer();
  TextRecognizer(const TextRecognizer&) = delete;
  TextRecognizer& operator=(const TextRecognizer&) = delete;

  /// Why nothing can be recognised, with the remedy; empty if all is well.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

  struct Recognized {
    PdfPageWords page;      ///< in points; lines set straight, one type size a line
    double confidence = 0;  ///< 0 to 100, mean over the letters
    std::size_t letters = 0;
  };
  [[nodiscard]] Recognized recognize(const PagePicture& picture) const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
  std::string trouble_;
};

}  // namespace fundstelle
