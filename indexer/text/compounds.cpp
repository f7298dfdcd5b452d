// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/compounds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_set>
#include <utility>

namespace fundstelle::text {

namespace {

constexpr std::size_t kLeastWord = 6;  // bytes; shorter words are not cut
constexpr std::size_t kLongestWord = 120;
constexpr std::size_t kLeastPart = 3;         // three letters only from kShortParts
constexpr std::size_t kCachedWords = 20'000;  // of a generation
constexpr double kNone = -std::numeric_limits<double>::infinity();

/// A cut's score is the sum of its parts' scores, each linear in what is known of the part; the
/// word is cut if the best cut beats the word left whole by kMargin. Weights: maximum likelihood of
/// the right cut among all cuts, on the odd lines of the jwordsplitter test words (2,216 words)
/// with a lexicon of wngerman and 1,324 Bundestag papers; figures in tests/text/README.md.
constexpr double kMargin = 0.5;
constexpr double kDoubtfulS = 3;  // set by hand

struct ModifierWeights {
  double bias = -1.86;
  double productivity = 0.96;  // times log10(compounds beginning so + 1)
  double as_printed = 1.04, with_s = 0.44, with_en = -0.46, with_er = -0.92, without_e = -0.84,
         verb_stem = -1.21;
  double unlisted = -1.94, no_noun = -0.32;
  double letters3 = -0.30, letters4 = -0.64, letters5 = -0.69, letters9 = 0.26;
};
constexpr ModifierWeights kModifier;

struct HeadWeights {
  double bias = 1.99;
  double productivity = 0.71;
  double unlisted = -0.59, no_noun = -0.23;
  double letters3 = 0.16, letters4 = -0.80, letters5 = -0.21, letters9 = 0.41;
};
constexpr HeadWeights kHead;

struct WholeWeights {
  double productivity = 0.78, known = 0.81, no_noun = 2.24;
  double known_to_corpus = 0.4;  // mostly compounds; set by hand, the test words say nothing
  double missing_letter = 0.21;  // for each letter below nine
};
constexpr WholeWeights kWhole;

using WordSet = std::unordered_set<std::string_view>;

/// Second parts of adjectives that make a noun the subject: verkehrspolitisch, bundesweit.
constexpr std::string_view kAdjectiveHeads[] = {"politisch",
                                                "rechtlich",
                                                "technisch",
                                                "wirtschaftlich",
                                                "gesellschaftlich",
                                                "wissenschaftlich",
                                                "freundlich",
                                                "feindlich",
                                                "schaedlich",
                                                "bezogen",
                                                "abhaengig",
                                                "unabhaengig",
                                                "spezifisch",
                                                "gerecht",
                                                "faehig",
                                                "pflichtig",
                                                "berechtigt",
                                                "gefaehrdet",
                                                "gefaehrdend",
                                                "betroffen",
                                                "bedingt",
                                                "basiert",
                                                "gestuetzt",
                                                "gebunden",
                                                "gefoerdert",
                                                "finanziert",
                                                "relevant",
                                                "neutral",
                                                "intensiv",
                                                "effizient",
                                                "frei",
                                                "weit",
                                                "uebergreifend",
                                                "eigen",
                                                "widrig",
                                                "orientiert",
                                                "beduerftig"};

/// Words of three letters that form compounds; others of that length are noise.
const WordSet kShortParts = {"bau", "tag", "rat", "amt",  "weg", "see", "gas", "oel", "hof",
                             "neu", "alt", "rad", "uhr",  "not", "tal", "eis", "bus", "tor",
                             "ost", "ort", "bad", "arm",  "erz", "ton", "uni", "eu",  "ehe",
                             "lob", "mut", "hut", "zug",  "zoo", "akt", "abi", "bio", "lkw",
                             "pkw", "tat", "end", "kuh",  "ski", "web", "lok", "fan", "pop",
                             "heu", "reh", "ohr", "arzt", "tod", "tee", "rot", "typ", "nah"};

/// Bound first parts that are no words.
const WordSet kBoundModifiers = {"anti",  "vize",   "mini",   "mikro", "makro",  "multi",
                                 "ultra", "euro",   "oeko",   "neo",   "pseudo", "bio",
                                 "haupt", "sonder", "gesamt", "petro", "agrar",  "elektro"};

/// Suffixes and fragments that look like parts: definit-ions, wirt-schafts, verb-raucher.
const WordSet kNoParts = {
    "schaft",   "schaften", "schafts",    "keit",       "keiten",    "keits",    "heit",
    "heiten",   "heits",    "ung",        "ungen",      "ungs",      "ion",      "ionen",
    "ions",     "tion",     "tionen",     "tions",      "lich",      "liche",    "lichen",
    "isch",     "ische",    "ischen",     "ling",       "linge",     "lingen",   "lings",
    "ismus",    "ieren",    "nis",        "nisse",      "nissen",    "bar",      "sam",
    "los",      "lose",     "chen",       "lein",       "erin",      "innen",    "ern",
    "ten",      "ens",      "ers",        "tum",        "tums",      "arischen", "arische",
    "schen",    "sche",     "wendigkeit", "willigkeit", "lung",      "lungen",   "lungs",
    "rung",     "rungen",   "gung",       "gungen",     "nung",      "nungen",   "dung",
    "dungen",   "wuchs",    "mann",       "manns",      "mannes",    "rinnen",   "endung",
    "endungen", "kommen",   "innigkeit",  "ziehung",    "ziehungen", "legung",   "schritten",
    "saue",     "rauer",    "meyer",      "meier",      "maier",     "mayer",    "berger",
    "bacher",   "hofer",    "hausen",     "huber",      "steiner",   "weiler"};

/// Prefixes of verbs and prepositions: their words are one word to a reader (Ausländer,
/// Vorschrift).
const WordSet kNoModifiers = {
    "ver",     "vor",     "aus",    "ein",     "auf",         "an",      "ab",     "zu",
    "ent",     "zer",     "be",     "ge",      "er",          "miss",    "unter",  "ueber",
    "mit",     "durch",   "fest",   "hervor",  "zusammen",    "voraus",  "heraus", "herab",
    "herum",   "hinaus",  "hinein", "hinzu",   "hinter",      "fort",    "fuer",   "um",
    "weg",     "los",     "nieder", "wieder",  "weiter",      "zurueck", "bei",    "dar",
    "her",     "hin",     "empor",  "entlang", "auseinander", "teils",   "wahr",   "inne",
    "kund",    "deutsch", "russ",   "sich",    "verb",        "nach",    "sicher", "bereit",
    "gewaehr", "instand", "voll",   "klar",    "tat",         "weil",    "statt",  "eins",
    "poli",    "werde"};

constexpr std::size_t kFilterBitsPerWord = 12;
constexpr std::size_t kWholeStart = 5;  // bytes; no shorter word is kept whole

/// FNV-1a, letter by letter: spans that begin alike share the work.
constexpr std::uint64_t kFirstState = 14695981039346656037ull;
std::uint64_t with_letter(std::uint64_t state, char c) {
  return (state ^ static_cast<unsigned char>(c)) * 1099511628211ull;
}
std::uint64_t state_of(std::string_view word) {
  std::uint64_t state = kFirstState;
  for (const char c : word) state = with_letter(state, c);
  return state;
}
/// Of all beginnings of a span: none of its letters, one, and so on.
void running_states(std::string_view span, std::vector<std::uint64_t>& states) {
  states.resize(span.size() + 1);
  states[0] = kFirstState;
  for (std::size_t i = 0; i < span.size(); ++i) states[i + 1] = with_letter(states[i], span[i]);
}
std::uint64_t hash_of_state(std::uint64_t state) { return state ^ (state >> 29); }
std::uint64_t hash_of(std::string_view word) { return hash_of_state(state_of(word)); }

/// Place of a word in the filter, and its bits there.
std::size_t filter_place(std::uint64_t hash) { return static_cast<std::size_t>(hash >> 20); }
std::uint64_t filter_bits(std::uint64_t hash) {
  return 1ull << (hash & 63) | 1ull << (hash >> 6 & 63) | 1ull << (hash >> 12 & 63);
}

std::size_t whole_start(std::string_view word) {
  return hash_of(word.substr(0, kWholeStart)) & 0xFFF;
}

double log_count(std::uint32_t count) { return std::log10(static_cast<double>(count) + 1); }

/// A word no list has is doubtful (a slip, a name), less so if the corpus uses it often: corona.
double unlisted(const LexiconEntry& entry, double weight) {
  constexpr std::uint32_t kOften = 10;
  if (entry.listed) return 0;
  return entry.frequency < kOften || entry.name ? weight : 0.3 * weight;
}

}  // namespace

CompoundSplitter::CompoundSplitter(const WordData& words) : words_(words) {
  std::size_t bits = 1u << 16;
  while (bits < words.lexicon.size() * kFilterBitsPerWord) bits *= 2;
  filter_.assign(bits / 64, 0);
  for (const auto& [word, entry] : words.lexicon) {
    const std::uint64_t hash = hash_of(word);
    filter_[filter_place(hash) & (filter_.size() - 1)] |= filter_bits(hash);
  }
  whole_starts_.assign(1u << 12, false);
  for (const auto& word : words.whole_words) {
    if (word.size() >= kWholeStart) whole_starts_[whole_start(word)] = true;
  }
}

const LexiconEntry* CompoundSplitter::find(std::string_view word) const {
  return find(word, {}, state_of(word));
}

const LexiconEntry* CompoundSplitter::find(std::string_view word, std::string_view ending,
                                           std::uint64_t state) const {
  const std::uint64_t hash = hash_of_state(state);
  const std::uint64_t bits = filter_bits(hash);
  if ((filter_[filter_place(hash) & (filter_.size() - 1)] & bits) != bits) return nullptr;
  key_.assign(word).append(ending);
  const auto found = words_.lexicon.find(key_);
  return found == words_.lexicon.end() ? nullptr : &found->second;
}

std::uint32_t CompoundSplitter::compounds_beginning(std::string_view span) const {
  key_.assign(span);
  const auto counted = words_.modifiers.find(key_);
  return counted == words_.modifiers.end() ? 0 : counted->second;
}

bool CompoundSplitter::known(std::string_view folded) const { return find(folded) != nullptr; }

bool CompoundSplitter::known_noun(std::string_view folded) const {
  const auto* entry = find(folded);
  return entry != nullptr && entry->noun;
}

bool CompoundSplitter::is_first_part(std::string_view folded) const {
  Reading reading;
  return read_modifier(folded, reading);
}

bool CompoundSplitter::is_verb_prefix(std::string_view folded) {
  return kNoModifiers.contains(folded);
}

bool CompoundSplitter::is_whole(std::string_view word) const {
  if (word.size() < kWholeStart || !whole_starts_[whole_start(word)]) return false;
  const auto contains = [&](std::string_view candidate) {
    key_.assign(candidate);
    return words_.whole_words.contains(key_);
  };
  if (contains(word)) return true;
  for (const std::string_view ending : {"s", "es", "e", "en", "n", "er", "ern", "in", "innen"}) {
    if (word.size() > ending.size() + 3 && word.ends_with(ending) &&
        contains(word.substr(0, word.size() - ending.size()))) {
      return true;
    }
  }
  return false;
}

/// Length of the longest word that is never split and begins here; 0 if there is none.
std::size_t CompoundSplitter::whole_at(std::string_view word, std::size_t begin) const {
  if (begin + kWholeStart > word.size() || !whole_starts_[whole_start(word.substr(begin))])
    return 0;
  for (std::size_t end = word.size(); end >= begin + kWholeStart; --end) {
    key_.assign(word.substr(begin, end - begin));
    if (words_.whole_words.contains(key_)) return end - begin;
  }
  return 0;
}

/// "lehrst", "meistert": no first parts, though words.
bool CompoundSplitter::is_verb_form(std::string_view word) const {
  for (const std::string_view ending : {"st", "t", "te", "test", "ten"}) {
    if (word.size() < ending.size() + 3 || !word.ends_with(ending)) continue;
    // lehrst, meistert
    for (const std::string_view infinitive_ending : {"en", "n"}) {
      std::string infinitive(word.substr(0, word.size() - ending.size()));
      infinitive += infinitive_ending;
      const auto* entry = find(infinitive);
      if (entry != nullptr && entry->listed && (!entry->noun || ending == "st")) return true;
    }
  }
  // erkranken, verhandeln
  if (word.ends_with('n') && !word.ends_with("ten") && word.size() > 6) {
    for (const std::string_view prefix : {"er", "ver", "be", "ent", "zer"}) {
      if (word.starts_with(prefix)) return true;
    }
  }
  return false;
}

/// "freudige", "machenden", "gesteuerte": what they end is an adjective. Asked of words that are no
/// nouns.
bool CompoundSplitter::is_inflected_adjective(std::string_view word) const {
  std::string_view base = word;
  for (const std::string_view ending : {"en", "er", "es", "em", "e"}) {
    if (base.ends_with(ending)) {
      base.remove_suffix(ending.size());
      break;
    }
  }
  if (base.size() == word.size() || base.size() < 4) return false;
  const auto* entry = find(base);
  if (entry == nullptr || entry->noun || !entry->listed) return false;
  for (const std::string_view ending : {"end", "ig", "isch", "bar", "sam"}) {
    if (base.ends_with(ending)) return true;
  }
  for (const std::string_view prefix : {"ge", "ver", "be", "er", "ent", "zer"}) {
    if (base.starts_with(prefix) && base.ends_with('t')) return true;
  }
  return false;
}

bool CompoundSplitter::read_modifier(std::string_view span, Reading& best) const {
  running_states(span, states_);
  return read_modifier(span, states_.data(), best);
}

bool CompoundSplitter::read_modifier(std::string_view span, const std::uint64_t* states,
                                     Reading& best) const {
  best.score = kNone;
  if (span.size() < kLeastPart) return false;
  if (span.size() == kLeastPart && !kShortParts.contains(span)) return false;

  const auto offer = [&](double kind, std::string_view base, const LexiconEntry* entry, bool noun) {
    double score = kind;
    if (!noun) score += kModifier.no_noun;
    if (entry != nullptr) score += unlisted(*entry, kModifier.unlisted);
    if (base.size() <= 3) {
      score += kModifier.letters3;
    } else if (base.size() == 4) {
      score += kModifier.letters4;
    } else if (base.size() == 5) {
      score += kModifier.letters5;
    } else if (base.size() >= 9) {
      score += kModifier.letters9;
    }
    if (score > best.score && !kNoParts.contains(base)) best = {score, std::string(base)};
  };
  // What all readings of the span share; asked last, because few spans get so far.
  const auto settle = [&] {
    if (best.score == kNone) return false;
    if (kNoModifiers.contains(span) || kNoParts.contains(span)) {
      best.score = kNone;
      return false;
    }
    best.score += kModifier.bias + kModifier.productivity * log_count(compounds_beginning(span));
    return true;
  };

  const std::size_t n = span.size();
  std::string longer;
  const LexiconEntry* as_printed = find(span, {}, states[n]);
  if (as_printed != nullptr && !as_printed->noun && is_verb_form(span)) as_printed = nullptr;
  if (as_printed != nullptr) {
    offer(kModifier.as_printed, span, as_printed, as_printed->noun);
  } else if (span.size() <= 7 && kBoundModifiers.contains(span)) {
    offer(kModifier.as_printed, span, nullptr, false);
  }
  if (span.back() == 's') {
    const auto base = span.substr(0, span.size() - 1);
    if (const auto* entry = find(base, {}, states[n - 1]); entry != nullptr && entry->noun) {
      offer(kModifier.with_s, base, entry, true);
    }
    // Hilfs-, Geschichts-
    const auto* entry = find(base, "e", with_letter(states[n - 1], 'e'));
    if (entry != nullptr && entry->noun && base.size() > 3) {
      longer.assign(base).append("e");
      offer(kModifier.without_e, longer, entry, true);
    }
  }
  if (as_printed != nullptr && as_printed->listed) return settle();

  const std::array<std::pair<std::string_view, double>, 4> linking = {
      {{"en", kModifier.with_en}, {"es", 0.0}, {"er", kModifier.with_er}, {"n", 0.0}}};
  for (const auto& [element, weight] : linking) {
    if (!span.ends_with(element) || span.size() < element.size() + 3) continue;
    const auto base = span.substr(0, n - element.size());
    if (const auto* entry = find(base, {}, states[n - element.size()]);
        entry != nullptr && entry->noun) {
      offer(weight, base, entry, true);
    }
  }
  const std::uint64_t with_e = with_letter(states[n], 'e');
  if (const auto* entry = find(span, "e", with_e); entry != nullptr && entry->noun) {
    longer.assign(span).append("e");
    offer(kModifier.without_e, longer, entry, true);  // Schul-, Sprach-
  }
  std::string_view ending = "en";
  const auto* verb = find(span, ending, with_letter(with_e, 'n'));
  if (verb == nullptr) {
    ending = "n";  // Wander-, Sammel-
    verb = find(span, ending, with_letter(states[n], 'n'));
  }
  if (verb != nullptr && !verb->noun && verb->listed) {
    longer.assign(span).append(ending);
    offer(kModifier.verb_stem, longer, verb, false);  // Fahr-, Misch-
  }
  return settle();
}

bool CompoundSplitter::read_head(std::string_view span, double& score) const {
  if (span.size() < kLeastPart) return false;
  if (span.size() == kLeastPart && !kShortParts.contains(span)) return false;
  const LexiconEntry* entry = find(span);
  if (entry == nullptr) {
    // Feminine forms the lists lack: Akteurinnen
    for (const std::string_view ending : {"innen", "in"}) {
      if (!span.ends_with(ending) || span.size() < ending.size() + 4) continue;
      entry = find(span.substr(0, span.size() - ending.size()));
      if (entry != nullptr && entry->noun) break;
      entry = nullptr;
    }
    if (entry == nullptr) return false;
  }
  if (kNoParts.contains(span) || span == "end" || span == "ende" || span == "enden") return false;
  if (!entry->noun && is_inflected_adjective(span)) return false;
  score = kHead.bias + kHead.productivity * log_count(entry->heads);
  if (!entry->noun) score += kHead.no_noun;
  score += unlisted(*entry, kHead.unlisted);
  if (span.size() <= 3) {
    score += kHead.letters3;
  } else if (span.size() == 4) {
    score += kHead.letters4;
  } else if (span.size() == 5) {
    score += kHead.letters5;
  } else if (span.size() >= 9) {
    score += kHead.letters9;
  }
  return true;
}

/// Geschäft|straßen, not Geschäfts|trassen: the s belongs to the head if more compounds end so.
double CompoundSplitter::doubt_linking_s(std::string_view word, std::size_t head) const {
  if (word[head - 1] != 's') return 0;
  const auto* longer = find(word.substr(head - 1));
  const auto* shorter = find(word.substr(head));
  if (longer == nullptr || !longer->noun || shorter == nullptr) return 0;
  return longer->heads > shorter->heads ? kDoubtfulS : 0;
}

double CompoundSplitter::score_whole(std::string_view word) const {
  double score = 0;
  std::uint32_t compounds = 0;
  if (const auto* entry = find(word); entry != nullptr) {
    score += entry->listed ? kWhole.known : kWhole.known_to_corpus;
    if (!entry->noun) score += kWhole.no_noun;
    compounds += entry->heads;
  }
  for (const char* linking : {"", "s"}) {
    key_.assign(word).append(linking);
    if (const auto found = words_.modifiers.find(key_); found != words_.modifiers.end()) {
      compounds += found->second;
    }
  }
  score += kWhole.productivity * log_count(compounds);
  if (word.size() < 9) score += kWhole.missing_letter * static_cast<double>(9 - word.size());
  return score;
}

std::vector<CompoundPart> CompoundSplitter::adjective_parts(std::string_view word) const {
  std::string_view stem = word;
  for (const std::string_view ending : {"en", "er", "es", "em", "e"}) {
    if (stem.ends_with(ending)) {
      stem.remove_suffix(ending.size());
      break;
    }
  }
  for (const std::string_view whole : {word, stem}) {  // landeseigen ends as if inflected
    for (const auto head : kAdjectiveHeads) {
      if (!whole.ends_with(head) || whole.size() < head.size() + 4) continue;
      const std::size_t begin = whole.size() - head.size();
      Reading modifier;
      if (!read_modifier(word.substr(0, begin), modifier)) continue;
      const auto* noun = find(modifier.base);
      if (noun == nullptr || !noun->noun || noun->name) continue;
      return {{0, static_cast<std::uint32_t>(begin), modifier.base},
              {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(word.size()),
               std::string(word.substr(begin))}};
    }
  }
  return {};
}

std::vector<CompoundPart> CompoundSplitter::decide(std::string_view word) const {
  const std::size_t n = word.size();
  if (words_.switched_off.compounds) return {};
  if (n < kLeastWord || n > kLongestWord || words_.lexicon.empty() || is_whole(word)) return {};
  if (const auto* entry = find(word); entry != nullptr && entry->name) return {};

  if (auto parts = adjective_parts(word); !parts.empty()) return parts;

  struct Step {
    double score = kNone;
    std::size_t from = 0;
    std::string base;
  };
  std::vector<Step> steps(n + 1);
  steps[0].score = 0;
  double best = kNone;
  std::size_t best_head = 0;
  Reading reading;
  std::vector<std::uint64_t> states;
  for (std::size_t i = 0; i + kLeastPart <= n; ++i) {
    if (steps[i].score == kNone) continue;
    const std::size_t whole = whole_at(word, i);
    running_states(word.substr(i), states);
    if (i > 0) {
      double head = 0;
      if (read_head(word.substr(i), head)) {
        head += steps[i].score - doubt_linking_s(word, i);
        if (head > best) {
          best = head;
          best_head = i;
        }
      }
    }
    for (std::size_t j = i + std::max(kLeastPart, whole); j + kLeastPart <= n; ++j) {
      if (!read_modifier(word.substr(i, j - i), states.data(), reading)) continue;
      const double score = steps[i].score + reading.score;
      if (score > steps[j].score) steps[j] = {score, i, reading.base};
    }
  }
  if (best_head == 0 || best - kMargin <= score_whole(word)) return {};

  std::vector<CompoundPart> parts;
  parts.push_back({static_cast<std::uint32_t>(best_head), static_cast<std::uint32_t>(n),
                   std::string(word.substr(best_head))});
  for (std::size_t at = best_head; at > 0; at = steps[at].from) {
    parts.push_back({static_cast<std::uint32_t>(steps[at].from), static_cast<std::uint32_t>(at),
                     steps[at].base});
  }
  std::reverse(parts.begin(), parts.end());
  return parts;
}

const std::vector<CompoundPart>& CompoundSplitter::split(std::string_view folded) {
  std::string key(folded);
  const auto found = cache_.find(key);
  if (found != cache_.end()) return found->second;
  if (cache_.size() >= kCachedWords) cache_before_ = std::exchange(cache_, {});
  if (auto met_before = cache_before_.extract(key); !met_before.empty()) {
    return cache_.insert(std::move(met_before)).position->second;
  }
  std::vector<CompoundPart> parts = decide(folded);
  // A part that would be cut on its own is cut here as well, so that the compound and the part
  // agree on what they are made of.
  std::vector<CompoundPart> finer;
  for (auto& part : parts) {
    if (part.base.size() >= folded.size()) {
      finer.push_back(std::move(part));
      continue;
    }
    auto known_part = parts_.find(part.base);
    if (known_part == parts_.end()) {
      if (parts_.size() >= kCachedWords) parts_.clear();
      known_part = parts_.emplace(part.base, decide(part.base)).first;
    }
    const std::vector<CompoundPart>& inner = known_part->second;
    if (inner.empty() ||
        !folded.substr(part.begin)
             .starts_with(std::string_view(part.base).substr(0, inner.back().begin))) {
      finer.push_back(std::move(part));
      continue;
    }
    for (const auto& piece : inner) {
      const bool last = &piece == &inner.back();
      finer.push_back(
          {part.begin + piece.begin, last ? part.end : part.begin + piece.end, piece.base});
    }
  }
  return cache_.emplace(std::move(key), std::move(finer)).first->second;
}

std::vector<std::string> CompoundSplitter::inner_words(
    std::string_view folded, const std::vector<CompoundPart>& parts) const {
  std::vector<std::string> inner;
  for (std::size_t first = 0; first < parts.size(); ++first) {
    for (std::size_t last = first + 1; last < parts.size(); ++last) {
      if (first == 0 && last + 1 == parts.size()) continue;
      auto span = folded.substr(parts[first].begin, parts[last].end - parts[first].begin);
      const LexiconEntry* entry = find(span);
      if (entry == nullptr && span.back() == 's') {
        span.remove_suffix(1);
        entry = find(span);
      }
      if (entry != nullptr) inner.emplace_back(span);
    }
  }
  return inner;
}

std::uint32_t CompoundSplitter::head_begin(std::string_view folded) {
  const auto& parts = split(folded);
  if (!parts.empty()) return parts.back().begin;
  double best = kNone;
  std::uint32_t begin = 0;
  for (std::size_t i = 2; i + kLeastPart <= folded.size(); ++i) {
    double head = 0;
    if (!read_head(folded.substr(i), head)) continue;
    Reading reading;
    const auto before = folded.substr(0, i);
    if (read_modifier(before, reading)) {
      head += reading.score;
    } else if (kNoModifiers.contains(before)) {
      head += 1;
    } else {
      continue;
    }
    if (head > best) {
      best = head;
      begin = static_cast<std::uint32_t>(i);
    }
  }
  return begin;
}

void learn_productivity(WordData& words) {
  // A first part counts if it is a word with or without a linking element; what the splitter itself
  // would accept is asked for through the same reading.
  for (auto& [word, entry] : words.lexicon) entry.heads = 0;
  words.modifiers.clear();
  std::unordered_map<std::string, std::uint32_t> modifiers;
  std::unordered_map<std::string, bool> is_modifier;
  std::string head, first;
  const auto readable = [&](const std::string& span) {
    const auto found = is_modifier.find(span);
    if (found != is_modifier.end()) return found->second;
    const auto noun = [&](const std::string& base) {
      if (kNoParts.contains(base)) return false;
      const auto entry = words.lexicon.find(base);
      return entry != words.lexicon.end() && entry->second.noun;
    };
    bool readable_so = !kNoModifiers.contains(span) && !kNoParts.contains(span);
    if (readable_so) {
      const auto entry = words.lexicon.find(span);
      readable_so =
          entry != words.lexicon.end() || kBoundModifiers.contains(span) || noun(span + "e");
      if (!readable_so) {
        const auto verb = words.lexicon.find(span + "en");
        readable_so = verb != words.lexicon.end() && verb->second.listed && !verb->second.noun;
      }
      if (!readable_so && span.size() > 4 && span.back() == 's') {
        readable_so = noun(span.substr(0, span.size() - 1) + "e");
      }
      for (const std::string_view element : {"s", "es", "en", "n", "er"}) {
        if (readable_so) break;
        if (span.size() > element.size() + 2 && span.ends_with(element)) {
          readable_so = noun(span.substr(0, span.size() - element.size()));
        }
      }
    }
    is_modifier.emplace(span, readable_so);
    return readable_so;
  };
  for (const auto& [word, whole] : words.lexicon) {
    if (word.size() < kLeastWord || !whole.noun || whole.name) continue;
    for (std::size_t cut = kLeastPart; cut + kLeastPart <= word.size(); ++cut) {
      head.assign(word, cut);
      if (head.size() == kLeastPart && !kShortParts.contains(head)) continue;
      const auto found = words.lexicon.find(head);
      if (found == words.lexicon.end() || !found->second.noun || kNoParts.contains(head)) continue;
      first.assign(word, 0, cut);
      if (first.size() == kLeastPart && !kShortParts.contains(first)) continue;
      if (!readable(first)) continue;
      ++found->second.heads;
      ++modifiers[first];
    }
  }
  for (const auto& [part, count] : modifiers) {
    if (count > 1) words.modifiers.emplace(part, count);
  }
}

}  // namespace fundstelle::text
