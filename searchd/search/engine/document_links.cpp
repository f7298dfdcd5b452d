// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/document_links.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "schema/schema.h"
#include "schema/stored_document.h"
#include "search/engine/hits.h"
#include "search/engine/linked.h"
#include "search/engine/plan.h"

namespace fundstelle::search {
namespace {

constexpr std::size_t kMaxLinks = 200;
/// Papers of other houses whose text is looked into for whose number they cite.
constexpr std::size_t kMostAskedElsewhere = 50;
constexpr std::size_t kFollowedPapers = 16;
constexpr std::size_t kBusyPaper = 24;

DocumentView::Link link_to(const Reader& reader, Gid gid, std::string relation) {
  const Hit hit = describe(reader, gid);
  return {hit.id,    hit.number, hit.type_label,      hit.body_label,
          hit.title, hit.date,   std::move(relation), {},
          {}};
}

}  // namespace

void add_links(const Reader& reader, Gid gid, DocumentView& view) {
  const Document& document = view.document;
  std::vector<Gid> seen;
  const auto add_cited = [&](Gid target, const std::string& relation) {
    if (target == gid || seen.size() >= kMaxLinks ||
        std::find(seen.begin(), seen.end(), target) != seen.end()) {
      return;
    }
    seen.push_back(target);
    view.cites.push_back(link_to(reader, target, relation));
  };
  // The same paper saved otherwise: the one that is listed first, then its other copies.
  const auto& copies = reader.snapshot.copies;
  const auto listed = copies.find(document.id);
  const std::string& chief = listed == copies.end() ? document.id : listed->second;
  if (!copies.empty()) {
    if (const auto target = reader.find(chief)) add_cited(*target, "copy");
    const auto others = reader.snapshot.copies_of.find(chief);
    if (others != reader.snapshot.copies_of.end()) {
      for (const std::string& copy : others->second) {
        if (const auto target = reader.find(copy)) add_cited(*target, "copy");
      }
    }
  }
  Citations citations(reader, gid);
  for (const Relation& relation : document.relations) {
    if (!relation.id.empty()) {
      if (const auto target = reader.find(relation.id))
        add_cited(*target, to_string(relation.kind));
    }
    for (const std::string& number : own_numbers(relation.number)) {
      if (number.empty()) continue;
      const std::vector<Gid> targets = citations.papers(number, true);
      for (const Gid target : targets) add_cited(target, to_string(relation.kind));
      if (!targets.empty()) break;
    }
  }
  for (const std::string& number : document.references) {
    for (const Gid target : citations.papers(number, false)) add_cited(target, "");
  }
  for (const Gid source :
       reader.documents_with(std::string(schema::kReference) + "#" + document.id)) {
    if (source == gid || view.cited_by.size() >= kMaxLinks) continue;
    const Document citing = schema::unpack_document(reader.data(Unit::kDocument, source));
    for (const Relation& one : citing.relations) {
      if (one.id != document.id) continue;
      view.cited_by.push_back(link_to(reader, source, to_string(one.kind)));
      break;
    }
  }
  const auto& body = reader.snapshot.facet(Facet::kBody).single;
  std::size_t asked_elsewhere = 0;
  for (const std::string& number :
       document.number.empty() ? std::vector<std::string>() : own_numbers(document.number)) {
    for (const Gid source : reader.documents_with(std::string(schema::kReference) + number)) {
      if (source == gid || view.cited_by.size() >= kMaxLinks) continue;
      const bool known =
          std::any_of(view.cited_by.begin(), view.cited_by.end(),
                      [&](const auto& link) { return reader.find(link.id) == source; });
      if (known) continue;
      const bool own_house = body[source] == body[gid];
      if (!own_house) {
        if (++asked_elsewhere > kMostAskedElsewhere) continue;
        const std::vector<Gid> targets = Citations(reader, source).papers(number, false);
        if (std::find(targets.begin(), targets.end(), gid) == targets.end()) continue;
      }
      const Document citing = schema::unpack_document(reader.data(Unit::kDocument, source));
      std::string relation;
      for (const Relation& one : citing.relations) {
        const auto numbers = own_numbers(one.number);
        const bool by_number =
            own_house && std::find(numbers.begin(), numbers.end(), number) != numbers.end();
        if (one.id == document.id || by_number) relation = to_string(one.kind);
      }
      view.cited_by.push_back(link_to(reader, source, relation));
    }
  }
  const auto by_date = [](const auto& a, const auto& b) {
    return a.date != b.date ? a.date < b.date : a.id < b.id;
  };
  std::sort(view.cited_by.begin(), view.cited_by.end(), by_date);
}

void add_further_links(const Reader& reader, DocumentView& view) {
  std::vector<std::string> known{view.document.id};
  std::vector<DocumentView::Link*> followed;
  for (auto* links : {&view.cites, &view.cited_by}) {
    for (DocumentView::Link& link : *links) {
      if (link.relation != "copy") followed.push_back(&link);
      known.push_back(link.id);
    }
  }
  if (followed.size() > kFollowedPapers) return;
  for (DocumentView::Link* const from : followed) {
    const std::string& via = from->id;
    const auto gid = reader.find(via);
    if (!gid) continue;
    DocumentView near;
    near.document = schema::unpack_document(reader.data(Unit::kDocument, *gid));
    const Dates& dates = near.document.dates;
    from->asked = dates.asked.empty() ? dates.received : dates.asked;
    from->answered = dates.answered;
    add_links(reader, *gid, near);
    if (near.cites.size() + near.cited_by.size() > kBusyPaper) continue;
    const auto add = [&](std::vector<DocumentView::Link>& links, bool cited) {
      for (DocumentView::Link& link : links) {
        if (std::find(known.begin(), known.end(), link.id) != known.end()) continue;
        if (link.relation == "copy") continue;
        known.push_back(link.id);
        view.further.push_back({std::move(link), via, cited});
      }
    };
    add(near.cites, true);
    add(near.cited_by, false);
  }
}

}  // namespace fundstelle::search
