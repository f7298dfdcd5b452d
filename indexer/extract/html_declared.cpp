// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_declared.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "extract/encoding.h"

namespace fundstelle {
namespace {

constexpr std::size_t kMostValues = 300;
constexpr std::size_t kLongestValue = 2000;

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

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
  static constexpr std::array<std::string_view, 9> kKinds = {
      "Article",      "Posting",     "WebPage", "Report",         "CreativeWork",
      "PressRelease", "Legislation", "Event",   "DigitalDocument"};
  for (const std::string_view kind : kKinds) {
    if (types.find(kind) != std::string::npos) return true;
  }
  return object.contains("headline") && object.contains("datePublished");
}

void read_json_ld(std::string_view text, Collector& out) {
  const nlohmann::json root = nlohmann::json::parse(text, nullptr, false, true);
  if (root.is_discarded()) return;
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
         {"@type", "headline", "name", "datePublished", "dateModified", "dateCreated", "startDate",
          "articleSection", "keywords", "description"}) {
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
        for (const auto& entry : *field) out.add(std::string("json-ld ") + key, name_of(entry));
      } else {
        out.add(std::string("json-ld ") + key, name_of(*field));
      }
    }
  }
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
        const std::string meta = lower(squeeze_blanks(tree.attribute(i, key)));
        if (meta.empty() || meta == "content-type" || meta == "viewport" || meta == "robots")
          continue;
        out.add(meta, content);
      }
      const std::string item = tree.attribute(i, "itemprop");
      if (!item.empty()) out.add("microdata " + item, content);
    } else if (name == "link") {
      if (lower(tree.attribute(i, "rel")) == "canonical") {
        out.add("link canonical", tree.attribute(i, "href"));
      }
    } else if (name == "script") {
      if (lower(tree.attribute(i, "type")).find("ld+json") == std::string::npos) continue;
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
