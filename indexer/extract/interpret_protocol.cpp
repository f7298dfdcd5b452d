// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_protocol.h"

#include <algorithm>
#include <vector>

#include "extract/interpret_dates.h"
#include "extract/interpret_names.h"
#include "identity/identity.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

// Longest name with office that is printed in front of a colon: three lines of a column.
constexpr std::size_t kLongestOpening = 230;
constexpr std::size_t kOpeningLines = 4;
// A bracket left open by the recogniser must not swallow the speeches that follow.
constexpr std::size_t kLongestComment = 14;

// Words that may stand in a name: titles, particles, capitalised words, initials.
const std::string& name_shape() {
  static const std::string word =
      "(?:(?:Dr|Prof|D|Abg|Dipl|Ing|Univ|[A-ZÄÖÜ])\\.|h\\.\\s?c\\.|(?:Dr|Dipl)\\.?-\\pL+\\.?|"
      "von|van|vom|zu|zum|zur|de|del|della|der|den|dem|des|dos|da|di|du|la|le|el|al|ter|und|"
      "\\p{Lu}[\\pL'’´.-]*)";
  static const std::string shape = word + "(?:\\s" + word + ")*";
  return shape;
}

// Name without form of address, titles and constituency.
std::string speaker_name(std::string_view printed) {
  std::string name(printed);
  static const RE2 hyphen("(\\pL)\\s*-\\s*(\\p{Lu})");
  RE2::GlobalReplace(&name, hyphen, "\\1-\\2");
  static const RE2 place("\\s*[(\\[][^)\\]]*[)\\]]");
  RE2::GlobalReplace(&name, place, "");
  // One at a time from the front: "Frau Prof. Dr. Dr. h. c.", and theologians' "D."
  static const RE2 title(
      "^(?:Frau|Herrn?|Abg\\.|Abgeordnete[rn]?|Prof\\.|D\\.|Dr\\.?-\\s?Ing\\.|Dipl\\.-?\\s?\\pL+\\."
      "?|"
      "Dr\\.|h\\.\\s?c\\.|"
      "mult\\.|(?:rer|sc)\\.\\s?\\pL+\\.|(?:med|jur|phil|agr|Univ)\\.)\\s*");
  while (RE2::Replace(&name, title, "")) {
  }
  static const RE2 blanks("\\s+");
  RE2::GlobalReplace(&name, blanks, " ");
  while (!name.empty() && (name.back() == ' ' || name.back() == ',')) name.pop_back();
  static const RE2 shape("\\p{Lu}[\\pL'’´.-]*|(?:\\pL[\\pL'’´.-]*\\s)+\\p{Lu}[\\pL'’´.-]*");
  static const RE2 no_name(
      "(?i)\\b(?:antrag|antwort|frage|fraktion(?:en)?|ausschuss|ausschuß|drucksache|beratung|"
      "abgeordneten|gesetz|zuruf|beifall|zusatzfrage|tagesordnung\\pL*|bericht|erste|zweite|dritte|"
      "anlage|punkt|entwurf|überweisung\\pL*)\\b");
  if (!RE2::FullMatch(name, shape) || RE2::PartialMatch(name, no_name)) return {};
  return name;
}

// A party as minutes print it in brackets; those of the first Bundestage are in no table.
bool is_party(std::string_view printed) {
  if (find_identity(Axis::kGroup, printed) != nullptr) return true;
  static const RE2 early(
      "(?:Z|KPD|BP|WAV|DP|DRP|NR|SSW|FU|BHE|GB/BHE|FVP|DA|CVP|DPB|Fraktionslos|fraktionslos|"
      "Hospitant[^)]*|[A-Z]{2,4}\\s?[\\[(/][A-Z/]{2,8}[\\])]?)");
  return RE2::FullMatch(piece(printed), early);
}

const std::string& office_pattern() {
  static const std::string pattern =
      "(?:(?:Bundes|Staats|Landes|Finanz|Innen|Justiz|Kultus|Wirtschafts|Umwelt|Ministerial|"
      "Minister)?(?:[Mm]inister(?:in)?|[Kk]anzler(?:in)?|[Ss]enator(?:in)?|"
      "[Pp]räsident(?:in)?|[Dd]irektor(?:in)?|[Rr]at|[Rr]ätin)|"
      "(?:Parl\\.|Parlamentarische[rn]?)\\s+Staats[sS]ekretär(?:in)?|"
      "Staatssekretär(?:in)?|Wehrbeauftragte[rn]?|Beauftragte[rn]?|Berichterstatter(?:in)?|"
      "Schriftführer(?:in)?|Antragsteller(?:in)?|Interpellant(?:in)?|Bundesbeauftragte[rn]?|"
      "(?:Ober)?[Bb]ürgermeister(?:in)?|Beigeordnete[rn]?|Stadtdirektor(?:in)?|Bezirksbürgermeister"
      "(?:in)?|Ratsmitglied|Bezirksvertreter(?:in)?)";
  return pattern;
}

}  // namespace

std::optional<SpeechOpening> speech_opening(std::string_view line, bool any_group) {
  const std::size_t at = line.find(':');
  if (at == std::string_view::npos || at < 3 || at > kLongestOpening) return std::nullopt;
  if (at + 1 < line.size() && line[at + 1] != ' ' && line[at + 1] != '\n') return std::nullopt;
  std::string who(line.substr(0, at));
  while (!who.empty() && who.back() == ' ') who.pop_back();
  // As recognisers leave it: "Karl - Hans", "Präsident ,Frau Renger", "Pari. Staatssekretär".
  static const RE2 hyphen("([\\pL.])\\s-\\s(\\p{Lu})");
  RE2::GlobalReplace(&who, hyphen, "\\1-\\2");
  static const RE2 specks("(\\s)[,'’´`\"]\\s?(\\p{Lu})");
  RE2::GlobalReplace(&who, specks, "\\1\\2");
  static const RE2 misread("\\bPari\\.\\s");
  RE2::Replace(&who, misread, "Parl. ");
  static const RE2 begins("^(?:\\p{Lu}|(?:von|de|van|zu|d')[\\s\\p{Lu}])");
  if (!RE2::PartialMatch(who, begins)) return std::nullopt;
  SpeechOpening opening;
  opening.colon = at;
  Speaker& speaker = opening.speaker;
  std::string name;
  std::string role;
  std::string group;

  static const RE2 chair(
      "((?:Geschäftsführende[r]?\\s+|Amtierende[r]?\\s+)?(?:Alters|Vize)?[Pp]räsident(?:in)?|"
      "(?:Stellv\\.\\s+|Stellvertretende[r]?\\s+)?(?:(?:Alters)?[Vv]orsitzende[r]?|Sitzungsleitung|"
      "Alterspräsident(?:in)?))\\s+(" +
      name_shape() + "(?:\\s*-\\s*\\p{Lu}\\pL+)?)");
  if (RE2::FullMatch(who, chair, &role, &name)) {
    speaker.role = role;
    speaker.name = speaker_name(name);
    if (speaker.name.empty()) return std::nullopt;
    return opening;
  }
  // "Schneider (Bremerhaven) (DP [FVP])", "Ritzel (SPD), Berichterstatter", "Peter Muster [SPD]".
  static const RE2 member("(" + name_shape() +
                          "(?:\\s*-\\s*\\p{Lu}\\pL+)?(?:\\s*\\([^()]+\\))?)\\s*"
                          "(?:\\(((?:[^()\\[\\]]|\\[[^\\]]*\\])+)\\)|\\[([^\\[\\]]+)\\])"
                          "(?:,\\s*(" +
                          office_pattern() + "[^:]*))?");
  std::string bracketed;
  if (RE2::FullMatch(who, member, &name, &group, &bracketed, &role)) {
    if (group.empty()) group = bracketed;
    static const RE2 like_group("(?:\\p{Lu}|Die |die )[\\pL .&/'-]+");
    static const RE2 guest("^(?:" + office_pattern() +
                           "|Generalkonsul(?:in)?|Botschafter(?:in)?)\\b");
    const bool known = is_party(group);
    if (known || (any_group && name.find(' ') != std::string::npos && group.size() <= 42 &&
                  RE2::FullMatch(group, like_group))) {
      speaker.name = speaker_name(name);
      speaker.role = role;
      (known || !RE2::PartialMatch(group, guest) ? speaker.group : speaker.role) = group;
      if (speaker.name.empty()) return std::nullopt;
      return opening;
    }
  }
  // "Dr. Ehmke, Bundesminister für besondere Aufgaben"; guests: "Senatorin Beate Hübner (Berlin)".
  static const RE2 office("(" + name_shape() +
                          "(?:\\s*-\\s*\\p{Lu}\\pL+)?(?:\\s*\\([^()]+\\))?),\\s+(" +
                          office_pattern() + "(?:\\s[^:\\d—]*)?)");
  if (RE2::FullMatch(who, office, &name, &role)) {
    speaker.name = speaker_name(name);
    speaker.role = role;
    if (speaker.name.empty()) return std::nullopt;
    return opening;
  }
  static const RE2 office_first("(" + office_pattern() + ")\\s+(" + name_shape() +
                                "(?:\\s*\\([^()]+\\))?)");
  if (RE2::FullMatch(who, office_first, &role, &name)) {
    speaker.name = speaker_name(name);
    speaker.role = role;
    static const RE2 party("\\(([^()]*)\\)$");
    if (RE2::PartialMatch(name, party, &group) && is_party(group)) speaker.group = group;
    if (speaker.name.empty()) return std::nullopt;
    return opening;
  }
  // Landtage: "Abg. Martin Grath GRÜNE".
  static const RE2 abbreviated("Abg\\.\\s+(" + name_shape() + ")\\s+(" + group_pattern() + ")");
  if (RE2::FullMatch(who, abbreviated, &name, &group)) {
    speaker.name = speaker_name(name);
    speaker.group = group;
    if (speaker.name.empty()) return std::nullopt;
    return opening;
  }
  return std::nullopt;
}

namespace {

struct Start {
  std::size_t line = 0;
  std::uint32_t text_begin = 0;
  Speaker speaker;
  bool speech = true;  ///< false: an annex or the close ends the speech before
};

// How many round brackets stay open behind a line.
int brackets_of(std::string_view line) {
  return static_cast<int>(std::count(line.begin(), line.end(), '(')) -
         static_cast<int>(std::count(line.begin(), line.end(), ')'));
}

// The opening that begins on line i, perhaps running over the next lines.
std::optional<Start> opening_at(const Paper& paper, std::size_t i, bool any_group) {
  const auto& lines = paper.lines();
  const auto made = [&](const SpeechOpening& opening, std::uint32_t behind) {
    Start start;
    start.line = i;
    start.text_begin = behind;
    start.speaker = opening.speaker;
    return start;
  };
  std::string_view first = paper.line(i);
  if (first.find(':') != std::string_view::npos) {
    const auto opening = speech_opening(first, any_group);
    if (!opening) return std::nullopt;
    return made(*opening, lines[i].range.begin + static_cast<std::uint32_t>(opening->colon) + 1);
  }
  // Sentences end in a full stop; names over several lines do not.
  static const RE2 may_run_on("^(?:" + name_shape() +
                              ")?[^.!?]*(?:\\.\\s?[\\pL(][^.!?]*)*,?\\s?-?$");
  static const RE2 begins("^(?:\\p{Lu}|von |de |van )[^\\n]*(?:[,(]|räsident)");
  if (first.size() > 110 || !RE2::PartialMatch(piece(first), begins) ||
      !RE2::PartialMatch(piece(first), may_run_on))
    return std::nullopt;
  for (std::size_t k = i + 1; k < lines.size() && k < i + kOpeningLines; ++k) {
    const std::string_view line = paper.line(k);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      if (line.size() > 110 || line.empty() || line.back() == '.' || lines[k].gap_before)
        return std::nullopt;
      continue;
    }
    const std::string joined = paper.one_line(
        {lines[i].range.begin, lines[k].range.begin + static_cast<std::uint32_t>(colon) + 1});
    const auto opening = speech_opening(joined, any_group);
    if (!opening || opening->colon + 1 != joined.size()) return std::nullopt;
    return made(*opening, lines[k].range.begin + static_cast<std::uint32_t>(colon) + 1);
  }
  return std::nullopt;
}

// "Präsident Dr. Norbert Lammert", "Bundesminister Dr. Ehmke", "Dr. Eva Högl" at the head of a
// page: who goes on speaking there.
bool repeats_speaker(std::string_view line, const Speaker& speaker) {
  if (line.size() > 90 || line.size() < speaker.name.size()) return false;
  const std::size_t blank = speaker.name.rfind(' ');
  const std::string_view surname =
      std::string_view(speaker.name).substr(blank == std::string::npos ? 0 : blank + 1);
  std::string plain(line);
  static const RE2 hyphen("\\s*-\\s*");
  RE2::GlobalReplace(&plain, hyphen, "-");
  if (!std::string_view(plain).ends_with(surname) &&
      plain.find(std::string(surname) + " (") == std::string::npos)
    return false;
  static const RE2 header("(?:(?:" + office_pattern() +
                          "|(?:Alters|Vize)?[Pp]räsident(?:in)?)\\s+)?" + name_shape() +
                          "(?:\\s*\\([^()]+\\)){0,2}");
  return RE2::FullMatch(plain, header);
}

// The last numbered heading above: "3.1.4 Antrag der SPD-Fraktion betreffend …".
std::string item_above(const Paper& paper, std::uint32_t at) {
  static const RE2 numbered("^(?:TOP\\s+)?\\d{1,2}(?:\\.\\d{1,2}){0,3}\\.?\\s+\\p{Lu}");
  constexpr std::size_t kLongest = 160;
  std::string item;
  for (const MarkedHeading& heading : paper.source().headings) {
    const Range range = paper.range_of(heading.span);
    if (range.begin >= at) break;
    if (!RE2::PartialMatch(piece(paper.in(range)), numbered)) continue;
    item = paper.one_line(range);
    if (item.size() > kLongest) item.resize(item.rfind(' ', kLongest));
  }
  return item;
}

}  // namespace

std::size_t read_speeches(Paper& paper, const SpeechRules& rules) {
  const auto& lines = paper.lines();
  std::vector<Start> starts;
  static const RE2 column_marks("^(?:\\([A-D]\\)\\s*)+$");
  static const RE2 close(
      "^\\(?(?:Schluss|Schluß)(?:\\s+der\\s+Sitzung)?\\s*:?\\s+\\d{1,2}[.:\\s]|^Ende der Sitzung");
  static const RE2 annex("^Anlagen?(?:\\s+\\d{1,3}\\b.*|\\s+zum\\s+Stenogra.*)?$");
  bool closed = false;
  int open = 0;
  std::size_t comment_lines = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = paper.line(i);
    if (RE2::PartialMatch(piece(line), column_marks)) {
      paper.leave_out(lines[i].range);
      continue;
    }
    if (open > 0 && ++comment_lines <= kLongestComment) {
      // Inside an interjection; only the chair breaks in without a bracket being closed.
      const auto chair = speech_opening(line);
      if (!chair || chair->speaker.role.find("räsident") == std::string::npos) {
        open += brackets_of(line);
        continue;
      }
    }
    open = 0;
    comment_lines = 0;
    if (line.starts_with("(") && !RE2::PartialMatch(piece(line), close)) {
      open = std::max(0, brackets_of(line));
      continue;
    }
    if (RE2::PartialMatch(piece(line), close)) {
      closed = true;
      Start end;
      end.line = i;
      end.speech = false;
      starts.push_back(end);
      continue;
    }
    if (closed && RE2::PartialMatch(piece(line), annex)) {
      Start end;
      end.line = i;
      end.speech = false;
      starts.push_back(end);
      continue;
    }
    if (auto start = opening_at(paper, i, rules.any_group)) {
      closed = closed && start->speaker.role.find("räsident") == std::string::npos;
      starts.push_back(std::move(*start));
      // An interjection may open on the same line: "X (SPD): Ja! (Beifall" …
      open = 0;
    } else if (!starts.empty() && starts.back().speech && i > 0 &&
               lines[i].page != lines[i - 1].page && repeats_speaker(line, starts.back().speaker)) {
      paper.leave_out(lines[i].range);
    }
  }

  std::size_t found = 0;
  std::string item;
  static const RE2 called(
      "(?s)\\b[Rr]ufe\\b[^.!?]*?\\b((?:Zusatz)?(?:[Tt]agesordnungs)?[Pp]unkte?\\s+\\d+(?:\\s?["
      "a-z]"
      "\\b)?(?:\\s(?:bis|und)\\s\\d+(?:\\s?[a-z]\\b)?)?)");
  for (std::size_t s = 0; s < starts.size(); ++s) {
    if (!starts[s].speech) continue;
    const std::uint32_t end =
        s + 1 < starts.size() ? lines[starts[s + 1].line].range.begin : paper.size();
    Range range{starts[s].text_begin, std::max(end, starts[s].text_begin)};
    while (range.begin < range.end &&
           (paper.text()[range.begin] == ' ' || paper.text()[range.begin] == '\n'))
      ++range.begin;
    while (range.end > range.begin &&
           (paper.text()[range.end - 1] == ' ' || paper.text()[range.end - 1] == '\n'))
      --range.end;
    if (range.empty()) continue;
    Section section;
    section.kind = SectionKind::kSpeech;
    section.speaker = starts[s].speaker;
    section.text = paper.readable(range);
    if (section.text.empty()) continue;
    section.span = paper.span(range);
    // The chair calls an item; what is said until the next call belongs to it.
    Range at;
    Range printed;
    Range rest = range;
    for (int calls = 0; calls < 4 && paper.find(called, rest, &at, &printed); ++calls) {
      if (section.speaker->role.find("räsident") == std::string::npos) break;
      item = paper.one_line(printed);
      rest.begin = printed.end;
    }
    if (rules.items_are_headings) item = item_above(paper, range.begin);
    section.agenda_item = item;
    paper.document.sections.push_back(std::move(section));
    ++found;
  }
  return found;
}

bool read_declared_protocol(Paper& paper) {
  const std::string_view term = paper.declared("protokoll wahlperiode");
  const std::string_view sitting = paper.declared("protokoll sitzung");
  if (term.empty() && sitting.empty() && paper.source().speeches.empty()) return false;
  Document& document = paper.document;
  document.type = "Plenarprotokoll";
  paper.note_declared("type", "XML dbtplenarprotokoll");
  const std::string_view body = paper.declared("protokoll herausgeber");
  document.body = body.empty() ? std::string_view("Deutscher Bundestag") : body;
  paper.note_declared("body", body.empty() ? "XML dbtplenarprotokoll" : "XML herausgeber");
  int value = 0;
  if (RE2::FullMatch(piece(term), "(\\d{1,3})", &value)) {
    document.legislature = value;
    paper.note_declared("legislature", "XML wahlperiode");
    if (!sitting.empty()) {
      document.number = std::string(term) + "/" + std::string(sitting);
      paper.note_declared("number", "XML sitzung-nr");
    }
  }
  if (const auto day = parse_date(paper.declared("protokoll datum"))) {
    document.date = *day;
    paper.note_declared("date", "XML sitzung-datum");
  }
  if (paper.source().speeches.empty()) {
    read_speeches(paper);
  } else {
    document.sections.insert(document.sections.end(), paper.source().speeches.begin(),
                             paper.source().speeches.end());
  }
  return true;
}

}  // namespace fundstelle
