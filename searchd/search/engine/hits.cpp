// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/hits.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <unordered_map>

#include "search/engine/linked.h"

namespace fundstelle::search {
namespace {

constexpr std::size_t kPassagesAHit = 3;
constexpr std::size_t kPassagesTried = 6;  // some prove to hold the words, but far apart
constexpr std::size_t kPrefixTerms = 30;
constexpr std::size_t kPageOfHits = 100;
/// Where beginnings of words are asked for, texts are analysed, which is dear: longer passages only
/// around the place where most words stand.
constexpr std::size_t kWholeBytes = 1200;
constexpr std::size_t kAroundBytes = 500;
constexpr std::uint32_t kClusterWords = 40;
constexpr std::size_t kSnippetBytes = 300;
constexpr std::size_t kQuestionBytes = 180, kAnswerBytes = 260;  // of a pair

/// The passages of each document that hold most of the query's words, best first.
std::vector<std::vector<Gid>> best_passages(const Reader& reader, const Highlighter& highlighter,
                                            TermFinder& finder, const std::vector<Gid>& documents,
                                            const Roaring* preferred) {
  const Snapshot& snapshot = reader.snapshot;
  struct Found {
    std::vector<float> tf;  // by word
  };
  std::vector<std::unordered_map<Gid, Found>> found(documents.size());
  std::vector<float> rarity(highlighter.count(), 0);
  const auto total = static_cast<float>(snapshot.passages.count);
  for (const Highlighter::Wanted& wanted : highlighter.wanted()) {
    const auto frequency = static_cast<float>(reader.frequency(Unit::kPassage, wanted.term));
    float& known = rarity[wanted.word];
    const float idf = std::log(1 + total / (frequency + 1));
    known = known == 0 ? idf : std::min(known, idf);
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Gid first = snapshot.first_passage[documents[i]];
    for (Gid gid = first; gid < first + snapshot.passage_count[documents[i]]; ++gid) {
      reader.deadline.step(16);
      const std::vector<std::uint32_t>& counts = finder.counts(Unit::kPassage, gid);
      for (const Highlighter::Wanted& wanted : highlighter.wanted()) {
        if (counts[wanted.slot] == 0) continue;
        std::vector<float>& tf = found[i][gid].tf;
        tf.resize(highlighter.count(), 0);
        tf[wanted.word] += static_cast<float>(counts[wanted.slot]);
      }
    }
  }
  std::vector<std::vector<Gid>> out(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    std::vector<std::pair<float, Gid>> scored;
    for (const auto& [gid, passage] : found[i]) {
      float score = 0;
      for (std::size_t word = 0; word < passage.tf.size(); ++word) {
        score += rarity[word] * passage.tf[word] / (passage.tf[word] + 1.5F);
      }
      if (preferred != nullptr && preferred->contains(gid)) score += 1000;
      scored.emplace_back(score, gid);
    }
    std::sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (scored.size() > kPassagesTried) scored.resize(kPassagesTried);
    for (const auto& [score, gid] : scored) out[i].push_back(gid);
    if (out[i].empty() && snapshot.passage_count[documents[i]] > 0) {
      out[i].push_back(snapshot.first_passage[documents[i]]);
    }
  }
  return out;
}

/// Byte where about the `wanted`th word of a text begins. Counts runs of letters and digits, which
/// is near enough to the analyzer's positions.
std::size_t byte_of_word(std::string_view text, std::uint32_t wanted) {
  std::uint32_t word = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // 0xE2 leads dashes, quotes and bullets.
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || (c >= 0x80 && c != 0xE2 && (inside || c >= 0xC3));
    if (letter && !inside && ++word >= wanted) return i;
    inside = letter;
  }
  return text.size();
}

/// Occurrences in text.substr(begin, end - begin) by analysing it, as places in `text`.
std::vector<Occurrence> find_between(const Reader& reader, const Highlighter& highlighter,
                                     std::string_view text, std::size_t begin, std::size_t end) {
  auto found = highlighter.find(reader.analyzer, text.substr(begin, end - begin));
  for (Occurrence& one : found) {
    one.begin += static_cast<std::uint32_t>(begin);
    one.end += static_cast<std::uint32_t>(begin);
  }
  return found;
}

/// Occurrences in a passage by analysing it, at least those around the place that holds most of the
/// query's words. `positions` by slot.
std::vector<Occurrence> find_by_reading(const Reader& reader, const Highlighter& highlighter,
                                        const std::vector<std::vector<std::uint32_t>>& positions,
                                        std::string_view text) {
  if (text.size() <= kWholeBytes) return highlighter.find(reader.analyzer, text);
  struct Place {
    std::uint32_t position, word, piece;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> places;
  for (const Highlighter::Wanted& wanted : highlighter.wanted()) {
    if (wanted.term.starts_with(schema::kBlind)) continue;  // less than what stands there
    for (const std::uint32_t position : positions[wanted.slot]) {
      places.push_back({position, wanted.word, wanted.piece});
    }
  }
  if (places.empty()) return highlighter.find(reader.analyzer, text);  // terms without positions
  std::sort(places.begin(), places.end());
  // Most different words and pieces of phrases, then the narrowest stretch.
  std::pair<std::size_t, std::uint32_t> best_score{0, 0};  // different ones; kClusterWords - span
  std::uint32_t best = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> different;
  for (std::size_t i = 0; i < places.size(); ++i) {
    different.clear();
    std::uint32_t span = 0;
    for (std::size_t k = i;
         k < places.size() && places[k].position < places[i].position + kClusterWords; ++k) {
      const std::pair<std::uint32_t, std::uint32_t> one{places[k].word, places[k].piece};
      if (std::find(different.begin(), different.end(), one) != different.end()) continue;
      different.push_back(one);
      span = places[k].position - places[i].position;
    }
    const std::pair<std::size_t, std::uint32_t> score{different.size(), kClusterWords - span};
    if (score <= best_score) continue;
    best_score = score;
    best = places[i].position;
  }
  const std::size_t middle = byte_of_word(text, best);
  std::size_t begin = middle > kAroundBytes ? middle - kAroundBytes : 0;
  std::size_t end = std::min(text.size(), middle + kAroundBytes);
  while (begin > 0 && text[begin] != ' ' && text[begin] != '\n') --begin;
  while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
  return find_between(reader, highlighter, text, begin, end);
}

/// Finds the query in titles and passages of hits.
class Marker {
 public:
  Marker(const Reader& reader, const Highlighter& highlighter, TermFinder& finder)
      : reader_(reader),
        highlighter_(highlighter),
        finder_(finder),
        prefixes_(!highlighter.prefixes().empty()),
        streams_(reader.marks_by_streams && !prefixes_) {}

  /// `known`: where the words of the title stand, if that is kept.
  [[nodiscard]] std::vector<Occurrence> in_title(Gid document, const std::string& title,
                                                 const WordPlaces* known) const {
    if (!streams_) return highlighter_.find(reader_.analyzer, title, true);
    return find(Unit::kDocument, document, title, known);
  }
  /// `whole`: all of them, however long the passage.
  [[nodiscard]] std::vector<Occurrence> in_passage(Gid passage, const std::string& text, bool whole,
                                                   const WordPlaces* known) const {
    if (streams_) return find(Unit::kPassage, passage, text, known);
    if (whole || !prefixes_) return highlighter_.find(reader_.analyzer, text);
    return find_by_reading(reader_, highlighter_, finder_.places(Unit::kPassage, passage), text);
  }
  /// In a part of a passage where in_passage() found nothing.
  [[nodiscard]] std::vector<Occurrence> between(std::string_view text, std::size_t begin,
                                                std::size_t end) const {
    if (!prefixes_) return {};  // it looked everywhere
    return find_between(reader_, highlighter_, text, begin, end);
  }

 private:
  [[nodiscard]] std::vector<Occurrence> find(Unit unit, Gid gid, std::string_view text,
                                             const WordPlaces* known) const {
    const auto& positions = finder_.places(unit, gid);
    const bool title = unit == Unit::kDocument;
    if (known != nullptr) return highlighter_.find(highlighter_.meet(positions, *known), title);
    return highlighter_.find(highlighter_.meet(positions, reader_.places.read(text)), title);
  }

  const Reader& reader_;
  const Highlighter& highlighter_;
  TermFinder& finder_;
  bool prefixes_;  // their terms are many: only reading finds them
  bool streams_;
};

void note_compounds(std::string_view text, const std::vector<Occurrence>& occurrences,
                    CompoundExamples& examples) {
  for (const Occurrence& one : occurrences) {
    if (one.part) {
      ++examples[one.word][std::string(text.substr(one.begin, one.end - one.begin))];
    }
  }
}

/// The zone of a kind that holds most marks, else the first; nothing if there is none.
const schema::Zone* zone_with_most(const std::vector<schema::Zone>& zones, bool answer,
                                   const std::vector<Occurrence>& marks) {
  const schema::Zone* best = nullptr;
  std::ptrdiff_t most = -1;
  for (const schema::Zone& zone : zones) {
    if (zone.answer != answer) continue;
    const auto inside = std::count_if(marks.begin(), marks.end(), [&](const Occurrence& one) {
      return one.begin >= zone.begin && one.end <= zone.end;
    });
    if (inside <= most) continue;
    most = inside;
    best = &zone;
  }
  return best;
}

/// Question or answer of a passage, cut around its marks, else from its beginning.
std::vector<SnippetPart> part_of_pair(const Marker& marker, const schema::Passage& passage,
                                      bool answer, const std::vector<Occurrence>& marks) {
  const schema::Zone* zone = zone_with_most(passage.zones, answer, marks);
  if (zone == nullptr || zone->begin >= zone->end || zone->end > passage.text.size()) return {};
  const std::string_view text =
      std::string_view(passage.text).substr(zone->begin, zone->end - zone->begin);
  const std::size_t length = answer ? kAnswerBytes : kQuestionBytes;
  std::vector<Occurrence> inside;
  for (const Occurrence& one : marks) {
    if (one.begin >= zone->begin && one.end <= zone->end) inside.push_back(one);
  }
  if (inside.empty()) {
    // The marks may be of another place of a long passage.
    std::size_t end = std::min(text.size(), length);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    inside = marker.between(passage.text, zone->begin, zone->begin + end);
  }
  for (Occurrence& one : inside) {
    one.begin -= zone->begin;
    one.end -= zone->begin;
  }
  std::size_t from = 0;
  return make_snippet(text, inside, length, from);
}

/// As mark_all, with line ends and tabs as they are: the text is read, not skimmed.
std::vector<SnippetPart> whole_text(const std::string& text,
                                    const std::vector<Occurrence>& occurrences) {
  std::vector<SnippetPart> parts;
  std::size_t at = 0;
  for (const Occurrence& one : occurrences) {
    if (one.begin < at || one.end <= one.begin || one.end > text.size()) continue;
    if (one.begin > at) parts.push_back({text.substr(at, one.begin - at), false});
    parts.push_back({text.substr(one.begin, one.end - one.begin), true});
    at = one.end;
  }
  if (at < text.size()) parts.push_back({text.substr(at), false});
  return parts;
}

}  // namespace

std::uint32_t page_at(const schema::Passage& passage, std::size_t at) {
  std::size_t end = 0;
  std::uint32_t page = 0;
  for (const schema::Passage::Piece& piece : passage.pieces) {
    page = piece.page;
    end += piece.end - piece.begin;
    if (at < end) break;
    end += 2;  // pieces are joined by an empty line
  }
  return page;
}

Hit describe(const Document& document, const LabelFinder& find_label) {
  const auto label_of = [&](Facet facet, const std::string& slug, const std::string& printed) {
    if (auto label = find_label(facet, slug)) return std::move(*label);
    return printed.empty() ? slug : printed;
  };
  const auto labels_of = [&](Facet facet, const std::vector<std::string>& slugs,
                             const std::vector<std::string>& printed) {
    if (slugs.empty()) return printed;
    std::vector<std::string> out;
    for (const std::string& slug : slugs) out.push_back(label_of(facet, slug, {}));
    return out;
  };
  Hit hit;
  hit.id = document.id;
  hit.type = document.type_id;
  hit.type_label = label_of(Facet::kType, document.type_id, document.type);
  hit.body = document.body_id;
  hit.body_label = label_of(Facet::kBody, document.body_id, document.body);
  hit.number = document.number;
  hit.title = document.title;
  hit.date = document.date;
  hit.authors = document.authors;
  hit.groups = labels_of(Facet::kGroup, document.group_ids, document.groups);
  hit.ministries = labels_of(Facet::kMinistry, document.ministry_ids, document.ministries);
  hit.topics = labels_of(Facet::kTopic, document.topic_ids, document.topics);
  hit.legislature = document.legislature;
  hit.asked = document.dates.asked;
  hit.answered = document.dates.answered;
  hit.urls = document.urls;
  hit.first_seen = document.first_seen;
  hit.ocr = std::any_of(document.warnings.begin(), document.warnings.end(),
                        [](const Warning& warning) { return warning.code == "ocr"; });
  return hit;
}

Hit describe(const Snapshot& snapshot, const Document& document) {
  Hit hit =
      describe(document, [&](Facet facet, const std::string& slug) -> std::optional<std::string> {
        const FacetColumn& column = snapshot.facet(facet);
        const auto id = column.find(slug);
        return id ? std::optional(column.label(*id)) : std::nullopt;
      });
  const auto copies = snapshot.copies_of.find(document.id);
  if (copies != snapshot.copies_of.end()) hit.copies = copies->second;
  return hit;
}

Hit describe(const Reader& reader, Gid document) {
  return describe(reader.snapshot, schema::unpack_document(reader.data(Unit::kDocument, document)));
}

std::vector<Hit> make_hits(Reader& reader, Highlighter highlighter,
                           const std::vector<RankedHit>& ranked, const SearchRequest& request,
                           CompoundExamples& examples, const Roaring* preferred) {
  const Snapshot& snapshot = reader.snapshot;
  std::vector<Gid> documents;
  for (const RankedHit& one : ranked) {
    documents.push_back(snapshot.document_of(request.unit, one.gid));
  }
  for (const auto& [prefix, word] : highlighter.prefixes()) {
    if (!prefix.starts_with(schema::kExact)) continue;  // beginnings of words in titles
    std::size_t found = 0;
    auto terms = Evaluator(reader, Unit::kPassage).expand_prefix(prefix, found);
    if (terms.size() > kPrefixTerms) terms.resize(kPrefixTerms);
    for (std::string& term : terms) highlighter.want(std::move(term), word);
  }
  std::optional<TermFinder> finder;
  std::optional<Marker> marker;
  if (request.snippets) {
    finder.emplace(snapshot, highlighter.slots());
    marker.emplace(reader, highlighter, *finder);
  }
  std::vector<std::vector<Gid>> passages(ranked.size());
  if (request.unit == Unit::kPassage) {
    for (std::size_t i = 0; i < ranked.size(); ++i) passages[i] = {ranked[i].gid};
  } else if (request.snippets) {
    passages = best_passages(reader, highlighter, *finder, documents, preferred);
  }
  // Long lists would drive out what pages of hits need again and again; texts are read once.
  const bool kept = request.snippets && !request.whole_passages && ranked.size() <= kPageOfHits;
  const bool listed = !request.snippets && !request.whole_passages;
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    reader.deadline.check();
    std::shared_ptr<const Record> known;
    bool paged = false;
    Hit hit;
    if (kept || listed) {
      known = kept ? document_record(reader, documents[i]) : listed_document(reader, documents[i]);
      hit = known->hit;
      paged = known->paged;
    } else {
      const Document document = schema::unpack_document(reader.data(Unit::kDocument, documents[i]));
      hit = describe(snapshot, document);
      paged = document.paged;
      if (request.snippets) hit.linked = linked_papers(reader, documents[i], document);
    }
    hit.score = ranked[i].score;
    hit.all_words = ranked[i].all_words;
    if (request.snippets) {
      const auto marks =
          marker->in_title(documents[i], hit.title, known ? &known->places : nullptr);
      note_compounds(hit.title, marks, examples);
      hit.title_hit = !marks.empty();
      hit.title_parts = mark_all(hit.title, marks);
    }
    for (const Gid gid : passages[i]) {
      reader.deadline.check();
      std::shared_ptr<const Record> known_passage;
      schema::Passage read;
      if (kept || listed) {
        known_passage = kept ? passage_record(reader, gid) : listed_passage(reader, gid);
      } else {
        read = schema::unpack_passage(reader.data(Unit::kPassage, gid));
      }
      const schema::Passage& passage = known_passage ? known_passage->passage : read;
      PassageHit shown;
      shown.kind = schema::to_string(passage.kind);
      shown.labels = passage.labels;
      shown.heading = passage.heading;
      shown.passage = gid - snapshot.first_passage[documents[i]];
      std::size_t from = 0;
      if (request.snippets) {
        const auto marks = marker->in_passage(gid, passage.text, request.whole_passages,
                                              known_passage ? &known_passage->places : nullptr);
        // The words stand here, but not as asked (a phrase torn apart): another passage is better.
        if (marks.empty() && request.unit == Unit::kDocument && gid != passages[i].back()) continue;
        if (marks.empty() && !hit.passages.empty()) continue;
        note_compounds(passage.text, marks, examples);
        if (request.whole_passages) {
          shown.snippet = whole_text(passage.text, marks);
        } else {
          shown.snippet = make_snippet(passage.text, marks, kSnippetBytes, from);
          shown.question = part_of_pair(*marker, passage, false, marks);
          shown.answer = part_of_pair(*marker, passage, true, marks);
        }
      } else if (request.whole_passages) {
        shown.snippet = {{passage.text, false}};
      }
      if (paged) shown.page = page_at(passage, from);
      hit.passages.push_back(std::move(shown));
      if (hit.passages.size() >= kPassagesAHit) break;
    }
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace fundstelle::search
