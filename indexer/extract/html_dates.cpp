// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_dates.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "extract/encoding.h"
#include "extract/html_date_words.h"
#include "extract/html_days.h"
#include "extract/html_names.h"
#include "extract/html_title.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

// -------------------------------------------------------------------------------------------
// days on the page

class DateFinder {
 public:
  DateFinder(const HtmlTree& tree, const std::vector<HtmlBlock>& blocks, std::size_t title)
      : tree_(tree), nodes_(tree.nodes()), blocks_(blocks), title_(title) {
    // The text that belongs to the title: the first running text below it, else of the page.
    first_text_ = blocks_.size();
    const std::size_t from = title_ < blocks_.size() ? title_ + 1 : 0;
    for (std::size_t b = from; b < blocks_.size() && first_text_ == blocks_.size(); ++b) {
      if (is_running_text(blocks_[b]) && !in_furniture(blocks_[b].node)) first_text_ = b;
    }
    if (title_ >= blocks_.size()) title_ = first_text_;
  }

  std::vector<OwnDate> find() {
    if (title_ >= blocks_.size()) return {};
    for (std::size_t b = 0; b < blocks_.size() && candidates_.size() < kMostCandidates; ++b)
      look_at(b);
    look_at_marked_nodes();
    drop_lists();
    std::vector<OwnDate> found;
    for (Candidate& candidate : candidates_) found.push_back(std::move(candidate.date));
    return found;
  }

 private:
  static constexpr std::size_t kMostCandidates = 200;
  struct Candidate {
    OwnDate date;
    std::uint32_t node;
    bool near;
    std::string kind;  ///< element and class: things printed alike
  };

  [[nodiscard]] bool inside(std::uint32_t node, std::uint32_t element) const {
    return node >= element && node < nodes_[element].end;
  }

  /// Comments, navigation, page feet, side columns; not what holds the title itself.
  [[nodiscard]] bool in_furniture(std::uint32_t node) const {
    const std::uint32_t title = title_ < blocks_.size() ? blocks_[title_].node : 0;
    int steps = 0;  // pages nested by the thousand must not cost the square of it
    for (std::uint32_t at = node; at != 0 && steps < 60; at = nodes_[at].parent, ++steps) {
      if (title != 0 && inside(title, at)) return false;
      const std::string_view name = nodes_[at].name;
      if (name == "nav" || name == "blockquote") return true;
      if (name == "aside" || name == "footer") {
        // Beside or below an article its own <aside> and <footer> may say when it was written.
        const std::string_view holder = nodes_[nodes_[at].parent].name;
        if (holder != "article" && holder != "header" && holder != "section" && holder != "div")
          return true;
      }
      if (verdict_on(tree_, at) == Verdict::kReaders) return true;
    }
    return false;
  }

  /// The element below the closest common ancestor with the title that holds `node`.
  [[nodiscard]] std::uint32_t branch_of(std::uint32_t node) const {
    const std::uint32_t title = blocks_[title_].node;
    std::uint32_t at = node;
    while (at != 0 && !inside(title, nodes_[at].parent)) at = nodes_[at].parent;
    return at;
  }

  /// A heading with text, or a link to elsewhere, inside: then the branch is another article's.
  [[nodiscard]] bool holds_another_article(std::uint32_t branch) const {
    if (inside(blocks_[title_].node, branch)) return false;
    std::size_t headings = 0;
    std::size_t bytes = 0;
    std::size_t links = 0;
    for (const HtmlBlock& block : blocks_) {
      if (!inside(block.node, branch)) continue;
      headings += block.kind == HtmlBlockKind::kHeading && block.text.size() > 30;
      bytes += block.text.size();
      links += block.link_bytes;
    }
    return headings > 0 || (bytes > 60 && links * 2 > bytes);
  }

  /// Where a block stands: 3 between title and text, 2 just above the title, 1 below the text in
  /// the same article, 0 elsewhere.
  [[nodiscard]] int nearness(std::size_t b) const {
    if (b > title_ && b <= first_text_ + 1 && b < title_ + 25) return 3;
    if (b == title_) return 3;
    if (b < title_) {
      std::size_t between = 0;
      for (std::size_t i = b + 1; i < title_; ++i) between += blocks_[i].text.size();
      if (title_ - b <= 6 && between < 300) return 2;
      return 0;
    }
    return 1;
  }

  void look_at(std::size_t b) {
    const HtmlBlock& block = blocks_[b];
    const int near = nearness(b);
    if (near == 0 || block.kind == HtmlBlockKind::kTable) return;
    if (block.text.size() > 260 || (near == 1 && block.text.size() > 140)) {
      // "Berlin, 3. Mai 2021 – Der Landtag …", "29.11.2022 – Mehrfach …": the text's own first
      // words.
      if (near == 3 && b <= first_text_) look_at_opening(b);
      return;
    }
    const std::vector<DayInText> days = days_in_text(block.text);
    if (days.empty() || days.size() > 3) return;
    if (block.kind == HtmlBlockKind::kHeading && b != title_) {
      // A heading that is more than its date names an event.
      if (days.size() != 1 || block.text.size() > days[0].end - days[0].begin + 16) return;
    }
    if (b == title_ && block.kind == HtmlBlockKind::kHeading) return;
    if (in_furniture(block.node)) return;
    if (near != 3 && holds_another_article(branch_of(block.node))) return;
    // Links to other articles with their dates.
    if (link_part(block) > 0.7 && block.text.size() > 45) return;
    // "01.–03. Mai", two plain days: an event.
    std::size_t before_begin = 0;
    std::vector<Candidate> here;
    for (const DayInText& day : days) {
      std::string before = block.text.substr(before_begin, day.begin - before_begin);
      if (before_begin == 0 && b > 0 && blocks_[b - 1].text.size() < 40 &&
          (blocks_[b - 1].text.ends_with(':') || day.begin == 0)) {
        before = blocks_[b - 1].text.ends_with(':') ? blocks_[b - 1].text + " " + before : before;
      }
      before_begin = day.end;
      const std::uint32_t holder =
          holder_of(block.node, block.text.substr(day.begin, day.end - day.begin));
      NameHint hint = hint_of_names(tree_, holder, 0);
      OwnDateRole role = OwnDateRole::kPlain;
      if (!role_of_label(before, role)) continue;
      const bool labelled = role != OwnDateRole::kPlain;
      if (!labelled && hint.modified && !hint.published) role = OwnDateRole::kModified;
      if (!labelled && hint.published) role = OwnDateRole::kPublished;
      if (hint.foreign && !labelled && !hint.published) continue;
      if (hint.list && near != 3) continue;
      // Running words around an unlabelled day tell a story.
      const std::size_t rest = block.text.size() - (day.end - day.begin);
      if (!labelled && tells_a_story(block.text)) continue;
      int strength = 0;
      if (near == 3) {
        strength = role == OwnDateRole::kPublished ? 7 : hint.date ? 6 : rest < 60 ? 5 : 0;
        if (role == OwnDateRole::kStand) strength = 5;
      } else if (near == 2) {
        strength = role == OwnDateRole::kPublished ? 6 : hint.date ? 5 : rest < 24 ? 4 : 0;
        if (role == OwnDateRole::kStand) strength = 5;
      } else {
        strength = labelled && hint.date    ? 3
                   : labelled               ? 3
                   : hint.published         ? 3
                   : hint.date && rest < 30 ? 2
                                            : 0;
      }
      if (strength == 0) continue;
      here.push_back(
          {{day.iso, role, strength, how_of(role, near)}, holder, near >= 2, kind_of(holder)});
    }
    // Two plain days in one line are a span of time.
    const auto plain = std::count_if(here.begin(), here.end(), [](const Candidate& c) {
      return c.date.role == OwnDateRole::kPlain;
    });
    if (plain > 1 && here.front().date.iso != here.back().date.iso) return;
    for (Candidate& candidate : here) candidates_.push_back(std::move(candidate));
  }

  void look_at_opening(std::size_t b) {
    const std::string_view text = std::string_view(blocks_[b].text).substr(0, 90);
    static const RE2 kOpening(
        R"(^(?:[A-ZÄÖÜ][\pL./ -]*?(?:,|\s[-–—|/]|:)\s?(?:den\s)?|\()?(\d{1,2}\.\s?(?:\d{1,2}\.\s?|\pL+\.?\s)(?:\d{4}|\d{2}))\s*(?:\([^)]*\)\s*)?(?:[-–—|:•/)]|„))");
    std::string day;
    if (!RE2::PartialMatch(piece(text), kOpening, &day)) return;
    if (const auto iso = first_day_in(day)) {
      candidates_.push_back({{*iso, OwnDateRole::kPublished, 5, "date line of the text"},
                             blocks_[b].node,
                             true,
                             "p"});
    }
  }

  /// Words of a sentence: three small ones in a row, or a verb of an announcement.
  [[nodiscard]] static bool tells_a_story(const std::string& text) {
    static const RE2 kStory(
        R"(\b\p{Ll}+\s\p{Ll}+\s\p{Ll}+\b|\b(?:findet|statt|wurde|wird|hat|ist|sind|werden|haben)\b|\d\s?(?:–|-|bis)\s?\d{1,2}\.\s?(?:\d|\p{Lu}))");
    return RE2::PartialMatch(piece(text), kStory);
  }

  /// The innermost element inside `element` whose own text holds `printed`.
  [[nodiscard]] std::uint32_t holder_of(std::uint32_t element, const std::string& printed) const {
    for (std::uint32_t i = element + 1; i < nodes_[element].end; ++i) {
      if (!nodes_[i].name.empty() || nodes_[i].text.size() < 6) continue;
      if (squeeze_blanks(clean_text(nodes_[i].text.substr(0, 400))).find(printed) !=
          std::string::npos)
        return nodes_[i].parent;
    }
    return element;
  }

  [[nodiscard]] std::string kind_of(std::uint32_t node) const {
    return std::string(nodes_[node].name) + "." + tree_.attribute(node, "class");
  }

  static std::string how_of(OwnDateRole role, int near) {
    std::string how = role == OwnDateRole::kPublished  ? "printed as published"
                      : role == OwnDateRole::kStand    ? "printed as \"Stand\""
                      : role == OwnDateRole::kModified ? "printed as modified"
                                                       : "date line";
    return how + (near >= 2 ? " beside the title" : " below the text");
  }

  /// <time>, microdata, hAtom: what markup calls a date, wherever it stands.
  void look_at_marked_nodes() {
    std::size_t seen = 0;
    for (std::uint32_t i = 1; i < nodes_.size() && seen < 60; ++i) {
      const std::string_view name = nodes_[i].name;
      if (name.empty()) continue;
      const std::string item = tree_.attribute(i, "itemprop");
      const bool item_published = item.find("datePublished") != std::string::npos ||
                                  item.find("dateCreated") != std::string::npos;
      const bool item_modified = item.find("dateModified") != std::string::npos;
      const bool is_time = name == "time";
      const bool is_atom = (name == "abbr" || name == "span") && tree_.has_attribute(i, "title") &&
                           !tree_.attribute(i, "class").empty();
      if (!is_time && !item_published && !item_modified && !is_atom) continue;
      if (name == "meta" && nodes_[nodes_[i].parent].name == "head") continue;
      const NameHint hint = hint_of_names(tree_, i, i);
      const NameHint around = hint_of_names(tree_, i, 0);
      const bool pubdate = tree_.has_attribute(i, "pubdate");
      if (is_atom && !hint.published && !hint.modified && !hint.date) continue;
      ++seen;
      std::optional<std::string> iso;
      for (const char* attribute : {"datetime", "content", "title"}) {
        if (!iso) iso = first_day_in(tree_.attribute(i, attribute));
      }
      const std::string printed = tree_.text_inside(i);
      if (!iso && printed.size() < 80) iso = first_day_in(printed);
      if (!iso) continue;
      if (in_furniture(i)) continue;
      OwnDateRole role = OwnDateRole::kPlain;
      if (!role_of_label(
              label_before(i) +
                  printed.substr(0, std::min<std::size_t>(printed.find_first_of("0123456789"), 40)),
              role))
        continue;
      if (role == OwnDateRole::kPlain) {
        const bool published = item_published || pubdate || hint.published;
        const bool modified = item_modified || hint.modified || around.modified;
        if (published) {
          role = OwnDateRole::kPublished;
        } else if (modified) {
          role = OwnDateRole::kModified;
        }
      }
      if ((around.foreign || around.list) && !item_published) continue;
      const int near = node_nearness(i);
      if (near < 3 && holds_another_article(branch_of(i))) continue;
      int strength = near >= 2 ? (role == OwnDateRole::kPublished ? 7 : 6)
                               : (role == OwnDateRole::kPublished ? 4 : 2);
      if (item_published && near >= 1) strength = 7;
      if (role == OwnDateRole::kStand) strength = std::min(strength, 5);
      candidates_.push_back({{*iso, role, strength,
                              is_time        ? "time"
                              : item.empty() ? "class"
                                             : "microdata"},
                             i,
                             near >= 2,
                             kind_of(i)});
      OwnDate& date = candidates_.back().date;
      if (role == OwnDateRole::kPublished) date.how += " published";
      if (role == OwnDateRole::kModified) date.how += " modified";
      date.how += near >= 2 ? " beside the title" : near == 1 ? " below the text" : " on the page";
    }
  }

  /// Text that stands right before a node in the same line.
  [[nodiscard]] std::string label_before(std::uint32_t node) const {
    std::string text;
    const std::uint32_t holder = nodes_[node].parent;
    for (std::uint32_t i = holder + 1; i < node; ++i) {
      if (nodes_[i].name.empty()) text += nodes_[i].text.substr(0, 200);
      if (is_block_element(nodes_[i].name)) text += ' ';
    }
    text = squeeze_blanks(clean_text(text));
    if (text.size() > 60) text.erase(0, text.size() - 60);
    return text.empty() ? text : text + " ";
  }

  [[nodiscard]] int node_nearness(std::uint32_t node) const {
    // Between which blocks does it stand?
    std::size_t b = 0;
    while (b < blocks_.size() && blocks_[b].node < node && nodes_[blocks_[b].node].end <= node) ++b;
    if (b >= blocks_.size()) return 0;
    if (node < blocks_[title_].node) {
      std::size_t between = 0;
      for (std::size_t i = b + 1; i < title_; ++i) between += blocks_[i].text.size();
      return title_ - std::min(b, title_) <= 6 && between < 300 ? 2 : 0;
    }
    if (b <= first_text_ + 1 && b <= title_ + 25) return 3;
    return 1;
  }

  /// Things printed alike with different days are a list of other articles; one that stands beside
  /// the title may still be the page's own.
  void drop_lists() {
    std::vector<Candidate> kept;
    for (const Candidate& one : candidates_) {
      const bool rival =
          std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
            return other.kind == one.kind && other.date.iso != one.date.iso &&
                   other.date.role == one.date.role;
          });
      if (one.near || !rival) kept.push_back(one);
    }
    candidates_ = std::move(kept);
  }

  const HtmlTree& tree_;
  const std::vector<HtmlNode>& nodes_;
  const std::vector<HtmlBlock>& blocks_;
  std::size_t title_;
  std::size_t first_text_;
  std::vector<Candidate> candidates_;
};

// -------------------------------------------------------------------------------------------
// days in the head

void read_declared_days(const std::vector<Declared>& declared, std::vector<OwnDate>& found) {
  static const RE2 kPublished(
      R"((?i)(?:^|[:._ -])(?:article[._]?)?(?:publi(?:shed|sh|shing|cation)|pub|issued|release[d]?)(?:[._-]?(?:time|date|datum|at|on))?$|(?:date|datum)[._-]?(?:published|publish|issued)$|publishdate$|pubdate$|^sailthru\.date$)");
  static const RE2 kModified(
      R"((?i)(?:modified|updated|lastmod|last[._-]?(?:modified|update|change)|revised)(?:[._-]?(?:time|date|at|on))?$|date[._-]?modified$)");
  static const RE2 kDate(
      R"((?i)^(?:date|dc\.?date|dc[.:]date(?:\.created)?|dcterms[.:](?:date|created)|dc\.date\.x-metadatalastmodified|article\.created|created|json-ld dateCreated|json-ld uploadDate|microdata uploadDate|og:date|(?:\w+:)?upload_?date)$)");
  for (const Declared& entry : declared) {
    const auto iso = first_day_in(entry.value.substr(0, 60));
    if (!iso || entry.name.starts_with("time") || entry.name == "title" || entry.name == "h1")
      continue;
    const re2::StringPiece name = piece(entry.name);
    const std::string how = "meta " + entry.name;
    if (RE2::PartialMatch(name, kModified)) {
      found.push_back({*iso, OwnDateRole::kModified, 8, how});
    } else if (entry.name == "json-ld datePublished" || RE2::PartialMatch(name, kPublished)) {
      if (entry.name.starts_with("microdata ")) continue;  // with its place on the page
      // What a site's own names mean only the site knows: "zdf:publicationdate" may be a day it was
      // shown again.
      static const RE2 kOwnName(R"((?i)^[a-z]+:)");
      static const RE2 kSharedName(R"((?i)^(?:article|og|dc|dcterms|citation|prism|schema):)");
      const bool of_site =
          RE2::PartialMatch(name, kOwnName) && !RE2::PartialMatch(name, kSharedName);
      found.push_back({*iso, OwnDateRole::kPublished,
                       entry.name.find("article:published_time") != std::string::npos ? 9
                       : of_site                                                      ? 5
                                                                                      : 8,
                       how});
    } else if (RE2::FullMatch(name, kDate)) {
      found.push_back({*iso, OwnDateRole::kPlain, 4, how});
    }
  }
  // ".../2019/10/18/titel/", ".../2016-04-15/titel"
  static const RE2 kAddress(
      R"(/((?:19|20)\d{2})(?:/(\d{1,2})/(\d{1,2})(?:/|$)|-(\d{2})-(\d{2})(?:[/_-]|$)))");
  for (const char* name : {"link canonical", "og:url", "twitter:url"}) {
    const std::string_view address = declared_value(declared, name);
    int year = 0;
    std::string month;
    std::string day;
    std::string hyphen_month;
    std::string hyphen_day;
    if (!RE2::PartialMatch(piece(address), kAddress, &year, &month, &day, &hyphen_month,
                           &hyphen_day)) {
      continue;
    }
    if (month.empty()) {
      month = hyphen_month;
      day = hyphen_day;
    }
    if (const auto iso = iso_day(year, std::stoi(month), std::stoi(day))) {
      found.push_back(
          {*iso, OwnDateRole::kPublished, 6, std::string("day in the address, ") + name});
      break;
    }
  }
}

}  // namespace

std::vector<OwnDate> read_page_dates(const HtmlTree& tree, const std::vector<HtmlBlock>& blocks,
                                     std::size_t title_block,
                                     const std::vector<Declared>& declared) {
  std::vector<OwnDate> found;
  read_declared_days(declared, found);
  if (!tree.nodes().empty() && !blocks.empty()) {
    for (OwnDate& date : DateFinder(tree, blocks, title_block).find())
      found.push_back(std::move(date));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const OwnDate& a, const OwnDate& b) { return a.strength > b.strength; });
  return found;
}

}  // namespace fundstelle
