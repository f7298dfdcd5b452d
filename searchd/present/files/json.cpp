// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/json.h"

#include <nlohmann/json.hpp>

#include "document/interchange.h"
#include "document/json_writer.h"
#include "present/address.h"

namespace fundstelle::present {
namespace {

using Json = nlohmann::ordered_json;

/// Usual lengths in an answer.
constexpr std::size_t kBytesAround = 4096, kBytesWithFacets = 16384, kBytesOfHit = 1792;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

void write(JsonWriter& json, const std::vector<SnippetPart>& parts) {
  json.open('[');
  for (const SnippetPart& part : parts) {
    json.open('{').key("text").text(part.text).key("hit").flag(part.hit).close('}');
  }
  json.close(']');
}

std::string passage_address(const Hit& hit, const PassageHit& passage, const std::string& q) {
  return document_address(hit.id, q, place_anchor(passage));
}

/// Page, labels, heading (if `named`), snippet.
void write_place(JsonWriter& json, const PassageHit& passage, bool named) {
  json.key("page");
  passage.page == 0 ? json.null() : json.number(passage.page);
  json.key("labels").texts(passage.labels);
  if (named) json.key("heading").text_or_null(passage.heading);
  json.key("snippet");
  write(json, passage.snippet);
}

void write(JsonWriter& json, const Hit& hit, const PassageHit& passage, const std::string& q) {
  json.open('{').key("passage").number(passage.passage).key("kind").text(passage.kind);
  write_place(json, passage, true);
  if (passage.kind == "question") {
    write(json.key("question"), passage.question);
    write(json.key("answer"), passage.answer);
  }
  json.key("url").text(passage_address(hit, passage, q)).close('}');
}

/// All fields of a hit; the object stays open for more.
void write_open(JsonWriter& json, const Hit& hit, const std::string& q) {
  json.open('{').key("id").text(hit.id);
  json.key("type").text_or_null(hit.type_label).key("type_id").text_or_null(hit.type);
  json.key("body").text_or_null(hit.body_label).key("body_id").text_or_null(hit.body);
  json.key("number").text_or_null(hit.number).key("title").text(hit.title);
  write(json.key("title_parts"), hit.title_parts);
  json.key("date").text_or_null(hit.date).key("authors").texts(hit.authors);
  json.key("groups").texts(hit.groups).key("ministries").texts(hit.ministries);
  json.key("topics").texts(hit.topics).key("score").real(hit.score);
  json.key("all_words").flag(hit.all_words).key("ocr").flag(hit.ocr);
  json.key("copies").texts(hit.copies).key("linked").open('[');
  for (const LinkedPaper& paper : hit.linked) {
    json.open('{').key("relation").text(paper.relation).key("id").text(paper.id);
    json.key("type").text_or_null(paper.type_label).key("number").text_or_null(paper.number);
    json.key("date").text_or_null(paper.date);
    json.key("url").text(document_address(paper.id)).close('}');
  }
  json.close(']');
  // The best passage stands in the hit itself, so that a list of hits can be read flat.
  if (hit.passages.empty()) {
    json.key("passage").null().key("page").null().key("labels").raw("[]").key("snippet").raw("[]");
    json.key("url").text(document_address(hit.id, q));
  } else {
    const PassageHit& best = hit.passages.front();
    json.key("passage").number(best.passage);
    write_place(json, best, false);
    json.key("url").text(passage_address(hit, best, q));
  }
  json.key("passages").open('[');
  for (const PassageHit& passage : hit.passages) write(json, hit, passage, q);
  json.close(']');
}

std::string iso(std::uint32_t yyyymmdd) {
  char text[32];
  std::snprintf(text, sizeof text, "%04u-%02u-%02u", yyyymmdd / 10000, yyyymmdd / 100 % 100,
                yyyymmdd % 100);
  return text;
}

/// The switches of word expansion, each with the search that turns it over.
void write_expansions(JsonWriter& json, const SearchRequest& request) {
  SearchRequest turned = request;
  turned.page = 1;
  turned.cursor.clear();
  json.open('[');
  for (const ExpansionName& name : kExpansionNames) {
    bool& on = turned.expand.*name.member;
    on = !on;
    json.open('{').key("name").text(name.parameter).key("label").text(name.label);
    json.key("on").flag(!on).key("url").text(search_address(turned, "/api/v1/search")).close('}');
    on = !on;
  }
  json.close(']');
}

void write(JsonWriter& json, const SearchRequest& request, const QueryReport& report) {
  json.open('{').key("understood").text(report.understood).key("variants").open('[');
  for (const UnderstoodWord& word : report.words) {
    json.open('{').key("typed").text(word.typed).key("ignored").flag(word.ignored);
    json.key("documents").number(word.documents).key("variants").open('[');
    for (const UnderstoodVariant& variant : word.variants) {
      json.open('{').key("text").text(variant.shown).key("reason").text(variant.reason).close('}');
    }
    json.close(']').close('}');
  }
  json.close(']');
  write_expansions(json.key("expansions"), request);
  json.key("ignored").texts(report.ignored).key("offers").open('[');
  for (const QueryOffer& offer : report.offers) {
    json.open('{').key("what").text(offer.what).key("q").text(offer.q).close('}');
  }
  json.close(']').key("suggestion").text_or_null(report.suggestion);
  json.key("relaxed").flag(report.relaxed).key("spelling");
  if (report.suggestion.empty()) {
    json.null();
  } else {
    json.open('{').key("query").text(report.suggestion).key("changes").open('[');
    for (const SpellingChange& change : report.spelling) {
      json.open('{').key("typed").text(change.typed);
      json.key("suggested").text(change.suggested).close('}');
    }
    json.close(']').close('}');
  }
  json.key("related").open('[');
  for (const RelatedWords& word : report.related) {
    json.open('{').key("typed").text(word.typed).key("words").open('[');
    for (const RelatedWord& one : word.words) {
      json.open('{').key("text").text(one.text).key("documents").number(one.documents);
      json.key("query").text(one.query).close('}');
    }
    json.close(']').key("all_query").text(word.all_query).close('}');
  }
  json.close(']').close('}');
}

Json marks_json(const std::vector<TextMark>& marks) {
  Json list = Json::array();
  for (const TextMark& mark : marks) list.push_back({{"begin", mark.begin}, {"end", mark.end}});
  return list;
}

Json links_json(const std::vector<DocumentLink>& links) {
  Json list = Json::array();
  for (const DocumentLink& link : links) {
    list.push_back({{"id", link.id},
                    {"relation", link.relation.empty() ? "cites" : link.relation},
                    {"number", or_null(link.number)},
                    {"type", or_null(link.type_label)},
                    {"body", or_null(link.body_label)},
                    {"title", link.title},
                    {"date", or_null(link.date)},
                    {"url", document_address(link.id)}});
  }
  return list;
}

}  // namespace

std::string search_json(const SearchRequest& request, const SearchAnswer& answer) {
  JsonWriter json((answer.facets.empty() ? kBytesAround : kBytesWithFacets) +
                  kBytesOfHit * answer.hits.size());
  write(json.open('{').key("query"), request, answer.query);
  json.key("total").open('{').key("value").number(answer.total);
  json.key("exact").flag(answer.incomplete.empty());
  json.key("all_words").number(answer.total_all_words).close('}');
  if (!answer.incomplete.empty()) json.key("incomplete").texts(answer.incomplete);
  json.key("unit").text(request.unit == Unit::kPassage ? "passage" : "document");
  json.key("hits").open('[');
  for (const Hit& hit : answer.hits) {
    write_open(json, hit, request.q);
    json.close('}');
  }
  json.close(']').key("facets").open('{');
  for (const FacetCounts& counts : answer.facets) {
    json.key(to_string(counts.facet)).open('[');
    for (const FacetValue& value : counts.values) {
      json.open('{').key("value").text(value.slug).key("label").text(value.label);
      json.key("count").number(value.count).key("selected").flag(value.selected);
      if (value.excluded) json.key("excluded").flag(true);
      json.close('}');
    }
    json.close(']');
  }
  json.close('}').key("facet_info").open('{');
  for (const FacetCounts& counts : answer.facets) {
    json.key(to_string(counts.facet)).open('{').key("distinct").number(counts.distinct);
    json.key("missing").number(counts.missing).close('}');
  }
  json.close('}').key("histogram").open('[');
  for (const HistogramBar& bar : answer.histogram.bars) {
    json.open('{').key("from").text(iso(bar.from)).key("count").number(bar.count).close('}');
  }
  json.close(']').key("histogram_info").open('{').key("step").text(answer.histogram.step);
  json.key("undated").number(answer.histogram.undated).close('}');
  json.key("cursor").text_or_null(answer.cursor).key("took_us").number(answer.took_us);
  json.key("revision").text(answer.revision).close('}');
  return std::move(json).take();
}

std::string suggest_json(const std::string& q, const SuggestAnswer& answer) {
  Json json;
  json["q"] = q;
  Json list = Json::array();
  for (const Suggestion& one : answer.suggestions) {
    list.push_back(
        {{"kind", one.kind},
         {"kind_label", one.kind_label},
         {"text", one.text},
         {"query", one.query},
         {"count", one.count},
         {"exact", !one.estimated},
         {"url", one.document.empty() ? Json(nullptr) : Json(document_address(one.document))}});
  }
  json["suggestions"] = std::move(list);
  json["took_us"] = answer.took_us;
  json["revision"] = answer.revision;
  return text_of(json);
}

std::string document_json(const ShownDocument& shown) {
  // The record is already JSON text; parsing it only to print it again would double the work for
  // papers of a thousand pages, so it is put in place as text.
  Json json;
  json["url"] = document_address(shown.document.id);
  json["original"] =
      shown.has_original
          ? Json("/api/v1/documents/" + percent_encode(shown.document.id) + "/original")
          : Json(nullptr);
  json["title_marks"] = marks_json(shown.title_marks);
  Json marks = Json::array();
  for (std::size_t i = 0; i < shown.marks.size() && i < shown.document.pages.size(); ++i) {
    if (shown.marks[i].empty()) continue;
    marks.push_back(
        {{"page", shown.document.pages[i].number}, {"marks", marks_json(shown.marks[i])}});
  }
  json["marks"] = std::move(marks);
  json["cites"] = links_json(shown.cites);
  json["cited_by"] = links_json(shown.cited_by);
  Json further = Json::array();
  for (const FurtherLink& one : shown.further) {
    Json link = links_json({one.link}).front();
    link["via"] = one.via;
    link["cited"] = one.cited;
    further.push_back(std::move(link));
  }
  json["further"] = std::move(further);
  json["revision"] = shown.revision;
  std::string rest = text_of(json);
  return "{\"document\":" + to_interchange(shown.document) + "," + rest.substr(1);
}

std::string document_marks_json(const ShownDocument& shown) {
  constexpr std::size_t kAround = 48;  // bytes before and behind a mark
  const auto is_inner = [](const std::string& text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  Json json;
  json["id"] = shown.document.id;
  json["q"] = shown.q;
  std::size_t total = 0;
  Json pages = Json::array();
  for (std::size_t i = 0; i < shown.marks.size() && i < shown.document.pages.size(); ++i) {
    if (shown.marks[i].empty()) continue;
    const Page& page = shown.document.pages[i];
    Json marks = Json::array();
    for (const TextMark& mark : shown.marks[i]) {
      std::size_t from = mark.begin > kAround ? mark.begin - kAround : 0;
      std::size_t to = std::min<std::size_t>(mark.end + kAround, page.text.size());
      while (is_inner(page.text, from)) ++from;
      while (is_inner(page.text, to)) ++to;
      marks.push_back({{"text", page.text.substr(mark.begin, mark.end - mark.begin)},
                       {"before", page.text.substr(from, mark.begin - from)},
                       {"after", page.text.substr(mark.end, to - mark.end)}});
    }
    total += shown.marks[i].size();
    pages.push_back({{"page", page.number}, {"marks", std::move(marks)}});
  }
  json["total"] = total;
  json["pages"] = std::move(pages);
  json["revision"] = shown.revision;
  return text_of(json);
}

std::string similar_json(const std::string& id, const std::vector<Hit>& hits,
                         const std::string& revision) {
  JsonWriter json;
  json.open('{').key("id").text(id).key("hits").open('[');
  for (const Hit& hit : hits) {
    write_open(json, hit, "");
    json.key("shared_words").texts(hit.shared_words).close('}');
  }
  json.close(']').key("revision").text(revision).close('}');
  return std::move(json).take();
}

std::string trend_json(const TrendRequest& request, const TrendAnswer& answer) {
  const auto numbers = [](const TrendPeriod& period) {
    return Json{{"count", period.count}, {"filtered", period.filtered}, {"all", period.all}};
  };
  Json json;
  json["step"] = to_string(answer.step);
  json["by"] = request.by ? Json(to_string(*request.by)) : Json(nullptr);
  json["unit"] = request.search.unit == Unit::kPassage ? "passage" : "document";
  json["total"] = answer.total;
  json["relaxed"] = answer.relaxed;
  Json periods = Json::array();
  for (const TrendPeriod& period : answer.periods) {
    Json one{{"from", iso(period.from)}, {"to", iso(period.to)}};
    one.update(numbers(period));
    periods.push_back(std::move(one));
  }
  json["periods"] = std::move(periods);
  json["undated"] = numbers(answer.undated);
  Json rows = Json::array();
  for (const TrendSeries& series : answer.series) {
    const bool value = series.kind == TrendSeries::Kind::kValue;
    rows.push_back({{"kind", value                                     ? "value"
                             : series.kind == TrendSeries::Kind::kRest ? "rest"
                                                                       : "missing"},
                    {"value", value ? Json(series.slug) : Json(nullptr)},
                    {"label", value ? Json(series.label) : Json(nullptr)},
                    {"total", series.total},
                    {"undated", series.undated},
                    {"counts", series.counts}});
  }
  json["series"] = std::move(rows);
  json["distinct"] = answer.distinct;
  json["took_us"] = answer.took_us;
  json["revision"] = answer.revision;
  return text_of(json);
}

std::string asked_json(const AskedRequest& request, const AskedAnswer& answer) {
  JsonWriter json;
  json.open('{').key("title").text_or_null(request.title).key("questions").open('[');
  for (const AskedQuestion& question : answer.questions) {
    json.open('{').key("label").text_or_null(question.asked.label);
    json.key("text").text(question.asked.text).key("lead").text_or_null(question.asked.lead);
    json.key("matches").open('[');
    for (const AskedMatch& match : question.matches) {
      write_open(json, match.hit, "");
      json.key("answered").flag(match.answered).key("likeness").raw(text_of(Json(match.likeness)));
      json.key("shared_words").texts(match.hit.shared_words).close('}');
    }
    json.close(']').close('}');
  }
  json.close(']').key("papers").open('[');
  for (const AskedPaper& paper : answer.papers) {
    write_open(json, paper.hit, "");
    json.key("shared_words").texts(paper.hit.shared_words);
    json.key("questions").raw(text_of(Json(paper.questions))).close('}');
  }
  json.close(']').key("searched").number(answer.searched).key("took_us").number(answer.took_us);
  json.key("revision").text(answer.revision).close('}');
  return std::move(json).take();
}

std::string readiness_json(const Readiness& readiness) {
  Json json;
  json["ready"] = readiness.ready;
  json["revision"] = readiness.revision;
  json["fingerprint"] = readiness.fingerprint;
  json["documents"] = readiness.documents;
  json["passages"] = readiness.passages;
  json["bodies"] = readiness.bodies;
  json["oldest_date"] = or_null(readiness.oldest_date);
  json["newest_date"] = or_null(readiness.newest_date);
  json["indexed"] = or_null(readiness.indexed);
  return text_of(json);
}

std::string with_incomplete(std::string json, const std::vector<std::string>& parts) {
  if (parts.empty()) return json;
  return "{\"incomplete\":" + Json(parts).dump(-1, ' ', false, Json::error_handler_t::replace) +
         "," + json.substr(json.find('{') + 1);
}

}  // namespace fundstelle::present
