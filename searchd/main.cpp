// SPDX-License-Identifier: GPL-3.0-or-later
//
// fundstelle-searchd: serves one index as web pages and HTTP API until SIGTERM or SIGINT.
#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <optional>

#include "http/admin.h"
#include "http/server.h"
#include "index_keeper.h"
#include "log.h"
#include "query/limits.h"
#include "settings.h"
#include "sharded.h"
#include "watching.h"

namespace {

using namespace fundstelle;

constexpr int kDone = 0, kNothingCouldBeDone = 2;

/// Templates and assets lie beside the program: BIN/../share/fundstelle/web, built or installed.
std::filesystem::path default_web() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "share" / "fundstelle" / "web";
}

/// What was given on the command line, to be read again with the file.
struct Given {
  std::string index, listen, web, config;
};

Settings read_all(const Given& given) {
  Settings settings;
  settings.web = default_web();
  if (!given.config.empty()) read_settings(given.config, settings);
  if (!given.index.empty()) settings.index = given.index;
  if (!given.listen.empty()) settings.server.listen = given.listen;
  if (!given.web.empty()) settings.web = given.web;
  settings.shards = given.config.empty() || !given.index.empty() ? std::vector<shards::ShardPlace>{}
                                                                 : read_shards(given.config);
  if (!settings.index.empty() && !settings.shards.empty()) {
    throw SettingsError(given.config +
                        ": has both index and [[shard]]; name the index as a [[shard]], too, or "
                        "remove one of them");
  }
  if (settings.index.empty() && settings.shards.empty()) {
    throw SettingsError(
        "no index given: --index DIR (fundstelle-indexer index --index DIR PATH... makes one)");
  }
  settings.limits.request_bytes = settings.server.request_bytes;
  return settings;
}

/// Limits that hold for the whole program.
void take_over(const Settings& settings) {
  set_up_log(settings.log_level, settings.log_format);
  QueryLimits& limits = query_limits();
  limits.characters = settings.query_characters;
  limits.words = settings.query_words;
  limits.wildcard_words = settings.wildcard_words;
  limits.filter_values = settings.filter_values;
  limits.deepest_hit = settings.deepest_hit;
}

std::unique_ptr<Served> opened(const Settings& settings, bool wait) {
  if (!settings.shards.empty()) {
    return std::make_unique<ShardsKeeper>(settings.shards, settings.caches);
  }
  return std::make_unique<IndexKeeper>(settings.index, settings.caches, wait);
}

/// Everything that is made anew when the settings are read again.
class Front {
 public:
  Front(const Settings& settings, const Served& served)
      : assets_(settings.web / "assets", settings.web / "templates"),
        pages_(settings.web / "templates", assets_.addresses(), settings.site),
        backend_(served.backend(settings.query_budget)),
        service_(*backend_, pages_, assets_, settings.limits) {}

  /// Keeps the front alive.
  static std::shared_ptr<http::Service> service_of(const std::shared_ptr<Front>& front) {
    return {front, &front->service_};
  }

 private:
  const http::Assets assets_;
  const present::Pages pages_;
  const std::unique_ptr<http::Backend> backend_;
  http::Service service_;
};

sigset_t waited_for() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, one);
  return signals;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// SIGHUP: what can be taken over is, what cannot is said; nothing is if anything is wrong.
void reload(const Given& given, const Settings& running, const Served& served, http::Server& server,
            Watching& watching) {
  try {
    const Settings settings = read_all(given);
    const auto front = std::make_shared<Front>(settings, served);
    take_over(settings);
    watching.follow(settings);
    (void)server.reload(settings.server);
    server.serve_with(Front::service_of(front));
    watching.reloaded(true);
    log(LogLevel::kInfo, "settings_reloaded",
        {{"needs_restart", joined(needs_restart(running, settings))}});
  } catch (const std::exception& error) {
    watching.reloaded(false);
    log(LogLevel::kError, "settings_kept_old", {{"why", error.what()}});
  }
}

int check(const Settings& settings) {
  const std::unique_ptr<Served> served = opened(settings, false);
  const Front front(settings, *served);
  std::cout << "fundstelle-searchd: ok, " << served->described() << "\n";
  return kDone;
}

int run(const Given& given, const Settings& settings) {
  // Blocked before any thread starts, so that only sigwait below sees them.
  const sigset_t signals = waited_for();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const std::unique_ptr<Served> served = opened(settings, settings.wait_for_index);
  const auto front = std::make_shared<Front>(settings, *served);
  http::set_failure_log([](const std::string& line) {
    log(LogLevel::kError, "request_failed", {{"why", line}});
  });
  Watching watching(*served);
  watching.follow(settings);
  const std::shared_ptr<http::Service> service = Front::service_of(front);
  http::Server server(*service, settings.server);
  server.serve_with(service);
  server.observe([&watching](const http::Answered& answered) { watching.saw(answered); });
  server.start();
  if (server.connections() < settings.server.connections) {
    log(LogLevel::kWarn, "few_open_files",
        {{"connections", std::to_string(server.connections())},
         {"wanted", std::to_string(settings.server.connections)},
         {"remedy", "raise the limit of open files (ulimit -n, LimitNOFILE=)"}});
  }
  std::optional<http::AdminServer> admin;
  if (settings.admin_listen != "off") {
    admin.emplace(settings.admin_listen, [&watching, &server](const std::string& path) {
      return watching.answer(path, server);
    });
    const std::string host = settings.admin_listen.substr(0, settings.admin_listen.rfind(':'));
    std::cout << "fundstelle-searchd: admin http://" << host << ":" << admin->port() << "\n";
  }
  served->watch();
  const std::string host = settings.server.listen.substr(0, settings.server.listen.rfind(':'));
  std::cout << "fundstelle-searchd: http://" << host << ":" << server.port() << " ready, "
            << served->described() << std::endl;

  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) {
    reload(given, settings, *served, server, watching);
  }
  log(LogLevel::kInfo, "ending", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
  // Whoever presses Ctrl-C at a terminal waits for no proxy.
  const bool finished = server.stop(
      settings.drain, signal == SIGINT ? std::chrono::seconds(0) : settings.drain_notice);
  if (!finished) {
    log(LogLevel::kWarn, "ended_with_requests",
        {{"seconds", std::to_string(settings.drain.count())}});
  }
  return kDone;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Serves a Fundstelle index as web pages and HTTP API.\n"
      "Example: fundstelle-searchd --index /var/lib/fundstelle"};
  Given given;
  bool check_only = false, show_settings = false;
  app.add_option("--index", given.index, "index folder made by fundstelle-indexer")
      ->type_name("DIR");
  app.add_option("--listen", given.listen,
                 "address to serve (default 127.0.0.1:8080; port 0: any free)")
      ->type_name("HOST:PORT");
  app.add_option("--web", given.web,
                 "folder with templates/ and assets/ (default: beside the program)")
      ->type_name("DIR");
  app.add_option("--config", given.config, "settings; options on the command line win")
      ->type_name("FILE.toml");
  app.add_flag("--check", check_only, "open everything, say what was found, and end");
  app.add_flag("--settings", show_settings, "print every setting with its default, as a file");
  app.set_version_flag("--version", std::string("fundstelle-searchd ") + FUNDSTELLE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kNothingCouldBeDone;
  }

  try {
    if (show_settings) {
      std::cout << settings_file();
      return kDone;
    }
    const Settings settings = read_all(given);
    take_over(settings);
    return check_only ? check(settings) : run(given, settings);
  } catch (const std::exception& error) {
    std::cerr << "fundstelle-searchd: " << error.what() << "\n";
    return kNothingCouldBeDone;
  }
}
