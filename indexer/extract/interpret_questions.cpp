// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_questions.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "extract/interpret_dates.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

// "1" or "1.2" as numbers, for order.
struct Label {
  int main = 0;
  int sub = 0;
  auto operator<=>(const Label&) const = default;
};

Label number_of(std::string_view label) {
  Label number;
  const auto* end = label.data() + label.size();
  auto result = std::from_chars(label.data(), end, number.main);
  if (result.ptr != end && *result.ptr == '.') std::from_chars(result.ptr + 1, end, number.sub);
  return number;
}

std::string text_of_label(Label label) {
  return label.sub == 0 ? std::to_string(label.main)
                        : std::to_string(label.main) + "." + std::to_string(label.sub);
}

// A line that may begin a question.
struct Candidate {
  std::size_t line = 0;
  Label label;
  std::uint32_t text_begin = 0;  ///< where the question's own words begin
  bool headed = false;           ///< "Frage 1:" rather than "1."
};

// A line that heads an answer and the labels it answers.
struct AnswerHead {
  std::size_t line = 0;
  std::uint32_t text_begin = 0;
  std::vector<std::string> labels;  ///< empty: bare "Antwort:"
};

constexpr const char* kLabels =
    "\\d{1,3}(?:\\.\\d{1,2})?(?:\\s?[a-z]\\b\\)?)?(?:\\s*(?:,|;|/"
    "|und|sowie|bis(?:\\s+einschließlich)?|-|–|u\\.)\\s*(?:zu\\s+)?(?:Fragen?\\s+)?"
    "\\d{1,3}(?:\\.\\d{1,2})?(?:\\s?[a-z]\\b\\)?)?)*";

std::vector<Candidate> find_candidates(const Paper& paper, Range where) {
  static const RE2 numbered("^(\\d{1,3})[.)]\\s+(\\S.*)$");
  static const RE2 bare_number("^(\\d{1,3})\\.$");
  static const RE2 two_level("^(\\d{1,2})\\.\\s?(\\d{1,2})\\.?\\)?\\s+(\\pL.*|[„\"(§].*)$");
  static const RE2 bare_two_level("^(\\d{1,2})\\.(\\d{1,2})\\.?$");
  static const RE2 headed(
      "^(?i:Frage)\\s+(?:Nr\\.\\s*)?(\\d{1,3})(?:\\.(\\d{1,2}))?\\s*(?:[.:)]|$)\\s*(.*)$");
  std::vector<Candidate> found;
  const auto& lines = paper.lines();
  for (std::size_t i = paper.line_at(where.begin);
       i < lines.size() && lines[i].range.begin < where.end; ++i) {
    const std::string_view line = paper.line(i);
    re2::StringPiece rest;
    Candidate candidate{i, {}, 0, false};
    if (RE2::FullMatch(piece(line), headed, &candidate.label.main,
                       static_cast<std::string*>(nullptr), &rest)) {
      std::string sub;
      RE2::FullMatch(piece(line), headed, &candidate.label.main, &sub, &rest);
      if (!sub.empty()) candidate.label.sub = std::stoi(sub);
      candidate.headed = true;
    } else if (RE2::FullMatch(piece(line), two_level, &candidate.label.main, &candidate.label.sub,
                              &rest)) {
      // "30.06. bis", "2.5 Millionen": a day or an amount, no label.
      static const RE2 amount(
          "^(?:Millionen|Mio|Milliarden|Mrd|Prozent|Euro|Uhr|Tonnen|Hektar|Kilometer|km|bis)\\b");
      if (RE2::PartialMatch(rest, amount) || candidate.label.sub == 0) continue;
    } else if (RE2::FullMatch(piece(line), numbered, &candidate.label.main, &rest)) {
      // "12. November", "95. Sitzung": an ordinal, no label.
      std::string word;
      static const RE2 first_word("^([\\pL.]+)");
      if (RE2::PartialMatch(rest, first_word, &word) && is_month(word)) continue;
      static const RE2 ordinal(
          "^(?:Wahlperiode|Legislaturperiode|Sitzung|Ausschuss|Lebensjahr\\w*|Jahrhundert\\w*|"
          "Jahrestag\\w*|Klasse|Quartal|"
          "Juli|Deutsche[nr]?\\sBundestag\\w*|\\d{1,2}\\.)");
      if (RE2::PartialMatch(rest, ordinal)) continue;
      static const RE2 lower("^\\p{Ll}(?:[^)]|$)");
      if (RE2::PartialMatch(rest, lower)) continue;
    } else if (RE2::FullMatch(piece(line), bare_two_level, &candidate.label.main,
                              &candidate.label.sub) ||
               RE2::FullMatch(piece(line), bare_number, &candidate.label.main)) {
      if (i + 1 >= lines.size()) continue;
      rest = re2::StringPiece();
    } else {
      continue;
    }
    if (candidate.label.main == 0) continue;
    if (!rest.empty()) {
      candidate.text_begin = static_cast<std::uint32_t>(rest.data() - paper.text().data());
    } else {
      if (i + 1 >= lines.size()) continue;
      candidate.text_begin = lines[i + 1].range.begin;
    }
    found.push_back(candidate);
  }
  return found;
}

std::vector<AnswerHead> find_answer_heads(const Paper& paper, Range where) {
  static const RE2 to_labels(
      std::string("^(?:(?i:Antwort(?:en)?)\\s+(?:der\\s+Landesregierung\\s+|des\\s+Senats\\s+)?)?(?"
                  "i:zu)\\s+(?:(?:der|den|die)\\s+)?(?:(?:"
                  "Fragen?|Nrn?\\.|Nummern?|Ziffern?|Frage\\s+Nr\\.)\\s+)?(?:Nr\\.\\s*)?(") +
      kLabels + ")\\s*(?:[.:)]\\s*|$)(.*)$");
  static const RE2 bare("^(?:Antwort)\\s*:\\s*(.*)$");
  std::vector<AnswerHead> found;
  const auto& lines = paper.lines();
  for (std::size_t i = paper.line_at(where.begin);
       i < lines.size() && lines[i].range.begin < where.end; ++i) {
    const std::string_view line = paper.line(i);
    std::string labels;
    re2::StringPiece rest;
    AnswerHead head{i, 0, {}};
    if (RE2::FullMatch(piece(line), to_labels, &labels, &rest)) {
      // "Zu 3. Absatz des …" runs on; a heading stands alone or ends in a colon or full stop.
      head.labels = {labels};
    } else if (!RE2::FullMatch(piece(line), bare, &rest)) {
      continue;
    }
    if (!rest.empty()) {
      head.text_begin = static_cast<std::uint32_t>(rest.data() - paper.text().data());
    } else {
      head.text_begin = i + 1 < lines.size() ? lines[i + 1].range.begin : lines[i].range.end;
    }
    found.push_back(head);
  }
  return found;
}

// Lines that end whatever is being read: imprints, annexes, signatures.
bool ends_everything(std::string_view line) {
  static const RE2 end(
      "^(?:Hinweise des Landtagsamts|Gesamtherstellung:|Satz: |Vertrieb: |Druck: |Herausgegeben "
      "vom|Die Drucksachen des "
      "(?:Landtags?|Bundestag)|Redaktion: |Herstellung: Kanzlei|Drucksachen können "
      "auch|Anlagen?(?:\\s+\\d+)?(?:\\s+zu(?:r|m)?\\s.*)?$|"
      "Anlage\\s+\\d+\\s*:|Mit freundlichen Grüßen|Hochachtungsvoll|In Vertretung\\b|Der Landtag "
      "ist über das Internet|"
      "D a z u$|Dazu$|ISSN \\d)");
  return RE2::PartialMatch(piece(line), end);
}

bool is_place_and_date(std::string_view line) {
  static const RE2 place(
      "^\\p{Lu}[\\pL/ -]+,\\s+(?:den|im|am)?\\s*(?:\\d{1,2}\\.\\s*\\S+\\s*\\d{2,4}|\\p{Lu}\\pL+ "
      "\\d{4})$");
  return RE2::FullMatch(piece(line), place);
}

bool is_preface(std::string_view line) {
  static const RE2 preface(
      "^(?i:(?:Allgemeine\\s+)?Vorbemerkung(?:en)?(?:\\s+(?:de[rs]|zu)[^?().;,]+)?|Dies "
      "vorausgeschickt.*)\\s*:?$");
  return RE2::FullMatch(piece(line), preface);
}

// Ends of sentences that close a question: "…?", "…?“", "… (bitte auflisten)?", "… ?3".
bool asks(std::string_view line) {
  static const RE2 asking("[?](?:[“”\"'‘’»«)\\]]|\\s|\\d{1,2}$)*$");
  return RE2::PartialMatch(piece(line), asking);
}

bool closes_sentence(std::string_view line) {
  static const RE2 closing("[?.!:;)](?:[“”\"'‘’)\\]]|\\s)*$");
  return RE2::PartialMatch(piece(line), closing);
}

// A line that goes on asking after a question mark at the end of the line above.
bool goes_on_asking(std::string_view line) {
  static const RE2 more(
      "^(?:\\p{Ll}|\\((?i:bitte|falls|wenn|vgl|siehe|s\\.)|[a-z][.)]{1,2}\\s|[a-z]{2}\\)|[•–-]\\s|("
      "?:Wenn|Falls|Sofern)\\s(?:ja|nein|nicht|dies|so)\\b|"
      "(?:Und|Oder)\\s|Bitte\\s|Ggf\\.|Gegebenenfalls\\s|Inwiefern\\s|Inwieweit\\s|(?:Um "
      ")?[Ww]elche[rsmn]?\\s|Wie\\s|Warum\\s|Weshalb\\s|Was\\s|Wer\\s|Wann\\s|Wo\\s|"
      "Wieso\\s|Wofür\\s|Worin\\s|Wodurch\\s|Woher\\s|Auf welche)");
  return RE2::PartialMatch(piece(line), more);
}

bool is_part(std::string_view line) {
  static const RE2 part("^(?:[a-z][.)]{1,2}|[a-z]{2}\\)|[•▪–-])\\s");
  return RE2::PartialMatch(piece(line), part);
}

struct Reader {
  Paper& paper;
  const QuestionRules& rules;
  std::vector<Candidate> candidates;
  std::vector<AnswerHead> heads;
  std::uint32_t stop = 0;  ///< where questions and answers are over

  struct Found {
    Candidate candidate;
    Range question;
    Range answer;
    bool has_answer = false;
    std::vector<std::string> together;
  };

  [[nodiscard]] const PaperLine& line(std::size_t i) const { return paper.lines()[i]; }

  // Does a question stand here: a question mark before the next candidate, or an invitation to
  // list?
  [[nodiscard]] bool looks_asked(const Candidate& candidate, std::size_t until_line) const {
    const std::size_t last = std::min(until_line, candidate.line + 60);
    static const RE2 invites("(?i)\\b(?:bitte|wir bitten|wird gebeten)\\b");
    for (std::size_t i = candidate.line; i < last && i < paper.lines().size(); ++i) {
      const std::string_view text = paper.line(i);
      if (text.find('?') != std::string_view::npos) return true;
      if (i < candidate.line + 4 && RE2::PartialMatch(piece(text), invites)) return true;
    }
    return false;
  }

  // The candidates that are the paper's questions: labels rise from 1 without gap; a group may be
  // printed out of order as long as nothing is answered between.
  [[nodiscard]] std::vector<Candidate> chain(std::size_t from) const {
    std::vector<Candidate> chosen;
    std::set<Label> used;
    const auto expected = [&]() -> Label {
      Label next{1, 0};
      while (used.count(next) > 0) ++next.main;
      return next;
    };
    for (std::size_t i = from; i < candidates.size(); ++i) {
      const Candidate& candidate = candidates[i];
      const std::size_t until =
          i + 1 < candidates.size() ? candidates[i + 1].line : paper.lines().size();
      if (used.count(candidate.label) > 0) continue;
      if (candidate.label.sub != 0) {
        // 1.1, 1.2, 2.1 …: the next sub-number or the next block.
        const Label last = chosen.empty() ? Label{0, 0} : chosen.back().label;
        const bool next_sub =
            candidate.label.main == last.main && candidate.label.sub == last.sub + 1;
        const bool next_block = candidate.label.main == last.main + 1 && candidate.label.sub == 1;
        const bool first = chosen.empty() && candidate.label.main == 1 && candidate.label.sub == 1;
        if (!(next_sub || next_block || first)) continue;
        if (!chosen.empty() && chosen.back().label.sub == 0 && !next_block && !next_sub) continue;
        chosen.push_back(candidate);
        used.insert(candidate.label);
        continue;
      }
      // Bavarian papers mix "3." with "1.1": the main number counts on.
      const bool two_level = !chosen.empty() && chosen.back().label.sub != 0;
      const Label want = two_level ? Label{chosen.back().label.main + 1, 0} : expected();
      const bool asked = candidate.headed || looks_asked(candidate, until);
      if (candidate.label == want) {
        // A list inside an answer may count "2.", too: what asks nothing waits for a better one.
        if (!asked && better_later(i, want)) continue;
        if (!asked && chosen.empty() && !next_is_asked(i)) continue;
        chosen.push_back(candidate);
        used.insert(candidate.label);
      } else if (!two_level && !chosen.empty() && asked && candidate.label > want &&
                 candidate.label.main <= want.main + 40 &&
                 follows_unanswered(chosen.back(), candidate) &&
                 grouped_near(candidate, chosen.back())) {
        chosen.push_back(candidate);
        used.insert(candidate.label);
      }
    }
    return chosen;
  }

  // The next label follows at once and asks: this one belongs to the same list.
  [[nodiscard]] bool next_is_asked(std::size_t i) const {
    if (i + 1 >= candidates.size()) return false;
    const Candidate& next = candidates[i + 1];
    if (next.label.main != candidates[i].label.main + 1 || next.line > candidates[i].line + 6)
      return false;
    return looks_asked(next,
                       i + 2 < candidates.size() ? candidates[i + 2].line : paper.lines().size());
  }

  [[nodiscard]] bool better_later(std::size_t i, Label want) const {
    for (std::size_t k = i + 1; k < candidates.size(); ++k) {
      if (candidates[k].label != want) continue;
      const std::size_t until =
          k + 1 < candidates.size() ? candidates[k + 1].line : paper.lines().size();
      if (candidates[k].headed || looks_asked(candidates[k], until)) return true;
    }
    return false;
  }

  // Nothing but the question itself stands between the two.
  [[nodiscard]] bool follows_unanswered(const Candidate& before, const Candidate& after) const {
    const Range question = question_range(before, after.line);
    return paper.line_at(question.end) >= after.line;
  }

  // "Die Fragen 22 und 24 werden gemeinsam beantwortet" stands soon below.
  [[nodiscard]] bool grouped_near(const Candidate& candidate, const Candidate& with) const {
    const Range near{line(candidate.line).range.begin,
                     std::min(stop, line(candidate.line).range.begin + 20000)};
    static const RE2 group(std::string("(?i)Fragen\\s+(") + kLabels + ")[^.]*?beantwortet");
    Range at;
    Range labels;
    if (!paper.find(group, near, &at, &labels)) return false;
    const auto list = expand_labels(paper.in(labels));
    const auto has = [&](const Candidate& one) {
      return std::find(list.begin(), list.end(), text_of_label(one.label)) != list.end();
    };
    return has(candidate) && has(with);
  }

  // From the question's first word to the end of asking, at most to `until_line`.
  [[nodiscard]] Range question_range(const Candidate& candidate, std::size_t until_line) const {
    const auto& lines = paper.lines();
    std::size_t i = paper.line_at(candidate.text_begin);
    Range range{candidate.text_begin, candidate.text_begin};
    std::size_t last = i;  // last line known to belong to the question
    bool ended = false;
    for (std::size_t k = i; k < until_line && k < lines.size() && lines[k].range.begin < stop;
         ++k) {
      if (paper.left_out(lines[k].range.begin)) continue;
      if (k > i && (ends_everything(paper.line(k)) || is_place_and_date(paper.line(k)) ||
                    is_preface(paper.line(k))))
        break;
      const bool open_list = k > i && is_part(paper.line(k));
      if (ended && !open_list && !(goes_on_asking(paper.line(k)) && asks_soon(k, until_line)))
        break;
      if (ended && lines[k].gap_before && !open_list && lines[k].page == lines[k - 1].page &&
          !begins_like_question(paper.line(k)))
        break;
      // A paragraph that asks nothing ends before the next one, if it was complete.
      if (!ended && k > i && lines[k].gap_before && lines[k].page == lines[k - 1].page &&
          closes_sentence(paper.line(k - 1)) && !asks_soon(k, until_line)) {
        break;
      }
      last = k;
      if (asks(paper.line(k))) {
        ended = true;
      } else if (open_list || ended) {
        // a part that runs over several lines, or one that ends with a comma
        ended = ended && !open_list ? asks(paper.line(k)) : false;
        if (open_list && (paper.line(k).ends_with(",") || paper.line(k).ends_with(";")))
          ended = !more_parts(k, until_line);
      }
    }
    if (!ended) {
      // No question mark: a request. It ends with its paragraph, or the first sentence closed at a
      // line end that does not wrap.
      last = i;
      for (std::size_t k = i; k < until_line && k < lines.size() && lines[k].range.begin < stop;
           ++k) {
        if (paper.left_out(lines[k].range.begin)) continue;
        if (k > i && (ends_everything(paper.line(k)) || is_place_and_date(paper.line(k)))) break;
        if (k > i && lines[k].gap_before && lines[k].page == lines[k - 1].page &&
            closes_sentence(paper.line(k - 1)))
          break;
        last = k;
        if (closes_sentence(paper.line(k)) && !lines[k].soft_break && k + 1 < lines.size() &&
            !goes_on_asking(paper.line(k + 1)) && !has_gaps_near(k)) {
          break;
        }
      }
    }
    range.end = last < lines.size() ? lines[last].range.end : range.begin;
    return range;
  }

  [[nodiscard]] bool begins_like_question(std::string_view text) const {
    return goes_on_asking(text);
  }

  // A question mark follows within the same run of lines.
  [[nodiscard]] bool asks_soon(std::size_t k, std::size_t until_line) const {
    const auto& lines = paper.lines();
    for (std::size_t n = k; n < until_line && n < k + 8 && n < lines.size(); ++n) {
      if (n > k && lines[n].gap_before && lines[n].page == lines[n - 1].page) return false;
      if (asks(paper.line(n))) return true;
      if (n > k && closes_sentence(paper.line(n)) && !paper.line(n).ends_with(")")) return false;
    }
    return false;
  }

  [[nodiscard]] bool more_parts(std::size_t k, std::size_t until_line) const {
    for (std::size_t n = k + 1; n < until_line && n < k + 6 && n < paper.lines().size(); ++n) {
      if (is_part(paper.line(n))) return true;
    }
    return false;
  }

  // Whether the source parts paragraphs by empty lines around here.
  [[nodiscard]] bool has_gaps_near(std::size_t k) const {
    const auto& lines = paper.lines();
    for (std::size_t n = k + 1; n < k + 4 && n < lines.size(); ++n) {
      if (lines[n].gap_before && lines[n].page == lines[k].page) return true;
    }
    return false;
  }
};

std::vector<std::string> labels_of(const std::vector<Reader::Found>& found) {
  std::vector<std::string> labels;
  for (const auto& one : found) labels.push_back(text_of_label(one.candidate.label));
  return labels;
}

void add_section(Paper& paper, SectionKind kind, std::vector<std::string> labels, Range range) {
  if (range.empty()) return;
  Section section;
  section.kind = kind;
  section.labels = std::move(labels);
  section.text = paper.readable(range);
  section.span = paper.span(range);
  paper.document.sections.push_back(std::move(section));
}

// Skips a table of contents: its entries end in leaders and page numbers, or it is headed so and
// every label comes again.
std::size_t first_behind_contents(const Paper& paper, const std::vector<Candidate>& candidates) {
  static const RE2 leaders("(?:\\.\\s?){4,}\\s*\\d{1,4}$|\\s…+\\s*\\d{1,4}$");
  const auto& lines = paper.lines();
  std::size_t last_leader = 0;
  std::size_t contents = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = paper.line(i);
    if (contents == lines.size() && i < 80) {
      static const RE2 heading("(?i)^(?:Inhaltsverzeichnis|Inhalt|Inhaltsübersicht)$");
      if (RE2::FullMatch(piece(line), heading)) contents = i;
    }
    if (contents < lines.size() && RE2::PartialMatch(piece(line), leaders)) last_leader = i;
  }
  if (contents == lines.size()) return 0;
  if (last_leader == 0) {
    // Leaders are gone: the contents end where the first label comes again.
    std::size_t seen = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].line < contents) continue;
      if (candidates[i].label.main == 1 && candidates[i].label.sub <= 1 && ++seen == 2) return i;
    }
    return 0;
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].line > last_leader) return i;
  }
  return 0;
}

// Questions restated without a number above "Zu Frage N:": paragraphs that ask, read upwards.
std::size_t read_restated(Reader& reader) {
  Paper& paper = reader.paper;
  const auto& lines = paper.lines();
  const auto& heads = reader.heads;
  std::map<Label, Question> questions;
  std::vector<Section> sections;
  std::size_t floor = paper.line_at(reader.rules.where.begin);
  struct Block {
    std::vector<std::string> labels;
    std::vector<Range> questions;
    std::uint32_t begin = 0;
    Range answer;
  };
  std::vector<Block> blocks;
  for (std::size_t h = 0; h < heads.size(); ++h) {
    if (heads[h].labels.empty()) continue;
    Block block;
    block.labels = expand_labels(heads[h].labels.front());
    // Upwards over paragraphs that end in a question mark, as many as there are labels.
    std::size_t end = heads[h].line;
    while (end > floor && block.questions.size() < block.labels.size()) {
      std::size_t first = end - 1;
      if (!asks(paper.line(first)) && paper.line(first) != "?") {
        // A request without a question mark counts for a single label right above the head.
        if (!block.questions.empty() || block.labels.size() > 1) break;
      }
      while (first > floor && !lines[first].gap_before) --first;
      block.questions.insert(block.questions.begin(),
                             {lines[first].range.begin, lines[end - 1].range.end});
      block.begin = lines[first].range.begin;
      end = first;
    }
    if (block.questions.empty()) block.begin = lines[heads[h].line].range.begin;
    block.answer.begin = heads[h].text_begin;
    blocks.push_back(block);
    floor = heads[h].line + 1;
  }
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    blocks[b].answer.end = b + 1 < blocks.size() ? blocks[b + 1].begin : reader.stop;
    const Block& block = blocks[b];
    for (std::size_t k = 0; k < block.labels.size(); ++k) {
      Question question;
      question.label = block.labels[k];
      if (k < block.questions.size() && block.questions.size() == block.labels.size()) {
        question.text = paper.readable(block.questions[k]);
        question.page = paper.span(block.questions[k]).page;
        add_section(paper, SectionKind::kQuestion, {question.label}, block.questions[k]);
      } else {
        question.page = paper.span(block.answer).page;
      }
      question.answer = paper.readable(block.answer);
      for (const std::string& other : block.labels) {
        if (other != question.label) question.answered_together_with.push_back(other);
      }
      questions.emplace(number_of(question.label), std::move(question));
    }
    add_section(paper, SectionKind::kAnswer, block.labels, block.answer);
  }
  for (auto& [label, question] : questions) paper.document.questions.push_back(std::move(question));
  return questions.size();
}

// "Antwort" (of somebody) heads a line between two lines.
bool answer_begins_between(const Paper& paper, std::size_t from, std::size_t to) {
  static const RE2 answer("^(?:und\\s+)?(?i:Antwort)(?:\\s+de[rs]\\s.*)?$");
  for (std::size_t i = from; i < to; ++i) {
    if (RE2::FullMatch(piece(paper.line(i)), answer)) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> expand_labels(std::string_view printed,
                                       const std::vector<std::string>& known) {
  std::vector<std::string> out;
  Label last{0, 0};
  bool range = false;
  const auto add = [&](const std::string& label) {
    if (!known.empty() && std::find(known.begin(), known.end(), label) == known.end()) return;
    if (std::find(out.begin(), out.end(), label) == out.end()) out.push_back(label);
  };
  std::size_t at = 0;
  static const RE2 number("^(\\d{1,3})(?:\\.(\\d{1,2}))?");
  while (at < printed.size()) {
    const std::string_view rest = printed.substr(at);
    if (rest.starts_with("bis") || rest.starts_with("-") || rest.starts_with("–")) {
      range = true;
      at += rest.starts_with("–") || rest.starts_with("bis") ? 3 : 1;
      continue;
    }
    int main = 0;
    std::string sub;
    if (RE2::PartialMatch(piece(rest), number, &main, &sub)) {
      const Label label{main, sub.empty() ? 0 : std::stoi(sub)};
      if (range && last.main > 0) {
        if (!known.empty()) {
          for (const std::string& one : known) {
            const Label value = number_of(one);
            const Label upper = label.sub == 0 ? Label{label.main, 99} : label;
            if (value > last && value <= upper) add(one);
          }
        } else if (label.sub == 0 && last.sub == 0 && label.main - last.main <= 200) {
          for (int n = last.main + 1; n <= label.main; ++n) add(std::to_string(n));
        } else if (label.main == last.main) {
          for (int n = last.sub + 1; n <= label.sub; ++n) add(text_of_label({label.main, n}));
        } else {
          add(text_of_label(label));
        }
      } else {
        add(text_of_label(label));
        // "Zu 3" of a paper numbered 3.1, 3.2 answers both.
        if (label.sub == 0 && !known.empty()) {
          for (const std::string& one : known) {
            const Label value = number_of(one);
            if (value.main == label.main && value.sub != 0 &&
                std::find(known.begin(), known.end(), text_of_label(label)) == known.end()) {
              add(one);
            }
          }
        }
      }
      last = label;
      range = false;
      at += std::to_string(main).size() > rest.size() ? rest.size()
            : rest.find_first_not_of("0123456789.", 0) == std::string_view::npos
                ? rest.size()
                : rest.find_first_not_of("0123456789.", 0);
      continue;
    }
    ++at;
  }
  return out;
}

std::size_t read_questions(Paper& paper, const QuestionRules& rules) {
  const auto& lines = paper.lines();
  if (lines.empty()) return 0;
  Reader reader{paper, rules, {}, {}, rules.where.end};
  reader.candidates = find_candidates(paper, rules.where);
  if (rules.answered) reader.heads = find_answer_heads(paper, rules.where);
  const std::size_t from = first_behind_contents(paper, reader.candidates);

  // What is behind the last answer.
  const std::size_t first_line = reader.candidates.empty() ? 0 : reader.candidates[from].line;
  bool heads_labelled = false;
  for (const AnswerHead& head : reader.heads)
    heads_labelled = heads_labelled || !head.labels.empty();

  std::vector<Candidate> chosen = reader.chain(from);
  // A chain that begins in a preface is weaker than one that begins later and is longer.
  for (std::size_t i = from + 1; i < reader.candidates.size(); ++i) {
    if (reader.candidates[i].label.main != 1 || reader.candidates[i].label.sub > 1) continue;
    std::vector<Candidate> other = reader.chain(i);
    // Bavarian answers repeat every question: the repetition is what is answered.
    const bool repeated = rules.answered && other.size() == chosen.size() && !chosen.empty() &&
                          answer_begins_between(paper, chosen.back().line, other.front().line);
    if (other.size() > chosen.size() || repeated) chosen = std::move(other);
  }
  (void)first_line;

  if (chosen.empty() || (rules.restated && heads_labelled)) {
    if (heads_labelled && rules.answered) {
      std::size_t last_head = reader.heads.back().line;
      for (std::size_t i = last_head + 1;
           i < lines.size() && lines[i].range.begin < rules.where.end; ++i) {
        if (ends_everything(paper.line(i))) {
          reader.stop = lines[i - 1].range.end;
          break;
        }
      }
      if (chosen.empty() || rules.restated) return read_restated(reader);
    }
    return 0;
  }

  // Heads of answers count if they answer most questions; a few are references in an annex
  // ("Anlage … Zu Frage 6:") or quotations.
  {
    std::vector<std::string> known;
    for (const Candidate& candidate : chosen) known.push_back(text_of_label(candidate.label));
    std::set<std::string> headed;
    bool bare = false;
    for (const AnswerHead& head : reader.heads) {
      if (head.labels.empty()) {
        bare = true;
        continue;
      }
      for (const std::string& label : expand_labels(head.labels.front(), known))
        headed.insert(label);
    }
    if (!bare && headed.size() * 2 < chosen.size()) reader.heads.clear();
    heads_labelled = heads_labelled && !reader.heads.empty();
  }

  const std::size_t last_mark =
      std::max(chosen.back().line,
               heads_labelled || !reader.heads.empty() ? reader.heads.back().line : std::size_t{0});
  for (std::size_t i = last_mark + 1; i < lines.size() && lines[i].range.begin < rules.where.end;
       ++i) {
    if (ends_everything(paper.line(i))) {
      reader.stop = lines[i - 1].range.end;
      break;
    }
  }

  std::vector<Reader::Found> found;
  for (const Candidate& candidate : chosen) found.push_back({candidate, {}, {}, false, {}});

  // All marks in reading order, to know where each part ends.
  const auto next_mark = [&](std::size_t line_index, std::size_t own) {
    std::size_t next = lines.size();
    for (const auto& one : chosen) {
      if (one.line > line_index && one.line < next) next = one.line;
    }
    for (const auto& head : reader.heads) {
      if (head.line > line_index && head.line < next && head.line != own) next = head.line;
    }
    return next;
  };
  const auto end_before = [&](std::size_t line_index) {
    return line_index < lines.size() ? std::min(lines[line_index - 1].range.end, reader.stop)
                                     : reader.stop;
  };

  const std::vector<std::string> all_labels = labels_of(found);
  for (auto& one : found) {
    const std::size_t until = next_mark(one.candidate.line, one.candidate.line);
    one.question = reader.question_range(one.candidate, until);
    // Behind a headed question ("Frage 1:") whose answer is headed too, all up to the head is
    // asked.
    const bool head_follows =
        std::any_of(reader.heads.begin(), reader.heads.end(), [&](const AnswerHead& head) {
          if (head.line != until) return false;
          if (head.labels.empty()) return true;
          const auto labels = expand_labels(head.labels.front(), all_labels);
          return std::find(labels.begin(), labels.end(), text_of_label(one.candidate.label)) !=
                 labels.end();
        });
    const bool whole = head_follows && !rules.restated;
    if (whole) {
      const std::size_t last = paper.line_at(one.question.end - 1);
      // "Antwort der Landesregierung", prefaces and formulas between the last question and its head
      // stay out.
      std::size_t k = last + 1;
      for (; k < until; ++k) {
        static const RE2 other(
            "(?i)^(?:Antwort\\b|(?:Dies|Der Senat|Die (?:Landes|Staats)?regierung|Namens|Ich "
            "beantworte|Für den Senat).*)");
        if (lines[k].gap_before || is_preface(paper.line(k)) ||
            RE2::PartialMatch(piece(paper.line(k)), other))
          break;
      }
      if (k == until && until > 0) one.question.end = lines[until - 1].range.end;
    }
    if (!rules.answered) {
      // An inquiry: everything up to the next label is asked, headings between the blocks are not.
      std::size_t last = until > 0 ? std::min(until, lines.size()) - 1 : 0;
      const std::size_t end_line = paper.line_at(one.question.end - 1);
      while (last > end_line &&
             (!closes_sentence(paper.line(last)) || ends_everything(paper.line(last)) ||
              is_place_and_date(paper.line(last)) || paper.left_out(lines[last].range.begin))) {
        --last;
      }
      bool clean = true;
      for (std::size_t k = end_line + 1; k <= last && k < lines.size(); ++k) {
        if (ends_everything(paper.line(k)) || is_place_and_date(paper.line(k)) ||
            is_preface(paper.line(k)))
          clean = false;
      }
      if (clean && last < lines.size() && last > end_line && last - end_line <= 12 &&
          &one != &found.back()) {
        one.question.end = lines[last].range.end;
      }
    }
  }

  if (rules.answered) {
    const std::vector<std::string> known = labels_of(found);
    // Answers under heads of their own.
    std::set<std::string> headed;
    for (std::size_t h = 0; h < reader.heads.size(); ++h) {
      const AnswerHead& head = reader.heads[h];
      std::vector<std::string> labels;
      if (!head.labels.empty()) {
        labels = expand_labels(head.labels.front(), known);
      } else {
        // Bare "Antwort:" belongs to the questions since the last answer.
        for (const auto& one : found) {
          if (one.candidate.line < head.line && !one.has_answer)
            labels.push_back(text_of_label(one.candidate.label));
        }
      }
      if (labels.empty()) continue;
      const std::size_t until = next_mark(head.line, head.line);
      Range answer{head.text_begin, end_before(until)};
      if (answer.empty()) continue;
      for (auto& one : found) {
        const std::string label = text_of_label(one.candidate.label);
        if (std::find(labels.begin(), labels.end(), label) == labels.end()) continue;
        if (one.has_answer) continue;
        one.has_answer = true;
        one.answer = answer;
        headed.insert(label);
        for (const std::string& other : labels) {
          if (other != label) one.together.push_back(other);
        }
      }
    }
    // Answers that follow their question without a head; adjacent questions share one.
    {
      std::vector<std::size_t> open;
      std::vector<std::size_t> order(found.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return found[a].candidate.line < found[b].candidate.line;
      });
      for (const std::size_t i : order) {
        auto& one = found[i];
        if (one.has_answer) continue;
        open.push_back(i);
        const std::size_t until = next_mark(one.candidate.line, one.candidate.line);
        Range answer{one.question.end, end_before(until)};
        // Only running text counts: a note of the printer between two questions is no answer.
        std::size_t first = paper.line_at(answer.begin);
        while (
            first < lines.size() && lines[first].range.begin < answer.end &&
            (lines[first].range.begin < answer.begin || paper.left_out(lines[first].range.begin))) {
          ++first;
        }
        if (first >= lines.size() || lines[first].range.begin >= answer.end) continue;
        answer.begin = lines[first].range.begin;
        std::vector<std::string> labels;
        for (const std::size_t k : open) labels.push_back(text_of_label(found[k].candidate.label));
        for (const std::size_t k : open) {
          found[k].has_answer = true;
          found[k].answer = answer;
          for (const std::string& other : labels) {
            if (other != text_of_label(found[k].candidate.label))
              found[k].together.push_back(other);
          }
        }
        open.clear();
      }
    }
    // "Die Fragen 1 und 3 werden gemeinsam beantwortet" where question 3 stands apart, unanswered.
    for (auto& one : found) {
      if (!one.has_answer) continue;
      static const RE2 group(std::string("(?i)^(?:Die\\s+)?Fragen\\s+(") + kLabels +
                             ")[^.]*?(?:beantwortet|Antwort)");
      Range at;
      Range printed;
      const Range start{one.answer.begin, std::min(one.answer.end, one.answer.begin + 400)};
      if (!paper.find(group, start, &at, &printed) || at.begin != one.answer.begin) continue;
      for (const std::string& label : expand_labels(paper.in(printed), known)) {
        for (auto& other : found) {
          if (other.has_answer || text_of_label(other.candidate.label) != label) continue;
          other.has_answer = true;
          other.answer = one.answer;
        }
      }
    }
    for (auto& one : found) {
      if (!one.has_answer || !one.together.empty()) continue;
      for (const auto& other : found) {
        if (&other != &one && other.has_answer && other.answer.begin == one.answer.begin) {
          one.together.push_back(text_of_label(other.candidate.label));
        }
      }
    }
  }

  std::vector<Section> sections;
  std::set<std::uint32_t> answers_given;
  std::sort(found.begin(), found.end(), [](const Reader::Found& a, const Reader::Found& b) {
    return a.candidate.line < b.candidate.line;
  });
  for (const auto& one : found) {
    const std::string label = text_of_label(one.candidate.label);
    Question question;
    question.label = label;
    question.text = paper.readable(one.question);
    question.page = paper.span(one.question).page;
    question.answered_together_with = one.together;
    if (one.has_answer) question.answer = paper.readable(one.answer);
    paper.document.questions.push_back(std::move(question));
    add_section(paper, SectionKind::kQuestion, {label}, one.question);
    if (one.has_answer && answers_given.insert(one.answer.begin).second) {
      std::vector<std::string> labels{label};
      for (const auto& other : found) {
        if (&other != &one && other.has_answer && other.answer.begin == one.answer.begin) {
          labels.push_back(text_of_label(other.candidate.label));
        }
      }
      std::sort(labels.begin(), labels.end(), [](const std::string& a, const std::string& b) {
        return number_of(a) < number_of(b);
      });
      add_section(paper, SectionKind::kAnswer, std::move(labels), one.answer);
    }
  }
  return found.size();
}

}  // namespace fundstelle
