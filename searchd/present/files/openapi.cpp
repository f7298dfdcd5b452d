// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/openapi.h"

#include <nlohmann/json.hpp>

#include "present/files/batch.h"
#include "present/files/export.h"
#include "present/problem.h"
#include "query/request.h"

namespace fundstelle::present {
namespace {

using Json = nlohmann::ordered_json;

std::map<std::string, Json> values_of(const OpenApiFacts& facts) {
  std::map<std::string, Json> values;
  for (const auto& [name, text] : facts.texts) values[name] = text;
  for (const auto& [name, number] : facts.numbers) values[name] = number;
  Json facets = Json::array(), fields = Json::array(), formats = Json::array();
  for (std::size_t i = 0; i < kFacetCount; ++i) facets.push_back(to_string(static_cast<Facet>(i)));
  for (const BatchField& field : batch_fields()) fields.push_back(field.name);
  for (const ExportKind& kind : kExportKinds) formats.push_back(kind.name);
  values["facets"] = std::move(facets);
  values["batch_fields"] = std::move(fields);
  values["export_formats"] = std::move(formats);
  Json codes = Json::array(), table = Json::object();
  for (const ProblemKind& kind : problem_kinds()) {
    codes.push_back(kind.code);
    table[std::string(kind.code)] = {{"status", kind.status}, {"title", kind.title}};
    Json& of_status = values["codes_" + std::to_string(kind.status)];
    if (of_status.is_null()) of_status = Json::array();
    of_status.push_back(kind.code);
  }
  values["problem_codes"] = std::move(codes);
  values["problem_table"] = std::move(table);
  return values;
}

class Filler {
 public:
  explicit Filler(const OpenApiFacts& facts) : values_(values_of(facts)) {}

  void fill(Json& json) const {
    if (json.is_string()) {
      json = filled(json.get_ref<const std::string&>());
    } else if (json.is_object() && json.size() == 1 && json.contains("$fill")) {
      json = value(json["$fill"].get<std::string>());
    } else if (json.is_structured()) {
      for (Json& part : json) fill(part);
    }
  }

 private:
  [[nodiscard]] const Json& value(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end())
      throw OpenApiError("openapi.json asks for unknown \"" + name + "\"");
    return found->second;
  }

  [[nodiscard]] std::string filled(const std::string& text) const {
    std::string out;
    for (std::size_t at = 0;;) {
      const std::size_t open = text.find("{{", at);
      const std::size_t close = open == std::string::npos ? open : text.find("}}", open);
      if (close == std::string::npos) return out + text.substr(at);
      out += text.substr(at, open - at);
      const Json& inserted = value(text.substr(open + 2, close - open - 2));
      if (inserted.is_array()) {
        for (std::size_t i = 0; i < inserted.size(); ++i) {
          out += (i == 0 ? "`" : ", `") + inserted[i].get<std::string>() + "`";
        }
      } else {
        out += inserted.is_string() ? inserted.get<std::string>() : inserted.dump();
      }
      at = close + 2;
    }
  }

  const std::map<std::string, Json> values_;
};

}  // namespace

std::string openapi_json(std::string_view source, const OpenApiFacts& facts) {
  Json json = Json::parse(source, nullptr, false);
  if (!json.is_object()) throw OpenApiError("openapi.json is not JSON");
  Filler(facts).fill(json);
  return json.dump(1) + "\n";
}

}  // namespace fundstelle::present
