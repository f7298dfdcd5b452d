// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/writer.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xapian.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <map>
#include <random>
#include <roaring/roaring.hh>
#include <thread>

#include "data.h"
#include "document/interchange.h"
#include "schema/columns.h"
#include "schema/layout.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "schema/text_index.h"
#include "writer/options.h"

using namespace fundstelle;
using test::options;
namespace fs = std::filesystem;

namespace {

Document paper(const std::string& id, const std::string& text) {
  Document document;
  document.id = id;
  document.title = "Titel " + id;
  document.body = "Bundestag";
  document.body_id = "bundestag";
  document.date = "2021-04-06";
  document.paged = true;
  document.pages = {{1, "Seite eins von " + id}, {2, text}};
  return document;
}

using Living = std::map<std::string, Document>;

Roaring tombstones(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return Roaring::readSafe(bytes.data(), bytes.size());
}

/// What a reader finds: documents of generation and delta by id, tombstones subtracted. Read with
/// Xapian and the schema alone, not with the writer's code.
Living living(const fs::path& dir) {
  Living found;
  const schema::Current current = schema::read_current(dir);
  const auto read = [&](const fs::path& part, const Roaring& dead, const Roaring& dead_passages) {
    const Xapian::Database documents((part / "documents").string());
    const Xapian::Database passages((part / "passages").string());
    const schema::StoredCodec codec(part);
    const schema::Columns columns = schema::read_columns(part);
    for (auto it = documents.postlist_begin(""); it != documents.postlist_end(""); ++it) {
      const Xapian::Document entry = documents.get_document(*it);
      const auto first = columns.first_passage.at(*it);
      const auto count = columns.passage_count.at(*it);
      std::vector<schema::Passage> texts;
      for (std::uint32_t i = 0; i < count; ++i) {
        const Xapian::Document passage = passages.get_document(first + i);
        REQUIRE(columns.parent.at(first + i) == *it);
        REQUIRE(dead.contains(*it) == dead_passages.contains(first + i));
        texts.push_back(schema::unpack_passage(codec.decompress(schema::stored_data(passage))));
      }
      if (dead.contains(*it)) continue;
      Document document = schema::unpack_document(codec.decompress(schema::stored_data(entry)), texts);
      const std::string id = document.id;
      REQUIRE(found.emplace(id, std::move(document)).second);
    }
  };
  const fs::path generation = schema::generation_dir(dir, current.generation);
  if (current.delta == 0) {
    read(generation, {}, {});
  } else {
    const fs::path delta = schema::delta_dir(dir, current.delta);
    read(generation, tombstones(delta / "dead-documents"), tombstones(delta / "dead-passages"));
    read(delta, {}, {});
  }
  return found;
}

std::map<std::string, std::string> texts(const Living& documents) {
  std::map<std::string, std::string> found;
  for (const auto& [id, document] : documents) found[id] = document.pages.at(1).text;
  return found;
}

}  // namespace

TEST_CASE("writer: documents come back whole, with their terms, values and labels", "[writer]") {
  const test::ScratchDir scratch;
  Document document = paper("a", "Die Straßen der Häuser, siehe Drucksache 19/1234.");
  document.number = "19 / 10 006";
  document.type = "Sonderfall Eins";
  document.type_id = "sonderfall-eins";
  document.group_ids = {"spd", "cdu"};
  document.groups = {"SPD", "CDU"};
  document.authors = {"Änne Übel"};
  document.references = {"19/1234"};
  document.relations = {{RelationKind::kSupplements, "19/77", ""}};
  document.legislature = 19;
  Section section;
  section.kind = SectionKind::kQuestion;
  section.labels = {"1"};
  section.span = {2, 0, 2, 12};
  section.text = text_of(document.pages, section.span);
  document.sections = {section};
  document.questions = {{"1", section.text, "eigene Antwort", {}, 2}};
  document.questions[0].parts = {{"1a", section.text.substr(2, 5), "", {"1"}, 2}};
  {
    Writer writer(options(scratch.path()));
    writer.add(document);
    writer.add(paper("b", "Nichts davon."));
    const CommitResult result = writer.commit({});
    CHECK(result.new_generation);
    CHECK(result.added == 2);
    CHECK(result.documents == 2);
  }
  CHECK(check_index(scratch.path()).empty());
  Living found = living(scratch.path());
  REQUIRE(found.size() == 2);
  Document& read = found.at("a");
  CHECK_FALSE(read.first_seen.empty());
  read.first_seen.clear();
  CHECK(to_interchange(read) == to_interchange(document));

  const fs::path generation = scratch.path() / "gen-1";
  const Xapian::Database documents((generation / "documents").string());
  const auto only = [&](const Xapian::Database& db, const std::string& term) {
    CAPTURE(term);
    REQUIRE(db.get_termfreq(term) == 1);
    return *db.postlist_begin(term);
  };
  const Xapian::docid docid = only(documents, "Qa");
  for (const char* term : {"XTsonderfall-eins", "XGspd", "XGcdu", "XL19", "XN19/10006", "XR19/1234",
                           "XR19/77", "XAuebel"}) {
    CHECK(only(documents, term) == docid);
  }
  CHECK(documents.get_termfreq("XY2021") == 2);
  CHECK(documents.get_termfreq("XD202104") == 2);
  CHECK(documents.get_termfreq("XBbundestag") == 2);
  const schema::TextIndex text(generation);
  for (const char* term : {"Estrassen", "Shaus", "N19/1234"}) {
    CAPTURE(term);
    REQUIRE(text.find(term));
    CHECK(text.find(term)->documents == 1);
    CHECK(text.find(term)->titles == 0);
  }
  REQUIRE(text.find("Ea"));
  CHECK(text.find("Ea")->titles == 1);  // "Titel a"
  REQUIRE(text.find("Eseite"));
  CHECK(text.find("Eseite")->passages == 2);
  CHECK(text.find("Eseite")->documents == 2);
  CHECK_FALSE(text.find("Equatsch"));
  const schema::Columns columns = schema::read_columns(generation);
  CHECK(columns.group.slugs == std::vector<std::string>{"cdu", "spd"});
  CHECK(columns.group.starts.at(docid + 1) - columns.group.starts.at(docid) == 2);
  CHECK(columns.date.at(docid) == 20210406);
  CHECK(columns.legislature.at(docid) == 19);
  REQUIRE(columns.ids.size() == 2);
  CHECK(columns.ids[0] == "a");
  CHECK(columns.ids[1] == "b");
  CHECK(std::count_if(columns.passage_kind.begin(), columns.passage_kind.end(),
                      [](auto kind) { return (kind & schema::Columns::kAsked) != 0; }) == 1);
  CHECK(documents.get_metadata(schema::label_key("type", "sonderfall-eins")) == "Sonderfall Eins");
  CHECK_FALSE(documents.get_metadata(schema::label_key("group", "spd")).empty());
}

TEST_CASE("writer: random sessions leave exactly what was meant to live", "[writer]") {
  const test::ScratchDir scratch;
  std::mt19937 random(7);
  const auto pick = [&](int below) {
    return std::uniform_int_distribution<>(0, below - 1)(random);
  };
  std::map<std::string, std::string> model;
  std::map<std::string, std::string> first_seen;
  int deltas = 0;
  int generations = 0;
  for (int session = 0; session < 14; ++session) {
    Writer writer(options(scratch.path()));
    const int changes = session == 0 ? 60 : pick(4) == 0 ? 15 : 1 + pick(4);
    for (int change = 0; change < changes; ++change) {
      const std::string id = "p" + std::to_string(pick(90));
      if (pick(4) == 0) {
        CHECK(writer.remove(id) == (model.erase(id) > 0));
        first_seen.erase(id);
      } else {
        const std::string text =
            "Fassung " + std::to_string(session) + " " + std::to_string(change);
        writer.add(paper(id, text));
        model[id] = text;
      }
      CHECK(writer.contains(id) == model.contains(id));
    }
    if (pick(5) == 0 && session > 0) {
      // Without a commit nothing of it may show.
      std::map<std::string, std::string> before = texts(living(scratch.path()));
      model = before;
      continue;
    }
    const CommitResult result = writer.commit({});
    (result.new_generation ? generations : deltas) += 1;
    REQUIRE(result.documents == model.size());
    const Living now = living(scratch.path());
    REQUIRE(texts(now) == model);
    for (const auto& [id, document] : now) {
      const auto known = first_seen.emplace(id, document.first_seen).first;
      CHECK(known->second == document.first_seen);
    }
    for (const std::string& problem : check_index(scratch.path())) FAIL_CHECK(problem);
  }
  CHECK(deltas >= 3);
  CHECK(generations >= 2);
  // The present state and the one before; nothing else piles up.
  int folders = 0;
  for (const auto& entry : fs::directory_iterator(scratch.path())) {
    folders += entry.is_directory() ? 1 : 0;
  }
  CHECK(folders <= 4);
}

TEST_CASE("writer: what is stored already is no change, sources are kept all the same",
          "[writer]") {
  const test::ScratchDir scratch;
  std::string revision;
  {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 30; ++i) writer.add(paper("p" + std::to_string(i), "gleich"));
    revision = writer.commit({}).current.revision;
  }
  const SourceEntry source{"/a/\xff weird", 5, 6, std::string(64, 'c'), "ok", {"p1", "p2"}};
  {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 30; ++i) writer.add(paper("p" + std::to_string(i), "gleich"));
    const CommitResult result = writer.commit({source});
    CHECK(result.current.revision == revision);
    CHECK(result.added + result.replaced + result.removed == 0);
  }
  Writer writer(options(scratch.path()));
  REQUIRE(writer.sources().size() == 1);
  CHECK(writer.sources()[0].path == source.path);
  CHECK(writer.sources()[0].document_ids == source.document_ids);
  // Changed and changed back within a session, removed and added again: still no change.
  writer.add(paper("p3", "anders"));
  writer.add(paper("p3", "gleich"));
  CHECK(writer.remove("p4"));
  CHECK_FALSE(writer.remove("p4"));
  writer.add(paper("p4", "gleich"));
  CHECK(writer.commit({source}).current.revision == revision);
}

TEST_CASE("writer: shards made with the words of another index cut words alike, for good",
          "[writer]") {
  const test::ScratchDir first;
  const test::ScratchDir second;
  std::string words;
  {
    Writer writer(options(first.path()));
    for (int i = 0; i < 30; ++i) {
      writer.add(paper("p" + std::to_string(i),
                       "Kraftwerk und Werkbank an der Bank " + std::to_string(i)));
    }
    words = writer.commit({}).current.fingerprint;
  }
  const auto other = [](int i) {
    return paper("q" + std::to_string(i), "Schulweg, Schule und Wegweiser " + std::to_string(i));
  };
  const auto commit = [&](WriterOptions with, int from, int to) {
    Writer writer(std::move(with));
    for (int i = from; i < to; ++i) writer.add(other(i));
    return writer.commit({});
  };
  CHECK(commit(options(second.path()), 0, 30).current.fingerprint != words);
  WriterOptions shared = options(second.path());
  shared.words_from = first.path();
  // Other words: written anew, though nothing else changed.
  const CommitResult taken = commit(shared, 0, 0);
  CHECK(taken.new_generation);
  CHECK(taken.documents == 30);
  CHECK(taken.current.fingerprint == words);
  CHECK(commit(shared, 0, 0).current.revision == taken.current.revision);
  // A later merge keeps them without being told.
  const CommitResult merged = commit(options(second.path()), 30, 60);
  CHECK(merged.new_generation);
  CHECK(merged.current.fingerprint == words);
  CHECK(check_index(second.path()).empty());
  WriterOptions wrong = options(second.path());
  wrong.words_from = second.path() / "nowhere";
  CHECK_THROWS_AS(Writer(wrong), schema::IndexError);
}

TEST_CASE("writer: one writer at a time, originals are written once and go with their paper",
          "[writer]") {
  const test::ScratchDir scratch;
  const std::string sha256(64, 'd');
  Document document = paper("a", "x");
  document.source.sha256 = sha256;
  {
    Writer writer(options(scratch.path()));
    CHECK_THROWS_AS(Writer(options(scratch.path())), WriterError);
    writer.keep_original(sha256, "bytes");
    writer.keep_original(sha256, "other");
    writer.add(document);
    writer.commit({{"/x", 1, 5, sha256, "ok", {"a"}}});
  }
  const fs::path original = schema::original_path(scratch.path(), sha256);
  std::ifstream in(original);
  CHECK(std::string{std::istreambuf_iterator<char>(in), {}} == "bytes");
  CHECK((fs::status(original).permissions() & fs::perms::owner_write) == fs::perms::none);
  Writer writer(options(scratch.path()));
  writer.remove("a");
  writer.commit({});
  CHECK_FALSE(fs::exists(original));
}

TEST_CASE("writer: killed at any moment, the last good index stands", "[writer]") {
  const test::ScratchDir scratch;
  {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 40; ++i) writer.add(paper("p" + std::to_string(i), "alt"));
    writer.commit({});
  }
  std::mt19937 random(99);
  int finished = 0;
  std::map<std::string, std::string> before = texts(living(scratch.path()));
  for (int round = 0; round < 24; ++round) {
    const std::string text = "Runde " + std::to_string(round);
    // Small sessions make deltas, large ones generations.
    const int changes = round % 2 == 0 ? 2 : 40;
    std::map<std::string, std::string> after = before;
    for (int i = 0; i < changes; ++i) after["p" + std::to_string(i)] = text;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      try {
        Writer writer(options(scratch.path()));
        for (int i = 0; i < changes; ++i) writer.add(paper("p" + std::to_string(i), text));
        writer.commit({});
      } catch (...) {
        _exit(1);
      }
      _exit(0);
    }
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<>(0, 250'000)(random)));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    const std::map<std::string, std::string> now = texts(living(scratch.path()));
    REQUIRE((now == before || now == after));
    finished += now == after ? 1 : 0;
    before = now;
    for (const std::string& problem : check_index(scratch.path())) FAIL_CHECK(problem);
  }
  CAPTURE(finished);
  { const Writer writer(options(scratch.path())); }
  for (const auto& entry : fs::directory_iterator(scratch.path())) {
    CHECK_FALSE(entry.path().filename().string().starts_with("tmp-"));
  }
}

TEST_CASE("writer: giving up during the commit changes nothing", "[writer]") {
  const test::ScratchDir scratch;
  {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 20; ++i) writer.add(paper("p" + std::to_string(i), "alt"));
    writer.commit({});
  }
  const auto before = texts(living(scratch.path()));
  struct GivenUp {};
  for (const int changes : {1, 20}) {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < changes; ++i) writer.add(paper("p" + std::to_string(i), "neu"));
    CHECK_THROWS_AS(writer.commit({}, [](std::uint64_t, std::uint64_t) { throw GivenUp(); }),
                    GivenUp);
  }
  CHECK(texts(living(scratch.path())) == before);
}

TEST_CASE("check: damage is found and named", "[writer]") {
  const test::ScratchDir scratch;
  {
    Writer writer(options(scratch.path()));
    for (int i = 0; i < 20; ++i) writer.add(paper("p" + std::to_string(i), "Text"));
    std::string words;
    for (int i = 0; i < 120; ++i) words += "Wort" + std::to_string(i * 7919) + " ";
    for (const char* id : {"twin-a", "twin-b"}) {  // one paper in two files
      Document twin = paper(id, words);
      twin.title = "Bäume an Bahnstrecken";
      twin.number = "99/65";
      twin.pages[0].text = "Seite eins";
      writer.add(twin);
    }
    writer.commit({});
  }
  REQUIRE(check_index(scratch.path()).empty());
  const fs::path generation = scratch.path() / "gen-1";
  SECTION("a byte in the stored text") {
    const fs::path file = generation / "passages" / "postlist.glass";
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(fs::file_size(file)) - 60);
    out.write("\xAA\xAA\xAA\xAA\xAA\xAA", 6);
  }
  SECTION("a missing table") { fs::remove(generation / "documents" / "postlist.glass"); }
  SECTION("another manifest") {
    schema::Manifest manifest = schema::read_manifest(generation);
    manifest.documents += 1;
    schema::write_manifest(generation, manifest);
  }
  SECTION("lost words") { fs::remove(generation / "words.zst"); }
  const auto cut = [&](const char* name) {
    fs::resize_file(generation / name, fs::file_size(generation / name) / 2);
    return name;
  };
  const char* named = "";
  SECTION("half of the words") { named = cut("text.bin"); }
  SECTION("a word at another place") {
    named = "text.bin";
    std::fstream out(generation / named, std::ios::binary | std::ios::in | std::ios::out);
    schema::TextIndex::Header header;
    out.read(reinterpret_cast<char*>(&header), sizeof header);
    // The last byte of the last passage: another bundle.
    const auto& streams = header.sections[schema::TextIndex::kStreams];
    const auto at = static_cast<std::streamoff>(streams.begin + streams.bytes - 1);
    out.seekg(at);
    const int byte = out.get();
    out.seekp(at);
    out.put(static_cast<char>(byte ^ 1));
  }
  SECTION("half of the columns") { named = cut("columns.bin"); }
  SECTION("half a vocabulary") { named = cut("vocabulary.bin"); }
  SECTION("no vocabulary") {
    named = "vocabulary.bin";
    fs::remove(generation / named);
  }
  SECTION("half of the sketches") { named = cut("sketches.bin"); }
  SECTION("copies lost") {
    named = "copies";
    REQUIRE(fs::file_size(generation / named) > 0);
    std::ofstream(generation / named, std::ios::trunc).flush();
  }
  SECTION("copies that are none") {
    named = "copies";
    std::ofstream(generation / named, std::ios::app) << "p1\tp99\n";
  }
  SECTION("copies unreadable") {
    named = "copies";
    std::ofstream(generation / named, std::ios::app) << "p1 p2\n";
  }
  const std::vector<std::string> problems = check_index(scratch.path());
  CHECK_FALSE(problems.empty());
  CHECK(std::all_of(problems.begin(), problems.end(), [&](const std::string& problem) {
    return problem.find(named) != std::string::npos;
  }));
}
