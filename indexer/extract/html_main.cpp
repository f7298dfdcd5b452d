// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_main.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "extract/encoding.h"

namespace fundstelle {
namespace {

/// Stands for <br> and newlines of <pre> until blanks are squeezed; a character for private use.
constexpr std::string_view kBreak = "\xEE\x80\x80";

bool is_one_of(std::string_view name, const std::unordered_set<std::string_view>& set) {
  return set.contains(name);
}

bool is_block(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "address", "article", "aside",  "blockquote", "body", "caption", "center",   "dd",
      "details", "dialog",  "dir",    "div",        "dl",   "dt",      "fieldset", "figcaption",
      "figure",  "footer",  "form",   "frameset",   "h1",   "h2",      "h3",       "h4",
      "h5",      "h6",      "header", "hgroup",     "hr",   "html",    "legend",   "li",
      "main",    "menu",    "nav",    "ol",         "p",    "pre",     "section",  "summary",
      "table",   "tbody",   "td",     "tfoot",      "th",   "thead",   "tr",       "ul"};
  return is_one_of(name, kNames);
}

/// Never text for a reader.
bool is_machinery(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "head",   "script",   "style", "template", "noscript", "iframe", "object", "embed",
      "svg",    "canvas",   "audio", "video",    "map",      "applet", "select", "button",
      "option", "textarea", "input", "datalist", "noframes", "math",   "meter",  "progress"};
  return is_one_of(name, kNames);
}

std::uint32_t heading_level(std::string_view name) {
  if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
    return static_cast<std::uint32_t>(name[1] - '0');
  }
  return 0;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

/// "mainNav site-footer" -> main, nav, site, footer
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

/// How far an element's own words for itself speak against its content.
enum class Verdict { kNone, kDoubtful, kAgainst, kReaders };

Verdict verdict_on(const HtmlTree& tree, std::uint32_t node) {
  const std::string_view name = tree.nodes()[node].name;
  static const std::unordered_set<std::string_view> kAgainstElements = {"nav", "footer", "aside",
                                                                        "dialog", "menu"};
  if (is_one_of(name, kAgainstElements)) return Verdict::kAgainst;
  const std::string role = lower(tree.attribute(node, "role"));
  static const std::unordered_set<std::string_view> kAgainstRoles = {
      "navigation",    "banner", "contentinfo", "search",  "dialog",  "alertdialog",
      "complementary", "menu",   "menubar",     "toolbar", "tooltip", "alert"};
  if (is_one_of(role, kAgainstRoles)) return Verdict::kAgainst;
  if (tree.has_attribute(node, "hidden") || tree.attribute(node, "aria-hidden") == "true") {
    return Verdict::kAgainst;
  }
  const std::string style = lower(tree.attribute(node, "style"));
  if (style.find("display:none") != std::string::npos ||
      style.find("display: none") != std::string::npos ||
      style.find("visibility:hidden") != std::string::npos) {
    return Verdict::kAgainst;
  }
  static const std::unordered_set<std::string_view> kAgainst = {"nav",
                                                                "navi",
                                                                "navigation",
                                                                "navbar",
                                                                "metanav",
                                                                "mainnav",
                                                                "subnav",
                                                                "menu",
                                                                "submenu",
                                                                "breadcrumb",
                                                                "breadcrumbs",
                                                                "footer",
                                                                "sidebar",
                                                                "related",
                                                                "share",
                                                                "sharing",
                                                                "shariff",
                                                                "social",
                                                                "socialmedia",
                                                                "sociallinks",
                                                                "addtoany",
                                                                "sharedaddy",
                                                                "comments",
                                                                "comment",
                                                                "commentlist",
                                                                "kommentare",
                                                                "kommentar",
                                                                "disqus",
                                                                "respond",
                                                                "cookie",
                                                                "cookies",
                                                                "consent",
                                                                "gdpr",
                                                                "dsgvo",
                                                                "cmp",
                                                                "advert",
                                                                "adverts",
                                                                "advertisement",
                                                                "advertising",
                                                                "ads",
                                                                "adsense",
                                                                "anzeige",
                                                                "anzeigen",
                                                                "werbung",
                                                                "sponsor",
                                                                "sponsored",
                                                                "newsletter",

                                                                "paywall",
                                                                "subscribe",
                                                                "subscription",
                                                                "login",
                                                                "signup",
                                                                "pagination",
                                                                "pager",
                                                                "paging",
                                                                "paginator",
                                                                "tagcloud",
                                                                "tags",
                                                                "popup",
                                                                "modal",
                                                                "overlay",
                                                                "lightbox",
                                                                "skip",
                                                                "skiplinks",
                                                                "authorbox",
                                                                "recommend",
                                                                "recommended",
                                                                "recommendation",
                                                                "recommendations",
                                                                "outbrain",
                                                                "taboola",
                                                                "plista",
                                                                "ligatus",
                                                                "toolbar",
                                                                "widget",
                                                                "widgets",

                                                                "yarpp",

                                                                "crp",
                                                                "linklist",
                                                                "popular",
                                                                "trending",
                                                                "promo",
                                                                "promotion",
                                                                "feedback",
                                                                "rating",
                                                                "voting",

                                                                "rss",
                                                                "sitemap",
                                                                "language",
                                                                "offcanvas",
                                                                "drawer",
                                                                "suggestions",
                                                                "suggested",
                                                                "noprint",
                                                                "printonly",
                                                                "screenreader",
                                                                "visuallyhidden",
                                                                "infobox",
                                                                "servicebox",
                                                                "marginalie",
                                                                "marginalspalte",
                                                                "rightcol",
                                                                "copyright",
                                                                "credits",
                                                                "credit",
                                                                "bylinebox",
                                                                "postnav",
                                                                "mostread",
                                                                "meistgelesen",

                                                                "prevnext",
                                                                "nextprev",

                                                                "teaserlist",
                                                                "slider",
                                                                "carousel"};
  static const std::unordered_set<std::string_view> kDoubtful = {
      "teaser",   "teasers",    "meta",      "metadata", "box",     "more",      "mehr",
      "weitere",  "author",     "byline",    "caption",  "bio",     "recent",    "latest",
      "category", "categories", "top",       "header",   "bar",     "banner",    "search",
      "suche",    "service",    "kontakt",   "contact",  "links",   "link",      "list",
      "gallery",  "galerie",    "tag",       "topics",   "themen",  "keywords",  "date",
      "info",     "note",       "hint",      "tools",    "actions", "promotion", "shop",
      "event",    "events",     "aktuelles", "news",     "entries", "similar"};
  // What readers write may be longer than the article.
  static const std::unordered_set<std::string_view> kReaders = {
      "comments", "comment", "commentlist", "kommentare", "kommentar", "disqus", "respond"};
  Verdict verdict = Verdict::kNone;
  const std::string names = tree.attribute(node, "class") + " " + tree.attribute(node, "id");
  if (names.size() <= 1) return Verdict::kNone;
  const std::vector<std::string> parts = name_parts(names.substr(0, 600));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (is_one_of(parts[i], kReaders)) return Verdict::kReaders;
    if (is_one_of(parts[i], kAgainst)) {
      // "has-sidebar", "no-comments", "with-navigation" speak of the page, not of the element.
      const bool negated =
          i > 0 && (parts[i - 1] == "has" || parts[i - 1] == "no" || parts[i - 1] == "with" ||
                    parts[i - 1] == "not" || parts[i - 1] == "hide" || parts[i - 1] == "without");
      if (!negated) return Verdict::kAgainst;
    }
    if (is_one_of(parts[i], kDoubtful)) verdict = Verdict::kDoubtful;
  }
  return verdict;
}

// -------------------------------------------------------------------------------------------
// blocks

/// Squeezes blanks; kBreak becomes "\n", two of them an empty line.
std::string tidy(std::string_view raw) {
  const std::string clean = clean_text(raw);
  std::string out;
  std::size_t at = 0;
  std::size_t breaks = 0;
  while (at <= clean.size()) {
    const std::size_t end = std::min(clean.find(kBreak, at), clean.size());
    std::string piece = squeeze_blanks(std::string_view(clean).substr(at, end - at));
    for (std::size_t soft = 0; (soft = piece.find("\xC2\xAD", soft)) != std::string::npos;) {
      piece.erase(soft, 2);
    }
    if (!piece.empty()) {
      if (!out.empty()) out += breaks >= 2 ? "\n\n" : "\n";
      out += piece;
      breaks = 0;
    }
    ++breaks;
    at = end + kBreak.size();
  }
  return out;
}

/// Cuts the page into blocks: the text between two borders of block elements.
class BlockReader {
 public:
  explicit BlockReader(const HtmlTree& tree) : tree_(tree), nodes_(tree.nodes()) {}

  std::vector<HtmlBlock> read() {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      leave_until(i);
      const HtmlNode& node = nodes_[i];
      if (node.name.empty()) {
        raw_ += in_pre_ > i ? with_breaks(node.text) : std::string(node.text);
        if (link_end_ > i) link_bytes_ += visible(node.text);
        continue;
      }
      if (is_machinery(node.name)) {
        i = node.end - 1;
        continue;
      }
      if (node.name == "br") {
        raw_ += kBreak;
        continue;
      }
      if (node.name == "a" && tree_.has_attribute(i, "href"))
        link_end_ = std::max(link_end_, node.end);
      if (node.name == "wbr") continue;
      if (!is_block(node.name)) continue;
      flush();
      if (node.name == "table" && read_table(i)) {
        i = node.end - 1;
        continue;
      }
      if (node.name == "pre") in_pre_ = node.end;
      if (node.name == "li") item_open_ = true;
      open_.push_back(i);
    }
    leave_until(static_cast<std::uint32_t>(nodes_.size()));
    flush();
    return std::move(blocks_);
  }

 private:
  static std::size_t visible(std::string_view text) { return squeeze_blanks(text).size(); }

  static std::string with_breaks(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '\n') {
        out += kBreak;
      } else {
        out += c;
      }
    }
    return out;
  }

  void leave_until(std::uint32_t i) {
    while (!open_.empty() && nodes_[open_.back()].end <= i) {
      flush();
      open_.pop_back();
    }
  }

  void flush() {
    std::string text = tidy(raw_);
    raw_.clear();
    const std::size_t links = std::exchange(link_bytes_, 0);
    if (text.empty()) return;
    HtmlBlock block;
    block.node = open_.empty() ? 0 : open_.back();
    block.link_bytes = std::min(links, text.size());
    for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
      const std::string_view name = nodes_[*it].name;
      // Some pages set whole paragraphs as headings to make them large.
      if (const std::uint32_t level = heading_level(name); level > 0 && text.size() < 200) {
        block.kind = HtmlBlockKind::kHeading;
        block.level = level;
        std::replace(text.begin(), text.end(), '\n', ' ');
        break;
      }
      if (name == "pre") {
        block.kind = HtmlBlockKind::kPreformatted;
        break;
      }
      if (name == "li") {
        block.kind = HtmlBlockKind::kItem;
        if (item_open_) {
          text = item_mark(*it) + text;
          item_open_ = false;
        } else {
          block.same_item = true;
        }
        break;
      }
      if (name == "td" || name == "body" || name == "article") break;
    }
    block.text = std::move(text);
    blocks_.push_back(std::move(block));
  }

  /// "• ", or the number an ordered list shows.
  [[nodiscard]] std::string item_mark(std::uint32_t item) const {
    const std::uint32_t list = nodes_[item].parent;
    if (nodes_[list].name != "ol") return "• ";
    const auto number_in = [](const std::string& text, int otherwise) {
      if (text.empty() || text.size() > 5 ||
          text.find_first_not_of("0123456789") != std::string::npos) {
        return otherwise;
      }
      return std::stoi(text);
    };
    int number = number_in(tree_.attribute(list, "start"), 1) - 1;
    for (std::uint32_t i = list + 1; i <= item; i = nodes_[i].end) {
      if (nodes_[i].name != "li") continue;
      number = number_in(tree_.attribute(i, "value"), number + 1);
      if (i == item) break;
    }
    const std::string type = tree_.attribute(list, "type");
    if ((type == "a" || type == "A") && number >= 1 && number <= 26) {
      return std::string(1, static_cast<char>(type[0] + number - 1)) + ") ";
    }
    return std::to_string(number) + ". ";
  }

  /// A table of data becomes rows of cells; one that only places things on the page does not.
  bool read_table(std::uint32_t table) {
    struct Row {
      std::vector<std::string> cells;
    };
    std::vector<Row> rows;
    std::size_t bytes = 0;
    std::size_t links = 0;
    std::size_t longest = 0;
    std::uint32_t link_end = 0;
    std::string cell;
    std::uint32_t cell_end = 0;
    const auto close_cell = [&] {
      if (cell_end == 0) return;
      std::string text = tidy(cell);
      std::replace(text.begin(), text.end(), '\n', ' ');
      bytes += text.size();
      longest = std::max(longest, text.size());
      if (rows.empty()) rows.emplace_back();
      rows.back().cells.push_back(std::move(text));
      cell.clear();
      cell_end = 0;
    };
    for (std::uint32_t i = table + 1; i < nodes_[table].end; ++i) {
      if (cell_end != 0 && i >= cell_end) close_cell();
      const HtmlNode& node = nodes_[i];
      if (node.name.empty()) {
        cell += node.text;
        if (i < link_end) links += visible(node.text);
        continue;
      }
      if (node.name == "table" || heading_level(node.name) > 0 || node.name == "article")
        return false;
      if (is_machinery(node.name)) {
        i = node.end - 1;
      } else if (node.name == "tr") {
        close_cell();
        cell.clear();
        rows.emplace_back();
      } else if (node.name == "td" || node.name == "th") {
        close_cell();
        cell.clear();
        cell_end = node.end;
      } else if (node.name == "a") {
        link_end = std::max(link_end, node.end);
      } else if (is_block(node.name) || node.name == "br") {
        cell += ' ';
      }
    }
    close_cell();
    std::size_t widest = 0;
    std::size_t full_rows = 0;
    for (const Row& row : rows) {
      const auto filled = static_cast<std::size_t>(std::count_if(
          row.cells.begin(), row.cells.end(), [](const std::string& c) { return !c.empty(); }));
      widest = std::max(widest, filled);
      full_rows += filled >= 2;
    }
    if (full_rows < 2 || widest < 2 || longest > 700) return false;
    std::string text;
    for (const Row& row : rows) {
      std::string line;
      bool any = false;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        if (c > 0) line += '\t';
        line += row.cells[c];
        any = any || !row.cells[c].empty();
      }
      if (!any) continue;
      if (!text.empty()) text += '\n';
      text += line;
    }
    HtmlBlock block;
    block.kind = HtmlBlockKind::kTable;
    block.node = table;
    block.link_bytes = std::min(links, bytes);
    block.text = std::move(text);
    blocks_.push_back(std::move(block));
    return true;
  }

  const HtmlTree& tree_;
  const std::vector<HtmlNode>& nodes_;
  std::vector<HtmlBlock> blocks_;
  std::vector<std::uint32_t> open_;
  std::string raw_;
  std::size_t link_bytes_ = 0;
  std::uint32_t link_end_ = 0;
  std::uint32_t in_pre_ = 0;
  bool item_open_ = false;
};

// ----------------------------------------------------------------------------------------
// selection

double link_part(const HtmlBlock& block) {
  return static_cast<double>(block.link_bytes) /
         static_cast<double>(std::max<std::size_t>(block.text.size(), 1));
}

bool ends_a_sentence(const std::string& text) {
  static constexpr std::array<std::string_view, 9> kEnds = {".", "!", "?",  ":", "…",
                                                            "“", "”", "\"", "»"};
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

/// Running text: long enough, hardly any links.
bool is_good(const HtmlBlock& block) {
  if (block.kind == HtmlBlockKind::kHeading) return false;
  if (block.kind == HtmlBlockKind::kTable) return link_part(block) < 0.3 && block.text.size() > 80;
  return block.text.size() >= 60 && link_part(block) < 0.35 &&
         (block.text.size() >= 140 || ends_a_sentence(block.text));
}

class Selector {
 public:
  Selector(const HtmlTree& tree, std::vector<HtmlBlock> blocks)
      : tree_(tree), nodes_(tree.nodes()), blocks_(std::move(blocks)) {}

  HtmlMain select() {
    HtmlMain result;
    add_up();
    total_ = mass(0);
    for (const HtmlBlock& block : blocks_) all_bytes_ += block.text.size();
    keep_.assign(blocks_.size(), true);
    if (!nodes_.empty()) drop_by_name();
    add_up();
    const double rest = mass(0);
    if (rest < 250) {
      result.link_page = true;
      for (std::size_t b = 0; b < blocks_.size(); ++b) {
        if (keep_[b]) result.blocks.push_back(std::move(blocks_[b]));
      }
      return result;
    }
    const std::uint32_t root = main_element();
    const std::size_t title = title_above(root);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (inside(blocks_[b].node, root) || b == title) continue;
      // Between the title and the text stands the lead.
      const bool lead = b > title && blocks_[b].node < root && is_lead(blocks_[b]);
      if (!lead) keep_[b] = false;
    }
    judge_blocks();
    drop_announced();
    trim_ends();
    drop_empty_headings();
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (keep_[b]) result.blocks.push_back(std::move(blocks_[b]));
    }
    return result;
  }

 private:
  [[nodiscard]] bool inside(std::uint32_t node, std::uint32_t element) const {
    return node >= element && node < nodes_[element].end;
  }

  void add_up() {
    sums_.assign(blocks_.size() + 1, 0);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      const bool counts = (keep_.empty() || keep_[b]) && is_good(blocks_[b]);
      sums_[b + 1] =
          sums_[b] +
          (counts ? static_cast<double>(blocks_[b].text.size() - blocks_[b].link_bytes) : 0);
    }
  }

  /// Bytes of running text inside an element.
  [[nodiscard]] double mass(std::uint32_t node) const {
    if (nodes_.empty()) return 0;
    if (node == 0) return sums_.back();
    if (by_node_.empty()) {
      for (std::size_t b = 0; b < blocks_.size(); ++b) by_node_.push_back(b);
      std::stable_sort(by_node_.begin(), by_node_.end(), [&](std::size_t a, std::size_t b) {
        return blocks_[a].node < blocks_[b].node;
      });
    }
    double sum = 0;
    auto it = std::lower_bound(by_node_.begin(), by_node_.end(), node,
                               [&](std::size_t b, std::uint32_t n) { return blocks_[b].node < n; });
    for (; it != by_node_.end() && blocks_[*it].node < nodes_[node].end; ++it) {
      sum += sums_[*it + 1] - sums_[*it];
    }
    return sum;
  }

  template <class Visit>
  void for_blocks_in(std::uint32_t node, Visit visit) const {
    static_cast<void>(mass(node));
    auto it = std::lower_bound(by_node_.begin(), by_node_.end(), node,
                               [&](std::size_t b, std::uint32_t n) { return blocks_[b].node < n; });
    if (node == 0) it = by_node_.begin();
    for (; it != by_node_.end() && blocks_[*it].node < nodes_[node].end; ++it) visit(*it);
  }

  void drop_inside(std::uint32_t node) {
    for_blocks_in(node, [&](std::size_t b) { keep_[b] = false; });
  }

  void drop_by_name() {
    for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
      const std::string_view name = nodes_[i].name;
      if (name.empty() || name == "body" || name == "main" || name == "article" ||
          heading_level(name) > 0) {
        continue;
      }
      if (is_machinery(name)) {
        i = nodes_[i].end - 1;
        continue;
      }
      const Verdict verdict = verdict_on(tree_, i);
      const bool page_header =
          name == "header" && !has_ancestor(i, "article") && !has_ancestor(i, "main");
      if (verdict == Verdict::kNone && !page_header) continue;
      // What holds the bulk of the text is the article, whatever it is called.
      const double inside_it = mass(i);
      if (verdict != Verdict::kDoubtful || page_header) {
        const bool by_element = name == "nav" || name == "aside" || name == "footer";
        const double most = verdict == Verdict::kReaders ? 0.7 : by_element ? 0.5 : 0.2;
        if (inside_it > most * total_ && name != "nav") continue;
        if (!by_element && verdict != Verdict::kReaders && bytes_in(i) * 10 > all_bytes_ * 6)
          continue;
        if (has_title(i) && name != "nav" && name != "footer") continue;
        drop_inside(i);
        i = nodes_[i].end - 1;
        continue;
      }
      // Doubtful names decide only over what is mostly links.
      std::size_t bytes = 0;
      std::size_t links = 0;
      bool title = false;
      for_blocks_in(i, [&](std::size_t b) {
        bytes += blocks_[b].text.size();
        links += blocks_[b].link_bytes;
        title = title || (blocks_[b].kind == HtmlBlockKind::kHeading && blocks_[b].level == 1);
      });
      if (bytes > 0 && links * 10 > bytes * 4 && inside_it < 0.2 * total_ && !title) {
        drop_inside(i);
        i = nodes_[i].end - 1;
      }
    }
  }

  [[nodiscard]] std::size_t bytes_in(std::uint32_t node) const {
    std::size_t bytes = 0;
    for_blocks_in(node, [&](std::size_t b) { bytes += blocks_[b].text.size(); });
    return bytes;
  }

  [[nodiscard]] bool has_title(std::uint32_t node) const {
    bool title = false;
    for_blocks_in(node, [&](std::size_t b) {
      title = title || (blocks_[b].kind == HtmlBlockKind::kHeading && blocks_[b].level == 1 &&
                        link_part(blocks_[b]) < 0.5);
    });
    return title;
  }

  [[nodiscard]] bool has_ancestor(std::uint32_t node, std::string_view name) const {
    while (node != 0) {
      node = nodes_[node].parent;
      if (nodes_[node].name == name) return true;
    }
    return false;
  }

  /// Down from the top to the element that still holds nearly all running text.
  [[nodiscard]] std::uint32_t main_element() const {
    std::uint32_t at = 0;
    double here = mass(0);
    // An article said to be one, if it holds most of the text.
    std::uint32_t said = 0;
    for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
      const std::string_view name = nodes_[i].name;
      if (name.empty()) continue;
      const bool says = name == "article" || name == "main" ||
                        tree_.attribute(i, "role") == "main" ||
                        tree_.attribute(i, "itemprop") == "articleBody";
      if (says && mass(i) > 0.7 * here) said = i;
    }
    if (said != 0) {
      at = said;
      here = mass(said);
    }
    for (bool moved = true; moved;) {
      moved = false;
      for (std::uint32_t i = at + 1; i < nodes_[at].end; i = nodes_[i].end) {
        if (nodes_[i].name.empty() || !is_block(nodes_[i].name)) {
          // Inline and unknown elements may hold blocks too.
          if (nodes_[i].name.empty() || nodes_[i].end == i + 1) continue;
        }
        if (mass(i) > 0.85 * here) {
          at = i;
          here = mass(i);
          moved = true;
          break;
        }
      }
    }
    // One paragraph is not the article: its siblings belong to it.
    while (at != 0 &&
           (nodes_[at].name == "p" || nodes_[at].name == "li" || nodes_[at].name == "td" ||
            nodes_[at].name == "blockquote" || nodes_[at].name == "ul")) {
      at = nodes_[at].parent;
    }
    return at;
  }

  /// The title above the main element: the last h1, or a heading the page's <title> repeats.
  /// blocks_.size() if there is none.
  [[nodiscard]] std::size_t title_above(std::uint32_t root) const {
    std::string page_title;
    for (std::uint32_t i = 0; i < nodes_.size() && page_title.empty(); ++i) {
      if (nodes_[i].name == "title") page_title = tree_.text_inside(i);
    }
    std::size_t found = blocks_.size();
    for (std::size_t b = 0; b < blocks_.size() && blocks_[b].node < root; ++b) {
      const HtmlBlock& block = blocks_[b];
      if (!keep_[b] || block.kind != HtmlBlockKind::kHeading || link_part(block) > 0.5) continue;
      const bool repeated =
          block.text.size() > 12 && page_title.find(block.text) != std::string::npos;
      const bool known =
          found < blocks_.size() && page_title.find(blocks_[found].text) != std::string::npos;
      if ((block.level == 1 && !known) || repeated) found = b;
    }
    return found;
  }

  [[nodiscard]] bool is_lead(const HtmlBlock& block) const {
    if (block.kind == HtmlBlockKind::kHeading || block.kind == HtmlBlockKind::kTable) return false;
    if (block.kind == HtmlBlockKind::kItem) return false;
    return is_good(block) || (block.text.size() >= 40 && link_part(block) < 0.2 &&
                              (nodes_[block.node].name == "p" || ends_a_sentence(block.text)));
  }

  /// Words by which pages announce other pages. Everything after such a line, up to the next
  /// heading of the same rank or the end of its element, is no part of the article.
  [[nodiscard]] static bool announces_others(const HtmlBlock& block) {
    const bool sentence = block.text.ends_with('.') || block.text.ends_with('!');
    if (block.text.size() > 80 || sentence) return false;
    static const RE2 kOthers(
        R"((?i)^(?:• )?(?:(?:das )?könnte (?:sie|dich|euch|ihnen|dir) auch|lesen sie (?:auch|mehr|hier)|lies auch|lest auch|mehr (?:zum thema|dazu|lesen|themen|artikel|aus|von|news|infos)|weitere (?:artikel|beiträge|meldungen|nachrichten|themen|informationen|news|interessante|pressemitteilungen|infos|links)|weiterlesen|ähnliche (?:artikel|beiträge|themen|produkte|posts)|verwandte (?:artikel|beiträge|themen)|auch interessant|passend dazu|neueste (?:artikel|beiträge|kommentare|meldungen)|aktuelle (?:artikel|meldungen|nachrichten|beiträge|news)|meistgelesen|schlagw(?:ort|örter)|stichw(?:ort|örter)|tags?\b|themen:|teilen\b|artikel teilen|beitrag teilen|seite (?:teilen|empfehlen|drucken)|kommentare?\b|hinterlasse|schreibe? einen kommentar|diskutieren sie|newsletter|related|you may also|read more|share this|leave a (?:reply|comment)|schon gelesen|zum weiterlesen|vorheriger|nächster|zurück zur|empfohlene|empfehlungen|links zum thema|download|pressekontakt|ansprechpartner|über den autor|über die autorin|zum autor|der autor\b|die autorin\b|dieser (?:artikel|beitrag|eintrag) wurde|this entry was))");
    return RE2::PartialMatch(block.text, kOthers);
  }

  void drop_announced() {
    double before = 0;
    const double all = sums_.back();
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (!keep_[b]) continue;
      if (is_good(blocks_[b])) before += static_cast<double>(blocks_[b].text.size());
      if (before < 0.3 * all || !announces_others(blocks_[b])) continue;
      keep_[b] = false;
      if (blocks_[b].kind == HtmlBlockKind::kHeading) {
        const std::uint32_t holder = nodes_[blocks_[b].node].parent;
        for (std::size_t next = b + 1; next < blocks_.size(); ++next) {
          if (!inside(blocks_[next].node, holder)) break;
          const HtmlBlock& other = blocks_[next];
          if (other.kind == HtmlBlockKind::kHeading && other.level <= blocks_[b].level) break;
          // Long paragraphs without links are more likely the article going on.
          if (is_good(other) && other.text.size() > 300 && link_part(other) < 0.05) break;
          keep_[next] = false;
        }
      }
    }
  }

  void judge_blocks() {
    static const RE2 kCredit(
        R"((?i)^(?:\(?(?:foto|bild|bildquelle|bildnachweis|fotocredit|quelle|grafik|symbolbild|archivbild|video|copyright|credit|photo)s?\s*[:©/]|©))");
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (!keep_[b]) continue;
      const HtmlBlock& block = blocks_[b];
      if (block.kind == HtmlBlockKind::kHeading) {
        if (link_part(block) > 0.5 && block.level > 1) keep_[b] = false;
        continue;
      }
      if (block.kind == HtmlBlockKind::kTable) {
        keep_[b] = link_part(block) < 0.6;
        continue;
      }
      const std::string_view holder = nodes_[block.node].name;
      const bool paragraph = holder == "p" || holder == "li" || holder == "blockquote" ||
                             holder == "dd" || holder == "dt" || holder == "pre";
      const double links = link_part(block);
      const std::size_t bytes = block.text.size();
      if (links > (bytes > 100 ? 0.65 : 0.5)) keep_[b] = false;
      if (bytes < 120 && RE2::PartialMatch(block.text, kCredit)) keep_[b] = false;
      if (holder == "figcaption" || holder == "figure" || holder == "caption") keep_[b] = false;
      if (!paragraph && bytes < 40 && !ends_a_sentence(block.text)) keep_[b] = false;
    }
  }

  /// Short things before the first and after the last running text are labels of the page.
  void trim_ends() {
    std::size_t first = blocks_.size();
    std::size_t last = 0;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (!keep_[b] || !is_good(blocks_[b])) continue;
      first = std::min(first, b);
      last = b;
    }
    if (first == blocks_.size()) return;
    const std::uint32_t parent_of_last = nodes_[blocks_[last].node].parent;
    for (std::size_t b = last + 1; b < blocks_.size(); ++b) {
      if (!keep_[b] || blocks_[b].kind == HtmlBlockKind::kHeading) continue;
      if (nodes_[blocks_[b].node].parent != parent_of_last) keep_[b] = false;
    }
  }

  void drop_empty_headings() {
    bool text_follows = false;
    std::uint32_t below = 7;  // lowest heading level seen since the last text
    for (std::size_t b = blocks_.size(); b-- > 0;) {
      if (!keep_[b]) continue;
      if (blocks_[b].kind != HtmlBlockKind::kHeading) {
        text_follows = true;
        below = 7;
        continue;
      }
      if (!text_follows) {
        keep_[b] = false;
        continue;
      }
      // Another heading of the same rank follows at once: nothing stands under this one.
      if (below <= blocks_[b].level && blocks_[b].level > 1) keep_[b] = false;
      if (keep_[b]) below = std::min(below, blocks_[b].level);
    }
  }

  const HtmlTree& tree_;
  const std::vector<HtmlNode>& nodes_;
  std::vector<HtmlBlock> blocks_;
  std::vector<bool> keep_;
  std::vector<double> sums_;
  mutable std::vector<std::size_t> by_node_;
  double total_ = 0;
  std::size_t all_bytes_ = 0;
};

}  // namespace

HtmlMain read_main(const HtmlTree& tree) {
  return Selector(tree, BlockReader(tree).read()).select();
}

}  // namespace fundstelle
