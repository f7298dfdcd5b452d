// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/land_houses.h"

#include <re2/re2.h>

#include <memory>

#include "identity/fold.h"

namespace fundstelle {
namespace {

struct Land {
  std::string_view code;
  std::string_view name;
  std::string_view adjective;  ///< folded stem: "niedersaechs"
};
constexpr Land kLands[] = {
    {"bw", "Baden-Württemberg", "badenwuerttemberg"},
    {"by", "Bayern", "bayer"},
    {"be", "Berlin", "berlin"},
    {"bb", "Brandenburg", "brandenburg"},
    {"hb", "Bremen", "brem"},
    {"hh", "Hamburg", "hamburg"},
    {"he", "Hessen", "hess"},
    {"mv", "Mecklenburg-Vorpommern", "mecklenburgvorpommer"},
    {"ni", "Niedersachsen", "niedersaechs|niedersachsen"},
    {"nw", "Nordrhein-Westfalen", "nordrheinwestf"},
    {"rp", "Rheinland-Pfalz", "rheinlandpf|rheinlandpfael"},
    {"sl", "Saarland", "saarl"},
    {"sn", "Sachsen", "saechs|freistaatsachsen|freistaatessachsen"},
    {"st", "Sachsen-Anhalt", "sachsenanhalt"},
    {"sh", "Schleswig-Holstein", "schleswigholstein"},
    {"th", "Thüringen", "thuering"},
};

struct Portfolio {
  std::string_view slug;
  std::string_view label;
  std::string_view first;  ///< RE2 on folded words behind "Ministerium für|des|der"
  std::string_view front;  ///< RE2 on the folded word before "ministerium"
};
// Order matters only where stems share a beginning (landwirtschaft before land…).
constexpr Portfolio kPortfolios[] = {
    {"staatskanzlei", "Staatskanzlei", "", ""},
    {"innen", "Innenministerium", "inner(n|es|en)\\b|inneres", "innen"},
    {"justiz", "Justizministerium", "justiz", "justiz"},
    {"finanzen", "Finanzministerium", "finanzen", "finanz"},
    {"wirtschaft", "Wirtschaftsministerium", "wirtschaft\\b", "wirtschafts"},
    {"bildung", "Bildungs- und Kultusministerium",
     "(bildung|kultus|unterricht|schule|allgemeine-schul)", "kultus|bildungs|schul"},
    {"wissenschaft", "Wissenschaftsministerium",
     "(wissenschaft|innovation|kultur-und-wissenschaft|kunst)\\b", "wissenschafts"},
    {"soziales", "Sozialministerium",
     "(soziales|arbeit|familie|integration|gesellschaft|jugend)\\b", "sozial|arbeits"},
    {"gesundheit", "Gesundheitsministerium", "gesundheit", "gesundheits"},
    {"umwelt", "Umweltministerium", "(umwelt|klima|klimaschutz|energiewende|naturschutz)\\b",
     "umwelt"},
    {"landwirtschaft", "Landwirtschaftsministerium",
     "(landwirtschaft|ernaehrung|laendlichen|laendliche|verbraucherschutz)\\b", "landwirtschafts"},
    {"verkehr", "Verkehrsministerium",
     "(verkehr|infrastruktur|mobilitaet|energie|bau-landesentwicklung)\\b",
     "verkehrs|infrastruktur"},
    {"bauen", "Bauministerium", "(bauen|bau|wohnen|stadtentwicklung|landesentwicklung|heimat)\\b",
     "bau"},
    {"europa", "Europaministerium",
     "(bundes-und-europa|europa|bundesangelegenheiten|internationale)", "europa"},
    {"digitales", "Digitalministerium", "digital", "digital"},
    {"migration", "Migrationsministerium", "(migration|flucht|fluechtlinge)", "migrations"},
};

}  // namespace

const std::vector<LandHouse>& land_houses() {
  static const std::vector<LandHouse> houses = [] {
    std::vector<LandHouse> all;
    for (const Land& land : kLands) {
      for (const Portfolio& portfolio : kPortfolios) {
        all.push_back({std::string(land.code) + "-" + std::string(portfolio.slug),
                       std::string(portfolio.label) + " (" + std::string(land.name) + ")"});
      }
    }
    return all;
  }();
  return houses;
}

std::string land_house_slug(std::string_view house, std::string_view land) {
  if (land.empty()) return {};
  const std::string words = folded_words(house);
  static const RE2 chancellery("(staatskanzlei|senatskanzlei|staatsministerium$)");
  static const RE2 behind(
      "(?:ministerium|senatsverwaltung|senator|senatorin|behoerde|ressort)-(?:fuer|des|der)-(?:die-"
      "|das-|den-)?(.*)");
  static const RE2 front("([a-z]+)ministerium(?:$|-)");
  const std::string prefix = std::string(land) + "-";
  if (RE2::PartialMatch(words, chancellery)) return prefix + "staatskanzlei";
  std::string rest;
  struct Patterns {
    std::vector<std::unique_ptr<RE2>> first, front;
  };
  static const Patterns patterns = [] {
    Patterns made;
    for (const Portfolio& portfolio : kPortfolios) {
      made.first.push_back(std::make_unique<RE2>(
          portfolio.first.empty() ? "^$" : "^(?:" + std::string(portfolio.first) + ")"));
      made.front.push_back(std::make_unique<RE2>(
          portfolio.front.empty() ? "^$" : "(?:" + std::string(portfolio.front) + ")$"));
    }
    return made;
  }();
  if (RE2::PartialMatch(words, behind, &rest)) {
    for (std::size_t i = 0; i < std::size(kPortfolios); ++i) {
      if (RE2::PartialMatch(rest, *patterns.first[i]))
        return prefix + std::string(kPortfolios[i].slug);
    }
  } else if (RE2::PartialMatch(words, front, &rest) && rest != "staats") {
    for (std::size_t i = 0; i < std::size(kPortfolios); ++i) {
      if (RE2::PartialMatch(rest, *patterns.front[i]))
        return prefix + std::string(kPortfolios[i].slug);
    }
  }
  return {};
}

std::string_view land_named(std::string_view printed) {
  const std::string key = folded_key(printed);
  std::string_view found;
  for (const Land& land : kLands) {
    std::string_view rest = land.adjective;
    while (!rest.empty()) {
      const std::size_t bar = rest.find('|');
      const std::string_view stem = rest.substr(0, bar);
      rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
      const std::size_t at = key.find(stem);
      if (at == std::string::npos) continue;
      // "sächsisch" also ends "niedersächsisch"; "Sachsen" begins "Sachsen-Anhalt".
      if (land.code == "sn" && at >= 6 && key.compare(at - 6, 6, "nieder") == 0) continue;
      if (land.code == "sn" && key.find("sachsenanhalt") != std::string::npos) continue;
      found = land.code;
    }
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace fundstelle
