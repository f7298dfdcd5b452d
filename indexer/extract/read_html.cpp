// SPDX-License-Identifier: GPL-3.0-or-later
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "extract/encoding.h"
#include "extract/extract.h"
#include "extract/read_xml.h"

namespace fundstelle {
namespace {

SourceText text_of_tree(xmlDocPtr document, const char* type) {
  SourceText result;
  result.media_type = type;
  std::string text;
  for (xmlNodePtr node = document == nullptr ? nullptr : xmlDocGetRootElement(document); node;) {
    const bool skip =
        node->type == XML_ELEMENT_NODE && (xmlStrEqual(node->name, BAD_CAST "script") != 0 ||
                                           xmlStrEqual(node->name, BAD_CAST "style") != 0);
    if (node->type == XML_TEXT_NODE && node->content != nullptr) {
      const std::string piece = squeeze_blanks(reinterpret_cast<const char*>(node->content));
      if (!piece.empty()) text += piece + "\n\n";
    }
    if (!skip && node->children != nullptr && node->type == XML_ELEMENT_NODE) {
      node = node->children;
      continue;
    }
    while (node != nullptr && node->next == nullptr) node = node->parent;
    if (node != nullptr) node = node->next;
  }
  result.pages.push_back({1, clean_text(text)});
  if (document != nullptr) xmlFreeDoc(document);
  return result;
}

}  // namespace

SourceText read_html(std::string_view bytes) {
  const std::string utf8 = decode_text(bytes).utf8;
  return text_of_tree(htmlReadMemory(utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8",
                                     HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                         HTML_PARSE_NOWARNING | static_cast<int>(XML_PARSE_HUGE)),
                      "text/html");
}

SourceText read_xml(std::string_view bytes) {
  return text_of_tree(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
      "application/xml");
}

}  // namespace fundstelle
