// SPDX-License-Identifier: GPL-3.0-or-later
//
// A backup taken while others write, put back, and damage found in every file of an index.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "cli/archive.h"

using namespace fundstelle::test;

namespace {

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string revision_of(const fs::path& index) {
  const std::string text = bytes_of(index / "current");
  const std::size_t at = text.find("\"revision\": \"");
  return at == std::string::npos ? "" : text.substr(at + 13, 16);
}

std::vector<fs::path> files_of(const fs::path& dir) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// An index with a generation and a delta.
struct Filled : Archive {
  std::string option = " --index " + quoted(index.string());

  Filled() {
    for (int i = 1; i <= 24; ++i) write(papers / (std::to_string(i) + ".txt"), paper(i));
    REQUIRE(refresh().exit_code == 0);
    add(25);
  }
  void add(int n) {
    write(papers / (std::to_string(n) + ".txt"), paper(n));
    REQUIRE(refresh().exit_code == 0);
  }
  [[nodiscard]] fs::path beside(const std::string& name) const { return scratch.path() / name; }
  Run backup(const std::string& name, const std::string& more = "") const {
    return indexer("backup " + quoted(beside(name).string()) + more + option);
  }
  Run restore(const std::string& name, const fs::path& into) const {
    return indexer("restore " + quoted(beside(name).string()) + " --index " +
                   quoted(into.string()));
  }
};

Run check(const fs::path& index) { return indexer("check --index " + quoted(index.string())); }

}  // namespace

TEST_CASE("indexer: a backup is put back as it was", "[cli][backup]") {
  Filled filled;
  const std::string revision = revision_of(filled.index);
  Run run = filled.backup("first");
  INFO(run.out);
  REQUIRE(run.exit_code == 0);
  REQUIRE(has(run, revision));
  // As an administrator would look at it, without our program.
  CHECK(shell("cd " + quoted(filled.beside("first").string()) +
              " && sha256sum --check --quiet --strict SHA256SUMS 2>&1")
            .exit_code == 0);
  CHECK(filled.backup("first").exit_code == 2);

  // Into an empty folder.
  const fs::path fresh = filled.beside("fresh");
  run = filled.restore("first", fresh);
  INFO(run.out);
  CHECK(run.exit_code == 0);
  CHECK(revision_of(fresh) == revision);
  CHECK(check(fresh).exit_code == 0);
  CHECK(files_of(fresh / "originals").size() == 25);

  // A later one links to what is the same.
  filled.add(26);
  const std::string later = revision_of(filled.index);
  REQUIRE(later != revision);
  run = filled.backup("second", " --earlier " + quoted(filled.beside("first").string()));
  INFO(run.out);
  CHECK(run.exit_code == 0);
  CHECK(has(run, " of them linked"));
  const fs::path words = fs::path("gen-1") / "words.zst";
  CHECK(fs::equivalent(filled.beside("first") / words, filled.beside("second") / words));

  // One that is damaged or not complete is declined, and nothing is touched.
  for (const char* damage : {"byte", "file", "end"}) {
    const fs::path place = filled.beside(damage);
    fs::copy(filled.beside("first"), place, fs::copy_options::recursive);
    if (damage == std::string("byte")) {
      const fs::path victim = files_of(place / "originals").front();
      std::string bytes = bytes_of(victim);
      bytes[3] ^= 1;
      fs::permissions(victim, fs::perms::owner_write, fs::perm_options::add);
      write(victim, bytes);
    } else {
      fs::remove(place / (damage == std::string("file") ? "gen-1/manifest.json" : "SHA256SUMS"));
    }
    run = filled.restore(damage, filled.index);
    CAPTURE(damage, run.out);
    CHECK(run.exit_code == 2);
    CHECK(has(run, place.string()));
    CHECK(revision_of(filled.index) == later);
  }

  // Over an index that went on; the paper that came since comes again.
  CHECK(filled.restore("first", filled.index).exit_code == 0);
  CHECK(revision_of(filled.index) == revision);
  CHECK(check(filled.index).exit_code == 0);
  CHECK(has(filled.refresh(), "26 in the index"));

  // Over one that can no longer be read.
  write(filled.index / "current", "{");
  CHECK(filled.restore("first", filled.index).exit_code == 0);
  CHECK(revision_of(filled.index) == revision);

  // What was taken down since does not come back.
  const std::string id = field(lines_of(filled.report).front(), "id");
  REQUIRE(indexer("remove " + id + " --reason x" + filled.option).exit_code == 0);
  run = filled.restore("first", filled.index);
  INFO(run.out);
  CHECK(run.exit_code == 0);
  CHECK(has(run, "1 documents of the backup were taken down since"));
  CHECK(has(indexer("stats" + filled.option), "documents       24"));
  CHECK(has(indexer("takedowns" + filled.option), id));
  CHECK(check(filled.index).exit_code == 0);

  // The later backup stands when the one it is linked to goes.
  fs::remove_all(filled.beside("first"));
  CHECK(filled.restore("second", filled.beside("other")).exit_code == 0);
  CHECK(revision_of(filled.beside("other")) == later);
}

TEST_CASE("indexer: backups taken while the index is written are whole", "[cli][backup]") {
  Filled filled;
  std::atomic<bool> over{false};
  int runs = 0;
  // Each run replaces a paper by a longer one; the third file grows the delta into generations.
  std::thread writing([&] {
    for (int n = 0; !over; ++n) {
      std::string text = paper(100 + n);
      for (int i = 0; i < 3; ++i) {
        std::ofstream(filled.papers / (std::to_string(1 + (n + i) % 25) + ".txt")) << text << i;
      }
      (void)shell(quoted(kProgram) + " index --jobs 1" + filled.option + " " +
                  quoted(filled.papers.string()) + " >/dev/null 2>&1");
      ++runs;
    }
  });
  std::vector<std::pair<std::string, std::string>> made;  // name, revision as printed
  for (int i = 0; i < 3; ++i) {
    const std::string name = "b" + std::to_string(i);
    const Run run = filled.backup(name);
    INFO(run.out);
    CHECK(run.exit_code == 0);
    made.emplace_back(name, run.out.substr(0, run.out.find(':')));
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
  }
  over = true;
  writing.join();
  CHECK(runs > 0);
  for (const auto& [name, said] : made) {
    const fs::path fresh = filled.beside("fresh-" + name);
    CHECK(filled.restore(name, fresh).exit_code == 0);
    CHECK(said.ends_with(revision_of(fresh)));
    const Run checked = check(fresh);
    INFO(checked.out);
    CHECK(checked.exit_code == 0);
    CHECK(files_of(fresh / "originals").size() == 25);
  }
  for (const auto& entry : fs::directory_iterator(filled.index)) {
    CHECK_FALSE(entry.path().filename().string().starts_with("pinned-"));
  }
}

TEST_CASE("indexer: check names the file a byte changed in, whichever it is", "[cli][check]") {
  Filled filled;
  REQUIRE(check(filled.index).exit_code == 0);
  int files = 0;
  for (const fs::path& file : files_of(filled.index)) {
    const std::string sound = bytes_of(file);
    const std::string name = file.lexically_relative(filled.index).string();
    // Locks are empty; the report of the last run is no part of the index.
    if (name == "lock" || name == "takedowns.lock" || name == "last-run" ||
        name.starts_with("gen-1/documents/flintlock"))
      continue;
    if (name.find("/delta-") != std::string::npos || sound.empty()) continue;
    if (name.starts_with("originals/") && files % 10 != 0) {
      ++files;
      continue;  // one in ten of many alike
    }
    ++files;
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    std::string damaged = sound;
    damaged[damaged.size() / 2] ^= 0x10;
    {
      std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
      out << damaged;
    }
    const Run run = check(filled.index);
    CAPTURE(name, run.out);
    CHECK(run.exit_code != 0);
    CHECK(has(run, name));
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out << sound;
  }
  CHECK(files > 20);
  CHECK(check(filled.index).exit_code == 0);
}

TEST_CASE("indexer: an index of an older schema is named, kept and rebuilt", "[cli][backup]") {
  Filled filled;
  const std::string id = field(lines_of(filled.report).front(), "id");
  REQUIRE(indexer("remove " + id + " --reason x" + filled.option).exit_code == 0);
  const std::string version = "\"schema_version\": ";
  std::string text = bytes_of(filled.index / "current");
  const std::size_t at = text.find(version) + version.size();
  text.replace(at, text.find(',', at) - at, "1");
  write(filled.index / "current", text);

  for (const char* command : {"check", "stats", "coverage", "remove y --reason x"}) {
    const Run run = indexer(std::string(command) + filled.option);
    CAPTURE(command, run.out);
    CHECK(run.exit_code == 2);
    CHECK(has(run, "schema version 1"));
    CHECK(has(run, "index"));
  }
  // A backup of it can be made before anything is tried.
  CHECK(filled.backup("old").exit_code == 0);

  // The files are gone but for one: the originals the index keeps are read instead.
  for (int i = 1; i <= 24; ++i) fs::remove(filled.papers / (std::to_string(i) + ".txt"));
  const Run rebuilt = filled.refresh();
  INFO(rebuilt.out);
  CHECK(rebuilt.exit_code == 0);
  CHECK(has(rebuilt, "it is rebuilt from its 24 sources"));
  CHECK(has(rebuilt, "24 in the index"));
  CHECK(check(filled.index).exit_code == 0);
  CHECK(has(indexer("takedowns" + filled.option), id));

  // The old backup does not take the place of an index that can be read …
  CHECK(filled.restore("old", filled.index).exit_code == 2);
  CHECK(check(filled.index).exit_code == 0);
  // … but in a folder of its own it is rebuilt.
  const fs::path fresh = filled.beside("fresh");
  const Run restored = filled.restore("old", fresh);
  CHECK(restored.exit_code == 1);
  CHECK(has(restored, "rebuilds it"));
  CHECK(indexer("index --index " + quoted(fresh.string()) + " " + quoted(filled.papers.string()))
            .exit_code == 0);
  CHECK(has(indexer("stats --index " + quoted(fresh.string())), "documents       24"));
}
