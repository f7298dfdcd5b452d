// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_blocks.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "extract/encoding.h"

namespace fundstelle {
namespace {

/// Stands for <br> and newlines of <pre> until blanks are squeezed; a character for private use.
constexpr std::string_view kBreak = "\xEE\x80\x80";

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
      if (!is_block_element(node.name)) continue;
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
      } else if (is_block_element(node.name) || node.name == "br") {
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

}  // namespace

bool is_block_element(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "address", "article", "aside",  "blockquote", "body", "caption", "center",   "dd",
      "details", "dialog",  "dir",    "div",        "dl",   "dt",      "fieldset", "figcaption",
      "figure",  "footer",  "form",   "frameset",   "h1",   "h2",      "h3",       "h4",
      "h5",      "h6",      "header", "hgroup",     "hr",   "html",    "legend",   "li",
      "main",    "menu",    "nav",    "ol",         "p",    "pre",     "section",  "summary",
      "table",   "tbody",   "td",     "tfoot",      "th",   "thead",   "tr",       "ul"};
  return kNames.contains(name);
}

bool is_machinery(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "head",   "script",   "style", "template", "noscript", "iframe", "object", "embed",
      "svg",    "canvas",   "audio", "video",    "map",      "applet", "select", "button",
      "option", "textarea", "input", "datalist", "noframes", "math",   "meter",  "progress"};
  return kNames.contains(name);
}

std::uint32_t heading_level(std::string_view name) {
  if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
    return static_cast<std::uint32_t>(name[1] - '0');
  }
  return 0;
}

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

bool is_running_text(const HtmlBlock& block) {
  if (block.kind == HtmlBlockKind::kHeading) return false;
  if (block.kind == HtmlBlockKind::kTable) return link_part(block) < 0.3 && block.text.size() > 80;
  return block.text.size() >= 60 && link_part(block) < 0.35 &&
         (block.text.size() >= 140 || ends_a_sentence(block.text));
}

std::vector<HtmlBlock> read_blocks(const HtmlTree& tree) { return BlockReader(tree).read(); }

}  // namespace fundstelle
