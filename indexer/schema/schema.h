// SPDX-License-Identifier: GPL-3.0-or-later
//
// How documents sit in the index: one table of prefixes and value slots. Writer and searcher both
// read it here and nowhere else. docs/index-format.md explains the why.
//
// A generation or delta holds:
//   text.bin      all words of all texts: terms, postings, positions (schema/text_index.h)
//   columns.bin   what is filtered, counted and sorted by (schema/columns.h)
//   documents/    Xapian: an entry a document, its filter terms and its record without text
//   passages/     Xapian: an entry a passage (a question with its answer, a speech, a headed part,
//                 else a page), its text. The passages of a document, in order, hold the whole text
//                 of the document exactly once and have successive docids.
//   remote/       optional: documents/ with all words, positions and values, for other programs
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace fundstelle::schema {

inline constexpr int kSchemaVersion = 4;

/// Prefixes of words (text.bin; remote/). They have positions unless said otherwise. A document
/// holds its title from position 1 on, then each passage kPassageGap after the last word before it
/// (in the order of passages/). A passage holds its text from position 1 on, no title.
inline constexpr std::string_view kExact =
    "E";                                        ///< folded form; stop words too (phrases need them)
inline constexpr std::string_view kStem = "S";  ///< stem, wdf kWholeWdf an occurrence
inline constexpr std::string_view kPart = "P";  ///< compound part stem, wdf kPartWdf
inline constexpr std::string_view kBlind = "U";   ///< umlaut-blind form, no positions
inline constexpr std::string_view kNumber = "N";  ///< canonical number or citation in the text
/// The same kinds in the title only, same positions; documents only.
inline constexpr std::string_view kTitleExact = "TE";
inline constexpr std::string_view kTitleStem = "TS";
inline constexpr std::string_view kTitlePart = "TP";

/// Filter terms (wdf 0, no positions) of documents/. A passage bears those of its document.
inline constexpr std::string_view kId = "Q";     ///< unique id of the document
inline constexpr std::string_view kType = "XT";  ///< slug
inline constexpr std::string_view kBody = "XB";
inline constexpr std::string_view kGroup = "XG";
inline constexpr std::string_view kMinistry = "XM";
inline constexpr std::string_view kTopic = "XO";
inline constexpr std::string_view kLegislature = "XL";  ///< decimal
inline constexpr std::string_view kYear = "XY";         ///< 2021
inline constexpr std::string_view kMonth = "XD";        ///< 202104
inline constexpr std::string_view kOwnNumber =
    "XN";  ///< canonical number of the document itself, also without its suffix
inline constexpr std::string_view kReference =
    "XR";                                          ///< canonical number it cites, or # and the id
inline constexpr std::string_view kAuthor = "XA";  ///< folded words of authors' names
/// Filters of passages that are no stored terms: columns.bin has them.
inline constexpr std::string_view kAsked = "XKasked";        ///< holds a question's text
inline constexpr std::string_view kAnswered = "XKanswered";  ///< holds an answer's text

inline constexpr std::uint32_t kWholeWdf = 3;
inline constexpr std::uint32_t kPartWdf = 1;
inline constexpr std::uint32_t kPassageGap = 100;
inline constexpr std::size_t kMaxTermBytes = 240;

/// Value slots of remote/. Numbers are 4-byte big-endian (pack_u32), so they sort; lists are
/// slugs joined by U+001F. A missing value is an empty slot.
enum DocumentSlot : unsigned {
  kDateSlot = 0,  ///< yyyymmdd as number, month or day 0 if unknown
  kTypeSlot = 1,  ///< slug
  kBodySlot = 2,
  kLegislatureSlot = 3,  ///< number
  kTopicSlot = 4,        ///< list
  kGroupSlot = 5,
  kMinistrySlot = 6,
  kFirstPassageSlot = 7,  ///< docid in passages/ of the same generation or delta
  kPassageCountSlot = 8,
  kTextBytesSlot = 9,
  kFirstSeenSlot = 10,  ///< seconds since 1970 of the first indexing; indexes made before have none
};

[[nodiscard]] std::string pack_u32(std::uint32_t value);
[[nodiscard]] std::uint32_t unpack_u32(std::string_view packed);  ///< 0 if not 4 bytes
/// "2021-04-06" gives 20210406, "" gives 0.
[[nodiscard]] std::uint32_t date_value(std::string_view iso);
[[nodiscard]] std::string iso_date(std::uint32_t value);
/// "1970-01-01T00:01:00Z" gives 60; 0 for what is no such date-time (UTC) of 1970 to 2106.
[[nodiscard]] std::uint32_t time_value(std::string_view iso);
/// The way back; "" for 0.
[[nodiscard]] std::string iso_time(std::uint32_t seconds);

/// What kind of passage a reader sees.
enum class PassageKind : std::uint8_t { kPage, kHeaded, kQuestion, kSpeech };
[[nodiscard]] const char* to_string(PassageKind kind);

/// A stretch that is the text of a question or of an answer: bytes of a passage's text, or
/// positions of its words. The end is one past the last.
struct Zone {
  bool answer = false;
  std::uint32_t begin = 0, end = 0;
};
/// In order, not overlapping.
[[nodiscard]] std::string pack_zones(const std::vector<Zone>& zones);
[[nodiscard]] std::vector<Zone> unpack_zones(std::string_view packed);  ///< throws WireError

/// One passage as stored (data of passages/: pack_passage, then compressed; read it with
/// schema/stored_document.h).
struct Passage {
  PassageKind kind = PassageKind::kPage;
  std::vector<std::string> labels;  ///< question numbers
  std::string heading;  ///< question text start, heading, or speaker ("Name (Fraktion)")
  /// Which stretch of which page the text covers, in order; joined they give `text` with "\n\n"
  /// between two pieces.
  struct Piece {
    std::uint32_t page = 1, begin = 0, end = 0;
  };
  std::vector<Piece> pieces;
  std::vector<Zone> zones;  ///< bytes of `text`; only of questions
  std::string text;
};

[[nodiscard]] std::string pack_passage(const Passage& passage);  ///< without compression
[[nodiscard]] Passage unpack_passage(
    std::string_view packed);  ///< throws std::runtime_error if damaged

/// Cuts a document into passages: questions with their answers, speeches, headed parts, else pages;
/// what lies between them by page; none above kMaxPassageBytes (cut at paragraphs). Together they
/// cover every byte of every page exactly once, in order.
inline constexpr std::size_t kMaxPassageBytes = 16'000;
[[nodiscard]] std::vector<Passage> cut_passages(const Document& document);

/// Metadata keys in documents/: label of a slug, so that pages need no table for unknown values.
[[nodiscard]] std::string label_key(std::string_view axis,
                                    std::string_view slug);  ///< "label:body:bt"

}  // namespace fundstelle::schema
