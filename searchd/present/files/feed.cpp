// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/feed.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "document/plain_text.h"
#include "present/address.h"
#include "present/collected.h"
#include "present/files/citation.h"
#include "present/files/xml.h"
#include "present/german.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

struct Entry {
  std::string id, url, title, summary, updated, published;
  std::vector<std::string> authors, topics;
};

bool is_day(const std::string& date) { return date.size() == 10; }

std::string summary_of(const Hit& hit) {
  std::string text;
  for (const PassageHit& passage : hit.passages) {
    std::string snippet;
    for (const SnippetPart& part : passage.snippet) snippet += part.text;
    if (snippet.empty()) continue;
    // Snippets begin and end with their own "…".
    if (!text.empty()) text += "\n\n";
    text += plain_line(snippet);
  }
  return text;
}

Entry entry_of(const Feed& feed, const Hit& hit) {
  Entry entry;
  CitedPlace place;
  Collected piece{hit.id, 0, {}};
  if (feed.request.unit == Unit::kPassage && !hit.passages.empty()) {
    piece = collected_of(hit, hit.passages.front());
    place = cited_place(hit.passages.front());
  }
  entry.id = "tag:" + feed.authority + ",2025:dokument/" + hit.id;
  if (!piece.label.empty()) {
    entry.id += "/f" + piece.label;
  } else if (piece.page != 0) {
    entry.id += "/s" + std::to_string(piece.page);
  }
  // Without the words: the address of an entry is that of the document for every subscriber.
  entry.url = feed.base + collected_address(piece);
  const std::string title =
      plain_line(hit.title.empty() ? untitled(hit.type_label, hit.number, hit.id) : hit.title);
  const std::string cited = short_citation(cited_work(hit), place);
  entry.title = hit.number.empty() ? title : cited + ": " + title;
  entry.summary = full_citation(cited_work(hit), place);
  const std::string text = summary_of(hit);
  if (!text.empty()) entry.summary += "\n\n" + text;
  if (is_day(hit.date)) entry.published = hit.date + "T00:00:00Z";
  entry.updated = !hit.first_seen.empty()    ? hit.first_seen
                  : !entry.published.empty() ? entry.published
                                             : feed.indexed;
  entry.authors = hit.authors;
  if (entry.authors.empty()) entry.authors = hit.groups;
  if (entry.authors.empty() && !hit.body_label.empty()) entry.authors = {hit.body_label};
  entry.topics = hit.topics;
  return entry;
}

std::string feed_title(const Feed& feed) {
  const std::string& q = feed.request.q;
  std::string title = feed.site_name + ": " + (q.empty() ? std::string("alle Dokumente") : q);
  const std::size_t filters =
      feed.request.filters.size() + (feed.request.from != 0 || feed.request.to != 0 ? 1 : 0);
  if (filters > 0) title += " (gefiltert)";
  return title;
}

SearchRequest without_paging(const SearchRequest& request) {
  SearchRequest plain = request;
  plain.page = 1;
  plain.size = SearchRequest{}.size;
  plain.cursor.clear();
  plain.sort = Sort::kRelevance;
  return plain;
}

}  // namespace

std::string atom_feed(const Feed& feed) {
  const SearchRequest plain = without_paging(feed.request);
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"de\">\n";
  const auto element = [&xml](const char* indent, const char* name, const std::string& text) {
    xml += std::string(indent) + "<" + name + ">" + xml_text(text) + "</" + name + ">\n";
  };
  std::vector<Entry> entries;
  std::string updated;
  for (const Hit& hit : feed.answer.hits) {
    entries.push_back(entry_of(feed, hit));
    updated = std::max(updated, entries.back().updated);
  }
  if (updated.empty()) updated = feed.indexed;
  element("", "title", feed_title(feed));
  element("", "subtitle",
          german_count(feed.answer.total) + " Treffer; zuletzt aufgenommene zuerst. Stand " +
              feed.answer.revision);
  element("", "id", "tag:" + feed.authority + ",2025:" + search_address(plain, "suche"));
  element("", "updated", updated);
  element("", "generator", "Fundstelle");
  xml += "<author><name>" + xml_text(feed.site_name) + "</name></author>\n";
  const auto link = [&xml](const char* indent, const char* rel, const char* type,
                           const std::string& address) {
    xml += std::string(indent) + "<link rel=\"" + rel + "\" type=\"" + type + "\" href=\"" +
           xml_text(address) + "\"/>\n";
  };
  link("", "self", "application/atom+xml", feed.base + search_address(plain, "/feed.atom"));
  link("", "alternate", "text/html", feed.base + search_address(plain));
  for (const Entry& entry : entries) {
    xml += "<entry>\n";
    element("  ", "id", entry.id);
    element("  ", "title", entry.title);
    element("  ", "updated", entry.updated);
    if (!entry.published.empty()) element("  ", "published", entry.published);
    for (const std::string& author : entry.authors) {
      xml += "  <author><name>" + xml_text(author) + "</name></author>\n";
    }
    link("  ", "alternate", "text/html", entry.url);
    for (const std::string& topic : entry.topics) {
      xml += "  <category term=\"" + xml_text(topic) + "\"/>\n";
    }
    element("  ", "summary", entry.summary);
    xml += "</entry>\n";
  }
  return xml + "</feed>\n";
}

std::string json_feed(const Feed& feed) {
  using Json = nlohmann::ordered_json;
  const SearchRequest plain = without_paging(feed.request);
  Json json;
  json["version"] = "https://jsonfeed.org/version/1.1";
  json["title"] = plain_line(feed_title(feed));
  json["home_page_url"] = feed.base + search_address(plain);
  json["feed_url"] = feed.base + search_address(plain, "/feed.json");
  json["description"] = german_count(feed.answer.total) +
                        " Treffer; zuletzt aufgenommene zuerst. Stand " + feed.answer.revision;
  json["language"] = "de";
  Json items = Json::array();
  for (const Hit& hit : feed.answer.hits) {
    const Entry entry = entry_of(feed, hit);
    Json item;
    item["id"] = entry.id;
    item["url"] = entry.url;
    if (!hit.urls.empty() && hit.urls.front().substr(0, 4) == "http") {
      item["external_url"] = hit.urls.front();
    }
    item["title"] = entry.title;
    item["content_text"] = entry.summary;
    item["date_published"] = entry.published.empty() ? entry.updated : entry.published;
    item["date_modified"] = entry.updated;
    Json authors = Json::array();
    for (const std::string& author : entry.authors) {
      authors.push_back({{"name", plain_line(author)}});
    }
    if (!authors.empty()) item["authors"] = std::move(authors);
    if (!entry.topics.empty()) item["tags"] = entry.topics;
    items.push_back(std::move(item));
  }
  json["items"] = std::move(items);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace fundstelle::present
