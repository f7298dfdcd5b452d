// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/asked_page.h"

#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>

#include "present/address.h"
#include "present/files/citation.h"
#include "present/german.h"
#include "present/pages/document_text.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::uint32_t kSizes[] = {3, 5, 10};
constexpr std::size_t kSharedShown = 5;
constexpr double kNearEnough = 0.35;
constexpr std::size_t kListedBytes = 110;

void show(TemplateDictionary& item, const char* section, const char* name,
          const std::string& value) {
  if (!value.empty()) item.SetValueAndShowSection(name, value, section);
}

std::string anchor_of(std::size_t question) { return "entwurf-" + std::to_string(question + 1); }

/// "Frage 3a"; questions without numbers are counted.
std::string label_of(const AskedText& asked, std::size_t question) {
  return asked.label.empty() ? std::to_string(question + 1) : asked.label;
}

/// The beginning of a text, cut at a word.
std::string beginning(const std::string& text) {
  if (text.size() <= kListedBytes) return text;
  const std::size_t blank = text.rfind(' ', kListedBytes);
  if (blank != std::string::npos && blank > kListedBytes / 2) return text.substr(0, blank) + " …";
  std::size_t end = kListedBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

/// How near, in words: the number alone says nothing to a reader.
const char* likeness_word(double likeness) {
  if (likeness >= 0.8) return "fast gleich";
  if (likeness >= 0.5) return "sehr ähnlich";
  return "teils ähnlich";
}

std::string place_address(const Hit& hit) {
  if (hit.passages.empty()) return document_address(hit.id);
  return document_address(hit.id, {}, place_anchor(hit.passages.front()));
}

std::string place_text(const PassageHit& passage) {
  std::string text = passage.labels.empty() ? "Frage" : "Frage " + passage.labels.front();
  for (std::size_t i = 1; i < passage.labels.size(); ++i) text += ", " + passage.labels[i];
  return text;
}

void fill_match(TemplateDictionary& item, const AskedMatch& match) {
  const Hit& hit = match.hit;
  show(item, "HAS_TYPE", "TYPE", hit.type_label);
  show(item, "HAS_NUMBER", "NUMBER", hit.number);
  show(item, "HAS_BODY", "BODY", hit.body_label);
  if (!hit.date.empty()) {
    TemplateDictionary* date = item.AddSectionDictionary("HAS_DATE");
    date->SetValue("ISO", hit.date);
    date->SetValue("DATE", german_date(hit.date));
  }
  if (!match.answered) item.ShowSection("UNANSWERED");
  item.SetValue("URL", place_address(hit));
  item.SetValue("TITLE",
                hit.title.empty() ? untitled(hit.type_label, hit.number, hit.id) : hit.title);
  std::string who = joined_names(hit.groups, 4);
  if (!hit.authors.empty()) who += (who.empty() ? "" : ": ") + joined_names(hit.authors, 3);
  const std::string whom = joined_names(hit.ministries, 2);
  if (!who.empty() || !whom.empty()) {
    TemplateDictionary* names = item.AddSectionDictionary("HAS_WHO");
    names->SetValue("WHO", who);
    show(*names, "HAS_WHOM", "WHOM", whom);
  }
  CitedPlace place;
  if (!hit.passages.empty()) {
    const PassageHit& passage = hit.passages.front();
    place = cited_place(passage);
    if (passage.question.empty()) {
      fill_pieces(*item.AddSectionDictionary("RUNNING"), passage.snippet);
    } else {
      TemplateDictionary* pair = item.AddSectionDictionary("PAIR");
      pair->SetValue("PLACE", place_text(passage));
      fill_pieces(*pair, passage.question);
      if (!passage.answer.empty()) {
        fill_pieces(*pair->AddSectionDictionary("ANSWER"), passage.answer);
      }
    }
  }
  item.SetValue("CITATION", full_citation(cited_work(hit), place));
  item.SetValue("LIKENESS", likeness_word(match.likeness));
  if (!hit.shared_words.empty()) {
    std::string words;
    for (std::size_t i = 0; i < std::min(kSharedShown, hit.shared_words.size()); ++i) {
      words += (i > 0 ? ", " : "") + hit.shared_words[i];
    }
    item.SetValueAndShowSection("WORDS", words, "SHARED");
  }
}

void fill_answer(TemplateDictionary& page, const AskedRequest& request, const AskedAnswer& answer) {
  if (!answer.papers.empty()) {
    TemplateDictionary* list = page.AddSectionDictionary("HAS_PAPERS");
    for (const AskedPaper& paper : answer.papers) {
      // Far behind the best it is another matter.
      if (paper.hit.score < kNearEnough * answer.papers.front().hit.score) break;
      TemplateDictionary* item = list->AddSectionDictionary("PAPER");
      item->SetValue("URL", document_address(paper.hit.id));
      if (paper.hit.title.empty() || paper.hit.title_parts.empty()) {
        fill_pieces(*item, {{paper.hit.title.empty()
                                 ? untitled(paper.hit.type_label, paper.hit.number, paper.hit.id)
                                 : paper.hit.title,
                             false}});
      } else {
        fill_pieces(*item, paper.hit.title_parts);
      }
      item->SetValue("CITATION", full_citation(cited_work(paper.hit)));
      if (paper.questions.empty()) continue;
      TemplateDictionary* same = item->AddSectionDictionary("SAME");
      for (const std::uint32_t index : paper.questions) {
        TemplateDictionary* link = same->AddSectionDictionary("QUESTION");
        link->SetValue("ANCHOR", anchor_of(index));
        link->SetValue("LABEL", label_of(request.questions[index], index));
      }
    }
  }
  if (answer.questions.size() > 3) {
    TemplateDictionary* overview = page.AddSectionDictionary("OVERVIEW");
    for (std::size_t i = 0; i < answer.questions.size(); ++i) {
      const AskedQuestion& question = answer.questions[i];
      TemplateDictionary* entry = overview->AddSectionDictionary("ENTRY");
      entry->SetValue("ANCHOR", anchor_of(i));
      entry->SetValue("LABEL", label_of(question.asked, i));
      entry->SetValue("TEXT", beginning(question.asked.lead.empty()
                                            ? question.asked.text
                                            : question.asked.lead + " " + question.asked.text));
      entry->SetValue("FOUND", question.matches.empty()
                                   ? std::string("nichts Ähnliches")
                                   : likeness_word(question.matches.front().likeness));
    }
  }
  for (std::size_t i = 0; i < answer.questions.size(); ++i) {
    const AskedQuestion& question = answer.questions[i];
    TemplateDictionary* section = page.AddSectionDictionary("QUESTION");
    section->SetValue("ANCHOR", anchor_of(i));
    section->SetValue("LABEL", label_of(question.asked, i));
    section->SetValue("TEXT", question.asked.text);
    show(*section, "HAS_LEAD", "LEAD", question.asked.lead);
    if (question.matches.empty()) {
      section->ShowSection("NONE");
      continue;
    }
    TemplateDictionary* some = section->AddSectionDictionary("SOME");
    for (const AskedMatch& match : question.matches) {
      fill_match(*some->AddSectionDictionary("MATCH"), match);
    }
  }
}

bool wanted(const AskedRequest& request, Facet facet, const std::string& slug) {
  for (const FacetFilter& filter : request.filters) {
    if (filter.facet == facet &&
        std::find(filter.wanted.begin(), filter.wanted.end(), slug) != filter.wanted.end()) {
      return true;
    }
  }
  return false;
}

std::string limits_text(const AskedRequest& request, const SearchAnswer& overview) {
  std::vector<std::string> parts;
  for (const FacetCounts& counts : overview.facets) {
    for (const FacetValue& value : counts.values) {
      if (wanted(request, counts.facet, value.slug)) parts.push_back(value.label);
    }
  }
  if (request.from != 0) parts.push_back("ab " + short_date(request.from));
  if (request.to != 0) parts.push_back("bis " + short_date(request.to));
  return joined_names(parts, 6);
}

}  // namespace

void fill_asked(TemplateDictionary& page, const AskedView& view, const std::string& pdfjs) {
  const AskedRequest& request = view.request;
  if (!pdfjs.empty()) page.SetValueAndShowSection("PDFJS", pdfjs, "READS_PDF");
  page.SetValue("TEXT", view.text);
  for (const std::string& missing : view.incomplete) {
    page.AddSectionDictionary("INCOMPLETE")->SetValue("WHAT", missing);
  }
  page.SetValue("MOST_BYTES", std::to_string(kMaxAskedBytes));
  page.SetValue("MOST_QUESTIONS", std::to_string(kMaxAskedQuestions));
  if (request.from != 0) page.SetValue("FROM", bound_text(request.from, false));
  if (request.to != 0) page.SetValue("TO", bound_text(request.to, true));
  for (const std::uint32_t size : kSizes) {
    TemplateDictionary* option = page.AddSectionDictionary("SIZE");
    option->SetValue("NUMBER", std::to_string(size));
    if (size == request.size) option->ShowSection("CHOSEN");
  }
  for (const FacetCounts& counts : view.overview.facets) {
    TemplateDictionary* group = nullptr;
    for (const FacetValue& value : counts.values) {
      if (group == nullptr) {
        group = page.AddSectionDictionary("GROUP");
        group->SetValue("NAME", std::string(facet_name(counts.facet)));
      }
      TemplateDictionary* entry = group->AddSectionDictionary("VALUE");
      entry->SetValue("KEY", std::string(to_string(counts.facet)) + "." + value.slug);
      entry->SetValue("LABEL", value.label);
      if (wanted(request, counts.facet, value.slug)) entry->ShowSection("CHECKED");
    }
  }
  const bool filtered = !request.filters.empty() || request.from != 0 || request.to != 0;
  if (filtered) page.ShowSection("FILTERED");
  if (view.answer == nullptr) {
    page.ShowSection("FRESH");
    page.ShowSection("OPEN");
    if (view.posted) page.ShowSection("NOTHING_ASKED");
    return;
  }
  TemplateDictionary* answered = page.AddSectionDictionary("ANSWERED");
  answered->SetValue("COUNT", counted(view.answer->questions.size(), "Frage", "Fragen"));
  show(*answered, "TITLED", "TITLE", request.title);
  answered->SetValue("SEARCHED", counted(view.answer->searched, "früheren Papier mit Fragen",
                                         "früheren Papieren mit Fragen"));
  if (filtered) show(*answered, "LIMITED", "LIMITS", limits_text(request, view.overview));
  answered->SetValue("TODAY", german_date(view.today));
  answered->SetValue("REVISION", view.answer->revision);
  fill_answer(page, request, *view.answer);
}

}  // namespace fundstelle::present
