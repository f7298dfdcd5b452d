// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file becomes documents, whatever it holds: PDF, HTML, XML, text, Markdown, interchange JSONL.
//
// Files are hostile: each is read in a one-shot child process forked from a small zygote, under
// limits of memory, CPU, output and wall time. A crash, hang or bomb costs that one file.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "extract/source_text.h"

namespace fundstelle {

/// What the bytes are, whatever the file is called.
enum class ContentKind : std::uint8_t {
  kPdf,
  kHtml,
  kXml,
  kText,
  kMarkdown,
  kJsonl,
  kJsonlZst,
  kJson,  ///< one JSON value over several lines, or an array
  kUnknown
};

/// Decides by content (first 64 KiB); the name only tells Markdown from text.
[[nodiscard]] ContentKind sniff(std::string_view head, std::string_view file_name);
/// "application/pdf", …; "application/octet-stream" for kUnknown.
[[nodiscard]] const char* media_type(ContentKind kind);

struct ExtractLimits {
  std::uint64_t memory_bytes = 1'500'000'000;
  std::uint32_t cpu_seconds = 25;
  /// Below the 30 s promised for a file: ending and reporting take a moment, too.
  std::chrono::milliseconds wall{28'000};
  std::uint64_t output_bytes = 64'000'000;
  std::uint64_t input_bytes = 200'000'000;
};

/// What a caller may ask for beyond reading text.
struct ExtractOptions {
  /// Recognise the text of scanned pages (Tesseract, German): seconds a page.
  bool ocr = false;
  std::uint32_t ocr_pages = 300;  ///< at most so many pages a file
  /// Spelling list that decides doubtful line ends: one word a line, in the order of its bytes.
  std::string word_list;
};

/// Limits for reading a scan: recognising takes up to ten seconds a page.
[[nodiscard]] ExtractLimits ocr_limits(ExtractLimits limits);

enum class ExtractState : std::uint8_t {
  kOk,         ///< a document with text
  kNeedsOcr,   ///< no text layer, or one that is no language
  kEncrypted,  ///< needs a password
  kEmpty,      ///< nothing in it
  kBroken,     ///< not what it claims to be, or damaged beyond reading
  kUnknownFormat,
  kLimit,    ///< memory, CPU, time or size limit met; message says which
  kCrashed,  ///< the child died; message names the signal
};
[[nodiscard]] const char* to_string(ExtractState state);

struct Extraction {
  ExtractState state = ExtractState::kBroken;
  std::string message;  ///< English, for the report: what happened and the remedy
  Document document;    ///< complete for kOk; for kNeedsOcr without text; source is always filled
  double seconds = 0;   ///< wall time of the child
};

/// Hands files to limited children. Create it before any thread and before an index is opened: the
/// zygote is forked in the constructor and must stay small. Thread-safe: `jobs` callers at a time.
class Extractor {
 public:
  explicit Extractor(ExtractLimits limits = {}, ExtractOptions options = {});
  ~Extractor();
  Extractor(const Extractor&) = delete;
  Extractor& operator=(const Extractor&) = delete;

  /// Reads one PDF, HTML, XML, text or Markdown file. `id` of the document is a hash of the bytes.
  /// Never throws for what a file may hold; an unreadable path is state kBroken.
  [[nodiscard]] Extraction extract(const std::filesystem::path& file);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same work in this process, without protection: for the child itself, tests and fuzzers.
[[nodiscard]] Extraction extract_bytes(std::string_view bytes, std::string_view file_name,
                                       const ExtractOptions& options = {});

/// Readers by format, each in a file of its own. Throw nothing; trouble goes to `warnings`.
struct PdfText {
  ExtractState state = ExtractState::kBroken;
  std::string message;
  SourceText text;
};
[[nodiscard]] PdfText read_pdf(std::string_view bytes, const ExtractOptions& options = {});
[[nodiscard]] SourceText read_html(std::string_view bytes);
[[nodiscard]] SourceText read_text(std::string_view bytes, bool markdown);

/// Lower-case hex sha256.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
/// Document id from a hash of the bytes: "f-" and 20 hex digits.
[[nodiscard]] std::string id_of_bytes(const std::string& sha256);

}  // namespace fundstelle
