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
#include <optional>
#include <set>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "document/interchange.h"
#include "extract/extraction_version.h"
#include "extract/ocr.h"
#include "file_walk.h"
#include "identity/identity.h"
#include "import/records.h"
#include "printed_text.h"
#include "schema/layout.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "schema/takedowns.h"
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
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return {};  // a pipe would be waited for
  std::ifstream in(path, std::ios::binary);
  if (!in) return {};
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return sha256_hex(bytes.view());
}

bool holds_records(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;
  std::ifstream in(path, std::ios::binary);
  std::string head(64 << 10, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  const ContentKind kind = sniff(head, path.filename().string());
  return kind == ContentKind::kJson || kind == ContentKind::kJsonl ||
         kind == ContentKind::kJsonlZst;
}

bool is_recognized(const Document& document) {
  return std::any_of(document.warnings.begin(), document.warnings.end(),
                     [](const Warning& warning) { return warning.code == "ocr"; });
}

/// Which documents are wanted, and how each is read: with text recognition or without.
struct Readers {
  Extractor& plain;
  Extractor* recognizing = nullptr;  ///< for those `recognized` names
  std::function<bool(const std::string& id)> wanted = [](const std::string&) { return true; };
  std::function<bool(const std::string& id)> recognized = [](const std::string&) { return false; };

  [[nodiscard]] Extractor& of(const std::string& id) const {
    return recognizing != nullptr && recognized(id) ? *recognizing : plain;
  }
};

/// The documents a file gives, finished as `index` finishes them. `id` is that of the document a
/// file which holds no records gave before. `why` is told if it cannot be read.
std::vector<Document> documents_of(const fs::path& path, RecordFiles& records,
                                   const Readers& readers, const std::string& id,
                                   std::string& why) {
  std::vector<Document> documents;
  const auto finish = [&](Document&& document) {
    resolve_identities(document);
    assign_topics(document);
    documents.push_back(std::move(document));
  };
  if (holds_records(path)) {
    records.read(
        path,
        [&](RecordLine&& line) {
          if (!line.error.empty() || !readers.wanted(line.document.id)) return;
          read_printed_text(line, readers.of(line.document.id));
          finish(std::move(line.document));
        },
        why);
    return documents;
  }
  Extraction extraction = readers.of(id).extract(path);
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
  Verification(const fs::path& index, Extractor& plain, Extractor& recognizing)
      : index_(index),
        readers_{plain, &recognizing,
                 [this](const std::string& id) { return wanted_.contains(id); },
                 [this](const std::string& id) { return recognized_.contains(id); }},
        sources_(read_sources_of(index)),
        takedowns_(schema::read_takedowns(index)) {}

  int run(const std::vector<std::string>& paths) {
    std::vector<const SourceEntry*> chosen;
    for (const SourceEntry& source : sources_) {
      if (gives_documents(source) && is_chosen(source, paths)) chosen.push_back(&source);
    }
    if (chosen.empty()) {
      std::cerr << "fundstelle-indexer: no document of this index comes from "
                << (paths.empty() ? "a file" : "these paths") << "; nothing verified\n";
      return 2;
    }
    for (const SourceEntry* source : chosen) {
      for (const std::string& id : source->document_ids) {
        if (!takedowns_.contains(id)) wanted_[id];
      }
    }
    read_documents(index_, /*with_text=*/true, [&](Document&& document) {
      const auto found = wanted_.find(document.id);
      if (found == wanted_.end()) return;
      if (is_recognized(document)) recognized_.insert(document.id);
      found->second = fingerprint(std::move(document));
    });
    read_again(chosen);
    for (const auto& [id, stored] : wanted_) compare(id, stored);
    std::cout << compared_ << " documents read again: " << equal_ << " equal, " << different_
              << " different";
    if (not_compared_ > 0) std::cout << "; " << not_compared_ << " sources could not be compared";
    if (not_verifiable_ > 0) std::cout << "; " << not_verifiable_ << " not verifiable here";
    std::cout << '\n';
    if (older_ > 0) {
      std::cerr << "fundstelle-indexer: " << older_
                << " files were read by an older version; `fundstelle-indexer index` reads them "
                   "again\n";
    }
    return different_ > 0 || not_compared_ > 0 || not_verifiable_ > 0 ? 1 : 0;
  }

 private:
  /// Some of what it gave may be in the index: not all of it was taken down.
  bool gives_documents(const SourceEntry& source) const {
    return std::any_of(source.document_ids.begin(), source.document_ids.end(),
                       [&](const std::string& id) { return !takedowns_.contains(id); });
  }

  static bool is_chosen(const SourceEntry& source, const std::vector<std::string>& paths) {
    if (paths.empty()) return true;
    return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
      std::error_code ignored;
      return is_below(source.path, fs::weakly_canonical(fs::absolute(path), ignored));
    });
  }

  void skip(const SourceEntry& source, const std::string& why) {
    ++not_compared_;
    skipped_.insert(source.document_ids.begin(), source.document_ids.end());
    std::cout << source.path << ": " << why << '\n';
  }

  /// Where the bytes lie that were indexed: in the file, else in the original kept; empty: nowhere.
  fs::path place_of(const SourceEntry& source) {
    std::error_code ignored;
    const bool there = fs::exists(source.path, ignored);
    if (there && sha256_of_file(source.path) == source.sha256) return source.path;
    if (source.sha256.size() == 64) {
      const fs::path original = schema::original_path(index_, source.sha256);
      if (fs::exists(original, ignored)) {
        if (sha256_of_file(original) == source.sha256) return original;
        skip(source, "the original kept at " + original.string() + " is damaged");
        return {};
      }
    }
    skip(source, there ? "has changed since and the index keeps no original; run index"
                       : "is gone and the index keeps no original");
    return {};
  }

  /// Saved answers of other sources complete the chosen ones: all that lie where they lay are
  /// looked at, in the order of their paths, as `index` does.
  void read_again(const std::vector<const SourceEntry*>& chosen) {
    const std::set<const SourceEntry*> is_chosen(chosen.begin(), chosen.end());
    std::vector<std::pair<const SourceEntry*, fs::path>> places;
    RecordFiles records;
    for (const SourceEntry& source : sources_) {
      if (is_chosen.contains(&source)) {
        if (source.extraction < kExtractionVersion) ++older_;
        fs::path place = place_of(source);
        if (place.empty()) continue;
        if (!seen_.insert(source.sha256).second) continue;  // the same bytes give the same
        if (holds_records(place)) records.survey(place);
        places.emplace_back(&source, std::move(place));
      } else if (holds_records(source.path) && sha256_of_file(source.path) == source.sha256 &&
                 records.survey(source.path) && seen_.insert(source.sha256).second) {
        places.emplace_back(&source, source.path);
      }
    }
    for (const auto& [source, place] : places) {
      std::string why;
      const std::string id = source->document_ids.size() == 1 ? source->document_ids.front() : "";
      for (const Document& document : documents_of(place, records, readers_, id, why)) {
        if (recognized_.contains(document.id) && !is_recognized(document)) {
          lack_recognition(document.id, *source);
          continue;
        }
        read_[document.id] = fingerprint(as_stored(document));  // the later one stands
        came_from_[document.id] = source->path;
      }
      if (why.empty()) continue;
      if (recognized_.contains(id) && !trouble().empty()) {
        lack_recognition(id, *source);
      } else {
        skip(*source, "can no longer be read: " + why);
      }
    }
  }

  /// Why no text can be recognised here; empty if it can.
  const std::string& trouble() {
    if (!trouble_) trouble_ = TextRecognizer().trouble();
    return *trouble_;
  }

  /// A document whose text was recognised and now is not: not changed, if that cannot be done here.
  void lack_recognition(const std::string& id, const SourceEntry& source) {
    if (trouble().empty()) {
      came_from_[id] = source.path;
      read_[id];  // differs in everything
      return;
    }
    ++not_verifiable_;
    skipped_.insert(id);
    std::cout << id << " (" << source.path
              << "): not verifiable here, its text was recognised from pictures: " << trouble()
              << '\n';
  }

  void compare(const std::string& id, const Fingerprint& stored) {
    const auto again = read_.find(id);
    if (again == read_.end() && skipped_.contains(id)) return;
    ++compared_;
    std::vector<std::string> fields;
    if (again != read_.end()) fields = differing_fields(stored, again->second);
    if (again != read_.end() && !stored.empty() && fields.empty()) {
      ++equal_;
      return;
    }
    ++different_;
    std::cout << id;
    if (again == read_.end()) {
      std::cout << ": its source no longer gives it\n";
    } else if (stored.empty()) {
      std::cout << " (" << came_from_[id] << "): is not in the index\n";
    } else {
      std::cout << " (" << came_from_[id] << "): differs in " << listed(fields) << '\n';
    }
  }

  const fs::path& index_;
  const Readers readers_;
  const std::vector<SourceEntry> sources_;
  const std::map<std::string, schema::Takedown> takedowns_;
  std::map<std::string, Fingerprint> wanted_;               ///< what is stored, by document id
  std::unordered_map<std::string, Fingerprint> read_;       ///< what the sources give now
  std::unordered_map<std::string, std::string> came_from_;  ///< path
  std::unordered_set<std::string> skipped_;     ///< documents of sources that cannot be compared
  std::unordered_set<std::string> seen_;        ///< sha256
  std::unordered_set<std::string> recognized_;  ///< stored documents with text from pictures
  std::optional<std::string> trouble_;          ///< of text recognition; not asked yet
  std::uint64_t compared_ = 0, equal_ = 0, different_ = 0, not_compared_ = 0, older_ = 0;
  std::uint64_t not_verifiable_ = 0;
};

}  // namespace

int run_verify(const fs::path& index, const std::vector<std::string>& paths, Extractor& plain,
               Extractor& recognizing) {
  return Verification(index, plain, recognizing).run(paths);
}

int run_verify_files(const std::vector<std::string>& files, Extractor& extractor) {
  std::uint64_t good = 0;
  bool differs = false;
  bool failed = false;
  for (const std::string& file : files) {
    std::error_code ignored_error;
    if (!fs::is_regular_file(file, ignored_error)) {
      failed = true;
      std::cerr << "fundstelle-indexer: " << file << ": no such file, or not an ordinary one\n";
      continue;
    }
    std::string why;
    std::string ignored;
    RecordFiles once;
    RecordFiles again;
    once.survey(file);
    again.survey(file);
    const std::vector<Document> first = documents_of(file, once, {extractor}, {}, why);
    const std::vector<Document> second = documents_of(file, again, {extractor}, {}, ignored);
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
