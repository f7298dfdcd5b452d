// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/evaluation.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <sstream>

namespace fundstelle::research {
namespace {

constexpr std::size_t kExactQueries = 16;
constexpr int kRounds = 20'000;

/// Calls `take(line number, line)` for every line that is not empty.
template <typename Take>
void each_line(const std::filesystem::path& file, Take&& take) {
  std::ifstream in(file);
  if (!in) throw ResearchError(file.string() + ": cannot be read");
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (!line.empty()) take(number, line);
  }
}

[[noreturn]] void fail(const std::filesystem::path& file, std::size_t line,
                       const std::string& expected) {
  throw ResearchError(file.string() + ":" + std::to_string(line) + ": expected " + expected);
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = line.find('\t', begin);
    out.push_back(line.substr(begin, end - begin));
    if (end == std::string::npos) return out;
    begin = end + 1;
  }
}

template <typename Number>
bool read_number(const std::string& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::vector<Query> read_queries(const std::filesystem::path& file) {
  std::vector<Query> out;
  each_line(file, [&](std::size_t number, const std::string& line) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || tab == 0) fail(file, number, "id TAB query");
    out.push_back({line.substr(0, tab), line.substr(tab + 1)});
  });
  return out;
}

Judgements read_judgements(const std::filesystem::path& file) {
  Judgements out;
  bool table = false;
  each_line(file, [&](std::size_t number, const std::string& line) {
    if (number == 1 && line.starts_with("query\t")) {
      table = true;
      return;
    }
    const auto parts = table ? columns_of(line) : words_of(line);
    int grade = 0;
    if (parts.size() != (table ? 3 : 4) || !read_number(parts.back(), grade)) {
      fail(file, number, table ? "query TAB document TAB grade" : "query 0 document grade");
    }
    out[parts[0]][parts[parts.size() - 2]] = grade;
  });
  return out;
}

std::map<std::string, std::set<std::string>> read_exclusions(const std::filesystem::path& file) {
  std::map<std::string, std::set<std::string>> out;
  each_line(file, [&](std::size_t number, const std::string& line) {
    const auto parts = columns_of(line);
    if (parts.size() < 2) fail(file, number, "query TAB document");
    out[parts[0]].insert(parts[1]);
  });
  return out;
}

Run read_run(const std::filesystem::path& file) {
  struct Ranked {
    Run::Line line;
    long rank = 0;
  };
  std::map<std::string, std::vector<Ranked>> read;
  Run run;
  each_line(file, [&](std::size_t number, const std::string& line) {
    const auto parts = words_of(line);
    Ranked ranked;
    if (parts.size() != 6 || !read_number(parts[3], ranked.rank) ||
        !read_number(parts[4], ranked.line.score)) {
      fail(file, number, "query Q0 document rank score tag");
    }
    ranked.line.document = parts[2];
    run.tag = parts[5];
    read[parts[0]].push_back(std::move(ranked));
  });
  for (auto& [query, lines] : read) {
    std::stable_sort(lines.begin(), lines.end(), [](const Ranked& a, const Ranked& b) {
      return a.line.score != b.line.score ? a.line.score > b.line.score : a.rank < b.rank;
    });
    for (Ranked& ranked : lines) run.by_query[query].push_back(std::move(ranked.line));
  }
  return run;
}

TrecLines::TrecLines(std::string query, std::string tag)
    : query_(std::move(query)), tag_(std::move(tag)) {
  // Blanks part the columns.
  for (std::string* text : {&query_, &tag_}) {
    for (char& c : *text) {
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') c = '_';
    }
  }
}

void TrecLines::append(std::string& out, std::string_view document, double score) {
  above_ = std::min(score, above_ - 1e-6);
  char digits[48];
  std::snprintf(digits, sizeof digits, "%.6f", above_);
  out += query_;
  out += " Q0 ";
  out += document;
  out += ' ';
  out += std::to_string(++rank_);
  out += ' ';
  out += digits;
  out += ' ';
  out += tag_;
  out += '\n';
}

std::string to_trec(const Run& run) {
  std::string out;
  for (const auto& [query, lines] : run.by_query) {
    TrecLines trec(query, run.tag.empty() ? "fundstelle" : run.tag);
    for (const Run::Line& line : lines) trec.append(out, line.document, line.score);
  }
  return out;
}

Measures measure(const std::vector<Run::Line>& results, const std::map<std::string, int>& grades) {
  std::vector<int> ideal;
  for (const auto& [document, grade] : grades) {
    if (grade > 0) ideal.push_back(grade);
  }
  std::sort(ideal.rbegin(), ideal.rend());
  const auto relevant = static_cast<double>(ideal.size());
  const auto discount = [](std::size_t rank) {
    return 1 / std::log2(static_cast<double>(rank) + 1);
  };
  Measures out;
  double best = 0, gained = 0, precisions = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(10, ideal.size()); ++i) {
    best += ideal[i] * discount(i + 1);
  }
  std::size_t found = 0, found_100 = 0;
  std::set<std::string> seen;  // a document listed twice counts once
  std::size_t rank = 0;
  for (const Run::Line& line : results) {
    if (!seen.insert(line.document).second) continue;
    ++rank;
    const auto grade = grades.find(line.document);
    if (grade == grades.end() || grade->second <= 0) continue;
    ++found;
    if (rank <= 10) gained += grade->second * discount(rank);
    if (rank <= 10 && out.mrr_10 == 0) out.mrr_10 = 1 / static_cast<double>(rank);
    if (rank <= 100) ++found_100;
    precisions += static_cast<double>(found) / static_cast<double>(rank);
  }
  out.ndcg_10 = gained / best;
  out.map = precisions / relevant;
  out.recall_100 = static_cast<double>(found_100) / relevant;
  return out;
}

Evaluation evaluate(const Run& run, const Judgements& judgements) {
  Evaluation out;
  static const std::vector<Run::Line> kNothing;
  for (const auto& [query, grades] : judgements) {
    const bool any = std::any_of(grades.begin(), grades.end(),
                                 [](const auto& entry) { return entry.second > 0; });
    if (!any) continue;
    const auto results = run.by_query.find(query);
    const Measures one =
        measure(results == run.by_query.end() ? kNothing : results->second, grades);
    out.by_query[query] = one;
    out.mean.ndcg_10 += one.ndcg_10;
    out.mean.map += one.map;
    out.mean.recall_100 += one.recall_100;
    out.mean.mrr_10 += one.mrr_10;
  }
  if (out.by_query.empty()) return out;
  const auto count = static_cast<double>(out.by_query.size());
  out.mean.ndcg_10 /= count;
  out.mean.map /= count;
  out.mean.recall_100 /= count;
  out.mean.mrr_10 /= count;
  return out;
}

int half_of(std::string_view query) {
  std::uint32_t hash = 2166136261U;
  for (const char c : query) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return std::popcount(hash) % 2;
}

double randomisation_test(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i] != b[i]) differences.push_back(a[i] - b[i]);
  }
  double observed = 0;
  for (const double one : differences) observed += one;
  observed = std::abs(observed) - 1e-12;
  const std::size_t count = differences.size();
  if (count == 0) return 1;
  const auto extreme = [&](auto&& flipped) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += flipped(i) ? -differences[i] : differences[i];
    return std::abs(sum) >= observed;
  };
  if (count <= kExactQueries) {
    std::size_t hits = 0;
    for (std::size_t mask = 0; mask < std::size_t{1} << count; ++mask) {
      hits += extreme([&](std::size_t i) { return (mask >> i & 1) != 0; }) ? 1 : 0;
    }
    return static_cast<double>(hits) / static_cast<double>(std::size_t{1} << count);
  }
  std::mt19937_64 random(20261122);
  int hits = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::uint64_t bits = 0;
    hits += extreme([&](std::size_t i) {
      if (i % 64 == 0) bits = random();
      return (bits >> (i % 64) & 1) != 0;
    })
                ? 1
                : 0;
  }
  return (hits + 1.0) / (kRounds + 1.0);
}

}  // namespace fundstelle::research
