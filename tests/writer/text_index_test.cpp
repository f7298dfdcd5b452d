// SPDX-License-Identifier: GPL-3.0-or-later
//
// text.bin against an obvious reference: maps of terms to places, made from the analyzer's tokens.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>

#include "data.h"
#include "schema/columns.h"
#include "schema/schema.h"
#include "schema/text_index.h"
#include "text/analyzer.h"
#include "writer/options.h"
#include "writer/writer.h"

using namespace fundstelle;
using test::options;
namespace fs = std::filesystem;
using schema::TextIndex;

namespace {

char prefix_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::kExact:
      return 'E';
    case TokenKind::kStem:
      return 'S';
    case TokenKind::kPart:
      return 'P';
    case TokenKind::kBlind:
      return 'U';
    case TokenKind::kNumber:
      return 'N';
  }
  return '?';
}

/// What one text holds.
struct Text {
  std::map<std::string, std::multiset<std::uint32_t>> places;  ///< by term
  std::uint32_t last = 0;
};

Text read(const Analyzer& analyzer, const std::string& text) {
  Text out;
  for (const Token& token : analyzer.analyze(text)) {
    out.places[prefix_of(token.kind) + token.term].insert(token.position);
    out.last = std::max(out.last, token.position);
  }
  return out;
}

/// The same of a stream: every bundle opened by its terms.
using Bundles = std::vector<std::vector<std::string>>;
Bundles bundles_of(const TextIndex& index) {
  Bundles out(index.bundles());
  for (const char* kind : {"E", "N", "P", "S", "U"}) {
    std::string before;
    index.each(kind, [&](std::string_view name, const TextIndex::Term& term) {
      REQUIRE(before < name);
      before = name;
      index.for_each_bundle(term, [&](std::uint32_t bundle, std::uint32_t times) {
        out.at(bundle).insert(out.at(bundle).end(), times, std::string(name));
      });
      return true;
    });
  }
  return out;
}
Text read(const TextIndex::Stream& stream, const Bundles& bundles) {
  Text out;
  stream.for_each([&](std::uint32_t position, std::uint32_t bundle) {
    for (const std::string& term : bundles[bundle]) out.places[term].insert(position);
  });
  out.last = stream.words();
  return out;
}

const std::vector<std::string> kWords = {
    "Haus",       "Häuser",          "der",         "und",      "Straßenbau",  "Bürger:innen",
    "19/1234",    "Corona-Pandemie", "§ 16a BauGB", "Maßnahme", "Verkehr",     "Verkehrspolitik",
    "Schul- und", "Ärztemangel",     "z. B.",       "2021",     "Klimaschutz", "Bundes-"};

std::string some_text(std::mt19937& random, int words) {
  std::string text;
  for (int i = 0; i < words; ++i) {
    text += kWords[std::uniform_int_distribution<std::size_t>(0, kWords.size() - 1)(random)];
    if (random() % 9 == 0) text += std::to_string(random() % 50);
    text += random() % 7 == 0 ? ". " : " ";
  }
  return text;
}

/// All documents of a part against what the analyzer says of them now.
void compare(const fs::path& part, const Analyzer& analyzer,
             const std::map<std::string, Document>& meant) {
  const TextIndex index(part);
  const schema::Columns columns = schema::read_columns(part);
  const Bundles bundles = bundles_of(index);
  std::map<std::string, std::set<std::uint32_t>> in_passages, in_titles, in_documents;
  std::size_t documents = 0;
  for (std::uint32_t docid = 1; docid <= columns.last_document(); ++docid) {
    if (!columns.has(docid)) continue;
    ++documents;
    const Document& document = meant.at(std::string(columns.ids.at(columns.id_rank[docid])));
    const Text title = read(analyzer, document.title);
    const Text stored = read(index.title(docid), bundles);
    REQUIRE(stored.places == title.places);
    REQUIRE(stored.last == title.last);
    for (const auto& [term, places] : title.places) {
      in_titles[term].insert(docid);
      in_documents[term].insert(docid);
    }
    REQUIRE(columns.passage_count[docid] == document.pages.size());
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
      const std::uint32_t passage = columns.first_passage[docid] + static_cast<std::uint32_t>(i);
      const Text page = read(analyzer, document.pages[i].text);
      const Text words = read(index.passage(passage), bundles);
      REQUIRE(words.places == page.places);
      REQUIRE(words.last == page.last);
      for (const auto& [term, places] : page.places) {
        in_passages[term].insert(passage);
        in_documents[term].insert(docid);
      }
    }
  }
  REQUIRE(documents == meant.size());
  // Read into memory: going through all of them, back, and here and there.
  std::vector<std::uint32_t> docids;
  for (std::uint32_t docid = 0; docid <= index.passages() + 1; ++docid) docids.push_back(docid);
  schema::StreamReader streams(index);
  std::mt19937 random(5);
  for (int round = 0; round < 3; ++round) {
    for (const std::uint32_t docid : docids) {
      REQUIRE(read(streams.passage(docid), bundles).places ==
              read(index.passage(docid), bundles).places);
    }
    if (round == 0) std::reverse(docids.begin(), docids.end());
    if (round == 1) std::shuffle(docids.begin(), docids.end(), random);
  }
  for (const auto& [term, holding] : in_documents) {
    CAPTURE(term);
    const auto known = index.find(term);
    REQUIRE(known);
    CHECK(known->documents == holding.size());
    CHECK(known->passages == in_passages[term].size());
    CHECK(known->titles == in_titles[term].size());
    std::set<std::uint32_t> passages, titles;
    index.for_each_bundle(*known, [&](std::uint32_t bundle, std::uint32_t) {
      index.for_each_passage(bundle, [&](std::uint32_t docid, std::uint32_t, std::uint32_t) {
        passages.insert(docid);
      });
      index.for_each_title(
          bundle, [&](std::uint32_t docid, std::uint32_t, std::uint32_t) { titles.insert(docid); });
    });
    CHECK(passages == in_passages[term]);
    CHECK(titles == in_titles[term]);
    CHECK_FALSE(index.find(term + "\x01"));
  }
}

}  // namespace

TEST_CASE("text: every word of random documents stands where the analyzer puts it", "[writer]") {
  const test::ScratchDir scratch;
  std::mt19937 random(11);
  const auto paper = [&](const std::string& id, int words) {
    Document document;
    document.id = id;
    document.title = some_text(random, static_cast<int>(random() % 6));
    document.paged = true;
    for (std::uint32_t page = 1; page <= 1 + random() % 3; ++page) {
      document.pages.push_back({page, "Seite " + some_text(random, words)});
    }
    return document;
  };
  const auto analyzer_of = [&] {
    return Analyzer(
        std::make_shared<const WordData>(WordData::load(scratch.path() / "gen-1" / "words.zst")));
  };
  std::map<std::string, Document> documents;
  {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 150; ++i) {
      const std::string id = "p" + std::to_string(i);
      documents[id] = paper(id, 1 + static_cast<int>(random() % 60));
      writer.add(documents[id]);
    }
    writer.commit({});
  }
  compare(scratch.path() / "gen-1", analyzer_of(), documents);

  // Three deltas, the later ones made from the earlier: added, replaced, removed.
  std::map<std::string, Document> in_delta;
  for (int round = 0; round < 3; ++round) {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 3; ++i) {
      const std::string id = "n" + std::to_string(round * 2 + i);
      in_delta[id] = paper(id, 30);
      writer.add(in_delta[id]);
    }
    if (round > 0) {
      const std::string gone = "n" + std::to_string(round - 1);
      CHECK(writer.remove(gone));
      in_delta.erase(gone);
    }
    const CommitResult result = writer.commit({});
    REQUIRE_FALSE(result.new_generation);
    compare(scratch.path() / ("delta-" + std::to_string(result.current.delta)), analyzer_of(),
            in_delta);
  }
  for (const std::string& problem : check_index(scratch.path())) FAIL_CHECK(problem);
}

TEST_CASE("text: rare words of a large vocabulary are found where they stand", "[writer]") {
  // Numbers beyond 16,384 take three bytes, and the streams are longer than what is read at once.
  const test::ScratchDir scratch;
  std::map<std::string, Document> documents;
  {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 60; ++i) {
      Document document;
      document.id = "p" + std::to_string(i);
      std::string text;
      for (int word = 0; word < 400; ++word) {
        text += "q";
        for (int rest = i * 400 + word; rest > 0; rest /= 20)
          text += "bcdfghjklmnprstvwxzy"[rest % 20];
        text += word % 3 == 0 ? " Haus " : " ";
      }
      document.pages.push_back({1, text});
      documents[document.id] = document;
      writer.add(document);
    }
    writer.commit({});
  }
  const TextIndex index(scratch.path() / "gen-1");
  REQUIRE(index.bundles() > 20'000);
  compare(scratch.path() / "gen-1",
          Analyzer(std::make_shared<const WordData>(
              WordData::load(scratch.path() / "gen-1" / "words.zst"))),
          documents);
}

TEST_CASE("text: the same documents give the same file, whatever the threads", "[writer]") {
  const test::ScratchDir one;
  const test::ScratchDir other;
  const auto build = [](const fs::path& dir, unsigned jobs) {
    std::mt19937 random(5);
    WriterOptions with = options(dir);
    with.jobs = jobs;
    Writer writer(with);
    for (int i = 0; i < 400; ++i) {
      Document document;
      document.id = "p" + std::to_string(i);
      document.title = some_text(random, 4);
      document.first_seen = "2026-01-01T00:00:00Z";
      document.pages.push_back({1, some_text(random, 900)});
      writer.add(document);
    }
    writer.commit({});
    std::string bytes;
    for (const char* name : {"text.bin", "columns.bin"}) {
      std::ifstream in(dir / "gen-1" / name, std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    return bytes;
  };
  const std::string bytes = build(one.path(), 1);
  CHECK(bytes.size() > 100'000);
  CHECK(bytes == build(other.path(), 3));
}
