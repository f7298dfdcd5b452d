// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "query/limits.h"

namespace fundstelle {
namespace {

constexpr std::size_t kMaxSlugBytes = 120;
constexpr std::uint32_t kMaxSize = 100;  ///< hits a page
constexpr std::uint32_t kMaxSuggestions = 20;
constexpr std::uint32_t kMaxPage = 1'000'000;

struct BadParameter {
  Problem problem;
};

/// The beginning of a value, cut between characters.
std::string shortened(const std::string& value) {
  constexpr std::size_t kShown = 60;
  if (value.size() <= kShown) return value;
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return value.substr(0, end) + " …";
}

[[noreturn]] void refuse(const std::string& name, const std::string& value,
                         const std::string& remedy) {
  throw BadParameter{
      {"bad_parameter",
       "Der Parameter „" + name + "“ hat den Wert „" + shortened(value) + "“. " + remedy, name}};
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view part = list.substr(0, comma);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// In front a hyphen is no part of a value: in an address it excludes what follows.
bool is_slug(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.size() <= kMaxSlugBytes &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

void check_value(const std::string& name, Facet facet, const std::string& value) {
  if (facet == Facet::kLegislature) {
    if (!number(value) || value.size() > 3) {
      refuse(name, value, "Erwartet werden Wahlperioden als Zahlen, zum Beispiel 19,20.");
    }
  } else if (facet == Facet::kYear) {
    if (!number(value) || value.size() != 4) {
      refuse(name, value, "Erwartet werden vierstellige Jahre, zum Beispiel 2019,2020.");
    }
  } else if (!is_slug(value)) {
    refuse(name, value,
           "Erwartet werden Kennungen aus Kleinbuchstaben, Ziffern und Bindestrichen, durch Komma "
           "getrennt; ein Minus davor schließt aus.");
  }
}

void add_once(std::vector<std::string>& list, const std::string& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

class Reader {
 public:
  Reader(const Parameters& parameters, const SearchParameters& options)
      : parameters_(parameters), options_(options) {
    request_.facets = options.facets;
  }

  SearchRequest read() {
    for (const auto& [name, value] : parameters_) {
      if (!read_known(name, value)) unknown(name);
    }
    if (request_.from != 0 && request_.to != 0 && request_.from > request_.to) {
      refuse("from", parameters_.at("from"), "Der Anfang des Zeitraums liegt nach seinem Ende.");
    }
    // One filter a facet, in the order of facets, whatever mixture of lists and boxes was sent.
    std::vector<FacetFilter> filters;
    for (FacetFilter& filter : filters_) {
      if (!filter.wanted.empty() || !filter.excluded.empty()) filters.push_back(std::move(filter));
    }
    request_.filters = std::move(filters);
    return request_;
  }

 private:
  bool read_known(const std::string& name, const std::string& value) {
    if (name == "q")
      request_.q = trimmed(value);
    else if (name == "from")
      request_.from = date(name, value, false);
    else if (name == "to")
      request_.to = date(name, value, true);
    else if (name == "match")
      request_.match = one_of<MatchMode>(
          name, value,
          {{"auto", MatchMode::kAuto}, {"all", MatchMode::kAll}, {"any", MatchMode::kAny}});
    else if (name == "unit")
      request_.unit =
          one_of<Unit>(name, value, {{"document", Unit::kDocument}, {"passage", Unit::kPassage}});
    else if (name == "sort")
      request_.sort = one_of<Sort>(name, value,
                                   {{"relevance", Sort::kRelevance},
                                    {"newest", Sort::kNewest},
                                    {"oldest", Sort::kOldest},
                                    {"added", Sort::kAdded}});
    else if (name == "page")
      request_.page = in_range(name, value, kMaxPage);
    else if (name == "size")
      request_.size = in_range(name, value, kMaxSize);
    else if (name == "cursor")
      request_.cursor = value;
    else if (name == "facets")
      read_facets(name, value);
    else if (name == "recency")
      request_.ranking.recency = share(name, value);
    else if (name == "ohne")
      read_switches(name, value);
    else
      return read_filter(name, value);
    return true;
  }

  static std::string trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return std::string(text);
  }

  static std::uint32_t date(const std::string& name, const std::string& value, bool end) {
    const std::string text = trimmed(value);
    if (text.empty()) return 0;
    const std::uint32_t read = read_date(text, end);
    if (read == 0) {
      refuse(name, value,
             "Erwartet wird ein Jahr (2021), ein Monat (2021-04) oder ein Tag (2021-04-06 oder "
             "6.4.2021).");
    }
    return read;
  }

  template <typename Value>
  static Value one_of(const std::string& name, const std::string& value,
                      std::initializer_list<std::pair<const char*, Value>> choices) {
    std::string names;
    for (const auto& [choice, meaning] : choices) {
      if (value == choice) return meaning;
      if (!names.empty()) names += ", ";
      names += choice;
    }
    refuse(name, value, "Erlaubt sind: " + names + ".");
  }

  static std::uint32_t in_range(const std::string& name, const std::string& value,
                                std::uint32_t highest) {
    const auto read = number(value);
    if (!read || *read < 1 || *read > highest) {
      refuse(name, value, "Erwartet wird eine Zahl von 1 bis " + std::to_string(highest) + ".");
    }
    return *read;
  }

  static float share(const std::string& name, const std::string& value) {
    float read = 0;
    const char* const last = value.data() + value.size();
    const auto [end, error] = std::from_chars(value.data(), last, read);
    if (value.empty() || error != std::errc{} || end != last || !(read >= 0 && read <= 1)) {
      refuse(name, value, "Erwartet wird eine Zahl von 0 bis 1, zum Beispiel 0.5.");
    }
    return read;
  }

  void read_facets(const std::string& name, const std::string& value) {
    request_.facets.clear();
    if (value == "none") return;
    for (const std::string& facet_name : split(value)) {
      const std::optional<Facet> facet = facet_of(facet_name);
      if (!facet) refuse(name, facet_name, "Erlaubt sind none oder: " + facet_names() + ".");
      if (std::find(request_.facets.begin(), request_.facets.end(), *facet) ==
          request_.facets.end()) {
        request_.facets.push_back(*facet);
      }
    }
  }

  void read_switches(const std::string& name, const std::string& value) {
    for (const std::string& part : split(value)) {
      if (part == "beugung")
        request_.expand.inflection = false;
      else if (part == "zusammensetzung")
        request_.expand.compounds = false;
      else if (part == "schreibweise")
        request_.expand.spelling = false;
      else if (part == "geschlecht")
        request_.expand.gender = false;
      else if (part == "abkuerzung")
        request_.expand.abbreviations = false;
      else
        refuse(name, part,
               "Erlaubt sind: beugung, zusammensetzung, schreibweise, geschlecht, abkuerzung.");
    }
  }

  /// "topic=verkehr,-energie", or a box of a plain form: "topic.verkehr=1".
  bool read_filter(const std::string& name, const std::string& value) {
    const std::size_t dot = name.find('.');
    const std::optional<Facet> facet = facet_of(name.substr(0, dot));
    if (!facet) return false;
    FacetFilter& filter = filters_[static_cast<std::size_t>(*facet)];
    filter.facet = *facet;
    if (dot != std::string::npos) {
      const std::string slug = name.substr(dot + 1);
      check_value(name.substr(0, dot), *facet, slug);
      if (!value.empty() && value != "0") add_once(filter.wanted, slug);
    } else {
      for (const std::string& part : split(value)) {
        const bool exclude = part.front() == '-';
        const std::string slug = exclude ? part.substr(1) : part;
        check_value(name, *facet, slug);
        add_once(exclude ? filter.excluded : filter.wanted, slug);
      }
    }
    if (filter.wanted.size() + filter.excluded.size() > query_limits().filter_values) {
      refuse(name, value,
             "Mehr als " + std::to_string(query_limits().filter_values) +
                 " Werte sind nicht möglich.");
    }
    return true;
  }

  static std::string facet_names() {
    std::string names;
    for (std::size_t i = 0; i < kFacetCount; ++i) {
      if (i > 0) names += ", ";
      names += to_string(static_cast<Facet>(i));
    }
    return names;
  }

  void unknown(const std::string& name) const {
    if (options_.unknown == UnknownNames::kIgnore) return;
    std::vector<std::string> known{"q",    "from",   "to",   "match",  "unit",    "sort",
                                   "page", "cursor", "size", "facets", "recency", "ohne"};
    for (std::size_t i = 0; i < kFacetCount; ++i)
      known.emplace_back(to_string(static_cast<Facet>(i)));
    std::string detail = "Den Parameter „" + shortened(name) + "“ gibt es nicht.";
    const std::string nearest = nearest_name(name.substr(0, name.find('.')), known);
    if (!nearest.empty()) detail += " Meinten Sie „" + nearest + "“?";
    throw BadParameter{{"unknown_parameter", detail, shortened(name)}};
  }

  const Parameters& parameters_;
  const SearchParameters& options_;
  SearchRequest request_;
  std::array<FacetFilter, kFacetCount> filters_{};
};

std::uint32_t days_in(std::uint32_t year, std::uint32_t month) {
  static constexpr std::uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

std::vector<std::string_view> pieces_of(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) end = text.size();
    pieces.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return pieces;
}

}  // namespace

std::uint32_t read_date(std::string_view text, bool end) {
  const bool german = text.find('.') != std::string_view::npos;
  std::vector<std::string_view> pieces = pieces_of(text, german ? '.' : '-');
  if (german) std::reverse(pieces.begin(), pieces.end());
  if (pieces.size() > 3 || pieces[0].size() != 4) return 0;
  std::uint32_t parts[3] = {0, 0, 0};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto value = number(pieces[i]);
    if (!value || (i > 0 && (pieces[i].size() > 2 || *value == 0))) return 0;
    parts[i] = *value;
  }
  const auto [year, month, day] = parts;
  if (year < 1000 || month > 12) return 0;
  if (month == 0) return year * 10000 + (end ? 1231 : 101);
  if (day > days_in(year, month)) return 0;
  if (day == 0) return year * 10000 + month * 100 + (end ? days_in(year, month) : 1);
  return year * 10000 + month * 100 + day;
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& known) {
  std::string best;
  std::size_t best_distance = 3;  // further away it is another word
  for (const std::string& candidate : known) {
    std::vector<std::size_t> row(candidate.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= name.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= candidate.size(); ++j) {
        const std::size_t above = row[j];
        row[j] = std::min(
            {row[j] + 1, row[j - 1] + 1, diagonal + (name[i - 1] == candidate[j - 1] ? 0U : 1U)});
        diagonal = above;
      }
    }
    // "q" lies near every short word.
    if (row.back() < best_distance && row.back() < candidate.size()) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

std::variant<std::uint32_t, Problem> read_size(const Parameters& parameters, std::uint32_t usual,
                                               std::uint32_t most) {
  for (const auto& [name, value] : parameters) {
    if (name != "size") {
      return Problem{"unknown_parameter",
                     "Den Parameter „" + shortened(name) + "“ gibt es nicht; hier gilt „size“.",
                     shortened(name)};
    }
    const auto size = number(value);
    if (!size || *size < 1 || *size > most) {
      return Problem{"bad_parameter",
                     "Der Parameter „size“ hat den Wert „" + shortened(value) +
                         "“. Erwartet wird eine Zahl von 1 bis " + std::to_string(most) + ".",
                     name};
    }
    usual = *size;
  }
  return usual;
}

std::variant<SuggestParameters, Problem> read_suggest(const Parameters& parameters) {
  SuggestParameters out;
  bool has_q = false;
  for (const auto& [name, value] : parameters) {
    if (name == "q") {
      out.q = value;
      has_q = true;
    } else if (name == "size") {
      const auto size = number(value);
      if (!size || *size < 1 || *size > kMaxSuggestions) {
        return Problem{"bad_parameter",
                       "Der Parameter „size“ hat den Wert „" + shortened(value) +
                           "“. Erwartet wird eine Zahl von 1 bis " +
                           std::to_string(kMaxSuggestions) + ".",
                       name};
      }
      out.size = *size;
    } else {
      std::string detail = "Den Parameter „" + shortened(name) + "“ gibt es nicht.";
      const std::string nearest = nearest_name(name, {"q", "size"});
      if (!nearest.empty()) detail += " Meinten Sie „" + nearest + "“?";
      return Problem{"unknown_parameter", detail, shortened(name)};
    }
  }
  if (!has_q) {
    return Problem{"bad_parameter", "Der Parameter „q“ fehlt: der Anfang dessen, was gesucht wird.",
                   "q"};
  }
  return out;
}

std::variant<SearchRequest, Problem> read_search(const Parameters& parameters,
                                                 const SearchParameters& options) {
  try {
    return Reader(parameters, options).read();
  } catch (const BadParameter& bad) {
    return bad.problem;
  }
}

}  // namespace fundstelle
