// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "document/interchange.h"
#include "schema/layout.h"
#include "schema/schema.h"
#include "schema/stored_document.h"

#include "data.h"

using namespace fundstelle;
using schema::cut_passages;
using schema::Passage;
using schema::PassageKind;

namespace {

/// Pages rebuilt from passages byte by byte, independently of the reading code.
std::string covered(const std::vector<Passage>& passages) {
  std::string all;
  for (const Passage& passage : passages) {
    std::size_t offset = 0;
    for (std::size_t i = 0; i < passage.pieces.size(); ++i) {
      const auto& piece = passage.pieces[i];
      all += "<" + std::to_string(piece.page) + ":" + std::to_string(piece.begin) + ">" +
             passage.text.substr(offset, piece.end - piece.begin);
      offset += piece.end - piece.begin + 2;
    }
  }
  return all;
}

Section section(SectionKind kind, std::vector<std::string> labels, const Document& document,
                const std::string& text) {
  Section made;
  made.kind = kind;
  made.labels = std::move(labels);
  made.text = text;
  for (const Page& page : document.pages) {
    const auto at = page.text.find(text);
    if (at == std::string::npos) continue;
    made.span = {page.number, static_cast<std::uint32_t>(at), page.number,
                 static_cast<std::uint32_t>(at + text.size())};
  }
  return made;
}

Document random_document(std::mt19937& random) {
  const auto pick = [&](std::uint32_t below) {
    return below == 0 ? 0 : std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random);
  };
  static const std::vector<std::string> kWords{"Straße", "\n\n", " ",        "für", "x",     ".",
                                               "\n",     "🙂", "Haushalt", "§",   "ßßßßßß"};
  Document document;
  document.id = "random";
  document.paged = pick(2) == 0;
  const std::uint32_t pages = document.paged ? pick(6) : 1;
  std::uint32_t number = 0;
  for (std::uint32_t p = 0; p < pages; ++p) {
    Page page;
    page.number = ++number + (document.paged ? pick(2) : 0);
    number = page.number;
    const std::uint32_t words = pick(4) == 0 ? pick(9000) : pick(60);
    for (std::uint32_t w = 0; w < words; ++w)
      page.text += kWords[pick(static_cast<std::uint32_t>(kWords.size()))];
    document.pages.push_back(page);
  }
  const std::uint32_t sections = pick(12);
  for (std::uint32_t s = 0; s < sections; ++s) {
    Section made;
    made.kind = static_cast<SectionKind>(pick(6));
    made.labels = {std::to_string(pick(4))};
    // Deliberately wild: backwards, beyond the end, inside letters.
    made.span = {pick(7), pick(3000), pick(7), pick(3000)};
    made.text = pick(2) == 0 ? text_of(document.pages, made.span) : "another text";
    document.sections.push_back(made);
  }
  if (!document.sections.empty()) {
    document.questions.push_back({"1", document.sections[0].text, "answer of its own", {}, 1});
  }
  return document;
}

}  // namespace

TEST_CASE("cut_passages: every byte once and in order, whatever the sections say", "[schema]") {
  std::mt19937 random(20260101);
  for (int round = 0; round < 400; ++round) {
    const Document document = random_document(random);
    const std::vector<Passage> passages = cut_passages(document);
    std::string text;
    std::uint32_t last_page = 0;
    std::uint32_t last_end = 0;
    for (const Passage& passage : passages) {
      REQUIRE(passage.text.size() <= schema::kMaxPassageBytes);
      REQUIRE_FALSE(passage.pieces.empty());
      std::size_t offset = 0;
      for (const auto& piece : passage.pieces) {
        if (piece.page == last_page) {
          REQUIRE(piece.begin == last_end);
        } else {
          REQUIRE(piece.page > last_page);
          REQUIRE(piece.begin == 0);
        }
        last_page = piece.page;
        last_end = piece.end;
        text += passage.text.substr(offset, piece.end - piece.begin);
        offset += piece.end - piece.begin + 2;
      }
      REQUIRE(offset == passage.text.size() + 2);
      REQUIRE((static_cast<unsigned char>(passage.text[0]) & 0xC0U) != 0x80U);
      const Passage again = schema::unpack_passage(schema::pack_passage(passage));
      REQUIRE(again.text == passage.text);
      REQUIRE(again.heading == passage.heading);
      REQUIRE(covered({again}) == covered({passage}));
    }
    std::string whole;
    for (const Page& page : document.pages) whole += page.text;
    REQUIRE(text == whole);

    const Document stored = schema::unpack_document(schema::pack_document(document), passages);
    REQUIRE(to_interchange(stored) == to_interchange(document));
  }
}

TEST_CASE("cut_passages: a question and its answer are one passage", "[schema]") {
  Document document;
  document.paged = true;
  document.pages = {{1,
                     "Kleine Anfrage\n\nVorbemerkung\n\nWir fragen.\n\n1. Wie viele?\n\nAntwort "
                     "der Regierung:\n\nDrei."},
                    {2,
                     "2. Warum?\n\n3. Seit wann?\n\nDie Fragen 2 und 3 werden gemeinsam "
                     "beantwortet. Darum, seit 1990.\n\nBerlin, den 1. Mai"}};
  document.sections = {
      section(SectionKind::kHeading, {}, document, "Vorbemerkung"),
      section(SectionKind::kQuestion, {"1"}, document, "1. Wie viele?"),
      section(SectionKind::kAnswer, {"1"}, document, "Drei."),
      section(SectionKind::kQuestion, {"2"}, document, "2. Warum?"),
      section(SectionKind::kQuestion, {"3"}, document, "3. Seit wann?"),
      section(SectionKind::kAnswer, {"2", "3"}, document,
              "Die Fragen 2 und 3 werden gemeinsam beantwortet. Darum, seit 1990."),
  };
  const std::vector<Passage> passages = cut_passages(document);
  REQUIRE(passages.size() == 5);
  CHECK(passages[0].kind == PassageKind::kPage);
  CHECK(passages[1].kind == PassageKind::kHeaded);
  CHECK(passages[1].heading == "Vorbemerkung");
  CHECK(passages[2].kind == PassageKind::kQuestion);
  CHECK(passages[2].labels == std::vector<std::string>{"1"});
  CHECK(passages[2].heading == "1. Wie viele?");
  CHECK(passages[2].text == "1. Wie viele?\n\nAntwort der Regierung:\n\nDrei.");
  CHECK(passages[3].labels == std::vector<std::string>{"2", "3"});
  CHECK(passages[3].text.starts_with("2. Warum?"));
  CHECK(passages[4].kind == PassageKind::kPage);
  CHECK(passages[4].text.find("Berlin, den 1. Mai") != std::string::npos);
}

TEST_CASE("cut_passages: pages without sections stay pages, speeches span them", "[schema]") {
  Document document;
  document.paged = true;
  document.pages = {{1, "eins"}, {2, " \n"}, {3, "zwei. Rede beginnt"}, {4, "Rede endet. Schluss"}};
  Section speech;
  speech.kind = SectionKind::kSpeech;
  speech.span = {3, 6, 4, 11};
  speech.speaker = Speaker{"Otto Müller", "SPD", ""};
  document.sections = {speech};
  const std::vector<Passage> passages = cut_passages(document);
  REQUIRE(passages.size() == 4);
  CHECK(passages[0].text == "eins\n\n \n");  // white space is no passage of its own
  CHECK(passages[1].text == "zwei. ");
  CHECK(passages[2].heading == "Otto Müller (SPD)");
  CHECK(passages[2].text == "Rede beginnt\n\nRede endet.");
  CHECK(passages[3].text == " Schluss");
}

TEST_CASE("schema: numbers and dates sort as bytes", "[schema]") {
  CHECK(schema::date_value("2021-04-06") == 20210406);
  CHECK(schema::date_value("2021-04") == 20210400);
  CHECK(schema::date_value("2021") == 20210000);
  for (const char* bad : {"", "06.04.2021", "2021-4-6", "2021-13-01", "x"}) {
    CHECK(schema::date_value(bad) == 0);
  }
  CHECK(schema::iso_date(20210406) == "2021-04-06");
  CHECK(schema::iso_date(20210000) == "2021");
  CHECK(schema::iso_date(0).empty());
  CHECK(schema::pack_u32(255) < schema::pack_u32(256));
  CHECK(schema::unpack_u32(schema::pack_u32(4000000000U)) == 4000000000U);
  CHECK(schema::unpack_u32("abc") == 0);
}

TEST_CASE("stored data: dictionaries shrink it, damage is noticed", "[schema]") {
  std::vector<std::string> samples;
  for (int i = 0; i < 6000; ++i) {
    samples.push_back(
        "Antrag der Fraktion, " + std::to_string(i * 7919) + " - BT-Drucksache 10/" +
        std::to_string(i) + ". Beratung am " + std::to_string(i % 28 + 1) +
        ". Mai im Ausschuss für Verkehr, Beschluss: " + "Annahme der Beschlussempfehlung " +
        std::string(i % 90, 'x') + " mit den Stimmen der Koalition " + std::to_string(i * 31));
  }
  const std::string dictionary = schema::learn_dictionary(samples);
  REQUIRE_FALSE(dictionary.empty());
  const schema::StoredCodec plain;
  const schema::StoredCodec trained(dictionary, dictionary);
  const std::string small = trained.compress_passage(samples[10]);
  CHECK(small.size() * 2 < plain.compress_passage(samples[10]).size());
  CHECK(trained.decompress(small) == samples[10]);
  CHECK(trained.decompress(plain.compress_record("plain")) == "plain");
  CHECK_THROWS_AS(plain.decompress(small), std::runtime_error);
  CHECK_THROWS_AS(trained.decompress(small.substr(0, small.size() / 2)), std::runtime_error);
  CHECK_THROWS_AS(trained.decompress("nonsense"), std::runtime_error);

  const test::ScratchDir scratch;
  trained.save(scratch.path());
  CHECK(schema::StoredCodec(scratch.path()).decompress(small) == samples[10]);
}

TEST_CASE("layout: current is read back, damage and absence are told apart", "[schema]") {
  const test::ScratchDir scratch;
  CHECK_FALSE(schema::read_current_if_any(scratch.path()).has_value());
  CHECK_THROWS_AS(schema::read_current(scratch.path()), schema::IndexError);
  schema::Current current{schema::kSchemaVersion, "f1", 3, 7, "0123456789abcdef"};
  schema::swap_current(scratch.path(), current);
  CHECK(schema::read_current(scratch.path()).delta == 7);
  current.schema_version += 1;
  schema::swap_current(scratch.path(), current);
  CHECK_THROWS_AS(schema::read_current(scratch.path()), schema::IndexError);
  CHECK(schema::read_current_if_any(scratch.path())->generation == 3);
  std::filesystem::resize_file(scratch.path() / "current", 10);
  CHECK_THROWS_AS(schema::read_current_if_any(scratch.path()), schema::IndexError);

  CHECK(schema::original_path("/d", std::string(64, 'b')) ==
        "/d/originals/bb/" + std::string(64, 'b'));
  CHECK_THROWS_AS(schema::original_path("/d", "../../etc/passwd"), std::invalid_argument);
}

TEST_CASE("facts: what a record says of the fields an index is built from", "[schema]") {
  Document document;
  document.id = "bt-1";
  document.type = "Kleine Anfrage";
  document.type_id = "kleine-anfrage";
  document.body = "Deutscher Bundestag";
  document.body_id = "bt";
  document.number = "21/64";
  document.title = "Bäume";
  document.date = "2040-01-02";
  document.first_seen = "2041-01-01T00:00:00Z";
  document.legislature = 0;
  document.authors = {"Änne Übel", ""};
  document.groups = {"SPD"};
  document.group_ids = {"spd"};
  document.ministries = {"Auswärtiges Amt"};
  document.ministry_ids = {"aa"};
  document.topics = {"Verkehr"};
  document.topic_ids = {"verkehr"};
  document.references = {"21/1", "20/7"};
  document.relations = {{RelationKind::kAnswers, "21/1", "bt-0"}};
  const auto same = [](const Document& one, const Document& other) {
    const auto fields = [](const Document& d) {
      return std::tie(d.id, d.type, d.type_id, d.body, d.body_id, d.number, d.title, d.date,
                      d.first_seen, d.legislature, d.authors, d.groups, d.group_ids, d.ministries,
                      d.ministry_ids, d.topics, d.topic_ids, d.references);
    };
    REQUIRE(one.relations.size() == other.relations.size());
    for (std::size_t i = 0; i < one.relations.size(); ++i) {
      CHECK(one.relations[i].kind == other.relations[i].kind);
      CHECK(one.relations[i].number == other.relations[i].number);
      CHECK(one.relations[i].id == other.relations[i].id);
    }
    return fields(one) == fields(other);
  };
  const auto check = [&](const Document& one) {
    const std::string record = schema::pack_document(one);
    CHECK(same(schema::unpack_facts(schema::pack_facts(one, record)),
               schema::unpack_document(record)));
  };
  check(document);
  CHECK(same(schema::unpack_facts(schema::pack_facts(document, "")), document));
  Document bare;
  bare.id = "a";
  check(bare);
  // What a record does not keep as it is.
  document.authors.emplace_back("M\xFCller");
  check(document);
  document.authors.clear();
  document.relations[0].id = "\xFF";
  check(document);
  document.relations.clear();
  document.legislature = 1000;
  check(document);
  CHECK_THROWS_AS(schema::unpack_facts("\x05xx"), std::runtime_error);
}
