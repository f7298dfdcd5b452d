# SPDX-License-Identifier: GPL-3.0-or-later
"""searchd under ThreadSanitizer: load, swaps of the index, settings read again, the end."""
import os
import pathlib
import re
import signal
import subprocess
import time

from stress_parts.house import CannotRun, Report, Searchd
from stress_parts.soak import Swapper

NAME, ORDER, HAS_SHORT = "tsan", 90, False
SUMMARY = "searchd built with ThreadSanitizer, under load with swaps and reloads (builds build/tsan first)"
ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(house):
    report = Report()
    build = pathlib.Path(os.environ.get("FUNDSTELLE_TSAN_BUILD", ROOT / "build" / "tsan"))
    if "FUNDSTELLE_TSAN_BUILD" not in os.environ:
        for command in (["cmake", "--preset", "tsan", "-DFUNDSTELLE_TESTS=OFF"],
                        ["cmake", "--build", str(build), "--target", "fundstelle-searchd"]):
            said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            if said.returncode != 0:
                raise CannotRun(f"{' '.join(command)}: {(said.stdout + said.stderr)[-800:]}")
    seconds = house.choose("seconds", 120, 20)
    documents = house.choose("documents", 500, 300)
    documents -= documents % 100
    index = house.make_index(documents)
    plain = house.bin
    house.bin = build / "bin"
    log = house.scratch / "tsan"
    server = Searchd(house, index, '[admin]\nlisten = "127.0.0.1:0"\n', environment={
        "TSAN_OPTIONS": f"suppressions={ROOT / 'tools/stress_parts/tsan.supp'}:log_path={log}:"
                        "history_size=5:report_signal_unsafe=0"})
    house.bin = plain
    swapper = Swapper(house, index, house.scratch / "records", documents, 5)
    load = house.load(server, 8, house.usual_targets(documents))
    swapper.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.alive():
        time.sleep(2)
        if server.alive():
            server.process.send_signal(signal.SIGHUP)
            server.metrics()
    swapper.stopping.set()
    load.stop()
    swapper.join(120)
    code = server.stop(seconds=60)
    found = "".join(p.read_text(errors="replace") for p in sorted(house.scratch.glob("tsan.*")))
    kinds = re.findall(r"^SUMMARY: ThreadSanitizer: (.*)$", found, re.M)
    report.say(f"{seconds:.0f} s, 8 clients, {swapper.swaps} revisions, settings read again every 2 s: "
               f"{load.answered} answers, {load.refused} refused")
    for kind in sorted(set(kinds))[:20]:
        report.say(f"{kinds.count(kind)} x {kind}")
    if found and os.environ.get("FUNDSTELLE_TSAN_LOG"):
        pathlib.Path(os.environ["FUNDSTELLE_TSAN_LOG"]).write_text(found)
    report.check(not kinds, f"{len(kinds)} reports of ThreadSanitizer")
    report.check(not load.failures and load.answered > 0, f"no request failed {load.failures[:3]}")
    report.check(not swapper.failures, f"no run of the indexer failed {swapper.failures[:2]}")
    report.check(code in (0, 66), f"it ends on SIGTERM ({code})")
    return report
