// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saved answers of the DIP interface (search.dip.bundestag.de/api/v1): drucksache, plenarprotokoll,
// their -text entities, vorgang, vorgangsposition. Fields as the interface documents them.
#include <algorithm>
#include <map>
#include <tuple>

#include "identity/identity.h"
#include "import/answers.h"
#include "text/drucksache_number.h"

namespace fundstelle::answers {
namespace {

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

void add_once(std::vector<std::string>& list, std::string value) {
  if (value.empty() || std::find(list.begin(), list.end(), value) != list.end()) return;
  list.push_back(std::move(value));
}

std::string body_of(std::string_view publisher) {
  if (publisher == "BT") return "Deutscher Bundestag";
  if (publisher == "BR") return "Bundesrat";
  return std::string(publisher);
}

/// "Fraktion der AfD", "Gruppe BSW" as heads of papers name them: "AfD", "BSW".
std::string group_name(std::string printed) {
  for (const std::string_view lead :
       {"Fraktion der ", "Fraktion des ", "Fraktion ", "Gruppe der ", "Gruppe des ", "Gruppe "}) {
    if (printed.starts_with(lead)) return printed.substr(lead.size());
  }
  return printed;
}

/// "Dr. Gottfried Curio, MdB, AfD" gives the name without title and what follows it.
std::string person(std::string printed) {
  printed = printed.substr(0, printed.find(','));
  bool cut = true;
  while (cut) {
    cut = false;
    for (const std::string_view title :
         {"Dr. ", "Prof. ", "h. c. ", "h.c. ", "mult. ", "rer. ", "nat. ", "jur. ", "med. "}) {
      if (printed.starts_with(title)) {
        printed.erase(0, title.size());
        cut = true;
      }
    }
  }
  return printed;
}

std::string canonical(const std::string& printed) {
  const auto number = parse_drucksache_number(printed);
  return number ? number->canonical() : printed;
}

std::optional<int> whole_number(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (value.is_number_integer()) return value.get<int>();
  return std::nullopt;
}

void add_groups(const Json& list, Document& document) {
  if (!list.is_array()) return;
  for (const Json& entry : list) {
    const std::string printed = entry.is_string() ? entry.get<std::string>() : text(entry, "titel");
    // Governments, committees and offices are no groups.
    if (find_identity(Axis::kGroup, printed) != nullptr)
      add_once(document.groups, group_name(printed));
  }
}

void add_houses(const Json& list, Document& document) {
  if (!list.is_array()) return;
  std::vector<const Json*> houses;
  for (const Json& house : list) houses.push_back(&house);
  std::stable_partition(houses.begin(), houses.end(), [](const Json* house) {
    const Json& lead = member(*house, "federfuehrend");
    return lead.is_boolean() && lead.get<bool>();
  });
  for (const Json* house : houses) add_once(document.ministries, text(*house, "titel"));
}

void add_topics(const Json& matter, Document& document) {
  const Json& areas = member(matter, "sachgebiet");
  if (!areas.is_array()) return;
  for (const Json& area : areas) {
    if (area.is_string()) add_once(document.topics, area.get<std::string>());
  }
}

void add_url(const Json& place, Document& document) {
  for (const char* name : {"pdf_url", "xml_url"}) add_once(document.urls, text(place, name));
}

void concerns(Document& document, std::string number, std::string id) {
  for (const Relation& known : document.relations) {
    if (known.number == number && known.id == id) return;
  }
  document.relations.push_back({RelationKind::kConcerns, std::move(number), std::move(id)});
}

/// "2025-05-09 BT: Kleine Anfrage, Drucksache 21/64 (Fraktion der AfD). Überweisung."
std::string step_line(const Json& step) {
  std::string line = text(step, "datum");
  const auto add = [&](std::string_view between, const std::string& value) {
    if (!value.empty()) line += (line.empty() ? "" : std::string(between)) + value;
  };
  add(" ", text(step, "zuordnung"));
  add(": ", text(step, "vorgangsposition"));
  const Json& place = member(step, "fundstelle");
  if (place.is_object()) {
    std::string paper = text(place, "dokumentart");
    const std::string number = text(place, "dokumentnummer");
    if (!number.empty()) paper += (paper.empty() ? "" : " ") + number;
    const std::string page = text(place, "seite");
    if (!page.empty()) paper += ", S. " + page;
    add(", ", paper);
  }
  const Json& decisions = member(step, "beschlussfassung");
  if (decisions.is_array()) {
    for (const Json& decision : decisions) {
      std::string said = text(decision, "beschlusstenor");
      const std::string numbers = text(decision, "dokumentnummer");
      if (!said.empty() && !numbers.empty()) said += " (" + numbers + ")";
      add(". ", said);
    }
  }
  const Json& referrals = member(step, "ueberweisung");
  if (referrals.is_array()) {
    for (const Json& referral : referrals) {
      const std::string committee = text(referral, "ausschuss");
      if (!committee.empty()) add(". ", "Überweisung: " + committee);
    }
  }
  add(". ", text(step, "abstract"));
  return line;
}

}  // namespace

Document paper_of_dip(const Json& object, const std::string& key, Kind kind, const Lookup& lookup) {
  Document document;
  document.id = document_id(key);
  document.type =
      kind == Kind::kPlenarprotokoll ? "Plenarprotokoll" : text(object, "drucksachetyp");
  const Json& place = member(object, "fundstelle");
  std::string publisher = text(object, "herausgeber");
  if (publisher.empty() && place.is_object()) publisher = text(place, "herausgeber");
  document.body = body_of(publisher);
  document.number = text(object, "dokumentnummer");
  // Old terms are padded with a zero there: 08/980 is Drucksache 8/980.
  while (document.number.size() > 1 && document.number[0] == '0' && document.number[1] != '/')
    document.number.erase(0, 1);
  document.title = text(object, "titel");
  document.date = text(object, "datum");
  if (publisher != "BR") document.legislature = whole_number(object, "wahlperiode");
  if (place.is_object()) {
    document.dates.published = text(place, "verteildatum");
    add_url(place, document);
  }
  add_groups(member(object, "urheber"), document);
  const Json& authors = member(object, "autoren_anzeige");
  if (authors.is_array()) {
    for (const Json& author : authors) {
      for (const char* name : {"autor_titel", "title", "titel"}) {
        if (const std::string printed = text(author, name); !printed.empty()) {
          add_once(document.authors, person(printed));
          break;
        }
      }
    }
  }
  add_houses(member(object, "ressort"), document);
  const Json& matters = member(object, "vorgangsbezug");
  if (matters.is_array()) {
    for (const Json& matter : matters) {
      const std::string id = text(matter, "id");
      if (id.empty()) continue;
      const std::string of = "dip vorgang " + id;
      concerns(document, "", document_id(of));
      if (const Json* known = lookup(of)) add_topics(*known, document);
    }
  }
  return document;
}

Document matter_of_dip(const Json* vorgang, std::vector<const Json*> steps,
                       const std::string& key) {
  std::sort(steps.begin(), steps.end(), [](const Json* a, const Json* b) {
    const auto place = [](const Json* step) {
      const std::string id = text(*step, "id");
      return std::make_tuple(text(*step, "datum"), id.size(), id);
    };
    return place(a) < place(b);
  });
  const Json nothing = Json::object();
  const Json& matter = vorgang != nullptr ? *vorgang : nothing;
  Document document;
  document.id = document_id(key);
  document.type = "Vorgang";
  document.title = text(matter, "titel");
  document.legislature = whole_number(matter, "wahlperiode");
  document.date = text(matter, "datum");
  add_topics(matter, document);
  add_groups(member(matter, "initiative"), document);
  add_once(document.keywords, text(matter, "vorgangstyp"));
  const Json& descriptors = member(matter, "deskriptor");
  if (descriptors.is_array()) {
    for (const Json& descriptor : descriptors)
      add_once(document.keywords, text(descriptor, "name"));
  }
  std::vector<std::string> lines;
  add_once(lines, text(matter, "abstract"));
  const std::string status = text(matter, "beratungsstand");
  if (!status.empty()) lines.push_back("Beratungsstand: " + status);
  std::map<std::string, int> houses;
  for (const Json* step : steps) {
    if (document.title.empty()) document.title = text(*step, "titel");
    if (document.date.empty()) document.date = text(*step, "datum");
    add_once(document.keywords, text(*step, "vorgangstyp"));
    add_groups(member(*step, "urheber"), document);
    add_houses(member(*step, "ressort"), document);
    ++houses[text(*step, "zuordnung")];
    add_once(lines, step_line(*step));
    const Json& place = member(*step, "fundstelle");
    if (!place.is_object()) continue;
    const std::string number = text(place, "dokumentnummer");
    const std::string id = text(place, "id");
    const bool minutes = text(place, "dokumentart") == "Plenarprotokoll";
    if (!number.empty() || !id.empty()) {
      // The paper's own id decides; its number alone is counted by several houses, and by minutes.
      concerns(document, minutes || number.empty() ? "" : canonical(number),
               id.empty()
                   ? ""
                   : document_id((minutes ? "dip plenarprotokoll " : "dip drucksache ") + id));
    }
    if (!minutes && !number.empty()) add_once(document.references, canonical(number));
  }
  // A matter of one house is that house's; others belong to none alone.
  if (houses.size() == 1) document.body = body_of(houses.begin()->first);
  Page page;
  for (const std::string& line : lines) page.text += (page.text.empty() ? "" : "\n\n") + line;
  if (page.text.empty()) page.text = document.title;
  document.pages.push_back(std::move(page));
  return document;
}

}  // namespace fundstelle::answers
