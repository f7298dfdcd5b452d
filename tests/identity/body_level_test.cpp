// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/body_level.h"

#include <catch2/catch.hpp>
#include <string>

using namespace fundstelle;

TEST_CASE("body level: parliaments by level, those who publish beside them apart", "[identity]") {
  struct Row {
    std::string slug;
    BodyLevel level;
  };
  const Row rows[] = {
      {"bt", BodyLevel::kBund},
      {"br", BodyLevel::kBund},
      {"bundesregierung", BodyLevel::kGovernment},
      {"bamf", BodyLevel::kGovernment},
      {"landtag-mv", BodyLevel::kLand},
      {"landtag-be", BodyLevel::kLand},
      {"regierung-bb", BodyLevel::kGovernment},
      {"europaeisches-parlament", BodyLevel::kEuropa},
      {"partei-spd-be", BodyLevel::kParty},
      {"fes", BodyLevel::kParty},
      // Made from prints no table knows.
      {"stadt-karlsruhe", BodyLevel::kKommune},
      {"rat-der-stadt-koeln", BodyLevel::kKommune},
      {"kreistag-ostholstein", BodyLevel::kKommune},
      {"bezirksverordnetenversammlung-pankow", BodyLevel::kKommune},
      {"die-linke-nordrhein-westfalen", BodyLevel::kParty},
      {"cdu-in-niedersachsen", BodyLevel::kParty},
      {"spd-fraktion-im-landtag-nordrhein-westfalen", BodyLevel::kParty},
      {"fraktion-gruene-im-landtag-von-baden-wuerttemberg", BodyLevel::kParty},
      {"fdp-fraktion-im-rat-der-stadt-bonn", BodyLevel::kParty},
      {"hessisches-ministerium-der-finanzen", BodyLevel::kGovernment},
      {"sender-freies-berlin", BodyLevel::kOther},
      {"", BodyLevel::kOther},
  };
  for (const Row& row : rows) {
    CAPTURE(row.slug);
    CHECK(std::string(label_of(body_level(row.slug))) == std::string(label_of(row.level)));
  }
}
