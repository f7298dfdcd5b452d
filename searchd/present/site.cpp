// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/site.h"

#include <cmark.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "document/plain_text.h"

namespace fundstelle::present {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

std::string text_of(cmark_node* node) {
  std::string text;
  for (cmark_node* child = cmark_node_first_child(node); child != nullptr;
       child = cmark_node_next(child)) {
    if (const char* literal = cmark_node_get_literal(child)) text += literal;
    if (cmark_node_get_type(child) == CMARK_NODE_SOFTBREAK) text += ' ';
    text += text_of(child);
  }
  return text;
}

bool is_allowed_link(std::string_view url) {
  for (const std::string_view begin : {"https://", "http://", "mailto:", "tel:", "/", "#"}) {
    if (url.substr(0, begin.size()) == begin) return url.substr(0, 2) != "//";
  }
  return false;
}

/// Puts the children of a node in its place.
void unwrap(cmark_node* node) {
  while (cmark_node* child = cmark_node_first_child(node)) cmark_node_insert_before(node, child);
  cmark_node_free(node);
}

}  // namespace

SiteText site_text(const SiteTextName& name, const std::string& markdown) {
  SiteText out{name.path, name.title, {}};
  const std::string clean = plain_text(markdown);
  const std::unique_ptr<cmark_node, FreeNode> document(
      cmark_parse_document(clean.data(), clean.size(), CMARK_OPT_VALIDATE_UTF8));
  cmark_node* first = cmark_node_first_child(document.get());
  if (first != nullptr && cmark_node_get_type(first) == CMARK_NODE_HEADING) {
    const std::string title = plain_line(text_of(first));
    if (!title.empty()) out.title = title;
    cmark_node_free(first);
  }
  std::vector<cmark_node*> unwanted;
  int highest = 6;
  const std::unique_ptr<cmark_iter, void (*)(cmark_iter*)> nodes(cmark_iter_new(document.get()),
                                                                 cmark_iter_free);
  std::vector<cmark_node*> headings;
  for (auto event = cmark_iter_next(nodes.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(nodes.get())) {
    if (event != CMARK_EVENT_ENTER) continue;
    cmark_node* node = cmark_iter_get_node(nodes.get());
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING) {
      headings.push_back(node);
      highest = std::min(highest, cmark_node_get_heading_level(node));
    }
    const bool bad_link = type == CMARK_NODE_LINK && !is_allowed_link(cmark_node_get_url(node));
    if (type == CMARK_NODE_IMAGE || bad_link) unwanted.push_back(node);
  }
  for (cmark_node* heading : headings) {
    const int level = cmark_node_get_heading_level(heading) - highest + 2;
    cmark_node_set_heading_level(heading, std::min(level, 6));
  }
  // From the inside out: a picture may stand in a link.
  for (auto node = unwanted.rbegin(); node != unwanted.rend(); ++node) unwrap(*node);
  const std::unique_ptr<char, void (*)(void*)> html(
      cmark_render_html(document.get(), CMARK_OPT_DEFAULT), std::free);
  out.html = html.get();
  return out;
}

}  // namespace fundstelle::present
