// SPDX-License-Identifier: GPL-3.0-or-later
//
// An index with damage: a small sound one is made first; the input says which file is damaged and
// how, then everything in it is read. Only errors that name damage may come out.
//
// Byte 0 chooses the file; if its bit 0x80 is set the rest is the file itself, else edits of three
// bytes each: offset (two bytes), new value. An offset past the end cuts the file.
//
// Rooms: schema document
// Sources: indexer/writer/text_builder.cpp indexer/writer/checksums.cpp
// Memory: 512
#include <zstd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "checks.h"
#include "schema/columns.h"
#include "schema/durable.h"
#include "schema/layout.h"
#include "schema/stored_document.h"
#include "schema/text_index.h"
#include "schema/wire.h"
#include "writer/checksums.h"
#include "writer/text_builder.h"

namespace {

namespace fs = std::filesystem;
using namespace fundstelle;
using schema::Columns;
using schema::ColumnsBuilder;
using schema::IndexError;
using schema::TextIndex;
using schema::WireError;

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

void put(const fs::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

constexpr std::uint32_t kDocuments = 20, kPassagesEach = 2;

Document paper() {
  Document document;
  document.id = "f-1";
  document.title = "Kleine Anfrage";
  for (std::uint32_t number = 1; number <= 2; ++number) {
    Page page;
    page.number = number;
    page.text = "1. Wie viele Schulen gibt es?\n\nAntwort: vierzig.\n\nSeite " +
                std::to_string(number) + " endet hier.";
    document.pages.push_back(std::move(page));
  }
  Section section;
  section.kind = SectionKind::kQuestion;
  section.labels = {"1"};
  section.span = {1, 0, 1, 29};
  document.sections.push_back(std::move(section));
  return document;
}

/// The sound index: a folder, and what its files hold.
struct Sound {
  fs::path dir;
  std::string text, columns, current, manifest, checksums, record, passage;
  std::vector<std::string> column;  ///< of columns.bin, unpacked

  Sound() {
    const fs::path base = fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    std::string name = (base / "fundstelle-fuzz-XXXXXX").string();
    fuzz::require(mkdtemp(name.data()) != nullptr, "a folder can be made");
    dir = name;
    make_text();
    make_columns();
    schema::Manifest manifest_of;
    manifest_of.schema_version = schema::kSchemaVersion;
    manifest_of.documents = kDocuments;
    schema::write_manifest(dir, manifest_of);
    schema::swap_current(dir, {schema::kSchemaVersion, "abc", 1, 0, "0123456789abcdef"});
    writer::write_checksums(dir);
    text = contents(dir / schema::kTextFile);
    columns = contents(dir / schema::kColumnsFile);
    current = contents(dir / "current");
    manifest = contents(dir / "manifest.json");
    checksums = contents(dir / writer::kChecksumsFile);
    unpack_columns();
    const Document document = paper();
    record = schema::pack_document(document);
    passage = schema::pack_passage(schema::cut_passages(document).front());
  }
  ~Sound() {
    std::error_code ignored;
    fs::remove_all(dir, ignored);
  }

 private:
  void make_text() {
    writer::TextBuilder builder(dir);
    const auto words = [&builder](std::uint32_t seed, std::uint32_t count) {
      writer::Words out;
      for (std::uint32_t i = 0; i < count; ++i) {
        const std::string word = "wort" + std::to_string((seed * 7 + i * i) % 23);
        std::vector<std::string> terms{"E" + word, "S" + word, "U" + word};
        if (i % 4 == 0) terms.insert(terms.end(), {"Pteil", "Sganzer", "N" + std::to_string(i)});
        if (i % 9 == 8) terms.clear();
        out.push_back(builder.bundles().number_of(terms));
      }
      return out;
    };
    const auto part = builder.part(0);
    for (std::uint32_t document = 1; document <= kDocuments; ++document) {
      std::vector<writer::TextBuilder::PassageWords> passages(kPassagesEach);
      for (std::uint32_t i = 0; i < kPassagesEach; ++i) passages[i].words = words(document + i, 12);
      passages[0].zones = {{false, 1, 5}, {true, 5, 13}};
      part->add(document, (document - 1) * kPassagesEach + 1, words(document, 3), passages);
    }
    part->close();
    builder.finished(0, *part);
    builder.write(dir, kDocuments, kDocuments * kPassagesEach,
                  [](std::size_t count, const std::function<void(std::size_t)>& work) {
                    for (std::size_t i = 0; i < count; ++i) work(i);
                  });
  }

  void make_columns() {
    ColumnsBuilder builder;
    for (std::uint32_t document = 1; document <= kDocuments; ++document) {
      ColumnsBuilder::DocumentRow row;
      row.docid = document;
      row.date = 20210406 + document;
      row.first_passage = (document - 1) * kPassagesEach + 1;
      row.legislature = 19;
      row.id = "f-" + std::to_string(document);
      row.type = document % 2 == 0 ? "antwort" : "frage";
      row.body = "bt";
      row.topics = {"verkehr", "schule"};
      row.groups = {"gruene"};
      row.passages = {{12, 0}, {12, 2}};
      builder.add(row);
    }
    std::move(builder).write(dir);
  }

  void unpack_columns() {
    schema::WireReader in(std::string_view(columns).substr(8));
    while (!in.done()) {
      std::string raw(in.number(), '\0');
      const std::string_view packed = in.text();
      fuzz::require(
          ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size()) == raw.size(),
          "a sound column unpacks");
      column.push_back(std::move(raw));
    }
  }
};

/// The sound bytes with the damage the input asks for.
std::string damaged(std::string_view sound, bool whole, std::string_view input) {
  if (whole) return std::string(input);
  std::string bytes(sound);
  for (; input.size() >= 3; input.remove_prefix(3)) {
    const std::size_t at =
        static_cast<unsigned char>(input[0]) | static_cast<unsigned char>(input[1]) << 8U;
    if (at < bytes.size()) {
      bytes[at] = input[2];
    } else {
      bytes.resize(at % (bytes.size() + 1));
    }
  }
  return bytes;
}

struct Enough {};  ///< so much was read of overlapping lists that more would teach nothing

class Budget {
 public:
  void spend() {
    if (--left_ == 0) throw Enough{};
  }

 private:
  std::uint32_t left_ = 100'000;
};

void read_text(const fs::path& dir) {
  const TextIndex index(dir);
  Budget budget;
  static_cast<void>(index.sizes());
  const auto read_term = [&](const TextIndex::Term& term) {
    index.for_each_bundle(term, [&](std::uint32_t bundle, std::uint32_t) {
      budget.spend();
      fuzz::require(bundle < index.bundles(), "a term's bundles exist");
    });
  };
  for (const char* kind : {"E", "N", "P", "S", "U", "Swort1", "~"}) {
    index.each(kind, [&](std::string_view name, const TextIndex::Term& term) {
      budget.spend();
      read_term(term);
      if (const auto found = index.find(name)) read_term(*found);
      return true;
    });
  }
  static_cast<void>(index.find("Ewort3"));
  for (std::uint32_t bundle = 0; bundle < index.bundles(); ++bundle) {
    index.for_each_passage(bundle, [&](std::uint32_t docid, std::uint32_t, std::uint32_t) {
      budget.spend();
      fuzz::require(docid >= 1 && docid <= index.passages(), "a posting names a passage");
    });
    index.for_each_title(bundle, [&](std::uint32_t docid, std::uint32_t, std::uint32_t) {
      budget.spend();
      fuzz::require(docid >= 1 && docid <= index.documents(), "a posting names a document");
    });
    index.for_each_stem(bundle, [&](std::uint32_t stem) {
      budget.spend();
      static_cast<void>(index.stem_name(stem));
    });
  }
  const auto read_stream = [&](const TextIndex::Stream& stream) {
    static_cast<void>(stream.zones());
    stream.for_each([&](std::uint32_t, std::uint32_t bundle) {
      budget.spend();
      fuzz::require(bundle < index.bundles(), "a place holds a bundle");
    });
  };
  for (std::uint64_t docid = 0; docid <= std::uint64_t{index.passages()} + 1; ++docid)
    read_stream(index.passage(static_cast<std::uint32_t>(docid)));
  for (std::uint64_t docid = 0; docid <= std::uint64_t{index.documents()} + 1; ++docid)
    read_stream(index.title(static_cast<std::uint32_t>(docid)));
}

/// Every number that a reader uses as a place leads somewhere.
void read_columns_of(const fs::path& dir) {
  static_cast<void>(schema::read_columns(dir, schema::ColumnsPart::kWithoutIds));
  Columns columns = schema::read_columns(dir);
  const std::size_t documents = columns.date.size();
  for (std::uint32_t docid = 0; docid < documents; ++docid) {
    if (!columns.has(docid)) continue;
    for (std::uint32_t i = 0; i < columns.passage_count[docid]; ++i)
      static_cast<void>(columns.parent.at(columns.first_passage[docid] + i));
    fuzz::require(columns.id_rank[docid] < columns.ids.size(), "a document has an id");
    for (const Columns::Single* single : {&columns.type, &columns.body}) {
      const std::uint16_t value = single->values[docid];
      if (value != Columns::kNone) static_cast<void>(single->slugs.at(value));
    }
    for (const Columns::List* list : {&columns.topic, &columns.group, &columns.ministry}) {
      for (std::uint32_t i = list->starts.at(docid); i < list->starts.at(docid + 1); ++i)
        static_cast<void>(list->slugs.at(list->values.at(i)));
    }
  }
  // A delta goes on with what it holds.
  ColumnsBuilder builder(std::move(columns));
  if (documents > 1) builder.remove(1);
}

std::string packed_columns(std::string_view input, const std::vector<std::string>& sound) {
  std::string all;
  for (const std::string& column : sound) all += column;
  // Lengths stay, except of the column named by the first byte, which loses or gains its end.
  const std::size_t odd = input.empty() ? SIZE_MAX : static_cast<unsigned char>(input[0]) % 64;
  const std::string changed = damaged(all, false, input.substr(input.empty() ? 0 : 1));
  std::string out = "FSCOLS01";
  std::size_t at = 0;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string raw = at < changed.size() ? changed.substr(at, sound[i].size()) : std::string();
    at += sound[i].size();
    if (i == odd) raw.resize(static_cast<unsigned char>(input[0]) < 128 ? raw.size() / 8 * 4 : 4);
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
    schema::put_number(out, raw.size());
    schema::put_text(out, packed);
  }
  return out;
}

void read_checksums_of(const fs::path& dir) { static_cast<void>(writer::read_checksums(dir)); }

void read(const Sound& sound, unsigned kind, bool whole, std::string_view input) {
  const fs::path& dir = sound.dir;
  switch (kind) {
    case 0:
      put(dir / schema::kTextFile, damaged(sound.text, whole, input));
      return read_text(dir);
    case 1:
      put(dir / schema::kColumnsFile, damaged(sound.columns, whole, input));
      return read_columns_of(dir);
    case 2:
      put(dir / schema::kColumnsFile, packed_columns(input, sound.column));
      return read_columns_of(dir);
    case 3:
      put(dir / "current", damaged(sound.current, whole, input));
      static_cast<void>(schema::read_current(dir));
      return;
    case 4:
      put(dir / "manifest.json", damaged(sound.manifest, whole, input));
      static_cast<void>(schema::revision_of(schema::read_manifest(dir), nullptr));
      return;
    case 5: {
      std::string text = damaged(sound.checksums, whole, input);
      put(dir / writer::kChecksumsFile, text);
      try {
        read_checksums_of(dir);
      } catch (const IndexError&) {
      }
      // The same with a last line that is right.
      const std::size_t last =
          text.size() < 2 ? std::string::npos : text.rfind('\n', text.size() - 2);
      text.resize(last == std::string::npos ? 0 : last + 1);
      put(dir / writer::kChecksumsFile, text + schema::sha256_of_text(text) + "\n");
      return read_checksums_of(dir);
    }
    case 6:
      try {
        static_cast<void>(schema::unpack_document(damaged(sound.record, whole, input)));
        static_cast<void>(schema::unpack_document(damaged(sound.record, whole, input),
                                                  {schema::unpack_passage(sound.passage)}));
      } catch (const WireError&) {
      } catch (const std::runtime_error&) {  // as its header says
      }
      return;
    default:
      try {
        static_cast<void>(schema::StoredCodec().decompress(input));
        static_cast<void>(schema::unpack_zones(input));
      } catch (const std::runtime_error&) {
      }
      try {
        const schema::Passage passage =
            schema::unpack_passage(damaged(sound.passage, whole, input));
        static_cast<void>(schema::unpack_document(sound.record, {passage}));
      } catch (const std::runtime_error&) {
      }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Sound sound;
  if (size == 0) return 0;
  const bool sound_itself = size == 1 && data[0] < 0x80U && data[0] % 8U < 7;
  try {
    read(sound, data[0] % 8U, (data[0] & 0x80U) != 0, fuzz::as_text(data + 1, size - 1));
    return 0;
  } catch (const IndexError&) {
  } catch (const WireError&) {
  } catch (const Enough&) {
  }
  fuzz::require(!sound_itself, "what is not damaged reads well");
  return 0;
}
