// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/batch.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "document/json_writer.h"
#include "present/address.h"
#include "present/files/citation.h"
#include "present/problem.h"

namespace fundstelle::present {
namespace {

using Json = nlohmann::ordered_json;

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Hits are written without a JSON tree: lists of ids are most of what batches give.

void append_or_null(std::string& out, std::string_view text) {
  if (text.empty()) {
    out += "null";
  } else {
    append_json(out, text);
  }
}

void append_list(std::string& out, const std::vector<std::string>& values) {
  out += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    append_json(out, values[i]);
  }
  out += ']';
}

void append_score(std::string& out, double score) {
  char digits[32];
  // The shortest text that reads back as the same number: two runs give the same bytes.
  const auto end = std::to_chars(digits, digits + sizeof digits, score);
  out.append(digits, end.ptr);
}

const PassageHit* place_of(const Hit& hit) {
  return hit.passages.empty() ? nullptr : &hit.passages.front();
}

void append_parts(std::string& out, const std::vector<SnippetPart>& parts) {
  out += '[';
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += i == 0 ? "{\"text\":" : ",{\"text\":";
    append_json(out, parts[i].text);
    out += parts[i].hit ? ",\"hit\":true}" : ",\"hit\":false}";
  }
  out += ']';
}

const std::vector<BatchField> kFields{
    {"id", [](std::string& out, const Hit& hit) { append_json(out, hit.id); }, false, false, false},
    {"score", [](std::string& out, const Hit& hit) { append_score(out, hit.score); }, false, false,
     false},
    {"all_words", [](std::string& out, const Hit& hit) { out += hit.all_words ? "true" : "false"; },
     false, false, false},
    {"passage",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       out += place != nullptr ? std::to_string(place->passage) : "null";
     },
     false, false, false},
    {"kind",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       append_or_null(out, place != nullptr ? place->kind : std::string());
     }},
    {"page",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       out += place != nullptr && place->page != 0 ? std::to_string(place->page) : "null";
     }},
    {"labels",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       append_list(out, place != nullptr ? place->labels : std::vector<std::string>());
     }},
    {"heading",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       append_or_null(out, place != nullptr ? place->heading : std::string());
     }},
    {"snippet",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       append_parts(out, place != nullptr ? place->snippet : std::vector<SnippetPart>());
     },
     true},
    {"text",
     [](std::string& out, const Hit& hit) {
       std::string text;
       if (const PassageHit* place = place_of(hit)) {
         for (const SnippetPart& part : place->snippet) text += part.text;
       }
       append_json(out, text);
     },
     true, true},
    {"type", [](std::string& out, const Hit& hit) { append_or_null(out, hit.type_label); }},
    {"type_id", [](std::string& out, const Hit& hit) { append_or_null(out, hit.type); }},
    {"body", [](std::string& out, const Hit& hit) { append_or_null(out, hit.body_label); }},
    {"body_id", [](std::string& out, const Hit& hit) { append_or_null(out, hit.body); }},
    {"legislature",
     [](std::string& out, const Hit& hit) {
       out += hit.legislature ? std::to_string(*hit.legislature) : "null";
     }},
    {"number", [](std::string& out, const Hit& hit) { append_or_null(out, hit.number); }},
    {"title", [](std::string& out, const Hit& hit) { append_json(out, hit.title); }},
    {"date", [](std::string& out, const Hit& hit) { append_or_null(out, hit.date); }},
    {"asked", [](std::string& out, const Hit& hit) { append_or_null(out, hit.asked); }},
    {"answered", [](std::string& out, const Hit& hit) { append_or_null(out, hit.answered); }},
    {"first_seen", [](std::string& out, const Hit& hit) { append_or_null(out, hit.first_seen); }},
    {"authors", [](std::string& out, const Hit& hit) { append_list(out, hit.authors); }},
    {"groups", [](std::string& out, const Hit& hit) { append_list(out, hit.groups); }},
    {"ministries", [](std::string& out, const Hit& hit) { append_list(out, hit.ministries); }},
    {"topics", [](std::string& out, const Hit& hit) { append_list(out, hit.topics); }},
    {"copies", [](std::string& out, const Hit& hit) { append_list(out, hit.copies); }},
    {"urls", [](std::string& out, const Hit& hit) { append_list(out, hit.urls); }},
    {"ocr", [](std::string& out, const Hit& hit) { out += hit.ocr ? "true" : "false"; }},
    {"citation",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       append_json(out, full_citation(cited_work(hit),
                                      place != nullptr ? cited_place(*place) : CitedPlace{}));
     }},
    {"url",
     [](std::string& out, const Hit& hit) {
       const PassageHit* place = place_of(hit);
       append_json(out, document_address(hit.id, {},
                                         place != nullptr ? place_anchor(*place) : std::string()));
     }},
};

const BatchField* field_of(std::string_view name) {
  const auto found = std::find_if(kFields.begin(), kFields.end(),
                                  [&](const BatchField& field) { return field.name == name; });
  return found == kFields.end() ? nullptr : &*found;
}

std::string field_names() {
  std::string names;
  for (const BatchField& field : kFields) {
    if (!names.empty()) names += ", ";
    names += field.name;
  }
  return names;
}

Json line_json(const BatchLine& line) {
  Json json;
  json["line"] = line.line;
  json["id"] = line.id.empty() ? Json(nullptr) : Json(line.id);
  return json;
}

}  // namespace

const std::vector<BatchField>& batch_fields() { return kFields; }

std::variant<std::vector<const BatchField*>, Problem> read_batch_fields(std::string_view list,
                                                                        Unit unit) {
  std::vector<const BatchField*> fields;
  if (list.empty()) {
    fields = {field_of("id"), field_of("score")};
    if (unit == Unit::kPassage) {
      fields.insert(fields.begin() + 1, {field_of("passage"), field_of("page")});
    }
    return fields;
  }
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string_view name = list.substr(begin, end - begin);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    begin = end + 1;
    if (name.empty()) continue;
    const BatchField* field = field_of(name);
    if (field == nullptr) {
      return Problem{"bad_parameter",
                     "Der Parameter „fields“ kennt „" + std::string(name.substr(0, 40)) +
                         "“ nicht. Erlaubt sind: " + field_names() + ".",
                     "fields"};
    }
    if (field->text && unit != Unit::kPassage) {
      return Problem{"bad_parameter", "„text“ gibt es nur mit unit=passage.", "fields"};
    }
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
  }
  return fields;
}

std::string batch_head(const BatchHead& head) {
  Json parameters = Json::object();
  for (const auto& [name, value] : head.parameters) parameters[name] = value;
  Json json;
  json["program"] = head.program;
  json["revision"] = head.revision;
  json["fingerprint"] = head.fingerprint;
  json["documents"] = head.documents;
  json["lines"] = head.lines;
  json["first_line"] = head.first_line;
  json["parameters"] = std::move(parameters);
  return line_of({{"fundstelle_batch", std::move(json)}});
}

std::string batch_problem(const BatchLine& line, const Problem& problem) {
  Json json = line_json(line);
  json["problem"] = Json::parse(problem_json(problem));
  return line_of(json);
}

std::string batch_line_begin(const BatchLine& line, const SearchRequest& request,
                             const SearchAnswer& answer, std::uint64_t offset) {
  Json json = line_json(line);
  json["unit"] = request.unit == Unit::kPassage ? "passage" : "document";
  json["total"] = {{"value", answer.total},
                   {"exact", answer.incomplete.empty()},
                   {"all_words", answer.total_all_words}};
  if (!answer.incomplete.empty()) json["incomplete"] = answer.incomplete;
  json["relaxed"] = answer.query.relaxed;
  json["understood"] = answer.query.understood;
  json["ignored"] = answer.query.ignored;
  if (!answer.facets.empty()) {
    Json facets = Json::object();
    for (const FacetCounts& counts : answer.facets) {
      Json values = Json::array();
      for (const FacetValue& value : counts.values) {
        values.push_back({{"value", value.slug}, {"label", value.label}, {"count", value.count}});
      }
      facets[to_string(counts.facet)] = {{"values", std::move(values)},
                                         {"distinct", counts.distinct},
                                         {"missing", counts.missing}};
    }
    json["facets"] = std::move(facets);
  }
  json["offset"] = offset;
  std::string out = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  out.pop_back();
  return out + ",\"hits\":[";
}

void append_batch_hit(std::string& out, const Hit& hit,
                      const std::vector<const BatchField*>& fields) {
  char before = '{';
  for (const BatchField* field : fields) {
    out += before;
    out += '"';
    out += field->name;
    out += "\":";
    field->append(out, hit);
    before = ',';
  }
  if (fields.empty()) out += '{';
  out += '}';
}

std::string batch_line_end(std::string_view cursor) {
  std::string out = "],\"cursor\":";
  append_or_null(out, cursor);
  return out + "}\n";
}

std::string batch_end(const BatchEnd& end) {
  Json json;
  json["records"] = end.records;
  json["failed"] = end.failed;
  json["hits"] = end.hits;
  json["complete"] = end.next.empty();
  json["next"] = end.next.empty() ? Json(nullptr) : Json(end.next);
  return line_of({{"fundstelle_batch_end", std::move(json)}});
}

}  // namespace fundstelle::present
