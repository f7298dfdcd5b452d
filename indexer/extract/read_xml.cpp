// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/read_xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>
#include <optional>
#include <string>

#include "extract/encoding.h"
#include "extract/interpret_protocol.h"

namespace fundstelle {

namespace {

std::string_view name_of(const xmlNode* node) {
  return node->name == nullptr ? std::string_view()
                               : std::string_view(reinterpret_cast<const char*>(node->name));
}

std::string attribute(const xmlNode* node, const char* name) {
  xmlChar* value =
      xmlGetNoNsProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return {};
  std::string out(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return squeeze_blanks(clean_text(out));
}

/// Text below a node, without that of elements called `without`.
std::string text_below(const xmlNode* top, std::string_view without = {}) {
  std::string out;
  const xmlNode* node = top->children;
  while (node != nullptr) {
    if (node->type == XML_TEXT_NODE && node->content != nullptr)
      out += reinterpret_cast<const char*>(node->content);
    const bool passed =
        node->type == XML_ELEMENT_NODE && !without.empty() && name_of(node) == without;
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr && !passed) {
      node = node->children;
      continue;
    }
    while (node != nullptr && node != top && node->next == nullptr) node = node->parent;
    if (node == nullptr || node == top) break;
    node = node->next;
  }
  return squeeze_blanks(clean_text(out));
}

const xmlNode* child(const xmlNode* node, std::string_view name) {
  for (const xmlNode* one = node == nullptr ? nullptr : node->children; one != nullptr;
       one = one->next) {
    if (one->type == XML_ELEMENT_NODE && name_of(one) == name) return one;
  }
  return nullptr;
}

/// The speaker as <redner> holds him, in parts.
Speaker speaker_of(const xmlNode* redner) {
  Speaker speaker;
  const xmlNode* name = child(redner, "name");
  if (name == nullptr) return speaker;
  for (const char* part : {"vorname", "namenszusatz", "nachname"}) {
    const xmlNode* node = child(name, part);
    const std::string text = node == nullptr ? std::string() : text_below(node);
    if (!text.empty()) speaker.name += (speaker.name.empty() ? "" : " ") + text;
  }
  if (const xmlNode* group = child(name, "fraktion")) speaker.group = text_below(group);
  if (const xmlNode* role = child(name, "rolle")) {
    const xmlNode* whole = child(role, "rolle_lang");
    speaker.role = text_below(whole == nullptr ? role : whole);
  }
  return speaker;
}

/// "Vizepräsidentin Petra Pau:", "Dr. Ada Beispiel (SPD):" where the format gives no parts.
Speaker speaker_of(std::string printed) {
  if (!printed.ends_with(':')) printed += ':';
  if (const auto opening = speech_opening(printed)) return opening->speaker;
  printed.pop_back();
  return {printed, "", ""};
}

/// Minutes of the Bundestag, read element by element in document order.
class ProtocolReader {
 public:
  explicit ProtocolReader(SourceText& result) : result_(result) {}

  void read(const xmlNode* root) {
    const auto declare = [&](const char* name, std::string value) {
      if (!value.empty()) result_.declared.push_back({std::string("protokoll ") + name, value});
    };
    declare("wahlperiode", attribute(root, "wahlperiode"));
    declare("sitzung", attribute(root, "sitzung-nr"));
    declare("datum", attribute(root, "sitzung-datum"));
    const xmlNode* head = child(child(root, "vorspann"), "kopfdaten");
    if (const xmlNode* body = child(head, "herausgeber")) declare("herausgeber", text_below(body));
    result_.pages.push_back({1, ""});
    below(root);
    close_speech();
    for (Section& speech : result_.speeches) speech.text = text_of(result_.pages, speech.span);
  }

 private:
  static constexpr int kMaxDepth = 200;

  void below(const xmlNode* parent) {
    if (++depth_ > kMaxDepth) {
      paragraph(text_below(parent));
      --depth_;
      return;
    }
    for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
      if (node->type == XML_ELEMENT_NODE) element(node);
    }
    --depth_;
  }

  void element(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "a") {
      if (attribute(node, "typ") == "druckseitennummer") new_page();
    } else if (name == "tagesordnungspunkt") {
      close_speech();
      item_ = attribute(node, "top-id");
      below(node);
      close_speech();
      item_.clear();
    } else if (name == "rede") {
      close_speech();
      below(node);
      close_speech();
    } else if (name == "name") {  // the chair
      const std::string printed = text_below(node);
      close_speech();
      paragraph(printed);
      open_speech(speaker_of(printed));
    } else if (name == "p" && attribute(node, "klasse") == "redner") {
      const xmlNode* redner = child(node, "redner");
      const std::string printed = text_below(node, "redner");
      close_speech();
      pages_in(node);
      paragraph(printed);
      Speaker speaker = redner == nullptr ? Speaker() : speaker_of(redner);
      if (speaker.name.empty()) {
        speaker = speaker_of(printed);
      } else if (speaker.role.empty() && speaker.group.empty()) {
        const Speaker shown = speaker_of(printed);
        speaker.role = shown.role;
        speaker.group = shown.group;
      }
      open_speech(std::move(speaker));
    } else if (name == "anlagen" || name == "rednerliste" || name == "sitzungsende") {
      close_speech();
      below_or_paragraph(node);
    } else {
      below_or_paragraph(node);
    }
  }

  /// Elements with text of their own are paragraphs; others are taken apart.
  void below_or_paragraph(const xmlNode* node) {
    for (const xmlNode* one = node->children; one != nullptr; one = one->next) {
      if (one->type != XML_TEXT_NODE || one->content == nullptr) continue;
      if (squeeze_blanks(reinterpret_cast<const char*>(one->content)).empty()) continue;
      pages_in(node);
      paragraph(text_below(node));
      return;
    }
    if (name_of(node) == "tr") {
      std::string row;
      for (const xmlNode* cell = node->children; cell != nullptr; cell = cell->next) {
        if (cell->type != XML_ELEMENT_NODE) continue;
        row += (row.empty() ? "" : "\t") + text_below(cell);
      }
      paragraph(row);
      return;
    }
    below(node);
  }

  /// Page marks stand inside paragraphs: the paragraph counts to the page it begins on.
  void pages_in(const xmlNode* node) {
    for (const xmlNode* one = node->children; one != nullptr; one = one->next) {
      if (one->type == XML_ELEMENT_NODE && name_of(one) == "a" &&
          attribute(one, "typ") == "druckseitennummer")
        page_due_ = true;
    }
  }

  void new_page() {
    if (result_.pages.back().text.empty()) return;
    result_.paged = true;
    result_.pages.push_back({result_.pages.back().number + 1, ""});
  }

  void paragraph(const std::string& text) {
    if (!text.empty()) {
      Page& page = result_.pages.back();
      if (!page.text.empty()) page.text += "\n\n";
      if (speech_ && speech_->span.end == 0) {
        speech_->span.page = page.number;
        speech_->span.begin = static_cast<std::uint32_t>(page.text.size());
      }
      page.text += text;
      if (speech_) {
        speech_->span.end_page = page.number;
        speech_->span.end = static_cast<std::uint32_t>(page.text.size());
      }
    }
    if (page_due_) new_page();
    page_due_ = false;
  }

  void open_speech(Speaker speaker) {
    close_speech();
    speech_.emplace();
    speech_->kind = SectionKind::kSpeech;
    speech_->speaker = std::move(speaker);
    speech_->agenda_item = item_;
  }

  void close_speech() {
    if (speech_ && speech_->span.end > 0) result_.speeches.push_back(std::move(*speech_));
    speech_.reset();
  }

  SourceText& result_;
  std::optional<Section> speech_;
  std::string item_;
  bool page_due_ = false;
  int depth_ = 0;
};

}  // namespace

SourceText read_xml(std::string_view bytes) {
  SourceText result;
  result.media_type = "application/xml";
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                        XML_PARSE_NOCDATA),
      &xmlFreeDoc);
  if (const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
      root != nullptr && name_of(root) == "dbtplenarprotokoll") {
    ProtocolReader(result).read(root);
    return result;
  }
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
