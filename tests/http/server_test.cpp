// SPDX-License-Identifier: GPL-3.0-or-later
//
// A running server on a free loopback port, spoken to over plain sockets.
#include "http/server.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <future>

#include "running.h"

using namespace fundstelle;
using namespace fundstelle::http;
using namespace fundstelle::test;
using namespace std::chrono_literals;

TEST_CASE("server: answers leave in the order of their requests", "[http]") {
  const Running running;
  Client client(running.port());
  client.send("GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string health = running.get("/healthz").body;
  CHECK(client.receive().body != health);
  CHECK(client.receive().body == health);
}

TEST_CASE("server: requests that come at once are all answered, in order", "[http]") {
  const Running running;
  const std::string health = running.get("/healthz").body;
  const std::string slow = "GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string quick = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  // What looks like a request inside a body is none.
  const std::string body = "GET /nie HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string posted =
      "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body;
  {
    Client client(running.port());
    // The fourth ends later.
    client.send(quick + slow + posted + quick.substr(0, 9));
    std::this_thread::sleep_for(50ms);
    client.send(quick.substr(9));
    CHECK(client.receive().body == health);
    const auto found = client.receive();
    CHECK(found.status == 200);
    CHECK(found.body.find("\"total\"") != std::string::npos);
    CHECK(client.receive().status == 405);
    CHECK(client.receive().body == health);
  }
  {
    // Behind the last one nothing is read.
    Client client(running.port());
    client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + quick);
    CHECK(client.receive().body == health);
    CHECK(client.receive().status == 0);
    CHECK(client.closed());
  }
  {
    // Nor behind what is no request.
    Client client(running.port());
    client.send(quick + "Unfug\r\n\r\n" + quick);
    CHECK(client.receive().body == health);
    CHECK(client.receive().status == 400);
    CHECK(client.receive().status == 0);
    CHECK(client.closed());
  }
}

TEST_CASE("server: a request whose body comes in chunks is the last of its connection", "[http]") {
  ServerOptions options;
  options.header_timeout = 300ms;
  const Running running(options);
  const std::string quick = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string form =
      "POST /api/v1/asked HTTP/1.1\r\nHost: x\r\n"
      "Content-Type: application/x-www-form-urlencoded\r\n";
  const std::string head = form + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string chunks = "9\r\ntext=Radw\r\n3\r\nege\r\n0\r\n";
  Client whole(running.port());
  whole.send(form + "Content-Length: 12\r\n\r\ntext=Radwege");
  const std::string expected = whole.receive().body;
  CHECK(holds(expected, "{"));

  for (const std::string end : {"\r\n", "X-Behind: 1\r\n\r\n"}) {
    for (const bool at_once : {true, false}) {
      CAPTURE(end, at_once);
      Client client(running.port());
      client.send(head + chunks + end + (at_once ? quick : ""));
      if (!at_once) {
        std::this_thread::sleep_for(50ms);
        client.send(quick);
      }
      Answer answer = client.receive();
      CHECK(answer.status == 200);
      CHECK(answer.body == expected);
      CHECK(answer.headers["connection"] == "close");
      CHECK(client.receive().status == 0);
      CHECK(client.closed());
    }
  }
  // A chunk may come in pieces.
  Client slow(running.port());
  slow.send(head + chunks.substr(0, 7));
  std::this_thread::sleep_for(50ms);
  slow.send(chunks.substr(7) + "\r\n");
  CHECK(slow.receive().body == expected);
  CHECK(running.backend.last_asked.questions.at(0).text == "Radwege");
  // Whoever says nothing more is told nothing more.
  Client quiet(running.port());
  quiet.send(head + chunks + "\r\n");
  CHECK(quiet.receive().status == 200);
  CHECK(quiet.receive(false, 1500ms).status == 0);
}

TEST_CASE("server: line ends before a request are no part of one", "[http]") {
  ServerOptions options;
  options.header_timeout = 300ms;
  const Running running(options);
  const std::string quick = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string posted = "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx";
  Client client(running.port());
  client.send("\r\n" + posted + "\r\n\r\n" + quick + "\r");
  CHECK(client.receive().status == 405);
  CHECK(client.receive().status == 200);
  // Longer than a head may take: none has begun.
  CHECK(client.receive(false, 1500ms).status == 0);
  client.send("\n" + quick);
  CHECK(client.receive().status == 200);
}

TEST_CASE("server: a request that does not tell where it ends is refused", "[http]") {
  const Running running;
  const std::string quick = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string head = "POST /healthz HTTP/1.1\r\nHost: x\r\n";
  const char* const unclear[] = {
      "Content-Length: x",
      "Content-Length:",
      "Content-Length: -1",
      "Content-Length: +5",
      "Content-Length: 0x5",
      "Content-Length: 5 6",
      "Content-Length: 5, 5",
      "Content-Length: 99999999999999999999999",
      "Content-Length: 0\r\ncontent-length: 5",
      "Content-Length: 5\r\nContent-Length: 0",
      "Content-Length: 5\r\nTransfer-Encoding: chunked",
      // Others may read a length here.
      "Content-Length : 5",
      "X-Long: a\r\n Content-Length: 5",
      "X-Long: a\nContent-Length: 5",
      "X-Long: a\rContent-Length: 5",
  };
  for (const char* fields : unclear) {
    CAPTURE(fields);
    Client client(running.port());
    client.send(head + fields + "\r\n\r\n" + quick);
    Answer answer = client.receive();
    CHECK(answer.status == 400);
    CHECK(answer.headers["connection"] == "close");
    CHECK(client.receive().status == 0);
    CHECK(client.closed());
  }
  for (const char* fields :
       {"Content-Length: 5", "content-length:\t5 ", "Content-Length: 5\r\nContent-Length: 5"}) {
    CAPTURE(fields);
    Client client(running.port());
    client.send(head + fields + "\r\n\r\nhallo" + quick);
    CHECK(client.receive().status == 405);
    CHECK(client.receive().status == 200);
  }
}

TEST_CASE("server: what comes after the last request is not worked on", "[http]") {
  Running running;
  running.backend.slowness = 400ms;
  const std::string slow = "GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n";
  Client client(running.port());
  client.send(slow + "Connection: close\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  client.send(slow + "\r\n");
  std::this_thread::sleep_for(100ms);
  CHECK(running.server->gauges().in_flight == 1);
  CHECK(client.receive().status == 200);
  CHECK(client.receive().status == 0);
  CHECK(client.closed());
}

TEST_CASE("server: addresses and what they give", "[http]") {
  const Running running;
  struct Row {
    const char *method, *target;
    int status;
    const char *media_type, *says;
  };
  const char *html = "text/html; charset=utf-8", *json = "application/json",
             *problem = "application/problem+json";
  const Row rows[] = {
      {"GET", "/", 200, html, "Was wurde gefragt"},
      {"GET", "/suche?q=Kita", 200, html, "Treffer für Kita"},
      {"GET", "/suche?q=Pl%C3%A4tze+frei", 200, html, "Treffer für Plätze frei"},
      {"GET", "/suche?q=a&utm_source=mail", 200, html, "Treffer für a"},
      {"GET", "/suche?topic=Verkehr", 400, html, "Kleinbuchstaben"},
      {"GET", "/suche?q=%zz", 400, html, "UTF-8"},
      {"GET", "/dokument/doc-1", 200, html, "Ein Dokument"},
      {"GET", "/dokument/doc-1?q=Text", 200, html, "treffer-1"},
      {"GET", "/dokument/doc-1?ansicht=fragen", 200, html, "Ein Dokument"},
      {"GET", "/dokument/doc-1?ansicht=schoen", 400, html, "ansicht"},
      {"GET", "/dokument/doc-1?seite=-1", 400, html, "seite"},
      {"GET", "/dokument/doc-1/zitat.bib", 200, "application/x-bibtex; charset=utf-8", "doc-1"},
      {"GET", "/dokument/doc-1/zitat.bib?frage=7", 400, html, "Frage"},
      {"GET", "/api/v1/documents/doc-1/marks?q=Text", 200, json, "\"text\":\"Text\""},
      {"GET", "/dokument/unbekannt", 404, html, "nicht im Index"},
      {"GET", "/dokument/entfernt", 410, html, "22. November 2026"},
      {"GET", "/dokument/..", 404, html, "keine Kennung"},
      {"GET", "/dokument/%2e%2e%2fetc%2fpasswd", 404, html, "keine Kennung"},
      {"GET", "/drucksache/bt/19/1", 302, "text/plain; charset=utf-8", ""},
      {"GET", "/drucksache/19/2", 200, html, "2 Dokumente tragen diese Nummer"},
      {"GET", "/drucksache/bt/19/77", 404, html, "19/77"},
      {"GET", "/hilfe", 200, html, "Wie die Suche liest"},
      {"GET", "/robots.txt", 200, "text/plain; charset=utf-8", "Disallow: /suche"},
      {"GET", "/nirgendwo", 404, html, "liegt nichts"},
      {"GET", "/assets/style.css", 404, html, "Datei"},
      {"GET", "/api/v1/search?q=Kita", 200, json, "\"understood\":\"Kita\""},
      {"GET", "/api/v1/search?q=x&topcs=a", 400, problem, "unknown_parameter"},
      {"GET", "/api/v1/search?size=1000", 400, problem, "bad_parameter"},
      {"GET", "/api/v1/search?q=%FF", 400, problem, "bad_encoding"},
      {"GET", "/api/v1/search?q=tief", 400, problem, "page_too_deep"},
      {"GET", "/api/v1/documents/doc-1", 200, json, "\"id\":\"doc-1\""},
      {"GET", "/api/v1/documents/doc-2", 404, problem, "document_not_found"},
      {"GET", "/api/v1/documents/doc-1/original", 404, problem, "original_not_found"},
      {"GET", "/api/v2/search", 404, problem, "unknown_address"},
      {"POST", "/api/v1/search", 405, problem, "method_not_allowed"},
      {"DELETE", "/", 405, html, "GET und HEAD"},
      {"OPTIONS", "/suche", 405, html, "GET und HEAD"},
      {"GET", "/healthz", 200, json, "ok"},
      {"GET", "/readyz", 200, json, "aabbccdd00112233"},
  };
  Client client(running.port());
  for (const Row& row : rows) {
    INFO(row.method << " " << row.target);
    const Answer answer = client.get(row.target, "", row.method);
    INFO(answer.body.substr(0, 300));
    CHECK(answer.status == row.status);
    CHECK(answer.reason != "Internal Server Error");
    CHECK(answer.headers.at("content-type") == row.media_type);
    CHECK(holds(answer.body, row.says));
    CHECK(answer.headers.at("x-content-type-options") == "nosniff");
    CHECK(holds(answer.headers.at("content-security-policy"), "frame-ancestors 'none'"));
    CHECK_FALSE(holds(answer.headers.at("content-security-policy"), "unsafe"));
    CHECK(answer.headers.at("connection") == "keep-alive");
  }
}

TEST_CASE("server: a failure inside stays inside", "[http]") {
  const Running running;
  for (const char* q : {"wirf", "wirf-zahl"}) {
    const Answer api = running.get(std::string("/api/v1/search?q=") + q);
    CHECK(api.status == 500);
    CHECK(holds(api.body, "internal_error"));
    CHECK_FALSE(holds(api.body, "secret"));
    const Answer page = running.get(std::string("/suche?q=") + q);
    CHECK(page.status == 500);
    CHECK(holds(page.body, "<h1>"));
    CHECK_FALSE(holds(page.body, "secret"));
  }
  CHECK(running.get("/api/v1/search?q=heil").status == 200);
}

TEST_CASE("server: HEAD has the headers of GET and no body", "[http]") {
  const Running running;
  Client client(running.port());
  const Answer get = client.get("/hilfe");
  const Answer head = client.get("/hilfe", "", "HEAD");
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == get.headers.at("content-length"));
  CHECK(head.headers.at("etag") == get.headers.at("etag"));
  // A body would now stand before the next answer.
  CHECK(client.get("/healthz").body == get.body.substr(0, 0) + "{\"status\":\"ok\"}");
}

TEST_CASE("server: an unchanged answer is not made again", "[http]") {
  const Running running;
  const Answer first = running.get("/suche?q=Kita");
  const int searches = running.backend.searches;
  const Answer second =
      running.get("/suche?q=Kita", "If-None-Match: " + first.headers.at("etag") + "\r\n");
  CHECK(second.status == 304);
  CHECK(second.body.empty());
  CHECK(second.headers.count("content-length") == 0);
  CHECK(running.backend.searches == searches);
  CHECK(running.get("/suche?q=Kita", "If-None-Match: \"other\"\r\n").status == 200);
}

TEST_CASE("server: an address longer than any search is refused, the connection lives", "[http]") {
  const Running running;
  Client client(running.port());
  const Answer refused = client.get("/suche?q=" + std::string(20'000, 'a'));
  CHECK(refused.status == 414);
  CHECK(holds(refused.headers.at("content-type"), "text/html"));
  CHECK(client.get("/suche?q=Kita").status == 200);
}

TEST_CASE("server: assets come packed, with an address for ever", "[http]") {
  const Running running;
  const std::string address = running.assets.addresses().at("style.css");
  const Answer plain = running.get(address);
  const Answer gzip = running.get(address, "Accept-Encoding: gzip\r\n");
  const Answer brotli = running.get(address, "Accept-Encoding: gzip, deflate, br\r\n");
  CHECK(plain.headers.count("content-encoding") == 0);
  CHECK(gzip.headers.at("content-encoding") == "gzip");
  CHECK(brotli.headers.at("content-encoding") == "br");
  CHECK(brotli.body.size() < gzip.body.size());
  CHECK(gzip.body.size() * 2 < plain.body.size());
  CHECK(holds(plain.headers.at("cache-control"), "immutable"));
  CHECK(running.get(address, "Accept-Encoding: gzip;q=0\r\n").headers.count("content-encoding") ==
        0);
  CHECK(running.get(address, "If-None-Match: " + plain.headers.at("etag") + "\r\n").status == 304);
  CHECK(holds(running.get("/").body, address));
}

TEST_CASE("server: originals keep their type, foreign HTML cannot run here", "[http]") {
  Running running({}, {2U << 20, 2});
  const test::ScratchDir scratch;
  running.backend.original_file = scratch.path() / "original";
  std::ofstream(running.backend.original_file) << "%PDF-1.4 inhalt";
  const Answer pdf = running.get("/dokument/doc-1/original");
  CHECK(pdf.status == 200);
  CHECK(pdf.body == "%PDF-1.4 inhalt");
  CHECK(pdf.headers.at("content-type") == "application/pdf");
  CHECK(pdf.headers.at("content-disposition") == "inline; filename=\"doc-1.pdf\"");
  CHECK(running.get("/api/v1/documents/doc-1/original").body == pdf.body);
  CHECK(running.get("/dokument/doc-1/original", "If-None-Match: " + pdf.headers.at("etag") + "\r\n")
            .status == 304);
  running.backend.original_type = "text/html";
  const Answer html = running.get("/dokument/doc-1/original");
  CHECK(holds(html.headers.at("content-disposition"), "attachment"));
  CHECK(holds(html.headers.at("content-security-policy"), "sandbox"));
  running.backend.original_type = "image/svg+xml";
  CHECK(running.get("/dokument/doc-1/original").headers.at("content-type") ==
        "application/octet-stream");
  std::filesystem::resize_file(running.backend.original_file, 3U << 20);
  const Answer large = running.get("/api/v1/documents/doc-1/original");
  CHECK(large.status == 413);
  CHECK(holds(large.body, "answer_too_large"));
}

TEST_CASE("server: connections are kept or closed as asked", "[http]") {
  const Running running;
  SECTION("a hundred requests over one connection") {
    Client client(running.port());
    for (int i = 0; i < 100; ++i) {
      const std::string q = "wort" + std::to_string(i);
      const Answer answer = client.get("/api/v1/search?q=" + q);
      REQUIRE(answer.status == 200);
      REQUIRE(holds(answer.body, "\"" + q + "\""));  // one's own answer, not another's
    }
  }
  SECTION("Connection: close") {
    // Many times: the answer may have left before or after its sender looks.
    for (int i = 0; i < 200; ++i) {
      Client client(running.port());
      const Answer answer = client.get("/api/v1/search?q=x", "Connection: close\r\n");
      REQUIRE(answer.headers.at("connection") == "close");
      REQUIRE(client.closed());
    }
  }
  SECTION("HTTP/1.0") {
    Client client(running.port());
    client.send("GET /healthz HTTP/1.0\r\n\r\n");
    CHECK(client.receive().status == 200);
    CHECK(client.closed());
  }
}

TEST_CASE("server: many connections at once get their own answers", "[http]") {
  const Running running;
  std::vector<std::future<int>> clients;
  for (int c = 0; c < 16; ++c) {
    clients.push_back(std::async(std::launch::async, [&running, c] {
      Client client(running.port());
      int wrong = 0;
      for (int i = 0; i < 40; ++i) {
        const std::string q = "c" + std::to_string(c) + "i" + std::to_string(i);
        const Answer answer = client.get("/api/v1/search?q=" + q);
        wrong += answer.status != 200 || !holds(answer.body, "\"" + q + "\"");
      }
      return wrong;
    }));
  }
  for (auto& client : clients) CHECK(client.get() == 0);
}

TEST_CASE("server: a full queue says so at once and recovers", "[http]") {
  ServerOptions options;
  options.handlers = 1;
  options.queue = 1;
  Running running(options);
  running.backend.slowness = 600ms;
  Client working(running.port()), waiting(running.port()), refused(running.port());
  const std::string slow = "GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n\r\n";
  working.send(slow);
  std::this_thread::sleep_for(100ms);
  waiting.send(slow);
  std::this_thread::sleep_for(100ms);
  const auto asked = std::chrono::steady_clock::now();
  const Answer overload = refused.get("/api/v1/search?q=langsam");
  CHECK(std::chrono::steady_clock::now() - asked < 200ms);
  CHECK(overload.status == 503);
  CHECK(holds(overload.body, "overloaded"));
  CHECK(overload.headers.at("retry-after") == "2");
  // What needs no search still works.
  CHECK(running.get("/healthz").status == 200);
  CHECK(working.receive().status == 200);
  CHECK(waiting.receive().status == 200);
  CHECK(refused.get("/api/v1/search?q=x").status == 200);
}

TEST_CASE("server: what waited too long is not worked on", "[http]") {
  ServerOptions options;
  options.handlers = 1;
  options.longest_wait = 100ms;
  Running running(options);
  running.backend.slowness = 400ms;
  Client first(running.port()), second(running.port());
  const std::string slow = "GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n\r\n";
  first.send(slow);
  std::this_thread::sleep_for(50ms);
  second.send(slow);
  CHECK(first.receive().status == 200);
  CHECK(second.receive().status == 503);
}

TEST_CASE("server: an answer takes the time it needs, whatever the limits of reading", "[http]") {
  ServerOptions options;
  options.header_timeout = options.body_timeout = options.keep_alive = 200ms;
  Running running(options);
  running.backend.slowness = 2500ms;  // five times as Pistache looks
  Client client(running.port());
  std::this_thread::sleep_for(100ms);
  const Answer answer = client.get("/api/v1/search?q=langsam");
  CHECK(answer.status == 200);
  CHECK(holds(answer.body, "langsam"));
  // Idle connections end without a word.
  CHECK(client.closed());
  CHECK(client.receive().status == 0);
}

TEST_CASE("server: a request may come in pieces, but not for ever", "[http]") {
  ServerOptions options;
  options.header_timeout = 1s;
  options.body_timeout = 3s;
  const Running running(options);
  const std::string body = "text=1.+Wer+z%C3%A4hlt%3F";
  const std::string head =
      "POST /api/v1/asked HTTP/1.1\r\nHost: x\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\n"
      "Content-Length: " +
      std::to_string(body.size()) + "\r\n\r\n";
  const auto asked = std::chrono::steady_clock::now();
  SECTION("the body later than the head, twice on one connection") {
    Client client(running.port());
    for (int i = 0; i < 2; ++i) {
      client.send(head);
      std::this_thread::sleep_for(1800ms);
      client.send(body.substr(0, 7));
      std::this_thread::sleep_for(100ms);
      client.send(body.substr(7));
      CHECK(client.receive().status == 200);
    }
  }
  SECTION("the head byte by byte") {
    Client client(running.port());
    for (const char c : std::string("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")) {
      client.send(std::string(1, c));
      std::this_thread::sleep_for(5ms);
    }
    CHECK(client.receive().status == 200);
  }
  SECTION("a slow head is cut, the first of a connection and a later one") {
    for (const bool kept : {false, true}) {
      Client client(running.port());
      if (kept) CHECK(client.get("/healthz").status == 200);
      client.send(head.substr(0, 40));
      std::this_thread::sleep_for(600ms);
      client.send(head.substr(40, 10));  // going on does not begin anew
      CHECK(client.receive(false, 2s).status == 408);
      CHECK(client.closed());
    }
  }
  SECTION("a slow body is cut later") {
    Client client(running.port());
    client.send(head + "text");
    CHECK(client.receive(false, 5s).status == 408);
    CHECK(std::chrono::steady_clock::now() - asked > 3s);
  }
  SECTION("a connection that says nothing") {
    Client client(running.port());
    CHECK(client.closed(3s));
    CHECK(client.receive().status == 0);
  }
}

TEST_CASE("server: a draft of the longest kind fits as a form; more is refused once", "[http]") {
  const Running running;
  const auto post = [](const std::string& path, const std::string& body) {
    return "POST " + path +
           " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded"
           "\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
  };
  std::string longest = "text=";
  for (int i = 0; i < 100'000; ++i) longest += "%C3%A4";
  Client client(running.port());
  client.send(post("/api/v1/asked", longest));
  CHECK(client.receive().status == 200);
  client.send(post("/api/v1/asked", longest + "%C3%A4"));
  const Answer too_long = client.receive();
  CHECK(too_long.status == 413);
  CHECK(holds(too_long.body, "draft_too_large"));
  for (const bool page : {false, true}) {
    Client other(running.port());
    other.send(post(page ? "/schon-gefragt" : "/api/v1/asked", std::string(2U << 20, 'a')));
    const Answer refused = other.receive();
    CHECK(refused.status == 413);
    CHECK(refused.headers.at("connection") == "close");
    CHECK(holds(refused.body, page ? "Die Anfrage ist zu groß" : "request_too_large"));
    CHECK(other.closed());
    CHECK(other.receive().status == 0);
  }
}

TEST_CASE("server: a method refused comes with those allowed", "[http]") {
  const Running running;
  CHECK(running.get("/schon-gefragt", "", "DELETE").headers.at("allow") == "GET, HEAD, POST");
  CHECK(running.get("/api/v1/asked", "", "PUT").headers.at("allow") == "GET, HEAD, POST");
  CHECK(running.get("/suche", "", "POST").headers.at("allow") == "GET, HEAD");
}

TEST_CASE("server: stopping lets the running request finish", "[http]") {
  Running running;
  running.backend.slowness = 500ms;
  Client client(running.port()), late(running.port());
  client.send("GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  auto stopped = std::async(std::launch::async, [&running] { return running.server->stop(); });
  std::this_thread::sleep_for(100ms);
  CHECK(late.get("/api/v1/search?q=x").status == 503);
  const Answer answer = client.receive();
  CHECK(answer.status == 200);
  CHECK(holds(answer.body, "langsam"));
  CHECK(answer.headers.at("connection") == "close");
  CHECK(stopped.get());
}

TEST_CASE("server: stopping does not wait for ever", "[http]") {
  Running running;
  running.backend.slowness = 1500ms;
  Client client(running.port());
  client.send("GET /api/v1/search?q=langsam HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  CHECK_FALSE(running.server->stop(200ms));
}

TEST_CASE("server: hostile input is answered or cut, and the server lives", "[http]") {
  ServerOptions options;
  options.header_timeout = 1s;
  const Running running(options);
  const std::string long_word(15'000, 'a');
  const std::vector<std::string> inputs = {
      "GET " + std::string(15'000, '/') + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /" + long_word + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /suche?q=" + long_word + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /suche?" + std::string(5'000, '&') + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /suche?" + std::string(5'000, '=') + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /suche?q=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /suche?q=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /suche?%00=%00 HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /assets/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /dokument/" + std::string(200, '%') + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(60'000, 'h') + "\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x:99999999\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nCookie: nothing\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000000\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nAccept: \r\n\r\n",
      "POST /suche HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
      "HEAD / HTTP/9.9\r\n\r\n",
      "\r\n\r\n\r\n",
      std::string(1000, '\0'),
      "GET",
  };
  for (const std::string& input : inputs) {
    INFO(input.substr(0, 60));
    {
      Client client(running.port());
      client.send(input);
      const Answer answer = client.receive(true, 1500ms);
      CHECK((answer.status == 0 || answer.status >= 200));
      CHECK_FALSE(holds(answer.body, "root:"));
    }
    {
      Client leaves_at_once(running.port());
      leaves_at_once.send(input);
    }
    REQUIRE(running.get("/healthz").status == 200);
    REQUIRE(running.get("/api/v1/search?q=x").status == 200);
  }
}

TEST_CASE("server: clients that leave early leave nothing behind", "[http]") {
  Running running;
  running.backend.slowness = 30ms;
  const auto open_files = [] {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator("/proc/self/fd")) {
      ++count;
    }
    return count;
  };
  const std::size_t before = open_files();
  for (int i = 0; i < 60; ++i) {
    Client client(running.port());
    client.send("GET /suche?q=" + std::string(i % 2 == 0 ? "langsam" : "x") +
                " HTTP/1.1\r\nHost: x\r\n" + (i % 3 == 0 ? "Connection: close\r\n\r\n" : "\r\n"));
  }
  // The last of them may still wait to be accepted when the first are gone: it must stay quiet.
  int quiet = 0;
  for (int i = 0; i < 100 && quiet < 5; ++i) {
    std::this_thread::sleep_for(100ms);
    quiet = open_files() <= before ? quiet + 1 : 0;
  }
  CHECK(quiet == 5);
  CHECK(running.get("/healthz").status == 200);
  CHECK(running.server->stop());
}

TEST_CASE("server: a taken port is an error that names the address", "[http]") {
  const Running running;
  ServerOptions options;
  options.listen = "127.0.0.1:" + std::to_string(running.port());
  test::HandMadeBackend backend;
  Service service(backend, running.pages, running.assets);
  Server second(service, options);
  CHECK_THROWS_WITH(second.start(), Catch::Contains(options.listen));
  ServerOptions nonsense;
  nonsense.listen = "nowhere";
  Server third(service, nonsense);
  CHECK_THROWS_AS(third.start(), ServerError);
}
