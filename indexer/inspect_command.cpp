// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect_command.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "document/interchange.h"
#include "identity/identity.h"
#include "import/records.h"
#include "printed_text.h"
#include "schema/schema.h"
#include "topics/topics.h"

namespace fundstelle {
namespace {

constexpr std::size_t kNameWidth = 14;
constexpr std::size_t kLineWidth = 100;

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) {
    if (!text.empty()) text += ", ";
    text += value;
  }
  return text;
}

std::string with_slug(const std::string& label, const std::string& slug) {
  if (label.empty()) return slug;
  return slug.empty() ? label : label + "  [" + slug + "]";
}

/// What may upset a terminal is shown, not sent; line breaks become blanks.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n' || c == '\t' || c == '\r') {
      if (!out.ends_with(' ')) out += ' ';
    } else if (byte < 0x20 || byte == 0x7F) {
      out += '?';
    } else {
      out += c;
    }
  }
  return out;
}

/// At most so many letters, with a sign that there is more.
std::string shortened(std::string_view text, std::size_t letters) {
  std::string clean = printable(text);
  std::size_t at = 0;
  for (std::size_t n = 0; at < clean.size(); ++at) {
    if ((static_cast<unsigned char>(clean[at]) & 0xC0U) == 0x80U) continue;
    if (n++ == letters) break;
  }
  if (at >= clean.size()) return clean;
  clean.resize(at);
  return clean + " …";
}

std::string place_of(const Document& document, const std::string& field) {
  const auto found = document.read.find(field);
  if (found == document.read.end()) return "";
  const Reading& reading = found->second;
  std::string place = "   (";
  if (document.paged) place += "p. " + std::to_string(reading.span.page) + ", ";
  if (reading.span.end > reading.span.begin) {
    place += std::to_string(reading.span.begin) + "-" + std::to_string(reading.span.end) + ", ";
  }
  return place + printable(reading.how) + ")";
}

class Table {
 public:
  Table(std::ostream& out, const Document& document) : out_(out), document_(document) {}

  void row(const std::string& name, const std::string& value, const std::string& field) {
    if (value.empty()) return;
    out_ << name << std::string(kNameWidth - std::min(kNameWidth - 1, name.size()), ' ')
         << printable(value) << place_of(document_, field) << '\n';
  }
  void row(const std::string& name, const std::string& value) { row(name, value, name); }

 private:
  std::ostream& out_;
  const Document& document_;
};

void print_readable(std::ostream& out, const Document& document) {
  Table table(out, document);
  table.row("id", document.id);
  table.row("type", with_slug(document.type, document.type_id));
  table.row("body", with_slug(document.body, document.body_id));
  if (document.legislature) table.row("legislature", std::to_string(*document.legislature));
  table.row("number", document.number);
  table.row("title", document.title);
  table.row("date", document.date);
  table.row("  asked", document.dates.asked, "dates.asked");
  table.row("  received", document.dates.received, "dates.received");
  table.row("  answered", document.dates.answered, "dates.answered");
  table.row("  decided", document.dates.decided, "dates.decided");
  table.row("  published", document.dates.published, "dates.published");
  table.row("  event", joined(document.dates.event), "dates.event");
  table.row("authors", joined(document.authors));
  table.row("groups", joined(document.groups));
  table.row("ministries", joined(document.ministries));
  table.row("topics", joined(document.topics));
  table.row("keywords", joined(document.keywords));
  table.row("committee", document.committee);
  table.row("agenda item", document.agenda_item, "agenda_item");
  table.row("place", document.place);
  table.row("references", joined(document.references));
  for (const Relation& relation : document.relations) {
    table.row("relation", std::string(to_string(relation.kind)) + " " +
                              (relation.number.empty() ? relation.id : relation.number));
  }
  table.row("urls", joined(document.urls));
  table.row("language", document.language);
  table.row("source", document.source.media_type + ", " + std::to_string(document.source.bytes) +
                          " bytes, sha256 " + document.source.sha256);
  std::size_t bytes = 0;
  for (const Page& page : document.pages) bytes += page.text.size();
  table.row("text", (document.paged ? std::to_string(document.pages.size()) + " pages, " : "") +
                        std::to_string(bytes) + " bytes, " +
                        std::to_string(schema::cut_passages(document).size()) + " passages");
  table.row("abstained", joined(document.abstained));

  if (!document.sections.empty()) {
    out << "\nSections\n";
    for (const Section& section : document.sections) {
      std::string line = "  p. " + std::to_string(section.span.page) + "  " +
                         to_string(section.kind) + " " + joined(section.labels);
      if (section.speaker) {
        line += " " + section.speaker->name;
        if (!section.speaker->group.empty()) line += " (" + section.speaker->group + ")";
      }
      out << printable(line) << ": " << shortened(section.text, kLineWidth - 40) << '\n';
    }
  }
  if (!document.questions.empty()) {
    out << "\nQuestions\n";
    for (const Question& question : document.questions) {
      out << "  " << printable(question.label) << "  p. " << question.page << "  "
          << shortened(question.text, kLineWidth) << '\n';
      out << "      -> "
          << (question.answer.empty() ? "no answer" : shortened(question.answer, kLineWidth));
      if (!question.answered_together_with.empty()) {
        out << "  (with " << printable(joined(question.answered_together_with)) << ")";
      }
      out << '\n';
    }
  }
  if (!document.warnings.empty()) {
    out << "\nWarnings\n";
    for (const Warning& warning : document.warnings) {
      out << "  " << printable(warning.code) << ": " << printable(warning.message) << '\n';
    }
  }
}

void print(const Document& document, bool json) {
  if (json) {
    std::cout << to_interchange(document) << '\n';
  } else {
    print_readable(std::cout, document);
  }
}

}  // namespace

int run_inspect(const std::string& file, bool json, Extractor& extractor) {
  std::ifstream in(file, std::ios::binary);
  std::string head(64 << 10, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  const ContentKind kind = sniff(head, std::filesystem::path(file).filename().string());
  in.close();

  if (kind == ContentKind::kJsonl || kind == ContentKind::kJsonlZst || kind == ContentKind::kJson) {
    bool any = false;
    bool broken = false;
    std::string error;
    const bool whole = read_records(
        file,
        [&](RecordLine&& line) {
          if (!line.error.empty()) {
            std::cerr << "fundstelle-indexer: " << file << ": " << line.place << ": " << line.error
                      << '\n';
            broken = true;
            return;
          }
          read_printed_text(line, extractor);
          resolve_identities(line.document);
          assign_topics(line.document);
          if (any && !json) std::cout << '\n';
          print(line.document, json);
          any = true;
        },
        error);
    if (!whole) std::cerr << "fundstelle-indexer: " << file << ": " << error << '\n';
    if (!any) return 2;
    return whole && !broken ? 0 : 1;
  }

  Extraction extraction = extractor.extract(file);
  if (extraction.state != ExtractState::kOk) {
    std::cerr << "fundstelle-indexer: " << file << ": " << to_string(extraction.state)
              << (extraction.message.empty() ? "" : ": " + extraction.message) << '\n';
    if (extraction.state != ExtractState::kNeedsOcr) return 2;
  }
  resolve_identities(extraction.document);
  assign_topics(extraction.document);
  print(extraction.document, json);
  return extraction.state == ExtractState::kOk ? 0 : 1;
}

}  // namespace fundstelle
