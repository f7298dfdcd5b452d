// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_main.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "extract/html_names.h"

namespace fundstelle {
namespace {

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
    if (!nodes_.empty()) {
      drop_by_name();
      drop_teasers();
    }
    add_up();
    const double rest = mass(0);
    if (rest < 250) {
      result.link_page = true;
      for (std::size_t b = 0; b < blocks_.size(); ++b) {
        if (keep_[b]) result.blocks.push_back(std::move(blocks_[b]));
      }
      return result;
    }
    const std::vector<bool> all_but_furniture = keep_;
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
    if (rest < kShortText && leaves_out_papers(all_but_furniture)) {
      result.link_page = true;
      keep_ = all_but_furniture;
    }
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (keep_[b]) result.blocks.push_back(std::move(blocks_[b]));
    }
    return result;
  }

 private:
  /// Running text, in bytes, below which a page may be a list with a word of explanation.
  static constexpr double kShortText = 2500;

  /// Result lists and detail pages of parliaments say a paragraph about the search and show the
  /// papers in tables and short lines: the papers are what the page is about.
  [[nodiscard]] bool leaves_out_papers(const std::vector<bool>& shown) const {
    std::size_t all = 0;
    std::size_t kept = 0;
    bool papers = false;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (!shown[b]) continue;
      papers = papers || speaks_of_papers(blocks_[b].text);
      if (!holds_paper_number(blocks_[b].text)) continue;
      ++all;
      kept += keep_[b];
    }
    return papers && all > 0 && kept * 2 < all;
  }

  [[nodiscard]] bool inside(std::uint32_t node, std::uint32_t element) const {
    return node >= element && node < nodes_[element].end;
  }

  void add_up() {
    sums_.assign(blocks_.size() + 1, 0);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      const bool counts = (keep_.empty() || keep_[b]) && is_running_text(blocks_[b]);
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

  /// Several short <article> side by side whose headings are links announce other pages. Where they
  /// are all there is, they are the page.
  void drop_teasers() {
    constexpr std::size_t kSeveral = 3;
    constexpr double kShort = 700;
    constexpr double kEnoughLeft = 400;
    add_up();
    std::vector<std::uint32_t> teasers;
    double left = mass(0);
    for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
      if (nodes_[i].name != "article" || has_title(i)) continue;
      bool linked = false;
      for_blocks_in(i, [&](std::size_t b) {
        linked =
            linked || (blocks_[b].kind == HtmlBlockKind::kHeading && link_part(blocks_[b]) > 0.9);
      });
      const double text = mass(i);
      if (!linked || text > kShort) continue;
      teasers.push_back(i);
      left -= text;
      i = nodes_[i].end - 1;
    }
    if (teasers.size() < kSeveral || left < kEnoughLeft) return;
    for (const std::uint32_t teaser : teasers) drop_inside(teaser);
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
        if (nodes_[i].name.empty() || !is_block_element(nodes_[i].name)) {
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
    return is_running_text(block) ||
           (block.text.size() >= 40 && link_part(block) < 0.2 &&
            (nodes_[block.node].name == "p" || ends_a_sentence(block.text)));
  }

  void drop_announced() {
    double before = 0;
    const double all = sums_.back();
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      if (!keep_[b]) continue;
      if (is_running_text(blocks_[b])) before += static_cast<double>(blocks_[b].text.size());
      if (before < 0.3 * all || !announces_others(blocks_[b].text)) continue;
      keep_[b] = false;
      if (blocks_[b].kind == HtmlBlockKind::kHeading) {
        const std::uint32_t holder = nodes_[blocks_[b].node].parent;
        for (std::size_t next = b + 1; next < blocks_.size(); ++next) {
          if (!inside(blocks_[next].node, holder)) break;
          const HtmlBlock& other = blocks_[next];
          if (other.kind == HtmlBlockKind::kHeading && other.level <= blocks_[b].level) break;
          // Long paragraphs without links are more likely the article going on.
          if (is_running_text(other) && other.text.size() > 300 && link_part(other) < 0.05) break;
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
      if (!keep_[b] || !is_running_text(blocks_[b])) continue;
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

HtmlMain read_main(const HtmlTree& tree, std::vector<HtmlBlock> blocks) {
  return Selector(tree, std::move(blocks)).select();
}

}  // namespace fundstelle
