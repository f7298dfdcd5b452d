// SPDX-License-Identifier: GPL-3.0-or-later
//
// fundstelle-searchd: serves one index as web pages and HTTP API until SIGTERM or SIGINT.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <array>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <thread>

#include "http/server.h"
#include "schema/layout.h"
#include "settings.h"

namespace {

using namespace fundstelle;
using namespace std::chrono_literals;

constexpr int kDone = 0, kNothingCouldBeDone = 2;

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
  const present::Pages pages(settings.web / "templates", assets.addresses(), settings.site);
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
    if (!config.empty()) read_settings(config, settings);
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
