// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/identity.h"

#include <re2/re2.h>

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "document/document.h"
#include "identity/fold.h"
#include "identity/land_houses.h"
#include "identity/ministry_name.h"
#include "identity/tables.h"

namespace fundstelle {
namespace {

constexpr std::size_t kAxes = 5;
constexpr std::size_t kLongestSlug = 100;  // bytes; terms of an index are at most 245

class AxisTable {
 public:
  AxisTable(std::span<const IdentityRow> rows, bool with_land_houses) {
    for (const IdentityRow& row : rows) add(row.slug, row.label, row.level, row.spellings);
    if (with_land_houses) {
      for (const LandHouse& house : land_houses()) add(house.slug, {}, Level::kLand, {});
      for (std::size_t i = 0; i < land_houses().size(); ++i) {
        list_[rows.size() + i].label = land_houses()[i].label;
      }
    }
  }

  [[nodiscard]] const Identity* by_key(const std::string& key) const {
    const auto found = keys_.find(key);
    return found == keys_.end() ? nullptr : &list_[found->second];
  }
  [[nodiscard]] const Identity* by_slug(std::string_view slug) const {
    const auto found = slugs_.find(std::string(slug));
    return found == slugs_.end() ? nullptr : &list_[found->second];
  }
  [[nodiscard]] std::span<const Identity> list() const { return list_; }

 private:
  void add(std::string_view slug, std::string_view label, Level level, std::string_view spellings) {
    const std::size_t at = list_.size();
    list_.push_back({slug, label, level});
    slugs_.emplace(slug, at);
    keys_.emplace(folded_key(slug), at);
    if (!label.empty()) keys_.emplace(folded_key(label), at);
    while (!spellings.empty()) {
      const std::size_t bar = spellings.find('|');
      keys_.emplace(folded_key(spellings.substr(0, bar)), at);
      spellings = bar == std::string_view::npos ? std::string_view{} : spellings.substr(bar + 1);
    }
  }

  std::vector<Identity> list_;
  std::unordered_map<std::string, std::size_t> keys_, slugs_;
};

const AxisTable& table(Axis axis) {
  static const std::array<AxisTable, kAxes> tables = {
      AxisTable(type_rows(), false), AxisTable(body_rows(), false), AxisTable(group_rows(), false),
      AxisTable(ministry_rows(), true), AxisTable(topic_rows(), false)};
  return tables[static_cast<std::size_t>(axis)];
}

// "Fraktion der CDU", "CDU-Landtagsfraktion", "Gruppe der PDS/Linke Liste", "Fraktion der Fraktion
// X".
const Identity* find_group(std::string_view printed) {
  const AxisTable& groups = table(Axis::kGroup);
  if (const Identity* found = groups.by_key(folded_key(printed))) return found;
  std::string words = folded_words(printed);
  static const RE2 before(
      "^(?:und-|der-|die-|des-|den-|von-|vom-|aus-)*(?:(?:landtags|bundestags|buergerschafts|"
      "abgeordnetenhaus|rats|stadtrats|"
      "kreistags)?(?:fraktion|fraktionen|gruppe|gruppen))(?:-|$)");
  static const RE2 article("^(?:der|die|des|den|dem)-");
  static const RE2 after(
      "-?(?:landtags|bundestags|buergerschafts|abgeordnetenhaus|rats|stadtrats|kreistags)?-?(?:"
      "fraktion|gruppe)(?:-(?:im|in|des)-.*)?$");
  for (int round = 0; round < 4; ++round) {
    const std::string old = words;
    RE2::Replace(&words, before, "");
    RE2::Replace(&words, after, "");
    for (int form = 0; form < 2; ++form) {
      std::string key;
      for (char c : words) {
        if (c != '-') key += c;
      }
      if (const Identity* found = groups.by_key(key)) return found;
      if (!RE2::Replace(&words, article, "")) break;
    }
    if (words == old) break;
  }
  return nullptr;
}

const Identity* find_house(std::string_view printed, std::string_view land) {
  const AxisTable& houses = table(Axis::kMinistry);
  if (const Identity* found = houses.by_key(folded_key(printed))) return found;
  const std::string name = ministry_name(printed);
  if (const Identity* found = houses.by_key(folded_key(name))) return found;
  if (folded_key(name).starts_with("bundes")) return nullptr;
  const std::string_view named = land_named(name);
  return houses.by_slug(land_house_slug(name, named.empty() ? land : named));
}

// "landtag-mv", "regierung-mv" give "mv".
std::string_view land_of_body(std::string_view body_slug) {
  for (const std::string_view kind : {"landtag-", "regierung-"}) {
    if (body_slug.starts_with(kind)) return body_slug.substr(kind.size());
  }
  return {};
}

}  // namespace

const Identity* find_identity(Axis axis, std::string_view printed) {
  if (printed.empty()) return nullptr;
  switch (axis) {
    case Axis::kGroup:
      return find_group(printed);
    case Axis::kMinistry:
      return find_house(printed, {});
    default:
      return table(axis).by_key(folded_key(printed));
  }
}

const Identity* find_ministry(std::string_view printed, std::string_view body_slug) {
  if (printed.empty()) return nullptr;
  return find_house(printed, land_of_body(body_slug));
}

const Identity* identity_of_slug(Axis axis, std::string_view slug) {
  return table(axis).by_slug(slug);
}

std::span<const Identity> identities(Axis axis) { return table(axis).list(); }

std::string slug_of(std::string_view printed) {
  const std::string words = folded_words(printed);
  std::string slug;
  for (char c : words) {
    if (static_cast<unsigned char>(c) < 0x80) slug += c;
  }
  const bool lost = slug.size() != words.size() || (slug.empty() && !printed.empty());
  if (slug.size() > kLongestSlug || lost) {
    // FNV-1a of the whole, so that values cut alike or written in another script stay apart.
    std::uint32_t hash = 2166136261U;
    for (char c : words.empty() ? std::string(printed) : words) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    static const char* const digits = "0123456789abcdef";
    std::string tail;
    for (int shift = 28; shift >= 0; shift -= 4) tail += digits[(hash >> shift) & 15U];
    if (slug.size() > kLongestSlug) {
      const std::size_t cut = slug.rfind('-', kLongestSlug);
      slug.resize(cut == std::string::npos || cut < kLongestSlug / 2 ? kLongestSlug : cut);
    }
    slug += slug.empty() || slug.back() == '-' ? "x" + tail : "-x" + tail;
  }
  return slug;
}

std::string resolve_slug(Axis axis, std::string_view printed) {
  const Identity* found = find_identity(axis, printed);
  return found != nullptr ? std::string(found->slug) : slug_of(printed);
}

void resolve_identities(Document& document) {
  if (document.type_id.empty() && !document.type.empty())
    document.type_id = resolve_slug(Axis::kType, document.type);
  if (document.body_id.empty() && !document.body.empty())
    document.body_id = resolve_slug(Axis::kBody, document.body);
  const auto add = [](std::vector<std::string>& slugs, std::string slug) {
    for (const std::string& known : slugs) {
      if (known == slug) return;
    }
    if (!slug.empty()) slugs.push_back(std::move(slug));
  };
  if (document.group_ids.empty()) {
    for (const std::string& group : document.groups)
      add(document.group_ids, resolve_slug(Axis::kGroup, group));
  }
  if (document.ministry_ids.empty()) {
    for (const std::string& ministry : document.ministries) {
      const Identity* found = find_ministry(ministry, document.body_id);
      add(document.ministry_ids, found != nullptr ? std::string(found->slug) : slug_of(ministry));
    }
  }
  if (document.topic_ids.empty()) {
    for (const std::string& topic : document.topics)
      add(document.topic_ids, resolve_slug(Axis::kTopic, topic));
  }
}

}  // namespace fundstelle
