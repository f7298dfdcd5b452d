// SPDX-License-Identifier: GPL-3.0-or-later
#include <xapian.h>

#include "schema/schema.h"
#include "schema/stored_document.h"
#include "writer/stored_part.h"
#include "writer/writer.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;
using writer::StoredPart;

Document unpacked(const StoredPart& part, Xapian::docid docid, bool with_text) {
  if (!with_text) return schema::unpack_document(part.record(docid));
  const writer::PackedDocument packed = part.read(docid);
  std::vector<schema::Passage> passages;
  for (const std::string& passage : packed.passages) {
    passages.push_back(schema::unpack_passage(passage));
  }
  return schema::unpack_document(packed.record, passages);
}

}  // namespace

void read_documents(const fs::path& dir, bool with_text, const DocumentFunction& take) {
  try {
    const schema::Current current = schema::read_current(dir);
    const auto hand_over = [&](const fs::path& place, const Roaring& dead) {
      const StoredPart part(place);
      const Xapian::Database& documents = part.documents();
      for (auto it = documents.postlist_begin(""); it != documents.postlist_end(""); ++it) {
        if (!dead.contains(*it)) take(unpacked(part, *it, with_text));
      }
    };
    const fs::path delta = schema::delta_dir(dir, current.delta);
    hand_over(schema::generation_dir(dir, current.generation),
              current.delta == 0 ? Roaring() : writer::read_bitmap(delta / "dead-documents"));
    if (current.delta != 0) hand_over(delta, {});
  } catch (const Xapian::Error& error) {
    throw WriterError(dir.string() + ": " + error.get_type() + ": " + error.get_msg());
  }
}

std::vector<SourceEntry> read_sources_of(const fs::path& dir) {
  const schema::Current current = schema::read_current(dir);
  return writer::read_sources(current.delta != 0 ? schema::delta_dir(dir, current.delta)
                                                 : schema::generation_dir(dir, current.generation));
}

}  // namespace fundstelle
