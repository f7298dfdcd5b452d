// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as the address of a search, as the body of a form and as a file of queries. What reads
// well can be written as an address and reads back the same.
//
// Rooms: query
// Sources: searchd/http/decode.cpp searchd/present/address.cpp searchd/research/query_file.cpp
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <variant>

#include "checks.h"
#include "document/utf8.h"
#include "http/decode.h"
#include "present/address.h"
#include "query/parameters.h"
#include "research/query_file.h"

namespace {

using namespace fundstelle;
using http::Lines;
using http::percent_decode;
using http::Plus;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

/// "a=1&b=2" as names and values; nothing if one of them cannot be decoded.
std::optional<Parameters> parameters_of(std::string_view form, Lines lines) {
  Parameters out;
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    form.remove_prefix(std::min(end + 1, form.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = percent_decode(pair.substr(0, equals), Plus::kIsBlank);
    const auto value =
        percent_decode(pair.substr(std::min(equals + 1, pair.size())), Plus::kIsBlank, lines);
    if (!name || !value) return std::nullopt;
    out.emplace(*name, *value);
  }
  return out;
}

void check_decoder(std::string_view bytes) {
  if (is_utf8(bytes) && !has_control(bytes)) {
    for (const Lines lines : {Lines::kAreBlanks, Lines::kStay}) {
      fuzz::require(percent_decode(present::percent_encode(bytes), Plus::kIsBlank, lines) == bytes,
                    "what is encoded decodes to itself");
    }
  }
  for (const Plus plus : {Plus::kIsBlank, Plus::kIsPlus}) {
    for (const Lines lines : {Lines::kAreBlanks, Lines::kStay}) {
      const auto decoded = percent_decode(bytes, plus, lines);
      if (!decoded) continue;
      fuzz::require(is_utf8(*decoded), "decoded text is UTF-8");
      fuzz::require(lines == Lines::kStay || !has_control(*decoded),
                    "decoded text of one line is without control characters");
      fuzz::require(
          percent_decode(present::percent_encode(*decoded), Plus::kIsBlank, lines) == *decoded,
          "decoded text can be sent again");
    }
  }
}

std::vector<std::string> sorted(std::vector<std::string> values) {
  std::sort(values.begin(), values.end());
  return values;
}

/// All that an address carries.
bool same(const SearchRequest& a, const SearchRequest& b) {
  if (a.filters.size() != b.filters.size()) return false;
  for (std::size_t i = 0; i < a.filters.size(); ++i) {
    const FacetFilter &left = a.filters[i], &right = b.filters[i];
    if (left.facet != right.facet || sorted(left.wanted) != sorted(right.wanted) ||
        sorted(left.excluded) != sorted(right.excluded))
      return false;
  }
  for (const ExpansionName& name : kExpansionNames) {
    if (a.expand.*name.member != b.expand.*name.member) return false;
  }
  return a.q == b.q && a.from == b.from && a.to == b.to && a.match == b.match && a.unit == b.unit &&
         a.sort == b.sort && a.ranking.recency == b.ranking.recency && a.size == b.size &&
         a.page == b.page;
}

void check_search(const Parameters& parameters) {
  for (const UnknownNames unknown : {UnknownNames::kIgnore, UnknownNames::kRefuse}) {
    const auto outcome = read_search(parameters, {unknown, {}});
    if (const auto* problem = std::get_if<Problem>(&outcome)) {
      fuzz::require(!problem->code.empty() && !problem->detail.empty(),
                    "a problem says what it is");
      fuzz::require(is_utf8(problem->detail), "a problem is told in UTF-8");
      continue;
    }
    const auto& request = std::get<SearchRequest>(outcome);
    fuzz::require(request.page >= 1 && request.size >= 1 && request.size <= 100,
                  "page and size lie in their limits");
    const std::string address = present::search_address(request, "/suche");
    fuzz::require(is_utf8(address) && !has_control(address), "an address is plain text");
    const std::size_t mark = address.find('?');
    const auto again = parameters_of(
        mark == std::string::npos ? std::string_view() : std::string_view(address).substr(mark + 1),
        Lines::kAreBlanks);
    fuzz::require(again.has_value(), "a written address decodes");
    const auto back = read_search(*again, {UnknownNames::kRefuse, {}});
    const auto* const read = std::get_if<SearchRequest>(&back);
    fuzz::require(read != nullptr, "a written address reads well");
    fuzz::require(same(request, *read), "a written address asks the same");
    fuzz::require(present::search_address(*read, "/suche") == address,
                  "equal requests have equal addresses");
  }
}

void check_entries(const std::vector<research::QueryEntry>& entries, bool is_json) {
  std::size_t line = 0;
  for (const research::QueryEntry& entry : entries) {
    fuzz::require(entry.line >= std::max<std::size_t>(line, 1), "entries stand in order of lines");
    line = entry.line;
    if (!entry.malformed.empty()) continue;
    fuzz::require(!entry.id.empty(), "a well-formed entry has an id");
    if (!is_json) continue;  // other files need not be UTF-8
    Parameters parameters = entry.filters;
    parameters["q"] = entry.text;
    const bool plain = std::none_of(parameters.begin(), parameters.end(), [](const auto& one) {
      return has_control(one.first) || has_control(one.second);
    });
    if (plain) check_search(parameters);
  }
}

void check_files(std::string_view bytes) {
  static const int file = memfd_create("queries", 0);
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return;
  const std::filesystem::path path = "/proc/self/fd/" + std::to_string(file);
  using research::QueryFormat;
  for (const QueryFormat format :
       {QueryFormat::kTsv, QueryFormat::kCsv, QueryFormat::kJsonl, QueryFormat::kTrecTopics}) {
    try {
      check_entries(research::read_query_file(path, format), format == QueryFormat::kJsonl);
    } catch (const research::ResearchError&) {
      fuzz::require(format == QueryFormat::kCsv, "only a head of CSV is refused as a whole");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  check_decoder(bytes);
  const std::string_view target = bytes.substr(0, bytes.find('#'));
  const std::size_t mark = target.find('?');
  for (const std::string_view form :
       {bytes, mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1)}) {
    if (const auto parameters = parameters_of(form, Lines::kAreBlanks)) {
      check_search(*parameters);
      static_cast<void>(read_suggest(*parameters));
      static_cast<void>(read_size(*parameters, 10, 50));
    }
    static_cast<void>(parameters_of(form, Lines::kStay));
  }
  check_entries(research::read_query_lines(bytes), true);
  check_files(bytes);
  return 0;
}
