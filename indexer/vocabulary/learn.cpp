// SPDX-License-Identifier: GPL-3.0-or-later
#include "vocabulary/learn.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "text/fold.h"
#include "vocabulary/related.h"

namespace fundstelle::vocabulary {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint32_t kBreak = 0xFFFFFFFE;  ///< no phrase runs across
constexpr std::uint32_t kEnd = 0xFFFFFFFD;    ///< end of a passage or title
constexpr std::size_t kLongestWord = 80;      ///< bytes
constexpr std::size_t kLongestTitle = 40;     ///< words a title is completed with

/// Uses followed by a group in brackets, "Müller (SPD)", or preceding a name, from which a word is
/// a name.
constexpr double kNameShare = 0.25;
constexpr double kFirstNameShare = 0.4;

/// A base form is shown instead of the most frequent one from this share of its uses on.
constexpr double kBaseFormShare = 0.15;
constexpr double kUnlistedShare = 0.5;  ///< if no word list knows it

constexpr std::uint32_t kLeastPhrase = 3;  ///< documents of the sample
constexpr double kLeastAttraction = 0.2;   ///< normalised pointwise information, -1 to 1

constexpr std::uint32_t kLeastRelatedUses = 20;
constexpr std::uint32_t kLeastRelatedDocuments = 5;
constexpr std::size_t kContextWords = 8'000;
constexpr double kMostCommonContext = 0.3;  ///< share of documents; above, it says nothing
constexpr std::size_t kWindow = 5;          ///< words with a meaning on either side
constexpr std::size_t kNeighboursSought = 24;
constexpr std::size_t kNeighboursKept = 8;
constexpr float kLeastSimilarity = 0.42F;

struct Surface {
  std::string raw;
  std::uint32_t uses = 0, word = kNone;
  std::uint32_t before_group = 0, before_name = 0;
};
struct Word {
  std::string folded;
  std::uint32_t uses = 0, surface = kNone, unit = kNone;
  std::uint32_t before_group = 0, before_name = 0;
};
/// Words of one stem.
struct Unit {
  std::string stem;
  std::vector<std::uint32_t> words;
  std::uint32_t uses = 0, documents = 0, last_document = kNone, shown = kNone;
  bool noun = false, name = false;
};

bool is_blank(std::string_view gap) { return gap == " " || gap == "\n"; }

bool touches_address(std::string_view text, const text::Atom& atom) {
  static constexpr std::string_view kMarks = "/_=@&%?#~\\";
  return (atom.begin > 0 && kMarks.find(text[atom.begin - 1]) != std::string_view::npos) ||
         (atom.end < text.size() && kMarks.find(text[atom.end]) != std::string_view::npos);
}

std::string without_hyphens(std::string folded) {
  std::erase(folded, '-');
  return folded;
}

/// "flüchtling" and "flüchtlings": a common beginning that leaves at most two letters.
bool nearly_equal(const std::string& a, const std::string& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t common = 0;
  while (common < shorter && a[common] == b[common]) ++common;
  return shorter >= 5 && common + 2 >= shorter && std::max(a.size(), b.size()) <= shorter + 3;
}

std::uint16_t stored_score(double score) {
  return static_cast<std::uint16_t>(std::clamp(score * 1000, 0.0, 65535.0));
}

double usefulness(Kind kind, double documents) {
  static constexpr std::array<double, kKindCount> kBonus{0, 1, 4, 4, 3, 3, 2, 0};
  return 6 + std::log2(1 + documents) + kBonus[static_cast<std::size_t>(kind)];
}
/// Completing from the beginning is what people do most.
constexpr double kFromBeginning = 3;

class Learner {
 public:
  Learner(const std::vector<Harvest>& harvests, const Analyzer& analyzer)
      : analyzer_(analyzer), words_known_(analyzer.words()) {
    for (const Harvest& harvest : harvests) {
      for (const auto& document : harvest.sample) {
        for (const std::string& text : document) read(text);
        documents_starts_.push_back(tokens_.size());
      }
    }
    find_names(harvests);
    make_units();
    choose_shown();
  }

  void add_terms(TableDraft& draft, std::vector<std::string>& stems);
  void add_phrases(TableDraft& draft, double scale) const;
  [[nodiscard]] std::vector<RelatedDraft> related() const;
  [[nodiscard]] std::size_t documents() const { return documents_starts_.size(); }

 private:
  void read(std::string_view text);
  std::uint32_t intern(std::string_view raw);
  void find_names(const std::vector<Harvest>& harvests);
  void make_units();
  void choose_shown();
  [[nodiscard]] std::uint32_t unit_of(std::uint32_t token) const {
    return token >= kEnd ? kNone : words_[surfaces_[token].word].unit;
  }
  [[nodiscard]] const std::string& shown(const Unit& unit) const {
    return surfaces_[unit.shown].raw;
  }
  [[nodiscard]] std::uint32_t least_documents() const {
    return static_cast<std::uint32_t>(std::clamp<std::size_t>(documents() / 2000, 2, 5));
  }

  const Analyzer& analyzer_;
  const WordData& words_known_;
  std::vector<std::uint32_t> tokens_;          ///< surfaces, kBreak, kEnd
  std::vector<std::size_t> documents_starts_;  ///< one past the last token of each document
  std::vector<Surface> surfaces_;
  std::vector<Word> words_;
  std::vector<Unit> units_;
  std::unordered_map<std::string, std::uint32_t> surface_of_, word_of_;
  std::unordered_set<std::string> names_;  ///< folded
  std::vector<std::uint32_t> rows_;        ///< units with related words
  std::unordered_map<std::uint32_t, std::uint32_t> entry_of_unit_;
  std::string key_;
};

std::uint32_t Learner::intern(std::string_view raw) {
  key_.assign(raw);
  const auto [found, fresh] =
      surface_of_.try_emplace(key_, static_cast<std::uint32_t>(surfaces_.size()));
  if (fresh) {
    std::string folded = text::fold_letters(raw);
    const auto [word, new_word] =
        word_of_.try_emplace(folded, static_cast<std::uint32_t>(words_.size()));
    if (new_word) words_.emplace_back().folded = std::move(folded);
    surfaces_.push_back({key_, 0, word->second, 0, 0});
  }
  return found->second;
}

void Learner::read(std::string_view text) {
  const std::vector<text::Atom> atoms = text::scan_atoms(text);
  const auto gap_after = [&](std::size_t i) {
    const std::size_t end = i + 1 < atoms.size() ? atoms[i + 1].begin : text.size();
    return text.substr(atoms[i].end, end - atoms[i].end);
  };
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const std::uint32_t begin = atoms[i].begin;
    bool sound = !atoms[i].digits && !touches_address(text, atoms[i]);
    while (i + 1 < atoms.size() && gap_after(i) == "-") {
      ++i;
      sound = sound && !atoms[i].digits && !touches_address(text, atoms[i]);
    }
    const std::string_view raw = text.substr(begin, atoms[i].end - begin);
    const std::string_view gap = gap_after(i);
    // Stumps ("Verkehrs- und …"), addresses and numbers are no words.
    if (!sound || raw.size() > kLongestWord || gap.starts_with('-') ||
        (raw[0] >= '0' && raw[0] <= '9')) {
      tokens_.push_back(kBreak);
      continue;
    }
    const std::uint32_t surface = intern(raw);
    ++surfaces_[surface].uses;
    tokens_.push_back(surface);
    if (gap == " (" && i + 1 < atoms.size()) {
      const std::string_view next =
          text.substr(atoms[i + 1].begin, atoms[i + 1].end - atoms[i + 1].begin);
      if (text::all_upper(next) && text::starts_upper(raw)) ++surfaces_[surface].before_group;
    }
    if (!is_blank(gap)) tokens_.push_back(kBreak);
  }
  tokens_.push_back(kEnd);
}

void Learner::find_names(const std::vector<Harvest>& harvests) {
  for (const Surface& surface : surfaces_) {
    Word& word = words_[surface.word];
    word.uses += surface.uses;
    word.before_group += surface.before_group;
  }
  for (Word& word : words_) {
    const bool before_groups = word.before_group >= 2 && word.before_group > kNameShare * word.uses;
    const auto known = words_known_.lexicon.find(word.folded);
    const bool learnt = known != words_known_.lexicon.end() && known->second.name;
    if (before_groups || learnt) names_.insert(word.folded);
  }
  for (const Harvest& harvest : harvests) {
    for (const auto& [name, count] : harvest.names) {
      if (name.first != Kind::kPerson) continue;
      for (const text::Atom& atom : text::scan_atoms(name.second)) {
        std::string folded = text::fold_letters(
            std::string_view(name.second).substr(atom.begin, atom.end - atom.begin));
        const auto known = words_known_.lexicon.find(folded);
        // Many a name is a word as well (Koch, Richter).
        if (known == words_known_.lexicon.end() || !known->second.listed) {
          names_.insert(std::move(folded));
        }
      }
    }
  }
  // First names stand before names.
  for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
    if (tokens_[i] >= kEnd || tokens_[i + 1] >= kEnd) continue;
    const Surface& next = surfaces_[tokens_[i + 1]];
    if (text::starts_upper(next.raw) && names_.contains(words_[next.word].folded)) {
      ++surfaces_[tokens_[i]].before_name;
    }
  }
  for (const Surface& surface : surfaces_) {
    if (text::starts_upper(surface.raw)) words_[surface.word].before_name += surface.before_name;
  }
  for (const Word& word : words_) {
    if (word.before_name >= 2 && word.before_name > kFirstNameShare * word.uses &&
        !analyzer_.is_stop_word(word.folded)) {
      names_.insert(word.folded);
    }
  }
}

void Learner::make_units() {
  std::unordered_map<std::string, std::uint32_t> unit_of_stem;
  for (std::uint32_t s = 0; s < surfaces_.size(); ++s) {
    Word& word = words_[surfaces_[s].word];
    const Surface* best = word.surface == kNone ? nullptr : &surfaces_[word.surface];
    if (best == nullptr || surfaces_[s].uses > best->uses ||
        (surfaces_[s].uses == best->uses && surfaces_[s].raw < best->raw)) {
      word.surface = s;
    }
  }
  for (std::uint32_t w = 0; w < words_.size(); ++w) {
    Word& word = words_[w];
    if (word.uses < 2 || word.folded.size() < 3 || analyzer_.is_stop_word(word.folded)) continue;
    std::string stem = analyzer_.stem(without_hyphens(word.folded));
    const auto [found, fresh] =
        unit_of_stem.try_emplace(stem, static_cast<std::uint32_t>(units_.size()));
    if (fresh) units_.emplace_back().stem = std::move(stem);
    word.unit = found->second;
    Unit& unit = units_[word.unit];
    unit.words.push_back(w);
    unit.uses += word.uses;
  }
  std::size_t token = 0;
  for (std::uint32_t d = 0; d < documents_starts_.size(); ++d) {
    for (; token < documents_starts_[d]; ++token) {
      const std::uint32_t u = unit_of(tokens_[token]);
      if (u == kNone || units_[u].last_document == d) continue;
      units_[u].last_document = d;
      ++units_[u].documents;
    }
  }
}

void Learner::choose_shown() {
  for (Unit& unit : units_) {
    std::uint64_t noun_uses = 0;
    std::uint64_t name_uses = 0;
    std::uint32_t best = unit.words.front();
    for (const std::uint32_t w : unit.words) {
      const Word& word = words_[w];
      if (word.uses > words_[best].uses) best = w;
      const auto known = words_known_.lexicon.find(word.folded);
      const bool noun = known != words_known_.lexicon.end()
                            ? known->second.noun
                            : text::starts_upper(surfaces_[word.surface].raw);
      if (noun) noun_uses += word.uses;
      if (names_.contains(word.folded)) name_uses += word.uses;
    }
    unit.noun = 2 * noun_uses > unit.uses;
    unit.name = 2 * name_uses > unit.uses;
    // "Flüchtlingen" may be printed most often; a reader expects "Flüchtling".
    std::uint32_t base = best;
    for (const std::uint32_t w : unit.words) {
      const std::string& shorter = words_[w].folded;
      const auto known = words_known_.lexicon.find(shorter);
      const bool listed = known != words_known_.lexicon.end() && known->second.listed;
      if (shorter.size() < words_[base].folded.size() && words_[best].folded.starts_with(shorter) &&
          words_[w].uses > (listed ? kBaseFormShare : kUnlistedShare) * words_[best].uses) {
        base = w;
      }
    }
    unit.shown = words_[base].surface;
    if (unit.noun && !text::starts_upper(surfaces_[unit.shown].raw)) {
      // A noun that was met more often as a verb in this very form.
      for (std::uint32_t w : unit.words) {
        if (text::starts_upper(surfaces_[words_[w].surface].raw) &&
            words_[w].uses > kBaseFormShare * words_[best].uses) {
          unit.shown = words_[w].surface;
          break;
        }
      }
    }
  }
}

void Learner::add_terms(TableDraft& draft, std::vector<std::string>& stems) {
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t u = 0; u < units_.size(); ++u) {
    if (units_[u].documents >= least_documents() && !units_[u].name) chosen.push_back(u);
  }
  const auto more = [&](std::uint32_t a, std::uint32_t b) {
    if (units_[a].documents != units_[b].documents) {
      return units_[a].documents > units_[b].documents;
    }
    return units_[a].stem < units_[b].stem;
  };
  std::sort(chosen.begin(), chosen.end(), more);
  if (chosen.size() > kMaxTerms) chosen.resize(kMaxTerms);
  for (const std::uint32_t u : chosen) {
    const Unit& unit = units_[u];
    entry_of_unit_.emplace(u, static_cast<std::uint32_t>(draft.entries.size()));
    EntryInfo info;
    info.kind = Kind::kTerm;
    info.text_begin = static_cast<std::uint32_t>(draft.text.size());
    draft.text += shown(unit);
    info.text_end = static_cast<std::uint32_t>(draft.text.size());
    draft.entries.push_back(info);
    draft.words.push_back(blind_words(shown(unit)));
    draft.inner.emplace_back(draft.words.back().size(), true);
    draft.scores.emplace_back();  // when documents are counted
    if (!unit.noun) draft.scores.back().first = 1;
    stems.push_back(unit.stem);
  }
}

void Learner::add_phrases(TableDraft& draft, double scale) const {
  struct Phrase {
    std::uint32_t uses = 0, documents = 0, last_document = kNone;
  };
  std::unordered_map<std::uint64_t, Phrase> phrases;
  std::uint64_t total = 0;
  const auto pair_at = [&](std::size_t i) -> std::uint64_t {
    const std::uint32_t a = unit_of(tokens_[i]);
    const std::uint32_t b = unit_of(tokens_[i + 1]);
    if (a == kNone || b == kNone || a == b) return 0;
    const Unit& first = units_[a];
    const Unit& second = units_[b];
    if (!second.noun || second.name || first.name || first.documents < 3 || second.documents < 3) {
      return 0;
    }
    if (!text::starts_upper(surfaces_[tokens_[i + 1]].raw)) return 0;
    // An inflected adjective; no numeral, no adverb.
    const std::string& raw = surfaces_[tokens_[i]].raw;
    const bool inflected = raw.ends_with('e') || raw.ends_with("en") || raw.ends_with("er") ||
                           raw.ends_with("es") || raw.ends_with("em");
    if (!inflected) return 0;
    if (first.noun) return 0;  // "Euro Kosten": in German two nouns in a row are seldom one thing
    return (std::uint64_t{a} << 32) | b;
  };
  std::size_t token = 0;
  for (std::uint32_t d = 0; d < documents_starts_.size(); ++d) {
    for (; token < documents_starts_[d]; ++token) {
      if (tokens_[token] < kEnd) ++total;
      if (token + 1 >= documents_starts_[d]) continue;
      const std::uint64_t pair = pair_at(token);
      if (pair == 0) continue;
      Phrase& phrase = phrases[pair];
      ++phrase.uses;
      if (phrase.last_document == d) continue;
      phrase.last_document = d;
      ++phrase.documents;
    }
  }
  struct Chosen {
    std::uint64_t pair = 0;
    std::uint32_t documents = 0;
  };
  std::vector<Chosen> chosen;
  for (const auto& [pair, phrase] : phrases) {
    if (phrase.documents < std::max(kLeastPhrase, least_documents())) continue;
    const double uses = phrase.uses;
    const double first = units_[pair >> 32].uses;
    const double second = units_[pair & 0xFFFFFFFF].uses;
    const double information = std::log(uses * static_cast<double>(total) / (first * second));
    if (information / -std::log(uses / static_cast<double>(total)) < kLeastAttraction) continue;
    chosen.push_back({pair, phrase.documents});
  }
  std::sort(chosen.begin(), chosen.end(), [](const Chosen& a, const Chosen& b) {
    return a.documents != b.documents ? a.documents > b.documents : a.pair < b.pair;
  });
  if (chosen.size() > kMaxPhrases) chosen.resize(kMaxPhrases);
  std::unordered_map<std::uint64_t,
                     std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>>
      forms;
  for (const Chosen& one : chosen) forms[one.pair];
  for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
    const std::uint64_t pair = pair_at(i);
    if (pair == 0) continue;
    const auto found = forms.find(pair);
    if (found != forms.end()) ++found->second[{tokens_[i], tokens_[i + 1]}];
  }
  for (const Chosen& one : chosen) {
    // The most frequent form, one in the nominative if it is not much rarer.
    std::string best;
    double best_uses = 0;
    for (const auto& [form, uses] : forms[one.pair]) {
      const std::string& first = surfaces_[form.first].raw;
      const bool oblique = first.ends_with("en") || first.ends_with("em");
      const Unit& second = units_[one.pair & 0xFFFFFFFF];
      const double weight =
          uses * (oblique ? 0.3 : 1.0) * (second.shown == form.second ? 2.0 : 1.0);
      std::string text = first + " " + surfaces_[form.second].raw;
      if (weight > best_uses || (weight == best_uses && text < best)) {
        best_uses = weight;
        best = std::move(text);
      }
    }
    EntryInfo info;
    info.kind = Kind::kPhrase;
    info.estimated = scale > 1 ? 1 : 0;
    info.count = static_cast<std::uint32_t>(std::lround(one.documents * scale));
    info.text_begin = static_cast<std::uint32_t>(draft.text.size());
    draft.text += best;
    info.text_end = static_cast<std::uint32_t>(draft.text.size());
    draft.words.push_back(blind_words(best));
    draft.inner.emplace_back(draft.words.back().size(), true);
    const double score = usefulness(info.kind, info.count);
    draft.scores.emplace_back(stored_score(score + kFromBeginning), stored_score(score));
    draft.entries.push_back(info);
  }
}

std::vector<RelatedDraft> Learner::related() const {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> columns;
  for (std::uint32_t u = 0; u < units_.size(); ++u) {
    const Unit& unit = units_[u];
    if (unit.name || unit.documents < kLeastRelatedDocuments) continue;
    if (unit.documents <= kMostCommonContext * static_cast<double>(documents())) {
      columns.push_back(u);
    }
    if (unit.noun && unit.uses >= kLeastRelatedUses && entry_of_unit_.contains(u)) {
      rows.push_back(u);
    }
  }
  const auto more = [&](std::uint32_t a, std::uint32_t b) {
    return units_[a].uses != units_[b].uses ? units_[a].uses > units_[b].uses
                                            : units_[a].stem < units_[b].stem;
  };
  std::sort(rows.begin(), rows.end(), more);
  std::sort(columns.begin(), columns.end(), more);
  if (rows.size() > kMaxRelated) rows.resize(kMaxRelated);
  if (columns.size() > kContextWords) columns.resize(kContextWords);
  std::vector<std::uint32_t> row_of(units_.size(), kNone);
  std::vector<std::uint32_t> column_of(units_.size(), kNone);
  for (std::uint32_t i = 0; i < rows.size(); ++i) row_of[rows[i]] = i;
  for (std::uint32_t i = 0; i < columns.size(); ++i) column_of[columns[i]] = i;

  // Words with a meaning in a row; kNone between passages.
  std::vector<std::uint32_t> stream;
  std::vector<std::vector<std::uint32_t>> places(rows.size());
  for (const std::uint32_t token : tokens_) {
    if (token == kEnd) stream.push_back(kNone);
    const std::uint32_t u = unit_of(token);
    if (u == kNone) continue;
    if (row_of[u] != kNone) places[row_of[u]].push_back(static_cast<std::uint32_t>(stream.size()));
    stream.push_back(u);
  }
  Company company;
  company.columns = static_cast<std::uint32_t>(columns.size());
  company.rows.resize(rows.size());
  std::vector<std::uint32_t> counts(columns.size(), 0);
  std::vector<std::uint32_t> touched;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto meet = [&](std::uint32_t unit) {
      const std::uint32_t column = column_of[unit];
      if (column == kNone || unit == rows[r]) return;
      if (counts[column]++ == 0) touched.push_back(column);
    };
    // "Ausschuss für Familie, Senioren, Frauen und Jugend" says nothing new the thousandth time:
    // the same two words on either side count once.
    std::unordered_set<std::uint64_t> seen;
    for (const std::uint32_t place : places[r]) {
      std::uint64_t print = 0;
      for (std::size_t k = place >= 2 ? place - 2 : 0; k <= place + 2 && k < stream.size(); ++k) {
        print = (print ^ stream[k]) * 0x9E3779B97F4A7C15ULL + (print >> 29U);
      }
      if (!seen.insert(print).second) continue;
      for (std::size_t k = 1; k <= kWindow && k <= place && stream[place - k] != kNone; ++k) {
        meet(stream[place - k]);
      }
      for (std::size_t k = place + 1;
           k <= place + kWindow && k < stream.size() && stream[k] != kNone; ++k) {
        meet(stream[k]);
      }
    }
    std::sort(touched.begin(), touched.end());
    for (const std::uint32_t column : touched) {
      company.rows[r].push_back({column, counts[column]});
      counts[column] = 0;
    }
    touched.clear();
  }

  const auto neighbours = nearest_rows(company, kNeighboursSought);
  std::vector<RelatedDraft> out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Unit& unit = units_[rows[r]];
    const std::string own = without_hyphens(text::fold_letters(shown(unit)));
    RelatedDraft draft;
    draft.stem = unit.stem;
    std::vector<std::string> kept;
    for (const Neighbour& neighbour : neighbours[r]) {
      if (neighbour.similarity < kLeastSimilarity || draft.entries.size() == kNeighboursKept) break;
      const Unit& other = units_[rows[neighbour.row]];
      const std::string folded = without_hyphens(text::fold_letters(shown(other)));
      // Compounds of the word are found anyway; other spellings of it are no other word.
      if (folded.find(unit.stem) != std::string::npos ||
          own.find(other.stem) != std::string::npos) {
        continue;
      }
      const bool repeats = nearly_equal(own, folded) ||
                           std::any_of(kept.begin(), kept.end(),
                                       [&](const auto& one) { return nearly_equal(one, folded); });
      if (repeats) continue;
      kept.push_back(folded);
      draft.entries.push_back(entry_of_unit_.at(rows[neighbour.row]));
    }
    if (!draft.entries.empty()) out.push_back(std::move(draft));
  }
  return out;
}

void add_names(const std::vector<Harvest>& harvests, TableDraft& draft) {
  std::map<std::pair<Kind, std::string>, std::uint32_t> names;
  for (const Harvest& harvest : harvests) {
    for (const auto& [name, count] : harvest.names) names[name] += count;
  }
  std::vector<std::pair<std::pair<Kind, std::string>, std::uint32_t>> ordered(names.begin(),
                                                                              names.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (ordered.size() > kMaxNames) ordered.resize(kMaxNames);
  for (const auto& [name, count] : ordered) {
    EntryInfo info;
    info.kind = name.first;
    info.count = count;
    info.text_begin = static_cast<std::uint32_t>(draft.text.size());
    draft.text += name.second;
    info.text_end = static_cast<std::uint32_t>(draft.text.size());
    draft.entries.push_back(info);
    draft.words.push_back(blind_words(name.second));
    draft.inner.emplace_back(draft.words.back().size(), true);
    const double score = usefulness(info.kind, count);
    draft.scores.emplace_back(stored_score(score + kFromBeginning), stored_score(score));
  }
}

void add_titles(const std::vector<Harvest>& harvests, const Analyzer& analyzer, TableDraft& draft) {
  struct Found {
    const Harvest::Title* title = nullptr;
    std::uint32_t document = 0, count = 0;
  };
  std::vector<Found> all;
  std::uint32_t document = 0;
  for (const Harvest& harvest : harvests) {
    for (const Harvest::Title& title : harvest.titles) {
      ++document;
      if (!title.text.empty()) all.push_back({&title, document, 1});
    }
  }
  const auto newer = [](const Found& a, const Found& b) {
    return a.title->date != b.title->date ? a.title->date > b.title->date : a.document < b.document;
  };
  std::sort(all.begin(), all.end(), newer);
  std::unordered_map<std::string_view, std::size_t> first_of;
  std::vector<Found> titles;
  for (const Found& found : all) {
    const auto [known, fresh] = first_of.try_emplace(found.title->text, titles.size());
    if (!fresh) {
      ++titles[known->second].count;
    } else if (titles.size() < kMaxTitles) {
      titles.push_back(found);
    }
  }
  for (std::size_t i = 0; i < titles.size(); ++i) {
    std::vector<std::string> words;
    std::vector<bool> inner;
    for (const text::Atom& atom : text::scan_atoms(titles[i].title->text)) {
      if (words.size() == kLongestTitle) break;
      const std::string folded = text::fold_letters(
          std::string_view(titles[i].title->text).substr(atom.begin, atom.end - atom.begin));
      inner.push_back(!atom.digits && folded.size() > 2 && !analyzer.is_stop_word(folded));
      words.push_back(text::without_umlauts(folded));
    }
    if (words.empty()) continue;
    EntryInfo info;
    info.kind = Kind::kTitle;
    info.count = titles[i].count;
    info.document = titles[i].document;
    draft.entries.push_back(info);
    draft.words.push_back(std::move(words));
    draft.inner.push_back(std::move(inner));
    const double recency = 4 * (1 - static_cast<double>(i) / static_cast<double>(titles.size()));
    const double score = 6 + std::log2(1 + titles[i].count) + recency;
    draft.scores.emplace_back(stored_score(score + kFromBeginning), stored_score(score));
  }
}

}  // namespace

void Harvest::add(const Document& record) {
  Title title{record.title, 0};
  if (record.date.size() >= 4) {
    for (const char c : record.date) {
      if (c >= '0' && c <= '9') title.date = title.date * 10 + static_cast<std::uint32_t>(c - '0');
    }
  }
  titles.push_back(std::move(title));
  // A document may bear a name twice; it counts once.
  std::set<std::pair<Kind, std::string>> seen;
  const auto note = [&](Kind kind, const std::string& name) {
    if (!name.empty()) seen.emplace(kind, name);
  };
  for (const std::string& name : record.authors) note(Kind::kPerson, name);
  for (const std::string& name : record.groups) note(Kind::kGroup, name);
  for (const std::string& name : record.ministries) note(Kind::kMinistry, name);
  for (const std::string& name : record.topics) note(Kind::kTopic, name);
  note(Kind::kBody, record.body);
  for (const auto& name : seen) ++names[name];
}

Vocabulary::Vocabulary(std::vector<Harvest> harvests, const Analyzer& analyzer) {
  std::size_t documents = 0;
  for (const Harvest& harvest : harvests) documents += harvest.titles.size();
  {
    Learner learner(harvests, analyzer);
    learner.add_terms(terms_, stems_);
    const double scale = learner.documents() == 0 ? 1.0
                                                  : static_cast<double>(documents) /
                                                        static_cast<double>(learner.documents());
    learner.add_phrases(terms_, scale);
    related_ = learner.related();
  }
  for (Harvest& harvest : harvests) harvest.sample = {};
  add_names(harvests, terms_);
  add_titles(harvests, analyzer, titles_);
}

void Vocabulary::write(
    const std::filesystem::path& file,
    const std::function<std::uint32_t(const std::string& stem)>& documents_with) {
  for (std::size_t i = 0; i < stems_.size(); ++i) {
    const bool noun = terms_.scores[i].first == 0;
    terms_.entries[i].count = documents_with(stems_[i]);
    const double score = usefulness(Kind::kTerm, terms_.entries[i].count) - (noun ? 0 : 2);
    terms_.scores[i] = {stored_score(score + kFromBeginning), stored_score(score)};
  }
  write_vocabulary(file, terms_, titles_, std::move(related_));
}

}  // namespace fundstelle::vocabulary
