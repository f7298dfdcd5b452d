// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/exporting.h"

#include <nlohmann/json.hpp>

namespace fundstelle::research {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "https://schema.oparl.org/1.1/";

void put(std::string& out, const Json& json) {
  out += json.dump(-1, ' ', false, Json::error_handler_t::replace);
  out += '\n';
}

void set(Json& json, const char* name, const std::string& value) {
  if (!value.empty()) json[name] = value;
}

/// A name as part of an address.
std::string in_address(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += "0123456789ABCDEF"[byte >> 4];
    out += "0123456789ABCDEF"[byte & 15];
  }
  return out;
}

std::string whole_text(const Document& document) {
  std::string out;
  for (const Page& page : document.pages) {
    if (!out.empty()) out += "\n\n";
    out += page.text;
  }
  return out;
}

}  // namespace

OparlWriter::OparlWriter(std::string base) : base_(std::move(base)) {}

void OparlWriter::append(std::string& out, const Document& document) {
  const auto object = [&](const char* kind, const std::string& key) {
    return Json{{"id", base_ + "/oparl/" + kind + "/" + in_address(key)},
                {"type", std::string(kSchema) + kind}};
  };
  std::string body;
  if (!document.body.empty()) {
    const Json one = [&] {
      Json json = object("Body", document.body_id.empty() ? document.body : document.body_id);
      json["name"] = document.body;
      return json;
    }();
    body = one["id"];
    if (told_.insert(body).second) put(out, one);
  }
  const auto organization = [&](const std::string& slug, const std::string& name,
                                const char* kind) {
    Json json = object("Organization", slug.empty() ? name : slug);
    set(json, "body", body);
    json["name"] = name;
    json["organizationType"] = kind;
    std::string id = json["id"];
    if (told_.insert(id).second) put(out, json);
    return id;
  };
  Json originators = Json::array(), directed = Json::array(), persons = Json::array();
  for (std::size_t i = 0; i < document.groups.size(); ++i) {
    originators.push_back(organization(i < document.group_ids.size() ? document.group_ids[i] : "",
                                       document.groups[i], "Fraktion"));
  }
  for (std::size_t i = 0; i < document.ministries.size(); ++i) {
    directed.push_back(
        organization(i < document.ministry_ids.size() ? document.ministry_ids[i] : "",
                     document.ministries[i], "Verwaltungsbereich"));
  }
  for (const std::string& author : document.authors) {
    Json json = object("Person", author);
    set(json, "body", body);
    json["name"] = author;
    const std::string id = json["id"];
    if (told_.insert(id).second) put(out, json);
    persons.push_back(id);
  }
  const bool minutes = document.type_id.find("protokoll") != std::string::npos;
  Json file = object("File", document.id);
  set(file, "name", document.title);
  set(file, "date", document.date);
  set(file, "mimeType", document.source.media_type);
  if (document.source.bytes > 0) file["size"] = document.source.bytes;
  if (!document.urls.empty()) file["accessUrl"] = document.urls.front();
  file["text"] = whole_text(document);
  if (!document.source.sha256.empty()) file["fundstelle:sha256"] = document.source.sha256;

  Json paper = object(minutes ? "Meeting" : "Paper", document.id);
  set(paper, "body", body);
  set(paper, "name", document.title);
  if (minutes) {
    if (!document.date.empty()) paper["start"] = document.date + "T00:00:00+00:00";
    paper["verbatimProtocol"] = std::move(file);
    set(paper, "fundstelle:reference", document.number);
  } else {
    set(paper, "reference", document.number);
    set(paper, "date", document.date);
    set(paper, "paperType", document.type);
    if (!originators.empty()) paper["originatorOrganization"] = originators;
    if (!persons.empty()) paper["originatorPerson"] = persons;
    if (!directed.empty()) paper["underDirectionOf"] = directed;
    Json related = Json::array();
    for (const Relation& relation : document.relations) {
      if (relation.id.empty()) continue;
      related.push_back(base_ + "/oparl/Paper/" + in_address(relation.id));
    }
    if (!related.empty()) paper["relatedPaper"] = related;
    paper["mainFile"] = std::move(file);
  }
  if (!document.topics.empty() || !document.keywords.empty()) {
    Json keywords = document.keywords;
    for (const std::string& topic : document.topics) keywords.push_back(topic);
    paper["keyword"] = keywords;
  }
  if (!document.urls.empty()) paper["web"] = document.urls.front();
  set(paper, "created", document.first_seen);
  set(paper, "modified", document.first_seen);
  if (document.legislature) paper["fundstelle:legislature"] = *document.legislature;
  put(out, paper);
}

std::string to_text(const Document& document) {
  std::string out;
  for (const std::string* line :
       {&document.title, &document.body, &document.number, &document.date}) {
    if (!line->empty()) out += *line + "\n";
  }
  for (const Page& page : document.pages) {
    out += "\n";
    // A form feed parts printed pages, as pdftotext has it.
    if (document.paged && page.number > 1) out += "\f";
    out += page.text + "\n";
  }
  return out;
}

std::filesystem::path text_path(const Document& document) {
  const std::string year = document.date.size() >= 4 ? document.date.substr(0, 4) : "undated";
  return std::filesystem::path(year) / (document.id + ".txt");
}

}  // namespace fundstelle::research
