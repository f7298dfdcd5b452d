# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes under a running searchd: an index that comes late, one that is damaged, settings, few descriptors."""
import signal
import time

from stress_parts.house import Report

NAME, ORDER = "changes", 6
SUMMARY = "no index yet, a damaged newer one, settings read again, few open files"


def until(true, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def run(house):
    report = Report()
    settings = 'wait_for_index = true\n[admin]\nlisten = "127.0.0.1:0"\n'
    server = house.searchd(house.scratch / "index", settings)
    status, headers, body = server.get("/suche?q=allesamt")
    report.check(status == 503 and "text/html" in headers["Content-Type"] and "Retry-After" in headers,
                 f"without an index: {status}, a page, Retry-After")
    report.check(server.get("/readyz")[0] == 503 and server.get("/healthz")[0] == 200, "/readyz 503, /healthz 200")
    index = house.make_index(100)
    report.check(until(lambda: server.get("/readyz")[0] == 200), "the index that came later is served")

    (index / "current").rename(index / "kept")
    (index / "current").write_bytes(b"\x00damaged\xff")
    report.check(until(lambda: server.metrics()["fundstelle_index_newer_unreadable"] == 1), "a damaged newer index is told")
    report.check(server.get("/readyz")[0] == 200 and b'"value":100' in server.get(
        "/api/v1/search?q=allesamt&facets=none")[2].replace(b" ", b""), "the last good one is served meanwhile")
    again = house.searchd(index, wait=False)
    report.check(until(lambda: not again.alive()) and again.stop() == 2 and str(index) in again.said(),
                 f"started on it: exit code 2, {again.said().strip()[-160:]}")
    (index / "kept").rename(index / "current")
    report.check(until(lambda: server.metrics()["fundstelle_index_newer_unreadable"] == 0), "and told when it is well again")

    server.config.write_text('site_nam = "x"\n', encoding="utf-8")
    server.process.send_signal(signal.SIGHUP)
    report.check(until(lambda: "settings_kept_old" in server.said()) and "site_name" in server.said(),
                 "wrong settings change nothing, the log names the nearest key")
    server.config.write_text(settings.replace("wait", 'site_name = "Andere Fundstelle"\nqueue = 9\nwait') +
                             "[limits]\nquery_words = 1\n", encoding="utf-8")
    server.process.send_signal(signal.SIGHUP)
    report.check(until(lambda: b"Andere Fundstelle" in server.get("/")[2]), "right ones hold for the next request")
    report.check('needs_restart=queue' in server.said(), "what needs a restart is named")
    report.check(b"1. Wort" in server.get("/api/v1/search?q=eins+zwei+drei")[2], "a limit of queries holds at once")
    report.check(server.stop() == 0, "SIGTERM ends it with 0")

    few = house.searchd(index, command=("prlimit", "--nofile=400:400"))
    report.check("few_open_files" in few.said() and few.get("/suche?q=allesamt")[0] == 200,
                 "with 400 open files it serves, with fewer connections, and says so")
    none = house.searchd(index, wait=False, command=("prlimit", "--nofile=100:100"))
    report.check(until(lambda: not none.alive()) and none.stop() == 2 and "LimitNOFILE" in none.said(),
                 "with 100 it does not start: exit code 2 and the remedy")
    return report
