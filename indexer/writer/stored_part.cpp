// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/stored_part.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schema/schema.h"

namespace fundstelle::writer {
namespace {

std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) throw WriterError(file.string() + ": cannot be read");
  return std::move(bytes).str();
}

void sync_path(const std::filesystem::path& path, int flags) {
  const int fd = open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) throw WriterError(path.string() + ": cannot be opened: " + std::strerror(errno));
  const bool synced = fsync(fd) == 0;
  const int error = errno;
  close(fd);
  if (!synced) throw WriterError(path.string() + ": cannot be synced: " + std::strerror(error));
}

void write_bytes(const std::filesystem::path& file, std::string_view bytes) {
  std::filesystem::path beside = file;
  beside += ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw WriterError(beside.string() + ": cannot be written; is the disk full?");
  // It may lie in a folder that DIR/current already names: whole after a power cut as well.
  sync_path(beside, O_RDONLY);
  std::filesystem::rename(beside, file);
  sync_path(file.parent_path(), O_RDONLY | O_DIRECTORY);
}

}  // namespace

StoredPart::StoredPart(const std::filesystem::path& dir)
    : manifest_(schema::read_manifest(dir)),
      codec_(dir),
      columns_(schema::read_columns(dir, schema::ColumnsPart::kWithoutIds)),
      documents_((dir / "documents").string()),
      passages_((dir / "passages").string()) {}

Xapian::docid StoredPart::find(std::string_view id) const {
  const std::string term = std::string(schema::kId) + std::string(id);
  const Xapian::PostingIterator it = documents_.postlist_begin(term);
  return it == documents_.postlist_end(term) ? 0 : *it;
}

std::string StoredPart::record(Xapian::docid docid) const {
  return codec_.decompress(schema::stored_data(documents_.get_document(docid)));
}

PassageRange StoredPart::passages_of(Xapian::docid docid) const {
  if (!columns_.has(docid)) throw WriterError("no document " + std::to_string(docid));
  return {columns_.first_passage[docid], columns_.passage_count[docid]};
}

PackedDocument StoredPart::read(Xapian::docid docid) const {
  PackedDocument document;
  document.record = record(docid);
  const PassageRange range = passages_of(docid);
  for (std::uint32_t i = 0; i < range.count; ++i) {
    document.passages.push_back(
        codec_.decompress(schema::stored_data(passages_.get_document(range.first + i))));
  }
  return document;
}

Roaring read_bitmap(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return {};
  const std::string bytes = read_bytes(file);
  try {
    return Roaring::readSafe(bytes.data(), bytes.size());
  } catch (const std::exception&) {
    throw WriterError(file.string() + ": damaged; restore a backup or index anew");
  }
}

void write_bitmap(const std::filesystem::path& file, Roaring bitmap) {
  bitmap.runOptimize();
  std::string bytes(bitmap.getSizeInBytes(), '\0');
  bitmap.write(bytes.data());
  write_bytes(file, bytes);
}

std::vector<SourceEntry> read_sources(const std::filesystem::path& dir) {
  const std::filesystem::path file = dir / "sources.zst";
  const std::string packed = read_bytes(file);
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    throw WriterError(file.string() + ": damaged; restore a backup or index anew");
  }
  std::string bytes(size, '\0');
  const std::size_t got = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0) {
    throw WriterError(file.string() + ": damaged; restore a backup or index anew");
  }
  std::vector<SourceEntry> sources;
  std::istringstream lines(bytes);
  std::string line;
  while (std::getline(lines, line)) {
    const nlohmann::json json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) throw WriterError(file.string() + ": damaged");
    SourceEntry source;
    // A path is bytes, not text: it is kept as numbers where it is no UTF-8.
    if (json["path"].is_string()) {
      source.path = json["path"].get<std::string>();
    } else {
      for (const auto& byte : json["path"]) {
        source.path += static_cast<char>(byte.get<unsigned>());
      }
    }
    source.mtime_ns = json.value("mtime_ns", std::int64_t{0});
    source.bytes = json.value("bytes", std::uint64_t{0});
    source.sha256 = json.value("sha256", "");
    source.state = json.value("state", "");
    source.document_ids = json.value("documents", std::vector<std::string>());
    source.extraction = json.value("extraction", 0);
    sources.push_back(std::move(source));
  }
  return sources;
}

void write_sources(const std::filesystem::path& dir, const std::vector<SourceEntry>& sources) {
  std::string bytes;
  for (const SourceEntry& source : sources) {
    nlohmann::json json = {{"path", source.path},
                           {"mtime_ns", source.mtime_ns},
                           {"bytes", source.bytes},
                           {"sha256", source.sha256},
                           {"state", source.state},
                           {"documents", source.document_ids},
                           {"extraction", source.extraction}};
    std::string line;
    try {
      line = json.dump();
    } catch (const nlohmann::json::exception&) {
      json["path"] = nlohmann::json::array();
      for (const char c : source.path) json["path"].push_back(static_cast<unsigned char>(c));
      line = json.dump();
    }
    bytes += line;
    bytes += '\n';
  }
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(),
                                                                        ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 3);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  const std::size_t size =
      ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0) throw WriterError(ZSTD_getErrorName(size));
  packed.resize(size);
  write_bytes(dir / "sources.zst", packed);
}

void sync_tree(const std::filesystem::path& dir) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
    sync_path(entry.path(), entry.is_directory() ? O_RDONLY | O_DIRECTORY : O_RDONLY);
  }
  sync_folder(dir);
}

void sync_folder(const std::filesystem::path& dir) { sync_path(dir, O_RDONLY | O_DIRECTORY); }

}  // namespace fundstelle::writer
