// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_relations.h"

#include <algorithm>
#include <string>
#include <vector>

#include "text/drucksache_number.h"

namespace fundstelle {
namespace {

constexpr std::size_t kHeadLines = 30;

class Relations {
 public:
  explicit Relations(Paper& paper) : paper_(paper), head_(paper.head(kHeadLines)) {
    if (const auto own = parse_drucksache_number(paper.document.number)) own_ = own->canonical();
  }

  void add(RelationKind kind, const std::string& number, Range range, const char* how) {
    Document& document = paper_.document;
    const auto parsed = parse_drucksache_number(number);
    const std::string canonical = parsed ? parsed->canonical() : number;
    for (const Relation& known : document.relations) {
      if (known.number == canonical) return;
    }
    document.relations.push_back({kind, canonical, ""});
    // What only the own number tells is related, but nowhere cited.
    if (!range.empty() && std::find(document.references.begin(), document.references.end(),
                                    canonical) == document.references.end())
      document.references.push_back(canonical);
    if (document.read.count("relations") == 0) {
      if (range.empty()) {
        paper_.note_declared("relations", how);
      } else {
        paper_.note("relations", range, how);
      }
    }
  }

  /// First match in the head whose group is a number this house may have given. Nothing found:
  /// false.
  bool add_first(RelationKind kind, const RE2& pattern, const char* how) {
    Range at;
    Range number;
    Range rest = head_;
    while (paper_.find(pattern, rest, &at, &number)) {
      const std::string printed(paper_.in(number));
      if (of_this_house(printed)) {
        add(kind, printed, number, how);
        return true;
      }
      rest.begin = number.end;
    }
    return false;
  }

  /// Numbers the head names between dashes: "– Drucksachen 19/40885, 19/41207 –".
  [[nodiscard]] std::vector<std::string> between_dashes(Range* where) const {
    static const RE2 dashed(
        "(?:^|\\n)\\s*[–—-]\\s*(?:BT-|BR-)?(?:Drucksachen?|Drs\\.)\\s+([^–—\\n]+?)\\s*[–—-]");
    std::vector<std::string> numbers;
    Range at;
    Range list;
    Range rest = head_;
    while (paper_.find(dashed, rest, &at, &list)) {
      for (const NumberInText& one : find_drucksache_numbers(paper_.in(at)))
        numbers.push_back(one.number.canonical());
      *where = list;
      rest.begin = at.end;
    }
    return numbers;
  }

  /// What the own number tells.
  void add_from_number() {
    const auto own = parse_drucksache_number(paper_.document.number);
    if (!own) return;
    DrucksacheNumber base = *own;
    base.suffix.clear();
    base.sub = 0;
    base.to = false;
    const std::string number = base.canonical();
    if (own->to) {
      const bool corrects = paper_.document.type == "Berichtigung";
      add(corrects ? RelationKind::kCorrects : RelationKind::kSupplements, number, {},
          "number printed with zu");
    } else if (own->suffix.starts_with("neu")) {
      add(RelationKind::kCorrects, number, {}, "number printed with (neu)");
    } else if (own->suffix == "b" || own->sub > 0) {
      add(RelationKind::kConcerns, number, {}, "number of the paper dealt with");
    }
  }

  /// A paper answers or corrects one of its own legislature, or of the one before it. Numbers of
  /// the Bundesrat begin with no legislature.
  [[nodiscard]] bool of_this_house(const std::string& printed) const {
    const auto& legislature = paper_.document.legislature;
    const auto number = parse_drucksache_number(printed);
    if (!number || !legislature || paper_.document.body == "Bundesrat") return true;
    return number->term == *legislature || number->term + 1 == *legislature;
  }

  [[nodiscard]] const std::string& own() const { return own_; }
  [[nodiscard]] Range head() const { return head_; }

 private:
  Paper& paper_;
  Range head_;
  std::string own_;
};

}  // namespace

void read_relations(Paper& paper) {
  const Document& document = paper.document;
  Relations relations(paper);
  const std::string& type = document.type;
  const bool supplement =
      type == "Ergänzende Antwort" || type == "Ergänzung" || type.starts_with("Nachtrag");
  const bool answer = type == "Antwort" || type.ends_with("und Antwort") || supplement;
  // First: "Nachfrage zu Drucksache 6/8112" in an answer's head is not the inquiry it answers.
  static const RE2 follows(
      "(?i)(?:Nachfrage|Nachfragen|Rückfrage|Rückfragen|Folgeanfrage|anknüpfend)[^?]*?[Dd]"
      "rucksache\\s+(\\d{1,3}/\\d{1,5})");
  // What corrects or supplements bears the title of what it changes.
  if (type != "Berichtigung" && !supplement)
    relations.add_first(RelationKind::kFollowsUp, follows, "head: follows up on");

  Range list;
  const std::vector<std::string> named = relations.between_dashes(&list);
  if (answer && type != "Ergänzung") {
    static const RE2 answers(
        "(?:auf|zu)\\s+(?:die|der)\\s+(?:Kleinen?|Großen?|Schriftlichen?)\\s+Anfrage[^§]*?"
        "[\\s(]Drucksachen?\\s+(\\d{1,2}/\\d{1,5})\\b");
    // "eingegangen am … - Drs. 18/3867", but not "LT-Drs. 6/8347".
    static const RE2 sent("(?:^|[\\s)])-\\s*Drs\\.\\s+(\\d{1,2}/\\d{1,5})\\b");
    if (!relations.add_first(RelationKind::kAnswers, answers, "head: answer to"))
      relations.add_first(RelationKind::kAnswers, sent, "head: inquiry's number");
  }
  // A title may well begin with "Ergänzung der …"; only the kind of paper decides.
  if (type == "Berichtigung" || supplement) {
    const RelationKind kind =
        type == "Berichtigung" ? RelationKind::kCorrects : RelationKind::kSupplements;
    const char* how = type == "Berichtigung" ? "head: correction of" : "head: supplement to";
    // Inquiry and answer are named: the answer, named last, is what is corrected or supplemented.
    if (!named.empty()) relations.add(kind, named.back(), list, how);
    static const RE2 cited(
        "(?:zu|auf|der|in)\\s+(?:BT-|BR-)?(?:Drucksache|Drs\\.)\\s+(\\d{1,3}/\\d{1,5})");
    if (named.empty()) relations.add_first(kind, cited, how);
  }
  if (type.starts_with("Beschlussempfehlung") || type == "Änderungsantrag" ||
      type == "Entschließungsantrag" || type == "Bericht") {
    for (const std::string& number : named) {
      if (number != relations.own())
        relations.add(RelationKind::kConcerns, number, list, "head: paper dealt with");
    }
  }
  relations.add_from_number();
}

}  // namespace fundstelle
