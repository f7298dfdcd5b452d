// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/opensearch.h"

#include <nlohmann/json.hpp>

#include "document/plain_text.h"
#include "present/address.h"
#include "present/files/xml.h"
#include "present/german.h"

namespace fundstelle::present {
namespace {

constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// At most `most` characters of UTF-8.
std::string cut(const std::string& text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80;
    if (begins && ++characters > most) return text.substr(0, i);
  }
  return text;
}

}  // namespace

std::string opensearch_description(const std::string& site_name, const std::string& base,
                                   const std::string& icon) {
  const std::string name = plain_line(site_name);
  std::string xml(kXml);
  xml += "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n";
  xml += "<ShortName>" + xml_text(cut(name, 16)) + "</ShortName>\n";
  xml += "<LongName>" + xml_text(cut(name, 48)) + "</LongName>\n";
  xml += "<Description>Suche in parlamentarischen Anfragen und Dokumenten</Description>\n";
  xml += "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n";
  xml += "<Language>de</Language>\n";
  if (!icon.empty()) {
    xml += "<Image type=\"image/svg+xml\">" + xml_text(base + icon) + "</Image>\n";
  }
  const auto url = [&](const char* type, const char* rel, const char* address) {
    xml += std::string("<Url type=\"") + type + "\" rel=\"" + rel + "\" template=\"" +
           xml_text(base + address) + "\"/>\n";
  };
  url("text/html", "results", "/suche?q={searchTerms}");
  url("application/x-suggestions+json", "suggestions", "/opensearch/vorschlag?q={searchTerms}");
  url("application/atom+xml", "results", "/feed.atom?q={searchTerms}");
  url("application/opensearchdescription+xml", "self", "/opensearch.xml");
  return xml + "</OpenSearchDescription>\n";
}

std::string opensearch_suggestions(const std::string& q, const SuggestAnswer& answer,
                                   const std::string& base) {
  using Json = nlohmann::json;
  Json words = Json::array(), notes = Json::array(), addresses = Json::array();
  for (const Suggestion& one : answer.suggestions) {
    words.push_back(one.query);
    notes.push_back(one.kind_label + (one.count > 0
                                          ? ", " + counted(one.count, "Dokument", "Dokumente")
                                          : std::string()));
    SearchRequest request;
    request.q = one.query;
    addresses.push_back(base + search_address(request));
  }
  return Json::array({q, words, notes, addresses})
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string sitemap_index(const std::string& base, std::uint64_t documents,
                          const std::string& indexed) {
  std::string xml(kXml);
  xml += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  const std::uint64_t parts =
      std::max<std::uint64_t>(1, (documents + kSitemapAddresses - 1) / kSitemapAddresses);
  // Part 0 holds the pages that are no documents.
  for (std::uint64_t part = 0; part <= parts; ++part) {
    if (part > 0 && documents == 0) break;
    xml += "<sitemap><loc>" + xml_text(base + "/sitemap/" + std::to_string(part)) + "</loc>";
    if (!indexed.empty()) xml += "<lastmod>" + xml_text(indexed) + "</lastmod>";
    xml += "</sitemap>\n";
  }
  return xml + "</sitemapindex>\n";
}

std::string sitemap(const std::string& base, const std::vector<ListedDocument>& documents,
                    const std::vector<std::string>& pages) {
  std::string xml(kXml);
  xml += "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (const std::string& page : pages) {
    xml += "<url><loc>" + xml_text(base + page) + "</loc></url>\n";
  }
  for (const ListedDocument& document : documents) {
    xml += "<url><loc>" + xml_text(base + document_address(document.id)) + "</loc>";
    if (!document.first_seen.empty()) {
      xml += "<lastmod>" + xml_text(document.first_seen) + "</lastmod>";
    }
    xml += "</url>\n";
  }
  return xml + "</urlset>\n";
}

std::string robots_text(const std::string& base) {
  std::string text =
      "User-agent: *\nDisallow: /api/\nDisallow: /suche\nDisallow: /feed.\nDisallow: /dossier\n"
      "Disallow: /mappe\nDisallow: /opensearch/\n";
  if (!base.empty()) text += "Sitemap: " + base + "/sitemap.xml\n";
  return text;
}

}  // namespace fundstelle::present
