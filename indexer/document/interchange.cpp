// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/interchange.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "document/json_writer.h"

namespace fundstelle {
namespace {

using Json = nlohmann::ordered_json;

/// Deeper nesting is no record; the limit keeps hostile lines from exhausting the stack.
constexpr int kMaxDepth = 64;

int depth_of(std::string_view json) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

bool is_blank(const Json& value) {
  return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
         (value.is_structured() && value.empty());
}

/// Gives back what the reader could not use: fields `into` lacks or has no value for.
void merge_extra(Json& into, const Json& extra) {
  for (const auto& [key, value] : extra.items()) {
    const auto found = into.find(key);
    if (found == into.end()) {
      into[key] = value;
    } else if (found->is_object() && value.is_object()) {
      merge_extra(*found, value);
    } else if (is_blank(*found)) {
      *found = value;
    } else if (found->is_array() && value.is_array() && found->size() == value.size()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        if ((*found)[i].is_object() && value[i].is_object()) merge_extra((*found)[i], value[i]);
      }
    }
  }
}

/// No field to_interchange writes: one of another program, which we give back.
bool is_other_field(std::string_view key) {
  static const std::set<std::string_view> kFields = {
      "id",         "type",       "type_id",     "body",      "body_id",      "legislature",
      "number",     "title",      "date",        "dates",     "authors",      "groups",
      "group_ids",  "ministries", "topics",      "topic_ids", "ministry_ids", "topic_scores",
      "keywords",   "committee",  "agenda_item", "place",     "attachments",  "withheld",
      "references", "relations",  "urls",        "language",  "paged",        "text",
      "pages",      "sections",   "questions",   "source",    "read",         "abstained",
      "warnings",   "first_seen"};
  return !kFields.contains(key);
}

void put_span(Json& into, const Span& span) {
  into["page"] = span.page;
  into["begin"] = span.begin;
  into["end"] = span.end;
  if (span.end_page != span.page) into["end_page"] = span.end_page;
}

/// Takes the fields of one JSON object, one by one, and keeps what nobody asked for.
class Fields {
 public:
  /// `path` names the object in warnings: "sections[3]." or "".
  Fields(Json&& object, std::string path, std::vector<Warning>& warnings)
      : object_(std::move(object)), path_(std::move(path)), warnings_(warnings) {}

  /// The value if there is one that is not null. It no longer counts as unknown.
  std::optional<Json> take(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end()) return std::nullopt;
    Json value = std::move(*found);
    object_.erase(found);
    if (value.is_null()) return std::nullopt;
    return value;
  }

  std::string text(const char* key) {
    std::optional<Json> value = take(key);
    if (!value) return {};
    std::string result;
    if (!as_text(*value, result)) refuse(key, std::move(*value), "a string");
    return result;
  }

  /// A list of strings; a single string is a list of one.
  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> result;
    std::optional<Json> value = take(key);
    if (!value) return result;
    if (!value->is_array()) {
      std::string only;
      if (as_text(*value, only)) {
        if (!only.empty()) result.push_back(std::move(only));
      } else {
        refuse(key, std::move(*value), "a list of strings");
      }
      return result;
    }
    for (Json& item : *value) {
      std::string entry;
      if (!as_text(item, entry)) {
        refuse(key, std::move(*value), "a list of strings");
        return {};
      }
      result.push_back(std::move(entry));
    }
    return result;
  }

  std::vector<double> numbers(const char* key) {
    std::optional<Json> value = take(key);
    if (!value) return {};
    const auto is_number = [](const Json& item) { return item.is_number(); };
    if (!value->is_array() || !std::all_of(value->begin(), value->end(), is_number)) {
      refuse(key, std::move(*value), "a list of numbers");
      return {};
    }
    return value->get<std::vector<double>>();
  }

  std::optional<std::int64_t> integer(const char* key) {
    std::optional<Json> value = take(key);
    if (!value) return std::nullopt;
    if (value->is_number_integer()) return value->get<std::int64_t>();
    if (value->is_string()) {
      const auto& digits = value->get_ref<const std::string&>();
      std::int64_t number = 0;
      const char* end = digits.data() + digits.size();
      const auto [stop, error] = std::from_chars(digits.data(), end, number);
      if (error == std::errc() && stop == end) return number;
    }
    refuse(key, std::move(*value), "a whole number");
    return std::nullopt;
  }

  std::uint32_t count(const char* key, std::uint32_t otherwise) {
    const std::optional<std::int64_t> number = integer(key);
    if (!number) return otherwise;
    if (*number < 0 || *number > UINT32_MAX) {
      warnings_.push_back({"field_ignored", path_ + key + " is out of range"});
      return otherwise;
    }
    return static_cast<std::uint32_t>(*number);
  }

  /// Calls `read` with the fields of the object `key`; what they leave is kept below the same key.
  template <typename Read>
  void object(const char* key, Read read) {
    std::optional<Json> value = take(key);
    if (!value) return;
    if (!value->is_object()) {
      refuse(key, std::move(*value), "an object");
      return;
    }
    Fields inner(std::move(*value), path_ + key + ".", warnings_);
    read(inner);
    if (!inner.object_.empty()) object_[key] = std::move(inner.object_);
  }

  /// Calls `read` for every object of the list `key`. Items that are no objects are refused.
  template <typename Read>
  void objects(const char* key, Read read) {
    std::optional<Json> value = take(key);
    if (!value) return;
    const bool good = value->is_array() && std::all_of(value->begin(), value->end(),
                                                       [](const Json& i) { return i.is_object(); });
    if (!good) {
      refuse(key, std::move(*value), "a list of objects");
      return;
    }
    Json rest = Json::array();
    bool anything = false;
    for (std::size_t i = 0; i < value->size(); ++i) {
      Fields inner(std::move((*value)[i]), path_ + key + "[" + std::to_string(i) + "].", warnings_);
      read(inner);
      anything = anything || !inner.object_.empty();
      rest.push_back(std::move(inner.object_));
    }
    if (anything) object_[key] = std::move(rest);
  }

  Span span() {
    Span span;
    span.page = count("page", 1);
    span.begin = count("begin", 0);
    span.end = count("end", span.begin);
    span.end_page = count("end_page", span.page);
    return span;
  }

  [[nodiscard]] bool has(const char* key) const {
    const auto found = object_.find(key);
    return found != object_.end() && !found->is_null();
  }
  void warn(std::string message) { warnings_.push_back({"field_ignored", path_ + message}); }
  void keep(const std::string& key, Json value) { object_[key] = std::move(value); }
  [[nodiscard]] const std::string& path() const { return path_; }
  Json& rest() { return object_; }

 private:
  static bool as_text(Json& value, std::string& text) {
    if (value.is_string()) {
      text = std::move(value.get_ref<std::string&>());
      return true;
    }
    if (value.is_number()) {
      text = value.dump();
      return true;
    }
    return false;
  }

  void refuse(const char* key, Json&& value, const char* wanted) {
    warn(std::string(key) + " is not " + wanted);
    object_[key] = std::move(value);
  }

  Json object_;
  std::string path_;
  std::vector<Warning>& warnings_;
};

void put_span(JsonWriter& json, const Span& span) {
  json.number("page", span.page);
  json.number("begin", span.begin);
  json.number("end", span.end);
  if (span.end_page != span.page) json.number("end_page", span.end_page);
}

void put_section(JsonWriter& json, const Section& section, bool with_text) {
  json.open('{');
  json.text("kind", to_string(section.kind));
  json.texts("labels", section.labels);
  // One string beside the list, for readers who want just that.
  std::string label;
  for (const std::string& one : section.labels) label += (label.empty() ? "" : ", ") + one;
  json.text_or_null("label", label);
  if (with_text) json.text("text", section.text);
  put_span(json, section.span);
  if (section.speaker) {
    json.open("speaker", '{');
    json.text("name", section.speaker->name);
    json.text_or_null("group", section.speaker->group);
    json.text_or_null("role", section.speaker->role);
    json.close('}');
  }
  if (!section.agenda_item.empty()) json.text("agenda_item", section.agenda_item);
  json.close('}');
}

void read_pages(Fields& fields, Document& document) {
  if (fields.has("pages")) {
    document.paged = true;
    fields.objects("pages", [&](Fields& page) {
      Page read;
      read.number = page.count("number", static_cast<std::uint32_t>(document.pages.size() + 1));
      read.text = page.text("text");
      document.pages.push_back(std::move(read));
    });
    if (fields.has("text")) {
      fields.take("text");
      fields.warn("text is ignored because there are pages");
    }
    std::uint32_t last = 0;
    bool ascending = true;
    for (const Page& page : document.pages) {
      ascending = ascending && page.number > last;
      last = page.number;
    }
    if (!ascending) {
      fields.warn("pages are not numbered upwards; numbered anew");
      std::uint32_t number = 0;
      for (Page& page : document.pages) page.number = ++number;
    }
  } else if (fields.has("text")) {
    Page page;
    page.text = fields.text("text");
    document.pages.push_back(std::move(page));
  }
  if (std::optional<Json> paged = fields.take("paged")) {
    if (paged->is_boolean()) document.paged = paged->get<bool>();
  }
}

/// A question or a part of one, still open.
template <class Asked>
void begin_question(JsonWriter& json, const Asked& question, bool with_text) {
  json.open('{');
  json.text("label", question.label);
  if (with_text) {
    json.text("text", question.text);
    json.text_or_null("answer", question.answer);
  }
  json.texts("answered_together_with", question.answered_together_with);
  json.number("page", question.page);
}

template <class Asked>
void read_question(Fields& entry, Asked& question) {
  question.label = entry.text("label");
  question.text = entry.text("text");
  question.answer = entry.text("answer");
  question.answered_together_with = entry.texts("answered_together_with");
  question.page = entry.count("page", 1);
}

void read_sections(Fields& fields, Document& document) {
  const bool build_text = document.pages.empty();
  Json unread = Json::array();
  fields.objects("sections", [&](Fields& entry) {
    Section section;
    std::string kind = entry.text("kind");
    const bool has_place = entry.has("begin") && entry.has("end");
    const bool has_text = entry.has("text");
    section.labels = entry.texts("labels");
    if (std::string label = entry.text("label"); !label.empty() && section.labels.empty()) {
      section.labels.push_back(std::move(label));
    }
    section.text = entry.text("text");
    section.span = entry.span();
    entry.object("speaker", [&](Fields& speaker) {
      Speaker who;
      who.name = speaker.text("name");
      who.group = speaker.text("group");
      who.role = speaker.text("role");
      section.speaker = std::move(who);
    });
    section.agenda_item = entry.text("agenda_item");
    if (build_text && !section.text.empty()) {
      if (document.pages.empty()) document.pages.emplace_back();
      std::string& text = document.pages.front().text;
      if (!text.empty()) text += "\n\n";
      section.span = {1, static_cast<std::uint32_t>(text.size()), 1,
                      static_cast<std::uint32_t>(text.size() + section.text.size())};
      text += section.text;
    } else if (!build_text && !has_text && has_place) {
      section.text = text_of(document.pages, section.span);
    } else if (!has_place && !section.text.empty()) {
      for (const Page& page : document.pages) {
        const std::size_t at = page.text.find(section.text);
        if (at == std::string::npos) continue;
        section.span = {page.number, static_cast<std::uint32_t>(at), page.number,
                        static_cast<std::uint32_t>(at + section.text.size())};
        break;
      }
    }
    if (const std::optional<SectionKind> known = section_kind(kind)) {
      section.kind = *known;
      document.sections.push_back(std::move(section));
    } else {
      entry.warn("kind '" + kind + "' is unknown; kept as other_sections");
      Json other = std::move(entry.rest());
      other["kind"] = std::move(kind);
      other["labels"] = section.labels;
      other["text"] = std::move(section.text);
      put_span(other, section.span);
      entry.rest() = Json::object();
      unread.push_back(std::move(other));
    }
  });
  if (unread.empty()) return;
  // The list of unknown fields runs beside `sections`; without the unknown ones it would be askew.
  if (Json& rest = fields.rest(); rest.contains("sections")) rest.erase("sections");
  fields.keep("other_sections", std::move(unread));
}

}  // namespace

std::string to_interchange(const Document& document, InterchangeOptions options) {
  JsonWriter json;
  json.open('{');
  json.text("id", document.id);
  json.text_or_null("type", document.type);
  json.text_or_null("type_id", document.type_id);
  json.text_or_null("body", document.body);
  json.text_or_null("body_id", document.body_id);
  json.key("legislature");
  document.legislature ? json.number(*document.legislature) : json.null();
  json.text_or_null("number", document.number);
  json.text_or_null("title", document.title);
  json.text_or_null("date", document.date);
  const Dates& dates = document.dates;
  json.open("dates", '{');
  json.text_or_null("asked", dates.asked);
  json.text_or_null("received", dates.received);
  json.text_or_null("answered", dates.answered);
  json.text_or_null("decided", dates.decided);
  json.text_or_null("published", dates.published);
  json.texts("event", dates.event);
  json.text_or_null("modified", dates.modified);
  json.close('}');
  json.texts("authors", document.authors);
  json.texts("groups", document.groups);
  json.texts("group_ids", document.group_ids);
  json.texts("ministries", document.ministries);
  json.texts("ministry_ids", document.ministry_ids);
  json.texts("topics", document.topics);
  json.texts("topic_ids", document.topic_ids);
  if (!document.topic_scores.empty()) {
    json.key("topic_scores").raw(Json(document.topic_scores).dump());
  }
  json.texts("keywords", document.keywords);
  json.text_or_null("committee", document.committee);
  json.text_or_null("agenda_item", document.agenda_item);
  json.text_or_null("place", document.place);
  if (!document.attachments.empty()) json.texts("attachments", document.attachments);
  if (!document.withheld.empty()) json.text("withheld", document.withheld);
  json.texts("references", document.references);
  json.open("relations", '[');
  for (const Relation& relation : document.relations) {
    json.open('{');
    json.text("kind", to_string(relation.kind));
    if (!relation.number.empty()) json.text("number", relation.number);
    if (!relation.id.empty()) json.text("id", relation.id);
    json.close('}');
  }
  json.close(']');
  json.texts("urls", document.urls);
  json.text_or_null("language", document.language);

  const bool one_text = !document.paged && document.pages.size() <= 1 &&
                        (document.pages.empty() || document.pages.front().number == 1);
  const bool says_paged = !one_text && !document.paged;
  if (says_paged) json.key("paged").flag(false);
  if (options.with_text) {
    if (one_text) {
      json.key("text");
      document.pages.empty() ? json.null() : json.text(document.pages.front().text);
    } else {
      json.open("pages", '[');
      for (const Page& page : document.pages) {
        json.open('{');
        json.number("number", page.number);
        json.text("text", page.text);
        json.close('}');
      }
      json.close(']');
    }
  }
  json.open("sections", '[');
  for (const Section& section : document.sections) put_section(json, section, options.with_text);
  json.close(']');
  json.open("questions", '[');
  for (const Question& question : document.questions) {
    begin_question(json, question, options.with_text);
    if (!question.parts.empty()) {
      json.open("parts", '[');
      for (const QuestionPart& part : question.parts) {
        begin_question(json, part, options.with_text);
        json.close('}');
      }
      json.close(']');
    }
    json.close('}');
  }
  json.close(']');
  json.open("source", '{');
  json.text_or_null("media_type", document.source.media_type);
  json.text_or_null("sha256", document.source.sha256);
  json.number("bytes", document.source.bytes);
  json.close('}');
  json.open("read", '{');
  for (const auto& [field, reading] : document.read) {
    json.open(field, '{');
    put_span(json, reading.span);
    json.text("how", reading.how);
    json.close('}');
  }
  json.close('}');
  json.texts("abstained", document.abstained);
  json.open("warnings", '[');
  for (const Warning& warning : document.warnings) {
    json.open('{');
    json.text("code", warning.code);
    json.text("message", warning.message);
    json.close('}');
  }
  json.close(']');
  json.text_or_null("first_seen", document.first_seen);
  json.close('}');

  std::string out = std::move(json).take();
  constexpr auto kReplace = Json::error_handler_t::replace;
  if (!document.extra.empty()) {
    const Json extra = Json::parse(document.extra, nullptr, /*allow_exceptions=*/false);
    if (extra.is_object() && !extra.empty()) {
      bool fresh = true;
      for (const auto& [key, value] : extra.items()) fresh = fresh && is_other_field(key);
      if (fresh) {
        // Fields behind all others, as they are.
        out.back() = ',';
        out += std::string_view(extra.dump(-1, ' ', false, kReplace)).substr(1);
      } else {
        Json whole = Json::parse(out);
        merge_extra(whole, extra);
        out = whole.dump(-1, ' ', false, kReplace);
      }
    }
  }
  return options.pretty ? Json::parse(out).dump(2, ' ', false, kReplace) : out;
}

namespace {

Document read_record(std::string_view text, bool needs_text) {
  if (depth_of(text) > kMaxDepth) {
    throw InterchangeError("nested deeper than " + std::to_string(kMaxDepth) +
                           " levels: no record");
  }
  Json json;
  try {
    json = Json::parse(text);
  } catch (const nlohmann::json::exception& error) {
    throw InterchangeError(std::string("not valid JSON in UTF-8: ") + error.what());
  }
  if (!json.is_object()) throw InterchangeError("not a JSON object: one record a line is expected");

  Document document;
  std::vector<Warning> ignored;
  Fields fields(std::move(json), "", ignored);
  document.id = fields.text("id");
  if (document.id.empty()) throw InterchangeError("no id: give every record one");
  if (!is_document_id(document.id)) {
    throw InterchangeError("id '" + document.id.substr(0, 100) +
                           "' is not allowed: 1 to 80 of A-Z a-z 0-9 . _ -");
  }
  document.type = fields.text("type");
  document.type_id = fields.text("type_id");
  document.body = fields.text("body");
  document.body_id = fields.text("body_id");
  if (const std::optional<std::int64_t> legislature = fields.integer("legislature")) {
    if (*legislature >= 0 && *legislature < 1000) {
      document.legislature = static_cast<int>(*legislature);
    } else {
      fields.warn("legislature is out of range");
      fields.keep("legislature", *legislature);
    }
  }
  document.number = fields.text("number");
  document.title = fields.text("title");
  document.date = fields.text("date");
  fields.object("dates", [&](Fields& dates) {
    document.dates.asked = dates.text("asked");
    document.dates.received = dates.text("received");
    document.dates.answered = dates.text("answered");
    document.dates.decided = dates.text("decided");
    document.dates.published = dates.text("published");
    document.dates.modified = dates.text("modified");
    document.dates.event = dates.texts("event");
  });
  document.authors = fields.texts("authors");
  document.groups = fields.texts("groups");
  document.group_ids = fields.texts("group_ids");
  document.ministries = fields.texts("ministries");
  document.ministry_ids = fields.texts("ministry_ids");
  document.topics = fields.texts("topics");
  document.topic_ids = fields.texts("topic_ids");
  document.topic_scores = fields.numbers("topic_scores");
  document.keywords = fields.texts("keywords");
  document.committee = fields.text("committee");
  document.agenda_item = fields.text("agenda_item");
  document.place = fields.text("place");
  document.attachments = fields.texts("attachments");
  document.withheld = fields.text("withheld");
  document.references = fields.texts("references");
  fields.objects("relations", [&](Fields& entry) {
    Relation relation;
    const std::string kind = entry.text("kind");
    if (const std::optional<RelationKind> known = relation_kind(kind)) {
      relation.kind = *known;
    } else {
      entry.warn("kind '" + kind + "' is unknown; read as concerns");
    }
    relation.number = entry.text("number");
    relation.id = entry.text("id");
    document.relations.push_back(std::move(relation));
  });
  document.urls = fields.texts("urls");
  // Not said: "de" of the struct stands.
  if (std::string language = fields.text("language"); !language.empty()) {
    document.language = std::move(language);
  }
  read_pages(fields, document);
  read_sections(fields, document);
  fields.objects("questions", [&](Fields& entry) {
    Question question;
    read_question(entry, question);
    entry.objects("parts", [&](Fields& inner) {
      QuestionPart part;
      read_question(inner, part);
      question.parts.push_back(std::move(part));
    });
    document.questions.push_back(std::move(question));
  });
  fields.object("source", [&](Fields& source) {
    document.source.media_type = source.text("media_type");
    document.source.sha256 = source.text("sha256");
    // The original is found by it: what is no hash names no file.
    if (std::string& hash = document.source.sha256;
        !hash.empty() &&
        (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)) {
      source.warn("sha256 is not 64 lower-case hex digits");
      source.keep("sha256", std::move(hash));
      hash.clear();
    }
    if (const std::optional<std::int64_t> bytes = source.integer("bytes"); bytes && *bytes > 0) {
      document.source.bytes = static_cast<std::uint64_t>(*bytes);
    }
  });
  fields.object("read", [&](Fields& read) {
    std::vector<std::string> names;
    for (const auto& item : read.rest().items()) names.push_back(item.key());
    for (const std::string& name : names) {
      read.object(name.c_str(), [&](Fields& entry) {
        Reading reading;
        reading.span = entry.span();
        reading.how = entry.text("how");
        document.read[name] = std::move(reading);
      });
    }
  });
  document.abstained = fields.texts("abstained");
  fields.objects("warnings", [&](Fields& entry) {
    Warning warning;
    warning.code = entry.text("code");
    warning.message = entry.text("message");
    document.warnings.push_back(std::move(warning));
  });
  document.first_seen = fields.text("first_seen");

  const bool has_text = std::any_of(document.pages.begin(), document.pages.end(),
                                    [](const Page& page) { return !page.text.empty(); });
  if (needs_text && !has_text && document.title.empty()) {
    throw InterchangeError("record '" + document.id + "' has neither text nor title");
  }
  // A record read, written and read again says the same thing once.
  for (Warning& warning : ignored) {
    const bool known = std::any_of(
        document.warnings.begin(), document.warnings.end(),
        [&](const Warning& w) { return w.code == warning.code && w.message == warning.message; });
    if (!known) document.warnings.push_back(std::move(warning));
  }
  if (!fields.rest().empty()) document.extra = fields.rest().dump();
  return document;
}

}  // namespace

Document from_interchange(std::string_view text) { return read_record(text, true); }

Document from_interchange_without_text(std::string_view text) { return read_record(text, false); }

}  // namespace fundstelle
