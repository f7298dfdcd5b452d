// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page of a document: what it is, what it asks, its text page by page with hits marked, the
// papers around it.
#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>

#include "present/address.h"
#include "present/german.h"
#include "present/pages/document_pairs.h"
#include "present/pages/document_text.h"
#include "present/pages/document_thread.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::size_t kContentsEntries = 1500;  ///< of a table of contents
constexpr std::size_t kSpeechWords = 90;        ///< bytes of a speech shown when it is folded
constexpr std::size_t kFactValues = 8;          ///< of one row; more are folded
constexpr std::size_t kThreadShown = 12;        ///< papers; more are folded

bool is_web_address(const std::string& url) {
  return url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
}

/// "www.example.org" of an address.
std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("//") + 2;
  return url.substr(begin, url.find_first_of("/?#:", begin) - begin);
}

/// Whoever chairs a sitting gives the floor a hundred times; a table of contents is for the others.
bool is_chair(const Speaker& speaker) {
  for (const char* role : {"Präsident", "Vizepräsident", "Alterspräsident", "Landtagspräsident"}) {
    if (speaker.role.rfind(role, 0) == 0) return true;
  }
  return false;
}

class DocumentPage {
 public:
  DocumentPage(TemplateDictionary& page, const ShownDocument& shown, const ViewerAssets& viewer)
      : page_(page), shown_(shown), document_(shown.document), viewer_(viewer), text_(shown) {
    is_pdf_ = shown.has_original && document_.source.media_type == "application/pdf";
    const bool can_show = is_pdf_ && !viewer.script.empty();
    pairs_name_ = pairs_name(document_);
    aspect_ = shown.aspect;
    if (aspect_ == Aspect::kPairs && pairs_name_.empty()) aspect_ = Aspect::kText;
    if ((aspect_ == Aspect::kOriginal || aspect_ == Aspect::kBeside) && !can_show) {
      aspect_ = Aspect::kText;
    }
    can_show_ = can_show;
  }

  void fill() {
    fill_head();
    fill_aspects();
    fill_hits();
    if (aspect_ == Aspect::kText || aspect_ == Aspect::kBeside) fill_text();
    if (aspect_ == Aspect::kPairs) fill_pairs();
    if (aspect_ == Aspect::kOriginal || aspect_ == Aspect::kBeside) fill_viewer();
    // A list of questions is its own table of contents.
    if (aspect_ == Aspect::kText || (aspect_ == Aspect::kPairs && pairs_name_ == "Reden")) {
      fill_contents();
    }
    fill_facts();
    fill_thread();
    fill_similar();
    fill_notes();
  }

 private:
  void fill_head() {
    const auto show = [this](const char* section, const char* name, const std::string& value) {
      if (!value.empty()) page_.SetValueAndShowSection(name, value, section);
    };
    show("HAS_TYPE", "TYPE", document_.type);
    show("HAS_BODY", "BODY", document_.body);
    show("HAS_NUMBER", "NUMBER", document_.number);
    show("HAS_DATE", "DATE", german_date(document_.date));
    page_.SetValue("CITATION", short_citation(text_.work()));
    page_.SetValue("FULL_CITATION", full_citation(text_.work()));
    page_.SetValue("ID", document_.id);
    page_.SetValue("PERMALINK", document_address(document_.id));
    page_.SetValue("BIBTEX_URL", document_address(document_.id) + "/zitat.bib");
    page_.SetValue("RIS_URL", document_address(document_.id) + "/zitat.ris");
    std::vector<SnippetPart> title =
        marked_pieces(document_.title, 0, document_.title.size(), shown_.title_marks);
    if (title.empty()) title = {{untitled(document_.type, document_.number, document_.id), false}};
    fill_pieces(page_, title);
    if (const auto time = answer_time(shown_)) {
      TemplateDictionary* row = page_.AddSectionDictionary("ANSWER_TIME");
      row->SetValue("ASKED", german_date(time->asked));
      row->SetValue("ANSWERED", german_date(time->answered));
      row->SetValue(
          "AFTER", time->days == 0
                       ? "am selben Tag"
                       : "nach " + counted(static_cast<std::uint64_t>(time->days), "Tag", "Tagen"));
    }
    if (shown_.has_original) {
      TemplateDictionary* original = page_.AddSectionDictionary("ORIGINAL");
      original->SetValue("URL", original_address(document_.id));
      original->SetValue("KIND", original_kind());
      original->ShowSection(is_pdf_ ? "OPENS" : "IS_COPY");
    }
    for (const std::string& url : document_.urls) {
      if (!is_web_address(url)) continue;
      TemplateDictionary* source = page_.AddSectionDictionary("SOURCE");
      source->SetValue("URL", url);
      source->SetValue("HOST", host_of(url));
      break;
    }
  }

  [[nodiscard]] std::string original_kind() const {
    const std::string& type = document_.source.media_type;
    std::string kind = type == "application/pdf"               ? "PDF"
                       : type == "text/html"                   ? "HTML"
                       : type == "text/markdown"               ? "Markdown"
                       : type.find("xml") != std::string::npos ? "XML"
                                                               : "Text";
    if (document_.source.bytes > 0) kind += ", " + german_bytes(document_.source.bytes);
    return kind;
  }

  /// Links between the ways to show the document; none if there is but one.
  void fill_aspects() {
    if (pairs_name_.empty() && !can_show_) return;
    TemplateDictionary* list = page_.AddSectionDictionary("ASPECTS");
    const auto add = [&](Aspect aspect, const std::string& name) {
      TemplateDictionary* entry = list->AddSectionDictionary("ASPECT");
      entry->SetValue("NAME", name);
      entry->SetValue("URL", aspect_address(document_.id, aspect, shown_.q));
      if (aspect == aspect_) entry->ShowSection("CURRENT");
      if (aspect == Aspect::kBeside) entry->ShowSection("WIDE");
    };
    add(Aspect::kText, "Text");
    if (!pairs_name_.empty()) add(Aspect::kPairs, pairs_name_);
    if (can_show_) {
      add(Aspect::kOriginal, "Original");
      add(Aspect::kBeside, "Text neben Original");
    }
  }

  void fill_hits() {
    if (shown_.q.empty()) return;
    TemplateDictionary* summary = page_.AddSectionDictionary("HIT_SUMMARY");
    summary->SetValue("Q", shown_.q);
    summary->SetValue("HIT_COUNT", counted(text_.hits(), "Treffer", "Treffer"));
    if (aspect_ == Aspect::kPairs) {
      std::size_t in_pairs = 0;
      for (const Pair& pair : pairs_of(document_)) {
        for (const auto* part : {&pair.questions, &pair.answers, &pair.speeches}) {
          for (const std::size_t i : *part) {
            in_pairs += text_.hits_in(document_.sections[i].span);
          }
        }
      }
      if (in_pairs < text_.hits()) {
        TemplateDictionary* elsewhere = summary->AddSectionDictionary("ELSEWHERE");
        elsewhere->SetValue("COUNT", counted(text_.hits() - in_pairs, "Treffer", "Treffer"));
        elsewhere->SetValue("URL", document_address(document_.id, shown_.q, "treffer-1"));
      }
      return;
    }
    if (text_.hits() > 0 && aspect_ != Aspect::kOriginal) summary->ShowSection("TO_FIRST");
    for (std::size_t i = 0; i < shown_.marks.size() && i < document_.pages.size(); ++i) {
      if (shown_.marks[i].empty() || !document_.paged) continue;
      TemplateDictionary* entry = summary->AddSectionDictionary("HIT_PAGE");
      entry->SetValue("URL", "#" + page_anchor(document_.pages[i].number));
      entry->SetIntValue("NUMBER", document_.pages[i].number);
      entry->SetValue("COUNT", german_count(shown_.marks[i].size()));
    }
  }

  void fill_text() {
    TemplateDictionary* text = page_.AddSectionDictionary("TEXT");
    for (std::size_t i = 0; i < document_.pages.size(); ++i) {
      const Page& source = document_.pages[i];
      TemplateDictionary* sheet = text->AddSectionDictionary("SHEET");
      sheet->SetValue("ANCHOR", page_anchor(source.number));
      if (document_.paged) {
        TemplateDictionary* head = sheet->AddSectionDictionary("SHEET_HEAD");
        head->SetIntValue("NUMBER", source.number);
        head->SetValue("ANCHOR_URL", "#" + page_anchor(source.number));
        head->SetValue("CITATION", text_.cited(source.number));
        if (is_pdf_) {
          head->SetValueAndShowSection(
              "ORIGINAL_URL", original_address(document_.id, source.number), "AT_ORIGINAL");
        }
      }
      text_.fill_page(*sheet, i);
      if (source.text.empty()) sheet->ShowSection("EMPTY_SHEET");
    }
    if (document_.pages.empty()) page_.ShowSection("NO_TEXT");
  }

  void fill_pairs() {
    TemplateDictionary* list = page_.AddSectionDictionary("PAIRS");
    list->SetValue("NAME", pairs_name_);
    for (const Pair& pair : pairs_of(document_)) {
      TemplateDictionary* item = list->AddSectionDictionary("PAIR");
      const std::vector<std::size_t>& begin = !pair.questions.empty()  ? pair.questions
                                              : !pair.speeches.empty() ? pair.speeches
                                                                       : pair.answers;
      const Section& first = document_.sections[begin.front()];
      fill_pair_head(*item, pair, first, begin);
      TemplateDictionary* questions =
          pair.questions.empty() ? nullptr : item->AddSectionDictionary("QUESTIONS");
      for (const std::size_t i : pair.questions) {
        const Section& section = document_.sections[i];
        TemplateDictionary* part = questions->AddSectionDictionary("QUESTION");
        if (i != begin.front() && !text_.anchor(i).empty()) {
          part->SetValueAndShowSection("ANCHOR", text_.anchor(i), "ALSO_HERE");
        }
        if (section.speaker && !section.speaker->name.empty()) {
          part->SetValueAndShowSection("WHO", speaker_name(*section.speaker), "ASKED_BY");
        }
        text_.fill_span(*part, section.span);
      }
      const bool unanswered = pair.answers.empty() && !pair.questions.empty() && answers_printed();
      TemplateDictionary* answers =
          pair.answers.empty() && !unanswered ? nullptr : item->AddSectionDictionary("ANSWERS");
      for (const std::size_t i : pair.answers) {
        const AnswerInParts split = in_parts(document_, pair, i);
        text_.fill_span(*answers->AddSectionDictionary("ANSWER"), split.head);
        for (const AskedOn& part : split.parts) fill_part(*item, part);
      }
      if (unanswered) answers->ShowSection("NO_ANSWER");
      for (const std::size_t i : pair.speeches) {
        const Section& section = document_.sections[i];
        TemplateDictionary* speech = item->AddSectionDictionary("SPEECH");
        speech->SetValue("BEGIN", first_words(section.text, kSpeechWords));
        if (text_.hits_in(section.span) > 0) speech->ShowSection("OPEN");
        text_.fill_span(*speech, section.span);
      }
    }
  }

  /// Parts of the question that the paper asks inside its answer, beside what answers them.
  void fill_part(TemplateDictionary& item, const AskedOn& asked) {
    TemplateDictionary* part = item.AddSectionDictionary("PART");
    part->SetValue("NAME", (asked.labels.size() == 1 ? "Frage " : "Fragen ") +
                               joined_names(asked.labels, asked.labels.size()));
    Section cited;
    cited.kind = SectionKind::kQuestion;
    cited.labels = asked.labels;
    cited.span = asked.questions.front();
    part->SetValue("CITATION", text_.cited(cited));
    for (const Span& span : asked.questions) {
      text_.fill_span(*part->AddSectionDictionary("QUESTION"), span);
    }
    if (asked.answer.page != asked.answer.end_page || asked.answer.begin < asked.answer.end) {
      text_.fill_span(*part->AddSectionDictionary("ANSWER"), asked.answer);
    }
  }

  [[nodiscard]] bool answers_printed() const {
    return std::any_of(document_.sections.begin(), document_.sections.end(),
                       [](const Section& one) { return one.kind == SectionKind::kAnswer; });
  }

  void fill_pair_head(TemplateDictionary& item, const Pair& pair, const Section& first,
                      const std::vector<std::size_t>& begin) {
    const std::string& anchor = text_.anchor(begin.front());
    if (!anchor.empty()) {
      item.SetValueAndShowSection("ANCHOR", anchor, "ANCHORED");
      item.SetValueAndShowSection("ANCHOR_URL", "#" + anchor, "PERMANENT");
    }
    Section cited = first;
    cited.text.clear();
    std::string name;
    if (!pair.speeches.empty()) {
      name = first.speaker ? speaker_name(*first.speaker) : "Rede";
      if (!first.agenda_item.empty()) {
        item.SetValueAndShowSection("ITEM", first.agenda_item, "HAS_ITEM");
      }
    } else {
      std::vector<std::string> labels;
      for (const std::size_t i : pair.questions) {
        const auto& own = document_.sections[i].labels;
        labels.insert(labels.end(), own.begin(), own.end());
      }
      cited.labels = labels;
      cited.kind = SectionKind::kQuestion;
      name = labels.empty() ? (pair.questions.empty() ? "Antwort" : "Frage")
                            : (labels.size() == 1 ? "Frage " : "Fragen ") +
                                  joined_names(labels, labels.size());
    }
    item.SetValue("NAME", name);
    item.SetValue("CITATION", text_.cited(cited));
    std::string in_text = document_address(document_.id, shown_.q,
                                           anchor.empty() ? page_anchor(first.span.page) : anchor);
    item.SetValue("TEXT_URL", in_text);
    if (document_.paged) {
      item.SetValueAndShowSection("PAGE", std::to_string(first.span.page), "HAS_PAGE");
    }
    if (is_pdf_) {
      item.SetValueAndShowSection("ORIGINAL_URL", original_address(document_.id, first.span.page),
                                  "AT_ORIGINAL");
    }
  }

  void fill_viewer() {
    TemplateDictionary* viewer = page_.AddSectionDictionary("VIEWER");
    viewer->SetValue("PDF_URL", original_address(document_.id));
    viewer->SetValue("PDF_AT_PAGE", original_address(document_.id, shown_.page));
    viewer->SetValue("PDFJS", viewer_.pdfjs);
    viewer->SetValue("SCRIPT", viewer_.script);
    viewer->SetValue("KIND", original_kind());
    viewer->SetIntValue("PAGE", std::max<std::uint32_t>(1, shown_.page));
    viewer->SetValue("TEXT_URL", document_address(document_.id, shown_.q));
    if (!shown_.q.empty() && text_.hits() > 0) {
      viewer->SetValueAndShowSection("MARKS_URL", marks_address(document_.id, shown_.q),
                                     "HAS_MARKS");
    }
    if (aspect_ == Aspect::kBeside) viewer->ShowSection("BESIDE");
    page_.ShowSection(aspect_ == Aspect::kBeside ? "IS_BESIDE" : "IS_ORIGINAL");
  }

  void fill_contents() {
    TemplateDictionary* contents = nullptr;
    std::size_t entries = 0;
    const auto add = [&](const std::string& label, const std::string& text,
                         const std::string& anchor, std::uint32_t page, bool heading) {
      if (contents == nullptr) contents = page_.AddSectionDictionary("CONTENTS");
      if (++entries > kContentsEntries) return;
      TemplateDictionary* entry = contents->AddSectionDictionary("ENTRY");
      if (!label.empty()) entry->SetValueAndShowSection("LABEL", label, "HAS_LABEL");
      if (heading) entry->ShowSection("HEADS");
      entry->SetValue("TEXT", text);
      entry->SetValue("URL", "#" + anchor);
      if (document_.paged) {
        entry->SetValueAndShowSection("PAGE", std::to_string(page), "HAS_PAGE");
      }
    };
    if (pairs_name_ == "Reden") {
      fill_contents_of_speeches(add);
    } else {
      fill_contents_of_parts(add);
    }
  }

  [[nodiscard]] std::string question_text(const Section& section) const {
    for (const Question& question : document_.questions) {
      if (!section.labels.empty() && question.label == section.labels.front() &&
          question.page == section.span.page) {
        return question.text;
      }
    }
    return section.text;
  }

  template <typename Add>
  void fill_contents_of_parts(Add add) const {
    if (document_.questions.empty()) {
      std::size_t headings = 0;
      for (std::size_t i = 0; i < document_.sections.size(); ++i) headings += heads_a_part(i);
      if (headings < 3) return;
    }
    std::vector<std::string> listed;
    for (std::size_t i = 0; i < document_.sections.size(); ++i) {
      const Section& section = document_.sections[i];
      if (heads_a_part(i)) {
        add("", first_words(section.text), text_.anchor(i), section.span.page, true);
      } else if (section.kind == SectionKind::kQuestion && !text_.anchor(i).empty() &&
                 !section.labels.empty()) {
        add(section.labels.front(), first_words(question_text(section)), text_.anchor(i),
            section.span.page, false);
        listed.insert(listed.end(), section.labels.begin(), section.labels.end());
      }
    }
    // Questions whose place is not known.
    for (const Question& question : document_.questions) {
      if (std::find(listed.begin(), listed.end(), question.label) != listed.end()) continue;
      add(question.label, first_words(question.text), page_anchor(question.page), question.page,
          false);
    }
  }

  /// Not what stands on every title page: the house, the kind, the title.
  [[nodiscard]] bool heads_a_part(std::size_t i) const {
    const Section& section = document_.sections[i];
    if (section.kind != SectionKind::kHeading) return false;
    const auto title = document_.read.find("title");
    if (title != document_.read.end()) {
      const Span& span = title->second.span;
      if (section.span.page < span.page ||
          (section.span.page == span.page && section.span.begin < span.end)) {
        return false;
      }
    }
    return section.text != document_.type && section.text != document_.title &&
           (document_.body.empty() || section.text.rfind(document_.body, 0) != 0);
  }

  template <typename Add>
  void fill_contents_of_speeches(Add add) const {
    std::string item, who;
    for (std::size_t i = 0; i < document_.sections.size(); ++i) {
      const Section& section = document_.sections[i];
      if (section.kind != SectionKind::kSpeech || !section.speaker) continue;
      if (!section.agenda_item.empty() && section.agenda_item != item) {
        item = section.agenda_item;
        who.clear();
        add("", first_words(item), text_.anchor(i), section.span.page, true);
      }
      // Interrupted by a question of the chair, one goes on: still the same speech.
      const std::string name = speaker_name(*section.speaker);
      if (is_chair(*section.speaker) || name == who) continue;
      who = name;
      add("", name, text_.anchor(i), section.span.page, false);
    }
  }

  /// One row of the table: name, linked or plain values, and where it was read.
  void add_row(const std::string& name, const std::string& field,
               const std::vector<std::pair<std::string, std::string>>& values) {
    if (values.empty()) return;
    TemplateDictionary* row = page_.AddSectionDictionary("FACT");
    row->SetValue("NAME", name);
    TemplateDictionary* list = row;
    std::size_t listed = 0;
    for (const auto& [text, url] : values) {
      if (listed++ == kFactValues && values.size() > kFactValues + 2) {
        list = row->AddSectionDictionary("MORE");
        list->SetValue("COUNT", german_count(values.size() - kFactValues));
      }
      TemplateDictionary* value = list->AddSectionDictionary("VALUE");
      TemplateDictionary* form = value->AddSectionDictionary(url.empty() ? "TEXT_ONLY" : "LINKED");
      form->SetValue("TEXT", text);
      if (!url.empty()) form->SetValue("URL", url);
    }
    const auto reading = document_.read.find(field);
    if (reading == document_.read.end()) return;
    TemplateDictionary* where = row->AddSectionDictionary("READ");
    where->SetValue("HOW", reading->second.how);
    if (document_.paged) {
      where->SetIntValue("PAGE", reading->second.span.page);
      where->SetValue("URL", "#" + page_anchor(reading->second.span.page));
      where->ShowSection("ON_PAGE");
    } else {
      where->ShowSection("IN_FILE");
    }
  }

  void add_text_row(const std::string& name, const std::string& field, const std::string& value) {
    if (!value.empty()) add_row(name, field, {{value, ""}});
  }

  void add_facet_row(const std::string& name, const std::string& field, Facet facet,
                     const std::vector<std::string>& labels,
                     const std::vector<std::string>& slugs) {
    std::vector<std::pair<std::string, std::string>> values;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      SearchRequest request;
      if (i < slugs.size() && !slugs[i].empty()) request.filters.push_back({facet, {slugs[i]}, {}});
      values.emplace_back(labels[i], request.filters.empty() ? "" : search_address(request));
    }
    add_row(name, field, values);
  }

  static std::vector<std::string> one(const std::string& value) {
    return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
  }

  void fill_facts() {
    add_facet_row("Dokumentart", "type", Facet::kType, one(document_.type), one(document_.type_id));
    add_facet_row("Herausgeber", "body", Facet::kBody, one(document_.body), one(document_.body_id));
    if (document_.legislature) {
      const std::string term = std::to_string(*document_.legislature);
      add_facet_row("Wahlperiode", "legislature", Facet::kLegislature, {term + "."}, {term});
    }
    add_text_row("Nummer", "number", document_.number);
    add_text_row("Datum", "date", german_date(document_.date));
    const Dates& dates = document_.dates;
    const auto date_row = [&](const char* name, const char* field, const std::string& date) {
      if (date != document_.date) add_text_row(name, field, german_date(date));
    };
    date_row("Gefragt", "dates.asked", dates.asked);
    date_row("Eingegangen", "dates.received", dates.received);
    date_row("Beantwortet", "dates.answered", dates.answered);
    date_row("Beschlossen", "dates.decided", dates.decided);
    date_row("Veröffentlicht", "dates.published", dates.published);
    date_row("Zuletzt geändert", "dates.modified", dates.modified);
    std::vector<std::pair<std::string, std::string>> names;
    for (const std::string& author : document_.authors) names.emplace_back(author, "");
    add_row("Namen", "authors", names);
    add_facet_row("Fraktion", "groups", Facet::kGroup, document_.groups, document_.group_ids);
    add_facet_row("Ministerium", "ministries", Facet::kMinistry, document_.ministries,
                  document_.ministry_ids);
    add_text_row("Ausschuss", "committee", document_.committee);
    add_text_row("Tagesordnungspunkt", "agenda_item", document_.agenda_item);
    add_text_row("Ort", "place", document_.place);
    // Given by the classifier or by the source: a reader must be able to tell.
    const auto topics = document_.read.find("topics");
    const bool assigned = topics != document_.read.end() && topics->second.how == "classifier";
    add_facet_row(assigned ? "Sachgebiet (zugeordnet)" : "Sachgebiet", assigned ? "" : "topics",
                  Facet::kTopic, document_.topics, document_.topic_ids);
    std::vector<std::pair<std::string, std::string>> keywords;
    for (const std::string& keyword : document_.keywords) keywords.emplace_back(keyword, "");
    add_row("Schlagwörter", "keywords", keywords);
    std::vector<std::pair<std::string, std::string>> references;
    for (const std::string& reference : document_.references) {
      SearchRequest request;
      request.q = reference;
      references.emplace_back(reference, search_address(request));
    }
    add_row("Genannte Drucksachen", "references", references);
    std::vector<std::pair<std::string, std::string>> urls;
    for (const std::string& url : document_.urls) {
      const bool web = url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
      urls.emplace_back(url, web ? url : "");
    }
    add_row("Quelle", "urls", urls);
    add_text_row("Kennung", "", document_.id);
  }

  void fill_thread() {
    const std::vector<ThreadEntry> thread = thread_of(shown_);
    if (thread.empty()) return;
    TemplateDictionary* list = page_.AddSectionDictionary("THREAD");
    if (thread.size() > kThreadShown) {
      list->SetValueAndShowSection("COUNT", german_count(thread.size()), "LONG");
    }
    for (const ThreadEntry& one : thread) {
      const bool dated = !one.paper.date.empty();
      TemplateDictionary* entry = list->AddSectionDictionary(dated ? "DATED" : "UNDATED");
      const DocumentLink& paper = one.paper;
      if (dated) {
        entry->SetValue("ISO", paper.date);
        entry->SetValue("DATE", german_date(paper.date));
      }
      std::string head = paper.type_label;
      if (!paper.number.empty()) head += (head.empty() ? "" : " ") + paper.number;
      if (!paper.body_label.empty() && paper.body_label != document_.body) {
        head += (head.empty() ? "" : ", ") + paper.body_label;
      }
      entry->SetValue("HEAD", head);
      if (one.here) {
        entry->ShowSection("HERE");
        continue;
      }
      TemplateDictionary* other = entry->AddSectionDictionary("OTHER");
      other->SetValue("ROLE", one.role);
      // Question, answer and correction bear the same title: what differs is said.
      const bool same = !paper.title.empty() && paper.title == document_.title && !head.empty();
      TemplateDictionary* title = other->AddSectionDictionary(same ? "SAME_TITLE" : "OWN_TITLE");
      title->SetValue("URL", document_address(paper.id, shown_.q));
      title->SetValue("HEAD", head);
      title->SetValue("TITLE", paper.title.empty()
                                   ? untitled(paper.type_label, paper.number, paper.id)
                                   : paper.title);
    }
  }

  void fill_similar() {
    for (const Hit& hit : shown_.similar) {
      TemplateDictionary* entry = page_.AddSectionDictionary("SIMILAR");
      std::string head = hit.type_label;
      if (!hit.number.empty()) head += (head.empty() ? "" : " ") + hit.number;
      if (!hit.body_label.empty()) head += (head.empty() ? "" : ", ") + hit.body_label;
      if (!hit.date.empty()) head += (head.empty() ? "" : ", ") + german_date(hit.date);
      entry->SetValue("HEAD", head);
      entry->SetValue("URL", document_address(hit.id));
      entry->SetValue("TITLE",
                      hit.title.empty() ? untitled(hit.type_label, hit.number, hit.id) : hit.title);
      std::vector<std::string> words = hit.shared_words;
      if (words.size() > 5) words.resize(5);
      if (!words.empty()) {
        entry->SetValueAndShowSection("WORDS", joined_names(words, words.size()), "HAS_WORDS");
      }
    }
    if (!shown_.similar.empty()) page_.ShowSection("HAS_SIMILAR");
  }

  void fill_notes() {
    static constexpr std::pair<std::string_view, std::string_view> kFields[] = {
        {"type", "Dokumentart"},
        {"body", "Herausgeber"},
        {"number", "Nummer"},
        {"title", "Titel"},
        {"date", "Datum"},
        {"authors", "Namen"},
        {"groups", "Fraktion"},
        {"legislature", "Wahlperiode"},
        {"ministries", "Ministerium"},
        {"topics", "Sachgebiet"}};
    std::string missing;
    for (const std::string& field : document_.abstained) {
      for (const auto& [code, name] : kFields) {
        if (code != field) continue;
        if (!missing.empty()) missing += ", ";
        missing += name;
      }
    }
    if (!missing.empty()) page_.SetValueAndShowSection("MISSING", missing, "HAS_MISSING");
    for (const Warning& warning : document_.warnings) {
      if (warning.code == "needs_ocr") page_.ShowSection("NEEDS_OCR");
      if (warning.code == "ocr") page_.ShowSection("OCR");
      if (warning.code == "truncated") page_.ShowSection("TRUNCATED");
    }
  }

  TemplateDictionary& page_;
  const ShownDocument& shown_;
  const Document& document_;
  const ViewerAssets& viewer_;
  DocumentText text_;
  std::string pairs_name_;
  Aspect aspect_ = Aspect::kText;
  bool is_pdf_ = false, can_show_ = false;
};

}  // namespace

void fill_document(ctemplate::TemplateDictionary& page, const ShownDocument& shown,
                   const ViewerAssets& viewer) {
  DocumentPage(page, shown, viewer).fill();
}

}  // namespace fundstelle::present
