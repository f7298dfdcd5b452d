// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <functional>
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

/// Where a value is being read: for messages, and for files beside the settings.
struct Place {
  const std::filesystem::path& file;
  std::string key;
  [[noreturn]] void must_be(const std::string& wanted) const {
    throw SettingsError(file.string() + ": " + key + " must be " + wanted);
  }
};

struct Key {
  std::string name;     ///< "queue" or "limits.words"
  std::string meaning;  ///< one line
  std::function<void(Settings&, const toml::node&, const Place&)> read;
  /// As TOML writes it; empty: there is no default.
  std::function<std::string(const Settings&)> show;
  bool at_start = false;  ///< holds from the next start on
};

std::string text_of(const toml::node& node, const Place& place) {
  const auto value = node.value_exact<std::string>();
  if (!value) place.must_be("a string");
  return *value;
}

std::int64_t whole_number(const toml::node& node, const Place& place, std::int64_t lowest,
                          std::int64_t highest) {
  const auto value = node.value_exact<std::int64_t>();
  if (!value || *value < lowest || *value > highest) {
    place.must_be("a number from " + std::to_string(lowest) + " to " + std::to_string(highest));
  }
  return *value;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

/// A string; `check` gives what it must be instead, empty if it is fine.
template <typename Member>
Key text_key(
    std::string name, std::string meaning, Member member, bool at_start = false,
    const std::function<std::string(const std::string&)>& check = [](const std::string&) {
      return std::string();
    }) {
  return {std::move(name), std::move(meaning),
          [member, check](Settings& settings, const toml::node& node, const Place& place) {
            const std::string value = text_of(node, place);
            if (const std::string wanted = check(value); !wanted.empty()) place.must_be(wanted);
            member(settings) = value;
          },
          [member](const Settings& settings) {
            Settings copy = settings;
            const std::string value = std::filesystem::path(member(copy)).string();
            return value.empty() ? value : quoted(value);
          },
          at_start};
}

/// A whole number; the member holds it times `unit`.
template <typename Member>
Key number_key(std::string name, std::string meaning, std::int64_t lowest, std::int64_t highest,
               Member member, std::int64_t unit = 1, bool at_start = false) {
  return {std::move(name), std::move(meaning),
          [=](Settings& settings, const toml::node& node, const Place& place) {
            const std::int64_t value = whole_number(node, place, lowest, highest);
            auto& target = member(settings);
            target = static_cast<std::remove_reference_t<decltype(target)>>(value * unit);
          },
          [=](const Settings& settings) {
            Settings copy = settings;
            return std::to_string(static_cast<std::int64_t>(member(copy)) / unit);
          },
          at_start};
}

/// A duration in whole seconds.
template <typename Member>
Key seconds_key(std::string name, std::string meaning, std::int64_t lowest, std::int64_t highest,
                Member member) {
  return {std::move(name), std::move(meaning),
          [=](Settings& settings, const toml::node& node, const Place& place) {
            member(settings) = std::chrono::seconds(whole_number(node, place, lowest, highest));
          },
          [=](const Settings& settings) {
            Settings copy = settings;
            return std::to_string(
                std::chrono::duration_cast<std::chrono::seconds>(member(copy)).count());
          }};
}

Key yes_or_no_key(std::string name, std::string meaning, bool Settings::*member,
                  bool at_start = false) {
  return {std::move(name), std::move(meaning),
          [member](Settings& settings, const toml::node& node, const Place& place) {
            const auto value = node.value_exact<bool>();
            if (!value) place.must_be("true or false");
            settings.*member = *value;
          },
          [member](const Settings& settings) {
            return std::string(settings.*member ? "true" : "false");
          },
          at_start};
}

/// One of a few words.
template <typename Value>
Key choice_key(std::string name, std::string meaning,
               std::vector<std::pair<std::string, Value>> choices, Value Settings::*member) {
  return {std::move(name), std::move(meaning),
          [=](Settings& settings, const toml::node& node, const Place& place) {
            const std::string value = text_of(node, place);
            std::string known;
            for (const auto& [word, choice] : choices) {
              if (word == value) {
                settings.*member = choice;
                return;
              }
              known += (known.empty() ? "" : ", ") + word;
            }
            place.must_be("one of " + known + "; it is \"" + value + "\"");
          },
          [=](const Settings& settings) {
            for (const auto& [word, choice] : choices) {
              if (choice == settings.*member) return quoted(word);
            }
            return std::string();
          }};
}

std::vector<Key> make_keys() {
  std::vector<Key> keys{
      text_key(
          "index", "index folder made by fundstelle-indexer",
          [](Settings & s) -> auto& { return s.index; }, true),
      yes_or_no_key("wait_for_index",
                    "start without an index, answer 503 and look for it every second",
                    &Settings::wait_for_index, true),
      text_key(
          "web", "folder with templates/ and assets/", [](Settings & s) -> auto& { return s.web; }),
      text_key(
          "listen", "HOST:PORT or [::1]:PORT; port 0 takes any free one",
          [](Settings & s) -> auto& { return s.server.listen; }, true),
      number_key(
          "handlers", "threads that answer; 0: one a core", 0, 256,
          [](Settings & s) -> auto& { return s.server.handlers; }, 1, true),
      number_key(
          "queue", "requests waiting for a handler; beyond it 503 at once", 1, 100'000,
          [](Settings & s) -> auto& { return s.server.queue; }, 1, true),
      number_key(
          "answer_mib", "largest document or original sent", 1, 1024,
          [](Settings & s) -> auto& { return s.limits.answer_bytes; }, 1 << 20),
      number_key(
          "big_answers", "answers above 1 MiB on their way at once; beyond it 503", 1, 64,
          [](Settings & s) -> auto& { return s.limits.big_answers; }),
      text_key(
          "site_name", "name in titles, feeds and browsers",
          [](Settings & s) -> auto& { return s.site.name; }, false,
          [](const std::string& name) {
            return name.empty() || name.size() > 80 ? "a name of 1 to 80 bytes" : std::string();
          }),
      {"public_url", "https://HOST[:PORT] readers use, for addresses in feeds, files, site map",
       [](Settings& s, const toml::node& node, const Place& place) {
         std::string url = text_of(node, place);
         while (!url.empty() && url.back() == '/') url.pop_back();
         const std::string error = http::public_url_error(url);
         if (!error.empty()) {
           throw SettingsError(place.file.string() + ": " + place.key + " " + error);
         }
         s.site.public_url = url;
       },
       [](const Settings& s) { return quoted(s.site.public_url); }},
  };
  for (const present::SiteTextName& name : present::kSiteTexts) {
    keys.push_back({name.path,
                    "text of that page: a Markdown file beside these settings, or the text itself "
                    "in several lines",
                    [&name](Settings& s, const toml::node& node, const Place& place) {
                      s.site.texts.push_back(present::site_text(
                          name, page_text(place.file, place.key, text_of(node, place))));
                    },
                    [](const Settings&) { return std::string(); }});
  }
  const auto level = choice_key<LogLevel>("log_level", "least important lines that are logged",
                                          {{"debug", LogLevel::kDebug},
                                           {"info", LogLevel::kInfo},
                                           {"warn", LogLevel::kWarn},
                                           {"err", LogLevel::kError},
                                           {"off", LogLevel::kOff}},
                                          &Settings::log_level);
  const std::vector<Key> rest{
      level,
      // How much a query may ask for.
      number_key(
          "limits.query_characters", "characters read of a query; the rest is said", 20, 4'000,
          [](Settings & s) -> auto& { return s.query_characters; }),
      number_key(
          "limits.query_words", "words read of a query; the rest is said", 1, 64,
          [](Settings & s) -> auto& { return s.query_words; }),
      number_key(
          "limits.wildcard_words", "most frequent words that a wildcard stands for", 1, 1000,
          [](Settings & s) -> auto& { return s.wildcard_words; }),
      number_key(
          "limits.filter_values", "values of one filter; beyond it 400", 1, 1000,
          [](Settings & s) -> auto& { return s.filter_values; }),
      number_key(
          "limits.deepest_hit", "hits that pages reach; cursors go on; beyond it 400", 100, 100'000,
          [](Settings & s) -> auto& { return s.deepest_hit; }),
      seconds_key(
          "limits.query_seconds", "time an answer may take; then 503; 0: no limit", 0, 600,
          [](Settings & s) -> auto& { return s.query_budget; }),
      number_key(
          "limits.batches", "batches (POST /api/v1/batch) being answered at once", 1, 64,
          [](Settings & s) -> auto& { return s.limits.batches; }),
      // How much a client may send and hold.
      number_key(
          "limits.request_kib", "request line, headers and body together; beyond it 413", 16,
          16'384, [](Settings & s) -> auto& { return s.server.request_bytes; }, 1 << 10),
      number_key(
          "limits.headers_kib", "request line and headers; beyond it 431", 4, 1'024,
          [](Settings & s) -> auto& { return s.server.header_bytes; }, 1 << 10),
      number_key(
          "limits.address_kib", "path and query; beyond it 414", 1, 1'024,
          [](Settings & s) -> auto& { return s.server.head_bytes; }, 1 << 10),
      number_key(
          "limits.reading_mib", "held of all incomplete requests; beyond it 503", 1, 65'536,
          [](Settings & s) -> auto& { return s.server.reading_bytes; }, 1 << 20),
      number_key(
          "limits.sending_mib", "held of all answers on their way; beyond it 503", 1, 65'536,
          [](Settings & s) -> auto& { return s.server.sending_bytes; }, 1 << 20),
      number_key(
          "limits.connections", "connections at once; lowered to what open files allow", 1,
          1'000'000, [](Settings & s) -> auto& { return s.server.connections; }),
      number_key(
          "limits.connections_per_address",
          "of one address; not for this machine and trusted proxies", 1, 1'000'000,
          [](Settings & s) -> auto& { return s.server.connections_per_address; }),
      number_key(
          "limits.requests_per_second",
          "of one address for long, assets not counted; beyond it 429; not for this "
          "machine; 0: no limit",
          0, 1'000'000, [](Settings & s) -> auto& { return s.server.rate.per_second; }),
      number_key(
          "limits.requests_burst", "of one address at once", 1, 1'000'000,
          [](Settings & s) -> auto& { return s.server.rate.burst; }),
      seconds_key(
          "limits.queue_seconds", "time in the queue; then 503", 1, 600,
          [](Settings & s) -> auto& { return s.server.longest_wait; }),
      seconds_key(
          "limits.head_seconds", "time for request line and headers; then 408", 1, 600,
          [](Settings & s) -> auto& { return s.server.header_timeout; }),
      seconds_key(
          "limits.body_seconds", "time for the body; then 408", 1, 3'600,
          [](Settings & s) -> auto& { return s.server.body_timeout; }),
      seconds_key(
          "limits.send_seconds", "time a client may take to read an answer", 1, 3'600,
          [](Settings & s) -> auto& { return s.server.send_timeout; }),
      seconds_key(
          "limits.keep_alive_seconds", "time a connection may be idle", 1, 3'600,
          [](Settings & s) -> auto& { return s.server.keep_alive; }),
      // Ending.
      seconds_key(
          "drain.notice_seconds",
          "on SIGTERM: time in which /readyz says 503 and all else is still answered", 0, 600,
          [](Settings & s) -> auto& { return s.drain_notice; }),
      seconds_key(
          "drain.seconds", "then: time for requests in flight, while new ones get 503", 0, 600,
          [](Settings & s) -> auto& { return s.drain; }),
      // Memory that makes it faster.
      number_key(
          "memory.postings_mib", "decoded lists of words", 1, 1'048'576,
          [](Settings & s) -> auto& { return s.caches.posting_cache_bytes; }, 1 << 20, true),
      number_key(
          "memory.answers_mib", "whole answers; 0: none", 0, 1'048'576,
          [](Settings & s) -> auto& { return s.caches.answer_cache_bytes; }, 1 << 20, true),
      number_key(
          "memory.records_mib", "texts of hits; 0: none", 0, 1'048'576,
          [](Settings & s) -> auto& { return s.caches.record_cache_bytes; }, 1 << 20, true),
      {"proxy.trusted",
       "addresses or networks whose X-Forwarded-For is believed, e.g. [\"127.0.0.1\", \"::1\"]",
       [](Settings& s, const toml::node& node, const Place& place) {
         const toml::array* list = node.as_array();
         const std::string wanted =
             "a list of addresses or networks such as [\"127.0.0.1\", \"10.0.0.0/8\"]";
         if (list == nullptr) place.must_be(wanted);
         s.server.trusted_proxies.clear();
         for (const toml::node& one : *list) {
           const auto text = one.value_exact<std::string>();
           const auto network = text ? http::read_network(*text) : std::nullopt;
           if (!network) place.must_be(wanted);
           s.server.trusted_proxies.push_back(*network);
         }
       },
       [](const Settings&) { return std::string("[]"); }},
      text_key(
          "admin.listen",
          "HOST:PORT of /metrics, /healthz and /readyz for whoever runs it; \"off\"",
          [](Settings & s) -> auto& { return s.admin_listen; }, true),
      choice_key<LogFormat>("log.format", "how lines are written",
                            {{"logfmt", LogFormat::kLogfmt}, {"json", LogFormat::kJson}},
                            &Settings::log_format),
      yes_or_no_key("log.requests", "a line a request: kind of address, status, time; no query",
                    &Settings::log_requests),
      yes_or_no_key("log.queries", "these lines tell the whole address, queries too: personal data",
                    &Settings::log_queries),
      yes_or_no_key("log.addresses", "these lines tell the visitor's address: personal data",
                    &Settings::log_addresses),
  };
  keys.insert(keys.end(), rest.begin(), rest.end());
  return keys;
}

const std::vector<Key>& keys() {
  static const std::vector<Key> all = make_keys();
  return all;
}

std::string section_of(const std::string& key) {
  const std::size_t dot = key.find('.');
  return dot == std::string::npos ? std::string() : key.substr(0, dot);
}

void read_table(const toml::table& table, const std::string& prefix,
                const std::filesystem::path& file, Settings& settings) {
  for (const auto& [toml_key, node] : table) {
    const std::string name = prefix + std::string(toml_key.str());
    const auto known = std::find_if(keys().begin(), keys().end(),
                                    [&](const Key& key) { return key.name == name; });
    if (known != keys().end()) {
      known->read(settings, node, {file, name});
      continue;
    }
    const bool section =
        prefix.empty() && std::any_of(keys().begin(), keys().end(),
                                      [&](auto& key) { return section_of(key.name) == name; });
    if (section && node.is_table()) {
      read_table(*node.as_table(), name + ".", file, settings);
      continue;
    }
    if (name == "shard") continue;  // read_shards (sharded.h)
    std::vector<std::string> names;
    for (const Key& key : keys()) {
      names.push_back(key.name);
      if (const std::string of = section_of(key.name); !of.empty()) names.push_back(of);
    }
    const std::string nearest = nearest_name(name, names);
    throw SettingsError(file.string() + ": unknown key \"" + name + "\"" +
                        (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"));
  }
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
  read_table(table, "", file, settings);
  // In the order of the footer, whatever that of the file.
  std::vector<present::SiteText> ordered;
  for (const present::SiteTextName& name : present::kSiteTexts) {
    if (const present::SiteText* one = settings.site.text(name.path)) ordered.push_back(*one);
  }
  settings.site.texts = std::move(ordered);
}

std::string settings_file() {
  const Settings defaults;
  std::string text =
      "# Settings of fundstelle-searchd. Lines that are commented out show the default.\n"
      "# fundstelle-searchd --check --config FILE looks whether all is well; SIGHUP reads it "
      "again,\n"
      "# except for keys marked (restart).\n";
  std::string section;
  for (const Key& key : keys()) {
    if (section_of(key.name) != section) {
      section = section_of(key.name);
      text += "\n[" + section + "]\n";
    }
    const std::string value = key.show(defaults);
    text += "\n# " + key.meaning + (key.at_start ? " (restart)" : "") + "\n";
    text += "# " + key.name.substr(section.empty() ? 0 : section.size() + 1) + " = " +
            (value.empty() ? "\"\"" : value) + "\n";
  }
  // Last: whatever follows a table in TOML belongs to it.
  text +=
      "\n# Instead of index: the parts of a collection, once each (docs/scaling.md). Folders of "
      "this\n"
      "# machine by path, xapian-tcpsrv elsewhere by remote; name is what readers see. (restart)\n"
      "# [[shard]]\n"
      "# path = \"/srv/bundestag\"\n"
      "# name = \"Bundestag\"\n"
      "# [[shard]]\n"
      "# remote = \"10.0.0.7:33333\"\n";
  return text;
}

std::vector<std::string> needs_restart(const Settings& running, const Settings& read) {
  std::vector<std::string> names;
  for (const Key& key : keys()) {
    if (key.at_start && key.show(running) != key.show(read)) names.push_back(key.name);
  }
  if (running.shards != read.shards) names.emplace_back("shard");
  return names;
}

}  // namespace fundstelle
