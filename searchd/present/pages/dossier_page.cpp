// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages to take along: a collection and its print form, the print form of a result, the ways to
// files and feeds beneath a result.
#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include "present/address.h"
#include "present/collected.h"
#include "present/files/export.h"
#include "present/german.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

SearchRequest whole(const SearchRequest& request) {
  SearchRequest plain = request;
  plain.page = 1;
  plain.size = SearchRequest{}.size;
  plain.cursor.clear();
  return plain;
}

std::string with_parameter(const std::string& address, const std::string& pair) {
  return address + (address.find('?') == std::string::npos ? "?" : "&") + pair;
}

/// Paragraphs of a text that is cut into marked and plain parts.
void fill_paragraphs(TemplateDictionary& parent, const std::vector<SnippetPart>& parts) {
  std::vector<std::vector<SnippetPart>> paragraphs(1);
  for (const SnippetPart& part : parts) {
    std::size_t begin = 0;
    for (;;) {
      const std::size_t end = part.text.find("\n\n", begin);
      const std::string piece =
          part.text.substr(begin, end == std::string::npos ? std::string::npos : end - begin);
      if (!piece.empty()) paragraphs.back().push_back({piece, part.hit});
      if (end == std::string::npos) break;
      if (!paragraphs.back().empty()) paragraphs.emplace_back();
      begin = end + 2;
    }
  }
  // The number of the question behind it is all that is left of it here.
  const auto only_number = [](const std::vector<SnippetPart>& paragraph) {
    const std::string& text = paragraph.front().text;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    return paragraph.size() == 1 && digits > 0 && digits <= 3 && digits + 1 == text.size() &&
           (text[digits] == '.' || text[digits] == ')');
  };
  while (paragraphs.size() > 1 && (paragraphs.back().empty() || only_number(paragraphs.back()))) {
    paragraphs.pop_back();
  }
  for (const std::vector<SnippetPart>& paragraph : paragraphs) {
    if (!paragraph.empty()) fill_pieces(*parent.AddSectionDictionary("PARAGRAPH"), paragraph);
  }
}

void fill_export_links(TemplateDictionary& page, const std::vector<Collected>& pieces) {
  for (const ExportKind& kind : kExportKinds) {
    TemplateDictionary* link = page.AddSectionDictionary("EXPORT");
    link->SetValue("URL", export_address(pieces, kind.name));
    link->SetValue("LABEL", std::string(kind.label));
  }
}

/// Hits one file surely holds (api_export ends a file by size and time).
constexpr std::uint64_t kSurelyInOneFile = 10'000;
constexpr std::size_t kMostParts = 24;

/// A result that may be too large for one file, cut into spans of years each of which is not.
void fill_parts(TemplateDictionary& taking, const SearchRequest& request,
                const SearchAnswer& answer) {
  if (answer.total <= kSurelyInOneFile) return;
  TemplateDictionary* large = taking.AddSectionDictionary("LARGE");
  const std::vector<HistogramBar>& bars = answer.histogram.bars;
  if (answer.histogram.step != "year" || bars.size() < 2) return;
  struct Part {
    std::uint32_t first, last;  // years
    std::uint64_t count;
  };
  std::vector<Part> parts;
  for (const HistogramBar& bar : bars) {
    const std::uint32_t year = bar.from / 10'000;
    if (parts.empty() || parts.back().count + bar.count > kSurelyInOneFile) {
      parts.push_back({year, year, bar.count});
    } else {
      parts.back().last = year;
      parts.back().count += bar.count;
    }
  }
  if (parts.size() < 2 || parts.size() > kMostParts) return;
  TemplateDictionary* list = large->AddSectionDictionary("PARTS");
  for (const Part& part : parts) {
    SearchRequest narrowed = request;
    narrowed.from = std::max(request.from, part.first * 10'000 + 101);
    narrowed.to = part.last * 10'000 + 1231;
    if (request.to != 0) narrowed.to = std::min(request.to, narrowed.to);
    TemplateDictionary* item = list->AddSectionDictionary("PART");
    item->SetValue("YEARS", std::to_string(part.first) +
                                (part.last == part.first ? "" : "–" + std::to_string(part.last)));
    item->SetValue("COUNT", german_count(part.count));
    for (const ExportKind& kind : kExportKinds) {
      TemplateDictionary* link = item->AddSectionDictionary("FILE");
      link->SetValue("URL", with_parameter(search_address(narrowed, "/api/v1/export"),
                                           "format=" + std::string(kind.name)));
      link->SetValue("LABEL", std::string(kind.label));
    }
  }
  if (answer.histogram.undated > 0) {
    list->SetValueAndShowSection("COUNT", german_count(answer.histogram.undated), "UNDATED");
  }
}

void fill_entry(TemplateDictionary& item, const CollectedEntry& entry, const std::string& base) {
  item.SetValue("NAME", name_of(entry.piece));
  if (!entry.hit) {
    item.SetValueAndShowSection("ID", entry.piece.id, "GONE");
    return;
  }
  const Hit& hit = *entry.hit;
  const CitedWork work = cited_work(hit);
  TemplateDictionary* there = item.AddSectionDictionary("THERE");
  there->SetValue("NAME", name_of(entry.piece));
  there->SetValue("URL", collected_address(entry.piece));
  there->SetValue("ADDRESS", base + collected_address(entry.piece));
  there->SetValue("TITLE",
                  hit.title.empty() ? untitled(hit.type_label, hit.number, hit.id) : hit.title);
  there->SetValue("CITATION", full_citation(work, entry.place));
  there->SetValue("SHORT_CITATION", short_citation(work, entry.place));
  std::string who = joined_names(hit.groups, 4);
  if (!hit.authors.empty()) {
    if (!who.empty()) who += ": ";
    who += joined_names(hit.authors, 3);
  }
  if (!who.empty()) there->SetValueAndShowSection("WHO", who, "HAS_WHO");
  for (const CollectedText& text : entry.texts) {
    TemplateDictionary* part = there->AddSectionDictionary("PART");
    if (!text.heading.empty()) part->SetValueAndShowSection("HEADING", text.heading, "HAS_HEADING");
    fill_paragraphs(*part, text.text);
  }
}

}  // namespace

void fill_taking_along(TemplateDictionary& page, const SearchRequest& request,
                       const SearchAnswer& answer) {
  const SearchRequest plain = whole(request);
  TemplateDictionary* taking = page.AddIncludeDictionary("TAKING");
  taking->SetFilename("taking.html");
  for (const ExportKind& kind : kExportKinds) {
    TemplateDictionary* link = taking->AddSectionDictionary("EXPORT");
    link->SetValue("URL", with_parameter(search_address(plain, "/api/v1/export"),
                                         "format=" + std::string(kind.name)));
    link->SetValue("LABEL", std::string(kind.label));
  }
  fill_parts(*taking, plain, answer);
  SearchRequest followed = plain;
  followed.sort = Sort::kRelevance;
  taking->SetValue("ATOM_URL", search_address(followed, "/feed.atom"));
  taking->SetValue("JSON_URL", search_address(followed, "/feed.json"));
  taking->SetValue("DOSSIER_URL", search_address(plain, "/dossier"));
}

void fill_feed_links(TemplateDictionary& layout, const SearchRequest& request) {
  SearchRequest followed = whole(request);
  followed.sort = Sort::kRelevance;
  const std::string title = request.q.empty() ? "alle Dokumente" : request.q;
  const auto link = [&](const char* type, const char* path) {
    TemplateDictionary* feed = layout.AddSectionDictionary("FEED");
    feed->SetValue("TYPE", type);
    feed->SetValue("TITLE", title);
    feed->SetValue("URL", search_address(followed, path));
  };
  link("application/atom+xml", "/feed.atom");
  link("application/feed+json", "/feed.json");
}

void fill_folder(TemplateDictionary& page, const std::vector<CollectedEntry>& entries,
                 const std::string& base) {
  std::vector<Collected> pieces;
  for (const CollectedEntry& entry : entries) pieces.push_back(entry.piece);
  if (pieces.empty()) {
    page.ShowSection("EMPTY");
    return;
  }
  TemplateDictionary* full = page.AddSectionDictionary("FULL");
  full->SetValue("COUNT", counted(pieces.size(), "Fundstelle", "Fundstellen"));
  full->SetValue("SHARE_URL", base + collection_address("/mappe", pieces));
  full->SetValue("DOSSIER_URL", collection_address("/dossier", pieces));
  fill_export_links(*full, pieces);
  for (const CollectedEntry& entry : entries) {
    fill_entry(*full->AddSectionDictionary("ENTRY"), entry, base);
  }
}

void fill_dossier(TemplateDictionary& page, const Pages::Dossier& dossier) {
  page.SetValue("HEADING", dossier.heading);
  page.SetValue("SUMMARY", dossier.summary);
  page.SetValue("BACK_URL", dossier.back);
  page.SetValue("ADDRESS", dossier.base + dossier.back);
  page.SetValue("REVISION", dossier.revision);
  if (!dossier.date.empty())
    page.SetValueAndShowSection("DATE", german_date(dossier.date), "DATED");
  for (const CollectedEntry& entry : dossier.entries) {
    fill_entry(*page.AddSectionDictionary("ENTRY"), entry, dossier.base);
  }
}

}  // namespace fundstelle::present
