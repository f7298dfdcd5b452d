// SPDX-License-Identifier: GPL-3.0-or-later
//
// German as people type and print it: phenomena.tsv, and words drawn from a frequency list that
// share letters but no meaning.
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "corpus.h"
#include "text/analyzer.h"
#include "text/fold.h"
#include "variant_matching.h"

using namespace fundstelle;

namespace {

struct Row {
  std::string query, text, kind;
  bool finds = false;
};

/// "\n" and "\u00AD" of the table.
std::string unescape(std::string_view field) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '\\' && field.substr(i + 1, 1) == "n") {
      out += '\n';
      ++i;
    } else if (field[i] == '\\' && field.substr(i + 1, 1) == "u") {
      const auto c =
          static_cast<unsigned>(std::stoul(std::string(field.substr(i + 2, 4)), nullptr, 16));
      if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
      } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      }
      out += static_cast<char>(0x80 | (c & 0x3F));
      i += 5;
    } else {
      out += field[i];
    }
  }
  return out;
}

std::vector<Row> phenomena() {
  std::ifstream in(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "tests/text/phenomena.tsv");
  std::vector<Row> rows;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string query, text, finds, kind;
    std::getline(fields, query, '\t');
    std::getline(fields, text, '\t');
    std::getline(fields, finds, '\t');
    std::getline(fields, kind, '\t');
    rows.push_back({unescape(query), unescape(text), kind, finds == "yes"});
  }
  return rows;
}

/// Pairs of capitalised or plain words that begin alike and go on differently: same first four
/// letters, then at least three others on both sides.
std::vector<std::pair<std::string, std::string>> lookalikes(const std::filesystem::path& data,
                                                            std::size_t wanted) {
  std::istringstream in(test::unpack(data / "lexica/de-100k.txt.zst"));
  std::map<std::string, std::vector<std::string>> by_start;
  std::string word, count;
  std::vector<std::string> starts;
  for (std::size_t read = 0; read < 30'000 && in >> word >> count; ++read) {
    if (word.size() < 7 || word.find_first_of("-.'") != std::string::npos) continue;
    const std::string folded = text::fold_letters(word);
    auto& words = by_start[folded.substr(0, 4)];
    if (words.empty()) starts.push_back(folded.substr(0, 4));
    words.push_back(word);
  }
  std::mt19937 random(20240523);  // fixed: the same pairs each time
  std::vector<std::pair<std::string, std::string>> pairs;
  while (pairs.size() < wanted) {
    const auto& words = by_start[starts[random() % starts.size()]];
    const std::string& one = words[random() % words.size()];
    const std::string& two = words[random() % words.size()];
    const std::string a = text::fold_letters(one), b = text::fold_letters(two);
    std::size_t same = 0;
    while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
    if (same > 5 || a.size() < same + 3 || b.size() < same + 3) continue;
    pairs.emplace_back(one, two);
  }
  return pairs;
}

/// A short word, and a longer one that holds it behind one letter (Eis, Reise; Rat, Braten): one
/// letter is no part of a compound, so the first must not find the second.
std::vector<std::pair<std::string, std::string>> hidden_words(const std::filesystem::path& data,
                                                              std::size_t wanted) {
  std::istringstream in(test::unpack(data / "lexica/de-100k.txt.zst"));
  std::map<std::string, std::string> short_words;  // folded, as printed
  std::vector<std::pair<std::string, std::string>> all;
  std::vector<std::string> words;
  std::string word, count;
  for (std::size_t read = 0; read < 30'000 && in >> word >> count; ++read) {
    if (word.find_first_of("-.'") != std::string::npos) continue;
    words.push_back(word);
    const std::string folded = text::fold_letters(word);
    if (folded.size() >= 3 && folded.size() <= 6) short_words.emplace(folded, word);
  }
  for (const std::string& longer : words) {
    const std::string folded = text::fold_letters(longer);
    for (std::size_t length = 3; length <= 6 && length + 1 < folded.size(); ++length) {
      const auto inner = short_words.find(folded.substr(1, length));
      if (folded.size() <= 1 + length + 3 && inner != short_words.end()) {
        all.emplace_back(inner->second, longer);
      }
    }
  }
  std::mt19937 random(20240523);
  std::vector<std::pair<std::string, std::string>> pairs;
  while (pairs.size() < wanted) pairs.push_back(all[random() % all.size()]);
  return pairs;
}

}  // namespace

TEST_CASE("phenomena: what a German reader expects to find, and not to find", "[text][slow]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const Analyzer analyzer(test::learnt_words(data));
  std::size_t wanted = 0, unwanted = 0;
  std::string wrong;
  for (const auto& row : phenomena()) {
    (row.finds ? wanted : unwanted) += 1;
    if (test::finds(analyzer, row.query, row.text) == row.finds) continue;
    wrong += row.kind + ": " + row.query + (row.finds ? " must find " : " must not find ") +
             row.text + "\n";
  }
  CHECK(wrong == "");

  std::size_t drawn = 0, kept_out = 0;
  auto pairs = lookalikes(data, 400);
  for (auto& pair : hidden_words(data, 400)) pairs.push_back(std::move(pair));
  for (const auto& [query, text] : pairs) {
    ++drawn;
    if (test::finds(analyzer, query, text)) {
      wrong += "drawn: " + query + " must not find " + text + "\n";
    } else {
      ++kept_out;
    }
  }
  INFO(wrong << kept_out << " of " << drawn << " kept out");
  CHECK(static_cast<double>(kept_out) >= 0.98 * static_cast<double>(drawn));
  CHECK(wanted >= 150);
  CHECK(unwanted + drawn >= wanted);
}

TEST_CASE("phenomena: both spellings of umlauts and ß give equal variants", "[text]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const Analyzer analyzer(test::learnt_words(data));
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"Bürgerbüros", "Buergerbueros"},
           {"Straßenbahnhöfe", "Strassenbahnhoefe"},
           {"ÖPNV", "OEPNV"},
           {"Verbände", "Verbaende"},
           {"Ärzt:innen", "Aerzt:innen"},
           {"Straßen- und Brückenbau", "Strassen- und Brueckenbau"}}) {
    INFO(one);
    const auto a = analyzer.analyze_query(one), b = analyzer.analyze_query(other);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      REQUIRE(a[i].variants.size() == b[i].variants.size());
      for (std::size_t k = 0; k < a[i].variants.size(); ++k) {
        REQUIRE(a[i].variants[k].terms.size() == b[i].variants[k].terms.size());
        for (std::size_t t = 0; t < a[i].variants[k].terms.size(); ++t) {
          CHECK(a[i].variants[k].terms[t].term == b[i].variants[k].terms[t].term);
        }
      }
    }
  }
}

TEST_CASE("phenomena: the seed documents hold what must be found in them", "[text]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const Analyzer analyzer(test::learnt_words(data));
  std::ifstream gold(data / "seeds/gold.jsonl");
  std::string line;
  std::size_t checked = 0;
  while (std::getline(gold, line)) {
    const auto value = [&](const std::string& key, std::size_t from = 0) {
      const std::size_t at =
          line.find('"', line.find("\"" + key + "\":", from) + key.size() + 3) + 1;
      return line.substr(at, line.find('"', at) - at);
    };
    std::ifstream file(data / "seeds" / value("file"), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t begin = line.find('[', line.find("\"must_find\""));
    const std::size_t end = line.find(']', begin);
    for (std::size_t at = line.find('"', begin); at < end; at = line.find('"', at)) {
      const std::size_t close = line.find('"', at + 1);
      std::string query = line.substr(at + 1, close - at - 1);
      query = query.substr(0, query.find(" ("));
      at = close + 1;
      INFO(query << " in " << value("file"));
      CHECK(test::finds(analyzer, query, text));
      ++checked;
    }
  }
  CHECK(checked >= 20);
}
