// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the command line of fundstelle-query said. A member means the same in every command.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fundstelle::query_tool {

struct Settings {
  std::string command;
  // Where answers come from.
  std::string index, server;
  // What is asked.
  std::string queries;             ///< file
  std::vector<std::string> q;      ///< typed on the command line; trend: NAME=QUERY or QUERY
  std::vector<std::string> where;  ///< name=value, parameters of the API
  std::vector<std::string> ranking;
  std::string match = "auto", unit = "document", sort = "relevance", exclude;
  std::uint64_t hits = 0;  ///< 0: all
  double seconds = 0;      ///< a query may take; 0: as long as it needs
  // What comes out.
  std::string output, format, tag = "fundstelle";
  bool resume = false, quiet = false;
  unsigned jobs = 1;
  // kwic
  std::string order = "hits";
  std::uint32_t context = 80;
  std::size_t memory_mib = 64;
  // trend, cooccur
  std::string step = "auto", by, measure;
  std::uint32_t top = 6, groups = 10;
  bool places = false, words = false;
  std::uint64_t least = 5;
  double least_likelihood = 10.83;
  // asked
  std::string drafts;
  std::uint32_t matches = 5;
  // eval
  std::string qrels, run, against, half;
  bool by_query = false;
};

/// Exit codes: done; done, but some input failed or nothing was found; nothing could be done.
inline constexpr int kDone = 0, kPartly = 1, kFailed = 2;

int run(const Settings& settings);
int kwic(const Settings& settings);
int trend(const Settings& settings);
int cooccur(const Settings& settings);
int export_documents(const Settings& settings);
int asked(const Settings& settings);
int eval(const Settings& settings);

}  // namespace fundstelle::query_tool
