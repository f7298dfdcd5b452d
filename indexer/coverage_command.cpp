// SPDX-License-Identifier: GPL-3.0-or-later
#include "coverage_command.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "field_names.h"
#include "identity/identity.h"
#include "terminal.h"
#include "writer/writer.h"

namespace fundstelle {
namespace {

using Json = nlohmann::ordered_json;

struct Counts {
  std::uint64_t read = 0, abstained = 0, failed = 0;
};

struct BodyCounts {
  std::string name;
  std::uint64_t documents = 0, with_classified_topics = 0;
  std::map<std::string_view, Counts> fields;
};

bool is_date(const std::string& iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (iso[i] < '0' || iso[i] > '9') return false;
  }
  const std::chrono::year_month_day day{
      std::chrono::year{std::stoi(iso.substr(0, 4))},
      std::chrono::month{static_cast<unsigned>(std::stoi(iso.substr(5, 2)))},
      std::chrono::day{static_cast<unsigned>(std::stoi(iso.substr(8, 2)))}};
  return day.ok();
}

bool all_known(Axis axis, const std::vector<std::string>& slugs) {
  return std::all_of(slugs.begin(), slugs.end(), [&](const std::string& slug) {
    return slug.empty() || identity_of_slug(axis, slug) != nullptr;
  });
}

/// The value is one our tables or the calendar know; of free text nothing is asked.
bool is_sound(const Document& document, std::string_view field) {
  if (field == "type") return all_known(Axis::kType, {document.type_id});
  if (field == "groups") return all_known(Axis::kGroup, document.group_ids);
  if (field == "ministries") return all_known(Axis::kMinistry, document.ministry_ids);
  if (field == "topics") return all_known(Axis::kTopic, document.topic_ids);
  const Dates& dates = document.dates;
  if (field == "date") return is_date(document.date);
  if (field == "dates.asked") return is_date(dates.asked);
  if (field == "dates.received") return is_date(dates.received);
  if (field == "dates.answered") return is_date(dates.answered);
  if (field == "dates.decided") return is_date(dates.decided);
  if (field == "dates.published") return is_date(dates.published);
  if (field == "dates.event") {
    return std::all_of(dates.event.begin(), dates.event.end(), is_date);
  }
  return true;
}

void count(const Document& document, BodyCounts& body) {
  ++body.documents;
  for (const FieldName& name : field_names()) {
    if (has_value(document, name.field)) {
      Counts& counts = body.fields[name.field];
      ++(is_sound(document, name.field) ? counts.read : counts.failed);
    } else if (std::find(document.abstained.begin(), document.abstained.end(), name.field) !=
               document.abstained.end()) {
      ++body.fields[name.field].abstained;
    }
  }
  const auto topics = document.read.find("topics");
  if (topics != document.read.end() && topics->second.how == "classifier") {
    ++body.with_classified_topics;
  }
}

void print_table(const std::vector<const BodyCounts*>& bodies,
                 const std::map<std::string, std::uint64_t>& unread) {
  for (const BodyCounts* body : bodies) {
    std::cout << printable(body->name) << ": " << body->documents
              << (body->documents == 1 ? " Dokument\n" : " Dokumente\n");
    std::cout << "  " << padded("Feld", 20) << std::right << std::setw(10) << "gelesen"
              << std::setw(7) << "%" << std::setw(14) << "nicht gelesen" << std::setw(12)
              << "unbekannt" << '\n';
    for (const FieldName& name : field_names()) {
      const auto found = body->fields.find(name.field);
      if (found == body->fields.end()) continue;
      const Counts& counts = found->second;
      const double sought = static_cast<double>(counts.read + counts.abstained + counts.failed);
      std::cout << "  " << padded(std::string(name.german), 20) << std::setw(10) << counts.read
                << std::setw(7) << std::fixed << std::setprecision(1)
                << 100 * static_cast<double>(counts.read) / sought << std::setw(14)
                << counts.abstained << std::setw(12) << counts.failed;
      if (name.field == "topics" && body->with_classified_topics > 0) {
        std::cout << "   davon " << body->with_classified_topics << " zugeordnet";
      }
      std::cout << '\n';
    }
    std::cout << '\n';
  }
  if (!unread.empty()) {
    std::cout << "Dateien ohne Dokument\n";
    for (const auto& [state, n] : unread) {
      std::cout << "  " << padded(state, 20) << std::setw(10) << n << '\n';
    }
  }
}

}  // namespace

int run_coverage(const std::filesystem::path& index, bool json) {
  std::map<std::string, BodyCounts> by_body;
  read_documents(index, /*with_text=*/false, [&](Document&& document) {
    BodyCounts& body = by_body[document.body_id];
    if (body.name.empty()) {
      const Identity* known = identity_of_slug(Axis::kBody, document.body_id);
      body.name = known != nullptr        ? std::string(known->label)
                  : document.body.empty() ? "Ohne Herausgeber"
                                          : document.body;
    }
    count(document, body);
  });
  std::map<std::string, std::uint64_t> unread;
  for (const SourceEntry& source : read_sources_of(index)) {
    if (source.document_ids.empty() && source.state != to_string(ExtractState::kOk)) {
      ++unread[source.state];
    }
  }
  if (json) {
    Json out = {{"bodies", Json::array()}, {"files_without_document", unread}};
    for (const auto& [slug, body] : by_body) {
      Json entry = {{"body", body.name}, {"body_id", slug}, {"documents", body.documents}};
      entry["topics_by_classifier"] = body.with_classified_topics;
      entry["fields"] = Json::object();
      for (const FieldName& name : field_names()) {
        const auto found = body.fields.find(name.field);
        if (found == body.fields.end()) continue;
        entry["fields"][std::string(name.field)] = {{"read", found->second.read},
                                                    {"abstained", found->second.abstained},
                                                    {"failed", found->second.failed}};
      }
      out["bodies"].push_back(std::move(entry));
    }
    std::cout << out.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    return 0;
  }
  std::vector<const BodyCounts*> bodies;
  for (const auto& [slug, body] : by_body) bodies.push_back(&body);
  std::stable_sort(bodies.begin(), bodies.end(), [](const BodyCounts* a, const BodyCounts* b) {
    return a->documents > b->documents;
  });
  print_table(bodies, unread);
  return 0;
}

}  // namespace fundstelle
