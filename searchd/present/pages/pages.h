// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers as German web pages. Templates (web/templates, ctemplate with automatic escaping) are
// read once; every page is a pure function of its arguments and safe for many threads.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "present/collected.h"
#include "present/pages/asked_page.h"
#include "present/pages/trend.h"
#include "present/problem.h"
#include "present/shown_document.h"
#include "present/site.h"
#include "query/answer.h"
#include "query/request.h"

namespace fundstelle::present {

/// A template is missing or wrong; what() names the file.
struct TemplateError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What the pages tell of the collection.
struct Collection {
  std::uint64_t documents = 0, bodies = 0;
  std::string oldest_date, newest_date;  ///< ISO, may be empty
  std::string indexed;                   ///< ISO date-time
};

/// A search near to one without hits, and how many it has.
struct WayOut {
  std::string label;  ///< "ohne „Schulbus“"
  SearchRequest request;
  std::uint64_t hits = 0;
};

/// A search to begin with.
struct Example {
  std::string q;
  std::uint64_t hits = 0;  ///< with all words
};

class Pages {
 public:
  /// `assets` maps file names ("style.css") to their served addresses. Throws TemplateError.
  Pages(const std::filesystem::path& templates, std::map<std::string, std::string> assets,
        Site site = {});
  ~Pages();
  /// web/templates/openapi.json as it stands there; see present/files/openapi.h.
  [[nodiscard]] const std::string& openapi_source() const;
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  /// "/" : the search field and what is searched. `overview`: an answer to the empty query with
  /// facets, for links into the collection; bodies complete, for the sums of their levels.
  [[nodiscard]] std::string start(const Collection& collection, const SearchAnswer& overview,
                                  const std::vector<Example>& examples = {}) const;

  /// "/suche". `originals`: ids of hits that have an original to link to.
  struct Results {
    const SearchRequest& request;
    const SearchAnswer& answer;
    const Collection& collection;
    std::vector<std::string> originals;
    std::vector<WayOut> ways_out{};
  };
  [[nodiscard]] std::string results(const Results& results) const;

  /// "/filter": every value of one facet. `answer` must count it; `wanted`: part of a label, empty
  /// for all.
  [[nodiscard]] std::string values(const SearchRequest& request, const SearchAnswer& answer,
                                   Facet facet, const std::string& wanted) const;

  /// "/verlauf" as a page, and its picture alone as an SVG file.
  [[nodiscard]] std::string trend(const TrendView& view) const;
  [[nodiscard]] std::string trend_picture(const TrendView& view) const;

  /// "/dokument/ID"
  [[nodiscard]] std::string document(const ShownDocument& shown) const;

  /// Several papers bear the number asked for.
  [[nodiscard]] std::string choice(const std::string& number, const std::vector<Hit>& papers) const;

  /// "/schon-gefragt"
  [[nodiscard]] std::string asked(const AskedView& view) const;

  /// "/hilfe"
  [[nodiscard]] std::string help(const Collection& collection) const;

  /// "/mappe": what somebody collected; empty: how one collects. `base` makes addresses absolute.
  [[nodiscard]] std::string folder(const std::vector<CollectedEntry>& entries,
                                   const std::string& base) const;

  /// "/dossier": passages whole, with citations, to print.
  struct Dossier {
    std::string heading, summary;
    std::string back;  ///< address of the search or collection
    std::string base, revision;
    std::string date;  ///< ISO, of the newest revision
    std::vector<CollectedEntry> entries;
  };
  [[nodiscard]] std::string dossier(const Dossier& dossier) const;

  /// "/impressum" and the like.
  [[nodiscard]] std::string site_text(const SiteText& text) const;
  [[nodiscard]] const Site& site() const;
  /// Served address of an asset; empty if there is none.
  [[nodiscard]] std::string asset(const std::string& name) const;

  /// `back`: a search to go on with, empty: none. `q` fills the search field.
  /// `words` of an address nothing lies at, to search for instead.
  [[nodiscard]] std::string problem(const Problem& problem, const std::string& back = {},
                                    const std::string& q = {}, const std::string& words = {}) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace fundstelle::present
