// SPDX-License-Identifier: GPL-3.0-or-later
//
// One identity over all spellings: bodies, document types, groups, ministries, subject areas.
//
// The tables are plain data in this folder's *_table.cpp. A value no table knows keeps its print
// and gets a slug made from it, so nothing is ever dropped. Slugs stand in addresses and facets and
// never change once published; labels are what pages show.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string>
#include <string_view>

namespace fundstelle {

enum class Axis : std::uint8_t { kType, kBody, kGroup, kMinistry, kTopic };

/// Level of government a body, ministry or group belongs to; for grouping facets.
enum class Level : std::uint8_t { kUnknown, kBund, kLand, kKommune, kPartei, kEuropa };

struct Identity {
  std::string_view slug;   ///< [a-z0-9-]+, ASCII: "landtag-mv", "gruene", "kleine-anfrage"
  std::string_view label;  ///< "Landtag Mecklenburg-Vorpommern"
  Level level = Level::kUnknown;
};

/// Identity of a printed form (any case, inflection, spelling the tables list; "Fraktion der CDU",
/// "CDU-Landtagsfraktion" give the group cdu). nullptr: unknown.
[[nodiscard]] const Identity* find_identity(Axis axis, std::string_view printed);

/// The house of a ministry printed in a paper of `body_slug` ("landtag-mv"): names such as
/// "Innenministerium" mean another house in each Land. nullptr: unknown.
[[nodiscard]] const Identity* find_ministry(std::string_view printed, std::string_view body_slug);

/// Identity by slug; nullptr: not in the tables (a slug made by slug_of).
[[nodiscard]] const Identity* identity_of_slug(Axis axis, std::string_view slug);

/// All identities of an axis in the order pages list them.
[[nodiscard]] std::span<const Identity> identities(Axis axis);

/// Slug of a value no table knows: "Rat der Stadt Köln" gives "rat-der-stadt-koeln". Empty in,
/// empty out.
[[nodiscard]] std::string slug_of(std::string_view printed);

/// Slug of the identity if known, else slug_of(printed).
[[nodiscard]] std::string resolve_slug(Axis axis, std::string_view printed);

struct Document;
/// Fills type_id, body_id, group_ids, ministry_ids, topic_ids from their printed fields where
/// empty.
void resolve_identities(Document& document);

}  // namespace fundstelle
