// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_declared.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "extract/encoding.h"
#include "extract/html_names.h"

namespace fundstelle {
namespace {

constexpr std::size_t kMostValues = 300;
constexpr std::size_t kLongestValue = 2000;

class Collector {
 public:
  void add(std::string name, const std::string& value) {
    std::string clean = squeeze_blanks(clean_text(value.substr(0, 4 * kLongestValue)));
    if (clean.empty() || clean.size() > kLongestValue || found.size() >= kMostValues) return;
    if (!seen_.insert(name + '\0' + clean).second) return;
    found.push_back({std::move(name), std::move(clean)});
  }
  std::vector<Declared> found;

 private:
  std::set<std::string> seen_;
};

bool is_organisation(const nlohmann::json& value) {
  if (!value.is_object()) return false;
  const auto type = value.find("@type");
  return type != value.end() && type->is_string() &&
         type->get<std::string>().find("Organization") != std::string::npos;
}

std::string name_of(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.contains("name") && value["name"].is_string()) {
    return value["name"].get<std::string>();
  }
  return {};
}

/// Things about the page itself; lists of other pages, images and firms are not.
bool is_about_the_page(const nlohmann::json& object) {
  const auto type = object.find("@type");
  std::string types;
  if (type != object.end()) {
    if (type->is_string()) types = type->get<std::string>();
    if (type->is_array()) {
      for (const auto& t : *type) {
        if (t.is_string()) types += t.get<std::string>() + " ";
      }
    }
  }
  static constexpr std::array<std::string_view, 14> kKinds = {
      "Article",      "Posting",     "WebPage",     "Report",          "CreativeWork",
      "PressRelease", "Legislation", "Event",       "DigitalDocument", "Recipe",
      "HowTo",        "FAQPage",     "VideoObject", "Speech"};
  for (const std::string_view kind : kKinds) {
    if (types.find(kind) != std::string::npos) return true;
  }
  return object.contains("headline") && object.contains("datePublished");
}

void read_json_ld(std::string_view text, Collector& out) {
  const nlohmann::json root = nlohmann::json::parse(text, nullptr, false, true);
  if (root.is_discarded()) {
    // A stray line end or comma breaks all of it; the first days still are the page's.
    for (const char* key : {"datePublished", "dateModified", "uploadDate"}) {
      const RE2 pattern("\"" + std::string(key) + "\"\\s*:\\s*\"([^\"]{8,40})\"");
      std::string value;
      if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern, &value))
        out.add(std::string("json-ld ") + key, value);
    }
    return;
  }
  std::vector<const nlohmann::json*> todo{&root};
  std::size_t budget = 2000;
  while (!todo.empty() && budget-- > 0) {
    const nlohmann::json* value = todo.back();
    todo.pop_back();
    if (value->is_array()) {
      for (auto it = value->rbegin(); it != value->rend(); ++it) todo.push_back(&*it);
      continue;
    }
    if (!value->is_object()) continue;
    if (const auto graph = value->find("@graph"); graph != value->end()) todo.push_back(&*graph);
    if (const auto main = value->find("mainEntity"); main != value->end()) todo.push_back(&*main);
    if (!is_about_the_page(*value)) continue;
    for (const char* key :
         {"@type", "headline", "name", "datePublished", "dateModified", "dateCreated", "uploadDate",
          "startDate", "articleSection", "keywords", "description"}) {
      const auto field = value->find(key);
      if (field == value->end()) continue;
      if (field->is_string()) out.add(std::string("json-ld ") + key, field->get<std::string>());
      if (field->is_array()) {
        for (const auto& entry : *field) {
          if (entry.is_string()) out.add(std::string("json-ld ") + key, entry.get<std::string>());
        }
      }
    }
    for (const char* key : {"author", "publisher", "creator"}) {
      const auto field = value->find(key);
      if (field == value->end()) continue;
      if (field->is_array()) {
        for (const auto& entry : *field) {
          if (!is_organisation(entry)) out.add(std::string("json-ld ") + key, name_of(entry));
        }
      } else if (key == std::string_view("publisher") || !is_organisation(*field)) {
        out.add(std::string("json-ld ") + key, name_of(*field));
      }
    }
  }
}

/// Who wrote it, said by rel="author" or by what the element is called; not who comments.
void read_byline(const HtmlTree& tree, std::uint32_t node, Collector& out) {
  const std::string rel = tree.attribute(node, "rel");
  bool byline = rel == "author" || rel.starts_with("author ");
  if (!byline) {
    const std::string names = tree.attribute(node, "class");
    if (names.empty() || names.size() > 300) return;
    for (const std::string& part : name_parts(names)) {
      byline = byline || part == "author" || part == "autor" || part == "byline" ||
               part == "authorname" || part == "verfasser";
      if (part == "box" || part == "bio" || part == "image" || part == "comment") return;
    }
  }
  if (!byline) return;
  const auto& nodes = tree.nodes();
  int steps = 0;
  for (std::uint32_t at = node; at != 0 && steps < 12; at = nodes[at].parent, ++steps) {
    if (nodes[at].name == "aside" || nodes[at].name == "footer" || nodes[at].name == "nav" ||
        nodes[at].name == "blockquote" || verdict_on(tree, at) == Verdict::kReaders) {
      return;
    }
  }
  const std::string text = tree.text_inside(node);
  if (text.size() >= 4 && text.size() <= 90) out.add("byline", text);
}

}  // namespace

std::vector<Declared> read_declared(const HtmlTree& tree) {
  Collector out;
  const auto& nodes = tree.nodes();
  std::size_t times = 0;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    const std::string_view name = nodes[i].name;
    if (name.empty()) continue;
    if (name == "html") {
      out.add("html lang", tree.attribute(i, "lang"));
    } else if (name == "title") {
      const bool in_picture = nodes[nodes[i].parent].name == "svg";
      if (!in_picture) out.add("title", tree.text_inside(i));
    } else if (name == "meta") {
      const std::string content = tree.attribute(i, "content");
      for (const char* key : {"property", "name", "http-equiv"}) {
        const std::string meta = lower_ascii(squeeze_blanks(tree.attribute(i, key)));
        if (meta.empty() || meta == "content-type" || meta == "viewport" || meta == "robots")
          continue;
        out.add(meta, content);
      }
      const std::string item = tree.attribute(i, "itemprop");
      if (!item.empty()) out.add("microdata " + item, content);
    } else if (name == "link") {
      if (lower_ascii(tree.attribute(i, "rel")) == "canonical") {
        out.add("link canonical", tree.attribute(i, "href"));
      }
    } else if (name == "script") {
      if (lower_ascii(tree.attribute(i, "type")).find("ld+json") == std::string::npos) continue;
      std::string text;
      for (std::uint32_t k = i + 1; k < nodes[i].end; ++k) text += nodes[k].text;
      if (text.size() < 2'000'000) read_json_ld(text, out);
    } else if (name == "h1") {
      out.add("h1", tree.text_inside(i));
    } else if (name == "time") {
      if (++times > 40) continue;
      std::string value = tree.attribute(i, "datetime");
      if (value.empty()) value = tree.text_inside(i);
      const bool published = tree.has_attribute(i, "pubdate") ||
                             tree.attribute(i, "itemprop") == "datePublished" ||
                             tree.attribute(i, "class").find("published") != std::string::npos;
      out.add(published ? "time published" : "time", value);
    } else {
      if (nodes[i].end - i < 40) read_byline(tree, i, out);
      const std::string item = tree.attribute(i, "itemprop");
      if (item != "datePublished" && item != "dateModified" && item != "headline" &&
          item != "author" && item != "name") {
        continue;
      }
      if (item == "name" && nodes[i].end - i > 40) continue;
      std::string value = tree.attribute(i, "content");
      if (value.empty()) value = tree.attribute(i, "datetime");
      if (value.empty()) value = tree.text_inside(i);
      out.add("microdata " + item, value);
    }
  }
  return std::move(out.found);
}

}  // namespace fundstelle
