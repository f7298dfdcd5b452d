// SPDX-License-Identifier: GPL-3.0-or-later
#include "verify_command.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "document/interchange.h"
#include "extract/extraction_version.h"
#include "file_walk.h"
#include "identity/identity.h"
#include "import/records.h"
#include "schema/layout.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "topics/topics.h"
#include "writer/writer.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// What storing makes of a document: some texts are put together anew from the pages.
Document as_stored(const Document& document) {
  std::vector<schema::Passage> passages;
  for (const schema::Passage& passage : schema::cut_passages(document)) {
    passages.push_back(schema::unpack_passage(schema::pack_passage(passage)));
  }
  return schema::unpack_document(schema::pack_document(document), passages);
}

/// A hash of every field by its name ("title", "dates.asked"): all that comparing takes, so that a
/// large index does not have to fit in memory.
using Fingerprint = std::map<std::string, std::size_t>;

void add_fields(const Json& json, const std::string& path, Fingerprint& into) {
  for (const auto& [key, value] : json.items()) {
    const std::string name = path.empty() ? key : path + "." + key;
    if (value.is_object()) {
      add_fields(value, name, into);
    } else {
      into[name] = std::hash<std::string>()(value.dump());
    }
  }
}

Fingerprint fingerprint(Document document) {
  document.first_seen.clear();  // no matter of its source
  Fingerprint fields;
  add_fields(Json::parse(to_interchange(document)), "", fields);
  return fields;
}

/// Names of the fields that differ.
std::vector<std::string> differing_fields(const Fingerprint& a, const Fingerprint& b) {
  std::vector<std::string> names;
  for (const auto& [name, hash] : a) {
    const auto found = b.find(name);
    if (found == b.end() || found->second != hash) names.push_back(name);
  }
  for (const auto& [name, hash] : b) {
    (void)hash;
    if (!a.contains(name)) names.push_back(name);
  }
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string sha256_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return {};
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return sha256_hex(bytes.view());
}

bool holds_records(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string head(64 << 10, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  const ContentKind kind = sniff(head, path.filename().string());
  return kind == ContentKind::kJsonl || kind == ContentKind::kJsonlZst;
}

/// The documents a file gives, finished as `index` finishes them. Empty with `why` if none.
std::vector<Document> documents_of(const fs::path& path, Extractor& extractor, std::string& why) {
  std::vector<Document> documents;
  const auto finish = [&](Document&& document) {
    resolve_identities(document);
    assign_topics(document);
    documents.push_back(std::move(document));
  };
  if (holds_records(path)) {
    read_records(
        path,
        [&](RecordLine&& line) {
          if (line.error.empty()) finish(std::move(line.document));
        },
        why);
    return documents;
  }
  Extraction extraction = extractor.extract(path);
  if (extraction.state == ExtractState::kOk) {
    finish(std::move(extraction.document));
  } else {
    why = std::string(to_string(extraction.state)) +
          (extraction.message.empty() ? "" : ": " + extraction.message);
  }
  return documents;
}

/// Compares what the sources give with what is stored, and counts.
class Verification {
 public:
  Verification(const fs::path& index, Extractor& extractor)
      : index_(index), extractor_(extractor), sources_(read_sources_of(index)) {
    // Two files may give one document id; what the index holds then is from one of them.
    for (const SourceEntry& source : sources_) {
      for (const std::string& id : source.document_ids) ++givers_[id];
    }
  }

  int run(const std::vector<std::string>& paths) {
    std::vector<const SourceEntry*> chosen;
    for (const SourceEntry& source : sources_) {
      if (!source.document_ids.empty() && is_chosen(source, paths)) chosen.push_back(&source);
    }
    if (chosen.empty()) {
      std::cerr << "fundstelle-indexer: no document of this index comes from "
                << (paths.empty() ? "a file" : "these paths") << "; nothing verified\n";
      return 2;
    }
    for (const SourceEntry* source : chosen) {
      for (const std::string& id : source->document_ids) wanted_[id];
    }
    read_documents(index_, /*with_text=*/true, [&](Document&& document) {
      const auto found = wanted_.find(document.id);
      if (found != wanted_.end()) found->second = fingerprint(std::move(document));
    });
    for (const SourceEntry* source : chosen) verify(*source);
    std::cout << compared_ << " documents read again: " << equal_ << " equal, " << different_
              << " different";
    if (not_compared_ > 0) std::cout << "; " << not_compared_ << " sources could not be compared";
    std::cout << '\n';
    if (older_ > 0) {
      std::cerr << "fundstelle-indexer: " << older_
                << " files were read by an older version; `fundstelle-indexer index` reads them "
                   "again\n";
    }
    return different_ > 0 || not_compared_ > 0 ? 1 : 0;
  }

 private:
  static bool is_chosen(const SourceEntry& source, const std::vector<std::string>& paths) {
    if (paths.empty()) return true;
    return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
      std::error_code ignored;
      return is_below(source.path, fs::weakly_canonical(fs::absolute(path), ignored));
    });
  }

  void skip(const SourceEntry& source, const std::string& why) {
    ++not_compared_;
    std::cout << source.path << ": " << why << '\n';
  }

  void verify(const SourceEntry& source) {
    if (source.extraction < kExtractionVersion) ++older_;
    std::error_code ignored;
    fs::path place = source.path;
    if (!fs::exists(place, ignored) || sha256_of_file(place) != source.sha256) {
      const bool gone = !fs::exists(place, ignored);
      place =
          source.sha256.size() == 64 ? schema::original_path(index_, source.sha256) : fs::path();
      if (place.empty() || !fs::exists(place, ignored)) {
        return skip(source, gone ? "is gone and the index keeps no original"
                                 : "has changed since and the index keeps no original; run index");
      }
      if (sha256_of_file(place) != source.sha256) {
        return skip(source, "the original kept at " + place.string() + " is damaged");
      }
    }
    // The same bytes in several places give the same: once is enough.
    if (!seen_.insert(source.sha256).second) return;

    std::string why;
    std::map<std::string, Document> read;
    for (Document& document : documents_of(place, extractor_, why)) {
      std::string id = document.id;
      read.insert_or_assign(std::move(id), std::move(document));  // the later record stands
    }
    if (!why.empty()) return skip(source, "can no longer be read: " + why);
    for (const std::string& id : source.document_ids) {
      if (givers_[id] > 1 && source.document_ids.size() > 1) continue;
      ++compared_;
      const auto again = read.find(id);
      const Fingerprint& stored = wanted_[id];
      if (again == read.end() || stored.empty()) {
        ++different_;
        std::cout << id << " (" << source.path << "): "
                  << (stored.empty() ? "is not in the index" : "the source no longer gives it")
                  << '\n';
        continue;
      }
      const std::vector<std::string> fields =
          differing_fields(stored, fingerprint(as_stored(again->second)));
      if (fields.empty()) {
        ++equal_;
      } else {
        ++different_;
        std::cout << id << " (" << source.path << "): differs in " << listed(fields) << '\n';
      }
    }
  }

  const fs::path& index_;
  Extractor& extractor_;
  const std::vector<SourceEntry> sources_;
  std::unordered_map<std::string, int> givers_;          ///< by document id
  std::unordered_map<std::string, Fingerprint> wanted_;  ///< what is stored, by document id
  std::unordered_set<std::string> seen_;                 ///< sha256
  std::uint64_t compared_ = 0, equal_ = 0, different_ = 0, not_compared_ = 0, older_ = 0;
};

}  // namespace

int run_verify(const fs::path& index, const std::vector<std::string>& paths, Extractor& extractor) {
  return Verification(index, extractor).run(paths);
}

int run_verify_files(const std::vector<std::string>& files, Extractor& extractor) {
  std::uint64_t good = 0;
  bool differs = false;
  bool failed = false;
  for (const std::string& file : files) {
    std::string why;
    std::string ignored;
    const std::vector<Document> first = documents_of(file, extractor, why);
    const std::vector<Document> second = documents_of(file, extractor, ignored);
    if (first.empty() || first.size() != second.size()) {
      failed = true;
      std::cerr << "fundstelle-indexer: " << file << ": "
                << (why.empty() ? "holds no document" : why) << '\n';
      continue;
    }
    for (std::size_t i = 0; i < first.size(); ++i) {
      const std::vector<std::string> fields =
          differing_fields(fingerprint(first[i]), fingerprint(second[i]));
      if (fields.empty()) {
        ++good;
        continue;
      }
      differs = true;
      std::cout << first[i].id << " (" << file << "): two readings differ in " << listed(fields)
                << '\n';
    }
  }
  std::cout << good << " documents give the same twice\n";
  if (good == 0 && !differs) return 2;
  return differs || failed ? 1 : 0;
}

}  // namespace fundstelle
