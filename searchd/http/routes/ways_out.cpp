// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/routes/ways_out.h"

#include <algorithm>
#include <string>

#include "present/pages/narrowing.h"
#include "query/parser.h"
#include "query/print.h"

namespace fundstelle::http {
namespace {

using Kind = QueryNode::Kind;
using present::WayOut;

constexpr std::size_t kMostWords = 6, kMostWays = 10;

std::string joined(const std::vector<std::string>& parts, std::size_t without, bool demanded) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == without) continue;
    if (!out.empty()) out += demanded ? " UND " : " ";
    out += parts[i];
  }
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) words.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

/// What the query asks for side by side, each as it can be typed.
std::vector<std::string> parts_of(const QueryNode& root) {
  std::vector<std::string> parts;
  const auto add = [&parts](const QueryNode& node) {
    if (node.kind == Kind::kWords) {
      for (std::string& word : words_of(node.text)) parts.push_back(std::move(word));
    } else if (node.kind == Kind::kOr || node.kind == Kind::kNear || node.kind == Kind::kAnd) {
      parts.push_back("(" + print_query(node) + ")");
    } else {
      parts.push_back(print_query(node));
    }
  };
  if (root.kind == Kind::kAnd) {
    for (const auto& child : root.children) add(*child);
  } else {
    add(root);
  }
  return parts;
}

/// The query with its quotations as words; empty if there is none.
std::string without_quotes(const QueryNode& root) {
  std::string out;
  bool changed = false;
  const auto add = [&](const QueryNode& node) {
    if (!out.empty()) out += ' ';
    if (node.kind == Kind::kPhrase) {
      out += node.text;
      changed = true;
    } else {
      out += print_query(node);
    }
  };
  if (root.kind == Kind::kPhrase) {
    add(root);
  } else if (root.kind == Kind::kAnd) {
    for (const auto& child : root.children) {
      if (child->kind != Kind::kPhrase && child->kind != Kind::kWords) return {};
      add(*child);
    }
  }
  return changed ? out : std::string();
}

class Finder {
 public:
  Finder(const SearchRequest& request, const Count& count) : request_(request), count_(count) {}

  void try_change(const std::string& label, const std::function<void(SearchRequest&)>& change) {
    if (tried_ == kMostWays) return;
    ++tried_;
    WayOut way{label, present::first_page(request_), 0};
    change(way.request);
    SearchRequest counted = way.request;
    counted.size = 1;
    counted.facets.clear();
    counted.histogram = counted.snippets = false;
    way.hits = count_(counted).total;
    if (way.hits > 0) found_.push_back(std::move(way));
  }
  std::vector<WayOut> take() { return std::move(found_); }

 private:
  const SearchRequest& request_;
  const Count& count_;
  std::vector<WayOut> found_;
  std::size_t tried_ = 0;
};

}  // namespace

std::vector<WayOut> ways_out(const SearchRequest& request, const SearchAnswer& answer,
                             const Count& count) {
  const bool nothing = answer.total == 0;
  if (!nothing && (!answer.query.relaxed || answer.total_all_words > 0)) return {};
  Finder finder(request, count);
  const ParsedQuery parsed = parse_query(request.q);
  const std::vector<std::string> parts = parts_of(*parsed.root);
  if (parts.size() > 1 && parts.size() <= kMostWords) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool ignored = std::any_of(
          answer.query.words.begin(), answer.query.words.end(),
          [&](const UnderstoodWord& word) { return word.ignored && word.typed == parts[i]; });
      if (ignored) continue;
      const bool quoted = parts[i].front() == '"';
      finder.try_change("ohne " + (quoted ? parts[i] : "„" + parts[i] + "“"),
                        [&](SearchRequest& changed) {
                          changed.q = joined(parts, i, parsed.root->demanded);
                          changed.match = MatchMode::kAll;
                        });
    }
  }
  if (!nothing) return finder.take();
  const std::string unquoted = without_quotes(*parsed.root);
  if (!unquoted.empty()) {
    finder.try_change("ohne Anführungszeichen",
                      [&](SearchRequest& changed) { changed.q = unquoted; });
  }
  if (request.match == MatchMode::kAll && parts.size() > 1) {
    finder.try_change("mit irgendeinem der Wörter",
                      [](SearchRequest& changed) { changed.match = MatchMode::kAny; });
  }
  const bool dated = request.from != 0 || request.to != 0;
  if (dated) {
    finder.try_change("ohne den Zeitraum " + present::period_text(request),
                      [](SearchRequest& changed) { changed.from = changed.to = 0; });
  }
  for (const FacetFilter& filter : request.filters) {
    std::string names;
    const auto add = [&](const std::string& slug, const char* before) {
      if (!names.empty()) names += ", ";
      names += before + present::value_label(answer, filter.facet, slug);
    };
    for (const std::string& slug : filter.wanted) add(slug, "");
    for (const std::string& slug : filter.excluded) add(slug, "ohne ");
    finder.try_change("ohne den Filter „" + names + "“", [&](SearchRequest& changed) {
      std::erase_if(changed.filters, [&](const auto& one) { return one.facet == filter.facet; });
    });
  }
  if (request.filters.size() + (dated ? 1 : 0) > 1) {
    finder.try_change("ohne alle Filter", [](SearchRequest& changed) {
      changed.filters.clear();
      changed.from = changed.to = 0;
    });
  }
  return finder.take();
}

}  // namespace fundstelle::http
