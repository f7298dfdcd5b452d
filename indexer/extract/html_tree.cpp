// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include "extract/encoding.h"

namespace fundstelle {

struct HtmlTree::Document {
  xmlDocPtr document = nullptr;
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document() {
    if (document != nullptr) xmlFreeDoc(document);
  }
};

namespace {

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

}  // namespace

HtmlTree::HtmlTree(const std::string& utf8) : document_(std::make_unique<Document>()) {
  // HUGE: without it everything below depth 256 is lost without a word.
  document_->document =
      htmlReadMemory(utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8",
                     static_cast<int>(HTML_PARSE_RECOVER) | static_cast<int>(HTML_PARSE_NONET) |
                         static_cast<int>(HTML_PARSE_NOERROR) |
                         static_cast<int>(HTML_PARSE_NOWARNING) | static_cast<int>(XML_PARSE_HUGE));
  if (document_->document == nullptr) return;
  xmlNodePtr node = xmlDocGetRootElement(document_->document);
  std::uint32_t parent = 0;
  std::vector<std::uint32_t> open;
  while (node != nullptr) {
    const bool element = node->type == XML_ELEMENT_NODE;
    const bool text = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
    if (element || text) {
      const auto index = static_cast<std::uint32_t>(nodes_.size());
      // What stands beside the root in broken pages hangs below it: every node has a way up.
      parent = open.empty() ? 0 : open.back();
      nodes_.push_back({parent, index + 1, element ? view_of(node->name) : std::string_view{},
                        text ? view_of(node->content) : std::string_view{}});
      raw_.push_back(node);
      if (element && node->children != nullptr) {
        open.push_back(index);
        node = node->children;
        continue;
      }
    }
    while (node != nullptr && node->next == nullptr) {
      node = node->parent;
      if (node == nullptr || open.empty()) {
        node = nullptr;
        break;
      }
      nodes_[open.back()].end = static_cast<std::uint32_t>(nodes_.size());
      open.pop_back();
    }
    if (node == nullptr) break;
    node = node->next;
  }
  while (!open.empty()) {
    nodes_[open.back()].end = static_cast<std::uint32_t>(nodes_.size());
    open.pop_back();
  }
  if (!nodes_.empty()) nodes_[0].end = static_cast<std::uint32_t>(nodes_.size());
}

HtmlTree::~HtmlTree() = default;

std::string HtmlTree::attribute(std::uint32_t node, const char* name) const {
  const auto* raw = static_cast<xmlNodePtr>(raw_[node]);
  if (raw->type != XML_ELEMENT_NODE) return {};
  xmlChar* value = xmlGetProp(raw, BAD_CAST name);
  if (value == nullptr) return {};
  std::string out(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return out;
}

bool HtmlTree::has_attribute(std::uint32_t node, const char* name) const {
  const auto* raw = static_cast<xmlNodePtr>(raw_[node]);
  return raw->type == XML_ELEMENT_NODE && xmlHasProp(raw, BAD_CAST name) != nullptr;
}

std::string HtmlTree::text_inside(std::uint32_t node) const {
  std::string out;
  for (std::uint32_t i = node; i < nodes_[node].end; ++i) {
    if (!nodes_[i].name.empty()) {
      if (nodes_[i].name == "script" || nodes_[i].name == "style")
        i = nodes_[i].end - 1;
      else if (nodes_[i].name == "br")
        out += ' ';
      continue;
    }
    out += nodes_[i].text;
  }
  return squeeze_blanks(clean_text(out));
}

}  // namespace fundstelle
