// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/last_run.h"

#include <fstream>
#include <sstream>

#include "schema/durable.h"

namespace fundstelle::schema {
namespace {
constexpr const char* kFile = "last-run";
}

void write_last_run(const std::filesystem::path& dir, const LastRun& run) {
  std::ostringstream text;
  text << "ended " << run.ended << "\nexit_code " << run.exit_code << "\n";
  for (const auto& [outcome, files] : run.files)
    text << "files " << outcome << ' ' << files << '\n';
  write_durably(dir / kFile, text.str());
}

std::optional<LastRun> read_last_run(const std::filesystem::path& dir) {
  std::ifstream in(dir / kFile);
  LastRun run;
  bool ended = false;
  for (std::string word; in >> word;) {
    if (word == "ended") {
      ended = static_cast<bool>(in >> run.ended);
    } else if (word == "exit_code") {
      in >> run.exit_code;
    } else if (word == "files") {
      std::string outcome;
      std::uint64_t files = 0;
      if (in >> outcome >> files) run.files[outcome] = files;
    } else {
      std::getline(in, word);  // of a newer version
    }
  }
  if (!ended) return std::nullopt;
  return run;
}

}  // namespace fundstelle::schema
