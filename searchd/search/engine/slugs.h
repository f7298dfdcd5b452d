// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the values typed behind `fraktion:`, `thema:`, `von:` … may mean in a collection.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.h"
#include "search/engine/plan.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// The table of identities a facet's values come from; none: they are numbers.
[[nodiscard]] std::optional<Axis> axis_of(Facet facet);

/// The rules, whoever holds the values: one index, or several that answer as one (shards/).
class Slugs : public SlugFinder {
 public:
  /// The slug itself, a known spelling, else every label with a word that begins so.
  [[nodiscard]] std::vector<std::string> slugs(Facet facet, std::string_view typed) const override;
  [[nodiscard]] bool known_elsewhere(Facet facet, std::string_view typed) const override;
  [[nodiscard]] std::optional<Near> nearest(Facet facet, std::string_view typed) const override;
  [[nodiscard]] std::optional<Near> nearest_author(std::string_view folded) const override;

 protected:
  /// `slugs`, `labels` and `id_of` are read, nothing else.
  [[nodiscard]] virtual const FacetColumn& column(Facet facet) const = 0;
  [[nodiscard]] virtual std::string fold(std::string_view text) const = 0;
  /// Calls `take` with every folded word of authors' names that begins so.
  virtual void authors(const std::string& begin,
                       const std::function<void(const std::string&)>& take) const = 0;
};

/// Over one index.
class ColumnSlugs : public Slugs {
 public:
  explicit ColumnSlugs(const Reader& reader) : reader_(reader) {}
  [[nodiscard]] bool holds(const std::string& term) const override;
  /// Folded words of authors' names that begin so.
  [[nodiscard]] std::vector<std::string> author_words(const std::string& begin) const;

 protected:
  [[nodiscard]] const FacetColumn& column(Facet facet) const override {
    return reader_.snapshot.facet(facet);
  }
  [[nodiscard]] std::string fold(std::string_view text) const override {
    return reader_.analyzer.fold(text);
  }
  void authors(const std::string& begin,
               const std::function<void(const std::string&)>& take) const override;

 private:
  const Reader& reader_;
};

}  // namespace fundstelle::search
