# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that nobody honest sends: our own list, and published naughty strings where they are installed.

Every input says what is right behind a proxy that speaks HTTP properly: `fine` (answered), `refused` (400 to
499, 501, 505), `either`. `cut` may also end without an answer."""
import json
import os
import pathlib
import random
import urllib.parse
from typing import NamedTuple

FINE, REFUSED, EITHER = "fine", "refused", "either"


class Input(NamedTuple):
    group: str
    name: str
    data: bytes
    right: str = REFUSED
    cut: bool = False   # no answer, or one after a time limit, is right as well
    half: bool = False  # the request never ends: nothing is waited for


def encode(text):
    return urllib.parse.quote(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, safe="")


def request(target="/healthz", method="GET", headers=(), body=b"", host="localhost", version="HTTP/1.1", end="\r\n"):
    if isinstance(target, str):
        target = target.encode("utf-8", "surrogatepass")
    lines = [method.encode() + b" " + target + b" " + version.encode()]
    if host is not None:
        lines.append(b"Host: " + host.encode("latin-1", "replace"))
    for line in headers:
        lines.append(line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass"))
    return end.encode().join(lines) + end.encode() * 2 + body


def post(target, body, kind):
    if isinstance(body, str):
        body = body.encode("utf-8", "surrogatepass")
    return request(target, "POST", [f"Content-Type: {kind}", f"Content-Length: {len(body)}"], body)


def naughty_strings():
    """The npm package big-list-of-naughty-strings, where npm has put it; else none."""
    root = pathlib.Path(__file__).resolve().parents[2]
    folders = [os.environ.get("FUNDSTELLE_NODE_MODULES", "")]
    folders += [str(found) for found in root.glob("build/*/api-test/node_modules")]
    for folder in folders:
        file = pathlib.Path(folder) / "big-list-of-naughty-strings" / "blns.json"
        if folder and file.is_file():
            return json.loads(file.read_text(encoding="utf-8"))
    return []


def request_lines():
    add = lambda name, data, right=REFUSED, **more: Input("request line", name, data, right, **more)  # noqa: E731
    for method in ("get", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "FOO", "G" * 5000,
                   "GE T", "GET\t", "\x00GET", "G\xcbT", "()", "'; DROP TABLE"):
        yield add(f"method {method[:12]!r}", request(method=method), cut=True)
    for version in ("HTTP/9.9", "HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/1", "http/1.1", "HTTP/1.1 x", "HTP/1.1", "",
                    "HTTP/11", "HTTP/-1.1", "HTTP/1.1\x00", "HTTP/99999999999.1"):
        yield add(f"version {version!r}", request(version=version), EITHER, cut=True)
    for name, data in {
        "no version": b"GET /healthz\r\n\r\n", "only line ends": b"\r\n\r\n\r\n\r\n", "line end first": b"\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        "bare LF": b"GET /healthz HTTP/1.1\nHost: a\n\n", "bare CR": b"GET /healthz HTTP/1.1\rHost: a\r\r",
        "two blanks": b"GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n", "tab": b"GET\t/healthz\tHTTP/1.1\r\nHost: a\r\n\r\n",
        "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "asterisk": b"GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "absolute": b"GET http://localhost/healthz HTTP/1.1\r\nHost: a\r\n\r\n", "absolute elsewhere": b"GET http://169.254.169.254/latest/meta-data HTTP/1.1\r\nHost: a\r\n\r\n",
        "absolute file": b"GET file:///etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", "authority": b"CONNECT localhost:22 HTTP/1.1\r\nHost: a\r\n\r\n",
        "no slash": b"GET healthz HTTP/1.1\r\nHost: a\r\n\r\n", "empty target": b"GET  HTTP/1.1\r\nHost: a\r\n\r\n",
    }.items():
        yield add(name, data, EITHER, cut=True)
    for name, target, right in (
        ("NUL", b"/such\x00e", REFUSED), ("raw umlaut", "/suche?q=Ä", EITHER), ("raw Latin-1", b"/suche?q=\xc4", EITHER), ("raw bytes", b"/suche?q=\xff\xfe", REFUSED),
        ("fragment", "/healthz#x", EITHER), ("backslash", "/..\\..\\etc\\passwd", REFUSED), ("15,000 slashes", "/" * 15_000, EITHER),
        ("16 KiB", "/" + "a" * 16_000, REFUSED), ("17 KiB", "/suche?q=" + "a" * 17_000, REFUSED), ("100 KiB", "/suche?q=" + "a" * 100_000, REFUSED),
        ("700 KiB", "/" + "a" * 700_000, REFUSED), ("6,000 parameters", "/suche?" + "&".join(f"a{i}=1" for i in range(1500)), EITHER),
        ("equal parameters", "/api/v1/search?" + "&".join("q=a" for _ in range(1500)), FINE), ("only ampersands", "/suche?" + "&" * 5000, EITHER),
        ("only equals", "/suche?" + "=" * 5000, EITHER), ("question marks", "/suche?" + "?" * 5000, EITHER), ("semicolons", "/suche;a=b;c=d", REFUSED),
        ("dots", "/" + "../" * 500 + "etc/passwd", REFUSED), ("control", b"/suche?q=\x01\x02", REFUSED), ("DEL", b"/suche?q=\x7f", REFUSED),
        ("escape", b"/suche?q=\x1b[31m", REFUSED), ("CRLF", "/suche?q=%0d%0aSet-Cookie:%20a=b", FINE), ("CRLF in path", "/%0d%0aLocation:%20x", REFUSED),
        ("half escape", "/suche?q=%", REFUSED), ("half escape 2", "/suche?q=%4", REFUSED), ("no hex", "/suche?q=%zz", REFUSED), ("%u", "/suche?q=%u0041", REFUSED),
        ("%00", "/suche?q=%00", REFUSED), ("overlong", "/%c0%ae%c0%ae/etc/passwd", REFUSED), ("overlong value", "/suche?q=%c0%af", REFUSED),
        ("surrogate", "/suche?q=%ed%a0%80", REFUSED), ("above U+10FFFF", "/suche?q=%f4%90%80%80", REFUSED), ("BOM", "/suche?q=%ef%bb%bf", FINE),
        ("noncharacter", "/suche?q=%ef%bf%bf", FINE), ("twice encoded", "/dokument/%252e%252e%252fetc%252fpasswd", REFUSED),
    ):
        yield Input("target", name, request(target), right, cut=True)


def headers():
    for name, lines, right in (
        ("no Host", None, REFUSED), ("two Hosts", ["Host: evil.example"], REFUSED), ("no colon", ["quatsch"], EITHER), ("blank before colon", ["X-A : b"], EITHER),
        ("empty name", [": b"], EITHER), ("folded", ["X-A: b\r\n c"], EITHER), ("NUL in value", [b"X-A: b\x00c"], EITHER), ("NUL in name", [b"X\x00A: b"], EITHER),
        ("CR in value", [b"X-A: b\rc"], EITHER), ("bytes", [b"X-A: \xff\xfe\x80"], EITHER), ("8 KiB", ["X-A: " + "a" * 8_000], EITHER), ("64 KiB", ["X-A: " + "a" * 65_000], REFUSED),
        ("700 KiB", ["X-A: " + "a" * 700_000], REFUSED), ("300 headers", [f"X-{i}: b" for i in range(300)], EITHER), ("20,000 headers", [f"X-{i}: b" for i in range(20_000)], REFUSED),
        ("length abc", ["Content-Length: abc"], EITHER), ("length -1", ["Content-Length: -1"], EITHER), ("length +5", ["Content-Length: +0"], EITHER), ("length 1e3", ["Content-Length: 0e3"], EITHER),
        ("length 0x0", ["Content-Length: 0x0"], EITHER), ("length huge", ["Content-Length: 99999999999999999999999"], EITHER), ("length list", ["Content-Length: 0, 0"], EITHER),
        ("two lengths", ["Content-Length: 0", "Content-Length: 5"], EITHER), ("length and chunks", ["Content-Length: 0", "Transfer-Encoding: chunked"], EITHER),
        ("chunks of GET", ["Transfer-Encoding: chunked"], EITHER), ("odd coding", ["Transfer-Encoding: cow"], EITHER), ("two codings", ["Transfer-Encoding: gzip, chunked"], EITHER), ("coding folded", ["Transfer-Encoding:\r\n chunked"], EITHER),
        ("coding xchunked", ["Transfer-Encoding: xchunked"], EITHER), ("coding with tab", ["Transfer-Encoding:\tchunked"], EITHER), ("Expect", ["Expect: 100-continue"], EITHER), ("Expect odd", ["Expect: quatsch"], EITHER),
        ("Upgrade", ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"], EITHER), ("websocket", ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13"], EITHER),
        ("Connection odd", ["Connection: Host, Content-Length"], EITHER), ("Range", ["Range: bytes=0-1,1-2,2-3"], FINE), ("Range huge", ["Range: bytes=" + ",".join(f"{i}-{i}" for i in range(1000))], EITHER),
        ("If-None-Match huge", ["If-None-Match: " + ",".join(f'"{i}"' for i in range(1000))], FINE), ("If-None-Match *", ["If-None-Match: *"], FINE), ("If-Modified-Since", ["If-Modified-Since: quatsch"], FINE),
        ("Accept odd", ["Accept: ;;;,,,q=9"], FINE), ("Accept empty", ["Accept:"], FINE), ("Accept-Encoding odd", ["Accept-Encoding: gzip;q=abc, br;q=-1, *;q=99"], FINE), ("Accept-Encoding long", ["Accept-Encoding: " + "gzip," * 1000], FINE),
        ("Cookie odd", ["Cookie: a"], FINE), ("Cookie odder", ["Cookie: =;=;;;===" + "a" * 2000], FINE), ("Date odd", ["Date: gestern"], FINE), ("Cache-Control odd", ["Cache-Control: max-age=abc, private=\"x\""], FINE),
        ("Authorization", ["Authorization: Basic %%%"], FINE), ("Content-Type odd", ["Content-Type: quatsch"], FINE), ("Content-Type empty", ["Content-Type:"], FINE), ("Content-Encoding", ["Content-Encoding: gzip"], FINE),
        ("Forwarded", ["Forwarded: for=127.0.0.1", "X-Forwarded-For: 127.0.0.1", "X-Real-IP: 127.0.0.1"], FINE), ("rewrite", ["X-Original-URL: /admin", "X-Rewrite-URL: /admin", "X-HTTP-Method-Override: DELETE"], FINE),
        ("User-Agent", ["User-Agent: ${jndi:ldap://127.0.0.1/a}"], FINE), ("shellshock", ["User-Agent: () { :; }; /bin/sleep 9"], FINE),
    ):
        yield Input("header", name, request("/suche?q=Land", headers=lines or (), host=None if lines is None else "localhost"), right, cut=True)
    for host in ("", "a b", "evil.example\r\nX: y", "<script>", "localhost:99999", "localhost:abc", "[::1", "[::1]:80", "a" * 5000, "..", "/", "user:pass@host", "127.0.0.1:8080/x", "\u00e4.example"):
        yield Input("header", f"Host {host[:20]!r}", request("/feed.atom?q=Land", host=host), EITHER, cut=True)


def bodies():
    json_type, lines_type, form_type = "application/json", "application/x-ndjson", "application/x-www-form-urlencoded"
    add = lambda name, data, right=REFUSED, **more: Input("body", name, data, right, **more)  # noqa: E731
    asked, batch, page = "/api/v1/asked", "/api/v1/batch", "/schon-gefragt"
    for name, text in {
        "empty": "", "not JSON": "{", "a list": "[1,2]", "a number": "7", "null": "null", "deep list": "[" * 100_000, "deep object": '{"a":' * 50_000, "deep question": '{"questions":' + "[" * 5000 + "]" * 5000 + "}",
        "wrong types": '{"text": {"a": 1}, "questions": 7}', "question odd": '{"questions": [{"text": 7.5}]}', "size odd": '{"questions": ["Was?"], "size": -1}', "size huge": '{"questions": ["Was?"], "size": 99999999999999999999}',
        "101 questions": json.dumps({"questions": ["Wie viele?"] * 101}), "too long": json.dumps({"text": "Frage? " * 40_000}), "unknown": '{"questions": ["Was?"], "farbe": 1}', "bytes": b'{"text": "\xff\xfe"}',
        "lone surrogate": '{"questions": ["\\ud800"]}', "600 KiB of blanks": " " * 600_000, "NUL": b"\x00" * 1000,
    }.items():
        yield add("asked " + name, post(asked, text, json_type), EITHER if name in ("lone surrogate", "wrong types") else REFUSED)
    for name, text, right in (
        ("form", "text=Wie+viele%3F", FINE), ("form NUL", "text=%00%01", EITHER), ("form bad escape", "text=%zz", REFUSED), ("100,000 pairs", "&".join("a=1" for _ in range(100_000)), EITHER), ("form huge value", "text=" + "Frage%3F+" * 60_000, REFUSED),
    ):
        yield add("draft " + name, post(page, text, form_type), right)
    yield add("draft as text", post(page, "Wie viele?", "text/plain"))
    yield add("draft as multipart", post(page, "--x\r\n\r\n--x--", "multipart/form-data; boundary=x"))
    line = '{"id": 1, "query": "Land"}\n'
    for name, text, right in (
        ("empty", "", REFUSED), ("garbage", "quatsch\n" * 1000, FINE), ("10,001 lines", "{}\n" * 10_001, REFUSED), ("deep", '{"id": 1, "query": ' + "[" * 100_000 + "\n", FINE), ("no ids", '{"query": "a"}\n' * 50, FINE),
        ("equal ids", line * 50, FINE), ("huge line", '{"id": 1, "query": "' + "a" * 500_000 + '"}\n', FINE), ("huge id", '{"id": "' + "i" * 100_000 + '", "query": "Land"}\n', FINE), ("all hits", '{"id": 1, "query": "", "hits": "all", "unit": "passage", "fields": "id,text"}\n', FINE),
        ("odd hits", '{"id": 1, "query": "Land", "hits": -5}\n{"id": 2, "query": "Land", "hits": 99999999999999999999}\n{"id": 3, "query": "Land", "hits": 1.5}\n', FINE), ("NUL", '{"id": 1, "query": "\\u0000"}\n', FINE), ("lone surrogate", '{"id": 1, "query": "\\ud800"}\n', FINE),
        ("bytes", b'{"id": 1, "query": "\xff"}\n\xfe\xfe\n', FINE), ("CR only", '{"id": 1, "query": "Land"}\r{"id": 2}', FINE), ("BOM", "\ufeff" + line, FINE), ("cursors", '{"id": 1, "query": "Land", "cursor": "%s"}\n' % ("A" * 5000), FINE),
        ("paths", '{"id": "../../etc/passwd", "query": "../../etc/passwd", "fields": "../x"}\n', FINE), ("filters object", '{"id": 1, "query": "a", "filters": {"filters": {"a": 1}}}\n', FINE), ("true", '{"id": true, "query": true}\n', FINE),
    ):
        yield add("batch " + name, post(batch, text, lines_type), right)
    for parameters in ("line=-1", "line=99999999999999999999", "given=x", "cursor=x&given=5&line=1", "revision=%00", "hits=all&hits=1", "q=a", "fields=" + "id," * 3000, "line=5000000"):
        yield add("batch ?" + parameters[:30], post(batch + "?" + parameters, line, lines_type), EITHER)
    for kind in ("", "text/html", "application/x-www-form-urlencoded", "application/xml", "quatsch", "application/json; charset=\x01", "a/b" * 500):
        yield add(f"batch as {kind[:20]!r}", post(batch, line, kind), EITHER)
    yield add("entity bomb", post(asked, '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]><l>&a;</l>', "application/xml"))
    yield add("packed", request(asked, "POST", ["Content-Type: application/json", "Content-Encoding: gzip", "Content-Length: 10"], b"\x1f\x8b\x08" + b"\x00" * 7))
    yield add("641 KiB", post(asked, "a" * 657_000, json_type), cut=True)
    yield add("5 MB", post(asked, "a" * 5_000_000, json_type), cut=True)
    yield add("body of GET", request("/suche?q=Land", headers=["Content-Length: 5"], body=b"hallo"), EITHER)
    for target in ("/", "/suche", "/healthz", "/api/v1/search", "/dokument/x", "/assets/x"):
        yield add("POST " + target, post(target, "a=b", form_type))
    for name, chunks in {
        "fine": b"2\r\n{}\r\n0\r\n\r\n", "extension": b"2;a=b\r\n{}\r\n0\r\n\r\n", "negative": b"-2\r\n{}\r\n0\r\n\r\n", "huge": b"FFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n", "no hex": b"zz\r\n{}\r\n0\r\n\r\n", "too short": b"1\r\n{}\r\n0\r\n\r\n", "trailer": b"2\r\n{}\r\n0\r\nX-A: b\r\n\r\n", "bare LF": b"2\n{}\n0\n\n", "0x": b"0x2\r\n{}\r\n0\r\n\r\n",
    }.items():
        yield add("chunks " + name, request(asked, "POST", ["Content-Type: application/json", "Transfer-Encoding: chunked"], chunks), EITHER, cut=True)
    many = b"".join(b"1\r\n \r\n" for _ in range(20_000)) + b"0\r\n\r\n"
    yield add("chunks 20,000", request(asked, "POST", ["Content-Type: application/json", "Transfer-Encoding: chunked"], many), cut=True)


def smuggling():
    inner = b"GET /hilfe HTTP/1.1\r\nHost: a\r\nX: "
    for name, lines, body in (
        ("CL.TE", [f"Content-Length: {len(inner) + 5}", "Transfer-Encoding: chunked"], b"0\r\n\r\n" + inner), ("TE.CL", ["Transfer-Encoding: chunked", "Content-Length: 4"], b"1c\r\nGET /hilfe HTTP/1.1\r\nHost: a\r\n\r\n0\r\n\r\n"),
        ("TE.TE", ["Transfer-Encoding: chunked", "Transfer-Encoding: cow"], b"0\r\n\r\n"), ("CL.CL", ["Content-Length: 0", f"Content-Length: {len(inner)}"], inner), ("TE blank", ["Transfer-Encoding : chunked"], b"0\r\n\r\n"), ("TE vertical tab", ["Transfer-Encoding: \x0bchunked"], b"0\r\n\r\n"),
    ):
        yield Input("smuggling", name, request("/api/v1/asked", "POST", ["Content-Type: application/json", *lines], body), EITHER, cut=True)
    yield Input("smuggling", "two requests", request("/healthz") * 2, EITHER)
    yield Input("smuggling", "a thousand requests", request("/healthz") * 1000, EITHER, cut=True)
    yield Input("smuggling", "garbage behind", request("/healthz") + b"\x00\xff" * 500, EITHER)


def half():
    for name, data in {
        "nothing": b"", "one letter": b"G", "request line": b"GET /healthz HTTP/1.1\r\n", "half a header": b"GET /healthz HTTP/1.1\r\nHost: loc", "no end": b"GET /healthz HTTP/1.1\r\nHost: a\r\n", "half a body": request("/api/v1/asked", "POST", ["Content-Type: application/json", "Content-Length: 1000"], b"{"),
        "half a chunk": request("/api/v1/asked", "POST", ["Content-Type: application/json", "Transfer-Encoding: chunked"], b"ff\r\n{"), "promised 640 KiB": request("/api/v1/batch", "POST", ["Content-Type: application/x-ndjson", "Content-Length: 650000"], b"{"), "answer not read": request("/suche?q=Land"),
    }.items():
        yield Input("half", name, data, EITHER, half=True)


def other_protocols(seed):
    for name, data in {
        "TLS": bytes.fromhex("16030100c8010000c40303") + bytes(200), "SSH": b"SSH-2.0-OpenSSH_9.2\r\n", "SMTP": b"EHLO a\r\nMAIL FROM:<a@b>\r\n", "Redis": b"*1\r\n$4\r\nINFO\r\n", "RDP": bytes.fromhex("0300002b26e00000000000") + b"Cookie: mstshash=hello\r\n", "SOCKS": bytes.fromhex("050100"), "SMB": bytes.fromhex("00000085ff534d4272000000"), "memcached": b"stats\r\n", "SIP": b"OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP a\r\n\r\n", "RTSP": b"OPTIONS / RTSP/1.0\r\n\r\n", "proxy protocol": b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", "proxy protocol 2": b"\r\n\r\n\x00\r\nQUIT\n" + bytes(20), "FastCGI": bytes.fromhex("0101000100080000"), "MySQL": bytes.fromhex("2000000185a6ff0900000001"), "LDAP": bytes.fromhex("300c020101600702010304008000"),
    }.items():
        yield Input("other protocol", name, data + b"\r\n\r\n", EITHER, cut=True)
    draw = random.Random(seed)
    for number in range(60):
        yield Input("noise", f"random bytes {number}", draw.randbytes(draw.randrange(1, 3000)) + b"\r\n\r\n", EITHER, cut=True)
    whole = request("/suche?q=Land&topic=verkehr", headers=["Accept-Encoding: gzip", "If-None-Match: \"x\""])
    for number in range(120):
        changed = bytearray(whole)
        for _ in range(draw.randrange(1, 5)):
            place = draw.randrange(len(changed))
            kind = draw.randrange(3)
            if kind == 0:
                changed[place] = draw.randrange(256)
            elif kind == 1:
                del changed[place]
            else:
                changed[place:place] = draw.randbytes(draw.randrange(1, 9))
        yield Input("noise", f"mutated {number}", bytes(changed) + b"\r\n\r\n", EITHER, cut=True)


VALUES = ("", " ", "-1", "0", "99999999999999999999", "1e9", "NaN", "0x10", "1.5", "%00", "'\"", "' OR 1=1 --", "<script>alert(1)</script>", "../../../../etc/passwd", "${7*7}", "{{7*7}}", "%n%n%n%s", "\\", "|id", "ä" * 300, "a" * 3000, ",".join("abc" * 1 for _ in range(300)), "-" * 50, ",,,", "null", "true", "[]", "\u202eabc", "\U0001f4a9", "2021-02-30", "31.12.9999", "verkehr;drop")


def parameters():
    searches = ("q", "type", "body", "topic", "group", "ministry", "legislature", "year", "from", "to", "match", "unit", "sort", "page", "size", "cursor", "facets", "recency", "ohne", "topic.x", "zzz")
    for name in searches:
        for value in VALUES:
            encoded = value if value.startswith("%0") else encode(value)
            yield Input("parameter", f"search {name}={value[:20]!r}", request(f"/api/v1/search?{name}={encoded}"), EITHER)
    for path, names in {"/suche": ("q", "topic", "page", "from"), "/filter": ("facet", "suche"), "/verlauf": ("step", "by", "top", "measure"), "/api/v1/trend": ("step", "by", "top"), "/api/v1/suggest": ("q", "size"), "/api/v1/export": ("format", "d", "bom"),
                        "/mappe": ("d",), "/dossier": ("d", "q"), "/feed.atom": ("q", "size"), "/schon-gefragt": ("q", "size"), "/opensearch/vorschlag": ("q",)}.items():
        for name in names:
            for value in VALUES[::2]:
                encoded = value if value.startswith("%0") else encode(value)
                yield Input("parameter", f"{path} {name}={value[:20]!r}", request(f"{path}?{name}={encoded}"), EITHER)


def paths():
    names = ("..", ".", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..%5c..%5cetc", "%00", "a%00.html", "a" * 81, "a" * 5000, "%c3%a4", "%ff", "a b", "a%20b", "~root", "$HOME", "*", "?", "<b>", "'", "\"", "|", "con", "nul.txt", "file:etc", ".htaccess", ".git", "index.html~")
    for pattern in ("/dokument/{}", "/api/v1/documents/{}", "/api/v1/documents/{}/original", "/api/v1/documents/{}/similar", "/dokument/{}/zitat.bib", "/drucksache/bt/19/{}", "/drucksache/{}/1", "/assets/{}", "/assets/pdfjs/{}", "/sitemap/{}"):
        for name in names:
            yield Input("path", pattern.format(name[:30]), request(pattern.format(name.replace(" ", "%20"))), EITHER if name in ("?", ".", "..") or "..%2f" in name else REFUSED, cut=" " in name)
    for path in ("/admin", "/metrics", "/.env", "/.git/config", "/wp-login.php", "/phpmyadmin/", "/server-status", "/actuator/env", "/cgi-bin/test.cgi", "/console", "/api/v2/search", "/api/v1", "/api/v1/", "/api/v1/index", "/etc/passwd", "/proc/self/environ", "/../../../etc/passwd", "/templates/layout.html", "/assets/../templates/layout.html", "/assets/..%2ftemplates%2flayout.html", "/originals/", "/gen-1/manifest.json"):
        yield Input("path", path, request(path), REFUSED)


def queries():
    words = "Land Bund Kommune Schule Straße Wohnung Geld Haushalt Gesetz Frage Antwort Minister".split()
    for name, q in {
        "5,000 brackets": "(" * 5000 + "a" + ")" * 5000, "open brackets": "(" * 5000, "open quotes": '"' * 5001, "3,000 words": " ".join(words[i % 12] + str(i) for i in range(1500)), "1,500 OR": " OR ".join(words * 120), "minus": "-" * 5000 + "a", "NOT chain": "NOT " * 2000 + "a", "AND chain": " AND ".join(words * 120),
        "stars": "* " * 2000, "one letter star": " ".join(letter + "*" for letter in "abcdefghijklmnopqrstuvwxyz"), "star in front": "*e *n *r", "long phrase": '"' + " ".join(words * 100) + '"', "phrases of stop words": " ".join('"der die das und"' for _ in range(200)), "NEAR chain": " NEAR/99 ".join(words * 50), "NEAR huge": "Land NEAR/999999999 Bund",
        "compound": "Donaudampfschifffahrtsgesellschaft" * 100, "no blanks": "a" * 15_000, "umlauts": "äöü" * 1000, "combining": "a" + "\u0301" * 3000, "zalgo": "".join(c + "\u0316\u0317\u0318" for c in "Landtag") * 50, "bidi": "\u202e\u2066abc\u2069" * 100, "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 100, "zero width": "L\u200ba\u200bn\u200bd" * 100,
        "fields": "von:" * 2000, "field chain": " ".join("titel:Land" for _ in range(500)), "numbers": " ".join(f"19/{i}" for i in range(900)), "ranges": "1900..2100 " * 300, "tildes": "Land~9 " * 500, "carets": "Land^999999999 " * 300, "colon": ":" * 5000, "slashes": "/" * 5000, "gender": "Bürger*innen:innen_innen/innen " * 150, "hyphens": "Kinder- und " * 400, "abbreviations": "z.B. d.h. u.a. " * 300, "mixed": "((\"a b\"* OR -c) NEAR/3 NOT (d)) " * 150,
        "control pictures": "\u2400\u2401", "private use": "\ue000" * 500, "Cyrillic look-alikes": "Вundеstаg", "full width": "Ｌａｎｄ", "ligatures": "ﬁﬂ" * 500, "long s": "Waſſer" * 200, "dotless": "ıİ" * 500, "Hangul": "가" * 2000, "regex": "(a+)+$" * 500, "XML": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;", "CSV": "=cmd|' /C calc'!A0",
    }.items():
        for path in ("/api/v1/search", "/suche"):
            yield Input("query", f"{path} {name}", request(f"{path}?q={encode(q)[:15_500].rsplit('%', 1)[0] if len(encode(q)) > 15_500 else encode(q)}"), EITHER)


def naughty():
    for number, text in enumerate(naughty_strings()):
        encoded = encode(text)
        if len(encoded) > 12_000:
            continue
        yield Input("naughty q", f"{number}", request(f"/api/v1/search?q={encoded}&size=1&facets=none"), EITHER)
        yield Input("naughty page", f"{number}", request(f"/suche?q={encoded}"), EITHER)
        yield Input("naughty path", f"{number}", request(f"/dokument/{encoded}"), EITHER if not text or text.startswith((".", "/")) else REFUSED, cut=True)
        yield Input("naughty header", f"{number}", request("/healthz", headers=[b"X-A: " + text.encode("utf-8", "surrogatepass").replace(b"\n", b" ").replace(b"\r", b" ")]), EITHER, cut=True)
        yield Input("naughty batch", f"{number}", post("/api/v1/batch", json.dumps({"id": text or "leer", "query": text, "hits": 1}) + "\n", "application/x-ndjson"), FINE)


def inputs(seed=8):
    for make in (request_lines, headers, bodies, smuggling, half, lambda: other_protocols(seed), parameters, paths, queries, naughty):
        yield from make()
