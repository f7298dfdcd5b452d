// SPDX-License-Identifier: GPL-3.0-or-later
//
// fundstelle-searchd as started from a shell: what it says when it cannot start.
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>

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
      {run("--config " + (scratch.path() / "missing.toml").string()), "missing.toml"},
  };
  for (const Row& row : rows) {
    INFO(row.outcome.said);
    CHECK(row.outcome.code == 2);
    CHECK(row.outcome.said.find(row.says) != std::string::npos);
  }
  CHECK(run("--help").code == 0);
  CHECK(run("--version").said.find("fundstelle-searchd ") == 0);
}
