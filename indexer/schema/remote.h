// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a generation sits in remote/, a database for Xapian's own remote backend. One entry a
// document, terms and values as schema.h has them for documents/, and beside these:
//
// Positions are kRemoteStride times those of schema.h, plus a small number that differs between the
// terms of one word (0 for exact terms): Xapian's NEAR does not let two terms share a place, while
// the parts of a compound do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "schema/schema.h"
#include "schema/stored_document.h"

namespace fundstelle::schema {

inline constexpr std::string_view kRemoteFolder = "remote";
inline constexpr std::uint32_t kRemoteStride = 32;
inline constexpr std::uint32_t kRemoteMostTermsAtAPlace = 16;

/// Value slots that only remote/ has, for what Xapian itself sorts and counts.
enum RemoteSlot : unsigned {
  kMonthSlot = 32,        ///< yyyymm, month 0 if unknown (pack_u32); histogram and years
  kOldestFirstSlot = 33,  ///< date, undated last (pack_u32)
  kAddedSlot = 34,        ///< first_seen, then date (pack_u32 each)
};

/// Metadata of remote/, beside labels (label_key): as in the manifest of its generation.
inline constexpr const char* kRemoteVersionKey = "fundstelle:schema";
inline constexpr const char* kRemoteFingerprintKey = "fundstelle:fingerprint";
inline constexpr const char* kRemoteRevisionKey = "fundstelle:revision";
/// words.zst in pieces, "fundstelle:words:0" and so on until one is empty.
inline constexpr const char* kRemoteWordsKey = "fundstelle:words:";
inline constexpr std::size_t kRemotePieceBytes = 1U << 20;
/// Of each document taken down, with its id behind: the date (schema/takedowns.h), a line feed, the
/// reason.
inline constexpr const char* kRemoteTakedownKey = "fundstelle:takedown:";

/// A document with its passages as data of an entry.
[[nodiscard]] std::string pack_remote(std::string_view record,
                                      const std::vector<std::string>& passages);
struct RemoteDocument {
  std::string record;                 ///< for unpack_document
  std::vector<std::string> passages;  ///< for unpack_passage
};
/// Throws std::runtime_error if damaged.
[[nodiscard]] RemoteDocument unpack_remote(std::string_view data);

}  // namespace fundstelle::schema
