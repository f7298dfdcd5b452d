// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_text.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "field_names.h"
#include "schema/schema.h"
#include "terminal.h"
#include "topics/topics.h"

namespace fundstelle {
namespace {

constexpr std::size_t kNameWidth = 20;
constexpr std::size_t kPlaceWidth = 7;    ///< "S. 123 "
constexpr std::size_t kPreviewLines = 3;  ///< of a question, an answer, a speech

std::string joined(const std::vector<std::string>& values, const char* between = ", ") {
  std::string text;
  for (const std::string& value : values) {
    if (!text.empty()) text += between;
    text += value;
  }
  return text;
}

/// "12.345"
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ".");
  return digits;
}

/// Iso dates as printed in Germany; what is none stays.
std::string german_date(const std::string& iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return iso;
  return iso.substr(8, 2) + "." + iso.substr(5, 2) + "." + iso.substr(0, 4);
}

const char* relation_name(RelationKind kind) {
  switch (kind) {
    case RelationKind::kAnswers:
      return "Antwort auf";
    case RelationKind::kCorrects:
      return "berichtigt";
    case RelationKind::kSupplements:
      return "ergänzt";
    case RelationKind::kFollowsUp:
      return "Nachfrage zu";
    case RelationKind::kConcerns:
      break;
  }
  return "betrifft";
}

const char* section_name(SectionKind kind) {
  switch (kind) {
    case SectionKind::kQuestion:
      return "Frage";
    case SectionKind::kAnswer:
      return "Antwort";
    case SectionKind::kHeading:
      return "Abschnitt";
    case SectionKind::kSpeech:
      return "Rede";
    case SectionKind::kTable:
      return "Tabelle";
    case SectionKind::kFootnote:
      return "Fußnote";
  }
  return "Abschnitt";
}

class Printer {
 public:
  Printer(std::ostream& out, const Document& document, const TextStyle& style)
      : out_(out), document_(document), style_(style) {}

  void print() {
    print_head();
    print_fields();
    print_questions();
    print_sections();
    print_warnings();
  }

 private:
  [[nodiscard]] std::string bold(const std::string& text) const {
    return style_.colour ? "\x1b[1m" + text + "\x1b[0m" : text;
  }
  [[nodiscard]] std::string dim(const std::string& text) const {
    return style_.colour ? "\x1b[2m" + text + "\x1b[0m" : text;
  }

  void print_head() {
    const std::string title =
        document_.title.empty() ? std::string("(ohne Titel)") : document_.title;
    for (const std::string& line : wrapped(title, style_.width)) out_ << bold(line) << '\n';
    out_ << '\n';
  }

  void heading(const std::string& name) { out_ << '\n' << bold(name) << '\n'; }

  [[nodiscard]] std::string page(std::uint32_t number) const {
    return document_.paged ? "S. " + std::to_string(number) : std::string();
  }

  /// Where a field was read and how.
  [[nodiscard]] std::string place_of(const std::string& field) const {
    const auto found = document_.read.find(field);
    if (found == document_.read.end()) return {};
    const Reading& reading = found->second;
    std::string place;
    if (reading.span.end > reading.span.begin || reading.span.end_page > reading.span.page) {
      if (document_.paged) place += page(reading.span.page) + ", ";
      place += "Bytes " + std::to_string(reading.span.begin) + "–" +
               std::to_string(reading.span.end) + ": ";
    }
    return place + printable(reading.how);
  }

  /// A name and its value, wrapped beside the name; the place behind it or below.
  void row(const std::string& name, const std::string& value, const std::string& place) {
    if (value.empty()) return;
    const std::size_t room = style_.width - kNameWidth;
    std::vector<std::string> lines = wrapped(value, room);
    const std::string note = place.empty() ? std::string() : "(" + place + ")";
    bool beside = !note.empty() && letters_in(lines.back()) + 3 + letters_in(note) <= room;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out_ << padded(i == 0 ? name : std::string(), kNameWidth) << lines[i];
      if (beside && i + 1 == lines.size()) out_ << "   " << dim(note);
      out_ << '\n';
    }
    if (beside || note.empty()) return;
    for (const std::string& line : wrapped(note, room)) {
      out_ << std::string(kNameWidth, ' ') << dim(line) << '\n';
    }
  }

  void field(const std::string& name, const std::string& value) {
    row(german_name(name), value, place_of(name));
  }

  static std::string with_slug(const std::string& label, const std::string& slug) {
    return label.empty() || slug.empty() ? label : label + " [" + slug + "]";
  }
  static std::string with_slugs(const std::vector<std::string>& labels,
                                const std::vector<std::string>& slugs) {
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      shown.push_back(with_slug(labels[i], i < slugs.size() ? slugs[i] : std::string()));
    }
    return joined(shown);
  }

  void print_topics() {
    std::vector<std::string> shown = document_.topics;
    for (std::size_t i = 0; i < shown.size() && i < document_.topic_scores.size(); ++i) {
      char score[16];
      std::snprintf(score, sizeof score, " %.0f %%", 100 * document_.topic_scores[i]);
      shown[i] += score;
    }
    const auto found = document_.read.find("topics");
    const bool assigned = found != document_.read.end() && found->second.how == kTopicsByClassifier;
    row(german_name("topics"), joined(shown, "; "),
        assigned ? "zugeordnet: Klassifikator"
                 : "laut Quelle" + (place_of("topics").empty() ? "" : ": " + place_of("topics")));
  }

  void print_fields() {
    const Document& d = document_;
    field("type", with_slug(d.type, d.type_id));
    field("body", with_slug(d.body, d.body_id));
    if (d.legislature) field("legislature", std::to_string(*d.legislature) + ".");
    field("number", d.number);
    if (!d.title.empty() && !place_of("title").empty()) field("title", shortened(d.title, 40));
    field("date", german_date(d.date));
    field("dates.asked", german_date(d.dates.asked));
    field("dates.received", german_date(d.dates.received));
    field("dates.answered", german_date(d.dates.answered));
    field("dates.decided", german_date(d.dates.decided));
    field("dates.published", german_date(d.dates.published));
    std::vector<std::string> events;
    for (const std::string& date : d.dates.event) events.push_back(german_date(date));
    field("dates.event", joined(events));
    field("authors", joined(d.authors));
    field("groups", with_slugs(d.groups, d.group_ids));
    field("ministries", with_slugs(d.ministries, d.ministry_ids));
    print_topics();
    field("keywords", joined(d.keywords));
    field("committee", d.committee);
    field("agenda_item", d.agenda_item);
    field("place", d.place);
    field("references", joined(d.references));
    std::vector<std::string> relations;
    for (const Relation& relation : d.relations) {
      relations.push_back(std::string(relation_name(relation.kind)) + " " +
                          (relation.number.empty() ? relation.id : relation.number));
    }
    field("relations", joined(relations));
    row("Adressen", joined(d.urls), place_of("urls"));
    if (d.language != "de") row("Sprache", d.language, place_of("language"));

    std::vector<std::string> abstained;
    for (const std::string& name : d.abstained) abstained.push_back(german_name(name));
    row("Nicht gelesen", joined(abstained), "");

    std::uint64_t bytes = 0;
    for (const Page& one : d.pages) bytes += one.text.size();
    std::string text = grouped(bytes) + " Bytes";
    if (d.paged) {
      text = grouped(d.pages.size()) + (d.pages.size() == 1 ? " Seite, " : " Seiten, ") + text;
    }
    const std::size_t passages = schema::cut_passages(d).size();
    row("Text", text + ", " + grouped(passages) + (passages == 1 ? " Fundstelle" : " Fundstellen"),
        "");
    std::string source = d.source.media_type;
    if (d.source.bytes > 0) source += ", " + grouped(d.source.bytes) + " Bytes";
    row("Datei", source, "");
    row("sha256", d.source.sha256, "");
    row("Kennung", d.id, "");
  }

  /// A passage in at most kPreviewLines lines behind what stands in its margin.
  void preview(const std::string& margin, std::size_t indent, const std::string& text) {
    const std::size_t room = style_.width - indent;
    std::vector<std::string> lines = wrapped(shortened(text, kPreviewLines * room - 10), room);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out_ << padded(i == 0 ? margin : std::string(), indent) << lines[i] << '\n';
    }
  }

  void print_questions() {
    if (document_.questions.empty()) return;
    // Answers stand in the sections with their pages.
    std::map<std::string, std::uint32_t> answer_pages;
    for (const Section& section : document_.sections) {
      if (section.kind != SectionKind::kAnswer) continue;
      for (const std::string& label : section.labels) {
        answer_pages.emplace(label, section.span.page);
      }
    }
    std::size_t answered = 0;
    std::size_t widest = 1;
    for (const Question& question : document_.questions) {
      answered += question.answer.empty() ? 0 : 1;
      widest = std::max(widest, letters_in(question.label));
      for (const QuestionPart& part : question.parts)
        widest = std::max(widest, letters_in(part.label));
    }
    heading("Fragen: " + std::to_string(document_.questions.size()) +
            (answered > 0 ? ", beantwortet: " + std::to_string(answered) : ", ohne Antworten"));
    const std::size_t label_width = std::min<std::size_t>(widest + 2, 12);
    const std::size_t place_width = document_.paged ? kPlaceWidth : 0;
    const std::size_t indent = 2 + place_width + label_width;
    const auto print_entry = [&](const std::string& label, std::uint32_t on_page,
                                 const std::string& text, const std::string& answer,
                                 const std::vector<std::string>& together) {
      preview("  " + padded(page(on_page), place_width) + padded(printable(label), label_width),
              indent, text);
      if (answer.empty()) return;
      const auto found = answer_pages.find(label);
      preview("  " + padded(found == answer_pages.end() ? "" : page(found->second), place_width),
              indent, "→ " + answer);
      if (!together.empty()) {
        out_ << std::string(indent, ' ')
             << dim("gemeinsam beantwortet mit " + printable(joined(together))) << '\n';
      }
    };
    for (const Question& question : document_.questions) {
      print_entry(question.label, question.page, question.text, question.answer,
                  question.answered_together_with);
      for (const QuestionPart& part : question.parts) {
        print_entry(part.label, part.page, part.text, part.answer, part.answered_together_with);
      }
    }
  }

  void print_sections() {
    std::map<SectionKind, std::size_t> counts;
    for (const Section& section : document_.sections) ++counts[section.kind];
    const std::size_t shown =
        document_.sections.size() - counts[SectionKind::kQuestion] - counts[SectionKind::kAnswer];
    // Collective papers name who asks: their questions are worth a line of their own here.
    const bool askers = std::any_of(
        document_.sections.begin(), document_.sections.end(), [](const Section& section) {
          return section.kind == SectionKind::kQuestion && section.speaker.has_value();
        });
    if (shown == 0 && !askers) return;
    std::string title = "Gliederung";
    const char* between = ": ";
    struct Name {
      SectionKind kind;
      const char* one;
      const char* several;
    };
    for (const Name& name : {Name{SectionKind::kHeading, "Abschnitt", "Abschnitte"},
                             Name{SectionKind::kSpeech, "Rede", "Reden"},
                             Name{SectionKind::kTable, "Tabelle", "Tabellen"},
                             Name{SectionKind::kFootnote, "Fußnote", "Fußnoten"}}) {
      const std::size_t count = counts[name.kind];
      if (count == 0) continue;
      title += between + std::to_string(count) + " " + (count == 1 ? name.one : name.several);
      between = ", ";
    }
    heading(title);
    for (const Section& section : document_.sections) {
      const bool asked = section.kind == SectionKind::kQuestion && section.speaker;
      if ((section.kind == SectionKind::kQuestion && !asked) ||
          section.kind == SectionKind::kAnswer) {
        continue;
      }
      std::string name = section_name(section.kind);
      if (!section.labels.empty()) name += " " + joined(section.labels);
      std::string text;
      if (section.speaker) {
        text = section.speaker->name;
        if (!section.speaker->group.empty()) text += " (" + section.speaker->group + ")";
        if (!section.speaker->role.empty()) text += ", " + section.speaker->role;
        text += ": ";
      }
      text += section.text;
      const std::size_t place_width = document_.paged ? kPlaceWidth : 0;
      const std::size_t indent = 2 + place_width + 11;
      const std::size_t room = style_.width - indent;
      const std::string margin =
          "  " + padded(page(section.span.page), place_width) + padded(printable(name), 11);
      // A table shows its rows, everything else its beginning.
      std::string first = shortened(
          section.kind == SectionKind::kTable ? text.substr(0, text.find('\n')) : text, room);
      out_ << margin << (letters_in(margin) > indent ? " " : "") << first << '\n';
      if (section.kind == SectionKind::kTable) {
        const auto rows = 1 + std::count(text.begin(), text.end(), '\n');
        if (rows > 1) {
          out_ << std::string(indent, ' ')
               << dim("… noch " + std::to_string(rows - 1) + (rows == 2 ? " Zeile" : " Zeilen"))
               << '\n';
        }
      }
    }
  }

  void print_warnings() {
    if (document_.warnings.empty()) return;
    heading("Hinweise");
    for (const Warning& warning : document_.warnings) {
      preview("  ", 2, warning.code + ": " + warning.message);
    }
  }

  std::ostream& out_;
  const Document& document_;
  const TextStyle& style_;
};

}  // namespace

void print_document(std::ostream& out, const Document& document, const TextStyle& style) {
  Printer(out, document, style).print();
}

}  // namespace fundstelle
