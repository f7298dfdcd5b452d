// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/offers.h"

#include <algorithm>
#include <array>

#include "schema/schema.h"
#include "schema/stored_document.h"
#include "suggest/completer.h"
#include "text/fold.h"

namespace fundstelle::search {
namespace {

using vocabulary::Kind;

/// Titles among the suggestions, as long as there is enough of the rest.
constexpr std::size_t kTitleShare = 3;  // one third
constexpr std::size_t kRelatedShown = 6;
constexpr std::size_t kRelatedFor = 3;  // words of a query

struct KindName {
  const char* name;
  const char* label;
};
constexpr std::array<KindName, vocabulary::kKindCount> kKindNames{{
    {"term", "Begriff"},
    {"phrase", "Wortgruppe"},
    {"topic", "Sachgebiet"},
    {"group", "Fraktion oder Gruppe"},
    {"ministry", "Ministerium"},
    {"body", "Parlament oder Haus"},
    {"person", "Person"},
    {"title", "Titel"},
}};

/// A title as a search for exactly this title.
std::string title_query(const std::string& title) {
  std::string query = "titel:\"";
  for (const char c : title) {
    if (c != '"') query += c;
  }
  return query + '"';
}

/// `text` with the whole word `from` replaced; empty if it is not there, or only beside a hyphen,
/// where a group in its place would mean something else.
std::string with_word(const std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = suggest::place_of_word(text, from); at != std::string::npos;
       at = suggest::place_of_word(text, from, at + 1)) {
    const std::size_t end = at + from.size();
    if ((at > 0 && text[at - 1] == '-') || (end < text.size() && text[end] == '-')) continue;
    return text.substr(0, at) + to + text.substr(end);
  }
  return {};
}

}  // namespace

std::vector<Suggestion> offers(const Reader& reader, std::string_view typed, std::size_t size) {
  std::vector<Suggestion> out;
  if (!reader.snapshot.vocabulary) return out;
  const suggest::Completions found =
      suggest::complete(*reader.snapshot.vocabulary, typed, size, size);
  const std::size_t titles = std::min(
      found.titles.size(), std::max(size / kTitleShare, size - std::min(size, found.terms.size())));
  for (const suggest::Completion& one : found.terms) {
    if (out.size() + titles >= size) break;
    const KindName& kind = kKindNames[static_cast<std::size_t>(one.kind)];
    out.push_back({kind.name, kind.label, one.text, one.query, one.count, one.estimated, ""});
  }
  for (const suggest::Completion& one : found.titles) {
    if (out.size() >= size) break;
    // The vocabulary is that of the generation, which is the first part of the snapshot.
    const Gid gid = reader.snapshot.subs.front().document_base + one.document;
    if (!reader.snapshot.documents.alive.contains(gid)) continue;
    const Document document = schema::unpack_document(reader.data(Unit::kDocument, gid));
    const KindName& kind = kKindNames[static_cast<std::size_t>(one.kind)];
    out.push_back({kind.name, kind.label, document.title, title_query(document.title), one.count,
                   one.estimated, one.count == 1 ? document.id : ""});
  }
  return out;
}

std::vector<RelatedWords> related_words(const Reader& reader, const std::string& typed,
                                        const std::vector<suggest::TypedWord>& words) {
  std::vector<RelatedWords> out;
  if (!reader.snapshot.vocabulary) return out;
  const vocabulary::VocabularyFile& vocabulary = *reader.snapshot.vocabulary;
  for (std::size_t i = 0; i < words.size() && i < kRelatedFor; ++i) {
    std::string folded = reader.analyzer.fold(words[i].typed);
    std::erase(folded, '-');
    RelatedWords related;
    related.typed = words[i].typed;
    std::string any = "(" + words[i].typed;
    for (const std::uint32_t entry : vocabulary.related(reader.analyzer.stem(folded))) {
      if (related.words.size() == kRelatedShown) break;
      RelatedWord one;
      one.text = std::string(vocabulary.terms().printed(entry));
      one.documents = vocabulary.terms().entries[entry].count;
      one.query = with_word(typed, words[i].typed, one.text);
      if (one.query.empty()) continue;
      any += " ODER " + one.text;
      related.words.push_back(std::move(one));
    }
    if (related.words.empty()) continue;
    related.all_query = with_word(typed, words[i].typed, any + ")");
    out.push_back(std::move(related));
  }
  return out;
}

std::string printed_form(const Reader& reader, const std::string& folded) {
  if (reader.snapshot.vocabulary) {
    const vocabulary::VocabularyFile& vocabulary = *reader.snapshot.vocabulary;
    for (const suggest::Completion& one : suggest::complete(vocabulary, folded, 8, 0).terms) {
      if (one.kind == Kind::kTerm && text::fold_letters(one.text) == folded) return one.text;
    }
  }
  // Rarer words: as one of the passages prints it.
  const std::string term = std::string(schema::kExact) + folded;
  if (const std::optional<Gid> gid = reader.first_passage_with(term)) {
    const schema::Passage passage = schema::unpack_passage(reader.data(Unit::kPassage, *gid));
    for (const Token& token : reader.analyzer.analyze(passage.text)) {
      if (token.kind == TokenKind::kExact && token.term == folded) {
        return passage.text.substr(token.byte_begin, token.byte_end - token.byte_begin);
      }
    }
  }
  return folded;
}

}  // namespace fundstelle::search
