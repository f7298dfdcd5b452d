// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes any number of short records out of real ones, by resampling with a fixed seed.
//
//   zstd -dc REAL.jsonl.zst | bench-generate --count 1000000 [--seed 6] | zstd > million.jsonl.zst
//
// Record i depends on the seed and i alone, so the first 100,000 of a million are the records of a
// run with --count 100000. How a record is made is told in tools/bench/README.md.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using nlohmann::json;

/// A stream of random numbers that is the same on every machine (SplitMix64).
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  /// 0 to below - 1. The bias of the remainder is below 2^-40 for what is drawn here.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_;
};

/// Share of the text of a real record that a made one gets, so that title and text come to about
/// 625 bytes; measured on the set of 100,158 matters.
constexpr double kTextShare = 0.52;
constexpr std::size_t kLongParagraph = 400;
constexpr std::size_t kShortParagraph = 40;
constexpr std::size_t kShortPiece = 120;

/// Where papers of the Bundestag go: one half stays, the other is spread over the Länder, large
/// ones more often (weights by inhabitants, roughly).
constexpr std::array<std::pair<const char*, unsigned>, 16> kLandHouses = {{
    {"Landtag Nordrhein-Westfalen", 18},
    {"Bayerischer Landtag", 13},
    {"Landtag von Baden-Württemberg", 11},
    {"Niedersächsischer Landtag", 8},
    {"Hessischer Landtag", 6},
    {"Sächsischer Landtag", 4},
    {"Landtag Rheinland-Pfalz", 4},
    {"Abgeordnetenhaus von Berlin", 4},
    {"Schleswig-Holsteinischer Landtag", 3},
    {"Landtag Brandenburg", 3},
    {"Landtag von Sachsen-Anhalt", 2},
    {"Thüringer Landtag", 2},
    {"Hamburgische Bürgerschaft", 2},
    {"Landtag Mecklenburg-Vorpommern", 2},
    {"Landtag des Saarlandes", 1},
    {"Bremische Bürgerschaft", 1},
}};

/// Paragraphs of records of one type about one subject.
using Pool = std::vector<std::string>;

struct Real {
  json record;  ///< without text
  std::size_t text_bytes = 0;
  std::size_t pool = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Cuts long running text behind the end of a sentence or clause.
void cut(std::string_view paragraph, Pool& into) {
  while (paragraph.size() > kLongParagraph) {
    std::size_t end = std::string_view::npos;
    for (std::size_t i = kShortPiece; i + 1 < paragraph.size(); ++i) {
      const char c = paragraph[i];
      if ((c == '.' || c == ';' || c == '?' || c == ',') && paragraph[i + 1] == ' ') {
        end = i + 1;
        break;
      }
    }
    if (end == std::string_view::npos) break;
    into.emplace_back(paragraph.substr(0, end));
    paragraph.remove_prefix(end + 1);
  }
  if (paragraph.size() > 3) into.emplace_back(paragraph);
}

/// The lines of a text; a very short one ("Originaltext der Frage(n):") stays with the next.
void split(std::string text, Pool& into) {
  std::replace(text.begin(), text.end(), '\r', '\n');
  std::string held;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
    if (line.empty()) continue;
    if (!held.empty()) held += ' ';
    held += line;
    if (held.size() < kShortParagraph) continue;
    cut(held, into);
    held.clear();
  }
  if (!held.empty()) cut(held, into);
}

/// Draws new digits for what follows the slash of paper numbers ("14/1234") and for numbers of
/// seven digits and more (register numbers in titles), so that numbers keep growing with the
/// collection as they do in life.
std::string renumbered(std::string text, Draw& draw) {
  const auto renew = [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      text[k] = static_cast<char>(k == begin ? '1' + draw.below(9) : '0' + draw.below(10));
    }
  };
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - i >= 7 || (end - i >= 3 && i >= 2 && text[i - 1] == '/' && is_digit(text[i - 2]))) {
      renew(i, end);
    }
    i = end;
  }
  return text;
}

struct Source {
  std::vector<Real> records;
  std::vector<Pool> pools;
  std::vector<std::string> topics;  ///< with repetition, so that drawing keeps their shares
};

Source read_real(std::istream& in) {
  Source source;
  std::map<std::pair<std::string, std::string>, std::size_t> numbered;
  for (std::string line; std::getline(in, line);) {
    json whole = json::parse(line);
    Real real;
    const std::string text = whole.value("text", "");
    real.text_bytes = text.size();
    for (const char* field : {"type", "legislature", "title", "date", "groups", "ministries",
                              "authors", "topics", "body"}) {
      if (whole.contains(field)) real.record[field] = std::move(whole[field]);
    }
    if (text.empty() || !real.record["title"].is_string() || !real.record["date"].is_string()) {
      continue;
    }
    for (const json& topic : real.record["topics"]) source.topics.push_back(topic);
    std::string subject;
    if (!real.record["topics"].empty()) subject = real.record["topics"][0];
    const auto [pool, fresh] =
        numbered.try_emplace({real.record.value("type", ""), subject}, source.pools.size());
    if (fresh) source.pools.emplace_back();
    real.pool = pool->second;
    split(text, source.pools[real.pool]);
    source.records.push_back(std::move(real));
  }
  std::erase_if(source.records, [&](const Real& real) { return source.pools[real.pool].empty(); });
  return source;
}

/// Counts up per house and term: numbers as parliaments give them.
using Counters = std::unordered_map<std::string, unsigned>;

std::string body_of(const Real& real, Draw& draw) {
  const std::string body = real.record.value("body", "");
  if (body != "Bundestag" || draw.below(2) == 0) return body;
  unsigned sum = 0;
  for (const auto& [name, weight] : kLandHouses) sum += weight;
  std::size_t at = draw.below(sum);
  for (const auto& [name, weight] : kLandHouses) {
    if (at < weight) return name;
    at -= weight;
  }
  return body;
}

json made(const Source& source, std::uint64_t seed, std::uint64_t number, Counters& counters) {
  Draw draw(seed * 0xD1B54A32D192ED03ULL + number);
  const Real& real = source.records[draw.below(source.records.size())];
  const Pool& pool = source.pools[real.pool];
  json record = real.record;
  record["id"] = "bench-" + std::to_string(number);
  record["title"] = renumbered(record["title"], draw);
  record["body"] = body_of(real, draw);
  std::string date = record["date"];
  std::array<char, 8> day{};
  std::snprintf(day.data(), day.size(), "-%02u-%02u", static_cast<unsigned>(1 + draw.below(12)),
                static_cast<unsigned>(1 + draw.below(28)));
  record["date"] = date.substr(0, 4) + day.data();
  if (record["topics"].empty()) {
    record["topics"].push_back(source.topics[draw.below(source.topics.size())]);
  }
  const int term = record["legislature"].is_number() ? record["legislature"].get<int>() : 0;
  const std::string series = record["body"].get<std::string>() + ' ' + std::to_string(term);
  record["number"] = std::to_string(term) + '/' + std::to_string(++counters[series]);

  const auto wanted =
      static_cast<double>(source.records[draw.below(source.records.size())].text_bytes) *
      kTextShare;
  std::string text;
  for (int tries = 0; tries < 400; ++tries) {
    const std::string& paragraph = pool[draw.below(pool.size())];
    // Half of the last paragraph may stand beyond the wanted length: then the mean is kept.
    const double after =
        static_cast<double>(text.size()) + static_cast<double>(paragraph.size()) / 2;
    if (!text.empty() && after > wanted) break;
    if (!text.empty()) text += '\n';
    text += renumbered(paragraph, draw);
  }
  record["text"] = std::move(text);
  record["language"] = "de";
  return record;
}

/// id, type, body, yyyymmdd, topics joined by '|', title, text: for engines that read no JSON.
std::string tabbed(const json& record) {
  std::string topics;
  for (const json& topic : record["topics"]) {
    if (!topics.empty()) topics += '|';
    topics += topic;
  }
  std::string day = record["date"];
  std::erase(day, '-');
  std::string line;
  for (std::string cell :
       {record.value("id", ""), record.value("type", ""), record.value("body", ""), day, topics,
        record.value("title", ""), record.value("text", "")}) {
    std::replace_if(
        cell.begin(), cell.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    if (!line.empty()) line += '\t';
    line += cell;
  }
  return line;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Resamples real records (standard input) into COUNT records (standard output)."};
  std::uint64_t count = 100'000;
  std::uint64_t seed = 6;
  bool tabs = false;
  app.add_option("--count", count, "Records to make")->capture_default_str();
  app.add_option("--seed", seed, "The same seed gives the same records")->capture_default_str();
  app.add_flag("--tabs", tabs, "Tab-separated instead of JSON");
  CLI11_PARSE(app, argc, argv);

  std::ios::sync_with_stdio(false);
  const Source source = read_real(std::cin);
  if (source.records.empty() || source.topics.empty()) {
    std::cerr << "bench-generate: no records with title, date and text on standard input\n";
    return 2;
  }
  Counters counters;
  std::uint64_t bytes = 0;
  for (std::uint64_t i = 0; i < count && std::cout; ++i) {
    const json record = made(source, seed, i, counters);
    bytes += record["text"].get_ref<const std::string&>().size() +
             record["title"].get_ref<const std::string&>().size();
    std::cout << (tabs ? tabbed(record) : record.dump()) << '\n';
  }
  std::cout.flush();
  if (!std::cout) {
    std::cerr << "bench-generate: cannot write\n";
    return 2;
  }
  std::cerr << count << " records, " << bytes << " bytes of title and text, "
            << bytes / std::max<std::uint64_t>(count, 1) << " a record, from "
            << source.records.size() << " real ones\n";
  return 0;
}
