// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/copies.h"

#include <fstream>

#include "document/document.h"
#include "schema/layout.h"

namespace fundstelle::schema {

std::map<std::string, std::string> read_copies(const std::filesystem::path& folder) {
  std::map<std::string, std::string> copies;
  const std::filesystem::path file = folder / "copies";
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    const std::string id = line.substr(0, tab);
    const std::string listed = tab == std::string::npos ? "" : line.substr(tab + 1);
    if (!is_document_id(id) || !is_document_id(listed)) {
      throw IndexError(file.string() + ": damaged; index the sources anew");
    }
    copies[id] = listed;
  }
  return copies;
}

void write_copies(const std::filesystem::path& folder,
                  const std::map<std::string, std::string>& copies) {
  const std::filesystem::path file = folder / "copies";
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  for (const auto& [id, listed] : copies) out << id << '\t' << listed << '\n';
  out.close();
  if (!out) throw IndexError(file.string() + ": cannot be written");
}

}  // namespace fundstelle::schema
