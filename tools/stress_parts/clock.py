# SPDX-License-Identifier: GPL-3.0-or-later
"""The time of day jumps, as it does when a machine was off or its clock is set: searchd under load, and the indexer.

libfaketime (Debian: faketime) gives the programs another time of day while they run; the steady clock goes on."""
import glob
import os
import time

from stress_parts.house import CannotRun, Report, mark_of

NAME, ORDER = "clock", 45
SUMMARY = "the time of day jumps hours, days and decades, forward and back"
JUMPS = ("+2h", "-3d", "+30y", "-50y", "+0")


class Clock:
    """A time of day that can be set while programs run."""

    def __init__(self, house):
        found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not found:
            raise CannotRun("libfaketime is missing (Debian: faketime)")
        self.file = house.scratch / "clock"
        self.set("+0")
        self.environment = {"LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                            "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}

    def set(self, jump):
        new = self.file.with_suffix(".new")
        new.write_text(jump + "\n", encoding="ascii")
        new.replace(self.file)


def run(house):
    report = Report()
    clock = Clock(house)
    documents = house.choose("documents", 1000, 200)
    index = house.make_index(documents)
    folder = house.scratch / "records"
    server = house.searchd(index, '[admin]\nlisten = "127.0.0.1:0"\n[limits]\nhead_seconds = 5\nkeep_alive_seconds = 5\n',
                           environment=clock.environment)

    def served():
        return server.json("/api/v1/search?q=allesamt&size=1&facets=none")["total"]["value"]

    def year_told():
        """Of a page made now: the programs must really have met the jump."""
        return server.get("/healthz")[1].get("Date", "")

    load = house.load(server, 4, house.usual_targets(documents), pause=0.02)
    count, seen, wrong = documents, set(), []
    for number, jump in enumerate(JUMPS * (1 if house.short else 3)):
        clock.set(jump)
        time.sleep(1)
        seen.add(year_told()[12:16])
        # Twenty new documents, and a hundred that change, indexed by a clock that jumps, too.
        house.collection.write(folder / f"new-{number:04}.jsonl", range(5000 + 20 * number, 5020 + 20 * number))
        house.collection.write(folder / "0000000.jsonl", range(0, 100), number + 1)
        said = house.indexer("index", "--index", index, folder, env={**os.environ, **clock.environment})
        count += 20
        if said.returncode != 0:
            wrong.append(f"{jump}: the indexer ended with {said.returncode}: {said.stderr[-200:]}")
        until = time.monotonic() + 15
        while served() != count and time.monotonic() < until:
            time.sleep(0.2)
        if served() != count:
            wrong.append(f"{jump}: {served()} of {count} documents are served")
        word = f"Fassung{'abcdefghij'[(number + 1) % 10] * 4}"
        changed = server.json(f"/api/v1/search?q={word}&size=1&facets=none")["total"]["value"]
        if changed != 100:
            wrong.append(f"{jump}: {changed} of 100 changed documents are found as they are now")
        if server.json(f"/api/v1/search?q={mark_of(5000 + 20 * number)}&size=1&facets=none")["total"]["value"] != 1:
            wrong.append(f"{jump}: a new document is not found")
    metrics = server.metrics()
    load.stop()
    report.say(f"{', '.join(JUMPS)}: the years {', '.join(sorted(seen))} were seen; {load.answered} answers, longest "
               f"{load.milliseconds(1):.0f} ms; index swapped {metrics.get('fundstelle_index_swaps_total', 0):.0f} times")
    report.check(len(seen) >= 3, "the programs met the jumps")
    for line in wrong[:10]:
        report.say(line)
    report.check(not wrong, f"{len(wrong)} times something was lost, late or not told")
    report.check(not load.failures and load.refused == 0, f"no request failed or was refused {load.failures[:3]}")
    report.check(all(value >= 0 for value in metrics.values()), "no metric is negative: "
                 + ", ".join(name for name, value in metrics.items() if value < 0))
    checked = house.indexer("check", "--index", index)
    report.check(checked.returncode == 0, f"the index is sound {checked.stdout.strip()[:200]}")
    clock.set("-50y")
    started = time.monotonic()
    report.check(server.stop() == 0 and time.monotonic() - started < 15, "SIGTERM after one more jump ends it with 0, in time")
    return report
