// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/export.h"

#include <nlohmann/json.hpp>

#include "document/csv.h"
#include "document/plain_text.h"
#include "present/address.h"
#include "present/collected.h"

namespace fundstelle::present {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kColumns =
    "id,type,body,legislature,number,date,title,authors,groups,ministries,topics,asked,answered,"
    "first_seen,citation,url,source_url,all_words,score";
constexpr std::string_view kPassageColumns = ",passage,kind,page,labels,heading,text";

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) {
    if (!out.empty()) out += "; ";
    out += value;
  }
  return out;
}

Collected piece_of(const ExportRecord& record) {
  Collected piece{record.hit.id, 0, {}};
  if (!record.place) return piece;
  PassageHit passage;
  passage.page = record.place->page;
  passage.labels = record.place->labels;
  return collected_of(record.hit, passage);
}

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

}  // namespace

Exporter::Exporter(ExportFormat format, ExportHead head, std::string base)
    : format_(format), head_(std::move(head)), base_(std::move(base)) {}

std::string Exporter::begin(bool bom) const {
  if (format_ == ExportFormat::kCsv) {
    std::string line = bom ? "\xEF\xBB\xBF" : "";
    line += kColumns;
    if (head_.passages) line += kPassageColumns;
    return line + "\r\n";
  }
  if (format_ == ExportFormat::kJsonl) {
    Json json;
    json["fundstelle_export"] = {{"revision", head_.revision},
                                 {"search", head_.search},
                                 {"q", head_.q},
                                 {"unit", head_.passages ? "passage" : "document"},
                                 {"total", head_.total}};
    return text_of(json);
  }
  return {};
}

void Exporter::append(std::string& out, const ExportRecord& record) const {
  const Hit& hit = record.hit;
  const CitedPlace place = record.place.value_or(CitedPlace{});
  const CitedWork work = cited_work(hit);
  const std::string address = base_ + collected_address(piece_of(record));
  switch (format_) {
    case ExportFormat::kBibtex:
      out += bibtex(work, place, base_.empty() ? "" : address) + "\n";
      return;
    case ExportFormat::kRis:
      out += ris(work, place, base_.empty() ? "" : address) + "\r\n";
      return;
    case ExportFormat::kCsv: {
      bool first = true;
      const auto field = [&](std::string_view text) {
        if (!first) out += ',';
        first = false;
        out += csv_field(text);
      };
      // Our own numbers may begin with a minus and are no formulas.
      const auto number = [&](const std::string& text) {
        out += ',';
        out += text;
      };
      field(hit.id);
      field(hit.type_label);
      field(hit.body_label);
      number(hit.legislature ? std::to_string(*hit.legislature) : "");
      field(hit.number);
      field(hit.date);
      field(hit.title);
      field(joined(hit.authors));
      field(joined(hit.groups));
      field(joined(hit.ministries));
      field(joined(hit.topics));
      field(hit.asked);
      field(hit.answered);
      field(hit.first_seen);
      field(full_citation(work, place));
      field(address);
      field(hit.urls.empty() ? "" : hit.urls.front());
      number(hit.all_words ? "true" : "false");
      number(decimal(hit.score));
      if (head_.passages) {
        number(record.passage ? std::to_string(*record.passage) : "");
        field(record.kind);
        number(place.page == 0 ? "" : std::to_string(place.page));
        field(joined(place.labels));
        field(record.heading);
        field(record.text);
      }
      out += "\r\n";
      return;
    }
    case ExportFormat::kJsonl: {
      Json json;
      json["id"] = hit.id;
      json["type"] = or_null(hit.type_label);
      json["type_id"] = or_null(hit.type);
      json["body"] = or_null(hit.body_label);
      json["body_id"] = or_null(hit.body);
      json["legislature"] = hit.legislature ? Json(*hit.legislature) : Json(nullptr);
      json["number"] = or_null(hit.number);
      json["date"] = or_null(hit.date);
      json["title"] = hit.title;
      json["authors"] = hit.authors;
      json["groups"] = hit.groups;
      json["ministries"] = hit.ministries;
      json["topics"] = hit.topics;
      json["asked"] = or_null(hit.asked);
      json["answered"] = or_null(hit.answered);
      json["first_seen"] = or_null(hit.first_seen);
      json["citation"] = full_citation(work, place);
      json["url"] = address;
      json["urls"] = hit.urls;
      json["all_words"] = hit.all_words;
      json["score"] = hit.score;
      if (head_.passages) {
        json["passage"] = record.passage ? Json(*record.passage) : Json(nullptr);
        json["kind"] = or_null(record.kind);
        json["page"] = place.page == 0 ? Json(nullptr) : Json(place.page);
        json["labels"] = place.labels;
        json["heading"] = or_null(record.heading);
        json["text"] = record.text;
      }
      out += text_of(json);
      return;
    }
  }
}

}  // namespace fundstelle::present
