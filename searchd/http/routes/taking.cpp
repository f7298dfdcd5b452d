// SPDX-License-Identifier: GPL-3.0-or-later
//
// What readers and programs take along: files of whole results, feeds, collections, dossiers, and
// how browsers and robots learn of the search.
#include <algorithm>
#include <chrono>

#include "http/decode.h"
#include "http/host.h"
#include "http/routes/routes.h"
#include "present/address.h"
#include "present/files/export.h"
#include "present/files/feed.h"
#include "present/files/opensearch.h"
#include "present/german.h"

namespace fundstelle::http {
namespace {

using present::Collected;
using present::CollectedEntry;
constexpr std::uint64_t kBigExport = 1U << 20;  ///< counts as one of the big answers
constexpr std::uint64_t kFewHits = 300;         ///< an export of so few takes no place
constexpr std::uint32_t kFirstChunk = 500, kDocumentChunk = 2000;
/// Nobody waits longer for a file to begin; what is read until then goes out.
constexpr std::chrono::seconds kPatience{5};
constexpr std::uint32_t kFeedEntries = 50;
constexpr std::uint32_t kDossierHits = 50;
constexpr std::size_t kDossierText = 200'000;  ///< bytes of one document's questions and answers

std::string header_value(std::string_view text) { return present::percent_encode(text); }

Response download(std::string body, const present::ExportKind& kind, const std::string& name) {
  Response response = body_response(std::string(kind.media_type), std::move(body), kDataPolicy);
  response.headers.emplace_back(
      "Content-Disposition", "attachment; filename=\"" + name + std::string(kind.extension) + "\"");
  return response;
}

const present::ExportKind& kind_of(const std::string& name) {
  for (const present::ExportKind& kind : present::kExportKinds) {
    if (kind.name == name) return kind;
  }
  throw Refused{{"bad_parameter",
                 "Der Parameter „format“ hat den Wert „" + name.substr(0, 40) +
                     "“. Erlaubt sind: csv, jsonl, bibtex, ris.",
                 "format"}};
}

std::vector<Collected> read_list(const std::string& list) {
  std::vector<Collected> pieces;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::string name = list.substr(begin, end - begin);
    begin = end + 1;
    if (name.empty()) continue;
    const auto piece = present::read_collected(name);
    if (!piece) {
      throw Refused{{"bad_parameter",
                     "„" + name.substr(0, 100) +
                         "“ ist keine Kennung eines Dokuments oder einer Stelle darin. Vielleicht "
                         "wurde der Verweis beim Weitergeben abgeschnitten.",
                     "d"}};
    }
    pieces.push_back(*piece);
    if (pieces.size() > present::kMostCollected) {
      throw Refused{
          {"bad_parameter",
           "Eine Mappe hat höchstens " + std::to_string(present::kMostCollected) + " Stücke.",
           "d"}};
    }
  }
  return pieces;
}

std::vector<SnippetPart> plain(const std::string& text) { return {{text, false}}; }

/// What a piece says: a question with its answer, a page; of a whole document all its questions if
/// `everything`.
void add_texts(CollectedEntry& entry, const Document& document, bool everything) {
  std::size_t bytes = 0;
  const auto add_question = [&](const Question& question) {
    bytes += question.text.size() + question.answer.size();
    if (bytes > kDossierText) return;
    entry.texts.push_back({"Frage " + question.label, plain(question.text)});
    if (!question.answer.empty()) {
      std::string together;
      for (const std::string& other : question.answered_together_with) {
        together += (together.empty() ? " (zusammen mit " : ", ") + other;
      }
      if (!together.empty()) together += ")";
      entry.texts.push_back({"Antwort" + together, plain(question.answer)});
    }
  };
  if (!entry.piece.label.empty()) {
    for (const Question& question : document.questions) {
      if (question.label != entry.piece.label) continue;
      entry.place.page = document.paged ? question.page : 0;
      add_question(question);
      return;
    }
  } else if (entry.piece.page != 0) {
    for (const Page& page : document.pages) {
      if (page.number == entry.piece.page) entry.texts.push_back({"", plain(page.text)});
    }
  } else if (everything) {
    for (const Question& question : document.questions) add_question(question);
    if (bytes > kDossierText) {
      entry.texts.push_back({"", plain("Weitere Fragen stehen im Dokument.")});
    }
  }
}

SearchRequest bare(const SearchRequest& request) {
  SearchRequest out = request;
  out.facets.clear();
  out.histogram = false;
  return out;
}

void refuse_paging(const Parameters& parameters) {
  for (const char* name : {"page", "size", "facets"}) {
    if (parameters.contains(name)) {
      throw Refused{{"bad_parameter",
                     std::string("Den Parameter „") + name +
                         "“ hat der Export nicht: er gibt das ganze Ergebnis.",
                     name}};
    }
  }
}

std::vector<CollectedEntry> entries_of_hits(const std::vector<Hit>& hits, Unit unit) {
  std::vector<CollectedEntry> entries;
  for (const Hit& hit : hits) {
    if (unit == Unit::kPassage && !hit.passages.empty()) {
      const PassageHit& passage = hit.passages.front();
      CollectedEntry entry{
          present::collected_of(hit, passage), hit, present::cited_place(passage), {}};
      entry.texts.push_back({"", passage.snippet});
      entries.push_back(std::move(entry));
      continue;
    }
    CollectedEntry entry{{hit.id, 0, {}}, hit, {}, {}};
    for (const PassageHit& passage : hit.passages) {
      std::string heading;
      if (!passage.labels.empty()) heading = "Frage " + passage.labels.front();
      if (passage.page != 0) {
        if (!heading.empty()) heading += ", ";
        heading += "S. " + std::to_string(passage.page);
      }
      entry.texts.push_back({heading, passage.snippet});
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

std::string Service::Routes::base() const {
  const std::string& configured = service.pages_.site().public_url;
  if (!configured.empty()) return configured;
  return is_host(request.host) ? "http://" + request.host : std::string{};
}

std::vector<CollectedEntry> Service::Routes::collected(const std::vector<Collected>& pieces,
                                                       Texts texts) const {
  std::vector<std::string> ids;
  for (const Collected& piece : pieces) ids.push_back(piece.id);
  const std::vector<std::optional<Hit>> hits = service.backend_.describe(ids);
  std::vector<CollectedEntry> entries;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    CollectedEntry entry{pieces[i], hits[i], {pieces[i].page, {}, {}}, {}};
    if (!pieces[i].label.empty()) entry.place.labels = {pieces[i].label};
    const bool has_place = !pieces[i].label.empty() || pieces[i].page != 0;
    // The page of a question is told by the document alone.
    const bool needed =
        texts == Texts::kAll || (texts == Texts::kPlaces && has_place) || !pieces[i].label.empty();
    if (entry.hit && needed) {
      if (const auto view = service.backend_.document(pieces[i].id, "")) {
        add_texts(entry, view->document, texts == Texts::kAll);
      }
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

Response Service::Routes::api_export() const {
  Parameters parameters = decoded(request);
  const present::ExportKind& kind = kind_of(parameter(parameters, "format"));
  const bool bom = parameter(parameters, "bom") == "1";
  const std::string list = parameter(parameters, "d");
  const bool of_collection = parameters.contains("d");
  for (const char* own : {"format", "bom", "d"}) parameters.erase(own);
  if (of_collection) {
    if (!parameters.empty()) {
      throw Refused{
          {"bad_parameter", "Mit „d“ (Kennungen) lässt sich keine Suche verbinden.", "d"}};
    }
    return export_collection(kind, read_list(list), bom);
  }
  refuse_paging(parameters);
  auto outcome = read_search(parameters, {UnknownNames::kRefuse, {}});
  if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
  return export_search(kind, bare(std::get<SearchRequest>(outcome)), bom);
}

Response Service::Routes::export_collection(const present::ExportKind& kind,
                                            const std::vector<Collected>& pieces, bool bom) const {
  const bool with_places = std::any_of(pieces.begin(), pieces.end(), [](const Collected& piece) {
    return piece.page != 0 || !piece.label.empty();
  });
  const std::vector<CollectedEntry> entries = collected(pieces, Texts::kPlaces);
  present::ExportHead head{base() + present::collection_address("/mappe", pieces), "",
                           service.backend_.state().revision, pieces.size(), with_places};
  const present::Exporter exporter(kind.format, head, base());
  std::string out = exporter.begin(bom);
  for (const CollectedEntry& entry : entries) {
    if (!entry.hit) continue;
    present::ExportRecord record{*entry.hit, entry.place, "", "", "", std::nullopt};
    for (const present::CollectedText& text : entry.texts) {
      if (!record.text.empty()) record.text += "\n\n";
      for (const SnippetPart& part : text.text) record.text += part.text;
    }
    if (!entry.piece.label.empty()) {
      record.kind = "question";
    } else if (entry.piece.page != 0) {
      record.kind = "page";
    }
    exporter.append(out, record);
  }
  std::shared_ptr<void> place = place_for(out.size());
  Response response =
      download(std::move(out), kind,
               pieces.size() == 1 ? "fundstelle-" + pieces.front().id : "fundstelle-mappe");
  response.headers.emplace_back("X-Fundstelle-Revision", head.revision);
  response.until_sent = std::move(place);
  return response;
}

Response Service::Routes::export_search(const present::ExportKind& kind, SearchRequest wanted,
                                        bool bom) const {
  const bool passages = wanted.unit == Unit::kPassage;
  const bool with_text = passages && (kind.format == present::ExportFormat::kCsv ||
                                      kind.format == present::ExportFormat::kJsonl);
  const bool continued = !wanted.cursor.empty();
  SearchRequest shown = wanted;  // what addresses name
  shown.cursor.clear();
  wanted.snippets = false;
  wanted.whole_passages = with_text;
  wanted.size = kFirstChunk;
  const std::uint64_t most = service.limits_.answer_bytes;
  std::string out, next;
  std::shared_ptr<void> place;
  present::ExportHead head;
  bool begun = false;
  const auto started = std::chrono::steady_clock::now();
  for (;;) {
    const SearchAnswer answer = search(wanted);
    if (!begun) {
      head = {base() + present::search_address(shown), wanted.q, answer.revision, answer.total,
              passages};
      // Reading everything is work for seconds: only few may do so at once.
      if (answer.total > kFewHits) place = place_for(kBigExport);
    }
    const present::Exporter exporter(kind.format, head, base());
    if (!begun && wanted.cursor.empty()) out = exporter.begin(bom);
    if (!begun && !wanted.cursor.empty() && kind.format == present::ExportFormat::kCsv) {
      out = exporter.begin(false);  // each page is a table of its own
    }
    const std::size_t before = out.size();
    bool fits = true;
    for (const Hit& hit : answer.hits) {
      present::ExportRecord record{hit, std::nullopt, "", "", "", std::nullopt};
      if (passages && !hit.passages.empty()) {
        const PassageHit& passage = hit.passages.front();
        record.place = present::cited_place(passage);
        record.kind = passage.kind;
        record.heading = passage.heading;
        record.passage = passage.passage;
        for (const SnippetPart& part : passage.snippet) record.text += part.text;
      }
      exporter.append(out, record);
      fits = out.size() <= most;
      if (!fits) break;
    }
    if (!fits) {
      out.resize(before);
      if (begun) {
        next = wanted.cursor;
        break;
      }
      // Not even the first piece fits: a smaller one. Half a hit there is not.
      if (wanted.size == 1) (void)place_for(most + 1);
      wanted.size = std::max(1U, wanted.size / 4);
      continue;
    }
    begun = true;
    if (answer.cursor.empty()) break;
    wanted.cursor = answer.cursor;
    if (std::chrono::steady_clock::now() - started > kPatience) {
      next = wanted.cursor;
      break;
    }
    wanted.size = with_text ? kFirstChunk : kDocumentChunk;
  }
  // Who finds the file later sees by its name that there is more.
  Response response =
      download(std::move(out), kind,
               next.empty() && !continued ? "fundstelle-treffer" : "fundstelle-treffer-teil");
  response.headers.emplace_back("X-Fundstelle-Revision", head.revision);
  response.headers.emplace_back("X-Fundstelle-Total", std::to_string(head.total));
  response.headers.emplace_back("X-Fundstelle-Query", header_value(head.q));
  if (!next.empty()) {
    const std::string address = present::search_address(shown, "/api/v1/export");
    response.headers.emplace_back(
        "Link", "<" + base() + address + (address.find('?') == std::string::npos ? "?" : "&") +
                    "format=" + std::string(kind.name) + "&cursor=" + next + ">; rel=\"next\"");
  }
  response.until_sent = std::move(place);
  return response;
}

present::Feed Service::Routes::feed_of(const SearchRequest& wanted,
                                       const SearchAnswer& answer) const {
  const present::Site& site = service.pages_.site();
  return {wanted,
          answer,
          site.name,
          base(),
          authority_of(site.public_url),
          service.backend_.state().indexed};
}

SearchRequest Service::Routes::feed_request() const {
  Parameters parameters = decoded(request);
  const bool sized = parameters.contains("size");
  parameters.erase("sort");  // a feed has one order
  auto outcome = read_search(parameters, {UnknownNames::kIgnore, {}});
  if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
  SearchRequest wanted = bare(std::get<SearchRequest>(outcome));
  wanted.sort = Sort::kAdded;
  wanted.page = 1;
  wanted.cursor.clear();
  if (!sized) wanted.size = kFeedEntries;
  return wanted;
}

Response Service::Routes::feed_atom() const {
  const SearchRequest wanted = feed_request();
  const SearchAnswer answer = search(wanted);
  return body_response("application/atom+xml; charset=utf-8",
                       present::atom_feed(feed_of(wanted, answer)), kDataPolicy);
}

Response Service::Routes::feed_json() const {
  const SearchRequest wanted = feed_request();
  const SearchAnswer answer = search(wanted);
  return body_response("application/feed+json; charset=utf-8",
                       present::json_feed(feed_of(wanted, answer)), kDataPolicy);
}

Response Service::Routes::folder() const {
  return page_response(service.pages_.folder(
      collected(read_list(parameter(decoded(request), "d")), Texts::kNone), base()));
}

Response Service::Routes::dossier() const {
  const Parameters parameters = decoded(request);
  present::Pages::Dossier dossier;
  const IndexState state = service.backend_.state();
  dossier.base = base();
  dossier.revision = state.revision;
  dossier.date = state.indexed.substr(0, 10);
  if (parameters.contains("d")) {
    const std::vector<Collected> pieces = read_list(parameters.at("d"));
    dossier.heading = "Dossier";
    dossier.summary = present::counted(pieces.size(), "Fundstelle", "Fundstellen");
    dossier.back = present::collection_address("/mappe", pieces);
    dossier.entries = collected(pieces, Texts::kAll);
  } else {
    auto outcome = read_search(parameters, {UnknownNames::kIgnore, {}});
    if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
    SearchRequest wanted = bare(std::get<SearchRequest>(outcome));
    const SearchRequest shown = wanted;
    wanted.cursor.clear();
    wanted.page = 1;
    wanted.size = parameters.contains("size") ? wanted.size : kDossierHits;
    wanted.whole_passages = true;
    const SearchAnswer answer = search(wanted);
    dossier.heading = wanted.q.empty() ? "Dossier" : "Dossier: " + wanted.q;
    dossier.summary = present::counted(answer.total, "Treffer", "Treffer");
    if (answer.total > answer.hits.size()) {
      dossier.summary += ", hier die ersten " + present::german_count(answer.hits.size());
    }
    dossier.back = present::search_address(shown);
    dossier.entries = entries_of_hits(answer.hits, wanted.unit);
  }
  std::string html = service.pages_.dossier(dossier);
  std::shared_ptr<void> place = place_for(html.size());
  Response response = page_response(std::move(html));
  response.until_sent = std::move(place);
  return response;
}

Response Service::Routes::opensearch() const {
  return body_response("application/opensearchdescription+xml; charset=utf-8",
                       present::opensearch_description(service.pages_.site().name, base(),
                                                       service.pages_.asset("icon.svg")),
                       kDataPolicy);
}

Response Service::Routes::opensearch_suggest() const {
  const std::string q = parameter(decoded(request), "q");
  constexpr std::size_t kMost = 400;
  const SuggestAnswer answer = q.size() > kMost ? SuggestAnswer{} : service.backend_.suggest(q, 8);
  return body_response("application/x-suggestions+json; charset=utf-8",
                       present::opensearch_suggestions(q, answer, base()), kDataPolicy);
}

Response Service::Routes::sitemap_index() const {
  const IndexState state = service.backend_.state();
  return body_response("application/xml; charset=utf-8",
                       present::sitemap_index(base(), state.documents, state.indexed), kDataPolicy);
}

Response Service::Routes::sitemap() const {
  const std::string& name = arguments.front();
  const bool number =
      !name.empty() && name.size() <= 6 &&
      std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  std::vector<ListedDocument> documents;
  std::vector<std::string> pages;
  if (number && std::stoul(name) == 0) {
    pages = {"/", "/hilfe"};
    for (const present::SiteText& text : service.pages_.site().texts)
      pages.push_back("/" + text.path);
  } else if (number) {
    documents = service.backend_.listed((std::stoul(name) - 1) * present::kSitemapAddresses,
                                        present::kSitemapAddresses);
  }
  if (documents.empty() && pages.empty()) {
    throw Refused{{"unknown_address", "Diesen Teil der Sitemap gibt es nicht.", ""}};
  }
  std::string xml = present::sitemap(base(), documents, pages);
  std::shared_ptr<void> place = place_for(xml.size());
  Response response = body_response("application/xml; charset=utf-8", std::move(xml), kDataPolicy);
  response.until_sent = std::move(place);
  return response;
}

Response Service::Routes::robots() const {
  return body_response("text/plain; charset=utf-8", present::robots_text(base()), kDataPolicy);
}

Response Service::Routes::site_text() const {
  const std::string path = request.path.substr(1);
  if (const present::SiteText* text = service.pages_.site().text(path)) {
    return page_response(service.pages_.site_text(*text));
  }
  throw Refused{{"unknown_address",
                 "Wer diesen Dienst betreibt, hat den Text dieser Seite noch nicht hinterlegt.",
                 ""}};
}

}  // namespace fundstelle::http
