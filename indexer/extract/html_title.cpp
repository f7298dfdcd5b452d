// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_title.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "extract/encoding.h"
#include "extract/html_names.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// Letters and digits only, A to Z small: what must agree for two titles to be one.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto b = static_cast<unsigned char>(c);
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      out += c;
    } else if (b >= 0x80 && b != 0xE2 && b != 0x80) {
      out += c;  // dashes and quotation marks (E2 80 xx) are set differently from place to place
    }
  }
  return out;
}

constexpr std::array<std::string_view, 12> kBars = {" | ", " - ", " – ", " — ",  " :: ", " » ",
                                                    " « ", " · ", " • ", " // ", " : ",  " ‹ "};

/// Parts of a window title with the bar that stands before each.
struct TitlePart {
  std::string_view bar;
  std::string_view text;
};

std::vector<TitlePart> parts_of(std::string_view title) {
  std::vector<TitlePart> parts;
  std::string_view bar;
  std::size_t begin = 0;
  std::size_t at = 0;
  while (at < title.size()) {
    const auto found = std::find_if(kBars.begin(), kBars.end(), [&](std::string_view candidate) {
      return title.substr(at, candidate.size()) == candidate;
    });
    if (found == kBars.end()) {
      ++at;
      continue;
    }
    parts.push_back({bar, title.substr(begin, at - begin)});
    bar = *found;
    at += found->size();
    begin = at;
  }
  parts.push_back({bar, title.substr(begin)});
  return parts;
}

/// "www.pronats.de" -> "pronats", "www1.wdr.de" -> "wdr", "x.wordpress.com" -> "x"
std::string name_of_host(std::string_view host) {
  std::string found;
  static const RE2 kName(
      R"(^(?:www\d?\.|archiv\.|blog\.|m\.)?([\w-]+)(?:\.(?:wordpress|blogspot|blogger|jimdo|tumblr))?(?:\.(?:co|or|ac|gv))?\.[a-z]{2,12}$)");
  static const RE2 kLast(R"(([\w-]+)\.[a-z]{2,12}$)");
  if (!RE2::PartialMatch(piece(host), kName, &found)) {
    RE2::PartialMatch(piece(host), kLast, &found);
  }
  return bare(found);
}

/// "krimiblogarchiv" on krimiblog.example; a sentence that mentions the site is none.
bool names_host(const std::string& name, const std::string& host) {
  constexpr std::size_t kMore = 24;
  return host.size() >= 3 && name.find(host) != std::string::npos &&
         name.size() < host.size() + kMore;
}

bool names_site(std::string_view part, const std::string& site, const std::string& host) {
  const std::string name = bare(part);
  if (name.empty()) return true;
  if (!site.empty() && (name == site || (site.size() >= 4 && name.starts_with(site)))) return true;
  static const RE2 kBlog(R"((?i)^Blog[ -]?Archiv(?:e)?$|^Startseite$|^Home(?:page)?$)");
  if (RE2::PartialMatch(piece(part), kBlog) || names_page_kind(part)) return true;
  if (host.size() < 3) return false;
  if (names_host(name, host)) return true;
  // "L-Mag", "Handwerk Magazin" on handwerk-magazin.example; short parts of long hosts prove
  // nothing.
  return name.size() >= 4 && name.size() * 2 > host.size() && host.find(name) != std::string::npos;
}

struct Heading {
  std::string text;
  std::size_t block;
  std::uint32_t level;
  int score = 0;
};

/// The words of a heading without a kicker that is marked as one; the whole if nothing else is
/// left.
std::string without_kicker(const HtmlTree& tree, std::uint32_t node, const std::string& whole) {
  static constexpr std::array<std::string_view, 15> kKickers = {
      "kicker",   "topline",   "dachzeile",      "overline", "spitzmarke",
      "roofline", "subline",   "preline",        "overhead", "topic",
      "hidden",   "invisible", "visuallyhidden", "small",    "subtitle"};
  const auto& nodes = tree.nodes();
  for (std::uint32_t i = node + 1; i < nodes[node].end; ++i) {
    if (nodes[i].name != "span" && nodes[i].name != "div") continue;
    const std::vector<std::string> parts = name_parts(tree.attribute(i, "class"));
    if (std::find(parts.begin(), parts.end(), "headline") == parts.end()) continue;
    std::string headline = tree.text_inside(i);
    // A kicker may be called so, too.
    if (headline.size() >= 10 && 2 * headline.size() > whole.size()) return headline;
  }
  std::string text;
  for (std::uint32_t i = node + 1; i < nodes[node].end; ++i) {
    if (nodes[i].name.empty()) {
      text += nodes[i].text;
      continue;
    }
    if (nodes[i].name == "br" || is_block_element(nodes[i].name)) text += ' ';
    bool kicker = nodes[i].name == "small" || is_machinery(nodes[i].name);
    if (!kicker) {
      for (const std::string& part : name_parts(tree.attribute(i, "class"))) {
        kicker = kicker || std::find(kKickers.begin(), kKickers.end(), part) != kKickers.end();
      }
    }
    if (kicker) {
      text += ' ';
      i = nodes[i].end - 1;
    }
  }
  text = squeeze_blanks(clean_text(text));
  for (std::size_t soft = 0; (soft = text.find("\xC2\xAD", soft)) != std::string::npos;)
    text.erase(soft, 2);
  while (!text.empty() && (text.back() == ':' || text.back() == ' ')) text.pop_back();
  return text.size() >= 4 ? text : whole;
}

bool stands_in_furniture(const HtmlTree& tree, std::uint32_t node) {
  const auto& nodes = tree.nodes();
  int steps = 0;  // pages nested by the thousand must not cost the square of it
  for (std::uint32_t at = node; at != 0 && steps < 40; at = nodes[at].parent, ++steps) {
    const std::string_view name = nodes[at].name;
    if (name == "nav" || name == "footer" || name == "aside") return true;
    const std::string role = tree.attribute(at, "role");
    if (role == "dialog" || role == "navigation" || role == "contentinfo") return true;
    for (const std::string& part :
         name_parts(tree.attribute(at, "class") + " " + tree.attribute(at, "id"))) {
      if (part == "cookie" || part == "cookies" || part == "consent" || part == "modal" ||
          part == "sidebar" || part == "comments" || part == "related") {
        return nodes[at].end - at < nodes.size() / 2;
      }
    }
  }
  return false;
}

}  // namespace

std::string_view declared_value(const std::vector<Declared>& declared, std::string_view name) {
  for (const Declared& entry : declared) {
    if (entry.name == name) return entry.value;
  }
  return {};
}

std::string declared_host(const std::vector<Declared>& declared) {
  static const RE2 kHost(
      R"((?i)^(?:https?:)?//(?:web\.archive\.org/web/\d+\w*/https?://)?([\w.-]+))");
  for (const char* name : {"link canonical", "og:url", "twitter:url"}) {
    std::string host;
    if (RE2::PartialMatch(piece(declared_value(declared, name)), kHost, &host)) {
      return lower_ascii(host);
    }
  }
  return {};
}

bool names_page_kind(std::string_view text) {
  static const RE2 kKind(
      "(?i)(?:Pressemitteilung(?:en)?|Presse(?:informationen|meldungen|service)?|Aktuelles|Aktuell|"
      "News|Meldung(?:en)?|Startseite|Medieninformation(?:en)?|Nachrichten|Artikel|Blog|"
      "Detail(?:s|ansicht|seite)?|News[ "
      "-]?Detail|Home|Inhalt|Menü|Navigation|Suche|Archiv|Willkommen|"
      "Neuigkeiten|Übersicht|Hauptinhalt|Sie sind hier:?|Einzelansicht)");
  return RE2::FullMatch(piece(text), kKind);
}

std::string without_site_name(std::string title, std::string_view site, std::string_view host) {
  const std::string bare_site = bare(site);
  const std::string bare_host = name_of_host(host);
  // A site's name with a bar inside ("Verband A | Bund") first.
  if (site.size() >= 3) {
    for (const std::string_view bar : kBars) {
      const std::string tail = std::string(bar) + std::string(site);
      const std::string head = std::string(site) + std::string(bar);
      if (title.size() > tail.size() && title.ends_with(tail))
        title.resize(title.size() - tail.size());
      if (title.size() > head.size() && title.starts_with(head)) title.erase(0, head.size());
    }
  }
  std::vector<TitlePart> parts = parts_of(title);
  // "Titel : Seite | ihr Motto | 6. Jahrgang": behind the site's name nothing is the page's.
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string name = bare(parts[i].text);
    if (name.size() < 5 || (name != bare_site && name != bare_host && !names_host(name, bare_host)))
      continue;
    if (parts[0].text.size() >= 15) parts.resize(i);
    break;
  }
  while (parts.size() > 1 && names_site(parts.back().text, bare_site, bare_host)) parts.pop_back();
  while (parts.size() > 1 && names_site(parts.front().text, bare_site, bare_host))
    parts.erase(parts.begin());
  std::string kept;
  for (const TitlePart& part : parts) {
    if (!kept.empty()) kept += part.bar;
    kept += part.text;
  }
  return squeeze_blanks(kept);
}

PageTitle read_page_title(const HtmlTree& tree, const std::vector<HtmlBlock>& blocks,
                          const std::vector<Declared>& declared) {
  const std::string_view site = declared_value(declared, "og:site_name");
  const std::string host = declared_host(declared);
  const std::string bare_site = bare(site);
  const std::string bare_host = name_of_host(host);
  struct Said {
    std::string text, name, bare;
  };
  std::vector<Said> said;
  bool all_vague = true;
  for (const char* name : {"json-ld headline", "og:title", "twitter:title", "microdata headline",
                           "dc.title", "dcterms.title", "title"}) {
    const std::string_view value = declared_value(declared, name);
    if (value.size() < 3) continue;
    std::string text = without_site_name(std::string(value), site, host);
    if (text.size() < 3 || names_page_kind(text) || names_site(text, bare_site, {})) continue;
    // "Pressemitteilungen | Ministerium für …" names the section and the house, not the page.
    all_vague = all_vague && names_page_kind(parts_of(value).front().text);
    std::string letters = bare(text);
    said.push_back({std::move(text), name, std::move(letters)});
  }

  std::size_t running = 0;
  std::size_t all_running = 0;
  for (const HtmlBlock& block : blocks)
    all_running += is_running_text(block) ? block.text.size() : 0;
  std::vector<Heading> headings;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const HtmlBlock& block = blocks[b];
    if (is_running_text(block)) running += block.text.size();
    if (block.kind != HtmlBlockKind::kHeading || block.level > 3) continue;
    if (block.text.size() < 4 || block.text.size() > 320) continue;
    Heading heading{without_kicker(tree, block.node, block.text), b, block.level};
    if (names_page_kind(heading.text)) continue;
    const std::string letters = bare(heading.text);
    if (letters.size() < 3 || letters == bare_site || letters == bare_host) continue;
    if (names_site(heading.text, bare_site, bare_host) &&
        heading.text.find(' ') == std::string::npos)
      continue;
    int agreement = 0;
    for (const Said& one : said) {
      if (letters == one.bare) {
        agreement = 6;
      } else if (letters.size() >= 10 && 2 * letters.size() > one.bare.size() &&
                 one.bare.find(letters) != std::string::npos) {
        agreement = std::max(agreement, 4);
      } else if (one.bare.size() >= 12 && letters.find(one.bare) != std::string::npos) {
        agreement = std::max(agreement, 4);
      }
    }
    heading.score = agreement + 4 - static_cast<int>(block.level);
    if (agreement == 0 && running * 5 > all_running * 2) heading.score -= 3;
    if (agreement < 6 && link_part(block) > 0.5) heading.score -= block.level == 1 ? 1 : 3;
    if (agreement == 0 && stands_in_furniture(tree, block.node)) heading.score -= 4;
    headings.push_back(std::move(heading));
  }
  const auto best =
      std::max_element(headings.begin(), headings.end(),
                       [](const Heading& a, const Heading& b) { return a.score < b.score; });
  // Below an h1 only agreement counts, unless nothing at all, or nothing of the page itself, is
  // declared.
  if (best != headings.end() && best->score >= (all_vague ? 1 : 3)) {
    const std::string how = "h" + std::to_string(best->level);
    const std::string letters = bare(best->text);
    // A kicker or a date line inside the heading, not marked: "Tunesien Große Aufgaben für …".
    for (const Said& one : said) {
      if (one.text.size() >= 15 && letters.size() > one.bare.size() &&
          letters.ends_with(one.bare) && one.name != "title") {
        return {one.text, one.name, best->block};
      }
    }
    return {best->text, how, best->block};
  }
  if (!said.empty()) return {said.front().text, said.front().name, blocks.size()};
  return {{}, {}, blocks.size()};
}

}  // namespace fundstelle
