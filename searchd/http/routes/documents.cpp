// SPDX-License-Identifier: GPL-3.0-or-later
//
// One document: as page, as data, its original, by its number.
#include <charconv>
#include <fstream>

#include "http/routes/routes.h"
#include "present/address.h"
#include "present/files/citation.h"
#include "present/files/json.h"
#include "present/german.h"

namespace fundstelle::http {
namespace {

present::ShownDocument shown(DocumentView view, std::string q, std::string revision) {
  present::ShownDocument document;
  document.document = std::move(view.document);
  for (const std::vector<Mark>& page : view.marks) {
    std::vector<present::TextMark>& marks = document.marks.emplace_back();
    for (const Mark& mark : page) marks.push_back({mark.begin, mark.end});
  }
  for (const Mark& mark : view.title_marks) document.title_marks.push_back({mark.begin, mark.end});
  document.has_original = view.has_original;
  const auto shown_link = [](DocumentView::Link& link) {
    return present::DocumentLink{
        std::move(link.id),         std::move(link.number), std::move(link.type_label),
        std::move(link.body_label), std::move(link.title),  std::move(link.date),
        std::move(link.relation),   std::move(link.asked),  std::move(link.answered)};
  };
  for (DocumentView::Link& link : view.cites) document.cites.push_back(shown_link(link));
  for (DocumentView::Link& link : view.cited_by) document.cited_by.push_back(shown_link(link));
  for (DocumentView::FurtherLink& further : view.further) {
    document.further.push_back({shown_link(further.link), std::move(further.via), further.cited});
  }
  document.q = std::move(q);
  document.revision = std::move(revision);
  return document;
}

std::string media_type_to_send(const std::string& type) {
  for (const char* known : {"application/pdf", "text/html", "text/plain", "text/markdown",
                            "application/xml", "text/xml", "application/json"}) {
    if (type == known) return type;
  }
  return "application/octet-stream";
}

std::string extension_of(const std::string& type) {
  if (type == "application/pdf") return ".pdf";
  if (type == "text/html") return ".html";
  if (type == "text/plain") return ".txt";
  if (type == "text/markdown") return ".md";
  if (type == "application/json") return ".json";
  if (type.find("xml") != std::string::npos) return ".xml";
  return "";
}

constexpr std::size_t kSimilarShown = 5;

present::Aspect aspect_of(const std::string& name) {
  using present::Aspect;
  for (const Aspect aspect : {Aspect::kText, Aspect::kPairs, Aspect::kOriginal, Aspect::kBeside}) {
    if (present::parameter_of(aspect) == name) return aspect;
  }
  throw Refused{{"bad_parameter",
                 "„ansicht“ ist „fragen“, „original“ oder „beide“; ohne sie erscheint der Text.",
                 "ansicht"}};
}

std::uint32_t page_of(const std::string& number) {
  if (number.empty()) return 0;
  std::uint32_t page = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), page);
  if (error != std::errc() || end != number.data() + number.size() || page == 0) {
    throw Refused{{"bad_parameter", "„seite“ ist eine Zahl ab 1.", "seite"}};
  }
  return page;
}

}  // namespace

const std::string& Service::Routes::document_id() const {
  const std::string& id = arguments.front();
  if (!is_document_id(id)) {
    throw Refused{{"document_not_found",
                   "„" + id.substr(0, 80) + "“ ist keine Kennung eines Dokuments.", ""}};
  }
  if (const auto takedown = service.backend_.takedown(id)) {
    throw Refused{{"document_removed",
                   "Es wurde am " + present::german_date(takedown->date.substr(0, 10)) +
                       " entfernt. Grund: " + takedown->reason,
                   ""}};
  }
  return id;
}

present::ShownDocument Service::Routes::document_view() const {
  const std::string& id = document_id();
  const std::string q = parameter(decoded(request), "q");
  std::optional<DocumentView> view = service.backend_.document(id, q);
  if (!view) {
    throw Refused{{"document_not_found",
                   "Ein Dokument mit der Kennung „" + id +
                       "“ ist nicht im Index. Vielleicht wurde es entfernt.",
                   ""}};
  }
  return shown(std::move(*view), q, service.backend_.state().revision);
}

Response Service::Routes::document() const {
  const Parameters parameters = decoded(request);
  const present::Aspect aspect = aspect_of(parameter(parameters, "ansicht"));
  const std::uint32_t page = page_of(parameter(parameters, "seite"));
  present::ShownDocument document = document_view();
  document.aspect = aspect;
  document.page = page;
  document.similar = service.backend_.similar(document.document.id, kSimilarShown);
  std::string html = service.pages_.document(document);
  std::shared_ptr<void> place = place_for(html.size());
  const bool viewer = aspect == present::Aspect::kOriginal || aspect == present::Aspect::kBeside;
  Response response = body_response("text/html; charset=utf-8", std::move(html),
                                    viewer ? kViewerPolicy : kPagePolicy);
  response.until_sent = std::move(place);
  return response;
}

Response Service::Routes::api_document() const {
  std::string json = present::document_json(document_view());
  std::shared_ptr<void> place = place_for(json.size());
  Response response = json_response(std::move(json));
  response.until_sent = std::move(place);
  return response;
}

Response Service::Routes::api_marks() const {
  return json_response(present::document_marks_json(document_view()));
}

namespace {

/// Paper, page ("seite") or question ("frage") that is to be cited.
present::CitedPlace cited_place(const Parameters& parameters, const Document& document) {
  present::CitedPlace place;
  place.page = page_of(parameter(parameters, "seite"));
  const std::string label = parameter(parameters, "frage");
  if (label.empty()) return place;
  for (const Question& question : document.questions) {
    if (question.label != label) continue;
    place.labels = {label};
    if (place.page == 0 && document.paged) place.page = question.page;
    return place;
  }
  throw Refused{{"bad_parameter", "Eine Frage dieser Nummer hat das Dokument nicht.", "frage"}};
}

Response reference_file(std::string text, const char* media_type, const std::string& name) {
  Response response = body_response(media_type, std::move(text), kDataPolicy);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

}  // namespace

Response Service::Routes::document_bibtex() const {
  const Document document = document_view().document;
  return reference_file(
      present::bibtex(present::cited_work(document), cited_place(decoded(request), document)),
      "application/x-bibtex; charset=utf-8", document.id + ".bib");
}

Response Service::Routes::document_ris() const {
  const Document document = document_view().document;
  return reference_file(
      present::ris(present::cited_work(document), cited_place(decoded(request), document)),
      "application/x-research-info-systems; charset=utf-8", document.id + ".ris");
}

Response Service::Routes::original() const {
  const std::string& id = document_id();
  const std::optional<Original> original = service.backend_.original(id);
  if (!original) {
    throw Refused{{"original_not_found",
                   "Zu „" + id +
                       "“ ist keine Originaldatei gespeichert; das Dokument kam vielleicht als "
                       "Datensatz oder ohne Originale in den Index.",
                   ""}};
  }
  const std::string etag = "\"" + original->sha256 + "\"";
  const bool pdf = original->media_type == "application/pdf";
  Response response;
  if (matches_etag(request.if_none_match, etag)) {
    response.status = 304;
  } else {
    response.until_sent = place_for(original->bytes);
    std::ifstream file(original->file, std::ios::binary);
    std::string bytes(original->bytes, '\0');
    if (!file || !file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
      throw Refused{{"original_not_found", "Die Originaldatei ist gerade nicht lesbar.", ""}};
    }
    response.body = std::make_shared<const std::string>(std::move(bytes));
  }
  response.media_type = media_type_to_send(original->media_type);
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  // Foreign HTML must never run in our origin: it is handed over as a file.
  response.headers.emplace_back("Content-Disposition",
                                std::string(pdf ? "inline" : "attachment") + "; filename=\"" + id +
                                    extension_of(original->media_type) + "\"");
  response.headers.emplace_back("Content-Security-Policy", pdf ? kPdfPolicy : kSandbox);
  return response;
}

Response Service::Routes::by_number() const {
  const bool with_body = arguments.size() == 3;
  const std::string body = with_body ? arguments[0] : "";
  const std::string number = arguments[with_body ? 1 : 0] + "/" + arguments[with_body ? 2 : 1];
  const std::vector<Hit> papers = service.backend_.by_number(body, number);
  if (papers.empty()) {
    throw Refused{{"number_not_found",
                   "Die Drucksache „" + number.substr(0, 60) +
                       "“ ist nicht im Index. Vielleicht nennt sie ein anderes Dokument: die "
                       "Suche nach der Nummer findet auch Erwähnungen.",
                   ""}};
  }
  if (papers.size() == 1) return redirect(present::document_address(papers.front().id));
  return page_response(service.pages_.choice(number, papers));
}

}  // namespace fundstelle::http
