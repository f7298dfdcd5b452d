// SPDX-License-Identifier: GPL-3.0-or-later
//
// OParl 1.0 and 1.1 objects of town councils: Paper, Meeting, AgendaItem, File become documents;
// Body, Organization, Person, Consultation … name what those refer to.
#include <algorithm>

#include "identity/identity.h"
#include "import/answers.h"

namespace fundstelle::answers {
namespace {

constexpr const char* kFileMembers[] = {"mainFile",        "auxiliaryFile",    "invitation",
                                        "resultsProtocol", "verbatimProtocol", "resolutionFile"};

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

void each(const Json& value, const std::function<void(const Json&)>& take) {
  if (value.is_array()) {
    for (const Json& one : value) take(one);
  } else if (!value.is_null()) {
    take(value);
  }
}

/// Key of an object given whole or by its address.
std::string key_of(const Json& value) {
  const std::string id = value.is_string() ? value.get<std::string>() : text(value, "id");
  return id.empty() ? std::string() : "oparl " + id;
}

void add_once(std::vector<std::string>& list, std::string value) {
  if (value.empty() || std::find(list.begin(), list.end(), value) != list.end()) return;
  list.push_back(std::move(value));
}

/// The object a value names: itself, or the one saved elsewhere.
const Json* resolved(const Json& value, const Lookup& lookup) {
  if (const Json* known = lookup(key_of(value))) return known;
  return value.is_object() ? &value : nullptr;
}

std::string name_of(const Json& value, const Lookup& lookup) {
  const Json* object = resolved(value, lookup);
  if (object == nullptr) return {};
  for (const char* name : {"name", "shortName", "label"}) {
    if (std::string found = text(*object, name); !found.empty()) return found;
  }
  return {};
}

std::string day_of(const Json& object, const char* name) {
  const std::string value = text(object, name);
  return value.size() >= 10 && value[4] == '-' && value[7] == '-' ? value.substr(0, 10) : "";
}

void add_common(const Json& object, const Lookup& lookup, Document& document) {
  document.body = name_of(member(object, "body"), lookup);
  each(member(object, "keyword"), [&](const Json& word) {
    if (word.is_string()) add_once(document.keywords, word.get<std::string>());
  });
  add_once(document.urls, text(object, "web"));
  if (document.urls.empty()) add_once(document.urls, text(object, "id"));
}

void add_files(const Json& object, const Lookup& lookup, const Texts& texts, Document& document) {
  std::string all;
  for (const std::string& key : files_of(object)) {
    if (const Json* file = lookup(key)) {
      for (const char* name : {"accessUrl", "downloadUrl"}) {
        const std::string url = text(*file, name);
        add_once(document.urls, url);
        if (!url.empty()) break;
      }
    }
    const std::string printed = texts(key);
    if (printed.empty()) continue;
    if (!all.empty()) all += "\n\n";
    all += printed;
  }
  if (all.empty()) return;
  if (document.pages.empty()) document.pages.emplace_back();
  std::string& page = document.pages.front().text;
  if (!page.empty()) page += "\n\n";
  page += all;
}

void add_organisations(const Json& value, const Lookup& lookup, Document& document) {
  each(value, [&](const Json& one) {
    const std::string name = name_of(one, lookup);
    if (name.empty()) return;
    if (find_identity(Axis::kGroup, name) != nullptr) {
      add_once(document.groups, name);
    } else {
      add_once(document.ministries, name);
    }
  });
}

void relate(const Json& value, Document& document) {
  each(value, [&](const Json& one) {
    const std::string key = key_of(one);
    if (key.empty()) return;
    document.relations.push_back({RelationKind::kConcerns, "", document_id(key)});
  });
}

/// "TOP 3.1 Neubau der Brücke. Ergebnis: beschlossen." and the text of the resolution.
std::string item_text(const Json& item) {
  std::string line = text(item, "number");
  if (!line.empty() && !line.starts_with("TOP")) line = "TOP " + line;
  const std::string name = text(item, "name");
  if (!name.empty()) line += (line.empty() ? "" : " ") + name;
  const std::string result = text(item, "result");
  if (!result.empty()) line += (line.empty() ? "" : "\n") + std::string("Ergebnis: ") + result;
  const std::string resolution = text(item, "resolutionText");
  if (!resolution.empty()) line += (line.empty() ? "" : "\n") + resolution;
  return line;
}

}  // namespace

std::vector<std::string> files_of(const Json& object) {
  std::vector<std::string> keys;
  for (const char* name : kFileMembers) {
    each(member(object, name), [&](const Json& file) { add_once(keys, key_of(file)); });
  }
  return keys;
}

void each_embedded(const Json& object, const std::function<void(const Json&)>& take) {
  if (!object.is_object()) return;
  for (const Json& value : object) {
    each(value, [&](const Json& inner) {
      if (!inner.is_object() || !recognise(inner)) return;
      take(inner);
      each_embedded(inner, take);
    });
  }
}

Document paper_of_oparl(const Json& object, const std::string& key, const Lookup& lookup,
                        const Texts& texts) {
  Document document;
  document.id = document_id(key);
  document.type = text(object, "paperType");
  document.number = text(object, "reference");
  document.title = text(object, "name");
  document.date = day_of(object, "date");
  add_common(object, lookup, document);
  each(member(object, "originatorPerson"),
       [&](const Json& person) { add_once(document.authors, name_of(person, lookup)); });
  add_organisations(member(object, "originatorOrganization"), lookup, document);
  add_organisations(member(object, "underDirectionOf"), lookup, document);
  each(member(object, "consultation"), [&](const Json& value) {
    const Json* consultation = resolved(value, lookup);
    if (consultation == nullptr) return;
    const Json& bodies = member(*consultation, "organization");
    each(bodies, [&](const Json& one) {
      if (document.committee.empty()) document.committee = name_of(one, lookup);
    });
    relate(member(*consultation, "meeting"), document);
  });
  for (const char* name : {"relatedPaper", "superordinatedPaper", "subordinatedPaper"})
    relate(member(object, name), document);
  add_files(object, lookup, texts, document);
  return document;
}

Document meeting_of_oparl(const Json& object, const std::string& key,
                          std::vector<const Json*> items, const Lookup& lookup,
                          const Texts& texts) {
  Document document;
  document.id = document_id(key);
  document.type = "Sitzung";
  document.title = text(object, "name");
  document.date = day_of(object, "start");
  add_common(object, lookup, document);
  each(member(object, "organization"), [&](const Json& one) {
    if (document.committee.empty()) document.committee = name_of(one, lookup);
  });
  if (document.title.empty()) document.title = document.committee;
  if (const Json* place = resolved(member(object, "location"), lookup)) {
    document.place = text(*place, "locality");
    if (document.place.empty()) document.place = text(*place, "description");
  }
  std::sort(items.begin(), items.end(), [](const Json* a, const Json* b) {
    const auto place = [](const Json* item) {
      const Json& order = member(*item, "order");
      return std::make_pair(order.is_number_integer() ? order.get<std::int64_t>() : INT64_MAX,
                            text(*item, "id"));
    };
    const auto first = place(a);
    const auto second = place(b);
    if (first.first != second.first) return first.first < second.first;
    // OParl 1.0 has no order: numbers as printed, "9" before "10".
    const std::string one = text(*a, "number");
    const std::string other = text(*b, "number");
    if (one.size() != other.size() && one.find('.') == std::string::npos &&
        other.find('.') == std::string::npos)
      return one.size() < other.size();
    return one != other ? one < other : first.second < second.second;
  });
  std::string agenda;
  for (const Json* item : items) {
    std::string line = item_text(*item);
    for (const std::string& file : files_of(*item)) {
      const std::string printed = texts(file);
      if (!printed.empty()) line += (line.empty() ? "" : "\n\n") + printed;
    }
    if (line.empty()) continue;
    agenda += (agenda.empty() ? "" : "\n\n") + line;
    if (const Json* consultation = resolved(member(*item, "consultation"), lookup))
      relate(member(*consultation, "paper"), document);
  }
  if (!agenda.empty()) document.pages.push_back({1, agenda});
  add_files(object, lookup, texts, document);
  return document;
}

Document single_of_oparl(const Json& object, const std::string& key, Kind kind,
                         const Lookup& lookup, const Texts& texts) {
  Document document;
  document.id = document_id(key);
  add_common(object, lookup, document);
  document.title = text(object, "name");
  if (kind == Kind::kAgendaItem) {
    document.type = "Tagesordnungspunkt";
    document.agenda_item = text(object, "number");
    document.date = day_of(object, "start");
    document.pages.push_back({1, item_text(object)});
    add_files(object, lookup, texts, document);
    return document;
  }
  document.type = "Datei";
  if (document.title.empty()) document.title = text(object, "fileName");
  document.date = day_of(object, "date");
  for (const char* name : {"accessUrl", "downloadUrl"}) add_once(document.urls, text(object, name));
  if (std::string printed = texts(key); !printed.empty())
    document.pages.push_back({1, std::move(printed)});
  return document;
}

}  // namespace fundstelle::answers
