// SPDX-License-Identifier: GPL-3.0-or-later
//
// Marks made from what the index knows to stand in a text against marks made by reading the text.
#include <fstream>
#include <random>

#include "data.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;  // query, text that meets it

Rows phenomena() {
  Rows out;
  std::ifstream in(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "tests/text/phenomena.tsv");
  for (std::string line; std::getline(in, line);) {
    const std::size_t begin = line.find('\t');
    if (line.starts_with('#') || begin == std::string::npos) continue;
    const std::size_t end = line.find('\t', begin + 1);
    out.emplace_back(line.substr(0, begin), line.substr(begin + 1, end - begin - 1));
  }
  return out;
}

/// Some sentences in a row, on lines of several lengths; words may be torn at the end of a line.
std::string prose(std::mt19937& random, const Rows& rows, std::size_t sentences) {
  std::string text;
  for (std::size_t i = 0; i < sentences; ++i) {
    std::string one = rows[random() % rows.size()].second;
    if (random() % 6 == 0) {
      const std::size_t at = one.find_first_of("nrst", one.size() / 2);
      if (at != std::string::npos && at + 3 < one.size()) one.insert(at + 1, "-\n");
    }
    text += one;
    text += random() % 8 == 0 ? "\n\n" : random() % 5 == 0 ? "\n" : " ";
  }
  return text;
}

Document random_paper(std::mt19937& random, const Rows& rows, const std::string& id) {
  Document document;
  document.id = id;
  document.date = "2020-01-0" + std::to_string(1 + random() % 9);
  document.title = rows[random() % rows.size()].second;
  document.paged = true;
  std::string text;
  const auto add = [&](SectionKind kind, int label, std::size_t sentences) {
    if (!text.empty()) text += "\n\n";
    Section section;
    section.kind = kind;
    section.labels = {std::to_string(label)};
    const auto begin = static_cast<std::uint32_t>(text.size());
    section.text = prose(random, rows, sentences);
    text += section.text;
    section.span = {1, begin, 1, static_cast<std::uint32_t>(text.size())};
    document.sections.push_back(section);
    return section.text;
  };
  const bool pairs = random() % 2 == 0;
  for (int label = 1, n = 1 + static_cast<int>(random() % 3); pairs && label <= n; ++label) {
    const std::string asked = add(SectionKind::kQuestion, label, 1 + random() % 3);
    // Some are longer than any snippet.
    const std::string answered =
        add(SectionKind::kAnswer, label, random() % 3 == 0 ? 60 : 1 + random() % 8);
    document.questions.push_back({std::to_string(label), asked, answered, {}, 1});
  }
  if (!pairs) text = prose(random, rows, random() % 4 == 0 ? 80 : 6);
  document.pages.push_back({1, text});
  return document;
}

std::string shown(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const SnippetPart& part : parts) out += part.hit ? "[" + part.text + "]" : part.text;
  return out;
}

std::string shown(const SearchAnswer& answer) {
  std::string out = answer.query.understood + "\n";
  for (const Hit& hit : answer.hits) {
    out += hit.id + " " + shown(hit.title_parts) + (hit.title_hit ? " title\n" : "\n");
    for (const PassageHit& passage : hit.passages) {
      out += "  " + std::to_string(passage.passage) + " p. " + std::to_string(passage.page) +
             " | " + shown(passage.snippet) + " | " + shown(passage.question) + " | " +
             shown(passage.answer) + "\n";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("marks by what the index knows are those of texts read", "[search]") {
  const test::ScratchDir dir;
  std::mt19937 random(17);
  const Rows rows = phenomena();
  REQUIRE(rows.size() > 100);
  std::vector<Document> documents, added;
  for (int i = 0; i < 400; ++i) {
    documents.push_back(random_paper(random, rows, "p" + std::to_string(i)));
  }
  test::index_documents(dir.path(), documents);
  for (int i = 0; i < 30; ++i) {
    added.push_back(random_paper(random, rows, "n" + std::to_string(i)));
  }
  test::index_documents(dir.path(), added, {"p3", "p4"});
  SearcherOptions reading;
  reading.pruning = false;
  reading.answer_cache_bytes = reading.record_cache_bytes = 0;
  const Searcher quick(dir.path()), slow(dir.path(), reading);
  const auto asked = [&] { return rows[random() % rows.size()].first; };
  const auto word = [&] {
    const std::string& text = rows[random() % rows.size()].second;
    std::size_t from = text.rfind(' ', random() % text.size());
    from = from == std::string::npos ? 0 : from + 1;
    return text.substr(from, text.find(' ', from) - from);
  };
  const auto pair = [&] {  // of neighbours
    const std::string& text = rows[random() % rows.size()].second;
    const std::size_t begin = text.rfind(' ', random() % text.size());
    const std::size_t from = begin == std::string::npos ? 0 : begin + 1;
    return "\"" + text.substr(from, text.find(' ', text.find(' ', from) + 1) - from) + "\"";
  };
  std::size_t marked = 0;
  for (std::size_t round = 0; round < rows.size() + 300; ++round) {
    SearchRequest request;
    if (round < rows.size()) {
      request.q = rows[round].first;
    } else {
      switch (random() % 7) {
        case 0:
          request.q = asked() + " " + asked();
          break;
        case 1:
          request.q = asked() + " ODER " + word();
          break;
        case 2:
          request.q = pair() + " ODER " + pair() + " ODER " + word();
          break;
        case 3:
          request.q = word() + " -" + word() + " ODER titel:" + word() + " ODER titel:" + pair();
          break;
        case 4:
          request.q = word() + " NEAR/3 " + asked();
          break;
        case 5:
          request.q = "frage:" + word() + " ODER " + word().substr(0, 4) + "*";
          break;
        default:
          request.q = word() + " " + word();
      }
    }
    if (random() % 4 == 0) request.unit = Unit::kPassage;
    request.expand.compounds = random() % 5 != 0;
    request.size = random() % 4 == 0 ? 200 : 10;  // a page kept, a list that is not
    request.whole_passages = random() % 5 == 0;
    INFO(request.q << " round " << round);
    const auto one = quick.search(request), other = slow.search(request);
    REQUIRE(std::holds_alternative<SearchAnswer>(one));
    const std::string got = shown(std::get<SearchAnswer>(one));
    CHECK(got == shown(std::get<SearchAnswer>(other)));
    for (const char c : got) marked += c == '[' ? 1 : 0;
  }
  CHECK(marked > 10'000);  // else nothing was compared
  CHECK(quick.statistics().records.hits > 0);
}
