// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_date_words.h"

#include <re2/re2.h>

#include <set>
#include <string>

#include "extract/html_names.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

bool role_of_label(std::string_view before, OwnDateRole& role) {
  static const RE2 kForeign(
      R"((?i)(?:\b(?:beginn|termin|wann|veranstaltung(?:sdatum)?|anmelde\w*|frist|bis|findet|gültig|ab|seit|geboren|einsendeschluss|start|ende|abgerufen|zugriff|copyright|ausgabe|heft|kommentar\w*|antwort\w*|mitglied|registriert|dabei|reisezeit|abreise|anreise|sendung|nächste[rs]?|letzte[rs]? besuch|besucht|urteil|beschluss|gesetz|erstmals|drucksache)|©|\*|†|\d\.?\s?(?:[–—-]|bis)\s?|\bzum|\bam [A-ZÄÖÜ]\w+(?:tag|woch|abend))[^.!?]*$)");
  static const RE2 kModified(
      R"((?i)(?:aktualisiert|zuletzt|letzte[rs]?\s+(?:änderung|aktualisierung|bearbeitung|update)|geändert|überarbeitet|bearbeitet|\bupdate[dt]?\b|modified|last change)[^.!?]*$)");
  static const RE2 kStand(R"((?i)\bstand\b(?: des artikels| der information(?:en)?)?[^.!?]*$)");
  static const RE2 kPublished(
      R"((?i)(?:veröffentlicht|erschienen|erstellt|publiziert|geschrieben|verfasst|gepostet|eingestellt|online seit|online gestellt|publi(?:shed|cation)|posted|datum|pressemitteilung|presseinformation|medieninformation|pressemeldung|meldung vom|artikel vom|beitrag vom|created|hochgeladen|\bnr\.)[^.!?]*$)");
  const std::size_t longest = 70;
  if (before.size() > longest) before.remove_prefix(before.size() - longest);
  const re2::StringPiece text = piece(before);
  if (RE2::PartialMatch(text, kModified)) {
    role = OwnDateRole::kModified;
  } else if (RE2::PartialMatch(text, kStand)) {
    role = OwnDateRole::kStand;
  } else if (RE2::PartialMatch(text, kPublished)) {
    role = OwnDateRole::kPublished;
  } else if (RE2::PartialMatch(text, kForeign)) {
    return false;
  }
  return true;
}

NameHint hint_of_names(const HtmlTree& tree, std::uint32_t node, std::uint32_t stop) {
  static const std::set<std::string_view> kPublished = {
      "published", "publish",     "pubdate",       "publication",     "publishing",
      "posted",    "created",     "erstellt",      "veroeffentlicht", "postdate",
      "pub",       "publishdate", "datepublished", "online"};
  static const std::set<std::string_view> kModified = {
      "updated",     "modified",     "changed",      "lastmod", "aktualisiert", "update",
      "lastchanged", "datemodified", "lastmodified", "last",    "changeddate"};
  static const std::set<std::string_view> kDate = {
      "date",     "datum",    "time",     "datetime", "timestamp",    "day",
      "meta",     "metadata", "postmeta", "stand",    "byline",       "dateline",
      "infoline", "postinfo", "zeit",     "webtime",  "authored",     "submitted",
      "author",   "autor",    "catdate",  "release",  "artikeldatum", "timedata"};
  static const std::set<std::string_view> kForeign = {
      "event",    "events",  "termin",   "termine",   "veranstaltung", "calendar",
      "kalender", "comment", "comments", "copyright", "birth",         "expires",
      "start",    "end",     "fb",       "fbdatum",   "facebook",      "twitter",
      "tweet",    "journey", "issue",    "ausgabe",   "heft"};
  static const std::set<std::string_view> kList = {"teaser",   "teasers", "related", "similar",
                                                   "weitere",  "recent",  "latest",  "slider",
                                                   "carousel", "archive", "tile",    "kachel"};
  NameHint hint;
  const auto& nodes = tree.nodes();
  for (int steps = 0; steps < 5; ++steps) {
    if (nodes[node].name == "body" || nodes[node].name == "html") break;
    std::string names = tree.attribute(node, "class") + " " + tree.attribute(node, "id");
    const std::string item =
        tree.attribute(node, "itemprop") + " " + tree.attribute(node, "property");
    if (names.size() > 400) names.resize(400);
    for (const std::string& part : name_parts(names + " " + item)) {
      if (steps < 2) {
        hint.published = hint.published || kPublished.contains(part);
        hint.modified = hint.modified || kModified.contains(part);
      }
      if (steps < 3) hint.date = hint.date || kDate.contains(part);
      if (steps < 3) hint.foreign = hint.foreign || kForeign.contains(part);
      hint.list = hint.list || kList.contains(part);
    }
    if (node == stop || node == 0) break;
    node = nodes[node].parent;
  }
  return hint;
}

}  // namespace fundstelle
