// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/linked.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "schema/schema.h"
#include "search/engine/hits.h"
#include "search/engine/plan.h"
#include "text/drucksache_number.h"

namespace fundstelle::search {
namespace {

constexpr std::size_t kMostShown = 6;
constexpr std::size_t kMostRead = 16;  ///< records unpacked for one hit
/// Answers to written questions of a week share one number: none is a print of another.
constexpr std::size_t kMostPrints = 8;

class Finder {
 public:
  Finder(const Reader& reader, Gid gid, const Document& document)
      : reader_(reader), gid_(gid), document_(document) {}

  std::vector<LinkedPaper> find() {
    const std::vector<std::string> own =
        document_.number.empty() ? std::vector<std::string>() : own_numbers(document_.number);
    if (!own.empty()) other_prints(own);
    for (const Relation& relation : document_.relations) {
      const char* name = relation.kind == RelationKind::kAnswers    ? "answers"
                         : relation.kind == RelationKind::kCorrects ? "corrects"
                                                                    : nullptr;
      if (name != nullptr) add_target(relation, name);
    }
    read_citing(std::string(schema::kReference) + "#" + document_.id, own);
    for (const std::string& number : own) {
      read_citing(std::string(schema::kReference) + number, own);
    }
    return std::move(found_);
  }

 private:
  void add(Gid gid, const Document& record, const char* relation) {
    if (gid == gid_ || found_.size() >= kMostShown) return;
    if (std::find(seen_.begin(), seen_.end(), gid) != seen_.end()) return;
    seen_.push_back(gid);
    const FacetColumn& types = reader_.snapshot.facet(Facet::kType);
    const auto type = types.find(record.type_id);
    found_.push_back(
        {record.id, record.number, type ? types.label(*type) : record.type, record.date, relation});
  }

  [[nodiscard]] Document record_of(Gid gid) {
    ++read_;
    return schema::unpack_document(reader_.data(Unit::kDocument, gid));
  }

  void other_prints(const std::vector<std::string>& own) {
    const auto same = reader_.documents_with(std::string(schema::kOwnNumber) + own.back());
    if (same.size() > kMostPrints) return;
    const auto& body = reader_.snapshot.facet(Facet::kBody).single;
    const auto& type = reader_.snapshot.facet(Facet::kType).single;
    for (const Gid other : same) {
      if (other == gid_ || body[other] != body[gid_] || type[other] != type[gid_]) continue;
      if (read_ >= kMostRead) return;
      const Document record = record_of(other);
      if (record.legislature != document_.legislature) continue;
      // "19/10 (neu)" beside "19/10"; two of one number must at least bear one title.
      const bool reprint = own_numbers(record.number).front() != own.front();
      if (!reprint &&
          reader_.analyzer.fold(record.title) != reader_.analyzer.fold(document_.title)) {
        continue;
      }
      add(other, record, "version");
    }
  }

  void add_target(const Relation& relation, const char* name) {
    if (!relation.id.empty()) {
      if (const auto target = reader_.find(relation.id)) add(*target, record_of(*target), name);
      return;
    }
    for (const std::string& number : own_numbers(relation.number)) {
      if (number.empty()) continue;
      const std::vector<Gid> targets = Citations(reader_, gid_).papers(number, true);
      if (targets.size() > kMostPrints) return;
      for (const Gid target : targets) {
        if (read_ >= kMostRead) return;
        add(target, record_of(target), name);
      }
      if (!targets.empty()) return;
    }
  }

  void read_citing(const std::string& term, const std::vector<std::string>& own) {
    const auto& body = reader_.snapshot.facet(Facet::kBody).single;
    for (const Gid source : reader_.documents_with(term)) {
      if (source == gid_ || body[source] != body[gid_]) continue;
      if (read_ >= kMostRead || found_.size() >= kMostShown) return;
      const Document record = record_of(source);
      for (const Relation& relation : record.relations) {
        const char* name = relation.kind == RelationKind::kAnswers    ? "answered_by"
                           : relation.kind == RelationKind::kCorrects ? "corrected_by"
                                                                      : nullptr;
        if (name == nullptr) continue;
        const auto numbers = own_numbers(relation.number);
        const bool meant = relation.id == document_.id ||
                           std::find_first_of(numbers.begin(), numbers.end(), own.begin(),
                                              own.end()) != numbers.end();
        if (meant) add(source, record, name);
      }
    }
  }

  const Reader& reader_;
  const Gid gid_;
  const Document& document_;
  std::vector<LinkedPaper> found_;
  std::vector<Gid> seen_;
  std::size_t read_ = 0;
};

}  // namespace

Document whole_document(const Reader& reader, Gid gid) {
  const Snapshot& snapshot = reader.snapshot;
  std::vector<schema::Passage> passages;
  const Gid first = snapshot.first_passage[gid];
  for (Gid passage = first; passage < first + snapshot.passage_count[gid]; ++passage) {
    passages.push_back(schema::unpack_passage(reader.data(Unit::kPassage, passage)));
  }
  return schema::unpack_document(reader.data(Unit::kDocument, gid), passages);
}

std::vector<Gid> Citations::papers(const std::string& number, bool related) {
  const Snapshot& snapshot = reader_.snapshot;
  std::vector<Gid> all = reader_.documents_with(std::string(schema::kOwnNumber) + number);
  std::erase(all, from_);
  const auto& body = snapshot.facet(Facet::kBody).single;
  std::vector<Gid> same;
  std::copy_if(all.begin(), all.end(), std::back_inserter(same),
               [&](Gid gid) { return body[gid] == body[from_]; });
  if (!same.empty() || related) return same;
  std::erase_if(all, [&](Gid gid) {
    return snapshot.date[from_] != 0 && snapshot.date[gid] > snapshot.date[from_];
  });
  if (all.empty()) return all;
  const auto& legislature = snapshot.facet(Facet::kLegislature).single;
  const auto parsed = parse_drucksache_number(number);
  const bool own_term = parsed && parsed->term == legislature[from_];
  const bool one_house =
      std::all_of(all.begin(), all.end(), [&](Gid gid) { return body[gid] == body[all.front()]; });
  if (!own_term && one_house) return all;
  std::erase_if(all, [&](Gid gid) { return !of_printed_house(number, gid); });
  const bool one_left =
      std::all_of(all.begin(), all.end(), [&](Gid gid) { return body[gid] == body[all.front()]; });
  return one_left ? all : std::vector<Gid>();
}

bool Citations::of_printed_house(const std::string& number, Gid paper) {
  if (!text_read_) read_text();
  const auto found = houses_.find(number);
  if (found == houses_.end()) return false;
  const FacetColumn& bodies = reader_.snapshot.facet(Facet::kBody);
  const std::uint16_t body = bodies.single[paper];
  if (body == FacetColumn::kNone) return false;
  const std::string slug = bodies.slug(body);
  return found->second == "land" ? slug != "bt" && slug != "br" : slug == found->second;
}

void Citations::read_text() {
  text_read_ = true;
  constexpr std::size_t kBefore = 60;  // "Bundestagsdrucksachen 19/1, 19/2"
  for (const Page& page : whole_document(reader_, from_).pages) {
    const std::string_view text = page.text;
    for (const NumberInText& cited : find_cited_drucksache_numbers(text)) {
      const std::size_t begin = cited.byte_begin < kBefore ? 0 : cited.byte_begin - kBefore;
      const std::string_view before = text.substr(begin, cited.byte_begin - begin);
      std::size_t nearest = 0;
      for (const auto& [name, house] : {std::pair{"BT-", "bt"},
                                        {"Bundestag", "bt"},
                                        {"BR-", "br"},
                                        {"Bundesrat", "br"},
                                        {"LT-", "land"},
                                        {"Landtag", "land"},
                                        {"Abgeordnetenhaus", "land"},
                                        {"Bürgerschaft", "land"}}) {
        const std::size_t at = before.rfind(name);
        if (at == std::string_view::npos || at + 1 <= nearest) continue;
        nearest = at + 1;
        houses_[cited.number.canonical()] = house;
      }
    }
  }
}

std::vector<LinkedPaper> linked_papers(const Reader& reader, Gid gid, const Document& document) {
  return Finder(reader, gid, document).find();
}

}  // namespace fundstelle::search
