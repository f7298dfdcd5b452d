// SPDX-License-Identifier: GPL-3.0-or-later
//
// The program `fundstelle-query`: the index in bulk, for researchers.
#include <csignal>
#include <exception>

#include "flags.h"
#include "parts.h"

int main(int argc, char** argv) {
  using namespace fundstelle::query_tool;
  signal(SIGPIPE, SIG_IGN);  // a reader that goes is an error of writing, told as one
  int exit_code = kDone;
  const auto parsed = read_arguments(argc, argv, exit_code);
  if (!parsed) return exit_code;
  try {
    return parsed->command(parsed->settings);
  } catch (const std::exception& error) {
    tell(error.what());
    return kFailed;
  }
}
