// SPDX-License-Identifier: GPL-3.0-or-later
//
// How good is a ranking? Measures against judged documents, as trec_eval computes them: gains are
// the grades themselves (not 2^grade - 1), means run over all judged queries, and a query without
// results counts 0.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle::research {

/// A file that cannot be read; what() names file, line and what was expected.
struct ResearchError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Query {
  std::string id, text;
};

/// Grades by query and document; documents without entry are not relevant.
using Judgements = std::map<std::string, std::map<std::string, int>>;

/// Documents by query, best first.
struct Run {
  struct Line {
    std::string document;
    double score = 0;
  };
  std::string tag;
  std::map<std::string, std::vector<Line>> by_query;
};

/// Lines "id TAB text".
[[nodiscard]] std::vector<Query> read_queries(const std::filesystem::path& file);
/// TREC ("query 0 document grade", blanks) or a table with tabs and the head line
/// "query document relevance".
[[nodiscard]] Judgements read_judgements(const std::filesystem::path& file);
/// Lines "query TAB document": taken out of that query's results before anything is counted.
[[nodiscard]] std::map<std::string, std::set<std::string>> read_exclusions(
    const std::filesystem::path& file);
/// TREC run lines "query Q0 document rank score tag". Order: score, then rank.
[[nodiscard]] Run read_run(const std::filesystem::path& file);
/// The lines of a run for one query: scores are made strictly falling, so that every reader keeps
/// the order; blanks in the names become "_".
class TrecLines {
 public:
  TrecLines(std::string query, std::string tag);
  void append(std::string& out, std::string_view document, double score);

 private:
  std::string query_, tag_;
  std::size_t rank_ = 0;
  double above_ = 1e12;
};

[[nodiscard]] std::string to_trec(const Run& run);

struct Measures {
  double ndcg_10 = 0, map = 0, recall_100 = 0, mrr_10 = 0;
};

/// Of one query. `grades` must hold a relevant document (grade above 0).
[[nodiscard]] Measures measure(const std::vector<Run::Line>& results,
                               const std::map<std::string, int>& grades);

struct Evaluation {
  std::map<std::string, Measures> by_query;  ///< judged queries with a relevant document
  Measures mean;
};
[[nodiscard]] Evaluation evaluate(const Run& run, const Judgements& judgements);

/// 0 or 1: which half a query belongs to when parameters are chosen on one half and confirmed on
/// the other. Depends on the id alone: the number of 1 bits of its FNV-1a hash (32 bits), modulo 2.
[[nodiscard]] int half_of(std::string_view query);

/// Paired randomisation test: two-sided probability that a difference of means as large as this one
/// comes about by chance when each query's two values are swapped at random. Exact up to 16
/// queries, else 20,000 rounds with a fixed seed, (extreme + 1) / (rounds + 1). Source: Smucker,
/// Allan, Carterette, CIKM 2007.
[[nodiscard]] double randomisation_test(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace fundstelle::research
