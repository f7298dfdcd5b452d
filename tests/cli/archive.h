// SPDX-License-Identifier: GPL-3.0-or-later
//
// The programs as a user runs them: what they print, how they end, a folder of papers with an
// index.
#pragma once

#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "data.h"

namespace fundstelle::test {

namespace fs = std::filesystem;

struct Run {
  int exit_code = -1;
  std::string out;
};

inline std::string quoted(const std::string& text) { return "'" + text + "'"; }

/// What the command prints, and its exit code.
inline Run shell(const std::string& command) {
  Run run;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer{};
  while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) {
    run.out.append(buffer.data(), got);
  }
  const int status = pclose(pipe);
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return run;
}

inline const std::string kProgram = std::string(FUNDSTELLE_BIN_DIR) + "/fundstelle-indexer";

inline Run indexer(const std::string& arguments) {
  return shell(quoted(kProgram) + " " + arguments + " 2>&1 </dev/null");
}

inline void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

inline std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Value of a string field in a line of JSON; the reports hold no escaped quotes here.
inline std::string field(const std::string& json, const std::string& name) {
  const std::string mark = "\"" + name + "\":\"";
  const std::size_t begin = json.find(mark);
  if (begin == std::string::npos) return "";
  const std::size_t from = begin + mark.size();
  return json.substr(from, json.find('"', from) - from);
}

/// Index, a folder of papers, and the report of the last run.
struct Archive {
  ScratchDir scratch;
  fs::path index = scratch.path() / "index";
  fs::path papers = scratch.path() / "papers";
  fs::path report = scratch.path() / "report.jsonl";

  Archive() { fs::create_directories(papers); }

  Run refresh(const std::string& more = "") {
    return indexer("index --jobs 2 --index " + quoted(index.string()) + " --report " +
                   quoted(report.string()) + " " + more + " " + quoted(papers.string()));
  }
  /// Path below `papers` to "outcome state".
  std::map<std::string, std::string> outcomes() {
    std::map<std::string, std::string> found;
    for (const std::string& line : lines_of(report)) {
      const std::string path = field(line, "path");
      found[fs::relative(path, fs::canonical(papers)).string()] =
          field(line, "outcome") + " " + field(line, "state");
    }
    return found;
  }
  Run check() { return indexer("check --index " + quoted(index.string())); }
};

inline std::string paper(int n) {
  return "Antrag Nummer " + std::to_string(n) +
         "\n\nDer Landtag wolle beschließen, die Brücke am Markt zu erneuern und die Kosten dafür "
         "im Haushalt des kommenden Jahres bereitzustellen.\n";
}

inline bool has(const Run& run, const std::string& text) {
  return run.out.find(text) != std::string::npos;
}

}  // namespace fundstelle::test
