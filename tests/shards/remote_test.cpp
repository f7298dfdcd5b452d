// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three xapian-tcpsrv on loopback against one index of the same documents.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "search/engine/plan.h"
#include "search/engine/rank.h"
#include "search/searcher.h"
#include "shards/collection.h"
#include "shards/shard.h"
#include "shards/sharded_searcher.h"
#include "writer/remote_copy.h"

using namespace fundstelle;
using namespace fundstelle::test;
using shards::ShardedSearcher;

namespace {

constexpr std::size_t kDocuments = 240, kShards = 3;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  REQUIRE(bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  close(fd);
  return ntohs(address.sin_port);
}

bool listens(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback(port);
  const bool out = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return out;
}

/// xapian-tcpsrv over one folder, with the processes it forks for its connections.
class Served {
 public:
  Served(std::filesystem::path dir, int port) : dir_(std::move(dir)), port_(port) { start(); }
  ~Served() { stop(); }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  void start() {
    pid_ = fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
      setpgid(0, 0);
      prctl(PR_SET_PDEATHSIG, SIGTERM);  // also if this test ends in a crash
      execlp("xapian-tcpsrv", "xapian-tcpsrv", "--quiet", "--interface", "127.0.0.1", "--port",
             std::to_string(port_).c_str(), dir_.c_str(), nullptr);
      _exit(127);
    }
    for (int i = 0; i < 200 && !listens(port_); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    REQUIRE(listens(port_));
  }
  void stop() {
    if (pid_ > 0) {
      kill(-pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    pid_ = 0;
    for (const pid_t group : before_) kill(-group, SIGKILL);
    before_.clear();
  }
  /// Serves another folder to who connects from now on; connections there are go on as they are.
  void move_to(std::filesystem::path dir) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    before_.push_back(pid_);
    dir_ = std::move(dir);
    start();
  }
  /// Processes of its connections.
  std::set<pid_t> connections() const {
    const std::string pid = std::to_string(pid_);
    std::ifstream in("/proc/" + pid + "/task/" + pid + "/children");
    return {std::istream_iterator<pid_t>(in), std::istream_iterator<pid_t>()};
  }

 private:
  std::filesystem::path dir_;
  int port_;
  pid_t pid_ = 0;
  std::vector<pid_t> before_;  ///< process groups of connections to what was served before
};

SearchAnswer sound(const std::variant<SearchAnswer, Problem>& answer) {
  if (const auto* problem = std::get_if<Problem>(&answer)) FAIL(problem->detail);
  return std::get<SearchAnswer>(answer);
}

bool have_tcpsrv() { return std::system("command -v xapian-tcpsrv >/dev/null 2>&1") == 0; }

}  // namespace

TEST_CASE("remote shards: counts of one index, through xapian-tcpsrv", "[shards]") {
  if (!have_tcpsrv()) {
    WARN("skipped: no xapian-tcpsrv (tools/dependencies build test)");
    return;
  }
  const ScratchDir scratch;
  const auto documents = collection(kDocuments);
  index(scratch.path() / "all", documents, {});
  std::vector<std::vector<Document>> parts(kShards);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    parts[shard_of(i, kShards)].push_back(documents[i]);
  }
  std::vector<std::unique_ptr<Served>> served;
  std::vector<shards::ShardPlace> places;
  for (std::size_t i = 0; i < kShards; ++i) {
    const auto dir = scratch.path() / ("shard-" + std::to_string(i));
    if (i == 1) {
      std::filesystem::create_directories(dir);
      schema::write_takedowns(
          dir, {{"weg-1", {"weg-1", "Persönliche Daten", "2026-11-22T10:00:00Z", {}}}});
    }
    index(dir, parts[i], scratch.path() / "all", writer::write_remote_copy);
    const int port = free_port();
    served.push_back(std::make_unique<Served>(dir / "gen-1" / "remote", port));
    places.push_back({"", "127.0.0.1:" + std::to_string(port), ""});
  }
  const Searcher one(scratch.path() / "all");
  {
    // Copies of papers, in the same shard and in others, are in no database.
    const Repeated made = repeated_collection(60);
    index(scratch.path() / "all-again", made.all, {});
    std::vector<std::filesystem::path> before;
    std::vector<std::unique_ptr<Served>> servers;
    std::vector<shards::ShardPlace> again;
    for (std::size_t i = 0; i < made.parts.size(); ++i) {
      const auto dir = scratch.path() / ("again-" + std::to_string(i));
      index(dir, made.parts[i], scratch.path() / "all-again", writer::write_remote_copy, before);
      before.push_back(dir);
      const int port = free_port();
      servers.push_back(std::make_unique<Served>(dir / "gen-1" / "remote", port));
      again.push_back({"", "127.0.0.1:" + std::to_string(port), ""});
    }
    const Searcher expected(scratch.path() / "all-again");
    const ShardedSearcher found(again);
    SearchRequest all;
    CHECK(sound(found.search(all)).total == made.papers);
    for (const char* q : {"", "schule", "klima wasser", "verkehr*"}) {
      SearchRequest request;
      request.q = q;
      request.facets = {Facet::kBody, Facet::kType, Facet::kTopic};
      INFO("q: " << q);
      check_same_counts(sound(found.search(request)), sound(expected.search(request)));
    }
  }
  ShardedSearcher sharded(places);
  CHECK(sharded.state().documents == kDocuments);

  for (const SearchRequest& request : request_table(true)) {
    INFO("q: " << request.q << " filters: " << request.filters.size());
    const SearchAnswer expected = sound(one.search(request));
    const SearchAnswer found = sound(sharded.search(request));
    check_same_counts(found, expected);
    CHECK(found.incomplete.empty());
    for (const Hit& hit : found.hits) CHECK_FALSE(hit.title.empty());
  }
  // Local and remote together.
  const ShardedSearcher mixed(
      {{(scratch.path() / "shard-0").string(), "", ""}, places[1], places[2]});
  for (const SearchRequest& request : request_table(true)) {
    INFO("mixed, q: " << request.q << " filters: " << request.filters.size());
    check_same_counts(sound(mixed.search(request)), sound(one.search(request)));
  }

  // Pages to the end.
  for (const Sort sort : {Sort::kRelevance, Sort::kNewest, Sort::kOldest}) {
    SearchRequest request;
    request.q = "schule";
    request.sort = sort;
    request.size = 7;
    std::vector<std::string> ids, dates;
    std::vector<double> scores;
    std::uint64_t total = 0;
    do {
      const SearchAnswer answer = sound(sharded.search(request));
      total = answer.total;
      for (const Hit& hit : answer.hits) {
        ids.push_back(hit.id);
        dates.push_back(hit.date);
        scores.push_back(hit.score);
      }
      request.cursor = answer.cursor;
      REQUIRE(ids.size() <= kDocuments);
    } while (!request.cursor.empty());
    // Shards are merged by what Xapian says of hits before their texts are read.
    std::vector<std::string> expected;
    request.size = kDocuments;
    for (const Hit& hit : sound(one.search(request)).hits) expected.push_back(hit.date);
    if (sort != Sort::kRelevance) CHECK(dates == expected);
    if (sort == Sort::kRelevance) {
      CHECK(std::is_sorted(scores.rbegin(), scores.rend()));
      CHECK(scores.front() > scores.back());
    }
    CHECK(ids.size() == total);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
  }

  const auto view = sharded.document(documents[3].id, "schule");
  REQUIRE(view);
  REQUIRE(view->document.pages.size() == 1);
  CHECK(view->document.pages[0].text == documents[3].pages[0].text);

  // Why a paper is gone is told by the shard that had it.
  const auto gone = sharded.takedown("weg-1");
  REQUIRE(gone);
  CHECK(gone->reason == "Persönliche Daten");
  CHECK(gone->date == "2026-11-22T10:00:00Z");
  CHECK_FALSE(sharded.takedown("weg-2"));
  CHECK_FALSE(sharded.takedown(documents[3].id));

  // What none of them can is said, what one cannot is left out.
  SearchRequest passages;
  passages.q = "schule";
  passages.unit = Unit::kPassage;
  CHECK(std::holds_alternative<Problem>(sharded.search(passages)));
  CHECK(sound(mixed.search(passages)).incomplete.size() == 2);

  // One killed, with all its connections.
  SearchRequest request;
  request.q = "schule";
  request.facets = {Facet::kBody};
  const std::uint64_t whole = sound(sharded.search(request)).total;
  served[1]->stop();
  const auto begin = std::chrono::steady_clock::now();
  const SearchAnswer part = sound(sharded.search(request));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  REQUIRE(part.incomplete.size() == 1);
  CHECK(part.incomplete[0].find("Teil 2") != std::string::npos);
  CHECK(part.total < whole);
  CHECK(part.total > 0);
  CHECK_FALSE(sharded.refresh());
  CHECK_FALSE(sharded.problems().empty());
  served[1]->start();
  sharded.refresh();
  const SearchAnswer again = sound(sharded.search(request));
  CHECK(again.incomplete.empty());
  CHECK(again.total == whole);

  for (const auto& each : served) each->stop();
  CHECK(std::get<Problem>(sharded.search(request)).code == "index_unavailable");
}

namespace {

/// Without any slugs.
class NoFinder : public search::SlugFinder {
  std::vector<std::string> slugs(Facet, std::string_view) const override { return {}; }
};

/// As a collection asks one of its shards.
SearchRequest asked_of_shard(const std::string& q) {
  SearchRequest request;
  request.q = q;
  auto directions = std::make_shared<search::Directions>();
  directions->finder = std::make_shared<const NoFinder>();
  request.directions = std::move(directions);
  return request;
}

std::unique_ptr<shards::Begun> begun(const shards::Shard& shard, const SearchRequest& request) {
  auto out = shard.begin(request);
  if (const auto* problem = std::get_if<Problem>(&out)) FAIL(problem->detail);
  return std::get<std::unique_ptr<shards::Begun>>(std::move(out));
}

}  // namespace

TEST_CASE("remote shards: nothing of an old revision is said of the new one", "[shards]") {
  if (!have_tcpsrv()) {
    WARN("skipped: no xapian-tcpsrv (tools/dependencies build test)");
    return;
  }
  const ScratchDir scratch;
  const auto documents = collection(90);
  const auto old = scratch.path() / "old", fresh = scratch.path() / "new";
  index(old, {documents.begin(), documents.begin() + 30}, {}, writer::write_remote_copy);
  index(fresh, documents, old, writer::write_remote_copy);
  const int port = free_port();
  Served served(old / "gen-1" / "remote", port);
  const auto shard = shards::open_remote("Teil 1", "127.0.0.1:" + std::to_string(port));
  const SearchRequest request = asked_of_shard("schule klima");
  {
    // Two connections lie idle; the one that is used next is cut off.
    auto first = begun(*shard, request);
    const std::set<pid_t> before = served.connections();
    auto second = begun(*shard, request);
    std::vector<pid_t> cut;
    for (const pid_t one : served.connections()) {
      if (!before.contains(one)) cut.push_back(one);
    }
    REQUIRE(cut.size() == 1);
    first.reset();
    second.reset();
    served.move_to(fresh / "gen-1" / "remote");
    kill(cut[0], SIGKILL);
  }
  CHECK(shard->holds("nirgendwo") == false);  // meets the new revision
  CHECK(shard->state().documents == documents.size());
  const Searcher expected(fresh);
  SearchRequest plain;
  plain.q = request.q;
  const auto check = [&] {
    const auto one = begun(*shard, request), other = begun(*shard, request);
    for (const shards::Begun* const each : {one.get(), other.get()}) {
      CHECK(each->counts.revision == shard->state().revision);
      const SearchAnswer whole = sound(expected.search(plain));
      REQUIRE(each->counts.query.words.size() == whole.query.words.size());
      for (std::size_t i = 0; i < whole.query.words.size(); ++i) {
        CHECK(each->counts.query.words[i].documents == whole.query.words[i].documents);
      }
    }
  };
  check();
  // What a search met first is told all the same, once.
  CHECK(shard->refresh());
  CHECK_FALSE(shard->refresh());
  check();
}

TEST_CASE("remote shards: a page is fetched alone, a place beyond all hits declined", "[shards]") {
  if (!have_tcpsrv()) {
    WARN("skipped: no xapian-tcpsrv (tools/dependencies build test)");
    return;
  }
  const ScratchDir scratch;
  const auto dir = scratch.path() / "one";
  const auto documents = collection(60);
  index(dir, documents, {}, writer::write_remote_copy);
  const int port = free_port();
  const Served served(dir / "gen-1" / "remote", port);
  const auto shard = shards::open_remote("Teil 1", "127.0.0.1:" + std::to_string(port));
  SearchRequest request = asked_of_shard("");
  request.sort = Sort::kNewest;
  request.size = 20;
  std::vector<std::string> all;
  for (const Hit& hit : begun(*shard, request)->show(0, 20, false).hits) all.push_back(hit.id);
  REQUIRE(all.size() == 20);
  const std::string revision = shard->state().revision;
  const auto at = [&](std::uint64_t offset) {
    SearchRequest one = request;
    search::Place place;
    place.offset = offset;
    one.cursor = search::to_cursor(place, revision, request);
    return shard->begin(one);
  };
  // From any place on, and of that page any stretch.
  auto middle = at(7);
  const auto& page = std::get<std::unique_ptr<shards::Begun>>(middle);
  CHECK(page->size() == 20);
  CHECK(page->counts.total == documents.size());
  const SearchAnswer stretch = page->show(2, 3, false);
  REQUIRE(stretch.hits.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(stretch.hits[i].id == all[9 + i]);
  CHECK(page->cursor_behind(5) != page->cursor_behind(4));
  auto last = at(59);
  CHECK(std::get<std::unique_ptr<shards::Begun>>(last)->size() == 1);
  CHECK(std::get<std::unique_ptr<shards::Begun>>(last)->cursor_behind(1).empty());
  for (const std::uint64_t offset :
       {std::uint64_t{60}, std::uint64_t{0xFFFFFF00}, std::uint64_t{0x100000005}}) {
    INFO("offset " << offset);
    const auto beyond = at(offset);
    REQUIRE(std::holds_alternative<Problem>(beyond));
    CHECK(std::get<Problem>(beyond).code == "invalid_cursor");
  }
}
