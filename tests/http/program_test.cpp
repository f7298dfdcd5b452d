// SPDX-License-Identifier: GPL-3.0-or-later
//
// fundstelle-searchd as started from a shell: what it says when it cannot start.
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "data.h"

using namespace fundstelle;

namespace {

struct Outcome {
  int code = -1;
  std::string said;
};

Outcome run(const std::string& arguments) {
  const std::string command =
      std::string(FUNDSTELLE_BIN_DIR) + "/fundstelle-searchd " + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Outcome outcome;
  char bytes[4096];
  while (const std::size_t n = std::fread(bytes, 1, sizeof bytes, pipe))
    outcome.said.append(bytes, n);
  const int status = pclose(pipe);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

bool holds_word(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("searchd: what keeps it from starting is named, with a remedy", "[http]") {
  const test::ScratchDir scratch;
  const std::string config = (scratch.path() / "settings.toml").string();
  const auto with_config = [&](const std::string& text) {
    std::ofstream(config) << text;
    return run("--check --config " + config);
  };
  struct Row {
    Outcome outcome;
    const char* says;
  };
  const Row rows[] = {
      {run(""), "--index DIR"},
      {run("--index " + (scratch.path() / "none").string()), "none"},
      {run("--index a --colour blue"), "--colour"},
      {with_config("index = \"x\"\nlistn = \"y\"\n"), "did you mean \"listen\"?"},
      {with_config("handlers = \"many\"\n"), "handlers must be a number"},
      {with_config("queue = 0\n"), "queue must be a number from 1"},
      {with_config("index = [\n"), "line "},
      {with_config("public_url = \"suche.example\"\n"), "public_url must begin with https://"},
      {with_config("impresum = \"x.md\"\n"), "did you mean \"impressum\"?"},
      {with_config("impressum = \"gibt-es-nicht.md\"\n"), "gibt-es-nicht.md"},
      {with_config("log_level = \"loud\"\nindex = \"x\"\n"), "loud"},
      {with_config("[limits]\nquery_word = 5\n"), "did you mean \"limits.query_words\"?"},
      {with_config("[limit]\nquery_words = 5\n"), "did you mean \"limits\"?"},
      {with_config("[limits]\nquery_words = 65\n"),
       "limits.query_words must be a number from 1 to 64"},
      {with_config("limits = 5\n"), "unknown key \"limits\""},
      {with_config("[proxy]\ntrusted = [\"proxy.example\"]\n"), "proxy.trusted must be a list"},
      {with_config("[log]\nqueries = \"yes\"\n"), "log.queries must be true or false"},
      {with_config("[log]\nformat = \"xml\"\n"), "logfmt, json"},
      {run("--config " + (scratch.path() / "missing.toml").string()), "missing.toml"},
  };
  for (const Row& row : rows) {
    INFO(row.outcome.said);
    CHECK(row.outcome.code == 2);
    CHECK(row.outcome.said.find(row.says) != std::string::npos);
  }
  // The file that is printed to start from is itself accepted, every line of it.
  std::string uncommented, line;
  std::istringstream printed(run("--settings").said);
  int keys = 0;
  while (std::getline(printed, line)) {
    if (line == "# [[shard]]") break;  // an example in place of an index
    const bool setting = line.rfind("# ", 0) == 0 && line.find(" = ") != std::string::npos;
    if (setting && line.find("= \"\"") != std::string::npos) continue;  // no default
    uncommented += (setting ? line.substr(2) : line) + "\n";
    keys += setting ? 1 : 0;
  }
  CHECK(keys > 30);
  const Outcome accepted = with_config(uncommented);
  INFO(accepted.said);
  CHECK(holds_word(accepted.said, "no index given"));
  CHECK(run("--help").code == 0);
  CHECK(run("--version").said.find("fundstelle-searchd ") == 0);
}

TEST_CASE("searchd: the settings that are documented are those there are", "[http]") {
  std::ifstream in(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "docs" / "operation.md");
  const std::string documentation{std::istreambuf_iterator<char>(in), {}};
  std::istringstream printed(run("--settings").said);
  int keys = 0;
  for (std::string line; std::getline(printed, line);) {
    const std::size_t equals = line.find(" = ");
    if (line.rfind("# ", 0) != 0 || equals == std::string::npos) continue;
    const std::string name = line.substr(2, equals - 2);
    if (name.find(' ') != std::string::npos) continue;  // prose
    INFO(name);
    ++keys;
    CHECK(documentation.find("`" + name + "`") != std::string::npos);
  }
  CHECK(keys > 30);
}
