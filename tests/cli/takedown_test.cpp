// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents taken down stay away, with reason and date, until they are readmitted.
#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/archive.h"

using namespace fundstelle::test;

namespace {

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Files below the folder that hold the text as it is.
std::vector<std::string> files_with(const fs::path& dir, const std::string& text) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file() && bytes_of(entry.path()).find(text) != std::string::npos) {
      found.push_back(entry.path().lexically_relative(dir));
    }
  }
  return found;
}

std::string id_of(const fs::path& report, const std::string& name) {
  for (const std::string& line : lines_of(report)) {
    if (field(line, "path").ends_with("/" + name)) return field(line, "id");
  }
  return "";
}

}  // namespace

TEST_CASE("indexer: a takedown survives every way of indexing again", "[cli][takedown]") {
  Archive archive;
  for (int i = 1; i <= 4; ++i) write(archive.papers / (std::to_string(i) + ".txt"), paper(i));
  write(archive.papers / "r.jsonl",
        "{\"id\":\"r1\",\"title\":\"Eins\",\"text\":\"Erster Eintrag\"}\n"
        "{\"id\":\"r2\",\"title\":\"Zwei\",\"text\":\"Zweiter Eintrag\"}\n");
  REQUIRE(archive.refresh().exit_code == 0);
  const std::string index = " --index " + quoted(archive.index.string());
  const std::string id = id_of(archive.report, "2.txt");
  REQUIRE_FALSE(id.empty());
  const auto originals_with = [&] { return files_with(archive.index / "originals", "Nummer 2"); };
  REQUIRE(originals_with().size() == 1);

  const Run removed = indexer("remove " + id + " --reason 'Beschluss, 3 O 12/26'" + index);
  INFO(removed.out);
  REQUIRE(removed.exit_code == 0);
  REQUIRE(has(removed, "5 documents in the index"));
  REQUIRE(indexer("remove r1 --reason 'Bitte der Betroffenen'" + index).exit_code == 0);
  CHECK(originals_with().empty());

  const Run list = indexer("takedowns" + index);
  CHECK(has(list, id + "  Beschluss, 3 O 12/26"));
  CHECK(has(list, "r1  Bitte der Betroffenen"));
  CHECK(list.out.substr(0, 2) == "20");  // a date comes first

  // Unchanged, forced, and as another file of the same bytes.
  CHECK(has(archive.refresh(), "4 in the index"));
  const Run forced = archive.refresh("--force");
  CHECK(has(forced, "4 in the index"));
  CHECK(has(forced, "2 taken down"));
  fs::copy(archive.papers / "2.txt", archive.papers / "again.txt");
  CHECK(has(archive.refresh(), "4 in the index"));
  CHECK(originals_with().empty());
  CHECK(indexer("verify" + index).exit_code == 0);

  // Readmitted, it comes back with the next run.
  CHECK(indexer("readmit " + id + index).exit_code == 0);
  CHECK(indexer("readmit " + id + index).exit_code == 1);
  CHECK(has(archive.refresh(), "1 added, 0 replaced, 0 removed, 5 in the index"));
  CHECK(originals_with().size() == 1);
  CHECK_FALSE(has(indexer("takedowns" + index), id));

  // Recorded by a run that was killed before it removed anything: the list names it, the index has
  // it.
  const fs::path copy = archive.scratch.path() / "saved";
  fs::copy(archive.index, copy, fs::copy_options::recursive);
  REQUIRE(indexer("remove " + id + " --reason x" + index).exit_code == 0);
  fs::copy(archive.index / "takedowns", copy / "takedowns", fs::copy_options::overwrite_existing);
  fs::remove_all(archive.index);
  fs::rename(copy, archive.index);
  REQUIRE(originals_with().size() == 1);
  CHECK(has(archive.refresh(), "1 removed, 4 in the index"));
  CHECK(originals_with().empty());
  CHECK(archive.check().exit_code == 0);

  // While another run writes: recorded at once, removed by the next commit.
  const Run recorded = shell("flock " + quoted((archive.index / "lock").string()) + " " +
                             quoted(kProgram) + " remove r2 --reason 'zu spät'" + index + " 2>&1");
  CHECK(recorded.exit_code == 1);
  CHECK(has(recorded, "is taken down and no longer shown"));
  CHECK(has(indexer("takedowns" + index), "r2  zu spät"));
  CHECK(has(archive.refresh(), "1 removed, 3 in the index"));
  REQUIRE(indexer("readmit r2" + index).exit_code == 0);
  CHECK(has(archive.refresh(), "1 added, 0 replaced, 0 removed, 4 in the index"));

  // An index made anew in the same folder.
  for (const auto& entry : fs::directory_iterator(archive.index)) {
    const std::string name = entry.path().filename().string();
    if (name == "current" || name.starts_with("gen-") || name.starts_with("delta-")) {
      fs::remove_all(entry.path());
    }
  }
  CHECK(has(archive.refresh(), "4 in the index"));
  CHECK(originals_with().empty());
  const Run checked = archive.check();
  INFO(checked.out);
  CHECK(checked.exit_code == 0);

  // A list that was damaged stops everything rather than bring a document back.
  std::string text = bytes_of(archive.index / "takedowns");
  text.replace(text.find("\"r1\""), 4, "\"r9\"");
  write(archive.index / "takedowns", text);
  const Run stopped = archive.refresh("--force");
  CHECK(stopped.exit_code == 2);
  CHECK(has(stopped, "damaged or edited by hand"));
  CHECK(has(archive.check(), "takedowns: damaged"));
}

TEST_CASE("indexer: --erase leaves no byte of a document on the disk", "[cli][takedown]") {
  Archive archive;
  write(archive.papers / "a.txt", paper(1));
  // Long enough for a generation of its own, with a name that stands nowhere else.
  write(archive.papers / "b.txt", paper(2) + "\nFrau Quirlinghausen bat um Auskunft.\n");
  for (int i = 3; i < 30; ++i) write(archive.papers / (std::to_string(i) + ".txt"), paper(i));
  REQUIRE(archive.refresh().exit_code == 0);
  const auto anywhere = [&] {
    auto found = files_with(archive.index, "quirlinghausen");
    const auto more = files_with(archive.index, "Quirlinghausen");
    found.insert(found.end(), more.begin(), more.end());
    return found;
  };
  REQUIRE_FALSE(anywhere().empty());
  const Run removed = indexer("remove " + id_of(archive.report, "b.txt") +
                              " --erase --reason x --index " + quoted(archive.index.string()));
  INFO(removed.out);
  REQUIRE(removed.exit_code == 0);
  CHECK(anywhere().empty());
  CHECK(archive.check().exit_code == 0);
}
