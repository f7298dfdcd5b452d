// SPDX-License-Identifier: GPL-3.0-or-later
//
// columns.bin of a generation or delta: what searchd keeps in memory of every document and passage,
// one column after the other, so that an index of a million documents opens in a moment.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "schema/layout.h"
#include "schema/schema.h"

namespace fundstelle::schema {

inline constexpr const char* kColumnsFile = "columns.bin";

/// Many short texts in one string: half the memory of a string each.
class IdList {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }
  /// Throws std::out_of_range.
  [[nodiscard]] std::string_view at(std::size_t i) const {
    (void)ends_.at(i);
    return (*this)[i];
  }
  void reserve(std::size_t count, std::size_t bytes) {
    ends_.reserve(count);
    bytes_.reserve(bytes);
  }
  void add(std::string_view id) {
    bytes_ += id;
    ends_.push_back(bytes_.size());
  }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

/// All vectors of documents (passages) are by docid; place 0 is empty, and so is that of a docid
/// that is not in use.
struct Columns {
  static constexpr std::uint16_t kNone = 0xFFFF;

  // Documents.
  std::vector<std::uint32_t> date;           ///< yyyymmdd, month or day 0 if unknown; 0: none
  std::vector<std::uint32_t> first_seen;     ///< seconds since 1970; 0: not known
  std::vector<std::uint32_t> first_passage;  ///< docid in passages/; 0: no such document
  std::vector<std::uint32_t> passage_count;
  std::vector<std::uint32_t> text_bytes;
  std::vector<std::uint32_t> length;   ///< of the document for ranking: wdf of all its terms
  std::vector<std::uint32_t> id_rank;  ///< place of its id among all ids of this file, from 0
  std::vector<std::uint16_t> legislature;
  /// Facet values: slugs, sorted; single values by docid, lists[starts[docid] .. starts[docid+1]].
  struct Single {
    std::vector<std::string> slugs;
    std::vector<std::uint16_t> values;
  };
  struct List {
    std::vector<std::string> slugs;
    std::vector<std::uint32_t> starts;
    std::vector<std::uint16_t> values;
  };
  Single type, body;
  List topic, group, ministry;
  /// Ids in ascending order (place: id_rank).
  IdList ids;

  // Passages.
  std::vector<std::uint32_t> parent;          ///< docid in documents/; 0: no such passage
  std::vector<std::uint32_t> passage_length;  ///< for ranking
  std::vector<std::uint8_t> passage_kind;     ///< PassageKind, plus:
  static constexpr std::uint8_t kAsked = 16, kAnswered = 32;  ///< holds (part of) either

  [[nodiscard]] std::uint32_t last_document() const {
    return date.empty() ? 0 : static_cast<std::uint32_t>(date.size()) - 1;
  }
  [[nodiscard]] std::uint32_t last_passage() const {
    return parent.empty() ? 0 : static_cast<std::uint32_t>(parent.size()) - 1;
  }
  [[nodiscard]] bool has(std::uint32_t document) const {
    return document < first_passage.size() && first_passage[document] != 0;
  }
};

/// What is read: ids are many bytes and seldom asked for.
enum class ColumnsPart : std::uint8_t { kAll, kWithoutIds };
/// Throws IndexError if the file is missing or damaged.
[[nodiscard]] Columns read_columns(const std::filesystem::path& generation_or_delta,
                                   ColumnsPart part = ColumnsPart::kAll);

/// Columns while they are filled, in whatever order. Values are numbered when all are known.
class ColumnsBuilder {
 public:
  ColumnsBuilder();
  /// Goes on with what a delta holds.
  explicit ColumnsBuilder(Columns columns);

  struct DocumentRow {
    std::uint32_t docid = 0, date = 0, first_seen = 0, first_passage = 0, text_bytes = 0,
                  length = 0;
    std::uint16_t legislature = Columns::kNone;
    std::string id, type, body;
    std::vector<std::string> topics, groups, ministries;  ///< each once
    struct PassageRow {
      std::uint32_t length = 0;
      std::uint8_t kind = 0;
    };
    std::vector<PassageRow> passages;
  };
  void add(const DocumentRow& row);
  void remove(std::uint32_t docid);
  /// Throws IndexError if it cannot be written, or if a facet has more than 65,534 values.
  void write(const std::filesystem::path& generation_or_delta) &&;
  [[nodiscard]] const std::vector<std::uint32_t>& parents() const { return columns_.parent; }
  [[nodiscard]] std::uint32_t last_document() const { return columns_.last_document(); }
  [[nodiscard]] std::uint32_t last_passage() const { return columns_.last_passage(); }

 private:
  void reserve(std::uint32_t document, std::uint32_t passage);

  Columns columns_;
  std::vector<std::string> ids_;  ///< by docid
  std::array<std::vector<std::vector<std::uint16_t>>, 3> lists_;
};

}  // namespace fundstelle::schema
