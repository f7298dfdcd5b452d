# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of searchd under load; and SIGTERM under load, which must lose no request."""
import http.client
import signal
import time

from stress_parts.house import Load, Report

NAME, ORDER = "kill-searchd", 30
SUMMARY = "50 kill -9 of searchd under load: it starts again at once; SIGTERM loses no request"


def run(house):
    report = Report()
    times = house.choose("times", 50, 3)
    documents = house.choose("documents", 1000, 200)
    index = house.make_index(documents)
    before = house.documents_in(index)
    starts, wrong = [], []
    for attempt in range(times):
        started = time.monotonic()
        server = house.searchd(index)
        starts.append(time.monotonic() - started)
        if server.json("/api/v1/search?q=allesamt&size=1&facets=none")["total"]["value"] != documents:
            wrong.append(f"start {attempt}: not all documents are found")
        load = house.load(server, 8, house.usual_targets(documents))
        time.sleep(0.2 + 0.6 * (attempt % 5) / 5)
        server.stop(signal.SIGKILL)
        load._stop.set()
        if load.answered == 0:
            wrong.append(f"start {attempt}: no answer before the kill")
        load.stop()
    checked = house.indexer("check", "--index", index)
    report.say(f"{times} kills under load; ready after {min(starts):.2f} to {max(starts):.2f} s")
    for line in wrong[:10]:
        report.say(line)
    report.check(not wrong, f"{len(wrong)} starts were not whole")
    report.check(checked.returncode == 0 and house.documents_in(index) == before,
                 f"the index is sound and has its {before} documents")

    # Drain: whatever was asked before the end is answered, or refused with 503 in words.
    lost, answered, refused = [], 0, 0
    for attempt in range(house.choose("times", 10, 2) if house.short else 10):
        server = house.searchd(index, "[drain]\nnotice_seconds = 1\nseconds = 10\n")
        load = Load(server.port, 8, house.usual_targets(documents))
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        try:
            status = server.get("/readyz")[0]
            if status != 503:
                lost.append(f"/readyz says {status} while ending")
        except OSError as error:
            lost.append(f"/readyz cannot be asked while ending: {error}")
        time.sleep(0.2)
        load._stop.set()  # within the notice: what is on its way must still be answered
        load.stop()
        # That /readyz says 503 now is what the notice is for.
        lost += [line for line in load.failures if line != "/readyz: status 503"]
        answered += load.answered
        refused += load.refused
        code = server.stop()
        if code != 0:
            lost.append(f"exit code {code}")
    report.say(f"SIGTERM under load: {answered} answered, {refused} refused with Retry-After, {len(lost)} lost")
    for line in lost[:10]:
        report.say("lost: " + line)
    report.check(not lost, "SIGTERM loses no request in flight, /readyz turns first, exit code 0")

    # A request that is being worked on when the signal comes is answered.
    server = house.searchd(index, "[drain]\nnotice_seconds = 1\nseconds = 10\n")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/api/v1/search?q=allesamt&size=100")
    server.process.send_signal(signal.SIGTERM)
    try:
        status = connection.getresponse().status
    except OSError as error:
        status = f"{type(error).__name__} {error}"
    report.check(status in (200, 503), f"a request sent just before SIGTERM gets an answer ({status})")
    report.check(server.stop() == 0, "and the exit code is 0")
    return report
