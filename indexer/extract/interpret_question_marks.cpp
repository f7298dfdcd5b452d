// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_question_marks.h"

#include <algorithm>
#include <charconv>

#include "extract/interpret_dates.h"
#include "extract/interpret_questions.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

QuestionLabel number_of(std::string_view label) {
  QuestionLabel number;
  const auto* end = label.data() + label.size();
  auto result = std::from_chars(label.data(), end, number.main);
  if (result.ptr != end && *result.ptr == '.') std::from_chars(result.ptr + 1, end, number.sub);
  return number;
}

std::string text_of_label(QuestionLabel label) {
  return label.sub == 0 ? std::to_string(label.main)
                        : std::to_string(label.main) + "." + std::to_string(label.sub);
}

const char* const kQuestionLabels =
    "\\d{1,3}(?:\\.\\d{1,2})?(?:\\s?[a-z]\\b\\)?)?(?:\\s*(?:,|;|/"
    "|und|sowie|bis(?:\\s+einschließlich)?|-|–|u\\.)\\s*(?:zu\\s+)?(?:Fragen?\\s+)?"
    "(?:\\d{1,3}(?:\\.\\d{1,2})?(?:\\s?[a-z]\\b\\)?)?|[a-z]\\b\\)?))*";

std::vector<QuestionCandidate> find_candidates(const Paper& paper, Range where) {
  static const RE2 numbered("^(\\d{1,3})[.)]\\s+(\\S.*)$");
  static const RE2 bare_number("^(\\d{1,3})\\.$");
  static const RE2 two_level("^(\\d{1,2})\\.\\s?(\\d{1,2})\\.?\\)?\\s+(\\pL.*|[„\"(§].*)$");
  static const RE2 bare_two_level("^(\\d{1,2})\\.(\\d{1,2})\\.?$");
  static const RE2 headed(
      "^(?i:Frage)\\s+(?:Nr\\.\\s*)?(\\d{1,3})(?:\\.(\\d{1,2}))?\\s*(?:[.:)]|$)\\s*(.*)$");
  // "1.a) Wie …": the first part stands for its question.
  static const RE2 with_part(
      "^(?:((?i:Frage))\\s+)?(\\d{1,3})\\s?\\.?\\s?(a(?:[.)]{1,2}|:)\\s+(?:\\p{Lu}.*|[„\"(§].*))$");
  std::vector<QuestionCandidate> found;
  const auto& lines = paper.lines();
  for (std::size_t i = paper.line_at(where.begin);
       i < lines.size() && lines[i].range.begin < where.end; ++i) {
    const std::string_view line = paper.line(i);
    re2::StringPiece rest;
    QuestionCandidate candidate{i, {}, 0, false};
    if (RE2::FullMatch(piece(line), headed, &candidate.label.main,
                       static_cast<std::string*>(nullptr), &rest)) {
      std::string sub;
      RE2::FullMatch(piece(line), headed, &candidate.label.main, &sub, &rest);
      if (!sub.empty()) candidate.label.sub = std::stoi(sub);
      candidate.headed = true;
    } else if (std::string head;
               RE2::FullMatch(piece(line), with_part, &head, &candidate.label.main, &rest)) {
      candidate.headed = !head.empty();
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
      kQuestionLabels + ")\\s*(?:[.:)]:?\\s*|$)(.*)$");
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

bool asks(std::string_view line) {
  static const RE2 asking("[?](?:[“”\"'‘’»«)\\]]|\\s|\\d{1,2}$)*$");
  return RE2::PartialMatch(piece(line), asking);
}

bool closes_sentence(std::string_view line) {
  static const RE2 closing("[?.!:;)](?:[“”\"'‘’)\\]]|\\s)*$");
  return RE2::PartialMatch(piece(line), closing);
}

bool goes_on_asking(std::string_view line) {
  static const RE2 more(
      "^(?:\\p{Ll}|\\((?i:bitte|falls|wenn|vgl|siehe|s\\.)|[a-z][.)]{1,2}\\s|[a-z]{2}\\)|[•–-]\\s|("
      "?:Wenn|Falls|Sofern)\\s(?:ja|nein|nicht|dies|so)\\b|"
      "(?:Und|Oder)\\s|Bitte\\s|Ggf\\.|Gegebenenfalls\\s|Inwiefern\\s|Inwieweit\\s|(?:Um "
      ")?[Ww]elche[rsmn]?\\s|Wie\\s|Warum\\s|Weshalb\\s|Was\\s|Wer\\s|Wann\\s|Wo\\s|"
      "Wieso\\s|Wofür\\s|Worin\\s|Wodurch\\s|Woher\\s|Auf welche)");
  return RE2::PartialMatch(piece(line), more);
}

char part_letter(std::string_view line) {
  static const RE2 part("^(?:(?:Frage\\s+)?\\d{1,3}\\s?\\.?\\s?)?([a-z])[.):]");
  std::string letter;
  return RE2::PartialMatch(piece(line), part, &letter) ? letter.front() : '\0';
}

bool is_part(std::string_view line) {
  static const RE2 part(
      "^(?:(?:(?:Frage\\s+)?\\d{1,3}\\s?\\.?\\s?)?[a-z][.)]{1,2}|Frage\\s+\\d{1,3}\\s?[a-z]:|"
      "[a-z]{2}\\)|[•▪–-])\\s");
  return RE2::PartialMatch(piece(line), part);
}

// Skips a table of contents: its entries end in leaders and page numbers, or it is headed so and
// every label comes again.
std::size_t first_behind_contents(const Paper& paper,
                                  const std::vector<QuestionCandidate>& candidates) {
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

std::vector<std::string> expand_labels(std::string_view printed,
                                       const std::vector<std::string>& known) {
  std::vector<std::string> out;
  QuestionLabel last{0, 0};
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
      const QuestionLabel label{main, sub.empty() ? 0 : std::stoi(sub)};
      if (range && last.main > 0) {
        if (!known.empty()) {
          for (const std::string& one : known) {
            const QuestionLabel value = number_of(one);
            const QuestionLabel upper = label.sub == 0 ? QuestionLabel{label.main, 99} : label;
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
            const QuestionLabel value = number_of(one);
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

}  // namespace fundstelle
