# SPDX-License-Identifier: GPL-3.0-or-later
"""More than a thousand hostile requests, straight at searchd and through nginx with the site we ship.

Straight: the server must live, answer the next honest request, log no failure, and hold no more memory and
descriptors after the second round than after the first. Answers that are not right by HTTP are listed: they
are the network library's, and reach nobody behind the proxy. Through nginx every answer must be right."""
import collections
import re
import socket
import time

from . import hostile_inputs
from .hostile_inputs import FINE, REFUSED
from .house import CannotRun
from .nginx import Nginx

NAME, SUMMARY, ORDER = "hostile", "1,000 and more hostile requests, straight and through nginx", 30
MEMORY_MIB, DESCRIPTORS = 48, 2
WAIT = 1.0  # for an answer that may never come


def answer_of(port, one, wait):
    """Status of the first answer; 0: cut without one; None: nothing came in time."""
    with socket.socket() as client:
        client.settimeout(wait)
        client.connect(("127.0.0.1", port))
        try:
            client.sendall(one.data)
        except OSError:
            pass  # refused before all was said: the answer may stand there already
        if one.half:
            return None
        got = b""
        try:
            while b"\r\n\r\n" not in got:
                more = client.recv(65536)
                if not more:
                    break
                got += more
            head = re.match(rb"HTTP/1\.[01] (\d\d\d)", got)
            if not head:
                return 0 if not got else 200  # HTTP/0.9: a body alone
            length = re.search(rb"\r\ncontent-length: *(\d+)", got.lower())
            want = got.find(b"\r\n\r\n") + 4 + int(length.group(1)) if length else 0
            while len(got) < want:
                more = client.recv(262144)
                if not more:
                    break
                got += more
            return int(head.group(1))
        except socket.timeout:
            return None
        except OSError:
            return 0


def is_right(one, status):
    if status in (None, 0):
        return one.cut or one.half
    if status == 429:
        return True
    refused = 400 <= status < 500 or status in (501, 505)
    if one.right == FINE:
        return status in (200, 302, 304)
    return refused if one.right == REFUSED else refused or status < 400 or status in (501, 505)


def honest(server):
    """None, or what is wrong with the next honest request."""
    try:
        status, _, body = server.get("/api/v1/search?q=Land&size=1&facets=none", timeout=20)
        return None if status == 200 and b'"revision"' in body else f"status {status}"
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__} {error}"


def run(house):
    report = house.Report()
    every = list(hostile_inputs.inputs(house.seed))
    if not any(one.group.startswith("naughty") for one in every):
        report.say("without the naughty strings: npm package big-list-of-naughty-strings is not there (tests/api/run fetches it)")
    if house.short:  # of every group the first five and then every fifteenth
        counted = collections.Counter()
        chosen = []
        for one in every:
            counted[one.group] += 1
            if counted[one.group] <= 5 or counted[one.group] % 15 == 0 or one.group in ("smuggling", "body"):
                chosen.append(one)
        every = chosen
    server = house.searchd(house.make_index(300 if house.short else 2000))
    report.say(f"{len(every)} inputs: " + ", ".join(f"{group} {n}" for group, n in collections.Counter(
        one.group for one in every).items()))

    # Every handler opens the index once: that is no leak.
    warming = house.load(server, 8, lambda draw: f"/api/v1/search?q=a{draw.random()}&size=1")
    time.sleep(2 if house.short else 5)
    warming.stop()
    time.sleep(1)
    at_rest = server.descriptors()
    odd, unanswered, held = [], [], []
    for turn in (1, 2):
        statuses = collections.Counter()
        for number, one in enumerate(every):
            status = answer_of(server.port, one, WAIT if one.cut else 20)
            statuses[status] += 1
            if turn == 1 and not is_right(one, status):
                odd.append((one, status))
            if not server.alive():
                report.check(False, f"ended after {one.group}: {one.name}")
                return report
            if number % (10 if house.short else 5) == 0:
                wrong = honest(server)
                if wrong:
                    unanswered.append(f"after {one.group} {one.name}: {wrong}")
        held.append((settled_memory(server, at_rest), server.descriptors()))
        report.say(f"round {turn}: {held[-1][0]:.0f} MiB, {held[-1][1]} descriptors; answers: " + ", ".join(
            f"{status if status is not None else 'none'} {n}" for status, n in sorted(
                statuses.items(), key=lambda item: str(item[0]))))
    report.check(server.alive(), "searchd is still the same process")
    report.check(not unanswered, "the next honest request was answered every time" + listed(unanswered))
    failures = [line for line in server.said().splitlines() if "request failed" in line]
    report.check(not failures, "no failure was logged" + listed(failures))
    report.check(held[1][0] - held[0][0] < MEMORY_MIB, f"memory grew {held[1][0] - held[0][0]:.0f} MiB in the second round")
    report.check(held[1][1] - at_rest <= DESCRIPTORS, f"{at_rest} descriptors before, {held[1][1]} behind two rounds")
    report.say(f"straight: {len(odd)} answers that are not right by HTTP (the library's; docs/security.md lists their kinds):")
    for group, members in grouped(odd):
        report.say(f"  {group}: " + "; ".join(f"{one.name} -> {status}" for one, status in members[:12]) +
                   (f" and {len(members) - 12} more" if len(members) > 12 else ""))

    try:
        proxy = Nginx(house, server.port, limits=False)
    except CannotRun as error:
        report.say(f"not tried through nginx: {error}")
        report.check(server.stop() == 0, "ends with 0 on SIGTERM")
        return report
    wrong = []
    for one in every:
        status = answer_of(proxy.port, one, WAIT if one.cut else 70)
        if not is_right(one, status):
            wrong.append(f"{one.group} {one.name}: {status}, right is {one.right}")
    report.check(not wrong, f"through nginx every answer is right ({len(every)} inputs)" + listed(wrong, 40))
    report.check(server.alive() and honest(server) is None, "searchd behind nginx still answers")
    proxy.stop()
    report.check(server.stop() == 0, "ends with 0 on SIGTERM")
    return report


def settled_memory(server, descriptors):
    """Half-said requests go with their time limit (40 s at most), and the memory of answers with them."""
    until = time.monotonic() + 50
    while server.descriptors() > descriptors and time.monotonic() < until:
        time.sleep(0.2)
    return server.memory_mib()


def grouped(pairs):
    groups = collections.defaultdict(list)
    for one, status in pairs:
        groups[one.group].append((one, status))
    return groups.items()


def listed(lines, most=8):
    return "".join(f"\n         {line}" for line in lines[:most]) + (f"\n         and {len(lines) - most} more" if len(lines) > most else "")
