// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/json.h"

#include <nlohmann/json.hpp>

#include "document/interchange.h"
#include "present/address.h"

namespace fundstelle::present {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json parts_json(const std::vector<SnippetPart>& parts) {
  Json list = Json::array();
  for (const SnippetPart& part : parts) list.push_back({{"text", part.text}, {"hit", part.hit}});
  return list;
}

std::string passage_address(const Hit& hit, const PassageHit& passage, const std::string& q) {
  return document_address(hit.id, q, place_anchor(passage));
}

Json passage_json(const Hit& hit, const PassageHit& passage, const std::string& q) {
  Json json;
  json["passage"] = passage.passage;
  json["kind"] = passage.kind;
  json["page"] = passage.page == 0 ? Json(nullptr) : Json(passage.page);
  json["labels"] = passage.labels;
  json["heading"] = or_null(passage.heading);
  json["snippet"] = parts_json(passage.snippet);
  if (passage.kind == "question") {
    json["question"] = parts_json(passage.question);
    json["answer"] = parts_json(passage.answer);
  }
  json["url"] = passage_address(hit, passage, q);
  return json;
}

Json hit_json(const Hit& hit, const std::string& q) {
  Json json;
  json["id"] = hit.id;
  json["type"] = or_null(hit.type_label);
  json["type_id"] = or_null(hit.type);
  json["body"] = or_null(hit.body_label);
  json["body_id"] = or_null(hit.body);
  json["number"] = or_null(hit.number);
  json["title"] = hit.title;
  json["title_parts"] = parts_json(hit.title_parts);
  json["date"] = or_null(hit.date);
  json["authors"] = hit.authors;
  json["groups"] = hit.groups;
  json["ministries"] = hit.ministries;
  json["topics"] = hit.topics;
  json["score"] = hit.score;
  json["all_words"] = hit.all_words;
  json["ocr"] = hit.ocr;
  json["copies"] = hit.copies;
  Json linked = Json::array();
  for (const LinkedPaper& paper : hit.linked) {
    linked.push_back({{"relation", paper.relation},
                      {"id", paper.id},
                      {"type", or_null(paper.type_label)},
                      {"number", or_null(paper.number)},
                      {"date", or_null(paper.date)},
                      {"url", document_address(paper.id)}});
  }
  json["linked"] = std::move(linked);
  // The best passage stands in the hit itself, so that a list of hits can be read flat.
  if (hit.passages.empty()) {
    json["passage"] = nullptr;
    json["page"] = nullptr;
    json["labels"] = Json::array();
    json["snippet"] = Json::array();
    json["url"] = document_address(hit.id, q);
  } else {
    const PassageHit& best = hit.passages.front();
    json["passage"] = best.passage;
    json["page"] = best.page == 0 ? Json(nullptr) : Json(best.page);
    json["labels"] = best.labels;
    json["snippet"] = parts_json(best.snippet);
    json["url"] = passage_address(hit, best, q);
  }
  Json passages = Json::array();
  for (const PassageHit& passage : hit.passages) passages.push_back(passage_json(hit, passage, q));
  json["passages"] = std::move(passages);
  return json;
}

std::string iso(std::uint32_t yyyymmdd) {
  char text[32];
  std::snprintf(text, sizeof text, "%04u-%02u-%02u", yyyymmdd / 10000, yyyymmdd / 100 % 100,
                yyyymmdd % 100);
  return text;
}

/// The switches of word expansion, each with the search that turns it over.
Json expansions_json(const SearchRequest& request) {
  Json list = Json::array();
  for (const ExpansionName& name : kExpansionNames) {
    SearchRequest turned = request;
    turned.page = 1;
    turned.cursor.clear();
    turned.expand.*name.member = !(request.expand.*name.member);
    list.push_back({{"name", name.parameter},
                    {"label", name.label},
                    {"on", request.expand.*name.member},
                    {"url", search_address(turned, "/api/v1/search")}});
  }
  return list;
}

Json query_json(const SearchRequest& request, const QueryReport& report) {
  Json json;
  json["understood"] = report.understood;
  Json variants = Json::array();
  for (const UnderstoodWord& word : report.words) {
    Json list = Json::array();
    for (const UnderstoodVariant& variant : word.variants) {
      list.push_back({{"text", variant.shown}, {"reason", variant.reason}});
    }
    variants.push_back({{"typed", word.typed},
                        {"ignored", word.ignored},
                        {"documents", word.documents},
                        {"variants", std::move(list)}});
  }
  json["variants"] = std::move(variants);
  json["expansions"] = expansions_json(request);
  json["ignored"] = report.ignored;
  Json offers = Json::array();
  for (const QueryOffer& offer : report.offers) {
    offers.push_back({{"what", offer.what}, {"q", offer.q}});
  }
  json["offers"] = std::move(offers);
  json["suggestion"] = or_null(report.suggestion);
  json["relaxed"] = report.relaxed;
  if (report.suggestion.empty()) {
    json["spelling"] = nullptr;
  } else {
    Json changes = Json::array();
    for (const SpellingChange& change : report.spelling) {
      changes.push_back({{"typed", change.typed}, {"suggested", change.suggested}});
    }
    json["spelling"] = {{"query", report.suggestion}, {"changes", std::move(changes)}};
  }
  Json related = Json::array();
  for (const RelatedWords& word : report.related) {
    Json words = Json::array();
    for (const RelatedWord& one : word.words) {
      words.push_back({{"text", one.text}, {"documents", one.documents}, {"query", one.query}});
    }
    related.push_back(
        {{"typed", word.typed}, {"words", std::move(words)}, {"all_query", word.all_query}});
  }
  json["related"] = std::move(related);
  return json;
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
  Json json;
  json["query"] = query_json(request, answer.query);
  json["total"] = {{"value", answer.total},
                   {"exact", answer.incomplete.empty()},
                   {"all_words", answer.total_all_words}};
  if (!answer.incomplete.empty()) json["incomplete"] = answer.incomplete;
  json["unit"] = request.unit == Unit::kPassage ? "passage" : "document";
  Json hits = Json::array();
  for (const Hit& hit : answer.hits) hits.push_back(hit_json(hit, request.q));
  json["hits"] = std::move(hits);
  Json facets = Json::object(), facet_info = Json::object();
  for (const FacetCounts& counts : answer.facets) {
    Json values = Json::array();
    for (const FacetValue& value : counts.values) {
      Json item{{"value", value.slug},
                {"label", value.label},
                {"count", value.count},
                {"selected", value.selected}};
      if (value.excluded) item["excluded"] = true;
      values.push_back(std::move(item));
    }
    facets[to_string(counts.facet)] = std::move(values);
    facet_info[to_string(counts.facet)] = {{"distinct", counts.distinct},
                                           {"missing", counts.missing}};
  }
  json["facets"] = std::move(facets);
  json["facet_info"] = std::move(facet_info);
  Json bars = Json::array();
  for (const HistogramBar& bar : answer.histogram.bars) {
    bars.push_back({{"from", iso(bar.from)}, {"count", bar.count}});
  }
  json["histogram"] = std::move(bars);
  json["histogram_info"] = {{"step", answer.histogram.step}, {"undated", answer.histogram.undated}};
  json["cursor"] = or_null(answer.cursor);
  json["took_us"] = answer.took_us;
  json["revision"] = answer.revision;
  return text_of(json);
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
  Json json;
  json["id"] = id;
  Json list = Json::array();
  for (const Hit& hit : hits) {
    Json one = hit_json(hit, "");
    one["shared_words"] = hit.shared_words;
    list.push_back(std::move(one));
  }
  json["hits"] = std::move(list);
  json["revision"] = revision;
  return text_of(json);
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
  Json json;
  json["title"] = or_null(request.title);
  Json questions = Json::array();
  for (const AskedQuestion& question : answer.questions) {
    Json matches = Json::array();
    for (const AskedMatch& match : question.matches) {
      Json one = hit_json(match.hit, "");
      one["answered"] = match.answered;
      one["likeness"] = match.likeness;
      one["shared_words"] = match.hit.shared_words;
      matches.push_back(std::move(one));
    }
    questions.push_back({{"label", or_null(question.asked.label)},
                         {"text", question.asked.text},
                         {"lead", or_null(question.asked.lead)},
                         {"matches", std::move(matches)}});
  }
  json["questions"] = std::move(questions);
  Json papers = Json::array();
  for (const AskedPaper& paper : answer.papers) {
    Json one = hit_json(paper.hit, "");
    one["shared_words"] = paper.hit.shared_words;
    one["questions"] = paper.questions;
    papers.push_back(std::move(one));
  }
  json["papers"] = std::move(papers);
  json["searched"] = answer.searched;
  json["took_us"] = answer.took_us;
  json["revision"] = answer.revision;
  return text_of(json);
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
