# SPDX-License-Identifier: GPL-3.0-or-later
"""500 connections that only waste time, while honest clients ask through nginx with the site we ship.

A third of them sends a header byte by byte, a third a body, a third reads its answer a few bytes at a time; whoever
is cut comes again. Honest clients come from addresses of their own (127.0.1.x), as they do in the world, so that
limits by address hold for each alone. Their median time must stay below twice that of quiet minutes; quiet and
attacked phases take turns, so that whatever else the machine does meets both."""
import http.client
import random
import socket
import statistics
import threading
import time

from .nginx import Nginx

NAME, SUMMARY, ORDER = "slowloris", "500 slow connections through nginx, honest clients measured", 31
CLIENTS = 6


class Slow(threading.Thread):
    """Keeps `wanted` slow connections open to a port, in one thread."""

    def __init__(self, port, wanted):
        super().__init__(daemon=True)
        self.port, self.wanted = port, wanted
        self.active, self.stopping = threading.Event(), threading.Event()
        self.opened, self.cut, self.most = 0, 0, 0
        self.open = []

    def connect(self, number):
        client = socket.socket()
        client.settimeout(2)
        client.bind((f"127.0.2.{1 + number % 250}", 0))
        if number % 3 == 2:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.connect(("127.0.0.1", self.port))
        client.sendall((b"GET /such", b"POST /api/v1/asked HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        b"Content-Length: 100000\r\n\r\n{", b"GET /suche?q=allesamt HTTP/1.1\r\nHost: localhost\r\n\r\n")[number % 3])
        client.setblocking(False)
        self.opened += 1
        return number % 3, client

    def run(self):
        while not self.stopping.is_set():
            if not self.active.is_set():
                for _, client in self.open:
                    client.close()
                self.open = []
                self.active.wait(0.1)
                continue
            for _ in range(60):
                if len(self.open) >= self.wanted:
                    break
                try:
                    self.open.append(self.connect(self.opened))
                except OSError:
                    self.cut += 1
                    break
            self.most = max(self.most, len(self.open))
            kept = []
            for kind, client in self.open:
                try:
                    if kind == 2:
                        alive = len(client.recv(16)) > 0
                    else:
                        client.send(b"a")
                        client.recv(4096)  # an answer, or the end: told to go
                        alive = False
                except BlockingIOError:
                    alive = True
                except OSError:
                    alive = False
                if alive:
                    kept.append((kind, client))
                else:
                    client.close()
                    self.cut += 1
            self.open = kept
            time.sleep(0.3)

    def stop(self):
        self.stopping.set()
        self.join(5)
        for _, client in self.open:
            client.close()


class Honest(threading.Thread):
    def __init__(self, port, number, target):
        super().__init__(daemon=True)
        self.port, self.number, self.target = port, number, target
        self.times = {"quiet": [], "attacked": []}
        self.failures, self.phase = [], None
        self.stopping = threading.Event()

    def run(self):
        draw = random.Random(f"honest-{self.number}")
        connection = None
        while not self.stopping.is_set():
            phase = self.phase
            if phase is None:
                time.sleep(0.02)
                continue
            target = self.target(draw)
            started = time.perf_counter()
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30,
                                                            source_address=(f"127.0.1.{1 + self.number}", 0))
                connection.request("GET", target)
                response = connection.getresponse()
                response.read()
                if response.status != 200:
                    self.failures.append(f"{phase} {target}: status {response.status}")
            except Exception as error:  # noqa: BLE001
                self.failures.append(f"{phase} {target}: {type(error).__name__} {error}")
                connection = None
                continue
            if self.phase == phase:
                self.times[phase].append((time.perf_counter() - started) * 1000)
            time.sleep(0.15)


def run(house):
    report = house.Report()
    wanted = 100 if house.short else 500
    seconds = house.choose("seconds", 120.0, 10.0)
    documents = 300 if house.short else 5000
    server = house.searchd(house.make_index(documents))
    proxy = Nginx(house, server.port)
    targets = house.usual_targets(documents)
    clients = [Honest(proxy.port, i, targets) for i in range(CLIENTS)]
    slow = Slow(proxy.port, wanted)
    for thread in (*clients, slow):
        thread.start()
    turns = 2 if house.short else 4

    def phase(name, length):
        for one in clients:
            one.phase = name
        time.sleep(length)
        for one in clients:
            one.phase = None

    phase("quiet", 1)
    for one in clients:
        one.times["quiet"].clear()
    open_at_once = []
    for _ in range(turns):
        phase("quiet", seconds / turns / 2)
        slow.active.set()
        until = time.monotonic() + 20
        while len(slow.open) < wanted * 0.95 and time.monotonic() < until:
            time.sleep(0.1)
        open_at_once.append(len(slow.open))
        phase("attacked", seconds / turns / 2)
        open_at_once.append(len(slow.open))
        slow.active.clear()
        time.sleep(0.5)
    for one in clients:
        one.stopping.set()
    slow.stop()
    quiet = sorted(t for one in clients for t in one.times["quiet"])
    attacked = sorted(t for one in clients for t in one.times["attacked"])
    failures = [line for one in clients for line in one.failures]
    for name, times in (("quiet", quiet), ("attacked", attacked)):
        report.say(f"{name}: {len(times)} honest requests, median {statistics.median(times):.1f} ms, "
                   f"p95 {times[int(len(times) * 0.95)]:.1f} ms, slowest {times[-1]:.0f} ms")
    report.say(f"slow connections: {wanted} wanted, {min(open_at_once)} to {max(open_at_once)} open, {slow.opened} opened in all, "
               f"{slow.cut} cut by the proxy; searchd holds {server.descriptors()} descriptors")
    report.check(min(open_at_once) >= wanted * 0.8, "the slow connections were there")
    report.check(statistics.median(attacked) < 2 * statistics.median(quiet), "the median stays below twice the quiet one")
    report.check(not failures, "no honest request failed" + "".join(f"\n         {line}" for line in failures[:8]))
    proxy.stop()
    report.check(server.stop() == 0, "searchd ends with 0 on SIGTERM")
    return report
