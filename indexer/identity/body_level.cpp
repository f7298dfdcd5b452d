// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/body_level.h"

#include <algorithm>
#include <array>

#include "identity/identity.h"

namespace fundstelle {
namespace {

constexpr std::array<std::string_view, kBodyLevels> kLabels{
    "Bund",   "Länder", "Kommunen", "Europa", "Regierungen und Behörden", "Parteien und Fraktionen",
    "Weitere"};

/// A word of a slug that tells who it is.
struct Sign {
  std::string_view word;
  BodyLevel level;
};
// Words between hyphens; a trailing * stands for any ending. The first sign that fits decides: a
// party's group in a council or parliament is the party's.
constexpr Sign kSigns[] = {
    {"fraktion*", BodyLevel::kParty},
    {"landtagsfraktion*", BodyLevel::kParty},
    {"stadtratsfraktion*", BodyLevel::kParty},
    {"landesverband", BodyLevel::kParty},
    {"kreisverband", BodyLevel::kParty},
    {"ortsverband", BodyLevel::kParty},
    {"partei*", BodyLevel::kParty},
    {"cdu", BodyLevel::kParty},
    {"csu", BodyLevel::kParty},
    {"spd", BodyLevel::kParty},
    {"fdp", BodyLevel::kParty},
    {"afd", BodyLevel::kParty},
    {"linke", BodyLevel::kParty},
    {"gruene*", BodyLevel::kParty},
    {"bsw", BodyLevel::kParty},
    {"waehler*", BodyLevel::kParty},
    {"ministerium*", BodyLevel::kGovernment},
    {"bundesministerium*", BodyLevel::kGovernment},
    {"landesregierung*", BodyLevel::kGovernment},
    {"staatsregierung*", BodyLevel::kGovernment},
    {"staatskanzlei*", BodyLevel::kGovernment},
    {"senatsverwaltung*", BodyLevel::kGovernment},
    {"senat", BodyLevel::kGovernment},
    {"bundesamt*", BodyLevel::kGovernment},
    {"landesamt*", BodyLevel::kGovernment},
    {"rechnungshof*", BodyLevel::kGovernment},
    {"regierung*", BodyLevel::kGovernment},
    {"landtag*", BodyLevel::kLand},
    {"abgeordnetenhaus*", BodyLevel::kLand},
    {"buergerschaft*", BodyLevel::kLand},
    {"stadt*", BodyLevel::kKommune},
    {"rat", BodyLevel::kKommune},
    {"gemeinde*", BodyLevel::kKommune},
    {"kreis*", BodyLevel::kKommune},
    {"landkreis*", BodyLevel::kKommune},
    {"bezirk*", BodyLevel::kKommune},
    {"ortsbeirat*", BodyLevel::kKommune},
    {"ortschaftsrat*", BodyLevel::kKommune},
    {"landeshauptstadt", BodyLevel::kKommune},
    {"markt*", BodyLevel::kKommune},
    {"bundestag*", BodyLevel::kBund},
    {"europaeisch*", BodyLevel::kEuropa},
};

bool has_word(std::string_view slug, std::string_view wanted) {
  const bool beginning = wanted.back() == '*';
  if (beginning) wanted.remove_suffix(1);
  while (!slug.empty()) {
    const std::size_t end = std::min(slug.find('-'), slug.size());
    const std::string_view word = slug.substr(0, end);
    if (beginning ? word.substr(0, wanted.size()) == wanted : word == wanted) return true;
    slug.remove_prefix(std::min(end + 1, slug.size()));
  }
  return false;
}

}  // namespace

BodyLevel body_level(std::string_view slug) {
  const Identity* known = identity_of_slug(Axis::kBody, slug);
  const Level level = known == nullptr ? Level::kUnknown : known->level;
  switch (level) {
    case Level::kBund: {
      static constexpr std::string_view kHouses[] = {"bt", "br", "bundesversammlung",
                                                     "vermittlungsausschuss"};
      const bool house =
          std::find(std::begin(kHouses), std::end(kHouses), slug) != std::end(kHouses);
      return house ? BodyLevel::kBund : BodyLevel::kGovernment;
    }
    case Level::kLand:
      return slug.substr(0, 8) == "landtag-" ? BodyLevel::kLand : BodyLevel::kGovernment;
    case Level::kKommune:
      return BodyLevel::kKommune;
    case Level::kPartei:
      return BodyLevel::kParty;
    case Level::kEuropa:
      return BodyLevel::kEuropa;
    case Level::kUnknown:
      break;
  }
  for (const Sign& sign : kSigns) {
    if (has_word(slug, sign.word)) return sign.level;
  }
  return BodyLevel::kOther;
}

std::string_view label_of(BodyLevel level) { return kLabels.at(static_cast<std::size_t>(level)); }

}  // namespace fundstelle
