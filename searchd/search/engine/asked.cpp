// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/asked.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "identity/identity.h"
#include "search/engine/alike.h"
#include "search/engine/evaluate.h"
#include "search/engine/highlight.h"
#include "search/engine/hits.h"
#include "search/engine/plan.h"
#include "search/engine/rank.h"
#include "search/engine/select.h"

namespace fundstelle::search {
namespace {

/// Shares and bounds; docs/asked.md says what each was measured to do.
struct Shares {
  float title_times = 3;  ///< a word of the title counts as so many of the questions
  float slow = 1;         ///< how soon more occurrences in the draft add nothing
  float words = 60;       ///< telling words of a draft
  float title = 0.3F;     ///< of the title asked as a search of its own
  float in_title = 0.3F;  ///< words in the title of the earlier paper
  float recency = 0.8F;   ///< the newest of equals: at most so much more
  float recency_days = 730;
  float asking = 0.3F;       ///< of a word that every inquiry asks with
  float question = 1;        ///< of words in the question, beside those in question and answer
  float answer_only = 0.3F;  ///< likeness of a word that only the answer holds
  float context = 0.4F;      ///< of the paper's nearness in that of a question
};

constexpr std::size_t kRescored = 60;
constexpr std::size_t kOfOnePaper = 2;  ///< matches of one question
constexpr double kLeastLikeness = 0.2;  ///< below this only everyday words are shared
constexpr std::size_t kSharedWords = 8;
constexpr std::size_t kQuestionBytes = 700;
constexpr std::size_t kAnswerBytes = 500;

class NoSlugs : public SlugFinder {
 public:
  std::vector<std::string> slugs(Facet, std::string_view) const override { return {}; }
};

std::vector<Gid> to_vector(const Roaring& set) {
  std::vector<Gid> out(set.cardinality());
  set.toUint32Array(out.data());
  return out;
}

/// Kinds of papers that are questions even where the record holds only a summary of them: Kleine
/// Anfrage, Schriftliche Frage, Antwort, Kleine Anfrage und Antwort …
bool asks(std::string_view type) {
  return type.find("frage") != std::string_view::npos ||
         type.find("antwort") != std::string_view::npos;
}

/// Words every inquiry asks with, whatever it asks about.
constexpr const char* kAskingWords[] = {"viele",
                                        "viel",
                                        "hoch",
                                        "Jahr",
                                        "Jahren",
                                        "Jahre",
                                        "Bundesregierung",
                                        "Landesregierung",
                                        "Staatsregierung",
                                        "Senat",
                                        "Regierung",
                                        "Kenntnis",
                                        "Kenntnisse",
                                        "Erkenntnisse",
                                        "bitte",
                                        "jeweils",
                                        "jeweilige",
                                        "einzeln",
                                        "aufschlüsseln",
                                        "aufgeschlüsselt",
                                        "auflisten",
                                        "angeben",
                                        "Angabe",
                                        "Angaben",
                                        "Anzahl",
                                        "Zahl",
                                        "Fragesteller",
                                        "Fragestellerin",
                                        "Ansicht",
                                        "Auffassung",
                                        "Sicht",
                                        "beurteilt",
                                        "bewertet",
                                        "Grund",
                                        "Gründe",
                                        "Gründen",
                                        "begründen",
                                        "Höhe",
                                        "Stand",
                                        "derzeit",
                                        "bisher",
                                        "nennen"};

/// The words of a text, none of them an operator.
PlanNode words_of(const Reader& reader, const std::string& text, const Shares& shares) {
  ParsedQuery parsed;
  parsed.root = std::make_unique<QueryNode>();
  parsed.root->kind = QueryNode::Kind::kWords;
  parsed.root->text = text;
  Plan plan = make_plan(parsed, reader.analyzer, {}, NoSlugs());
  PlanNode out;
  out.kind = PlanNode::Kind::kWords;
  if (plan.root->kind == PlanNode::Kind::kWords) out.words = std::move(plan.root->words);
  std::set<std::string> asking;
  for (const char* word : kAskingWords) {
    asking.insert(std::string(schema::kStem) + reader.analyzer.stem(reader.analyzer.fold(word)));
  }
  for (PlannedWord& word : out.words) {
    if (asking.contains(word.stem)) word.weight = shares.asking;
    // Parts of a compound anywhere in the entry: to look where they stand would take seconds for a
    // draft of many words.
    for (PlannedWord::Split& split : word.splits) split.window = 0;
  }
  return out;
}

/// Where earlier questions are looked for.
struct Field {
  Roaring documents, passages;
  Roaring asked;             ///< of all passages, those that know which of their words ask
  std::uint32_t newest = 0;  ///< date of the newest of them
};

Field field_of(const Reader& reader, const AskedRequest& request) {
  const Snapshot& snapshot = reader.snapshot;
  const Roaring asked = snapshot.asked_passages & snapshot.passages.alive;
  Roaring with_questions;
  for (const Gid gid : asked) with_questions.add(snapshot.parent[gid]);

  SearchRequest filter;
  filter.filters = request.filters;
  filter.from = request.from;
  filter.to = request.to;
  filter.histogram = false;
  const FacetColumn& type = snapshot.facet(Facet::kType);
  std::vector<bool> asking(type.end, false);
  for (std::uint32_t id = 0; id < type.end; ++id) asking[id] = asks(type.slug(id));
  Field out;
  out.asked = asked;
  for (const Gid gid : select(snapshot, filter, snapshot.documents.alive).hits) {
    const std::uint64_t first = snapshot.first_passage[gid];
    const std::uint64_t end = first + snapshot.passage_count[gid];
    if (with_questions.contains(gid)) {
      for (std::uint64_t passage = first; passage < end; ++passage) {
        if (asked.contains(static_cast<Gid>(passage))) out.passages.add(static_cast<Gid>(passage));
      }
    } else if (type.single[gid] != FacetColumn::kNone && asking[type.single[gid]]) {
      out.passages.addRange(first, end);
    } else {
      continue;
    }
    out.documents.add(gid);
    out.newest = std::max(out.newest, snapshot.date[gid]);
  }
  return out;
}

/// The words of title and questions, those that tell most.
PlanNode draft_words(const Evaluator& evaluator, const PlanNode& title,
                     const std::vector<PlanNode>& questions, const Shares& shares) {
  struct Word {
    const PlannedWord* planned = nullptr;
    float count = 0, weight = 0;
  };
  std::map<std::string, Word> words;
  const auto count = [&](const PlanNode& node, float times) {
    for (const PlannedWord& word : node.words) {
      const std::string& name = !word.stem.empty() ? word.stem : word.exact;
      Word& one = words[name.empty() ? word.word.typed : name];
      if (one.planned == nullptr) one.planned = &word;
      one.count += times;
    }
  };
  count(title, shares.title_times);
  for (const PlanNode& question : questions) count(question, 1);
  std::vector<Word> order;
  for (auto& [name, word] : words) {
    word.weight = word.count / (word.count + shares.slow);
    order.push_back(word);
  }
  std::stable_sort(order.begin(), order.end(), [&](const Word& a, const Word& b) {
    return a.weight * evaluator.rarity(*a.planned) > b.weight * evaluator.rarity(*b.planned);
  });
  if (order.size() > static_cast<std::size_t>(shares.words)) {
    order.resize(static_cast<std::size_t>(shares.words));
  }
  PlanNode out;
  out.kind = PlanNode::Kind::kWords;
  for (const Word& word : order) {
    out.words.push_back(*word.planned);
    out.words.back().weight *= word.weight;
  }
  return out;
}

float years_apart(std::uint32_t newer, std::uint32_t older) {
  const auto years = [](std::uint32_t date) {
    return static_cast<float>(date / 10000) + static_cast<float>(date / 100 % 100) / 12 +
           static_cast<float>(date % 100) / 365;
  };
  return std::max(0.0F, years(newer) - years(older));
}

struct Candidate {
  Gid gid = 0;
  float score = 0;
};

void keep_best(std::vector<Candidate>& list, std::size_t most) {
  const std::size_t kept = std::min(most, list.size());
  std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end(),
                    [](const Candidate& a, const Candidate& b) {
                      return a.score != b.score ? a.score > b.score : a.gid > b.gid;
                    });
  list.resize(kept);
}

/// A paper as far as folding needs it.
struct Paper {
  Document document;
  std::vector<std::string> numbers;  ///< its own
  std::vector<std::string> answers;  ///< numbers, and ids behind a #, of what it answers
};

/// Records read for one answer.
class Papers {
 public:
  explicit Papers(const Reader& reader) : reader_(reader) {}
  const Paper& operator[](Gid gid) {
    const auto [entry, fresh] = papers_.try_emplace(gid);
    Paper& paper = entry->second;
    if (!fresh) return paper;
    paper.document = schema::unpack_document(reader_.data(Unit::kDocument, gid));
    if (!paper.document.number.empty()) paper.numbers = own_numbers(paper.document.number);
    for (const Relation& relation : paper.document.relations) {
      if (relation.kind != RelationKind::kAnswers) continue;
      if (!relation.id.empty()) paper.answers.push_back("#" + relation.id);
      if (!relation.number.empty()) paper.answers.push_back(own_numbers(relation.number).front());
    }
    return paper;
  }

 private:
  const Reader& reader_;
  std::unordered_map<Gid, Paper> papers_;
};

/// `one` is the answer to the inquiry `other`.
bool answers(const Paper& one, const Paper& other) {
  return std::any_of(one.answers.begin(), one.answers.end(), [&](const std::string& name) {
    if (name == "#" + other.document.id) return true;
    return one.document.body_id == other.document.body_id &&
           std::find(other.numbers.begin(), other.numbers.end(), name) != other.numbers.end();
  });
}

std::string zone_text(const schema::Passage& passage, bool answer) {
  std::string out;
  for (const schema::Zone& zone : passage.zones) {
    if (zone.answer != answer || zone.end > passage.text.size() || zone.begin >= zone.end) continue;
    if (!out.empty()) out += '\n';
    out += passage.text.substr(zone.begin, zone.end - zone.begin);
  }
  return out;
}

std::vector<SnippetPart> excerpt(const Reader& reader, const Highlighter& highlighter,
                                 const std::string& text, std::size_t bytes) {
  if (text.empty()) return {};
  const auto marks = highlighter.find(reader.analyzer, std::string_view(text).substr(0, 8 * bytes));
  if (text.size() <= bytes) return mark_all(text, marks);
  std::size_t from = 0;
  return make_snippet(text, marks, bytes, from);
}

}  // namespace

AskedAnswer answer_asked(Reader& reader, const AskedRequest& request) {
  const Snapshot& snapshot = reader.snapshot;
  Shares shares;
  Ranking ranking;
  ranking.title = shares.in_title;
  const Field field = field_of(reader, request);
  AskedAnswer out;
  out.revision = snapshot.current.revision;
  out.searched = field.documents.cardinality();
  for (const AskedText& asked : request.questions) out.questions.push_back({asked, {}});

  const PlanNode title = words_of(reader, request.title, shares);
  std::vector<PlanNode> questions;
  for (const AskedText& asked : request.questions) {
    questions.push_back(
        words_of(reader, asked.lead.empty() ? asked.text : asked.lead + "\n" + asked.text, shares));
  }

  // Papers near to the whole draft.
  const Evaluator of_papers(reader, Unit::kDocument);
  const PlanNode words = draft_words(of_papers, title, questions, shares);
  std::vector<float> nearness(snapshot.documents.end, 0);  // by gid
  std::vector<Candidate> papers;
  float nearest = 0;
  if (!words.words.empty()) {
    const std::vector<Gid> hits = to_vector(of_papers.matches(words, true) & field.documents);
    std::vector<float> scores(hits.size(), 0), by_title(hits.size(), 0);
    of_papers.score(words, ranking, hits, scores);
    of_papers.score(title, ranking, hits, by_title);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      papers.push_back({hits[i], scores[i] + shares.title * by_title[i]});
    }
    const auto fresh = [&](Gid gid) {
      const std::uint32_t date = snapshot.date[gid];
      if (date == 0) return 1.0F;
      const float days = 365 * years_apart(field.newest, date);
      return 1 + shares.recency * std::exp2(-days / shares.recency_days);
    };
    for (Candidate& paper : papers) paper.score *= fresh(paper.gid);
    for (const Candidate& paper : papers) nearness[paper.gid] = paper.score;
    keep_best(papers, kRescored);
    const Evaluator::Near near_title = of_papers.near_words(title);
    for (Candidate& paper : papers) {
      paper.score +=
          shares.title * of_papers.nearness(near_title, ranking, paper.gid) * fresh(paper.gid);
      nearness[paper.gid] = paper.score;
      nearest = std::max(nearest, paper.score);
    }
    keep_best(papers, kRescored);
  }

  // Earlier questions near to each question.
  Papers read(reader);
  const Evaluator of_passages(reader, Unit::kPassage);
  const Evaluator of_questions(reader, Unit::kPassage, Within::kQuestion);
  std::unordered_map<Gid, std::vector<std::uint32_t>> questions_of;  // by document
  for (std::uint32_t number = 0; number < questions.size(); ++number) {
    const PlanNode& node = questions[number];
    if (node.words.empty()) continue;
    const std::vector<Gid> hits = to_vector(of_passages.matches(node, true) & field.passages);
    std::vector<float> scores(hits.size(), 0);
    of_passages.score(node, ranking, hits, scores);
    if (hits.empty()) continue;
    // What was asked then counts more than what the answer went on to tell.
    std::vector<float> by_question(hits.size(), 0);
    of_questions.score(node, ranking, hits, by_question);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const float asked = field.asked.contains(hits[i]) ? by_question[i] : scores[i];
      scores[i] += shares.question * asked;
    }
    const float best = *std::max_element(scores.begin(), scores.end());
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const float near = nearest > 0 ? nearness[snapshot.parent[hits[i]]] / nearest : 0;
      found.push_back({hits[i], scores[i] + shares.context * best * near});
    }
    keep_best(found, kRescored);
    const Evaluator::Near near_words = of_passages.near_words(node);
    for (Candidate& one : found) one.score += of_passages.nearness(near_words, ranking, one.gid);
    keep_best(found, kRescored);

    // Which words each of them meets.
    std::vector<Gid> ascending;
    for (const Candidate& one : found) ascending.push_back(one.gid);
    std::sort(ascending.begin(), ascending.end());
    struct Met {
      float rarity = 0, share = 0;
      const PlannedWord* word = nullptr;
    };
    std::vector<std::vector<Met>> met(ascending.size());
    float all = 0;
    PlanNode single;
    single.kind = PlanNode::Kind::kWords;
    for (const PlannedWord& word : node.words) {
      const float rarity = of_passages.rarity(word);
      all += rarity;
      single.words = {word};
      std::vector<float> anywhere(ascending.size(), 0), in_question(ascending.size(), 0);
      of_passages.score(single, ranking, ascending, anywhere);
      of_questions.score(single, ranking, ascending, in_question);
      for (std::size_t i = 0; i < ascending.size(); ++i) {
        if (anywhere[i] <= 0) continue;
        const bool asked = in_question[i] > 0 || !field.asked.contains(ascending[i]);
        met[i].push_back({rarity, asked ? 1 : shares.answer_only, &word});
      }
    }

    std::vector<AskedMatch>& matches = out.questions[number].matches;
    const Highlighter highlighter(node);
    std::vector<std::pair<Gid, std::vector<std::string>>> chosen;  // beside matches: paper, labels
    for (const Candidate& one : found) {
      if (matches.size() >= request.size) break;
      const auto place = static_cast<std::size_t>(
          std::lower_bound(ascending.begin(), ascending.end(), one.gid) - ascending.begin());
      float shared = 0;
      for (const Met& one_met : met[place]) shared += one_met.rarity * one_met.share;
      const double likeness = all > 0 ? shared / all : 0;
      if (likeness < kLeastLikeness) continue;
      const Gid document = snapshot.parent[one.gid];
      const Paper& paper = read[document];
      const schema::Passage passage = schema::unpack_passage(reader.data(Unit::kPassage, one.gid));
      const std::string answer = zone_text(passage, true);
      // An inquiry and its answer hold the same question: the one with the answer is shown.
      std::size_t same = 0;
      bool counterpart = false;
      for (std::size_t i = 0; i < chosen.size() && !counterpart; ++i) {
        same += chosen[i].first == document ? 1 : 0;
        const Paper& other = read[chosen[i].first];
        counterpart = (answers(paper, other) || answers(other, paper)) &&
                      (chosen[i].second == passage.labels || passage.labels.empty() ||
                       chosen[i].second.empty());
        if (counterpart && !(answers(paper, other) && !matches[i].answered)) break;
        if (counterpart) {
          // Takes the place of the question without answer.
          matches.erase(matches.begin() + static_cast<std::ptrdiff_t>(i));
          chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(i));
          counterpart = false;
          break;
        }
      }
      if (counterpart || same >= kOfOnePaper) continue;
      AskedMatch match;
      match.hit = describe(reader, document);
      match.hit.score = one.score;
      match.likeness = likeness;
      std::stable_sort(met[place].begin(), met[place].end(), [](const Met& a, const Met& b) {
        return a.rarity * a.share > b.rarity * b.share;
      });
      for (const Met& one_met : met[place]) {
        if (match.hit.shared_words.size() >= kSharedWords) break;
        match.hit.shared_words.push_back(one_met.word->word.typed);
      }
      match.answered = !answer.empty() || !paper.document.dates.answered.empty();
      PassageHit shown;
      shown.kind = schema::to_string(passage.kind);
      shown.labels = passage.labels;
      shown.heading = passage.heading;
      shown.passage = one.gid - snapshot.first_passage[document];
      const auto question = std::find_if(passage.zones.begin(), passage.zones.end(),
                                         [](const schema::Zone& zone) { return !zone.answer; });
      if (paper.document.paged) {
        shown.page = page_at(passage, question == passage.zones.end() ? 0 : question->begin);
      }
      shown.question = excerpt(reader, highlighter, zone_text(passage, false), kQuestionBytes);
      shown.answer = excerpt(reader, highlighter, answer, kAnswerBytes);
      if (shown.question.empty()) {
        shown.snippet = excerpt(reader, highlighter, passage.text, kAnswerBytes);
      }
      match.hit.passages.push_back(std::move(shown));
      matches.push_back(std::move(match));
      chosen.emplace_back(document, passage.labels);
    }
    for (const auto& [document, labels] : chosen) {
      auto& list = questions_of[document];
      if (list.empty() || list.back() != number) list.push_back(number);
    }
  }

  std::vector<Gid> shown;
  const Highlighter title_marks(title);
  for (const Candidate& one : papers) {
    if (shown.size() >= request.papers) break;
    const Paper& paper = read[one.gid];
    const bool known = std::any_of(shown.begin(), shown.end(), [&](Gid other) {
      return answers(paper, read[other]) || answers(read[other], paper);
    });
    if (known) continue;
    shown.push_back(one.gid);
    AskedPaper near;
    near.hit = describe(reader, one.gid);
    near.hit.score = one.score;
    near.hit.title_parts =
        mark_all(near.hit.title, title_marks.find(reader.analyzer, near.hit.title, true));
    near.hit.shared_words = shared_words(of_papers, words, one.gid, kSharedWords);
    const auto places = questions_of.find(one.gid);
    if (places != questions_of.end()) near.questions = places->second;
    out.papers.push_back(std::move(near));
  }
  return out;
}

}  // namespace fundstelle::search
