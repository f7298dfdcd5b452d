// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/layout.h"

#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "schema/durable.h"
#include "schema/schema.h"

namespace fundstelle::schema {
namespace {

using Json = nlohmann::ordered_json;

Json read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw IndexError(file.string() + ": missing; the index is damaged, run index again");
  std::ostringstream text;
  text << in.rdbuf();
  Json json = Json::parse(text.view(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    throw IndexError(file.string() + ": damaged; restore it from a backup or index anew");
  }
  return json;
}

/// Not get<T>(): that converts 1e300 and -1, too, into some number.
template <typename T>
T whole(const Json& json, const char* key) {
  const Json& value = json.at(key);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::numeric_limits<T>::max()) {
    throw std::out_of_range(std::string(key) + " is " + value.dump());
  }
  return static_cast<T>(value.get<std::uint64_t>());
}

Json manifest_json(const Manifest& manifest) {
  return {{"schema_version", manifest.schema_version},
          {"fingerprint", manifest.fingerprint},
          {"program_version", manifest.program_version},
          {"created", manifest.created},
          {"documents", manifest.documents},
          {"passages", manifest.passages},
          {"dead_documents", manifest.dead_documents},
          {"dead_passages", manifest.dead_passages},
          {"text_bytes", manifest.text_bytes},
          {"content_hash", manifest.content_hash}};
}

}  // namespace

std::optional<Current> read_current_if_any(const std::filesystem::path& dir) {
  const std::filesystem::path file = dir / "current";
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  const Json json = read_json(file);
  Current current;
  try {
    current.schema_version = whole<int>(json, "schema_version");
    current.fingerprint = json.at("fingerprint").get<std::string>();
    current.generation = whole<std::uint32_t>(json, "generation");
    current.delta = whole<std::uint32_t>(json, "delta");
    current.revision = json.at("revision").get<std::string>();
  } catch (const std::exception& error) {
    throw IndexError(file.string() + ": damaged (" + error.what() + "); index anew");
  }
  return current;
}

Current read_current(const std::filesystem::path& dir) {
  const std::optional<Current> current = read_current_if_any(dir);
  if (!current) {
    throw IndexError(dir.string() +
                     ": no index here; make one with `fundstelle-indexer index --index " +
                     dir.string() + " PATH...`");
  }
  if (current->schema_version != kSchemaVersion) {
    throw IndexError(dir.string() + ": index has schema version " +
                     std::to_string(current->schema_version) + ", this program reads version " +
                     std::to_string(kSchemaVersion) +
                     "; run `fundstelle-indexer index` of this version to rebuild it");
  }
  return *current;
}

void swap_current(const std::filesystem::path& dir, const Current& current) {
  const Json json = {{"schema_version", current.schema_version},
                     {"fingerprint", current.fingerprint},
                     {"generation", current.generation},
                     {"delta", current.delta},
                     {"revision", current.revision}};
  write_durably(dir / "current", json.dump(2) + "\n");
}

Manifest read_manifest(const std::filesystem::path& generation_or_delta) {
  const std::filesystem::path file = generation_or_delta / "manifest.json";
  const Json json = read_json(file);
  Manifest manifest;
  try {
    manifest.schema_version = whole<int>(json, "schema_version");
    manifest.fingerprint = json.at("fingerprint").get<std::string>();
    manifest.program_version = json.at("program_version").get<std::string>();
    manifest.created = json.at("created").get<std::string>();
    manifest.documents = whole<std::uint64_t>(json, "documents");
    manifest.passages = whole<std::uint64_t>(json, "passages");
    manifest.dead_documents = whole<std::uint64_t>(json, "dead_documents");
    manifest.dead_passages = whole<std::uint64_t>(json, "dead_passages");
    manifest.text_bytes = whole<std::uint64_t>(json, "text_bytes");
    manifest.content_hash = json.at("content_hash").get<std::string>();
  } catch (const std::exception& error) {
    throw IndexError(file.string() + ": damaged (" + error.what() + "); index anew");
  }
  return manifest;
}

void write_manifest(const std::filesystem::path& generation_or_delta, const Manifest& manifest) {
  write_durably(generation_or_delta / "manifest.json", manifest_json(manifest).dump(2) + "\n");
}

std::string revision_of(const Manifest& generation, const Manifest* delta) {
  std::string text = manifest_json(generation).dump();
  if (delta != nullptr) text += manifest_json(*delta).dump();
  return sha256_of_text(text).substr(0, 16);
}

std::filesystem::path generation_dir(const std::filesystem::path& dir, std::uint32_t n) {
  return dir / ("gen-" + std::to_string(n));
}

std::filesystem::path delta_dir(const std::filesystem::path& dir, std::uint32_t n) {
  return dir / ("delta-" + std::to_string(n));
}

std::filesystem::path original_path(const std::filesystem::path& dir, const std::string& sha256) {
  const bool good =
      sha256.size() == 64 && sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!good) throw std::invalid_argument("not a lower-case hex sha256");
  return dir / "originals" / sha256.substr(0, 2) / sha256;
}

}  // namespace fundstelle::schema
