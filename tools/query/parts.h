// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the commands share: opening the source, reading what is asked, telling what happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "research/evaluation.h"
#include "research/rows.h"
#include "research/source.h"
#include "research/text_output.h"
#include "settings.h"

namespace fundstelle::query_tool {

/// The source and, if it is an index here, its searcher.
struct Opened {
  std::unique_ptr<const Searcher> searcher;
  std::unique_ptr<research::Source> source;
};
/// Throws ResearchError unless exactly one of index and server is named.
[[nodiscard]] Opened open(const Settings& settings);
/// Commands that read an index on this machine.
[[nodiscard]] std::unique_ptr<const Searcher> open_index(const Settings& settings);

/// What the flags ask of every query. Throws ResearchError.
[[nodiscard]] research::HitsRequest request_of(const Settings& settings);
/// The one query of kwic, cooccur, export, as a search. Throws ResearchError with what is wrong.
[[nodiscard]] SearchRequest search_of(const Settings& settings, const std::string& q);

/// `extra` parameters beside those of request_of.
[[nodiscard]] research::Provenance provenance_of(
    const Settings& settings, const research::SourceState& state,
    std::initializer_list<std::pair<const std::string, std::string>> extra);
[[nodiscard]] research::SourceState state_of(const Searcher& searcher);

/// CSV or JSONL; JSONL begins with the provenance, CSV has it in a file beside it (on standard
/// output: a line on standard error).
void put_provenance(const Settings& settings, research::TextOutput& output,
                    const research::Provenance& provenance);
[[nodiscard]] research::RowFormat row_format(const Settings& settings);

/// A bar on standard error, if that is a terminal and --quiet was not said.
class Progress {
 public:
  Progress(const Settings& settings, std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void at(std::uint64_t done, std::uint64_t all, const std::string& more = {});
  [[nodiscard]] double seconds() const;

 private:
  const std::string what_;
  bool shown_ = false, drawn_ = false;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_{};
};

/// A line on standard error: "fundstelle-query: …".
void tell(const std::string& line);

}  // namespace fundstelle::query_tool
