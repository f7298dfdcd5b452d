// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include <toml++/toml.h>

#include <fstream>
#include <sstream>

#include "http/host.h"
#include "query/parameters.h"

namespace fundstelle {
namespace {

constexpr std::uintmax_t kMostTextBytes = 1U << 20;

/// Text of a page: the value itself if it has several lines, else the file it names.
std::string page_text(const std::filesystem::path& config, const std::string& key,
                      const std::string& value) {
  if (value.find('\n') != std::string::npos) return value;
  const std::filesystem::path file = config.parent_path() / value;
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (value.empty() || error || !in) {
    throw SettingsError(config.string() + ": " + key + ": cannot read " + file.string() +
                        "; name a Markdown file, or give the text itself in several lines");
  }
  if (bytes > kMostTextBytes) {
    throw SettingsError(config.string() + ": " + key + ": " + file.string() +
                        " is larger than 1 MiB");
  }
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const present::SiteTextName* text_name(const std::string& key) {
  for (const present::SiteTextName& name : present::kSiteTexts) {
    if (key == name.path) return &name;
  }
  return nullptr;
}

}  // namespace

void read_settings(const std::filesystem::path& file, Settings& settings) {
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw SettingsError(file.string() + ": line " + std::to_string(error.source().begin.line) +
                        ": " + std::string(error.description()));
  }
  std::vector<std::string> known{"index",     "web",        "listen",      "handlers",
                                 "queue",     "answer_mib", "big_answers", "log_level",
                                 "site_name", "public_url"};
  for (const present::SiteTextName& name : present::kSiteTexts) known.emplace_back(name.path);
  const auto wrong = [&file](const std::string& key, const std::string& wanted) {
    throw SettingsError(file.string() + ": " + key + " must be " + wanted);
  };
  const auto text = [&](const std::string& key, const toml::node& node) -> std::string {
    const auto value = node.value_exact<std::string>();
    if (!value) wrong(key, "a string");
    return *value;
  };
  const auto count = [&](const std::string& key, const toml::node& node,
                         std::int64_t highest) -> std::int64_t {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > highest) {
      wrong(key, "a number from 1 to " + std::to_string(highest));
    }
    return *value;
  };
  for (const auto& [toml_key, node] : table) {
    const std::string key(toml_key.str());
    if (key == "index")
      settings.index = text(key, node);
    else if (key == "web")
      settings.web = text(key, node);
    else if (key == "listen")
      settings.server.listen = text(key, node);
    else if (key == "log_level")
      settings.log_level = text(key, node);
    else if (key == "handlers")
      settings.server.handlers = static_cast<unsigned>(count(key, node, 256));
    else if (key == "queue")
      settings.server.queue = static_cast<unsigned>(count(key, node, 100'000));
    else if (key == "big_answers")
      settings.limits.big_answers = static_cast<int>(count(key, node, 64));
    else if (key == "answer_mib")
      settings.limits.answer_bytes = static_cast<std::uint64_t>(count(key, node, 1024)) << 20;
    else if (key == "site_name") {
      settings.site.name = text(key, node);
      if (settings.site.name.empty() || settings.site.name.size() > 80) {
        wrong(key, "a name of 1 to 80 bytes");
      }
    } else if (key == "public_url") {
      std::string url = text(key, node);
      while (!url.empty() && url.back() == '/') url.pop_back();
      const std::string error = http::public_url_error(url);
      if (!error.empty()) throw SettingsError(file.string() + ": public_url " + error);
      settings.site.public_url = url;
    } else if (const present::SiteTextName* name = text_name(key)) {
      settings.site.texts.push_back(
          present::site_text(*name, page_text(file, key, text(key, node))));
    } else {
      const std::string nearest = nearest_name(key, known);
      throw SettingsError(file.string() + ": unknown key \"" + key + "\"" +
                          (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"));
    }
  }
  // In the order of the footer, whatever that of the file.
  std::vector<present::SiteText> ordered;
  for (const present::SiteTextName& name : present::kSiteTexts) {
    if (const present::SiteText* one = settings.site.text(name.path)) ordered.push_back(*one);
  }
  settings.site.texts = std::move(ordered);
}

}  // namespace fundstelle
