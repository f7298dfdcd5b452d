// SPDX-License-Identifier: GPL-3.0-or-later
//
// Analyzer::analyze_query: the words of a query with everything that may stand for them.
#include <algorithm>

#include "text/analyzer.h"
#include "text/analyzer_state.h"
#include "text/fold.h"
#include "text/gender.h"
#include "text/printed_word.h"

namespace fundstelle {

namespace {

/// Weights against the whole word. Parts: facts of the ranking experiments (0.2 to 0.5 is flat);
/// the others by how sure the variant means the same.
constexpr double kPartWeight = 0.3;
constexpr double kSplitWeight = 0.3;
constexpr double kBlindWeight = 0.5;
constexpr double kGenderWeight = 0.6;
constexpr double kHyphenWeight = 0.8;
constexpr double kStumpWeight = 0.4;
constexpr double kLongFormWeight = 0.8;
constexpr double kShortFormWeight = 0.6;
constexpr double kBareNumberWeight = 0.5;

/// Words within which all parts of a compound must stand: "Unterkunft für geflüchtete Kinder" is
/// one thing, Kinder on page 1 and Garten on page 9 are two.
constexpr std::uint32_t kSplitWindow = 10;
constexpr std::uint32_t kCitationWindow = 30;
constexpr std::size_t kMostAbbreviationVariants = 6;

/// Bytes of `print` whose folded form is `folded_bytes` long; all of it if no cut fits.
std::size_t print_length(std::string_view print, std::size_t folded_bytes) {
  for (std::size_t at = 0; at < print.size();) {
    const auto c = text::decode(print, at);
    if (c.bytes == 0) break;
    at += c.bytes;
    if (text::fold_letters(print.substr(0, at)).size() >= folded_bytes) return at;
  }
  return print.size();
}

/// "Flüchtlinge" with stem fluechtling: "Flüchtling…".
std::string shown_stem(std::string_view print, std::string_view stem) {
  if (!text::fold_letters(print).starts_with(stem)) return std::string(print) + "…";
  return std::string(print.substr(0, print_length(print, stem.size()))) + "…";
}

/// "Flüchtlings|unterkunft".
std::string shown_split(std::string_view print, const std::vector<text::CompoundPart>& parts) {
  std::string shown;
  std::size_t begin = 0;
  for (const auto& part : parts) {
    const std::size_t end = print_length(print, part.end);
    if (!shown.empty()) shown += '|';
    shown += print.substr(begin, end - begin);
    begin = end;
  }
  return shown;
}

/// Folded form back to letters: as much of it as the print has, the rest from another word of the
/// query that ends so ("integrationsbeauftragte" from "Integrations- und Ausländerbeauftragte").
std::string readable(const std::string& folded, std::string_view print, const text::Scan& scan) {
  std::size_t common = 0;
  std::size_t bytes = 0;
  for (std::size_t at = 0; at < print.size();) {
    const auto c = text::decode(print, at);
    if (c.bytes == 0) break;
    at += c.bytes;
    const std::string so_far = text::fold_letters(print.substr(0, at));
    if (!folded.starts_with(so_far)) break;
    common = at;
    bytes = so_far.size();
  }
  std::string rest = folded.substr(bytes);
  for (std::size_t i = 0; i < scan.size() && !rest.empty(); ++i) {
    const std::string word = scan.folded(i);
    if (word.size() <= rest.size() || !word.ends_with(rest)) continue;
    rest = scan.raw(i).substr(print_length(scan.raw(i), word.size() - rest.size()));
    break;
  }
  return std::string(print.substr(0, common)) + rest;
}

class QueryReader {
 public:
  QueryReader(std::string_view text, const Expansion& expansion, text::WordReader& reader)
      : text_(text), expansion_(expansion), reader_(reader), words_(text, reader) {}

  std::vector<QueryWord> read() {
    const text::Scan& scan = words_.scan();
    for (std::size_t i = 0; i < scan.size();) {
      const std::size_t next = read_at(i);
      i = std::max(next, i + 1);
    }
    merge_labels();
    drop_address();
    if (expansion_.gender) pair_genders();
    if (expansion_.compounds) join_neighbours();
    if (expansion_.abbreviations) match_long_forms();
    return std::move(query_);
  }

 private:
  /// One printed word; returns the first atom after it.
  std::size_t read_at(std::size_t i) {
    const text::Scan& scan = words_.scan();
    if (const auto citation = words_.citation(i); !citation.provisions.empty()) {
      add_citation(citation);
      return citation.next;
    }
    text::PrintedWord word = words_.read(i);
    QueryWord query;
    query.byte_begin = word.begin;
    query.byte_end = word.end;
    const bool roman = i + 1 < scan.size() && scan.gap_after(i) == "/" &&
                       scan.atoms[i + 1].digits &&
                       scan.raw(i).find_first_not_of("IVX") == std::string_view::npos;
    if (word.kind == text::PrintedWord::Kind::kWord && (scan.atoms[i].digits || roman) &&
        read_doubtful_number(i, word)) {
      query.byte_end = word.end;
    }
    query.typed = text_.substr(query.byte_begin, query.byte_end - query.byte_begin);
    switch (word.kind) {
      case text::PrintedWord::Kind::kHyphenated:
        add_hyphenated(word, i);
        return word.next;
      case text::PrintedWord::Kind::kNumber:
        add_number(word, query);
        break;
      case text::PrintedWord::Kind::kGender:
        add_gender(word.pieces[0], query);
        break;
      case text::PrintedWord::Kind::kStump:
        for (const auto& form : word.opened) {
          add_opened(form, readable(form, query.typed, scan), VariantReason::kHyphen, query);
        }
        // The stump alone still says what it is about (Rinder- und Schafprämien: Rind).
        if (!reader_.is_stop_word(word.pieces[0].exact)) {
          add(query, VariantReason::kHyphen,
              {{TokenKind::kStem, reader_.stemmer().stem(word.pieces[0].exact)}}, query.typed,
              kStumpWeight);
        }
        break;
      case text::PrintedWord::Kind::kWord:
        if (word.pieces[0].exact.size() > text::kLongestWord) break;
        add_word(word.pieces[0].exact, query);
        break;
    }
    push(std::move(query), i);
    return word.next;
  }

  void add(QueryWord& query, VariantReason reason, std::vector<Variant::Term> terms,
           std::string shown, double weight = 1.0, bool in_order = false,
           std::uint32_t window = 0) const {
    if (terms.empty() || query.variants.size() >= kMaxVariants) return;
    for (const auto& variant : query.variants) {
      const bool same = variant.terms.size() == terms.size() &&
                        std::equal(terms.begin(), terms.end(), variant.terms.begin(),
                                   [](const auto& a, const auto& b) {
                                     return a.kind == b.kind && a.term == b.term;
                                   });
      if (same) return;
    }
    Variant variant;
    variant.reason = reason;
    variant.terms = std::move(terms);
    variant.shown = std::move(shown);
    variant.weight = weight;
    variant.in_order = in_order;
    variant.window = window;
    query.variants.push_back(std::move(variant));
  }

  /// An ordinary word.
  void add_word(const std::string& folded, QueryWord& query) {
    query.stop_word = reader_.is_stop_word(folded);
    add(query, VariantReason::kSame, {{TokenKind::kExact, folded}}, query.typed);
    if (query.stop_word) {
      if (expansion_.abbreviations) add_long_forms(folded, query);
      return;
    }
    const std::string stem = reader_.stemmer().stem(folded);
    if (expansion_.inflection) {
      add(query, VariantReason::kInflection, {{TokenKind::kStem, stem}},
          shown_stem(query.typed, stem));
    }
    add_stem_variants(folded, stem, query.typed, query);
    if (expansion_.gender) add_feminine(folded, stem, query);
    if (expansion_.abbreviations) add_long_forms(folded, query);
  }

  /// Bürger also means Bürgerinnen; the feminine, typed, means women.
  void add_feminine(const std::string& folded, const std::string& stem, QueryWord& query) {
    const std::string feminine = text::feminine_of(folded, reader_.splitter());
    if (feminine.empty()) return;
    const std::string feminine_stem = reader_.stemmer().stem(feminine);
    if (feminine_stem == stem) return;
    const std::string shown = readable(feminine, query.typed, words_.scan());
    add(query, VariantReason::kGender, {{TokenKind::kStem, feminine_stem}}, shown, kGenderWeight);
    if (expansion_.compounds) {
      add(query, VariantReason::kCompoundPart, {{TokenKind::kPart, feminine_stem}},
          "…" + shown + "…", kPartWeight * kGenderWeight);
    }
  }

  /// Inside compounds, as its own parts, umlaut-blind.
  void add_stem_variants(const std::string& folded, const std::string& stem, std::string_view print,
                         QueryWord& query) {
    if (expansion_.compounds) {
      const std::string shown = shown_stem(print, stem);
      add(query, VariantReason::kCompoundPart, {{TokenKind::kPart, stem}}, "…" + shown,
          kPartWeight);
      const auto parts = reader_.splitter().split(folded);
      std::vector<Variant::Term> terms;
      for (const auto& part : parts) add_part(part.base, terms);
      if (terms.size() > 1) {
        add(query, VariantReason::kSplit, std::move(terms), shown_split(print, parts), kSplitWeight,
            false, kSplitWindow);
      }
    }
    if (expansion_.spelling) add_blind(folded, stem, print, query);
  }

  /// A spelling without umlaut meets the blind form of one with it; the other way it must not. A
  /// word the lexicon knows was probably meant as typed: it meets only its own inflection (Burg
  /// does not find Bürger, Tur finds Türen).
  void add_blind(const std::string& folded, const std::string& stem, std::string_view print,
                 QueryWord& query) const {
    if (text::without_umlauts(folded) != folded) return;
    if (folded.find_first_of("aou") == std::string::npos) return;
    const bool known = reader_.splitter().known(folded);
    add(query, VariantReason::kSpelling, {{TokenKind::kBlind, known ? "=" + folded : stem}},
        std::string(print), kBlindWeight);
  }

  void add_part(const std::string& base, std::vector<Variant::Term>& terms) const {
    std::string stem = reader_.stemmer().stem(base);
    for (const auto& term : terms) {
      if (term.term == stem) return;
    }
    terms.push_back({TokenKind::kPart, std::move(stem)});
  }

  /// A whole word a rule has opened.
  void add_opened(const std::string& folded, const std::string& shown, VariantReason reason,
                  QueryWord& query) {
    const std::string stem = reader_.stemmer().stem(folded);
    add(query, reason, {{TokenKind::kStem, stem}}, shown);
    add_stem_variants(folded, stem, shown, query);
  }

  /// A chain with a letter or figures for a piece (M-V, E-Mail, Covid-19) is one word; others are
  /// as many words as they have pieces, each also met by the chain written as one. Measured on the
  /// retrieval collections: recall@100 .662 to .673 (topics), .953 to .967 (known items).
  void add_hyphenated(text::PrintedWord& word, std::size_t first_atom) {
    const bool one_word =
        std::any_of(word.pieces.begin(), word.pieces.end(), [](const text::Piece& piece) {
          return piece.exact.size() < 2 ||
                 piece.exact.find_first_not_of("0123456789") == std::string::npos;
        });
    if (one_word) {
      add_chain(word, first_atom);
      return;
    }
    const std::string printed(text_.substr(word.begin, word.end - word.begin));
    for (const auto& piece : word.pieces) {
      QueryWord query;
      query.byte_begin = piece.begin;
      query.byte_end = piece.end;
      query.typed = text_.substr(piece.begin, piece.end - piece.begin);
      if (piece.opened.empty()) {
        add_word(piece.exact, query);
      } else {
        add_gender(piece, query);
      }
      if (query.stop_word) {
        push(std::move(query), first_atom++);
        continue;
      }
      add_whole(word, printed, VariantReason::kHyphen, query);
      push(std::move(query), first_atom);
      first_atom += piece.opened.empty() ? 1 : 2;
    }
  }

  /// The chain written as one word, whole and inside compounds, and what it abbreviates.
  void add_whole(const text::PrintedWord& word, const std::string& printed, VariantReason reason,
                 QueryWord& query) {
    for (const auto& opened : word.opened) {
      const std::string stem = reader_.stemmer().stem(opened);
      const std::string shown =
          &opened == &word.opened.front() ? printed : readable(opened, printed, words_.scan());
      add(query, reason, {{TokenKind::kStem, stem}}, shown);
      if (expansion_.compounds) {
        add(query, VariantReason::kCompoundPart, {{TokenKind::kPart, stem}}, "…" + shown + "…",
            kPartWeight);
      }
      if (expansion_.spelling) add_blind(opened, stem, shown, query);
    }
    if (expansion_.abbreviations && !word.opened.empty())
      add_long_forms(word.opened.front(), query);
  }

  void add_chain(const text::PrintedWord& word, std::size_t first_atom) {
    QueryWord query;
    query.byte_begin = word.begin;
    query.byte_end = word.end;
    query.typed = text_.substr(word.begin, word.end - word.begin);
    add(query, VariantReason::kSame, {{TokenKind::kExact, word.whole}}, query.typed);
    std::vector<Variant::Term> in_order;
    for (const auto& piece : word.pieces) {
      const std::string& form = piece.opened.empty() ? piece.exact : piece.opened.front();
      if (reader_.is_stop_word(form)) {
        in_order.push_back({TokenKind::kExact, form});
      } else {
        in_order.push_back({TokenKind::kStem, reader_.stemmer().stem(form)});
      }
    }
    add_whole(word, query.typed, VariantReason::kInflection, query);
    add(query, VariantReason::kHyphen, std::move(in_order), spaced(query.typed), kHyphenWeight,
        true);
    push(std::move(query), first_atom);
  }

  void add_gender(const text::Piece& piece, QueryWord& query) {
    add(query, VariantReason::kSame, {{TokenKind::kExact, piece.exact}}, query.typed);
    for (const auto& form : piece.opened) {
      add_opened(form, readable(form, query.typed, words_.scan()), VariantReason::kGender, query);
    }
  }

  void push(QueryWord query, std::size_t first_atom) {
    if (query.variants.empty()) return;
    query_.push_back(std::move(query));
    first_atom_.push_back(first_atom);
  }

  static std::string spaced(std::string typed) {
    std::replace(typed.begin(), typed.end(), '-', ' ');
    return typed;
  }

  /// An abbreviation typed: its long forms, and other abbreviations of these.
  void add_long_forms(const std::string& key, QueryWord& query) {
    std::size_t added = 0;
    for (const auto* form : reader_.abbreviations().long_forms(key)) {
      if (added++ >= kMostAbbreviationVariants) break;
      add(query, VariantReason::kAbbreviation, in_order(*form), form->printed, kLongFormWeight,
          form->words.size() > 1);
      for (const auto& other : form->keys) {
        if (other == key || added++ >= kMostAbbreviationVariants) continue;
        add_short_form(other, query);
      }
    }
  }

  /// "mv", printed M-V, is one word in documents; "sgbii", printed SGB II, is two.
  void add_short_form(const std::string& key, QueryWord& query) {
    const std::string printed = reader_.abbreviations().printed(key);
    const text::Scan scan(printed);
    std::vector<Variant::Term> terms;
    if (scan.size() > 1 && scan.gap_after(0) == " ") {
      for (std::size_t i = 0; i < scan.size(); ++i) {
        terms.push_back({TokenKind::kExact, scan.folded(i)});
      }
    } else if (reader_.is_stop_word(key)) {
      terms.push_back({TokenKind::kExact, key});
    } else {
      terms.push_back({TokenKind::kStem, reader_.stemmer().stem(key)});
    }
    const bool in_order = terms.size() > 1;
    add(query, VariantReason::kAbbreviation, std::move(terms), printed, kShortFormWeight, in_order);
  }

  static std::vector<Variant::Term> in_order(const text::LongForm& form) {
    std::vector<Variant::Term> terms;
    for (const auto& word : form.words) {
      if (word.stem.empty()) {
        terms.push_back({TokenKind::kExact, word.folded});
      } else {
        terms.push_back({TokenKind::kStem, word.stem});
      }
    }
    return terms;
  }

  void add_number(const text::PrintedWord& word, QueryWord& query) {
    for (std::size_t k = word.numbers.size(); k > 0; --k) {
      const std::string& number = word.numbers[k - 1];
      const bool full = k == word.numbers.size();
      add(query, VariantReason::kNumber, {{TokenKind::kNumber, number}}, number,
          full ? 1.0 : kBareNumberWeight);
    }
    std::vector<Variant::Term> figures;
    for (const auto& piece : word.pieces) figures.push_back({TokenKind::kExact, piece.exact});
    add(query, VariantReason::kSame, std::move(figures), query.typed, kHyphenWeight, true);
  }

  /// "11/2024" and "2/4" are numbers of papers only if a label says so; typed, they may be meant
  /// so.
  bool read_doubtful_number(std::size_t i, text::PrintedWord& word) {
    const text::Scan& scan = words_.scan();
    for (std::size_t last = std::min(i + 4, scan.size() - 1); last > i; --last) {
      std::uint32_t end = scan.atoms[last].end;
      if (end < text_.size() && text_[end] == ')') ++end;
      const auto number = parse_drucksache_number(text_.substr(word.begin, end - word.begin));
      if (!number) continue;
      word.kind = text::PrintedWord::Kind::kNumber;
      word.end = end;
      word.next = last + 1;
      word.pieces.clear();
      for (std::size_t k = i; k <= last; ++k) {
        text::Piece piece;
        piece.exact = scan.folded(k);
        word.pieces.push_back(std::move(piece));
      }
      DrucksacheNumber bare = *number;
      bare.suffix.clear();
      word.numbers = {bare.canonical()};
      if (!number->suffix.empty()) word.numbers.push_back(number->canonical());
      return true;
    }
    return false;
  }

  void add_citation(const text::Citation& citation) {
    for (const auto& provision : citation.provisions) {
      if (provision.implied) continue;
      QueryWord query;
      query.byte_begin = citation.begin;
      query.byte_end = citation.end;
      query.typed = text_.substr(citation.begin, citation.end - citation.begin);
      const std::string& narrowest = provision.terms.back();
      add(query, VariantReason::kNumber, {{TokenKind::kNumber, narrowest}}, query.typed);
      // The law named somewhere near: "§ 16a … des genannten AufenthG". Not for a book of the SGB:
      // its number would have to be near as well.
      const std::size_t law = narrowest.rfind(' ');
      if (law != std::string::npos && !narrowest.substr(law + 1).starts_with("abs") &&
          narrowest.back() > '9') {
        add(query, VariantReason::kNumber,
            {{TokenKind::kNumber, narrowest.substr(0, law)},
             {TokenKind::kStem, reader_.stemmer().stem(narrowest.substr(law + 1))}},
            query.typed, kShortFormWeight, false, kCitationWindow);
      }
      add_wider(provision, query);
      first_atom_.push_back(provision.atom);
      query_.push_back(std::move(query));
    }
  }

  /// What is left of a citation nobody makes in this form: the same provision without its
  /// paragraph or its law, the law itself.
  void add_wider(const text::CitedProvision& provision, QueryWord& query) const {
    const std::size_t before = query.variants.size();
    for (std::size_t k = provision.terms.size() - 1; k > 0; --k) {
      const std::string& wider = provision.terms[k - 1];
      add(query, VariantReason::kNumber, {{TokenKind::kNumber, wider}}, wider, kShortFormWeight);
    }
    const std::string& narrowest = provision.terms.back();
    const std::size_t space = narrowest.find(' ');
    std::string law = space == std::string::npos ? std::string() : narrowest.substr(space + 1);
    if (law.starts_with("abs")) law.erase(0, std::min(law.find(' '), law.size() - 1) + 1);
    if (!law.empty() && law.find(' ') == std::string::npos) {
      add(query, VariantReason::kNumber, {{TokenKind::kStem, reader_.stemmer().stem(law)}}, law,
          kSplitWeight);
      for (const auto* form : reader_.abbreviations().long_forms(law)) {
        add(query, VariantReason::kNumber, in_order(*form), form->printed, kSplitWeight,
            form->words.size() > 1);
      }
    }
    for (std::size_t k = before; k < query.variants.size(); ++k) query.variants[k].fallback = true;
  }

  /// "Drucksache 19/1234": the label belongs to the number, papers print many.
  void merge_labels() {
    for (std::size_t k = 1; k < query_.size(); ++k) {
      const bool number =
          !query_[k].variants.empty() &&
          query_[k].variants.front().reason == VariantReason::kNumber &&
          query_[k].variants.front().terms.front().term.find('/') != std::string::npos;
      if (!number) continue;
      const std::string before = text::fold_letters(query_[k - 1].typed);
      const bool label = before.ends_with("drs") || before.ends_with("drucksache") ||
                         before.ends_with("drucksachen") || before == "ds" || before == "drucks" ||
                         before == "nr" || before == "zu" || before == "ka" || before == "bt" ||
                         before == "br" || before == "lt";
      if (!label) continue;
      query_[k].byte_begin = query_[k - 1].byte_begin;
      query_[k].typed =
          text_.substr(query_[k].byte_begin, query_[k].byte_end - query_[k].byte_begin);
      query_.erase(query_.begin() + static_cast<std::ptrdiff_t>(k) - 1);
      first_atom_.erase(first_atom_.begin() + static_cast<std::ptrdiff_t>(k) - 1);
      k = k > 1 ? k - 2 : 0;
    }
  }

  /// "Frau Dr. Schmidt", "Frau Schmidt": Frau is an address, as Herr is, before a title or a name.
  void drop_address() {
    for (std::size_t k = 0; k + 1 < query_.size(); ++k) {
      if (text::fold_letters(query_[k].typed) != "frau") continue;
      const std::string next = text::fold_letters(query_[k + 1].typed);
      const auto& lexicon = reader_.words().lexicon;
      const auto name = lexicon.find(next);
      if (next == "dr" || next == "prof" || next == "abg" ||
          (name != lexicon.end() && name->second.name)) {
        query_[k].stop_word = true;
      }
    }
  }

  static const Variant::Term* stem_of(const QueryWord& query) {
    for (const auto& variant : query.variants) {
      if (variant.reason == VariantReason::kInflection) return &variant.terms.front();
    }
    return nullptr;
  }

  /// "Bürgerinnen und Bürger" means one group of people: each word is met by the other.
  void pair_genders() {
    for (std::size_t k = 0; k + 2 < query_.size(); ++k) {
      const std::string joint = text::fold_letters(query_[k + 1].typed);
      if (joint != "und" && joint != "oder" && joint != "sowie" && joint != "bzw") continue;
      QueryWord* feminine = &query_[k];
      QueryWord* masculine = &query_[k + 2];
      const auto* a = stem_of(*feminine);
      const auto* b = stem_of(*masculine);
      if (a == nullptr || b == nullptr) continue;
      if (!a->term.ends_with("in")) {
        std::swap(feminine, masculine);
        std::swap(a, b);
      }
      if (!a->term.ends_with("in")) continue;
      const std::string base = a->term.substr(0, a->term.size() - 2);
      bool same = false;
      for (const auto& form : text::masculine_forms(base, reader_.splitter())) {
        same = same || reader_.stemmer().stem(form) == b->term;
      }
      if (!same) continue;
      const auto feminine_term = *a, masculine_term = *b;
      const std::string feminine_typed = feminine->typed, masculine_typed = masculine->typed;
      add(*feminine, VariantReason::kGender, {masculine_term}, masculine_typed, kGenderWeight);
      add(*masculine, VariantReason::kGender, {feminine_term}, feminine_typed, kGenderWeight);
    }
  }

  /// "Corona Pandemie" also means Coronapandemie, if the lexicon knows that word.
  void join_neighbours() {
    for (std::size_t k = 0; k + 1 < query_.size(); ++k) {
      QueryWord& one = query_[k];
      QueryWord& two = query_[k + 1];
      if (one.stop_word || two.stop_word || stem_of(one) == nullptr || stem_of(two) == nullptr)
        continue;
      const auto between = text_.substr(one.byte_end, two.byte_begin - one.byte_end);
      if (between.find_first_not_of(" \t\n") != std::string_view::npos) continue;
      const std::string first = text::fold_letters(one.typed),
                        second = text::fold_letters(two.typed);
      for (const std::string_view linking : {"", "s", "n", "en", "es"}) {
        const std::string joined = first + std::string(linking) + second;
        if (joined.size() < 8 || !reader_.splitter().known_noun(joined)) continue;
        const std::string stem = reader_.stemmer().stem(joined);
        const std::string shown = one.typed + std::string(linking) + text::fold_letters(two.typed);
        add(one, VariantReason::kHyphen, {{TokenKind::kStem, stem}}, shown, kHyphenWeight);
        add(two, VariantReason::kHyphen, {{TokenKind::kStem, stem}}, shown, kHyphenWeight);
        break;
      }
    }
  }

  /// "Bundesamt für Migration und Flüchtlinge" is met by BAMF: each of its words is.
  void match_long_forms() {
    const text::Scan& scan = words_.scan();
    for (std::size_t k = 0; k < query_.size(); ++k) {
      const auto match = reader_.abbreviations().match_long_form(scan, first_atom_[k]);
      if (match.form == nullptr) continue;
      const std::uint32_t end = scan.atoms[match.next - 1].end;
      for (std::size_t j = k; j < query_.size() && query_[j].byte_begin < end; ++j) {
        if (query_[j].stop_word && !match.only_stop_words) continue;
        for (const auto& key : match.form->keys) add_short_form(key, query_[j]);
      }
    }
  }

  std::string_view text_;
  const Expansion& expansion_;
  text::WordReader& reader_;
  text::PrintedWords words_;
  std::vector<QueryWord> query_;
  std::vector<std::size_t> first_atom_;  // of each query word
};

}  // namespace

std::vector<QueryWord> Analyzer::analyze_query(std::string_view text,
                                               const Expansion& expansion) const {
  return QueryReader(text, expansion, state_->reader).read();
}

}  // namespace fundstelle
