// SPDX-License-Identifier: GPL-3.0-or-later
//
// Word data learnt from real papers (1,324 Drucksachen) and Debian's word list, for tests that need
// a lexicon as an index has it. Learnt once a test run.
#pragma once

#include <zstd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include "data.h"
#include "text/lexicon.h"

namespace fundstelle::test {

inline constexpr const char* kWordList = "/usr/share/dict/ngerman";

inline std::string unpack(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(in), {}};
  std::string text;
  std::string chunk(ZSTD_DStreamOutSize(), '\0');
  ZSTD_DStream* stream = ZSTD_createDStream();
  ZSTD_inBuffer input{packed.data(), packed.size(), 0};
  while (input.pos < input.size) {
    ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(stream, &output, &input)) != 0) break;
    text.append(chunk, 0, output.pos);
  }
  ZSTD_freeDStream(stream);
  return text;
}

/// Calls visit(content) for every file of a tar archive in memory.
template <typename Visit>
void for_each_file(std::string_view tar, const Visit& visit) {
  for (std::size_t at = 0; at + 512 <= tar.size();) {
    const std::string octal(tar.substr(at + 124, 11));
    const std::size_t size = std::strtoull(octal.c_str(), nullptr, 8);
    const char type = tar[at + 156];
    if ((type == '0' || type == '\0') && at + 512 + size <= tar.size() && size > 0) {
      visit(tar.substr(at + 512, size));
    }
    at += 512 + (size + 511) / 512 * 512;
  }
}

/// `texts` are learnt as well, as the documents of an index are.
inline std::shared_ptr<const WordData> learnt_words(const std::filesystem::path& data) {
  static std::shared_ptr<const WordData> words;
  if (words) return words;
  LexiconBuilder builder;
  const std::string tar = unpack(data / "documents/text/dip-drucksachen.tar.zst");
  for_each_file(tar, [&](std::string_view text) { builder.add_text(text); });
  if (std::filesystem::exists(kWordList)) builder.add_word_list(kWordList);
  words = std::make_shared<WordData>(std::move(builder).finish(
      WordData::from_lists(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords")));
  return words;
}

}  // namespace fundstelle::test
