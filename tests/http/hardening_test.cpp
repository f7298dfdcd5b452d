// SPDX-License-Identifier: GPL-3.0-or-later
//
// The finished programs, as readelf (binutils, a part of every compiler) sees them.
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "data.h"

namespace {

std::string said(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  char bytes[65536];
  while (const std::size_t n = std::fread(bytes, 1, sizeof bytes, pipe)) text.append(bytes, n);
  REQUIRE(pclose(pipe) == 0);
  return text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("programs: position independent, relocations read-only, stacks guarded", "[hardening]") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  WARN("skipped: sanitizers have checks of their own");
#else
  int programs = 0;
  for (const char* name : {"fundstelle-searchd", "fundstelle-indexer", "fundstelle-query"}) {
    const std::filesystem::path program = std::filesystem::path(FUNDSTELLE_BIN_DIR) / name;
    if (!std::filesystem::exists(program)) continue;
    ++programs;
    INFO(name);
    const std::string facts =
        said("LC_ALL=C readelf -hldnW '" + program.string() + "' 2>/dev/null");
    CHECK(holds(facts, "DYN (Position-Independent Executable file)"));
    CHECK(holds(facts, "GNU_RELRO"));
    CHECK((holds(facts, "BIND_NOW") || holds(facts, "Flags: NOW")));
    const std::size_t stack = facts.find("GNU_STACK");
    REQUIRE(stack != std::string::npos);
    CHECK_FALSE(holds(facts.substr(stack, facts.find('\n', stack) - stack), "RWE"));
    const std::string names = said("LC_ALL=C readelf --dyn-syms -W '" + program.string() + "'");
    CHECK(holds(names, "__stack_chk_fail"));
#ifdef _FORTIFY_SOURCE
    CHECK(holds(names, "_chk@GLIBC"));  // e.g. __memcpy_chk
#ifdef __CET__
    // Not asked of the program's notes: Debian 12's start files (crt1.o) have none, so no program
    // made there can. The landing places themselves are there.
    std::ifstream in(program, std::ios::binary);
    const std::string code{std::istreambuf_iterator<char>(in), {}};
    int places = 0;
    for (std::size_t at = 0; (at = code.find("\xF3\x0F\x1E\xFA", at)) != std::string::npos; ++at) {
      ++places;
    }
    CHECK(places > 1000);
#endif
#endif
  }
  CHECK(programs > 0);
#endif
}
