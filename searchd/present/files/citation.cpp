// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/citation.h"

#include <algorithm>
#include <array>

#include "document/plain_text.h"
#include "present/german.h"

namespace fundstelle::present {
namespace {

/// Customary short forms. Landtage are told apart by their Land, as "LT-Drs. 7/4949" names sixteen
/// papers; Abgeordnetenhaus and Bürgerschaften are called what they are.
struct ShortForm {
  std::string_view body_id, house, land;
};
constexpr std::array kShortForms{ShortForm{"bt", "BT", ""},
                                 ShortForm{"br", "BR", ""},
                                 ShortForm{"landtag-bw", "LT", "BW"},
                                 ShortForm{"landtag-by", "LT", "BY"},
                                 ShortForm{"landtag-be", "AGH", "BE"},
                                 ShortForm{"landtag-bb", "LT", "BB"},
                                 ShortForm{"landtag-hb", "Bü", "HB"},
                                 ShortForm{"landtag-hh", "Bü", "HH"},
                                 ShortForm{"landtag-he", "LT", "HE"},
                                 ShortForm{"landtag-mv", "LT", "MV"},
                                 ShortForm{"landtag-ni", "LT", "NI"},
                                 ShortForm{"landtag-nw", "LT", "NRW"},
                                 ShortForm{"landtag-rp", "LT", "RP"},
                                 ShortForm{"landtag-sl", "LT", "SL"},
                                 ShortForm{"landtag-sn", "LT", "SN"},
                                 ShortForm{"landtag-st", "LT", "ST"},
                                 ShortForm{"landtag-sh", "LT", "SH"},
                                 ShortForm{"landtag-th", "LT", "TH"}};

const ShortForm* short_form_of(std::string_view body_id) {
  const auto found = std::find_if(kShortForms.begin(), kShortForms.end(),
                                  [&](const ShortForm& form) { return form.body_id == body_id; });
  return found == kShortForms.end() ? nullptr : &*found;
}

bool is_minutes(const CitedWork& work) { return work.type_id == "plenarprotokoll"; }

/// Papers of a parliament are numbered as Drucksachen whatever their kind; committees number their
/// minutes otherwise.
bool is_drucksache(const CitedWork& work) {
  return short_form_of(work.body_id) != nullptr && !is_minutes(work) &&
         work.type_id != "ausschussprotokoll" && work.type_id != "beschlussprotokoll" &&
         work.number.find('/') != std::string::npos;
}

std::string one_line(std::string_view text) { return plain_line(text); }

std::string series_of(const CitedWork& work) {
  if (is_minutes(work)) return "Plenarprotokoll";
  if (is_drucksache(work) || (work.body_id.empty() && work.type.empty())) return "Drucksache";
  return one_line(work.type);
}

void append(std::string& text, std::string_view part, std::string_view before = ", ") {
  if (part.empty()) return;
  if (!text.empty()) text += before;
  text += part;
}

void append_place(std::string& text, const CitedWork& work, const CitedPlace& place) {
  append(text, one_line(place.speaker));
  if (place.page != 0) {
    append(text, (is_minutes(work) ? "PDF-S. " : "S. ") + std::to_string(place.page));
  }
  if (place.labels.empty()) return;
  std::string labels;
  for (const std::string& label : place.labels) append(labels, one_line(label));
  append(text, (place.labels.size() == 1 ? "Frage " : "Fragen ") + labels);
}

std::string full_head(const CitedWork& work) {
  const std::string date = german_date(one_line(work.date));
  const std::string title = one_line(work.title);
  std::string text = one_line(work.body);
  if (!work.number.empty()) {
    std::string what = series_of(work);
    append(what, one_line(work.number), " ");
    append(text, what);
    if (!date.empty()) append(text, date, " vom ");
    return text;
  }
  std::string what = one_line(work.type);
  if (!title.empty()) append(what, "„" + title + "“", " ");
  append(text, what);
  if (!date.empty()) append(text, date, work.type.empty() ? ", " : " vom ");
  if (text.empty()) text = "Dokument " + work.id;
  return text;
}

std::string short_head(const CitedWork& work) {
  const ShortForm* form = short_form_of(work.body_id);
  if (form == nullptr || work.number.empty() || !(is_drucksache(work) || is_minutes(work))) {
    return full_head(work);
  }
  std::string text = std::string(form->house) + (is_minutes(work) ? "-PlPr." : "-Drs.");
  append(text, form->land, " ");
  append(text, one_line(work.number), " ");
  return text;
}

/// Characters that can stand in keys and names of files everywhere.
std::string key_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '.' || c == '-' || c == '_';
    if (plain) out += c;
  }
  return out;
}

std::string key_of(const CitedWork& work, const CitedPlace& place) {
  std::string key = "fundstelle-" + key_part(work.id);
  if (!place.labels.empty()) {
    const std::string label = key_part(place.labels.front());
    if (!label.empty()) return key + "-f" + label;
  }
  if (place.page != 0) key += "-s" + std::to_string(place.page);
  return key;
}

struct Name {
  std::string first, last;  ///< last alone: no person's name
};

/// "Anna von der Au" is sorted under "von der Au". A single word stays as it is.
Name split_name(std::string_view printed) {
  static constexpr std::array<std::string_view, 9> kParticles{"von", "van", "vom", "zu", "zum",
                                                              "zur", "de",  "der", "den"};
  const std::string name = one_line(printed);
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    if (end > begin) words.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  if (words.size() < 2 || name.find(',') != std::string::npos) return {"", name};
  std::size_t last = words.size() - 1;
  while (last > 1 &&
         std::find(kParticles.begin(), kParticles.end(), words[last - 1]) != kParticles.end()) {
    --last;
  }
  Name out;
  for (std::size_t i = 0; i < words.size(); ++i)
    append(i < last ? out.first : out.last, words[i], " ");
  return out;
}

/// Who speaks in the paper: persons, else groups, else the issuer.
struct Responsible {
  std::vector<std::string> names;
  bool persons = false;
};
Responsible responsible_for(const CitedWork& work) {
  if (!work.authors.empty()) return {work.authors, true};
  if (!work.groups.empty()) return {work.groups, false};
  if (!work.body.empty()) return {{work.body}, false};
  return {};
}

/// Text inside a braced BibTeX value. Braces must balance for BibTeX even behind a backslash, so
/// they are named. UTF-8 stays: every program of this century reads it.
std::string tex(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '{':
        out += "\\textbraceleft{}";
        break;
      case '}':
        out += "\\textbraceright{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '$':
      case '&':
      case '#':
      case '%':
      case '_':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Addresses stand verbatim; what would end the value or the line is encoded.
std::string tex_address(std::string_view address) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char character : address) {
    const auto c = static_cast<unsigned char>(character);
    if (c <= 0x20 || c >= 0x7F || c == '{' || c == '}' || c == '\\' || c == '"') {
      out += '%';
      out += kHex[c >> 4];
      out += kHex[c & 15];
    } else {
      out += character;
    }
  }
  return out;
}

bool is_web_address(std::string_view url) {
  return url.substr(0, 8) == "https://" || url.substr(0, 7) == "http://";
}

bool is_date(std::string_view iso, std::size_t length) {
  if (iso.size() < length) return false;
  for (std::size_t i = 0; i < length; ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? iso[i] != '-' : (iso[i] < '0' || iso[i] > '9')) return false;
  }
  return true;
}

}  // namespace

CitedWork cited_work(const Document& document) {
  return {document.id,      document.type,   document.type_id,    document.body,
          document.body_id, document.number, document.title,      document.date,
          document.authors, document.groups, document.ministries, document.topics,
          document.urls};
}

CitedWork cited_work(const Hit& hit) {
  return {hit.id,   hit.type_label, hit.type,   hit.body_label, hit.body,   hit.number, hit.title,
          hit.date, hit.authors,    hit.groups, hit.ministries, hit.topics, hit.urls};
}

CitedPlace cited_place(const PassageHit& passage) {
  return {passage.page, passage.labels, passage.kind == "speech" ? passage.heading : ""};
}

std::string full_citation(const CitedWork& work, const CitedPlace& place) {
  std::string text = full_head(work);
  append_place(text, work, place);
  return text;
}

std::string short_citation(const CitedWork& work, const CitedPlace& place) {
  std::string text = short_head(work);
  append_place(text, work, place);
  return text;
}

std::string citation(const Document& document, std::uint32_t page) {
  return short_citation(cited_work(document), {page, {}, {}});
}

std::string bibtex(const CitedWork& work, const CitedPlace& place, std::string_view address) {
  const bool report = !work.number.empty();
  std::string text = std::string(report ? "@techreport{" : "@misc{") + key_of(work, place);
  const auto field = [&text](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    text += ",\n  ";
    text += name;
    text += " = {";
    text += value;
    text += '}';
  };
  const Responsible who = responsible_for(work);
  std::string authors;
  for (const std::string& name : who.names) {
    const Name parts = who.persons ? split_name(name) : Name{"", one_line(name)};
    // A name that holds "and" would be read as two.
    const bool whole = parts.first.empty() || parts.first.find(" and ") != std::string::npos;
    append(authors,
           whole ? "{" + tex(name) + "}" : "{" + tex(parts.last) + "}, " + tex(parts.first),
           " and ");
  }
  field("author", authors);
  // Doubled braces keep capitals, which German needs.
  const std::string title = tex(work.title.empty() ? full_head(work) : work.title);
  field("title", "{" + title + "}");
  if (report) {
    field("institution", work.body.empty() ? "" : "{" + tex(work.body) + "}");
    field("type", "{" + tex(series_of(work)) + "}");
    field("number", tex(work.number));
  } else {
    field("howpublished", work.type.empty() ? "" : "{" + tex(work.type) + "}");
    field("organization", work.body.empty() ? "" : "{" + tex(work.body) + "}");
  }
  if (is_date(work.date, 4)) {
    field("year", work.date.substr(0, 4));
    if (is_date(work.date, 7)) {
      std::string month = work.date.substr(5, 2);
      if (month.front() == '0') month.erase(0, 1);
      field("month", month);
    }
    field("date", is_date(work.date, 10)  ? work.date.substr(0, 10)
                  : is_date(work.date, 7) ? work.date.substr(0, 7)
                                          : work.date.substr(0, 4));
  }
  if (place.page != 0 && !is_minutes(work)) field("pages", std::to_string(place.page));
  field("note", tex(full_citation(work, place)));
  std::string url(address);
  for (const std::string& own : work.urls) {
    if (url.empty() && is_web_address(own)) url = own;
  }
  field("url", tex_address(url));
  field("langid", "german");
  return text + "\n}\n";
}

std::string ris(const CitedWork& work, const CitedPlace& place, std::string_view address) {
  std::string text;
  const auto tag = [&text](std::string_view name, std::string_view value) {
    const std::string line = one_line(value);
    if (line.empty()) return;
    text += name;
    text += "  - ";
    text += line;
    text += "\r\n";
  };
  const bool of_government = short_form_of(work.body_id) != nullptr || !work.number.empty();
  tag("TY", of_government ? "GOVDOC" : "GEN");
  tag("ID", key_of(work, place));
  const Responsible who = responsible_for(work);
  for (const std::string& name : who.names) {
    const Name parts = who.persons ? split_name(name) : Name{"", one_line(name)};
    tag("AU", parts.first.empty() ? parts.last : parts.last + ", " + parts.first);
  }
  tag("TI", work.title.empty() ? full_head(work) : work.title);
  tag("PB", work.body);
  if (is_date(work.date, 4)) {
    tag("PY", work.date.substr(0, 4));
    std::string day = work.date.substr(0, 4) + "/";
    if (is_date(work.date, 7)) day += work.date.substr(5, 2);
    day += "/";
    if (is_date(work.date, 10)) day += work.date.substr(8, 2);
    tag("DA", day + "/");
  }
  tag("SN", work.number);
  tag("M3", work.number.empty() ? work.type : series_of(work));
  if (place.page != 0) tag("SP", std::to_string(place.page));
  for (const std::string& topic : work.topics) tag("KW", topic);
  tag("N1", full_citation(work, place));
  tag("LA", "de");
  if (!address.empty()) tag("UR", tex_address(address));
  for (const std::string& url : work.urls) {
    if (is_web_address(url)) tag("UR", tex_address(url));
  }
  return text + "ER  - \r\n";
}

}  // namespace fundstelle::present
