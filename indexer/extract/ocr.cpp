// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "extract/encoding.h"

namespace fundstelle {
namespace {

constexpr const char* kRemedy = "; install tesseract-ocr and tesseract-ocr-deu";
// Levels of Tesseract's result iterator (publictypes.h).
constexpr int kTextLine = 2;
constexpr int kWord = 3;
constexpr int kAutomaticPage = 3;  // PSM_AUTO

/// Boxes of one recognised line, made what print gives: one base line, one type size.
void set_straight(std::vector<PdfWord>& line, std::vector<PdfWord>& out) {
  if (line.empty()) return;
  std::vector<float> heights;
  std::vector<float> middles;
  for (const PdfWord& word : line) {
    heights.push_back(word.height());
    middles.push_back(word.middle());
  }
  // The tall words show the type's size: "aus" is lower than "Land".
  std::sort(heights.begin(), heights.end());
  const float height = heights[heights.size() * 4 / 5];
  std::nth_element(middles.begin(),
                   middles.begin() + static_cast<std::ptrdiff_t>(middles.size() / 2),
                   middles.end());
  const float middle = middles[middles.size() / 2];
  for (PdfWord& word : line) {
    word.y0 = middle - height / 2;
    word.y1 = middle + height / 2;
    out.push_back(std::move(word));
  }
  line.clear();
}

/// Recognised heights waver; those near the usual one are the usual one.
void even_out(std::vector<PdfWord>& words) {
  if (words.empty()) return;
  std::vector<float> heights;
  for (const PdfWord& word : words) heights.push_back(word.height());
  std::nth_element(heights.begin(),
                   heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2),
                   heights.end());
  const float usual = heights[heights.size() / 2];
  for (PdfWord& word : words) {
    if (word.height() < 0.86F * usual || word.height() > 1.16F * usual) continue;
    const float middle = word.middle();
    word.y0 = middle - usual / 2;
    word.y1 = middle + usual / 2;
  }
}

}  // namespace

/// The C interface (tesseract/capi.h), which has kept its shape since version 3.
struct TextRecognizer::Library {
  using Api = void;
  using Iterator = void;
  void* handle = nullptr;
  Api* api = nullptr;
  Api* (*create)() = nullptr;
  void (*destroy)(Api*) = nullptr;
  int (*init)(Api*, const char*, const char*) = nullptr;
  int (*set_variable)(Api*, const char*, const char*) = nullptr;
  void (*set_mode)(Api*, int) = nullptr;
  void (*set_image)(Api*, const unsigned char*, int, int, int, int) = nullptr;
  void (*set_resolution)(Api*, int) = nullptr;
  int (*recognize)(Api*, void*) = nullptr;
  Iterator* (*iterator)(Api*) = nullptr;
  void (*iterator_delete)(Iterator*) = nullptr;
  int (*next)(Iterator*, int) = nullptr;
  char* (*text)(const Iterator*, int) = nullptr;
  float (*confidence)(const Iterator*, int) = nullptr;
  const void* (*page_iterator)(const Iterator*) = nullptr;
  int (*begins)(const void*, int) = nullptr;
  int (*box)(const void*, int, int*, int*, int*, int*) = nullptr;
  void (*delete_text)(char*) = nullptr;
  void (*clear)(Api*) = nullptr;

  template <class Function>
  bool find(const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(handle, name));
    return function != nullptr;
  }
  bool find_all() {
    return find("TessBaseAPICreate", create) && find("TessBaseAPIDelete", destroy) &&
           find("TessBaseAPIInit3", init) && find("TessBaseAPISetVariable", set_variable) &&
           find("TessBaseAPISetPageSegMode", set_mode) && find("TessBaseAPISetImage", set_image) &&
           find("TessBaseAPISetSourceResolution", set_resolution) &&
           find("TessBaseAPIRecognize", recognize) && find("TessBaseAPIGetIterator", iterator) &&
           find("TessResultIteratorDelete", iterator_delete) &&
           find("TessResultIteratorNext", next) && find("TessResultIteratorGetUTF8Text", text) &&
           find("TessResultIteratorConfidence", confidence) &&
           find("TessResultIteratorGetPageIteratorConst", page_iterator) &&
           find("TessPageIteratorIsAtBeginningOf", begins) &&
           find("TessPageIteratorBoundingBox", box) && find("TessDeleteText", delete_text) &&
           find("TessBaseAPIClear", clear);
  }
  ~Library() {
    if (api != nullptr) destroy(api);
    // The library stays loaded: its own threads' memory would not survive unloading.
  }
};

TextRecognizer::TextRecognizer() : library_(std::make_unique<Library>()) {
  // Its OpenMP threads would be refused here, and are slower on single pages.
  setenv("OMP_THREAD_LIMIT", "1", 1);
  for (const char* name : {"libtesseract.so.5", "libtesseract.so.4"}) {
    library_->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library_->handle != nullptr) break;
  }
  if (library_->handle == nullptr) {
    trouble_ = std::string("text recognition is not installed") + kRemedy;
    return;
  }
  if (!library_->find_all()) {
    trouble_ = std::string("this version of Tesseract is not known") + kRemedy;
    return;
  }
  library_->api = library_->create();
  if (library_->init(library_->api, nullptr, "deu") != 0) {
    trouble_ = std::string("no German data for text recognition") + kRemedy;
    return;
  }
  library_->set_variable(library_->api, "debug_file", "/dev/null");
  library_->set_mode(library_->api, kAutomaticPage);
}

TextRecognizer::~TextRecognizer() = default;

TextRecognizer::Recognized TextRecognizer::recognize(const PagePicture& picture) const {
  Recognized result;
  if (!trouble_.empty() || picture.width == 0) return result;
  const auto points = static_cast<float>(72.0 / picture.dpi);
  result.page.width = static_cast<float>(picture.width) * points;
  result.page.height = static_cast<float>(picture.height) * points;
  Library& use = *library_;
  use.set_image(use.api, picture.pixels.data(), picture.width, picture.height, 1, picture.width);
  use.set_resolution(use.api, static_cast<int>(picture.dpi));
  if (use.recognize(use.api, nullptr) != 0) return result;
  void* const at = use.iterator(use.api);
  if (at == nullptr) return result;
  std::vector<PdfWord> line;
  double sum = 0;
  do {
    const void* const place = use.page_iterator(at);
    if (use.begins(place, kTextLine) != 0) set_straight(line, result.page.words);
    char* const text = use.text(at, kWord);
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    if (text != nullptr && use.box(place, kWord, &left, &top, &right, &bottom) != 0) {
      PdfWord word;
      word.text = squeeze_blanks(clean_text(text));
      word.x0 = static_cast<float>(left) * points;
      word.x1 = static_cast<float>(right) * points;
      word.y0 = static_cast<float>(top) * points;
      word.y1 = static_cast<float>(bottom) * points;
      const float sure = use.confidence(at, kWord);
      // Below that it is dirt, a stamp or a signature.
      if (!word.text.empty() && sure >= 20 && bottom > top) {
        sum += static_cast<double>(sure) * static_cast<double>(word.text.size());
        result.letters += word.text.size();
        line.push_back(std::move(word));
      }
    }
    if (text != nullptr) use.delete_text(text);
  } while (use.next(at, kWord) != 0);
  set_straight(line, result.page.words);
  even_out(result.page.words);
  use.iterator_delete(at);
  use.clear(use.api);
  if (result.letters > 0) result.confidence = sum / static_cast<double>(result.letters);
  return result;
}

}  // namespace fundstelle
