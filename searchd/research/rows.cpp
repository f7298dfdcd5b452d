// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/rows.h"

#include <array>
#include <cassert>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>

#include "document/csv.h"
#include "document/json_writer.h"
#include "research/evaluation.h"

namespace fundstelle::research {
namespace {

void append_number(std::string& out, double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end.ptr);
}

void append_csv(std::string& out, const Cell& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    out += csv_field(*text);
  } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    out += std::to_string(*whole);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    append_number(out, *number);
  } else if (const auto* yes = std::get_if<bool>(&cell)) {
    out += *yes ? "true" : "false";
  } else if (const auto* list = std::get_if<const std::vector<std::string>*>(&cell)) {
    std::string joined;
    for (const std::string& one : **list) joined += (joined.empty() ? "" : "; ") + one;
    out += csv_field(joined);
  }
}

void append_json_cell(std::string& out, const Cell& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    append_json(out, *text);
  } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    out += std::to_string(*whole);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    append_number(out, *number);
  } else if (const auto* yes = std::get_if<bool>(&cell)) {
    out += *yes ? "true" : "false";
  } else if (const auto* list = std::get_if<const std::vector<std::string>*>(&cell)) {
    out += '[';
    for (std::size_t i = 0; i < (*list)->size(); ++i) {
      if (i > 0) out += ',';
      append_json(out, (**list)[i]);
    }
    out += ']';
  } else {
    out += "null";
  }
}

}  // namespace

RowWriter::RowWriter(RowFormat format, std::vector<std::string> columns)
    : format_(format), columns_(std::move(columns)) {}

std::string RowWriter::head() const {
  if (format_ == RowFormat::kJsonl) return {};
  std::string out;
  for (const std::string& column : columns_) out += (out.empty() ? "" : ",") + column;
  return out + "\r\n";
}

void RowWriter::append(std::string& out, std::initializer_list<Cell> cells) const {
  append(out, cells.begin(), cells.size());
}

void RowWriter::append(std::string& out, const std::vector<Cell>& cells) const {
  append(out, cells.data(), cells.size());
}

void RowWriter::append(std::string& out, const Cell* cells, std::size_t count) const {
  assert(count == columns_.size() && "a cell for each column");
  for (std::size_t i = 0; i < count; ++i) {
    if (format_ == RowFormat::kCsv) {
      if (i > 0) out += ',';
      append_csv(out, cells[i]);
    } else {
      out += i == 0 ? '{' : ',';
      append_json(out, columns_[i]);
      out += ':';
      append_json_cell(out, cells[i]);
    }
  }
  out += format_ == RowFormat::kCsv ? "\r\n" : "}\n";
}

std::string to_record(const Provenance& provenance) {
  nlohmann::ordered_json parameters = nlohmann::ordered_json::object();
  for (const auto& [name, value] : provenance.parameters) parameters[name] = value;
  const nlohmann::ordered_json json{{"fundstelle",
                                     {{"program", provenance.program},
                                      {"command", provenance.command},
                                      {"revision", provenance.revision},
                                      {"fingerprint", provenance.fingerprint},
                                      {"documents", provenance.documents},
                                      {"passages", provenance.passages},
                                      {"parameters", parameters}}}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string fingerprint_of_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw ResearchError(file + ": cannot be read");
  std::uint64_t hash = 14695981039346656037ULL;
  std::array<char, 1 << 16> bytes{};
  while (in.read(bytes.data(), bytes.size()) || in.gcount() > 0) {
    for (std::streamsize i = 0; i < in.gcount(); ++i) {
      hash = (hash ^ static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)])) *
             1099511628211ULL;
    }
  }
  std::string out(16, '0');
  for (std::size_t i = 0; i < 16; ++i) out[15 - i] = "0123456789abcdef"[hash >> (4 * i) & 15];
  return out;
}

}  // namespace fundstelle::research
