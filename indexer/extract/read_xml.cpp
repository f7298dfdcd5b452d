// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/read_xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>

#include "extract/encoding.h"

namespace fundstelle {

SourceText read_xml(std::string_view bytes) {
  SourceText result;
  result.media_type = "application/xml";
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                        XML_PARSE_NOCDATA),
      &xmlFreeDoc);
  Page page;
  std::string paragraph;
  const auto close = [&] {
    const std::string text = squeeze_blanks(clean_text(paragraph));
    paragraph.clear();
    if (text.empty()) return;
    if (!page.text.empty()) page.text += "\n\n";
    page.text += text;
  };
  // An element that holds text of its own is a paragraph; elements within it (emphasis, names) are
  // part of the sentence.
  const auto has_own_text = [](const xmlNode* element) {
    for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
      if (child->type != XML_TEXT_NODE || child->content == nullptr) continue;
      if (!squeeze_blanks(reinterpret_cast<const char*>(child->content)).empty()) return true;
    }
    return false;
  };
  const xmlNode* node = document ? xmlDocGetRootElement(document.get()) : nullptr;
  const xmlNode* sentence = nullptr;  // the outermost element with text that is open
  while (node != nullptr) {
    if (node->type == XML_TEXT_NODE && node->content != nullptr) {
      paragraph += reinterpret_cast<const char*>(node->content);
    }
    if (node->type == XML_ELEMENT_NODE) {
      if (sentence == nullptr) {
        close();
        if (has_own_text(node)) sentence = node;
      }
      if (node->children != nullptr) {
        node = node->children;
        continue;
      }
    }
    while (node != nullptr && node->next == nullptr) {
      node = node->parent;
      if (node != nullptr && node == sentence) {
        close();
        sentence = nullptr;
      }
      if (node != nullptr && node->type != XML_ELEMENT_NODE) node = nullptr;
    }
    if (node == nullptr) break;
    if (node == sentence) {
      close();
      sentence = nullptr;
    }
    node = node->next;
  }
  close();
  result.pages.push_back(std::move(page));
  return result;
}

}  // namespace fundstelle
