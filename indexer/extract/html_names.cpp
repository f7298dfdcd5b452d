// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_names.h"

#include <re2/re2.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace fundstelle {
namespace {

using Words = std::unordered_set<std::string_view>;

/// The words of one blank-separated line; they must outlive the set.
Words words_of(std::string_view line) {
  Words words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (end > 0) words.insert(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

// What authors of pages call things, in German and English.
constexpr std::string_view kAgainst =
    "nav navi navigation navbar metanav mainnav subnav menu submenu breadcrumb "
    "breadcrumbs footer sidebar related share sharing shariff social socialmedia "
    "sociallinks addtoany sharedaddy comments comment commentlist kommentare "
    "kommentar disqus respond cookie cookies consent gdpr dsgvo cmp advert adverts "
    "advertisement advertising ads adsense anzeige anzeigen werbung sponsor "
    "sponsored newsletter paywall subscribe subscription login signup pagination "
    "pager paging paginator tagcloud tags popup modal overlay lightbox skip "
    "skiplinks authorbox recommend recommended recommendation recommendations "
    "outbrain taboola plista ligatus toolbar widget widgets yarpp crp linklist "
    "popular trending promo promotion feedback rating voting rss sitemap language "
    "offcanvas drawer suggestions suggested noprint printonly screenreader "
    "visuallyhidden infobox servicebox marginalie marginalspalte rightcol "
    "copyright credits credit bylinebox postnav mostread meistgelesen prevnext "
    "nextprev teaserlist slider carousel ";
constexpr std::string_view kDoubtful =
    "teaser teasers meta metadata box more mehr weitere author byline caption bio "
    "recent latest category categories top header bar banner search suche service "
    "kontakt contact links link list gallery galerie tag topics themen keywords "
    "date info note hint tools actions promotion shop event events aktuelles news "
    "entries similar ";
// What readers write may be longer than the article.
constexpr std::string_view kReaders =
    "comments comment commentlist kommentare kommentar disqus respond";

}  // namespace

std::string lower_ascii(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

std::vector<std::string> name_parts(const std::string& names) {
  std::vector<std::string> parts;
  std::string part;
  bool was_lower = false;
  for (const char c : names) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (!letter || (upper && was_lower)) {
      if (!part.empty()) parts.push_back(std::move(part));
      part.clear();
    }
    if (letter) part += static_cast<char>(upper ? c + 32 : c);
    was_lower = letter && !upper;
  }
  if (!part.empty()) parts.push_back(std::move(part));
  return parts;
}

Verdict verdict_on(const HtmlTree& tree, std::uint32_t node) {
  const std::string_view name = tree.nodes()[node].name;
  static const Words kAgainstElements = {"nav", "footer", "aside", "dialog", "menu"};
  if (kAgainstElements.contains(name)) return Verdict::kAgainst;
  const std::string role = lower_ascii(tree.attribute(node, "role"));
  static const Words kAgainstRoles = {"navigation", "banner",      "contentinfo",   "search",
                                      "dialog",     "alertdialog", "complementary", "menu",
                                      "menubar",    "toolbar",     "tooltip",       "alert"};
  if (kAgainstRoles.contains(role)) return Verdict::kAgainst;
  if (tree.has_attribute(node, "hidden") || tree.attribute(node, "aria-hidden") == "true") {
    return Verdict::kAgainst;
  }
  const std::string style = lower_ascii(tree.attribute(node, "style"));
  if (style.find("display:none") != std::string::npos ||
      style.find("display: none") != std::string::npos ||
      style.find("visibility:hidden") != std::string::npos) {
    return Verdict::kAgainst;
  }
  static const Words kAgainstWords = words_of(kAgainst);
  static const Words kDoubtfulWords = words_of(kDoubtful);
  static const Words kReadersWords = words_of(kReaders);
  Verdict verdict = Verdict::kNone;
  const std::string names = tree.attribute(node, "class") + " " + tree.attribute(node, "id");
  if (names.size() <= 1) return Verdict::kNone;
  const std::vector<std::string> parts = name_parts(names.substr(0, 600));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (kReadersWords.contains(parts[i])) return Verdict::kReaders;
    if (kAgainstWords.contains(parts[i])) {
      // "has-sidebar", "no-comments", "with-navigation" speak of the page, not of the element.
      const bool negated =
          i > 0 && (parts[i - 1] == "has" || parts[i - 1] == "no" || parts[i - 1] == "with" ||
                    parts[i - 1] == "not" || parts[i - 1] == "hide" || parts[i - 1] == "without");
      if (!negated) return Verdict::kAgainst;
    }
    if (kDoubtfulWords.contains(parts[i])) verdict = Verdict::kDoubtful;
  }
  return verdict;
}

bool announces_others(const std::string& text) {
  const bool sentence = text.ends_with('.') || text.ends_with('!');
  if (text.size() > 80 || sentence) return false;
  static const RE2 kOthers(
      R"((?i)^(?:• )?(?:(?:das )?könnte (?:sie|dich|euch|ihnen|dir) auch|lesen sie (?:auch|mehr|hier)|lies auch|lest auch|mehr (?:zum thema|dazu|lesen|themen|artikel|aus|von|news|infos)|weitere (?:artikel|beiträge|meldungen|nachrichten|themen|informationen|news|interessante|pressemitteilungen|infos|links)|weiterlesen|ähnliche (?:artikel|beiträge|themen|produkte|posts)|verwandte (?:artikel|beiträge|themen)|auch interessant|passend dazu|neueste (?:artikel|beiträge|kommentare|meldungen)|aktuelle (?:artikel|meldungen|nachrichten|beiträge|news)|meistgelesen|schlagw(?:ort|örter)|stichw(?:ort|örter)|tags?\b|themen:|teilen\b|artikel teilen|beitrag teilen|seite (?:teilen|empfehlen|drucken)|kommentare?\b|hinterlasse|schreibe? einen kommentar|diskutieren sie|newsletter|related|you may also|read more|share this|leave a (?:reply|comment)|schon gelesen|zum weiterlesen|vorheriger|nächster|zurück zur|empfohlene|empfehlungen|links zum thema|download|pressekontakt|ansprechpartner|über den autor|über die autorin|zum autor|der autor\b|die autorin\b|dieser (?:artikel|beitrag|eintrag) wurde|this entry was))");
  return RE2::PartialMatch(text, kOthers);
}

bool holds_paper_number(const std::string& text) {
  static const RE2 kNumber(R"((?:^|[^\d/.])[1-9]\d?/[1-9]\d{0,4}(?:$|[^\d/]))");
  return RE2::PartialMatch(text, kNumber);
}

bool speaks_of_papers(const std::string& text) {
  static const RE2 kPaper(R"(\b(?:Drucksache|Drs|Anfrage|Antwort|Antrag|Wahlperiode)\b)");
  return RE2::PartialMatch(text, kPaper);
}

}  // namespace fundstelle
