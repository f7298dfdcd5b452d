// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/abbreviations.h"

#include <algorithm>
#include <map>

namespace fundstelle::text {

namespace {

constexpr std::size_t kLongestDotted = 5;      // atoms: "i. d. R." has three
constexpr std::size_t kLongestDottedAtom = 4;  // bytes

/// "Straßenverkehrs-Ordnung" is printed as one word as well.
std::string without_hyphens(std::string_view form) {
  std::string joined;
  const bool one_word = form.find(' ') == std::string_view::npos;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (!one_word || form[i] != '-' || i + 1 >= form.size()) {
      joined += form[i];
      continue;
    }
    const char next = form[++i];
    joined += next >= 'A' && next <= 'Z' ? static_cast<char>(next - 'A' + 'a') : next;
  }
  return joined;
}

}  // namespace

Abbreviations::Abbreviations(const WordData& words, const Stemmer& stemmer)
    : words_(words), stemmer_(stemmer) {
  std::map<std::string, std::vector<std::string>> keys_of;  // ordered: the same forms each time
  for (const auto& [key, printed] : words.abbreviations) {
    for (const auto& form : printed) {
      keys_of[form].push_back(key);
      if (std::string joined = without_hyphens(form); joined != form) {
        auto& keys = keys_of[joined];
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
      }
    }
  }
  for (auto& [printed, keys] : keys_of) {
    LongForm form;
    form.printed = printed;
    std::sort(keys.begin(), keys.end());
    form.keys = std::move(keys);
    const Scan scan(form.printed);
    for (std::size_t i = 0; i < scan.size(); ++i) {
      LongFormWord word;
      word.folded = scan.folded(i);
      if (!words.stop_words.contains(word.folded)) word.stem = stemmer.stem(word.folded);
      form.words.push_back(std::move(word));
    }
    if (form.words.empty()) continue;
    const std::size_t index = forms_.size();
    const LongFormWord& first = form.words.front();
    by_first_word_[first.stem.empty() ? first.folded : first.stem].push_back(index);
    for (const auto& key : form.keys) by_key_[key].push_back(index);
    forms_.push_back(std::move(form));
  }
}

std::vector<const LongForm*> Abbreviations::long_forms(std::string_view key) const {
  std::vector<const LongForm*> found;
  const auto entry = by_key_.find(std::string(key));
  if (entry == by_key_.end()) return found;
  for (const auto index : entry->second) found.push_back(&forms_[index]);
  return found;
}

Abbreviations::Match Abbreviations::match_long_form(const Scan& scan, std::size_t i) const {
  Match best;
  const std::string folded = scan.folded(i);
  const bool stop = words_.stop_words.contains(folded);
  const auto candidates = by_first_word_.find(stop ? folded : stemmer_.stem(folded));
  if (candidates == by_first_word_.end()) return best;
  for (const auto index : candidates->second) {
    const LongForm& form = forms_[index];
    if (i + form.words.size() > scan.size()) continue;
    bool same = true;
    for (std::size_t k = 1; k < form.words.size() && same; ++k) {
      if (scan.gap_before(i + k).find_first_of(".!?:;\"") != std::string_view::npos) same = false;
      const std::string word = scan.folded(i + k);
      same = same && (form.words[k].stem.empty() ? word == form.words[k].folded
                                                 : stemmer_.stem(word) == form.words[k].stem);
    }
    if (same && (best.form == nullptr || form.words.size() > best.form->words.size())) {
      best = {&form, i + form.words.size(),
              std::all_of(form.words.begin(), form.words.end(),
                          [](const LongFormWord& word) { return word.stem.empty(); })};
    }
  }
  return best;
}

std::string Abbreviations::key_of_word(std::string_view folded) const {
  const auto candidates = by_first_word_.find(stemmer_.stem(folded));
  if (candidates == by_first_word_.end()) return {};
  for (const auto index : candidates->second) {
    if (forms_[index].words.size() == 1) return forms_[index].keys.front();
  }
  return {};
}

std::string Abbreviations::printed(const std::string& key) const {
  const auto found = words_.short_forms.find(key);
  return found == words_.short_forms.end() ? key : found->second;
}

DottedAbbreviation read_dotted_abbreviation(const Scan& scan, std::size_t i,
                                            const WordData& words) {
  DottedAbbreviation best;
  std::string key;
  bool only_capitals = true;
  for (std::size_t at = i; at < scan.size() && at < i + kLongestDotted; ++at) {
    if (scan.raw(at).size() > kLongestDottedAtom || !scan.gap_after(at).starts_with('.')) break;
    if (scan.atoms[at].digits) break;
    key += scan.folded(at);
    only_capitals = only_capitals && scan.raw(at).size() == 1 && starts_upper(scan.raw(at));
    const std::string_view gap = scan.gap_after(at);
    const bool last_of_party_style = only_capitals && at > i && gap.size() != 1;
    const bool known = words.abbreviations.contains(key) || words.stop_words.contains(key);
    if (at > i && (known || (last_of_party_style && scan.gap_after(i) == "."))) {
      best = {at + 1, scan.atoms[at].end + 1, key};
    }
    if (gap != "." && gap != ". " && gap != ".\u00A0" && gap != ".\u202F") break;
  }
  return best;
}

}  // namespace fundstelle::text
