// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one client, or all of them together, may take; and what is told of it.
#include <fstream>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "http/admin.h"
#include "http/metrics.h"
#include "running.h"

using namespace fundstelle;
using namespace fundstelle::http;
using namespace fundstelle::test;
using namespace std::chrono_literals;

namespace {

ServerOptions behind_a_proxy() {
  ServerOptions options;
  options.trusted_proxies = {*read_network("127.0.0.0/8")};
  options.rate = {2, 3};
  return options;
}

const std::string kAskOriginal = "GET /dokument/doc-1/original HTTP/1.1\r\nHost: x\r\n\r\n";

/// What "/dokument/doc-1/original" gives, as long as this lives.
struct BigOriginal {
  BigOriginal(Running& running, const std::string& bytes) {
    running.backend.original_file = dir.path() / "original";
    std::ofstream(running.backend.original_file) << bytes;
  }
  const ScratchDir dir;
};

/// Waits for it, five seconds at most.
bool comes(const std::function<bool()>& condition) {
  for (int i = 0; i < 500 && !condition(); ++i) std::this_thread::sleep_for(10ms);
  return condition();
}

std::string from(const std::string& address) { return "X-Forwarded-For: " + address + "\r\n"; }

}  // namespace

TEST_CASE("limits: whose request it is", "[http]") {
  const std::vector<Network> trusted{*read_network("10.0.0.0/8"), *read_network("2001:db8::1")};
  struct Row {
    const char *connection, *forwarded, *client;
  };
  const Row rows[] = {
      {"192.0.2.7", "198.51.100.1", "192.0.2.7"},  // anybody may say that
      {"10.1.2.3", "198.51.100.1", "198.51.100.1"},
      {"10.1.2.3", "1.1.1.1, 198.51.100.1",
       "198.51.100.1"},  // the first is the visitor's own claim
      {"10.1.2.3", "198.51.100.1, 10.9.9.9", "198.51.100.1"},
      {"10.1.2.3", "10.4.4.4", "10.4.4.4"},
      {"10.1.2.3", "", "10.1.2.3"},
      {"10.1.2.3", "unknown", "10.1.2.3"},
      {"10.1.2.3", "1.1.1.1,,", "10.1.2.3"},
      {"2001:db8::1", "2001:db8:7::9", "2001:db8:7::9"},
      {"2001:db8::2", "192.0.2.1", "2001:db8::2"},
  };
  for (const Row& row : rows) {
    INFO(row.connection << " says " << row.forwarded);
    CHECK(to_string(client_of(*read_address(row.connection), row.forwarded, trusted)) ==
          row.client);
  }
  CHECK_FALSE(read_network("10.0.0.0/33"));
  CHECK_FALSE(read_network("10.0.0"));
  CHECK_FALSE(read_network("proxy.example"));
  CHECK(read_network("192.168.0.0/16")->contains(*read_address("192.168.255.1")));
  CHECK_FALSE(read_network("192.168.0.0/17")->contains(*read_address("192.168.255.1")));
  CHECK(counted_as(*read_address("2001:db8::1")) == counted_as(*read_address("2001:db8::ffff")));
  CHECK(counted_as(*read_address("192.0.2.1")) != counted_as(*read_address("192.0.2.2")));
}

TEST_CASE("limits: a bucket empties and fills; nobody can fill the memory", "[http]") {
  RateLimiter limiter;
  const Rate rate{2, 3};
  const auto start = RateLimiter::Time{} + 1h;
  const AddressBytes one = *read_address("192.0.2.1"), other = *read_address("192.0.2.2");
  for (int i = 0; i < 3; ++i) CHECK(limiter.wait_for(one, rate, start) == 0);
  CHECK(limiter.wait_for(one, rate, start) == 1);
  CHECK(limiter.wait_for(other, rate, start) == 0);
  CHECK(limiter.wait_for(one, rate, start + 500ms) == 0);  // half a second is one request
  CHECK(limiter.wait_for(one, rate, start + 500ms) > 0);
  for (std::uint32_t i = 0; i < 3 * RateLimiter::kMostAddresses; ++i) {
    AddressBytes many{0x20, 0x01};
    for (int byte = 0; byte < 4; ++byte)
      many[4 + byte] = static_cast<std::uint8_t>(i >> (8 * byte));
    (void)limiter.wait_for(many, rate, start + 600ms);
  }
  CHECK(limiter.addresses() <= RateLimiter::kMostAddresses);
}

TEST_CASE("limits: who asks too often hears when to come back; others and assets do not",
          "[http]") {
  const Running running(behind_a_proxy());
  for (int i = 0; i < 3; ++i) {
    CHECK(running.get("/api/v1/search?q=x", from("192.0.2.1")).status == 200);
  }
  const Answer refused = running.get("/api/v1/search?q=x", from("192.0.2.1"));
  CHECK(refused.status == 429);
  CHECK(refused.headers.at("retry-after") == "1");
  CHECK(holds(refused.body, "too_many_requests"));
  const Answer page = running.get("/suche?q=x", from("192.0.2.1"));
  CHECK(page.status == 429);
  CHECK(holds(page.headers.at("content-type"), "text/html"));
  CHECK(running.get("/api/v1/search?q=x", from("192.0.2.2")).status == 200);
  CHECK(running.get("/healthz", from("192.0.2.1")).status == 200);
  for (int i = 0; i < 10; ++i) CHECK(running.get("/api/v1/search?q=x").status == 200);  // loopback
}

TEST_CASE("limits: what is said of a visitor is believed of trusted proxies only", "[http]") {
  ServerOptions options = behind_a_proxy();
  options.trusted_proxies.clear();
  const Running running(options);
  for (int i = 0; i < 10; ++i) {
    CHECK(running.get("/api/v1/search?q=x", from("192.0.2.1")).status == 200);
  }
}

TEST_CASE("limits: more connections than there may be are told and closed at once", "[http]") {
  ServerOptions options;
  options.connections = 8;
  const Running running(options);
  {
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 8; ++i) {
      clients.push_back(std::make_unique<Client>(running.port()));
      CHECK(clients.back()->get("/healthz").status == 200);
    }
    Client more(running.port());
    const Answer refused = more.receive();
    CHECK(refused.status == 503);
    CHECK(refused.headers.count("retry-after") == 1);
    CHECK(more.closed());
    CHECK(clients.front()->get("/api/v1/search?q=x").status == 200);
    CHECK(running.server->gauges().connections == 8);
    CHECK(running.server->gauges().connections_refused == 1);
  }
  // Places come back.
  for (int i = 0; i < 50 && running.server->gauges().connections > 0; ++i) {
    std::this_thread::sleep_for(20ms);
  }
  CHECK(running.server->gauges().connections == 0);
  CHECK(running.get("/healthz").status == 200);
}

TEST_CASE("limits: headers without end get 431", "[http]") {
  const Running running;
  Client client(running.port());
  client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(40'000, 'a'));
  const Answer refused = client.receive();
  CHECK(refused.status == 431);
  CHECK(client.closed());
  CHECK(running.get("/healthz", "X-Long: " + std::string(12'000, 'a') + "\r\n").status == 200);
}

TEST_CASE("limits: half requests of all clients together hold no more than they may", "[http]") {
  ServerOptions options;
  options.reading_bytes = 400'000;
  const Running running(options);
  const std::string half =
      "POST /api/v1/asked HTTP/1.1\r\nHost: x\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\nContent-Length: 300000\r\n\r\n" +
      std::string(200'000, 'a');
  Client first(running.port());
  first.send(half);
  for (int i = 0; i < 100 && running.server->gauges().bytes_reading < 200'000; ++i) {
    std::this_thread::sleep_for(10ms);
  }
  Client second(running.port());
  second.send(half);
  const Answer refused = second.receive();
  CHECK(refused.status == 503);
  CHECK(refused.headers.count("retry-after") == 1);
  CHECK(second.closed());
  // The first is not disturbed, and gives back what it held.
  first.send(std::string(100'000, 'a'));
  CHECK(first.receive().status == 400);
  for (int i = 0; i < 50 && running.server->gauges().bytes_reading > 0; ++i) {
    std::this_thread::sleep_for(20ms);
  }
  CHECK(running.server->gauges().bytes_reading == 0);
}

TEST_CASE("limits: clients that do not read hold no more answers than they may", "[http]") {
  ServerOptions options;
  options.sending_bytes = 6U << 20;
  Running running(options, {8U << 20, 64});
  const BigOriginal original(running, "%PDF-1.4 " + std::string(5U << 20, 'x'));
  Client deaf(running.port());
  deaf.send(kAskOriginal);
  CHECK(comes([&] { return running.server->gauges().bytes_sending > 0; }));
  Client second(running.port());
  const Answer refused = second.get("/dokument/doc-1/original");
  CHECK(refused.status == 503);
  CHECK(running.get("/api/v1/search?q=x").status == 200);  // small answers go on
  CHECK(deaf.receive().body.size() > (5U << 20));
  CHECK(comes([&] { return running.server->gauges().bytes_sending == 0; }));
  CHECK(second.get("/dokument/doc-1/original").status == 200);
}

TEST_CASE("limits: clients that do not read keep nobody waiting, and get every byte in the end",
          "[http]") {
  Running running({}, {8U << 20, 64});
  std::string bytes = "%PDF-1.4 ";
  for (int i = 0; bytes.size() < (7U << 20); ++i) bytes += std::to_string(i) + ' ';
  const BigOriginal original(running, bytes);
  std::vector<std::unique_ptr<Client>> deaf;
  for (int i = 0; i < 4; ++i) {
    deaf.push_back(std::make_unique<Client>(running.port()));
    deaf.back()->send("GET /dokument/doc-1/original HTTP/1.1\r\nHost: x\r\n" +
                      std::string(i % 2 == 0 ? "Connection: close\r\n\r\n" : "\r\n"));
  }
  CHECK(comes([&] { return running.server->gauges().bytes_sending == 4 * bytes.size(); }));
  Client other(running.port());
  for (int i = 0; i < 20; ++i) CHECK(other.get("/api/v1/search?q=x").status == 200);
  // What was asked next on a full connection is answered behind.
  deaf[1]->send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  for (const auto& client : deaf) {
    const Answer answer = client->receive();
    CHECK(answer.status == 200);
    CHECK(answer.body.size() == bytes.size());
    CHECK((answer.body == bytes));
  }
  CHECK(deaf[0]->closed());
  CHECK(deaf[1]->receive().status == 200);
}

TEST_CASE("limits: who asks on and on and never reads is cut off", "[http]") {
  const Running running;
  const Client deaf(running.port());
  // One at a time, or they would be read as one.
  const auto in_flight = [&] { return running.server->gauges().in_flight; };
  std::size_t waiting = 0;
  for (int i = 0; i < 3'000 && waiting < 1'000; ++i) {
    deaf.send("GET /suche?q=x HTTP/1.1\r\nHost: x\r\n\r\n");
    for (int step = 0; step < 20 && in_flight() == waiting; ++step) {
      std::this_thread::sleep_for(100us);
    }
    std::this_thread::sleep_for(300us);
    waiting = in_flight();
    if (i > 0 && running.server->gauges().connections == 0) break;
  }
  CHECK(waiting < 100);
  for (int i = 0; i < 300 && running.server->gauges().connections > 0; ++i) {
    std::this_thread::sleep_for(10ms);
  }
  CHECK(running.server->gauges().connections == 0);
  CHECK(running.get("/api/v1/search?q=x").status == 200);
}

TEST_CASE("limits: an answer nobody reads is dropped after its time, whatever came before it",
          "[http]") {
  const bool after_another = GENERATE(false, true);
  ServerOptions options;
  options.send_timeout = 300ms;
  Running running(options, {8U << 20, 64});
  const BigOriginal original(running, "%PDF-1.4 " + std::string(7U << 20, 'x'));
  const Client deaf(running.port());
  if (after_another) {
    deaf.send("GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n\r\n");
    std::this_thread::sleep_for(50ms);
  }
  deaf.send(kAskOriginal);
  REQUIRE(comes([&] { return running.server->gauges().bytes_sending > 0; }));
  const auto held = [&] {
    const ServerGauges gauges = running.server->gauges();
    return gauges.connections + gauges.bytes_sending + gauges.in_flight;
  };
  CHECK(comes([&] { return held() == 0; }));
}

TEST_CASE("server: before it ends /readyz turns, all else is answered, connections end", "[http]") {
  Running running;
  Client kept(running.port());
  CHECK(kept.get("/readyz").status == 200);
  auto stopped =
      std::async(std::launch::async, [&running] { return running.server->stop(5s, 700ms); });
  std::this_thread::sleep_for(200ms);
  CHECK(running.get("/readyz").status == 503);
  const Answer answered = kept.get("/api/v1/search?q=x");
  CHECK(answered.status == 200);
  CHECK(answered.headers.at("connection") == "close");
  CHECK(kept.closed());
  CHECK(stopped.get());
}

TEST_CASE("server: another service and other limits are taken over while it runs", "[http]") {
  const Running running;
  Client kept(running.port());
  CHECK(holds(kept.get("/impressum").headers.at("content-type"), "text/html"));
  present::Site site;
  site.name = "Andere Fundstelle";
  const auto pages =
      std::make_shared<present::Pages>(web_dir() / "templates", running.assets.addresses(), site);
  const auto service = std::make_shared<Service>(running.backend, *pages, running.assets);
  running.server->serve_with(service);
  CHECK(holds(kept.get("/").body, "Andere Fundstelle"));
  ServerOptions options;
  options.listen = "127.0.0.1:1";
  options.queue = 7;
  options.head_bytes = 100;
  CHECK(running.server->reload(options) == std::vector<std::string>{"listen", "queue"});
  CHECK(kept.get("/suche?q=" + std::string(200, 'a')).status == 414);
}

TEST_CASE("metrics: requests are counted by kind of address, never by what was asked", "[http]") {
  const ScratchDir scratch;
  HandMadeBackend backend;
  const Assets assets(web_dir() / "assets");
  const present::Pages pages(web_dir() / "templates", assets.addresses());
  Service service(backend, pages, assets);
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  Server server(service, options);
  RequestMetrics metrics;
  server.observe([&metrics](const Answered& answered) { metrics.count(answered); });
  server.start();
  Client client(server.port());
  CHECK(client.get("/dokument/doc-1?q=geheim").status == 200);
  CHECK(client.get("/dokument/unbekannt").status == 404);
  CHECK(client.get("/geheim").status == 404);
  CHECK(client.get("/suche?q=" + std::string(20'000, 'a')).status == 414);
  MetricsText text;
  metrics.write(text);
  const std::string lines = text.take();
  INFO(lines);
  CHECK(holds(lines, "fundstelle_http_requests_total{route=\"/dokument/{}\",status=\"200\"} 1\n"));
  CHECK(holds(lines, "fundstelle_http_requests_total{route=\"/dokument/{}\",status=\"404\"} 1\n"));
  CHECK(holds(lines, "fundstelle_http_requests_total{route=\"unknown\",status=\"404\"} 1\n"));
  CHECK(holds(lines, "fundstelle_http_refused_total{reason=\"size\"} 1\n"));
  CHECK(holds(lines, "duration_seconds_bucket{route=\"/dokument/{}\",le=\"+Inf\"} 2\n"));
  CHECK_FALSE(holds(lines, "geheim"));
}

TEST_CASE("admin: one small request at a time, whatever is sent", "[http]") {
  AdminServer admin("127.0.0.1:0", [](const std::string& path) {
    if (path == "/wirf") throw 42;
    Response response;
    response.body = std::make_shared<const std::string>("hier " + path);
    return response;
  });
  CHECK(Client(admin.port()).get("/metrics?x=1").body == "hier /metrics");
  CHECK(Client(admin.port()).get("/wirf").status == 500);
  CHECK(Client(admin.port()).get("/", "", "POST").status == 400);
  {
    const Client silent(admin.port());
    Client next(admin.port());
    CHECK(next.get("/metrics").status == 200);  // waits for the silent one's two seconds at most
  }
  Client endless(admin.port());
  endless.send("GET /" + std::string(20'000, 'a'));
  CHECK(endless.receive().status != 200);
  CHECK_THROWS_AS(AdminServer("127.0.0.1:" + std::to_string(admin.port()), nullptr), ServerError);
  CHECK_THROWS_AS(AdminServer("localhost", nullptr), ServerError);
}
