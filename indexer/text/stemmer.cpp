// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/stemmer.h"

#include <libstemmer.h>

#include <new>

namespace fundstelle::text {

namespace {

constexpr std::string_view kVerbPrefixes[] = {
    "ab",      "an",       "auf",   "aus",    "be",     "bei",    "durch",  "ein",
    "ent",     "er",       "fest",  "fort",   "heraus", "hervor", "hinein", "hin",
    "hinzu",   "mit",      "nach",  "nieder", "ueber",  "um",     "unter",  "ver",
    "vor",     "vorher",   "weg",   "weiter", "wider",  "wieder", "zer",    "zu",
    "zurueck", "zusammen", "statt", "teil",   "her",    "los",    "bereit", "frei"};

/// Words in -innen that are no women: gewinnen, binnen.
bool is_verb_in_innen(std::string_view word) {
  for (const std::string_view ending :
       {"beginnen", "gewinnen", "spinnen", "gerinnen", "verrinnen", "entrinnen", "zerrinnen",
        "besinnen", "entsinnen", "ersinnen", "binnen", "drinnen", "erinnen"}) {
    if (word == ending) return true;
  }
  return false;
}

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/// Length of a noun in -erung, -elung, -erheit, -enheit without its ending; 0 for other words.
/// Snowball cuts them to an adjective (Sicherung to sicher) or to nothing (Sicherheit to sich).
std::size_t abstract_noun(std::string_view word) {
  std::size_t size = word.size();
  for (const std::string_view ending : {"en", "s"}) {
    if (word.ends_with(ending)) {
      size -= ending.size();
      break;
    }
  }
  word = word.substr(0, size);
  for (const std::string_view kind : {"erung", "elung", "erheit", "enheit"}) {
    if (word.size() > kind.size() + 1 && word.ends_with(kind)) return size;
  }
  return 0;
}

/// Spellings before and after the reforms of 1901 to 2006, and foreign ones, to one of them. Only
/// what both sides of a comparison pass through: the result need not be a word.
struct Respelling {
  std::string_view from, to;
};
constexpr Respelling kRespellings[] = {{"photo", "foto"},
                                       {"graphi", "grafi"},
                                       {"phonie", "fonie"},
                                       {"telephon", "telefon"},
                                       {"mikrophon", "mikrofon"},
                                       {"megaphon", "megafon"},
                                       {"saxophon", "saxofon"},
                                       {"ograph", "ograf"},
                                       {"greuel", "graeuel"},
                                       {"schwenglich", "schwaenglich"},
                                       {"behend", "behaend"},
                                       {"zierat", "zierrat"},
                                       {"ghetto", "getto"},
                                       {"delphin", "delfin"},
                                       {"phantas", "fantas"},
                                       {"phantom", "fantom"},
                                       {"potential", "potenzial"},
                                       {"differential", "differenzial"},
                                       {"tiell", "ziell"},
                                       {"justitiar", "justiziar"},
                                       {"selbstaend", "selbststaend"},
                                       {"aufwend", "aufwaend"},
                                       {"numeri", "nummeri"},
                                       {"plazi", "platzi"},
                                       {"stengel", "staengel"},
                                       {"placi", "platzi"},
                                       {"club", "klub"},
                                       {"circa", "zirka"},
                                       {"codier", "kodier"},
                                       {"photon", "foton"},
                                       {"rauh", "rau"},
                                       {"exposee", "expose"},
                                       {"thunfisch", "tunfisch"},
                                       {"tolpatsch", "tollpatsch"},
                                       {"gemse", "gaemse"},
                                       {"quentchen", "quaentchen"},
                                       {"joghurt", "jogurt"},
                                       {"panther", "panter"},
                                       {"orthographie", "orthografie"},
                                       {"karamel", "karamell"},
                                       {"roheit", "rohheit"},
                                       {"zaeheit", "zaehheit"}};

std::string one_spelling(std::string word) {
  for (const auto& [from, to] : kRespellings) {
    const std::size_t at = word.find(from);
    if (at == std::string::npos || word.compare(at, to.size(), to) == 0) continue;
    word.replace(at, from.size(), to);
  }
  // Schifffahrt, Stilllegung: three equal consonants were two until 1996.
  for (std::size_t i = 2; i < word.size();) {
    if (word[i] == word[i - 1] && word[i] == word[i - 2] && word[i] >= 'a' && word[i] <= 'z' &&
        !is_vowel(word[i])) {
      word.erase(i, 1);
    } else {
      ++i;
    }
  }
  return word;
}

/// "staedte", "staedten": "stadt" by form alone. Empty if the word does not end in an umlaut,
/// consonants and -e or -en.
std::string singular_by_form(std::string_view word) {
  if (word.ends_with("en")) {
    word.remove_suffix(2);
  } else if (word.ends_with("e")) {
    word.remove_suffix(1);
  } else {
    return {};
  }
  std::size_t consonants = word.size();
  while (consonants > 0 && !is_vowel(word[consonants - 1])) --consonants;
  if (consonants == word.size() || consonants < 2 || word[consonants - 1] != 'e') return {};
  std::string singular(word);
  const char umlaut = word[consonants - 2];
  if (umlaut == 'u' && consonants >= 3 && word[consonants - 3] == 'e') return {};  // treue
  if (umlaut == 'a' || umlaut == 'o' || umlaut == 'u') {
    singular.erase(consonants - 1, 1);  // raeume has "aeu": below
    return singular;
  }
  return {};
}

/// "raeume", "baeume": the umlaut is aeu.
std::string singular_of_aeu(std::string_view word) {
  if (word.ends_with("en")) {
    word.remove_suffix(2);
  } else if (word.ends_with("e")) {
    word.remove_suffix(1);
  } else {
    return {};
  }
  const std::size_t at = word.rfind("aeu");
  if (at == std::string_view::npos) return {};
  for (std::size_t i = at + 3; i < word.size(); ++i) {
    if (is_vowel(word[i])) return {};
  }
  std::string singular(word);
  singular.erase(at + 1, 1);
  return singular;
}

}  // namespace

Stemmer::Stemmer(const WordData& words, CompoundSplitter& splitter)
    : words_(words), splitter_(splitter), german_(sb_stemmer_new("german", "UTF_8")) {
  if (german_ == nullptr) throw std::bad_alloc();
}

Stemmer::~Stemmer() { sb_stemmer_delete(german_); }

/// The base form of a word that is not looked at as a compound; empty if it has none.
std::string Stemmer::base_of_simple_word(std::string_view word) const {
  const auto irregular = [&](std::string_view form) -> const std::string* {
    const auto found = words_.irregular.find(std::string(form));
    return found == words_.irregular.end() ? nullptr : &found->second;
  };
  if (const auto* base = irregular(word)) return *base;
  for (const auto prefix : kVerbPrefixes) {
    if (!word.starts_with(prefix) || word.size() < prefix.size() + 3) continue;
    const auto* base = irregular(word.substr(prefix.size()));
    if (base != nullptr && base->ends_with("en") && base->size() > 4) {
      return std::string(prefix) + *base;
    }
  }
  // Participles bent as adjectives: beschlossene, verbotenen.
  for (const std::string_view ending : {"e", "en", "er", "es", "em"}) {
    if (!word.ends_with(ending) || word.size() < ending.size() + 6) continue;
    const auto participle = word.substr(0, word.size() - ending.size());
    if (!participle.ends_with("en")) continue;
    const auto* base = irregular(participle);
    if (base != nullptr && base->ends_with("en")) return *base;
    for (const auto prefix : kVerbPrefixes) {
      if (!participle.starts_with(prefix)) continue;
      base = irregular(participle.substr(prefix.size()));
      if (base == nullptr) base = irregular("ge" + std::string(participle.substr(prefix.size())));
      if (base != nullptr && base->ends_with("en") && base->size() > 4) {
        return std::string(prefix) + *base;
      }
    }
  }
  for (const auto& singular : {singular_of_aeu(word), singular_by_form(word)}) {
    if (singular.size() < 3) continue;
    const auto found = words_.lexicon.find(singular);
    if (found == words_.lexicon.end() || !found->second.noun || !found->second.listed) continue;
    // The plural must be a noun as well: zählen is not Zahl, wählen not Wahl.
    const auto nominative = word.ends_with('n') ? word.substr(0, word.size() - 1) : word;
    if (splitter_.known_noun(nominative)) return singular;
    // Lists give Träume, Türme in lower case only, because of the verb: "ich träume" is rare here,
    // "wir träumen" is not.
    if (word.ends_with('e') && splitter_.known(std::string(word) + "n")) return singular;
  }
  // Arbeiter is not Arbeit, Verbraucher not Verbrauch: nouns for people keep their -er.
  for (const std::string_view ending : {"", "s", "n"}) {
    if (!word.ends_with(ending)) continue;
    const auto agent = word.substr(0, word.size() - ending.size());
    if (agent.size() < 6 || !agent.ends_with("er")) continue;
    const auto itself = words_.lexicon.find(std::string(word));
    if (ending == "n" && itself != words_.lexicon.end() && !itself->second.noun)
      continue;  // fördern
    if (splitter_.known(agent) && splitter_.known_noun(std::string(agent) + "in")) {
      return "=" + std::string(agent);
    }
  }
  // Autos, Fotos, Kitas; Snowball takes an s off consonants only. Mais, Kreis: not of Mai, Krei.
  if (word.size() > 4 && word.ends_with('s') && is_vowel(word[word.size() - 2])) {
    const auto singular = word.substr(0, word.size() - 1);
    const auto found = words_.lexicon.find(std::string(singular));
    const auto itself = words_.lexicon.find(std::string(word));
    const bool name = (itself != words_.lexicon.end() && itself->second.name) ||
                      (found != words_.lexicon.end() && found->second.name);
    if (found != words_.lexicon.end() && found->second.noun && found->second.listed && !name &&
        !singular.ends_with('e')) {
      return std::string(singular);
    }
  }
  // Gymnasien, Materialien, but Familie, Aktie
  if (word.size() > 5 && word.ends_with("ien") &&
      !splitter_.known_noun(word.substr(0, word.size() - 1))) {
    std::string singular(word.substr(0, word.size() - 3));
    if (splitter_.known_noun(singular + "ium")) return singular + "ium";
    if (singular.size() > 4 && splitter_.known_noun(singular)) return singular;
  }
  if (std::string infinitive = infinitive_of_participle(word); !infinitive.empty()) {
    return infinitive;
  }
  if (std::string infinitive = infinitive_of_finite_verb(word); !infinitive.empty()) {
    return infinitive;
  }
  if (word.size() > 7 && word.ends_with("innen") && !is_verb_in_innen(word)) {
    return std::string(word.substr(0, word.size() - 3));
  }
  for (const std::string_view plural : {"tuemer", "tuemern"}) {
    if (word.size() > plural.size() + 2 && word.ends_with(plural)) {
      return std::string(word.substr(0, word.size() - plural.size())) + "tum";
    }
  }
  // Rhythmus, Organismus
  if (word.size() > 8 && word.ends_with("ismen")) {
    return std::string(word.substr(0, word.size() - 2)) + "us";
  }
  return {};
}

/// "fördert", "genehmigte", "prüft": Snowball takes -en and -ern off infinitives but leaves the
/// -t of these verbs, so they would never meet.
std::string Stemmer::infinitive_of_finite_verb(std::string_view word) const {
  for (const std::string_view ending : {"te", "ten", "t"}) {
    if (!word.ends_with(ending)) continue;
    const auto trunk = word.substr(0, word.size() - ending.size());
    // Past tenses only of long verbs: "rechte" is not of "rechen".
    const bool long_verb = trunk.ends_with("er") || trunk.ends_with("el") || trunk.ends_with("ig");
    if (trunk.size() < 5 || (ending != "t" && !long_verb)) return {};
    for (const std::string_view verb_ending : {"en", "n"}) {
      const auto verb = words_.lexicon.find(std::string(trunk) + std::string(verb_ending));
      if (verb != words_.lexicon.end() && verb->second.listed && !verb->second.noun &&
          !splitter_.known_noun(word)) {
        return verb->first;
      }
    }
    return {};
  }
  return {};
}

/// "eingereichte", "abgestimmt": einreichen, abstimmen.
std::string Stemmer::infinitive_of_participle(std::string_view word) const {
  for (const std::string_view ending : {"te", "ten", "ter", "tes", "tem", "t"}) {
    if (!word.ends_with(ending)) continue;
    const auto trunk = word.substr(0, word.size() - ending.size());
    // beantragt, gekündigt; short ones (gestellt, gefragt) would meet the nouns of their verbs.
    constexpr std::size_t kLeastTrunk = 5;
    for (const std::string_view prefix : {"be", "ver", "ent", "er", "zer", "ge"}) {
      if (!trunk.starts_with(prefix) || trunk.size() < prefix.size() + kLeastTrunk) continue;
      const auto kept = prefix == "ge" ? trunk.substr(2) : trunk;
      for (const std::string_view verb_ending : {"en", "n"}) {
        const auto verb = words_.lexicon.find(std::string(kept) + std::string(verb_ending));
        if (verb != words_.lexicon.end() && verb->second.listed && !verb->second.noun &&
            !splitter_.known_noun(word)) {
          return verb->first;
        }
      }
    }
    for (const std::size_t prefix : {2, 3, 4}) {
      if (trunk.size() < prefix + 5 || trunk.substr(prefix, 2) != "ge") continue;
      const auto before = trunk.substr(0, prefix);
      bool separable = false;
      for (const std::string_view known : {"ab", "an", "auf", "aus", "bei", "ein", "her", "hin",
                                           "mit", "nach", "um", "vor", "weg", "zu", "dar"}) {
        separable = separable || known == before;
      }
      if (!separable) continue;
      std::string infinitive(before);
      infinitive += trunk.substr(prefix + 2);
      if (infinitive.ends_with('e')) infinitive.pop_back();  // eingeleitete
      for (const std::string_view verb_ending : {"en", "n"}) {
        // Abgeordnete, Angestellte, Vorgesetzte are nouns of their own.
        const auto verb = words_.lexicon.find(infinitive + std::string(verb_ending));
        if (verb != words_.lexicon.end() && verb->second.listed && !verb->second.noun &&
            !splitter_.known_noun(word)) {
          return verb->first;
        }
      }
    }
    break;
  }
  return {};
}

std::string Stemmer::base_form(std::string_view folded) const {
  std::string base = base_of_simple_word(folded);
  if (!base.empty()) return base;
  const auto& parts = splitter_.split(folded);
  if (!parts.empty()) {
    const auto head = folded.substr(parts.back().begin);
    base = base_of_simple_word(head);
    if (!base.empty()) return std::string(folded.substr(0, parts.back().begin)) + base;
    return std::string(folded);
  }
  // A compound the splitter cannot tell, ending in a long irregular form (…ministerien).
  for (std::size_t at = 3; at + 5 <= folded.size(); ++at) {
    const auto found = words_.irregular.find(std::string(folded.substr(at)));
    if (found == words_.irregular.end()) continue;
    if (splitter_.is_verb_prefix(folded.substr(0, at))) break;
    if (folded.size() - at < 8 && !words_.lexicon.empty()) break;
    return std::string(folded.substr(0, at)) + found->second;
  }
  return std::string(folded);
}

std::string Stemmer::stem(std::string_view folded) const {
  std::string base = base_form(folded);
  if (const std::size_t kept = base.find('='); kept != std::string::npos) {
    base.erase(kept, 1);
    return one_spelling(std::move(base));
  }
  if (const std::size_t kept = abstract_noun(base); kept != 0) {
    return one_spelling(base.substr(0, kept));
  }
  const sb_symbol* stemmed = sb_stemmer_stem(
      german_, reinterpret_cast<const sb_symbol*>(base.data()), static_cast<int>(base.size()));
  if (stemmed == nullptr) throw std::bad_alloc();
  return one_spelling({reinterpret_cast<const char*>(stemmed),
                       static_cast<std::size_t>(sb_stemmer_length(german_))});
}

}  // namespace fundstelle::text
