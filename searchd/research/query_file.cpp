// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/query_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>

namespace fundstelle::research {
namespace {

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw ResearchError(file.string() + ": cannot be read");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Calls `take(line number, line)` for every line; the last needs no end.
template <typename Take>
void each_line(std::string_view text, Take&& take) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take(number, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::vector<QueryEntry> read_tsv(std::string_view text) {
  std::vector<QueryEntry> out;
  each_line(text, [&](std::size_t number, std::string_view line) {
    if (trimmed(line).empty() || line.front() == '#') return;
    QueryEntry& entry = out.emplace_back();
    entry.line = number;
    std::vector<std::string> columns;
    while (true) {
      const std::size_t tab = line.find('\t');
      columns.emplace_back(line.substr(0, tab));
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    entry.id = columns[0];
    if (columns.size() < 2 || entry.id.empty()) {
      entry.malformed = "Erwartet wird: id, Tabulator, Suche.";
      return;
    }
    entry.text = columns[1];
    for (std::size_t i = 2; i < columns.size(); ++i) {
      const std::size_t equals = columns[i].find('=');
      if (columns[i].empty()) continue;
      if (equals == std::string::npos || equals == 0) {
        entry.malformed = "Spalte " + std::to_string(i + 1) + ": Erwartet wird name=wert.";
        return;
      }
      entry.filters[columns[i].substr(0, equals)] = columns[i].substr(equals + 1);
    }
  });
  return out;
}

/// One record of a CSV text (RFC 4180).
struct CsvRecord {
  std::size_t line = 0;
  std::vector<std::string> fields;
  bool open = false;  ///< a quotation that never ends
};

std::vector<CsvRecord> csv_records(std::string_view text) {
  std::vector<CsvRecord> out;
  std::size_t line = 1, at = 0;
  while (at < text.size()) {
    CsvRecord record;
    record.line = line;
    record.fields.emplace_back();
    bool ended = false;
    while (!ended && at < text.size()) {
      const char c = text[at++];
      if (c == '"' && record.fields.back().empty()) {
        record.open = true;
        while (at < text.size()) {
          const char d = text[at++];
          if (d == '\n') ++line;
          if (d != '"') {
            record.fields.back() += d;
          } else if (at < text.size() && text[at] == '"') {
            record.fields.back() += text[at++];
          } else {
            record.open = false;
            break;
          }
        }
      } else if (c == ',') {
        record.fields.emplace_back();
      } else if (c == '\n') {
        ++line;
        ended = true;
      } else if (c != '\r') {
        record.fields.back() += c;
      }
    }
    const bool empty = record.fields.size() == 1 && trimmed(record.fields[0]).empty();
    if (!empty) out.push_back(std::move(record));
  }
  return out;
}

std::vector<QueryEntry> read_csv(const std::filesystem::path& file, std::string_view text) {
  const std::vector<CsvRecord> records = csv_records(text);
  if (records.empty()) return {};
  const std::vector<std::string>& head = records.front().fields;
  const auto column = [&head](std::string_view name) {
    const auto found = std::find(head.begin(), head.end(), name);
    return static_cast<std::size_t>(found - head.begin());
  };
  const std::size_t id = column("id"), query = column("query");
  if (id == head.size() || query == head.size()) {
    throw ResearchError(file.string() + ":1: expected a head line with the columns id and query");
  }
  std::vector<QueryEntry> out;
  for (std::size_t i = 1; i < records.size(); ++i) {
    const CsvRecord& record = records[i];
    QueryEntry& entry = out.emplace_back();
    entry.line = record.line;
    if (id < record.fields.size()) entry.id = record.fields[id];
    if (record.open) {
      entry.malformed = "Ein Anführungszeichen wird nicht geschlossen.";
    } else if (record.fields.size() != head.size()) {
      entry.malformed = "Die Zeile hat " + std::to_string(record.fields.size()) + " Felder statt " +
                        std::to_string(head.size()) + ".";
    } else if (entry.id.empty()) {
      entry.malformed = "Die „id“ ist leer.";
    } else {
      entry.text = record.fields[query];
      for (std::size_t field = 0; field < head.size(); ++field) {
        if (field == id || field == query || record.fields[field].empty()) continue;
        entry.filters[head[field]] = record.fields[field];
      }
    }
  }
  return out;
}

/// "19", "verkehr" or ["verkehr", "energie"] as an address has it; nothing for other shapes.
std::optional<std::string> as_parameter(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (!value.is_array()) return std::nullopt;
  std::string out;
  for (const nlohmann::json& one : value) {
    if (one.is_array()) return std::nullopt;
    const std::optional<std::string> text = as_parameter(one);
    if (!text) return std::nullopt;
    out += (out.empty() ? "" : ",") + *text;
  }
  return out;
}

void read_json_entry(const nlohmann::json& json, QueryEntry& entry) {
  if (!json.is_object()) {
    entry.malformed = "Erwartet wird ein JSON-Objekt mit „id“ und „query“.";
    return;
  }
  const auto set = [&entry](const std::string& name, const nlohmann::json& value) {
    if (value.is_null()) return;
    if (const auto text = as_parameter(value)) {
      entry.filters[name] = *text;
    } else {
      entry.malformed = "„" + name + "“ muss Text, ganze Zahl oder Liste davon sein.";
    }
  };
  bool has_query = false;  // an empty one finds everything
  for (const auto& [name, value] : json.items()) {
    if (name == "id") {
      entry.id = as_parameter(value).value_or("");
    } else if (name == "query" || name == "q") {
      has_query = value.is_string();
      if (has_query) entry.text = value.get<std::string>();
    } else if (name == "filters" && value.is_object()) {
      for (const auto& [filter, wanted] : value.items()) set(filter, wanted);
    } else {
      set(name, value);
    }
  }
  if (!entry.malformed.empty()) return;
  if (entry.id.empty()) {
    entry.malformed = "„id“ fehlt, ist leer oder weder Text noch ganze Zahl.";
  } else if (!has_query) {
    entry.malformed = "„query“ fehlt oder ist kein Text.";
  }
}

std::vector<QueryEntry> read_jsonl(std::string_view text) {
  std::vector<QueryEntry> out;
  each_line(text, [&](std::size_t number, std::string_view line) {
    if (trimmed(line).empty()) return;
    QueryEntry& entry = out.emplace_back();
    entry.line = number;
    const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_discarded()) {
      entry.malformed = "Die Zeile ist kein gültiges JSON.";
    } else {
      read_json_entry(json, entry);
    }
  });
  return out;
}

/// What follows a tag, up to the next tag: "<title> Verkehr\n" gives "Verkehr". The old topics
/// repeat the field's name in the text ("<num> Number: 301").
std::string topic_field(std::string_view topic, std::string_view tag, std::string_view said) {
  const std::size_t at = topic.find(tag);
  if (at == std::string_view::npos) return {};
  std::string_view rest = topic.substr(at + tag.size());
  rest = trimmed(rest.substr(0, rest.find('<')));
  if (rest.starts_with(said)) rest = trimmed(rest.substr(said.size()));
  std::string out;
  for (const char c : rest) {
    const char plain = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    if (plain != ' ' || !out.ends_with(' ')) out += plain;
  }
  return out;
}

std::vector<QueryEntry> read_topics(std::string_view text) {
  std::vector<QueryEntry> out;
  constexpr std::string_view kOpen = "<top>";
  std::size_t at = text.find(kOpen), counted = 0;
  std::size_t line = 1;
  while (at != std::string_view::npos) {
    line +=
        static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                            text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    const std::size_t next = text.find(kOpen, at + kOpen.size());
    const std::string_view topic = text.substr(at, next - at);
    QueryEntry& entry = out.emplace_back();
    entry.line = line;
    entry.id = topic_field(topic, "<num>", "Number:");
    entry.text = topic_field(topic, "<title>", "Topic:");
    if (entry.id.empty() || entry.text.empty())
      entry.malformed = "Erwartet werden <num> und <title>.";
    at = next;
  }
  return out;
}

std::vector<QueryEntry> without_repeated_ids(std::vector<QueryEntry> entries) {
  std::set<std::string> seen;
  for (QueryEntry& entry : entries) {
    if (!entry.malformed.empty()) continue;
    if (!seen.insert(entry.id).second) entry.malformed = "Diese „id“ kommt weiter oben schon vor.";
  }
  return entries;
}

}  // namespace

QueryFormat query_format_of(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  if (extension == ".tsv") return QueryFormat::kTsv;
  if (extension == ".csv") return QueryFormat::kCsv;
  if (extension == ".jsonl" || extension == ".ndjson") return QueryFormat::kJsonl;
  if (extension == ".xml" || extension == ".topics") return QueryFormat::kTrecTopics;
  std::ifstream in(file);
  char first = 0;
  in >> first;
  return first == '{'   ? QueryFormat::kJsonl
         : first == '<' ? QueryFormat::kTrecTopics
                        : QueryFormat::kTsv;
}

std::vector<QueryEntry> read_query_file(const std::filesystem::path& file) {
  return read_query_file(file, query_format_of(file));
}

std::vector<QueryEntry> read_query_lines(std::string_view jsonl) {
  if (jsonl.starts_with("\xEF\xBB\xBF")) jsonl.remove_prefix(3);
  return without_repeated_ids(read_jsonl(jsonl));
}

std::vector<QueryEntry> read_query_file(const std::filesystem::path& file, QueryFormat format) {
  const std::string text = contents_of(file);
  std::vector<QueryEntry> entries = format == QueryFormat::kTsv     ? read_tsv(text)
                                    : format == QueryFormat::kCsv   ? read_csv(file, text)
                                    : format == QueryFormat::kJsonl ? read_jsonl(text)
                                                                    : read_topics(text);
  return without_repeated_ids(std::move(entries));
}

}  // namespace fundstelle::research
