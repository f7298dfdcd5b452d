// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/records.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "data.h"

using namespace fundstelle;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

struct Read {
  std::vector<std::string> lines;  ///< "LINE id" or "LINE !"
  bool whole = false;
  std::string error;
};

Read read(const fs::path& file) {
  Read result;
  result.whole = read_records(
      file,
      [&](RecordLine&& line) {
        result.lines.push_back(std::to_string(line.line) + " " +
                               (line.error.empty() ? line.document.id : "!"));
      },
      result.error);
  return result;
}

}  // namespace

TEST_CASE("records: broken lines are told by number, the rest is read", "[import]") {
  const test::ScratchDir scratch;
  const fs::path file = scratch.path() / "r.jsonl";
  write(file,
        "\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"x\"}\r\n\n   \nno json\n{\"id\":\"b\"}\n"
        "{\"id\":\"c\",\"title\":\"nur Titel\"}");
  const Read result = read(file);
  CHECK(result.whole);
  CHECK(result.lines == std::vector<std::string>{"1 a", "4 !", "5 !", "6 c"});
  CHECK_FALSE(read(scratch.path() / "missing").whole);
}

TEST_CASE("records: zstd is seen by content, a cut file is told after its good lines", "[import]") {
  const test::ScratchDir scratch;
  const fs::path plain = scratch.path() / "r.jsonl";
  std::string text;
  std::vector<std::string> expected;
  for (int i = 1; i <= 30000; ++i) {
    text += "{\"id\":\"p" + std::to_string(i) + "\",\"text\":\"" +
            std::to_string(static_cast<unsigned>(i) * 2654435761U) + "\"}\n";
    expected.push_back(std::to_string(i) + " p" + std::to_string(i));
  }
  write(plain, text);
  const fs::path packed = scratch.path() / "without-suffix";
  const std::string command = "zstd -q -o '" + packed.string() + "' '" + plain.string() + "'";
  if (std::system(command.c_str()) != 0) {
    WARN("skipped: no zstd program");
    return;
  }
  const Read whole = read(packed);
  CHECK(whole.whole);
  CHECK(whole.lines == expected);
  CHECK(read(plain).lines == expected);

  fs::resize_file(packed, fs::file_size(packed) * 2 / 3);
  const Read cut = read(packed);
  CHECK_FALSE(cut.whole);
  CHECK_FALSE(cut.error.empty());
  REQUIRE(cut.lines.size() > 1000);
  CHECK(std::equal(cut.lines.begin(), cut.lines.end(), expected.begin()));
}

TEST_CASE("records: the city council's 301 texts are all read", "[import]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const Read result = read(data / "documents/text/karlsruhe-rat.jsonl.zst");
  CHECK(result.whole);
  CHECK(result.lines.size() == 301);
  for (const std::string& line : result.lines) CHECK(line.find('!') == std::string::npos);
}
