# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that ask for answers of 5 MB and never read a byte, straight at searchd, while honest ones are measured.

Quiet and attacked phases take turns. Once with room for all of these answers at a time, once with the default of
two (the others get 503 in words). At the end the clients read on: every byte must still come, in order."""
import json
import re
import socket
import statistics
import threading
import time

from stress_parts.house import CannotRun, Report

NAME, ORDER = "unread", 32
SUMMARY = "20 clients ask for 5 MB and never read, honest ones measured"
DEAF, BYTES = 20, 5_000_000
TARGET = "/api/v1/documents/stress-9000000"


def deaf(port):
    client = socket.socket()
    client.settimeout(20)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {TARGET} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    return client


def read_all(client):
    """(status, bytes of the body, bytes that were promised)."""
    got = bytearray()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    try:
        while True:
            more = client.recv(1 << 18)
            if not more:
                break
            got += more
    except OSError:
        pass  # what came so far is compared with what was promised
    head, _, body = bytes(got).partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *(\d+)", head.lower())
    return int(head[9:12] or 0), body, int(length.group(1)) if length else -1


def run(house):
    report = Report()
    documents = 300 if house.short else 2000
    folder = house.make_collection(documents)
    long = dict(house.collection.record(9_000_000))
    long["text"] = "\n\n".join(" ".join(house.collection.words[i % 9000:i % 9000 + 40]) for i in range(0, 10**9, 40)
                               if i < BYTES // 9)
    (folder / "long.jsonl").write_text(json.dumps(long, ensure_ascii=False) + "\n", encoding="utf-8")
    index = house.scratch / "index"
    said = house.indexer("index", "--index", index, folder)
    if said.returncode != 0:
        raise CannotRun("indexing ended with " + said.stderr[-400:])
    seconds = house.choose("seconds", 60, 8) / 4
    for held in (DEAF, 2):
        server = house.searchd(index, f"big_answers = {held}\n[admin]\nlisten = \"127.0.0.1:0\"\n")
        whole = server.get(TARGET)[2]
        report.check(len(whole) >= BYTES * 0.8, f"room for {held}: the long answer has {len(whole) / 1e6:.1f} MB")
        times, failures, before = {"quiet": [], "attacked": []}, [], server.memory_mib()
        clients = []
        for phase in ("quiet", "attacked") * 2:
            if phase == "attacked":
                threads = []
                for _ in range(DEAF - len(clients)):  # all at once
                    threads.append(threading.Thread(target=lambda: clients.append(deaf(server.port))))
                    threads[-1].start()
                for thread in threads:
                    thread.join()
                time.sleep(0.5)
            load = house.load(server, 4, house.usual_targets(documents), pause=0.05)
            time.sleep(seconds)
            load.stop()
            times[phase] += load.times
            failures += load.failures
            if phase == "attacked" and len(times["attacked"]) == len(load.times):
                during = server.memory_mib()
                read = [read_all(client) for client in clients]
                for client in clients:
                    client.close()
                clients = []
                good = sum(status == 200 and body == whole for status, body, _ in read)
                refused = sum(status == 503 for status, _, _ in read)
                report.check(good + refused == DEAF and good >= min(held, DEAF) and all(
                    len(body) == length for _, body, length in read),
                    f"{good} read all of it in the end, byte for byte; {refused} were refused (503)")
        for client in clients:
            client.close()
        quiet, attacked = (statistics.median(times[name]) * 1000 for name in ("quiet", "attacked"))
        slowest = max(times["attacked"]) * 1000
        report.say(f"honest: {len(times['quiet'])} requests in quiet, median {quiet:.1f} ms; {len(times['attacked'])} beside "
                   f"{DEAF} deaf clients, median {attacked:.1f} ms, slowest {slowest:.0f} ms; memory {before:.0f} MiB before, "
                   f"{during:.0f} during")
        report.check(not failures, f"no honest request failed {failures[:3]}")
        report.check(attacked < 2 * quiet + 5, "the median stays below twice the quiet one (and 5 ms)")
        until = time.monotonic() + 10
        while time.monotonic() < until and server.metrics().get("fundstelle_http_sending_bytes", 0) > 0:
            time.sleep(0.1)
        status = server.get(TARGET)[0]
        report.check(status == 200, f"once they are gone the long answer is there again ({status})")
        report.check(server.stop() == 0, "ends with 0 on SIGTERM")
    return report
