// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect_command.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "document/interchange.h"
#include "document_text.h"
#include "identity/identity.h"
#include "import/records.h"
#include "printed_text.h"
#include "terminal.h"
#include "topics/topics.h"

namespace fundstelle {
namespace {

void print(const Document& document, bool json) {
  if (json) {
    std::cout << to_interchange(document) << '\n';
  } else {
    print_document(std::cout, document, {terminal_width(), wants_colour()});
  }
}

int inspect_one(const std::string& file, bool json, Extractor& extractor) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::cerr << "fundstelle-indexer: " << file << ": "
              << (std::filesystem::exists(file, ignored) ? "cannot be opened; check its permissions"
                                                         : "no such file")
              << '\n';
    return 2;
  }
  std::string head(64 << 10, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  const ContentKind kind = sniff(head, std::filesystem::path(file).filename().string());
  in.close();

  if (kind == ContentKind::kJsonl || kind == ContentKind::kJsonlZst || kind == ContentKind::kJson) {
    bool any = false;
    bool broken = false;
    std::string error;
    const bool whole = read_records(
        file,
        [&](RecordLine&& line) {
          if (!line.error.empty()) {
            std::cerr << "fundstelle-indexer: " << file << ": " << line.place << ": " << line.error
                      << '\n';
            broken = true;
            return;
          }
          read_printed_text(line, extractor);
          resolve_identities(line.document);
          assign_topics(line.document);
          if (any && !json) std::cout << '\n';
          print(line.document, json);
          any = true;
        },
        error);
    if (!whole) std::cerr << "fundstelle-indexer: " << file << ": " << error << '\n';
    if (!any) return 2;
    return whole && !broken ? 0 : 1;
  }

  Extraction extraction = extractor.extract(file);
  if (extraction.state != ExtractState::kOk) {
    std::cerr << "fundstelle-indexer: " << file << ": " << to_string(extraction.state)
              << (extraction.message.empty() ? "" : ": " + extraction.message) << '\n';
    if (extraction.state != ExtractState::kNeedsOcr) return 2;
  }
  resolve_identities(extraction.document);
  assign_topics(extraction.document);
  print(extraction.document, json);
  return extraction.state == ExtractState::kOk ? 0 : 1;
}

/// Empty if it cannot be read.
std::string sha256_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  return in ? sha256_hex(bytes.view()) : std::string();
}

}  // namespace

int run_inspect(const std::vector<std::string>& files, bool json, Extractor& extractor) {
  std::map<std::string, std::string> seen;  // by sha256
  bool any = false;
  bool failed = false;
  for (const std::string& file : files) {
    std::error_code ignored;
    const std::filesystem::file_status status = std::filesystem::status(file, ignored);
    // Opening a pipe would wait for somebody who writes to it.
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
      std::cerr << "fundstelle-indexer: " << file << ": "
                << (std::filesystem::is_directory(status)
                        ? "is a folder; inspect takes files"
                        : "is no ordinary file; save what it holds and inspect that")
                << '\n';
      failed = true;
      continue;
    }
    if (files.size() > 1) {
      const std::string sha256 = sha256_of(file);
      const auto [twin, first] = seen.emplace(sha256, file);
      if (!first && !sha256.empty()) {
        std::cerr << "fundstelle-indexer: " << file << ": the same bytes as " << twin->second
                  << "; index makes one document of both\n";
        continue;
      }
    }
    if (any && !json) std::cout << '\n';
    const int code = inspect_one(file, json, extractor);
    any = any || code != 2;
    failed = failed || code != 0;
  }
  if (!any) return 2;
  return failed ? 1 : 0;
}

}  // namespace fundstelle
