// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/find_document.h"

#include <xapian.h>

#include "schema/copies.h"
#include "schema/stored_document.h"
#include "writer/stored_part.h"

namespace fundstelle::writer {
namespace {

std::optional<Document> find_in(const std::filesystem::path& place, const Roaring& dead,
                                const std::string& id) {
  const StoredPart part(place);
  const Xapian::docid docid = part.find(id);
  if (docid == 0 || dead.contains(docid)) return std::nullopt;
  return schema::unpack_document(part.record(docid));
}

}  // namespace

std::optional<FoundDocument> find_document(const std::filesystem::path& dir,
                                           const std::string& id) {
  try {
    const schema::Current current = schema::read_current(dir);
    const auto generation = schema::generation_dir(dir, current.generation);
    const auto delta = schema::delta_dir(dir, current.delta);
    std::optional<Document> document;
    if (current.delta != 0) document = find_in(delta, {}, id);
    if (!document) {
      document = find_in(
          generation, current.delta == 0 ? Roaring() : read_bitmap(delta / "dead-documents"), id);
    }
    if (!document) return std::nullopt;
    FoundDocument found{std::move(*document), {}};
    const auto listed_for = schema::read_copies(current.delta != 0 ? delta : generation);
    const auto own = listed_for.find(id);
    const std::string& listed = own == listed_for.end() ? id : own->second;
    if (listed != id) found.copies.push_back(listed);
    for (const auto& [copy, shown] : listed_for) {
      if (shown == listed && copy != id) found.copies.push_back(copy);
    }
    return found;
  } catch (const Xapian::Error& error) {
    throw WriterError(dir.string() + ": " + error.get_type() + ": " + error.get_msg());
  }
}

}  // namespace fundstelle::writer
