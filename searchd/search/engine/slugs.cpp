// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/slugs.h"

#include <algorithm>

#include "schema/schema.h"
#include "search/engine/nearest_word.h"

namespace fundstelle::search {

std::optional<Axis> axis_of(Facet facet) {
  switch (facet) {
    case Facet::kBody:
      return Axis::kBody;
    case Facet::kType:
      return Axis::kType;
    case Facet::kTopic:
      return Axis::kTopic;
    case Facet::kGroup:
      return Axis::kGroup;
    case Facet::kMinistry:
      return Axis::kMinistry;
    case Facet::kLegislature:
    case Facet::kYear:
      break;
  }
  return std::nullopt;
}

std::vector<std::string> Slugs::slugs(Facet facet, std::string_view typed) const {
  const FacetColumn& values = column(facet);
  if (values.find(std::string(typed))) return {std::string(typed)};
  if (const auto axis = axis_of(facet)) {
    const std::string known = resolve_slug(*axis, typed);
    if (values.find(known)) return {known};
  }
  const std::string folded = fold(typed);
  std::vector<std::string> out;
  if (folded.empty()) return out;
  for (std::size_t id = 0; id < values.slugs.size(); ++id) {
    const std::string label = " " + fold(values.labels[id]);
    for (std::size_t at = label.find(folded, 1); at != std::string::npos;
         at = label.find(folded, at + 1)) {
      if (label[at - 1] != ' ' && label[at - 1] != '-') continue;
      out.push_back(values.slugs[id]);
      break;
    }
  }
  return out;
}

bool Slugs::known_elsewhere(Facet facet, std::string_view typed) const {
  const auto axis = axis_of(facet);
  return axis && identity_of_slug(*axis, resolve_slug(*axis, typed)) != nullptr;
}

std::optional<SlugFinder::Near> Slugs::nearest(Facet facet, std::string_view typed) const {
  const FacetColumn& values = column(facet);
  NearestWord nearest(fold(typed));
  for (std::size_t id = 0; id < values.slugs.size(); ++id) {
    const std::string label = fold(values.labels[id]);
    for (const std::string& name : {values.slugs[id], label, label.substr(0, label.find(' '))}) {
      nearest.consider(name, values.slugs[id] + '\n' + values.labels[id]);
    }
  }
  const std::string& best = nearest.best();
  if (best.empty()) return std::nullopt;
  const std::size_t cut = best.find('\n');
  return Near{best.substr(0, cut), best.substr(cut + 1)};
}

std::optional<SlugFinder::Near> Slugs::nearest_author(std::string_view folded) const {
  NearestWord nearest{std::string(folded)};
  // The first letter is seldom wrong, and narrows the walk.
  authors(std::string(folded.substr(0, 1)),
          [&](const std::string& name) { nearest.consider(name, name); });
  if (nearest.best().empty()) return std::nullopt;
  return Near{nearest.best(), nearest.best()};
}

bool ColumnSlugs::holds(const std::string& term) const {
  return reader_.frequency(Unit::kDocument, term) > 0;
}

void ColumnSlugs::authors(const std::string& begin,
                          const std::function<void(const std::string&)>& take) const {
  const std::string prefix = std::string(schema::kAuthor) + begin;
  for (const Xapian::Database& db : reader_.documents) {
    for (auto it = db.allterms_begin(prefix); it != db.allterms_end(prefix); ++it) {
      take((*it).substr(schema::kAuthor.size()));
    }
  }
}

std::vector<std::string> ColumnSlugs::author_words(const std::string& begin) const {
  std::vector<std::string> out;
  authors(begin, [&](const std::string& word) { out.push_back(word); });
  return out;
}

}  // namespace fundstelle::search
