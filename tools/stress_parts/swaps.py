# SPDX-License-Identifier: GPL-3.0-or-later
"""One revision after another, as fast as they can be made: nothing of an old one stays behind.

Old revisions can stay in four ways: as files that are mapped or open though deleted, as descriptors, as memory in use,
and as memory that is free but not given back (glibc keeps it per thread). Resident memory shows the last two."""
import os
import time

from stress_parts.house import CannotRun, Report

NAME, ORDER = "swaps", 9
SUMMARY = "a new revision every second or two: no old file held, no descriptor, no memory"


def held(server, index):
    """What a process holds: resident MiB, descriptors, maps and descriptors of deleted files of the index."""
    process = f"/proc/{server.process.pid}"
    with open(process + "/maps", encoding="utf-8", errors="replace") as maps:
        deleted = sorted({line.split(None, 5)[5].strip() for line in maps
                          if line.rstrip().endswith("(deleted)") and str(index) in line})
    for number in os.listdir(process + "/fd"):
        try:
            name = os.readlink(f"{process}/fd/{number}")
        except OSError:
            continue  # closed meanwhile
        if name.endswith("(deleted)") and name.startswith(str(index)):
            deleted.append(name)
    return server.memory_mib(), server.descriptors(), deleted


def run(house):
    report = Report()
    swaps, documents = house.choose("times", 90, 4), 500 if not house.short else 200
    index = house.make_index(documents)
    server = house.searchd(index, '[admin]\nlisten = "127.0.0.1:0"\n')
    folder = house.scratch / "records"
    load = house.load(server, 4, house.usual_targets(documents), pause=0.05)
    time.sleep(2)
    rows = [(0, *held(server, index))]
    for version in range(1, swaps + 1):
        first = version * 100 % documents
        house.collection.write(folder / f"{first:07}.jsonl", range(first, first + 100), version)
        said = house.indexer("index", "--index", index, folder)
        if said.returncode != 0:
            raise CannotRun("indexing failed: " + said.stderr[-300:])
        until = time.monotonic() + 20
        while server.metrics()["fundstelle_index_swaps_total"] < version and time.monotonic() < until:
            time.sleep(0.1)
        if version in (1, 2) or version % max(1, swaps // 9) == 0:
            time.sleep(2)  # the old one goes at the next look
            rows.append((version, *held(server, index)))
    seen = server.metrics()["fundstelle_index_swaps_total"]
    load.stop()
    time.sleep(3.5)  # it looks once a second, and lets go when nobody reads the old one
    rows.append((f"{swaps}, at rest", *held(server, index)))
    for version, memory, descriptors, deleted in rows:
        report.say(f"swaps {version}: {memory:.0f} MiB, {descriptors} descriptors, {len(deleted)} deleted files held")
    _, start, start_descriptors, _ = rows[0]
    _, memory, descriptors, deleted = rows[-1]
    report.check(seen == swaps, f"{seen:.0f} of {swaps} revisions were taken")
    report.check(not load.failures and load.answered > 0, f"{load.answered} answers, none failed {load.failures[:3]}")
    report.check(not deleted, f"no deleted file is held {deleted[:3]}")
    report.check(descriptors <= start_descriptors + 4, f"descriptors: {start_descriptors} before, {descriptors} after")
    # Before memory was given back 66 MiB became 176 with the second swap.
    report.check(memory <= start * 1.2 + 24, f"memory: {start:.0f} MiB before, {memory:.0f} after")
    report.check(server.stop() == 0, "SIGTERM ends it with 0")
    return report
