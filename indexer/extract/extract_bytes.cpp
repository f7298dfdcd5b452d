// SPDX-License-Identifier: GPL-3.0-or-later
//
// One file's bytes from recognising the format to the finished document, in this process.
#include <openssl/evp.h>

#include <array>
#include <exception>
#include <new>

#include "extract/extract.h"
#include "extract/interpret.h"
#include "extract/read_xml.h"

namespace fundstelle {
namespace {

bool has_text(const SourceText& text) {
  for (const Page& page : text.pages) {
    if (page.text.find_first_not_of(" \n\t\f") != std::string::npos) return true;
  }
  return false;
}

/// State, message and text of a file that has been recognised.
PdfText read(std::string_view bytes, ContentKind kind, const ExtractOptions& options) {
  PdfText result;
  switch (kind) {
    case ContentKind::kPdf:
      return read_pdf(bytes, options);
    case ContentKind::kHtml:
      result.text = read_html(bytes);
      break;
    case ContentKind::kXml:
      result.text = read_xml(bytes);
      break;
    case ContentKind::kText:
      result.text = read_text(bytes, false);
      break;
    case ContentKind::kMarkdown:
      result.text = read_text(bytes, true);
      break;
    case ContentKind::kJsonl:
    case ContentKind::kJsonlZst:
    case ContentKind::kJson:
      result.state = ExtractState::kUnknownFormat;
      result.message = "a file of records, not a document; import it as interchange records";
      return result;
    case ContentKind::kUnknown:
      result.state = ExtractState::kUnknownFormat;
      result.message = "neither PDF, HTML, XML nor text";
      return result;
  }
  result.state = has_text(result.text) ? ExtractState::kOk : ExtractState::kEmpty;
  if (result.state == ExtractState::kEmpty) result.message = "no text in it";
  return result;
}

}  // namespace

const char* media_type(ContentKind kind) {
  switch (kind) {
    case ContentKind::kPdf:
      return "application/pdf";
    case ContentKind::kHtml:
      return "text/html";
    case ContentKind::kXml:
      return "application/xml";
    case ContentKind::kText:
      return "text/plain";
    case ContentKind::kMarkdown:
      return "text/markdown";
    case ContentKind::kJsonl:
      return "application/jsonl";
    case ContentKind::kJsonlZst:
      return "application/zstd";
    case ContentKind::kJson:
      return "application/json";
    case ContentKind::kUnknown:
      break;
  }
  return "application/octet-stream";
}

const char* to_string(ExtractState state) {
  switch (state) {
    case ExtractState::kOk:
      return "ok";
    case ExtractState::kNeedsOcr:
      return "needs_ocr";
    case ExtractState::kEncrypted:
      return "encrypted";
    case ExtractState::kEmpty:
      return "empty";
    case ExtractState::kBroken:
      return "broken";
    case ExtractState::kUnknownFormat:
      return "unknown_format";
    case ExtractState::kLimit:
      return "limit";
    case ExtractState::kCrashed:
      return "crashed";
  }
  return "broken";
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::bad_alloc();  // the only way it can fail
  }
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * length);
  for (unsigned int i = 0; i < length; ++i) {
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  return out;
}

std::string id_of_bytes(const std::string& sha256) { return "f-" + sha256.substr(0, 20); }

Extraction extract_bytes(std::string_view bytes, std::string_view file_name,
                         const ExtractOptions& options) {
  Extraction result;
  const ContentKind kind = sniff(bytes, file_name);
  Source source;
  source.media_type = media_type(kind);
  source.sha256 = sha256_hex(bytes);
  source.bytes = bytes.size();
  try {
    if (bytes.empty()) {
      result.state = ExtractState::kEmpty;
      result.message = "the file has no bytes";
    } else {
      PdfText text = read(bytes, kind, options);
      result.state = text.state;
      result.message = std::move(text.message);
      if (result.state == ExtractState::kOk || result.state == ExtractState::kNeedsOcr) {
        text.text.media_type = source.media_type;
        result.document = interpret(text.text);
      }
      if (result.document.warnings.empty())
        result.document.warnings = std::move(text.text.warnings);
    }
  } catch (const std::bad_alloc&) {
    result.state = ExtractState::kLimit;
    result.message = "memory limit";
  } catch (const std::exception& error) {
    result.state = ExtractState::kBroken;
    result.message = error.what();
  }
  result.document.id = id_of_bytes(source.sha256);
  result.document.source = std::move(source);
  return result;
}

}  // namespace fundstelle
