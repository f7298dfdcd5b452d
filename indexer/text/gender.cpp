// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/gender.h"

#include <algorithm>

namespace fundstelle::text {

namespace {

enum class Mark { kNone, kStar, kSlash, kBracket };

/// Star, colon, underscore, middle dot and its likes; slash with or without hyphen; bracket.
Mark mark_of(std::string_view gap) {
  for (const std::string_view star : {":", "*", "_", "·", "•", "‧", "∙", "⋅"}) {
    if (gap == star) return Mark::kStar;
  }
  if (gap == "/" || gap == "/-" || gap == "/\u2011" || gap == "/\u2010") return Mark::kSlash;
  if (gap == "(" || gap == "(-") return Mark::kBracket;
  return Mark::kNone;
}

/// Ends of nouns for people who do something; a feminine form goes without saying.
bool names_agent(std::string_view base) {
  for (const std::string_view ending :
       {"er",   "or",      "eur",   "ent",  "ant",     "ist",     "at",     "et",
        "log",  "kolleg",  "beamt", "ling", "ier",     "iker",    "ekt",    "aerzt",
        "wirt", "anwaelt", "rat",   "raet", "nachbar", "chef",    "freund", "feind",
        "held", "gegner",  "gast",  "loge", "koech",   "paedagog"}) {
    if (base.ends_with(ending)) return true;
  }
  return false;
}

bool is_lower_ascii(std::string_view raw) {
  return !raw.empty() && raw.front() >= 'a' && raw.front() <= 'z';
}

/// Where a capital I stands for ":i" inside a word: "BürgerInnen", "LehrerInnenrat", "LehrerIn".
std::size_t inner_capital(std::string_view raw) {
  for (std::size_t at = raw.find('I', 3); at != std::string_view::npos;
       at = raw.find('I', at + 1)) {
    const char before = raw[at - 1];
    if (before < 'a' || before > 'z') continue;
    if (raw.substr(at).starts_with("Innen")) return at;
    if (raw.substr(at) == "In" && names_agent(fold_letters(raw.substr(0, at)))) return at;
  }
  return std::string_view::npos;
}

bool does_what_a_verb_says(std::string_view base, const CompoundSplitter& splitter) {
  if (!base.ends_with("er")) return false;
  for (std::size_t at = 0; at + 5 <= base.size(); ++at) {
    const std::string verb = std::string(base.substr(at, base.size() - at - 2)) + "en";
    const auto before = base.substr(0, at);
    if (splitter.known(verb) && (at == 0 || splitter.is_first_part(before))) {
      return true;
    }
  }
  return false;
}

void add(std::vector<std::string>& forms, std::string form) {
  if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(std::move(form));
}

/// As it stands before the rest of a compound: Expertengremium, Studentenrat, Bürgerrat.
std::string masculine_modifier(const std::string& base, const CompoundSplitter& splitter) {
  const std::string masculine = masculine_forms(base, splitter).front();
  if (masculine.ends_with('e')) return masculine + "n";
  for (const std::string_view ending : {"ent", "ant", "ist", "at", "et", "ekt", "soph", "eut"}) {
    if (masculine.ends_with(ending)) return masculine + "en";
  }
  for (const std::string_view ending : {"log", "kund", "expert", "kolleg"}) {
    if (masculine.ends_with(ending)) return masculine + "en";
  }
  return masculine;
}

/// Masculine and feminine of base + "in…" + tail of a compound.
void open_noun(GenderForm& form, const std::string& base, const std::string& ending,
               const CompoundSplitter& splitter) {
  form.exact = base + ":" + ending;
  const bool plural = ending.starts_with("innen");
  const std::string tail = ending.substr(plural ? 5 : 2);
  if (tail.empty()) {
    for (auto& masculine : masculine_forms(base, splitter)) add(form.forms, std::move(masculine));
    add(form.forms, base + ending);
    return;
  }
  add(form.forms, masculine_modifier(base, splitter) + tail);
  add(form.forms, base + ending);
}

}  // namespace

std::vector<std::string> masculine_forms(std::string_view base, const CompoundSplitter& splitter) {
  // Suffixes as well: the lexicon knows "aerzte", not every "…aerzte".
  for (std::size_t at = 0; at + 4 <= base.size(); ++at) {
    if (at > 0 && at < 3) continue;
    const std::string_view word = base.substr(at);
    const std::string plain = without_umlauts(word);
    const auto whole = [&](const std::string& masculine) {
      return std::vector<std::string>{std::string(base.substr(0, at)) + masculine};
    };
    if (splitter.known_noun(std::string(word) + "e") && !word.ends_with("er")) {
      return whole(std::string(word) + "e");
    }
    if (splitter.known_noun(word)) return whole(std::string(word));
    if (plain != word) {
      if (splitter.known_noun(plain + "e") && !plain.ends_with("er")) return whole(plain + "e");
      if (splitter.known_noun(plain)) return whole(plain);
    }
  }
  std::vector<std::string> forms = {std::string(base)};
  const bool bare = base.ends_with("er") || base.ends_with("or") || base.ends_with("eur") ||
                    base.ends_with("ent") || base.ends_with("ant") || base.ends_with("ist");
  if (!bare) forms.push_back(std::string(base) + "e");
  return forms;
}

std::string feminine_of(std::string_view folded, const CompoundSplitter& splitter) {
  if (folded.size() < 4 || folded.ends_with("in") || folded.ends_with("innen")) return {};
  for (const std::string_view ending : {"", "s", "n", "e", "en", "es"}) {
    if (!folded.ends_with(ending) || folded.size() < ending.size() + 4) continue;
    const std::string base(folded.substr(0, folded.size() - ending.size()));
    if (splitter.known_noun(base + "in")) return base + "in";
    if (splitter.known_noun(base + "innen")) return base + "in";
    // Arzt, Anwalt, Rat: the last vowel takes an umlaut.
    const std::size_t vowel = base.find_last_of("aou");
    if (vowel != std::string::npos && vowel + 4 >= base.size()) {
      std::string umlaut = base;
      umlaut.insert(vowel + 1, "e");
      if (splitter.known_noun(umlaut + "in") && splitter.known_noun(umlaut + "innen")) {
        return umlaut + "in";
      }
    }
    // Rare compounds (Brückenbauer): their head names who does what a verb says (bauen).
    if (does_what_a_verb_says(base, splitter)) return base + "in";
  }
  return {};
}

std::optional<GenderForm> read_gender_form(const Scan& scan, std::size_t i, const WordData& words,
                                           const CompoundSplitter& splitter) {
  const std::string_view raw = scan.raw(i);
  GenderForm form;
  form.next = i + 1;
  form.end = scan.atoms[i].end;
  if (const std::size_t at = inner_capital(raw); at != std::string_view::npos) {
    open_noun(form, fold_letters(raw.substr(0, at)), fold_letters(raw.substr(at)), splitter);
    return form;
  }
  if (i + 1 >= scan.size() || raw.size() < 3) return std::nullopt;
  const Mark mark = mark_of(scan.gap_after(i));
  if (mark == Mark::kNone) return std::nullopt;
  const std::string_view second = scan.raw(i + 1);
  if (!is_lower_ascii(second) && second != "INNEN" && second != "IN") return std::nullopt;
  if (mark == Mark::kBracket && !scan.gap_after(i + 1).starts_with(')')) return std::nullopt;
  const std::string base = fold_letters(raw);
  const std::string ending = fold_letters(second);
  form.next = i + 2;
  form.end = scan.atoms[i + 1].end + (mark == Mark::kBracket ? 1 : 0);

  const bool innen = ending.starts_with("innen");
  if (innen || ending == "in") {
    if (words.stop_words.contains(base) || base == "aussen" || base.size() < 3) return std::nullopt;
    const bool known =
        names_agent(base) || splitter.known(base + "in") || splitter.known(base + "innen");
    if (ending == "in" && !known && mark != Mark::kBracket) return std::nullopt;
    if (mark == Mark::kSlash && !known && !words.lexicon.empty() && !starts_upper(raw)) {
      return std::nullopt;
    }
    open_noun(form, base, ending, splitter);
    return form;
  }
  // Ministerin(nen)
  if (ending == "nen" && base.ends_with("in")) {
    form.exact = base + ":nen";
    form.forms = {base, base + "nen"};
    return form;
  }
  const bool adjective = ending == "r" || ending == "n" || ending == "s" || ending == "m" ||
                         (ending == "e" && !words.stop_words.contains(base)) ||
                         (ending == "e" && base.ends_with("ein")) ||
                         (ending == "en" && mark == Mark::kBracket);
  if (!adjective) return std::nullopt;
  if (ending.size() == 1 && ending != "e" && mark != Mark::kBracket && !base.ends_with("e")) {
    return std::nullopt;
  }
  if (mark == Mark::kSlash && !base.ends_with("e") && !base.ends_with("ein")) return std::nullopt;
  if (scan.atoms[i].digits) return std::nullopt;
  form.exact = base + ":" + ending;
  form.forms = {base, base + ending};
  return form;
}

}  // namespace fundstelle::text
