// SPDX-License-Identifier: GPL-3.0-or-later
#include "field_names.h"

#include <vector>

namespace fundstelle {
namespace {

struct Field {
  FieldName name;
  bool (*filled)(const Document&);
};

constexpr Field kFields[] = {
    {{"type", "Dokumentart"}, [](const Document& d) { return !d.type.empty(); }},
    {{"body", "Herausgeber"}, [](const Document& d) { return !d.body.empty(); }},
    {{"legislature", "Wahlperiode"}, [](const Document& d) { return d.legislature.has_value(); }},
    {{"number", "Nummer"}, [](const Document& d) { return !d.number.empty(); }},
    {{"title", "Titel"}, [](const Document& d) { return !d.title.empty(); }},
    {{"date", "Datum"}, [](const Document& d) { return !d.date.empty(); }},
    {{"dates.asked", "Gefragt"}, [](const Document& d) { return !d.dates.asked.empty(); }},
    {{"dates.received", "Eingegangen"},
     [](const Document& d) { return !d.dates.received.empty(); }},
    {{"dates.answered", "Beantwortet"},
     [](const Document& d) { return !d.dates.answered.empty(); }},
    {{"dates.decided", "Beschlossen"}, [](const Document& d) { return !d.dates.decided.empty(); }},
    {{"dates.published", "Veröffentlicht"},
     [](const Document& d) { return !d.dates.published.empty(); }},
    {{"dates.event", "Termin"}, [](const Document& d) { return !d.dates.event.empty(); }},
    {{"authors", "Namen"}, [](const Document& d) { return !d.authors.empty(); }},
    {{"groups", "Fraktion"}, [](const Document& d) { return !d.groups.empty(); }},
    {{"ministries", "Ministerium"}, [](const Document& d) { return !d.ministries.empty(); }},
    {{"topics", "Sachgebiet"}, [](const Document& d) { return !d.topics.empty(); }},
    {{"keywords", "Schlagwörter"}, [](const Document& d) { return !d.keywords.empty(); }},
    {{"committee", "Ausschuss"}, [](const Document& d) { return !d.committee.empty(); }},
    {{"agenda_item", "Tagesordnungspunkt"},
     [](const Document& d) { return !d.agenda_item.empty(); }},
    {{"place", "Ort"}, [](const Document& d) { return !d.place.empty(); }},
    {{"references", "Genannte Papiere"}, [](const Document& d) { return !d.references.empty(); }},
    {{"relations", "Beziehungen"}, [](const Document& d) { return !d.relations.empty(); }},
    {{"questions", "Fragen"}, [](const Document& d) { return !d.questions.empty(); }},
};

}  // namespace

std::span<const FieldName> field_names() {
  static const std::vector<FieldName> names = [] {
    std::vector<FieldName> all;
    for (const Field& field : kFields) all.push_back(field.name);
    return all;
  }();
  return names;
}

std::string german_name(std::string_view field) {
  for (const Field& known : kFields) {
    if (known.name.field == field) return std::string(known.name.german);
  }
  return std::string(field);
}

bool has_value(const Document& document, std::string_view field) {
  for (const Field& known : kFields) {
    if (known.name.field == field) return known.filled(document);
  }
  return false;
}

}  // namespace fundstelle
