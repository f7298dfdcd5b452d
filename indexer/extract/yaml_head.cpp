// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/yaml_head.h"

#include <re2/re2.h>
#include <yaml.h>

#include <string>
#include <utility>

#include "extract/encoding.h"

namespace fundstelle {
namespace {

class Head {
 public:
  void add(const std::string& key, std::string_view raw) {
    std::string value = squeeze_blanks(clean_text(raw));
    if (value.empty() || value == "null" || value == "~" || found_.size() >= 300) return;
    found_.push_back({"yaml" + key, std::move(value)});
  }
  std::vector<Declared> take() { return std::move(found_); }

 private:
  std::vector<Declared> found_;
};

struct Parser {
  yaml_parser_t state{};
  Parser() { ok = yaml_parser_initialize(&state) != 0; }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() {
    if (ok) yaml_parser_delete(&state);
  }
  bool ok = false;
};

/// A mapping or list that is open: keys of inner mappings are joined to a path.
struct Level {
  bool mapping = false;
  std::string path;  ///< of the level itself
  std::string key;   ///< of the value to come; mappings
  bool wants_key = true;
};

/// False: the text is no YAML, or no mapping.
bool read_events(std::string_view yaml, Head& head) {
  Parser parser;
  if (!parser.ok) return false;
  yaml_parser_set_encoding(&parser.state, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser.state, reinterpret_cast<const unsigned char*>(yaml.data()),
                               yaml.size());
  std::vector<Level> levels;
  bool any = false;
  for (;;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser.state, &event) == 0) return false;
    const yaml_event_type_t type = event.type;
    std::string value;
    if (type == YAML_SCALAR_EVENT) {
      value.assign(reinterpret_cast<const char*>(event.data.scalar.value),
                   event.data.scalar.length);
    }
    yaml_event_delete(&event);
    const auto path = [&] {
      return levels.empty() ? std::string() : levels.back().path + levels.back().key;
    };
    const auto value_read = [&] {
      if (levels.empty() || !levels.back().mapping) return;
      levels.back().wants_key = true;
      levels.back().key.clear();
    };
    switch (type) {
      case YAML_MAPPING_START_EVENT:
      case YAML_SEQUENCE_START_EVENT:
        if (levels.empty() && type != YAML_MAPPING_START_EVENT) return false;
        if (levels.size() > 20) return false;
        // A mapping as a key is beyond what heads say.
        if (!levels.empty() && levels.back().mapping && levels.back().wants_key) return false;
        levels.push_back({type == YAML_MAPPING_START_EVENT, path(), {}, true});
        any = true;
        break;
      case YAML_MAPPING_END_EVENT:
      case YAML_SEQUENCE_END_EVENT:
        levels.pop_back();
        value_read();
        break;
      case YAML_SCALAR_EVENT:
        if (levels.empty()) return false;
        if (levels.back().mapping && levels.back().wants_key) {
          levels.back().key = " " + squeeze_blanks(clean_text(value));
          levels.back().wants_key = false;
        } else {
          head.add(path(), value);
          value_read();
        }
        break;
      case YAML_ALIAS_EVENT:
        if (!levels.empty() && levels.back().mapping && levels.back().wants_key) return false;
        value_read();
        break;
      case YAML_DOCUMENT_END_EVENT:
      case YAML_STREAM_END_EVENT:
        return any;
      default:
        break;
    }
  }
}

}  // namespace

std::vector<Declared> read_yaml_head(std::string_view yaml) {
  Head head;
  if (read_events(yaml, head)) return head.take();
  Head plain;
  static const RE2 kLine(R"((?m)^([A-Za-z_][\w .-]{0,60}):[ \t]+(\S.*?)[ \t]*$)");
  re2::StringPiece rest(yaml.data(), yaml.size());
  std::string key;
  std::string value;
  while (RE2::FindAndConsume(&rest, kLine, &key, &value)) {
    if (value.size() >= 2 && value.front() == value.back() &&
        (value.front() == '"' || value.front() == '\'')) {
      value = value.substr(1, value.size() - 2);
    }
    plain.add(" " + key, value);
  }
  return plain.take();
}

}  // namespace fundstelle
