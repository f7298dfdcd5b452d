// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/page_parts.h"

#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>

#include "present/address.h"
#include "present/german.h"

namespace fundstelle::present {
namespace {

void hidden(ctemplate::TemplateDictionary& form, std::string_view name, std::string_view value) {
  ctemplate::TemplateDictionary* input = form.AddSectionDictionary("HIDDEN");
  input->SetValue("NAME", ctemplate::TemplateString(name.data(), name.size()));
  input->SetValue("VALUE", ctemplate::TemplateString(value.data(), value.size()));
}

/// The parameters of an address made by search_address, undone one by one. The values in it are
/// slugs, dates and fixed words, which percent_encode leaves as they are.
void hidden_from_address(ctemplate::TemplateDictionary& form, std::string_view address) {
  const std::size_t mark = address.find('?');
  if (mark == std::string_view::npos) return;
  address.remove_prefix(mark + 1);
  while (!address.empty()) {
    const std::size_t end = address.find('&');
    const std::string_view pair = address.substr(0, end);
    address.remove_prefix(end == std::string_view::npos ? address.size() : end + 1);
    const std::size_t equals = pair.find('=');
    hidden(form, pair.substr(0, equals), pair.substr(equals + 1));
  }
}

}  // namespace

std::string_view facet_name(Facet facet) {
  switch (facet) {
    case Facet::kBody:
      return "Parlament oder Herausgeber";
    case Facet::kType:
      return "Dokumentart";
    case Facet::kTopic:
      return "Sachgebiet";
    case Facet::kGroup:
      return "Fraktion";
    case Facet::kMinistry:
      return "Ministerium";
    case Facet::kLegislature:
      return "Wahlperiode";
    case Facet::kYear:
      return "Jahr";
  }
  return {};
}

void fill_search_form(ctemplate::TemplateDictionary& form, const SearchRequest& request) {
  form.SetValue("Q", request.q);
  SearchRequest kept = request;
  kept.q.clear();
  kept.page = 1;
  hidden_from_address(form, search_address(kept));
}

void fill_hidden(ctemplate::TemplateDictionary& form, const SearchRequest& request) {
  SearchRequest kept = request;
  kept.q.clear();
  kept.page = 1;
  hidden_from_address(form, search_address(kept));
  if (!request.q.empty()) hidden(form, "q", request.q);
}

void fill_pieces(ctemplate::TemplateDictionary& parent, const std::vector<SnippetPart>& parts) {
  for (const SnippetPart& part : parts) {
    ctemplate::TemplateDictionary* piece = parent.AddSectionDictionary("PIECE");
    piece->AddSectionDictionary(part.hit ? "HIT" : "PLAIN")->SetValue("TEXT", part.text);
  }
}

std::string joined_names(const std::vector<std::string>& names, std::size_t at_most) {
  std::string text;
  const std::size_t shown = names.size() > at_most ? at_most : names.size();
  const std::size_t rest = names.size() - shown;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == shown && rest == 0 ? " und " : ", ";
    text += names[i];
  }
  if (rest > 0) text += " und " + std::to_string(rest) + " weitere";
  return text;
}

std::string untitled(const std::string& type, const std::string& number, const std::string& id) {
  if (!type.empty() && !number.empty()) return type + " " + number;
  return (type.empty() ? "Dokument" : type) + " ohne Titel (" + id + ")";
}

namespace {

/// Where else the affair stands: "Antwort: 19/1234", in the order question, answer, prints.
void fill_thread(ctemplate::TemplateDictionary& head, const Hit& hit, const std::string& q) {
  struct Name {
    std::string_view relation;
    const char *one, *several;
  };
  static constexpr Name kNames[] = {{"answers", "Frage", "Fragen"},
                                    {"answered_by", "Antwort", "Antworten"},
                                    {"version", "weitere Fassung", "weitere Fassungen"},
                                    {"corrects", "berichtigt", "berichtigt"},
                                    {"corrected_by", "berichtigt durch", "berichtigt durch"}};
  constexpr std::size_t kShown = 2;
  ctemplate::TemplateDictionary* thread = nullptr;
  for (const Name& name : kNames) {
    std::vector<const LinkedPaper*> papers;
    for (const LinkedPaper& paper : hit.linked) {
      if (paper.relation == name.relation) papers.push_back(&paper);
    }
    if (papers.empty()) continue;
    if (thread == nullptr) thread = head.AddSectionDictionary("THREAD");
    ctemplate::TemplateDictionary* row = thread->AddSectionDictionary("RELATION");
    row->SetValue("NAME", papers.size() == 1 ? name.one : name.several);
    for (std::size_t i = 0; i < std::min(kShown, papers.size()); ++i) {
      const LinkedPaper& paper = *papers[i];
      ctemplate::TemplateDictionary* entry = row->AddSectionDictionary("PAPER");
      entry->SetValue("NUMBER", !paper.number.empty()       ? paper.number
                                : !paper.type_label.empty() ? paper.type_label
                                                            : paper.id);
      entry->SetValue("URL", document_address(paper.id, q));
      if (!paper.date.empty()) {
        entry->SetValueAndShowSection("DATE", german_date(paper.date), "DATED");
      }
    }
    if (papers.size() > kShown) {
      row->SetValueAndShowSection("COUNT", std::to_string(papers.size() - kShown), "MORE");
    }
  }
}

}  // namespace

void fill_hit_head(ctemplate::TemplateDictionary& item, const Hit& hit, const std::string& q) {
  ctemplate::TemplateDictionary* head = item.AddIncludeDictionary("HIT_HEAD");
  head->SetFilename("hit_head.html");
  const auto show = [head](const char* section, const char* name, const std::string& value) {
    if (!value.empty()) head->SetValueAndShowSection(name, value, section);
  };
  show("HAS_TYPE", "TYPE", hit.type_label);
  show("HAS_BODY", "BODY", hit.body_label);
  show("HAS_NUMBER", "NUMBER", hit.number);
  if (!hit.date.empty()) {
    ctemplate::TemplateDictionary* date = head->AddSectionDictionary("HAS_DATE");
    date->SetValue("ISO", hit.date);
    date->SetValue("DATE", german_date(hit.date));
  }
  std::string askers = joined_names(hit.groups, 4);
  if (!hit.authors.empty()) {
    if (!askers.empty()) askers += ": ";
    askers += joined_names(hit.authors, 3);
  }
  if (!askers.empty() || !hit.ministries.empty()) {
    ctemplate::TemplateDictionary* who = head->AddSectionDictionary("HAS_WHO");
    who->SetValue("WHO", askers);
    if (!hit.ministries.empty()) {
      who->SetValueAndShowSection("WHOM", joined_names(hit.ministries, 2), "HAS_WHOM");
    }
  }
  fill_thread(*head, hit, q);
  if (hit.ocr) head->ShowSection("OCR");
  if (!hit.copies.empty()) {
    ctemplate::TemplateDictionary* also = head->AddSectionDictionary("ALSO");
    constexpr std::size_t kShown = 3;
    for (std::size_t i = 0; i < std::min(kShown, hit.copies.size()); ++i) {
      ctemplate::TemplateDictionary* copy = also->AddSectionDictionary("COPY");
      copy->SetValue("URL", document_address(hit.copies[i], q));
      copy->SetValue("NAME", hit.copies.size() == 1 ? std::string("andere Fassung")
                                                    : std::to_string(i + 2) + ". Fassung");
    }
    if (hit.copies.size() > kShown) {
      also->SetValueAndShowSection("COUNT", std::to_string(hit.copies.size() - kShown), "MORE");
    }
  }
  head->SetValue("ID", hit.id);
  head->SetValue("PLAIN_TITLE",
                 hit.title.empty() ? untitled(hit.type_label, hit.number, hit.id) : hit.title);
  head->SetValue("URL", document_address(hit.id, q));
  if (hit.title_parts.empty()) {
    fill_pieces(
        *head,
        {{hit.title.empty() ? untitled(hit.type_label, hit.number, hit.id) : hit.title, false}});
  } else {
    fill_pieces(*head, hit.title_parts);
  }
}

}  // namespace fundstelle::present
