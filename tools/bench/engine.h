// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is measured: an engine answers the same questions as the others, in its own usual way.
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <string>
#include <vector>

namespace fundstelle::bench {

/// A made record as engines without a reader for our records take it: tab-separated, one a line
/// (id, type, body, yyyymmdd, topics joined by '|', title, text; no line breaks).
struct Record {
  std::string id, type, body, day, title, text;
  std::vector<std::string> topics;
};
/// False at the end. Throws std::runtime_error on a line with other than seven fields.
bool read_record(std::istream& in, Record& record);

/// One question of one class: common1, rare1, or3, and3, phrase2, filter1.
struct Question {
  std::string kind;
  std::vector<std::string> words;  ///< as printed in the records
  std::uint32_t from = 0, to = 0;  ///< yyyymmdd inclusive; 0: open
  std::string body;                ///< as printed; empty: all
};
/// Tab-separated: kind, words joined by blanks, from, to, body. Throws std::runtime_error.
std::vector<Question> read_questions(const std::filesystem::path& file);

/// The ten best hits, ready to be shown as the engine does it, and, if asked for, exact counts of
/// type, body, year and topic over all hits. One thread at a time, but fundstelle's many.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Number of hits the engine gives; exact where it says so in tools/bench/README.md.
  virtual std::uint64_t ask(const Question& question, bool facets) = 0;
};

constexpr std::uint32_t kHits = 10;

std::unique_ptr<Engine> open_fundstelle(const std::filesystem::path& index, bool answer_cache,
                                        bool pruning);
std::unique_ptr<Engine> open_xapian(const std::filesystem::path& index);
std::unique_ptr<Engine> open_sqlite(const std::filesystem::path& index);
/// A fundstelle-searchd on 127.0.0.1, over one kept-alive connection.
std::unique_ptr<Engine> open_http(std::uint16_t port);

/// Records from `in` become an index in the empty or missing folder `index`.
void index_xapian(std::istream& in, const std::filesystem::path& index);
void index_sqlite(std::istream& in, const std::filesystem::path& index);

}  // namespace fundstelle::bench
