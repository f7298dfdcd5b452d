// SPDX-License-Identifier: GPL-3.0-or-later
//
// fundstelle-searchd: serves one index as web pages and HTTP API until SIGTERM or SIGINT.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <array>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <thread>

#include "http/parameters.h"
#include "http/server.h"
#include "schema/layout.h"

namespace {

using namespace fundstelle;
using namespace std::chrono_literals;

constexpr int kDone = 0, kNothingCouldBeDone = 2;

struct Settings {
  std::filesystem::path index, web;
  http::ServerOptions server;
  http::ServiceLimits limits;
  std::string log_level = "info";
};

struct SettingsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads FILE.toml over the defaults. docs/operation.md lists the keys.
void read_config(const std::filesystem::path& file, Settings& settings) {
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw SettingsError(file.string() + ": line " + std::to_string(error.source().begin.line) +
                        ": " + std::string(error.description()));
  }
  const std::vector<std::string> known{"index", "web",        "listen",      "handlers",
                                       "queue", "answer_mib", "big_answers", "log_level"};
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
    else {
      const std::string nearest = http::nearest_name(key, known);
      throw SettingsError(file.string() + ": unknown key \"" + key + "\"" +
                          (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"));
    }
  }
}

/// Templates and assets lie beside the program: BIN/../share/fundstelle/web, built or installed.
std::filesystem::path default_web() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "share" / "fundstelle" / "web";
}

void set_up_log(const std::string& level) {
  const auto parsed = spdlog::level::from_str(level);
  if (parsed == spdlog::level::off && level != "off") {
    throw SettingsError("unknown log level \"" + level + "\"; known: debug, info, warn, err, off");
  }
  auto logger = spdlog::stderr_color_mt("fundstelle-searchd");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");
  logger->set_level(parsed);
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

/// Looks once a second whether the indexer has published a newer revision.
class Refresher {
 public:
  explicit Refresher(Searcher& searcher) : thread_([this, &searcher] { run(searcher); }) {}
  ~Refresher() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  void run(Searcher& searcher) {
    std::string reported;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, 1s, [this] { return stopping_; })) {
      lock.unlock();
      try {
        if (searcher.refresh()) {
          const IndexState state = searcher.state();
          spdlog::info("index revision {}: {} documents", state.revision, state.documents);
        }
        reported.clear();
      } catch (const std::exception& error) {
        // The old revision goes on answering; one line an error, not one a second.
        if (reported != error.what()) spdlog::warn("keeping the old index: {}", error.what());
        reported = error.what();
      }
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

int run(const Settings& settings, bool check_only) {
  Searcher searcher(settings.index);
  const http::Assets assets(settings.web / "assets", settings.web / "templates");
  const present::Pages pages(settings.web / "templates", assets.addresses());
  const std::unique_ptr<http::Backend> backend = http::searcher_backend(searcher);
  http::Service service(*backend, pages, assets, settings.limits);
  const IndexState state = searcher.state();
  if (check_only) {
    std::cout << "fundstelle-searchd: ok, " << state.documents << " documents, revision "
              << state.revision << "\n";
    return kDone;
  }

  // Blocked before any thread starts, so that only sigwait below sees them.
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);

  http::set_failure_log([](const std::string& line) { spdlog::error("request failed: {}", line); });
  http::Server server(service, settings.server);
  server.start();
  const Refresher refresher(searcher);
  const std::string host = settings.server.listen.substr(0, settings.server.listen.rfind(':'));
  std::cout << "fundstelle-searchd: http://" << host << ":" << server.port() << " ready, "
            << state.documents << " documents, revision " << state.revision << std::endl;

  int signal = 0;
  sigwait(&ending, &signal);
  spdlog::info("ending on {}", signal == SIGINT   ? "SIGINT"
                               : signal == SIGHUP ? "SIGHUP"
                                                  : "SIGTERM");
  if (!server.stop()) spdlog::warn("requests were still running after 5 s");
  return kDone;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Serves a Fundstelle index as web pages and HTTP API.\n"
      "Example: fundstelle-searchd --index /var/lib/fundstelle"};
  std::string index, listen, web, config;
  bool check = false;
  app.add_option("--index", index, "index folder made by fundstelle-indexer")->type_name("DIR");
  app.add_option("--listen", listen, "address to serve (default 127.0.0.1:8080; port 0: any free)")
      ->type_name("HOST:PORT");
  app.add_option("--web", web, "folder with templates/ and assets/ (default: beside the program)")
      ->type_name("DIR");
  app.add_option("--config", config, "settings; options on the command line win")
      ->type_name("FILE.toml");
  app.add_flag("--check", check, "open everything, say what was found, and end");
  app.set_version_flag("--version", std::string("fundstelle-searchd ") + FUNDSTELLE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kNothingCouldBeDone;
  }

  try {
    Settings settings;
    settings.web = default_web();
    if (!config.empty()) read_config(config, settings);
    if (!index.empty()) settings.index = index;
    if (!listen.empty()) settings.server.listen = listen;
    if (!web.empty()) settings.web = web;
    if (settings.index.empty()) {
      throw SettingsError(
          "no index given: --index DIR (fundstelle-indexer index --index DIR PATH... makes one)");
    }
    set_up_log(settings.log_level);
    return run(settings, check);
  } catch (const std::exception& error) {
    std::cerr << "fundstelle-searchd: " << error.what() << "\n";
    return kNothingCouldBeDone;
  }
}
