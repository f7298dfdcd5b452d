// SPDX-License-Identifier: GPL-3.0-or-later
#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "extract/encoding.h"
#include "extract/extract.h"
#include "extract/html_dates.h"
#include "extract/html_declared.h"
#include "extract/html_main.h"
#include "extract/html_title.h"
#include "extract/html_tree.h"
#include "extract/repeats.h"

namespace fundstelle {
namespace {

/// Parsing one tag with tens of thousands of attributes is quadratic in libxml2.
constexpr std::size_t kMostBytes = 20'000'000;

/// The label in a meta tag or XML declaration of the first kilobytes.
std::string declared_encoding(std::string_view bytes) {
  static const RE2 kMeta(R"((?is)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]+))");
  static const RE2 kXml(R"((?i)^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w:.-]+)["'])");
  // What stands in comments declares nothing.
  std::string head;
  for (std::string_view rest = bytes.substr(0, 8192); !rest.empty();) {
    const std::size_t comment = std::min(rest.find("<!--"), rest.size());
    head += rest.substr(0, comment);
    const std::size_t end = rest.find("-->", comment);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 3);
  }
  std::string label;
  const re2::StringPiece piece(head.data(), head.size());
  if (!RE2::PartialMatch(piece, kMeta, &label)) RE2::PartialMatch(piece, kXml, &label);
  return label;
}

}  // namespace

SourceText read_html(std::string_view bytes) {
  SourceText result;
  result.media_type = "text/html";
  if (bytes.size() > kMostBytes) {
    bytes = bytes.substr(0, kMostBytes);
    result.warnings.push_back({"truncated", "only the first 20 MB of the page were read"});
  }
  const DecodedText decoded = decode_text(bytes, declared_encoding(bytes));
  if (decoded.damaged) {
    result.warnings.push_back({"damaged_encoding", "bytes that are no " + decoded.encoding});
  }
  const HtmlTree tree(decoded.utf8);
  result.declared = read_declared(tree);
  std::vector<HtmlBlock> blocks = read_blocks(tree);
  PageTitle title = read_page_title(tree, blocks, result.declared);
  result.own_dates = read_page_dates(tree, blocks, title.block, result.declared);
  result.own_title = {std::move(title.how), std::move(title.text)};
  HtmlMain main = read_main(tree, std::move(blocks));

  Page page;
  std::unordered_set<std::string> seen;
  bool previous_item = false;
  for (HtmlBlock& block : main.blocks) {
    std::string text = without_repeats(block.text);
    // Captions and teasers come two and three times; short lines ("Ja.") may repeat in earnest.
    if (text.size() >= 25 && block.kind != HtmlBlockKind::kTable && !seen.insert(text).second)
      continue;
    const bool item = block.kind == HtmlBlockKind::kItem;
    if (!page.text.empty()) page.text += item && previous_item ? "\n" : "\n\n";
    previous_item = item;
    Span span{1, static_cast<std::uint32_t>(page.text.size()), 1, 0};
    page.text += text;
    span.end = static_cast<std::uint32_t>(page.text.size());
    if (block.kind == HtmlBlockKind::kHeading) result.headings.push_back({block.level, span});
    if (block.kind == HtmlBlockKind::kTable) result.tables.push_back({span});
  }
  result.pages.push_back(std::move(page));
  return result;
}

}  // namespace fundstelle
