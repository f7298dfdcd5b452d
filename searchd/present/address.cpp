// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/address.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace fundstelle::present {
namespace {

bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

/// Grows "path?a=1&b=2" parameter by parameter. Values come encoded.
class Address {
 public:
  explicit Address(std::string_view path) : text_(path) {}
  void add(std::string_view name, std::string_view encoded) {
    text_ += separator_;
    separator_ = '&';
    text_ += name;
    text_ += '=';
    text_ += encoded;
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
  char separator_ = '?';
};

std::string slug_list(const FacetFilter& filter) {
  std::string list;
  const auto append = [&list](std::string slug, const char* sign) {
    if (!list.empty()) list += ',';
    list += sign + percent_encode(slug);
  };
  std::vector<std::string> wanted = filter.wanted, excluded = filter.excluded;
  std::sort(wanted.begin(), wanted.end());
  std::sort(excluded.begin(), excluded.end());
  for (const std::string& slug : wanted) append(slug, "");
  for (const std::string& slug : excluded) append(slug, "-");
  return list;
}

std::string switched_off(const ExpansionSwitches& expand) {
  std::string list;
  for (const ExpansionName& name : kExpansionNames) {
    if (expand.*name.member) continue;
    if (!list.empty()) list += ',';
    list += name.parameter;
  }
  return list;
}

std::string decimal(float value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value);
  return {buffer, end};
}

}  // namespace

std::string percent_encode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded(3 * text.size(), '\0');
  char* to = encoded.data();
  for (const char character : text) {
    const auto c = static_cast<unsigned char>(character);
    if (is_unreserved(c)) {
      *to++ = character;
    } else if (c == ' ') {
      *to++ = '+';
    } else {
      *to++ = '%';
      *to++ = kHex[c >> 4];
      *to++ = kHex[c & 15];
    }
  }
  encoded.resize(static_cast<std::size_t>(to - encoded.data()));
  return encoded;
}

std::string bound_text(std::uint32_t yyyymmdd, bool end) {
  const std::uint32_t year = yyyymmdd / 10000, month = yyyymmdd / 100 % 100, day = yyyymmdd % 100;
  char text[32];
  if (end ? (month == 12 && day == 31) : (month == 1 && day == 1)) {
    std::snprintf(text, sizeof text, "%04u", year);
  } else {
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", year, month, day);
  }
  return text;
}

std::string search_address(const SearchRequest& request, std::string_view path) {
  Address address(path);
  if (!request.q.empty()) address.add("q", percent_encode(request.q));
  for (std::size_t i = 0; i < kFacetCount; ++i) {
    const auto facet = static_cast<Facet>(i);
    for (const FacetFilter& filter : request.filters) {
      if (filter.facet != facet) continue;
      const std::string list = slug_list(filter);
      if (!list.empty()) address.add(to_string(facet), list);
    }
  }
  if (request.from != 0) address.add("from", bound_text(request.from, false));
  if (request.to != 0) address.add("to", bound_text(request.to, true));
  if (request.match == MatchMode::kAll) address.add("match", "all");
  if (request.match == MatchMode::kAny) address.add("match", "any");
  if (request.unit == Unit::kPassage) address.add("unit", "passage");
  if (request.sort == Sort::kNewest) address.add("sort", "newest");
  if (request.sort == Sort::kOldest) address.add("sort", "oldest");
  if (request.sort == Sort::kAdded) address.add("sort", "added");
  if (request.ranking.recency > 0) address.add("recency", decimal(request.ranking.recency));
  const std::string off = switched_off(request.expand);
  if (!off.empty()) address.add("ohne", off);
  if (request.size != SearchRequest{}.size) address.add("size", std::to_string(request.size));
  if (request.page > 1) address.add("page", std::to_string(request.page));
  return std::move(address).text();
}

std::string page_anchor(std::uint32_t page) { return "seite-" + std::to_string(page); }

std::string anchor_of_label(const std::string& label) {
  std::string anchor;
  for (const char character : label) {
    const auto c = static_cast<unsigned char>(character);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
      anchor += character;
    } else if (c >= 'A' && c <= 'Z') {
      anchor += static_cast<char>(c - 'A' + 'a');
    } else if (!anchor.empty() && anchor.back() != '-') {
      anchor += '-';
    }
  }
  while (!anchor.empty() && anchor.back() == '-') anchor.pop_back();
  return anchor.empty() ? anchor : "frage-" + anchor;
}

std::string place_anchor(const PassageHit& passage) {
  if (passage.kind == "question" && !passage.labels.empty()) {
    const std::string anchor = anchor_of_label(passage.labels.front());
    if (!anchor.empty()) return anchor;
  }
  return passage.page == 0 ? std::string() : page_anchor(passage.page);
}

std::string document_address(std::string_view id, std::string_view q, std::string_view anchor) {
  std::string address = "/dokument/" + percent_encode(id);
  if (!q.empty()) address += "?q=" + percent_encode(q);
  if (!anchor.empty()) {
    address += '#';
    address += anchor;
  }
  return address;
}

std::string_view parameter_of(Aspect aspect) {
  switch (aspect) {
    case Aspect::kText:
      return "";
    case Aspect::kPairs:
      return "fragen";
    case Aspect::kOriginal:
      return "original";
    case Aspect::kBeside:
      return "beide";
  }
  return "";
}

std::string aspect_address(std::string_view id, Aspect aspect, std::string_view q,
                           std::uint32_t page) {
  Address address("/dokument/" + percent_encode(id));
  if (!parameter_of(aspect).empty()) address.add("ansicht", parameter_of(aspect));
  if (!q.empty()) address.add("q", percent_encode(q));
  if (page != 0) address.add("seite", std::to_string(page));
  return std::move(address).text();
}

std::string marks_address(std::string_view id, std::string_view q) {
  return "/api/v1/documents/" + percent_encode(id) + "/marks?q=" + percent_encode(q);
}

std::string original_address(std::string_view id, std::uint32_t page) {
  std::string address = "/dokument/" + percent_encode(id) + "/original";
  if (page != 0) address += "#page=" + std::to_string(page);
  return address;
}

}  // namespace fundstelle::present
