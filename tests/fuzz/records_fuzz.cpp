// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a file of interchange records, plain or packed: every line is a document or a
// reported error, and a document can be written again.
//
// Rooms: import document
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>

#include "checks.h"
#include "import/records.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  static const int file = memfd_create("records.jsonl", 0);
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size))
    return 0;
  std::string error;
  const std::filesystem::path path = "/proc/self/fd/" + std::to_string(file);
  static_cast<void>(read_records(
      path,
      [](RecordLine&& line) {
        if (!line.error.empty()) return;
        const std::string record = to_interchange(line.document);
        fuzz::require(to_interchange(from_interchange(record)) == record,
                      "a record reads back as written");
      },
      error));
  return 0;
}
