// SPDX-License-Identifier: GPL-3.0-or-later
//
// The program `fundstelle-indexer` as a user runs it.
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "cli/archive.h"

namespace fs = std::filesystem;
using namespace fundstelle::test;

TEST_CASE("indexer: usage, help and version", "[cli]") {
  CHECK(indexer("--version").exit_code == 0);
  CHECK(has(indexer("--help"), "Examples:"));
  CHECK(indexer("").exit_code == 2);
  CHECK(indexer("index").exit_code == 2);
  CHECK(indexer("frobnicate").exit_code == 2);
  const ScratchDir scratch;
  const std::string nowhere = quoted((scratch.path() / "none").string());
  for (const char* command : {"check", "stats", "remove x --reason y"}) {
    const Run run = indexer(std::string(command) + " --index " + nowhere);
    CAPTURE(command, run.out);
    CHECK(run.exit_code == 2);
    CHECK(has(run, "no index here"));
  }
  CHECK(indexer("index --index " + nowhere + " /does/not/exist").exit_code == 2);
  CHECK_FALSE(fs::exists(scratch.path() / "none"));
}

TEST_CASE("indexer: only what changed is touched", "[cli]") {
  Archive archive;
  for (int i = 1; i <= 3; ++i) write(archive.papers / (std::to_string(i) + ".txt"), paper(i));
  write(archive.papers / "copy/of-one.txt", paper(1));
  write(archive.papers / "r.jsonl",
        "{\"id\":\"r1\",\"title\":\"Eins\",\"text\":\"Erster Eintrag\"}\n"
        "{\"id\":\"r2\",\"title\":\"Zwei\",\"text\":\"Zweiter Eintrag\"}\n");
  Run run = archive.refresh();
  INFO(run.out);
  REQUIRE(run.exit_code == 0);
  CHECK(has(run, "5 added, 0 replaced, 0 removed, 5 in the index"));
  std::map<std::string, std::string> outcomes = archive.outcomes();
  CHECK(outcomes.size() == 5);
  CHECK(std::count_if(outcomes.begin(), outcomes.end(),
                      [](const auto& o) { return o.second == "duplicate ok"; }) == 1);

  SECTION("nothing") {
    run = archive.refresh();
    CHECK(has(run, "0 read, 5 unchanged"));
    CHECK(has(run, "0 added, 0 replaced, 0 removed, 5 in the index"));
  }
  SECTION("a new time alone") {
    fs::last_write_time(archive.papers / "2.txt", fs::file_time_type::clock::now());
    run = archive.refresh();
    CHECK(has(run, "0 read, 5 unchanged"));
  }
  SECTION("a file changes, one comes, one goes") {
    write(archive.papers / "2.txt", paper(22));
    write(archive.papers / "4.txt", paper(4));
    fs::remove(archive.papers / "3.txt");
    run = archive.refresh();
    CHECK(has(run, "2 added, 0 replaced, 2 removed, 5 in the index"));
    CHECK(archive.outcomes().at("2.txt") == "new ok");
  }
  SECTION("a file is renamed") {
    fs::rename(archive.papers / "3.txt", archive.papers / "drei.txt");
    run = archive.refresh();
    CHECK(has(run, "0 read"));
    CHECK(has(run, "0 added, 0 replaced, 0 removed, 5 in the index"));
  }
  SECTION("one of two copies goes, then the other") {
    fs::remove(archive.papers / "1.txt");
    CHECK(has(archive.refresh(), "0 removed, 5 in the index"));
    fs::remove(archive.papers / "copy/of-one.txt");
    CHECK(has(archive.refresh(), "1 removed, 4 in the index"));
  }
  SECTION("a record changes, one goes, one comes") {
    write(archive.papers / "r.jsonl",
          "{\"id\":\"r1\",\"title\":\"Eins\",\"text\":\"Anders\"}\n"
          "{\"id\":\"r3\",\"title\":\"Drei\",\"text\":\"Dritter\"}\n");
    CHECK(has(archive.refresh(), "1 added, 1 replaced, 1 removed, 5 in the index"));
  }
  SECTION("another folder leaves this one alone") {
    const fs::path other = archive.scratch.path() / "other";
    write(other / "x.txt", paper(77));
    run = indexer("index --index " + quoted(archive.index.string()) + " " + quoted(other.string()));
    CHECK(has(run, "1 added, 0 replaced, 0 removed, 6 in the index"));
  }
  SECTION("a folder that cannot be found takes nothing away") {
    fs::rename(archive.papers, archive.scratch.path() / "away");
    run = archive.refresh();
    CHECK(run.exit_code == 2);
    CHECK(has(indexer("stats --index " + quoted(archive.index.string())), "documents       5"));
  }
  SECTION("a document is removed by id and stays away") {
    const std::string index = " --index " + quoted(archive.index.string());
    CHECK(indexer("remove r2" + index).exit_code == 2);
    CHECK(indexer("remove r2 --reason Persönlichkeitsrecht" + index).exit_code == 0);
    CHECK(indexer("remove r99 --reason x" + index).exit_code == 1);
    CHECK(has(archive.refresh(), "0 added, 0 replaced, 0 removed, 4 in the index"));
  }
  const Run checked = archive.check();
  INFO(checked.out);
  CHECK(checked.exit_code == 0);
}

TEST_CASE("indexer: each failure is named, the rest is indexed", "[cli]") {
  Archive archive;
  write(archive.papers / "good.txt", paper(1));
  write(archive.papers / "empty.txt", "");
  write(archive.papers / "broken.pdf", "%PDF-1.7\nnothing of a PDF follows");
  write(archive.papers / "picture.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
  write(archive.papers / "r.jsonl",
        "{\"id\":\"r1\",\"text\":\"x\"}\n{\"text\":\"no id\"}\nnonsense\n");
  const Run run = archive.refresh("/does/not/exist");
  INFO(run.out);
  CHECK(run.exit_code == 1);
  CHECK(has(run, "2 added"));
  CHECK(has(run, "2 broken lines"));
  CHECK(has(run, "/does/not/exist: "));
  CHECK(has(run, "broken.pdf: "));
  std::map<std::string, std::string> outcomes = archive.outcomes();
  CHECK(outcomes.at("good.txt") == "new ok");
  CHECK(outcomes.at("broken.pdf").starts_with("failed "));
  CHECK(outcomes.at("empty.txt").starts_with("failed "));
  CHECK(outcomes.at("picture.png") == "skipped unknown_format");
  CHECK(outcomes.at("r.jsonl") == "new ok");
  CHECK(archive.check().exit_code == 0);
}

TEST_CASE("indexer: a file that can no longer be read takes nothing out of the index", "[cli]") {
  Archive archive;
  write(archive.papers / "a.txt", paper(1));
  std::string records;
  for (int i = 0; i < 50; ++i) {
    records += "{\"id\":\"r" + std::to_string(i) + "\",\"title\":\"Antrag " + std::to_string(i) +
               "\",\"text\":\"" + std::string(static_cast<std::size_t>(200 + i), 'x') + "\"}\n";
  }
  const fs::path plain = archive.scratch.path() / "records.jsonl";
  write(plain, records);
  const fs::path packed = archive.papers / "records.jsonl.zst";
  REQUIRE(shell("zstd -q " + quoted(plain.string()) + " -o " + quoted(packed.string())).exit_code ==
          0);
  REQUIRE(archive.refresh().exit_code == 0);
  REQUIRE(has(archive.check(), "51 documents"));

  fs::resize_file(packed, fs::file_size(packed) / 2);     // half copied
  write(archive.papers / "a.txt", "%PDF-1.4 no longer");  // damaged
  const Run run = archive.refresh();
  CHECK(run.exit_code == 1);
  CHECK(has(run, "stays in the index"));
  CHECK(has(archive.check(), "51 documents"));
}

TEST_CASE("indexer: .fundstelleignore means what git means by .gitignore", "[cli]") {
  if (shell("git --version >/dev/null 2>&1; echo $?").out != "0\n") {
    WARN("skipped: no git to compare with");
    return;
  }
  Archive archive;
  const std::string rules =
      "# a comment\n\n*.bak\n!keep.bak\n/top.txt\nbuild/\ndocs/*.txt\n**/deep/*.md\nlogs/**\n"
      "a/**/z.txt\n\\#odd.txt\n\\!odd.txt\ntrailing.txt   \nsp\\ "
      "ace.txt\n[ab]?.txt\n[!x]range.txt\n"
      "foo*bar.txt\nonly/dir/\nabc/**/\n";
  const std::vector<std::string> names{"x.bak",
                                       "keep.bak",
                                       "sub/keep.bak",
                                       "top.txt",
                                       "sub/top.txt",
                                       "build/in.txt",
                                       "sub/build/in.txt",
                                       "sub/file-build",
                                       "docs/a.txt",
                                       "docs/sub/a.txt",
                                       "sub/docs/a.txt",
                                       "deep/a.md",
                                       "x/deep/a.md",
                                       "x/deep/y/a.md",
                                       "logs/a.txt",
                                       "logs/b/a.txt",
                                       "sub/logs/a.txt",
                                       "a/z.txt",
                                       "a/b/z.txt",
                                       "a/b/c/z.txt",
                                       "b/a/z.txt",
                                       "#odd.txt",
                                       "!odd.txt",
                                       "trailing.txt",
                                       "sp ace.txt",
                                       "a1.txt",
                                       "b2.txt",
                                       "c3.txt",
                                       "a12.txt",
                                       "xrange.txt",
                                       "yrange.txt",
                                       "foobar.txt",
                                       "fooXbar.txt",
                                       "foo/bar.txt",
                                       "only/dir/x.txt",
                                       "only/dir2/x.txt",
                                       "z/only/dir/x.txt",
                                       "abc/x.txt",
                                       "abc/d/x.txt",
                                       "nested/inner.txt",
                                       "nested/other.txt",
                                       "nested/x.bak",
                                       "nested/sub/inner.txt",
                                       "plain.txt"};
  int n = 0;
  for (const std::string& name : names) write(archive.papers / name, paper(++n));
  const std::string nested = "inner.txt\n!x.bak\n";
  for (const char* file : {".fundstelleignore", ".gitignore"}) {
    write(archive.papers / file, rules);
    write(archive.papers / "nested" / file, nested);
  }
  REQUIRE(archive.refresh().exit_code == 0);
  std::set<std::string> taken;
  for (const auto& [path, outcome] : archive.outcomes()) taken.insert(path);

  const std::string git = "cd " + quoted(archive.papers.string()) + " && git init -q . && ";
  std::set<std::string> expected;
  std::istringstream listed(
      shell(git + "git -c core.quotePath=false ls-files --others --exclude-standard").out);
  for (std::string name; std::getline(listed, name);) {
    if (!name.ends_with("ignore")) expected.insert(name);
  }
  REQUIRE(expected.size() > 10);
  REQUIRE(expected.size() < names.size());
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(taken.contains(name) == expected.contains(name));
  }
}

TEST_CASE("indexer: readmes, licences, gold files and hidden files are left out", "[cli]") {
  Archive archive;
  int n = 0;
  for (const char* name : {"README.md", "README", "LICENSE.txt", "a.gold.txt", ".hidden.txt",
                           ".git/config.txt", "sub/README.txt", "kept/README.txt", "paper.txt"}) {
    write(archive.papers / name, paper(++n));
  }
  write(archive.papers / "kept/.fundstelleignore", "!README.txt\n");
  REQUIRE(archive.refresh().exit_code == 0);
  std::vector<std::string> taken;
  for (const auto& [path, outcome] : archive.outcomes()) taken.push_back(path);
  CHECK(taken == std::vector<std::string>{"kept/README.txt", "paper.txt"});
  // Named itself, a file is taken whatever it is called.
  CHECK(has(indexer("index --index " + quoted(archive.index.string()) + " " +
                    quoted((archive.papers / "README.md").string())),
            "1 added"));
}

TEST_CASE("indexer: originals are kept read-only unless told otherwise", "[cli]") {
  Archive archive;
  write(archive.papers / "a.txt", paper(1));
  REQUIRE(archive.refresh().exit_code == 0);
  std::vector<fs::path> originals;
  for (const auto& entry : fs::recursive_directory_iterator(archive.index / "originals")) {
    if (entry.is_regular_file()) originals.push_back(entry.path());
  }
  REQUIRE(originals.size() == 1);
  CHECK(fs::file_size(originals[0]) == paper(1).size());
  CHECK((fs::status(originals[0]).permissions() & fs::perms(0222)) == fs::perms::none);
  Archive other;
  write(other.papers / "a.txt", paper(1));
  REQUIRE(other.refresh("--no-originals").exit_code == 0);
  CHECK_FALSE(fs::exists(other.index / "originals"));
}

namespace {

/// Starts `index` on the archive, sends SIGINT after each wait, and gives the exit code.
int interrupted(const Archive& archive, const std::vector<int>& waits_ms) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (freopen("/dev/null", "w", stdout) == nullptr) _exit(9);
    if (freopen("/dev/null", "w", stderr) == nullptr) _exit(9);
    execl(kProgram.c_str(), "fundstelle-indexer", "index", "--index", archive.index.c_str(),
          archive.papers.c_str(), nullptr);
    _exit(9);
  }
  for (const int wait : waits_ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(wait));
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

std::string many_records(int n) {
  std::string records;
  for (int i = 0; i < n; ++i) {
    records += "{\"id\":\"r" + std::to_string(i) + "\",\"text\":\"Eintrag " + std::to_string(i) +
               " über Brücken und Straßen\"}\n";
  }
  return records;
}

void check_no_leftovers(const Archive& archive) {
  for (const auto& entry : fs::directory_iterator(archive.index)) {
    CHECK_FALSE(entry.path().filename().string().starts_with("tmp-"));
  }
}

}  // namespace

TEST_CASE("indexer: the first Ctrl-C keeps what was read, the next run goes on", "[cli]") {
  Archive archive;
  write(archive.papers / "first.txt", paper(0));
  write(archive.papers / "many.jsonl", many_records(60'000));
  const int code = interrupted(archive, {1500});
  check_no_leftovers(archive);
  const Run check = archive.check();
  CHECK(has(check, "sound: "));
  if (code == 1) {  // else it was faster than the signal
    const auto kept = std::stol(check.out.substr(check.out.find("sound: ") + 7));
    CHECK(kept >= 1);
    CHECK(kept < 60'001);
  }
  CHECK(archive.refresh().exit_code == 0);
  CHECK(has(archive.check(), "sound: 60001 documents"));
}

TEST_CASE("indexer: a killed run is gone on with, what it read is not read again", "[cli]") {
  Archive archive;
  constexpr int kPapers = 300;
  for (int i = 0; i < kPapers; ++i) {
    write(archive.papers / ("p" + std::to_string(i) + ".txt"), paper(i));
  }
  const fs::path journal = archive.index / "read-journal";
  std::uintmax_t before = 0;
  for (const char* seconds : {"0.5", "1", "1.5"}) {
    const Run run = shell("timeout -s KILL " + std::string(seconds) + " " + quoted(kProgram) +
                          " index --jobs 2 --index " + quoted(archive.index.string()) + " " +
                          quoted(archive.papers.string()) + " 2>&1 </dev/null");
    if (!fs::exists(journal)) continue;  // killed before the first file, or ready already
    // Nothing read is lost, and nothing stands there twice.
    CHECK(fs::file_size(journal) >= before);
    before = fs::file_size(journal);
  }
  const bool left = fs::exists(journal);  // else the last run was faster than the kill
  // As a kill in the middle of writing leaves it.
  if (left && before > 0) fs::resize_file(journal, before - 3);
  const bool some = left && before > 2000;
  const Run last = archive.refresh();
  CHECK(last.exit_code == 0);
  CHECK(has(last, "had been read by a run that was killed") == some);
  CHECK_FALSE(fs::exists(journal));
  CHECK(has(archive.check(), "sound: " + std::to_string(kPapers) + " documents"));
  for (const auto& [path, outcome] : archive.outcomes()) {
    CAPTURE(path);
    if (outcome != "unchanged ok") CHECK(outcome == "new ok");
  }
}

TEST_CASE("indexer: the second Ctrl-C leaves the index as it was", "[cli]") {
  Archive archive;
  write(archive.papers / "first.txt", paper(0));
  REQUIRE(archive.refresh().exit_code == 0);
  write(archive.papers / "many.jsonl", many_records(60'000));
  CHECK(interrupted(archive, {1200, 100}) == 2);
  CHECK(has(archive.check(), "sound: 1 documents"));
  check_no_leftovers(archive);
}

TEST_CASE("indexer: --force reads unchanged files again and changes nothing", "[cli]") {
  Archive archive;
  write(archive.papers / "a.txt", paper(1));
  write(archive.papers / "r.jsonl", many_records(3));
  REQUIRE(archive.refresh().exit_code == 0);
  CHECK(has(archive.refresh(), "files: 0 read, 2 unchanged"));
  const Run forced = archive.refresh("--force");
  CHECK(has(forced, "files: 2 read, 0 unchanged"));
  CHECK(has(forced, "0 added, 0 replaced, 0 removed, 4 in the index"));
}

TEST_CASE("indexer: verify names what the sources no longer give", "[cli]") {
  Archive archive;
  write(archive.papers / "a.txt", paper(1));
  write(archive.papers / "b.txt", paper(2));
  write(archive.papers / "r.jsonl",
        "{\"id\":\"r1\",\"title\":\"Radwege\",\"body\":\"Bundestag\",\"text\":\"Warum fehlen "
        "Radwege?\",\"questions\":[{\"label\":\"1\",\"text\":\"Warum?\",\"page\":1}]}\n");
  REQUIRE(archive.refresh().exit_code == 0);
  const std::string on_index = "verify --index " + quoted(archive.index.string());
  const Run whole = indexer(on_index);
  CHECK(whole.exit_code == 0);
  CHECK(has(whole, "3 documents read again: 3 equal, 0 different"));

  // A file that changed is compared by the original; one without an original cannot be.
  write(archive.papers / "a.txt", paper(7));
  write(archive.papers / "r.jsonl", "{\"id\":\"r1\",\"title\":\"Gehwege\",\"text\":\"Neu\"}\n");
  const Run changed = indexer(on_index);
  CHECK(changed.exit_code == 1);
  CHECK(has(changed, "2 equal, 0 different; 1 sources could not be compared"));
  CHECK(has(changed, "r.jsonl: has changed since"));

  const Run one = indexer(on_index + " " + quoted((archive.papers / "b.txt").string()));
  CHECK(one.exit_code == 0);
  CHECK(has(one, "1 documents read again"));
  CHECK(indexer(on_index + " /nowhere").exit_code == 2);
  const Run twice = indexer("verify " + quoted((archive.papers / "b.txt").string()));
  CHECK(twice.exit_code == 0);
  CHECK(has(twice, "1 documents give the same twice"));
  CHECK(indexer("verify").exit_code == 2);
}

TEST_CASE("indexer: verify reads saved answers as index does, one file named or all", "[cli]") {
  Archive archive;
  write(archive.papers / "papers.json",
        R"({"numFound":1,"documents":[{"id":"900001","typ":"Dokument","dokumentart":"Drucksache",)"
        R"("drucksachetyp":"Antwort","dokumentnummer":"99/65","wahlperiode":99,"herausgeber":"BT",)"
        R"("datum":"2040-05-12","aktualisiert":"2040-05-13T08:00:00+02:00",)"
        R"("titel":"Bäume an Bahnstrecken"}],"cursor":"a"})");
  write(archive.papers / "texts.json",
        R"({"numFound":1,"documents":[{"id":"900001","dokumentart":"Drucksache",)"
        R"("dokumentnummer":"99/65","aktualisiert":"2040-05-13T08:00:00+02:00",)"
        R"("text":"Deutscher Bundestag\nDrucksache 99/65\n\n1. Wie viele Bäume stehen dort?\n\n)"
        R"(Dort stehen zwölf Bäume, und neun davon sind alt.\n"}],"cursor":"b"})");
  write(archive.papers / "z.txt", paper(1));
  const Run made = archive.refresh();
  INFO(made.out);
  REQUIRE(has(made, "2 in the index"));
  const std::string command = "verify --index " + quoted(archive.index.string());
  const Run whole = indexer(command);
  CHECK(has(whole, "2 documents read again: 2 equal, 0 different\n"));
  CHECK(whole.exit_code == 0);
  for (const char* part : {"papers.json", "texts.json"}) {
    const Run one = indexer(command + " " + quoted((archive.papers / part).string()));
    CAPTURE(part, one.out);
    CHECK(has(one, "1 documents read again: 1 equal, 0 different\n"));
  }
}

TEST_CASE("indexer: what was recognised is verified by recognition, or not at all", "[cli][data]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  Archive archive;
  fs::copy(data / "gold/typeset/i-fallen-08.pdf", archive.papers / "scan.pdf");
  write(archive.papers / "a.txt", paper(1));
  const Run made = archive.refresh("--ocr");
  if (has(made, "tesseract-ocr-deu")) {
    CHECK(archive.outcomes().at("scan.pdf") == "failed needs_ocr");
    WARN("skipped: no text recognition here; install tesseract-ocr and tesseract-ocr-deu");
    return;
  }
  INFO(made.out);
  REQUIRE(has(made, "2 in the index"));
  const std::string command = "verify --index " + quoted(archive.index.string());
  const Run here = indexer(command);
  CHECK(has(here, "2 documents read again: 2 equal, 0 different\n"));
  CHECK(here.exit_code == 0);
  // Without its German data nothing can be said about the scan; the rest is verified.
  const Run elsewhere =
      shell("TESSDATA_PREFIX=/nowhere " + quoted(kProgram) + " " + command + " 2>&1 </dev/null");
  CAPTURE(elsewhere.out);
  CHECK(has(elsewhere, "not verifiable here"));
  CHECK(has(elsewhere, "install tesseract-ocr"));
  CHECK(has(elsewhere, "1 documents read again: 1 equal, 0 different; 1 not verifiable here"));
  CHECK(elsewhere.exit_code == 1);
}

TEST_CASE("indexer: pipes, sockets and devices are named and never waited for", "[cli]") {
  Archive archive;
  write(archive.papers / "a.txt", paper(1));
  const fs::path pipe = archive.papers / "pipe.pdf";
  const fs::path rules = archive.papers / "below" / ".fundstelleignore";
  fs::create_directories(rules.parent_path());
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  REQUIRE(mkfifo(rules.c_str(), 0600) == 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string place = (archive.papers / "s").string();
  REQUIRE(place.size() < sizeof address.sun_path);
  std::copy(place.begin(), place.end(), address.sun_path);
  const int socket_fd = socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(bind(socket_fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  fs::create_symlink("/dev/zero", archive.papers / "zero.txt");

  const std::string program = "timeout 60 " + quoted(kProgram);
  const auto run = [&](const std::string& arguments) {
    return shell(program + " " + arguments + " 2>&1 </dev/null");
  };
  const std::string on_index = " --index " + quoted(archive.index.string());
  const Run folder = run("index" + on_index + " " + quoted(archive.papers.string()));
  INFO(folder.out);
  CHECK(folder.exit_code == 1);
  CHECK(has(folder, "1 in the index"));
  for (const char* name : {"pipe.pdf", "s", "zero.txt"}) {
    CAPTURE(name);
    CHECK(has(folder,
              (fs::canonical(archive.papers) / name).string() + ": neither a file nor a folder"));
    const std::string file = quoted((archive.papers / name).string());
    const Run inspected = run("inspect " + file);
    CHECK(inspected.exit_code == 2);
    CHECK(has(inspected, "no ordinary file"));
    CHECK(run("verify " + file).exit_code == 2);
  }
  // A source that has become a pipe since.
  fs::remove(archive.papers / "a.txt");
  REQUIRE(mkfifo((archive.papers / "a.txt").c_str(), 0600) == 0);
  CHECK(run("verify" + on_index).exit_code == 0);  // by the original kept
  close(socket_fd);
}

TEST_CASE("indexer: a folder that may not be written or read is named with the remedy", "[cli]") {
  Archive archive;
  write(archive.papers / "a.txt", paper(1));
  const std::string papers = " " + quoted(archive.papers.string());
  const Run nowhere = indexer("index --index /proc/nowhere" + papers);
  CHECK(nowhere.exit_code == 2);
  CHECK(has(nowhere, "/proc/nowhere: this folder cannot be made: "));
  CHECK(has(nowhere, "folder you may write to"));
  CHECK_FALSE(has(nowhere, "filesystem error"));
  const Run file = indexer("index --index " + quoted((archive.papers / "a.txt").string()) + papers);
  CHECK(file.exit_code == 2);
  CHECK(has(file, "a.txt: this folder cannot be made: "));
  if (geteuid() == 0) {
    WARN("partly skipped: root may read and write everywhere");
    return;
  }
  const fs::path closed = archive.papers / "closed";
  write(closed / "b.txt", paper(2));
  fs::permissions(closed, fs::perms::none);
  const Run partly = archive.refresh();
  CHECK(partly.exit_code == 1);
  CHECK(has(partly, "closed: cannot be read: "));
  CHECK(has(partly, "1 in the index"));
  fs::permissions(closed, fs::perms::owner_read | fs::perms::owner_exec);
  const Run unwritable = indexer("index --index " + quoted(closed.string()) + papers);
  CHECK(unwritable.exit_code == 2);
  CHECK(has(unwritable, "closed: cannot be written to: "));
  fs::permissions(closed, fs::perms::owner_all);
}

TEST_CASE("indexer: coverage counts fields read and fields sought in vain", "[cli]") {
  Archive archive;
  write(archive.papers / "r.jsonl",
        "{\"id\":\"r1\",\"body\":\"Bundestag\",\"title\":\"Eins\",\"date\":\"2020-02-30\",\"text\":"
        "\"x\"}\n"
        "{\"id\":\"r2\",\"body\":\"Bundestag\",\"date\":\"2020-02-28\",\"abstained\":[\"title\"],"
        "\"text\":\"x\"}\n"
        "{\"id\":\"r3\",\"title\":\"Drei\",\"text\":\"x\"}\n");
  REQUIRE(archive.refresh().exit_code == 0);
  const std::string command = "coverage --index " + quoted(archive.index.string());
  const Run table = indexer(command);
  CHECK(table.exit_code == 0);
  CHECK(has(table, "Bundestag: 2 Dokumente"));
  CHECK(has(table, "Ohne Herausgeber: 1 Dokument\n"));
  const Run json = indexer(command + " --json");
  CHECK(has(json, "\"title\":{\"read\":1,\"abstained\":1,\"failed\":0}"));
  CHECK(has(json, "\"date\":{\"read\":1,\"abstained\":0,\"failed\":1}"));
  CHECK(indexer("coverage --index /does/not/exist").exit_code == 2);
}

TEST_CASE("indexer: misuse is told with its remedy", "[cli]") {
  Archive archive;
  CHECK(has(indexer("indx"), "did you mean index?"));
  const Run flag = indexer("index --indx x y");
  CHECK(flag.exit_code == 2);
  CHECK(has(flag, "did you mean --index?"));
  const Run nothing = indexer("index --index " + quoted(archive.index.string()) + " /nowhere");
  CHECK(nothing.exit_code == 2);
  CHECK(has(nothing, "/nowhere"));
  CHECK(archive.refresh().exit_code == 0);  // an empty folder is an empty index
  CHECK(has(indexer("inspect " + quoted(archive.papers.string())), "is a folder"));
  CHECK(indexer("inspect /dev/null").exit_code == 2);
  CHECK(indexer("index --index /proc/nowhere " + quoted(archive.papers.string())).exit_code == 2);
}

TEST_CASE("indexer: inspect shows a file without an index, as table and as record", "[cli]") {
  const ScratchDir scratch;
  const fs::path file = scratch.path() / "r.jsonl";
  write(file,
        "{\"id\":\"r1\",\"title\":\"Ein\\u001b[31m Titel\",\"text\":\"Warum?\",\"mine\":7,"
        "\"body\":\"Bundestag\"}\n");
  const Run table = indexer("inspect " + quoted(file.string()));
  CHECK(table.exit_code == 0);
  CHECK(has(table, "Titel"));
  CHECK(table.out.find('\x1b') == std::string::npos);
  const Run record = indexer("inspect --json " + quoted(file.string()));
  CHECK(has(record, "\"mine\":7"));
  CHECK(has(record, "\"body_id\":\"bt\""));
  CHECK(std::count(record.out.begin(), record.out.end(), '\n') == 1);
  CHECK(indexer("inspect /does/not/exist").exit_code == 2);

  // Parts stand under their question, each with its page and its answer.
  const fs::path paper = scratch.path() / "paper.txt";
  write(paper,
        "Deutscher Bundestag Drucksache 19/99999\n19. Wahlperiode 01.02.2020\nAntwort\nder "
        "Bundesregierung\nauf die Kleine Anfrage der Fraktion der SPD\n– Drucksache 19/99998 "
        "–\n\nVersuche\n\n1. Wie viele Versuche gab es\n\na) im Jahr 2018,\n\nb) im Jahr "
        "2019?\n\nZu Frage 1a: Es waren sieben.\n\nZu Frage 1b: Es waren neun.\n");
  const Run parts = indexer("inspect " + quoted(paper.string()));
  const std::size_t question = parts.out.find("Wie viele Versuche");
  const std::size_t first = parts.out.find("1a  im Jahr 2018,", question);
  const std::size_t answer = parts.out.find("→ Es waren sieben.", first);
  const std::size_t second = parts.out.find("1b  im Jahr 2019?", answer);
  INFO(parts.out);
  CHECK(second < parts.out.find("→ Es waren neun.", second));
  CHECK(second != std::string::npos);

  // Of files with the same bytes one is shown, the others are named.
  const fs::path again = scratch.path() / "again.jsonl";
  fs::copy(file, again);
  const Run twins =
      indexer("inspect --json " + quoted(file.string()) + " " + quoted(again.string()));
  CHECK(twins.exit_code == 0);
  CHECK(std::count(twins.out.begin(), twins.out.end(), '\n') == 2);
  CHECK(has(twins, "again.jsonl: the same bytes as " + file.string()));
}
