// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "data.h"
#include "document/interchange.h"
#include "extract/document_wire.h"
#include "extract/extract.h"
#include "pdf_maker.h"

using namespace fundstelle;

namespace {

std::filesystem::path write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

const std::string kPaper =
    "Deutscher Bundestag Drucksache 21/4711\n21. Wahlperiode 01.02.2025\n\nKleine Anfrage\n\n"
    "der Abgeordneten Erika Muster und der Fraktion der SPD\n\nRadwege\n\n1. Wie viele fehlen?\n";

}  // namespace

TEST_CASE("extractor: a child reads what this process would", "[extract]") {
  const test::ScratchDir dir;
  Extractor extractor;
  const auto file = write(dir.path() / "anfrage.txt", kPaper);
  const Extraction there = extractor.extract(file);
  const Extraction here = extract_bytes(kPaper, "anfrage.txt");
  REQUIRE(there.state == ExtractState::kOk);
  CHECK(to_interchange(there.document) == to_interchange(here.document));
  CHECK(there.document.source.sha256 == sha256_hex(kPaper));
  CHECK(there.document.id == id_of_bytes(there.document.source.sha256));
  CHECK(there.document.source.bytes == kPaper.size());
}

TEST_CASE("extractor: every failure has its name and costs one file", "[extract]") {
  const test::ScratchDir dir;
  ExtractLimits limits;
  limits.input_bytes = 40'000'000;
  limits.output_bytes = 200'000;
  Extractor extractor(limits);
  const auto state_of = [&](const std::string& name, const std::string& bytes) {
    return extractor.extract(write(dir.path() / name, bytes)).state;
  };
  CHECK(state_of("leer.pdf", "") == ExtractState::kEmpty);
  CHECK(state_of("blank.txt", " \n\n ") == ExtractState::kEmpty);
  CHECK(state_of("bild.pdf", "\x89PNG\r\n\x1A\n1234") == ExtractState::kUnknownFormat);
  CHECK(state_of("kaputt.pdf", "%PDF-1.4\nnichts") == ExtractState::kBroken);
  CHECK(state_of("scan.pdf", test::pdf_of_streams({""})) == ExtractState::kNeedsOcr);
  CHECK(extractor.extract(dir.path() / "fehlt.txt").state == ExtractState::kBroken);
  CHECK(extractor.extract(dir.path()).state == ExtractState::kBroken);
  REQUIRE(mkfifo((dir.path() / "fifo").c_str(), 0600) == 0);
  CHECK(extractor.extract(dir.path() / "fifo").state == ExtractState::kBroken);

  const Extraction large =
      extractor.extract(write(dir.path() / "gross.txt", std::string(41'000'000, 'a')));
  CHECK(large.state == ExtractState::kLimit);
  CHECK(large.message.find("above the limit") != std::string::npos);

  std::string long_text;
  for (int i = 0; i < 40'000; ++i) long_text += "Wort" + std::to_string(i) + " ";
  const Extraction talkative = extractor.extract(write(dir.path() / "lang.txt", long_text));
  CHECK(talkative.state == ExtractState::kLimit);
  CHECK(talkative.message.find("output") != std::string::npos);
  CHECK(talkative.document.source.sha256 == sha256_hex(long_text));

  CHECK(state_of("danach.txt", kPaper) == ExtractState::kOk);
}

TEST_CASE("extractor: a bomb is stopped and the next file is read", "[extract]") {
  const test::ScratchDir dir;
  ExtractLimits limits;
  limits.wall = std::chrono::milliseconds(400);
  Extractor extractor(limits);
  // Half a million words on one page.
  std::string stream = "BT /F1 10 Tf\n";
  for (int i = 0; i < 500'000; ++i) {
    stream += "1 0 0 1 " + std::to_string(40 + i % 500) + " " + std::to_string(40 + i % 700) +
              " Tm (ab) Tj\n";
  }
  const std::string bomb = test::pdf_of_streams({stream + "ET"});
  const Extraction slow = extractor.extract(write(dir.path() / "bombe.pdf", bomb));
  CAPTURE(slow.message, slow.seconds);
  CHECK(slow.state == ExtractState::kLimit);
  CHECK(slow.message.find("wall time") != std::string::npos);
  CHECK(slow.seconds < 10);
  CHECK(slow.document.source.sha256 == sha256_hex(bomb));
  CHECK(extractor.extract(write(dir.path() / "danach.txt", kPaper)).state == ExtractState::kOk);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("extractor: memory is limited", "[extract]") {
  const test::ScratchDir dir;
  ExtractLimits limits;
  limits.memory_bytes = 150'000'000;
  Extractor extractor(limits);
  std::string text;
  while (text.size() < 60'000'000)
    text += "Ein Satz, der Speicher kostet, wenn man ihn oft genug liest.\n";
  const Extraction result = extractor.extract(write(dir.path() / "viel.txt", text));
  CHECK(result.state == ExtractState::kLimit);
  CHECK(result.message.find("memory") != std::string::npos);
}
#endif

TEST_CASE("extractor: many callers at once get their own answers", "[extract]") {
  const test::ScratchDir dir;
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 40; ++i) {
    files.push_back(write(dir.path() / (std::to_string(i) + ".txt"),
                          "Beschluss Nummer " + std::to_string(i) + " der Versammlung\n"));
  }
  Extractor extractor;
  std::atomic<std::size_t> next{0};
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::size_t i = next++; i < files.size(); i = next++) {
        const Extraction result = extractor.extract(files[i]);
        right += result.state == ExtractState::kOk &&
                 result.document.pages.at(0).text ==
                     "Beschluss Nummer " + std::to_string(i) + " der Versammlung";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 40);
}

TEST_CASE("document_wire: nothing is lost, lies are refused", "[extract]") {
  Extraction before = extract_bytes(kPaper, "x.txt");
  before.message = "Meldung";
  before.document.read["title"].how = "head";
  before.document.sections.push_back({});
  before.document.sections.back().speaker = Speaker{"Name", "SPD", "Rolle"};
  before.document.extra = "{}";
  const std::string bytes = to_wire(before);
  const auto after = from_wire(bytes);
  REQUIRE(after);
  CHECK(to_wire(*after) == bytes);
  CHECK(to_interchange(after->document) == to_interchange(before.document));
  CHECK(after->message == "Meldung");
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) CHECK(!from_wire(bytes.substr(0, cut)));
  for (std::size_t i = 0; i + 8 < bytes.size(); i += 5) {
    std::string damaged = bytes;
    damaged.replace(i, 8, 8, '\xFF');
    static_cast<void>(from_wire(damaged));  // must not crash, nor ask for more memory than there is
  }
}

TEST_CASE("extractor: hostile and odd PDFs all end in a named state", "[extract][data][slow]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  ExtractLimits limits;
  limits.wall = std::chrono::seconds(8);  // the default costs half a minute for the bomb
  Extractor extractor(limits);
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"robust", "scan-ohne-text"}) {
    for (const auto& entry : std::filesystem::directory_iterator(data / "documents/pdf" / folder)) {
      files.push_back(entry.path());
    }
  }
  std::map<std::string, int> states;
  for (const auto& file : files) {
    const Extraction result = extractor.extract(file);
    CAPTURE(file, result.message);
    ++states[to_string(result.state)];
    CHECK(result.state != ExtractState::kCrashed);
    CHECK(result.seconds < 12);
    CHECK((result.state == ExtractState::kOk || !result.message.empty()));
    CHECK(result.document.source.sha256.size() == 64);
    if (file.parent_path().filename() == "scan-ohne-text") {
      CHECK(result.state == ExtractState::kNeedsOcr);
    }
  }
  CHECK(states["encrypted"] == 8);
  CHECK(states["limit"] <= 1);  // the bomb
}
