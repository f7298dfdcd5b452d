# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the indexer at random moments, with a server that reads what is left."""
import random
import re
import signal
import subprocess
import time

from stress_parts.house import Report, mark_of

NAME, ORDER = "kill-indexer", 20
SUMMARY = "100 kill -9 of the indexer at random moments: nothing lost, nothing half-visible"


def total(server, query):
    return server.json(f"/api/v1/search?q={query}&size=1&facets=none")["total"]["value"]


def stands(index):
    """What names the revision that is served."""
    current = (index / "current").stat()
    return current.st_ino, current.st_mtime_ns


def killed_after(indexer, index, before, draw):
    """Waits until a new revision is named and a moment longer: kills fall into tidying up. False: it ended first."""
    until = time.monotonic() + 60
    while stands(index) == before and time.monotonic() < until:
        if indexer.poll() is not None:
            return False
        time.sleep(0.0005)
    time.sleep(draw.choice((0, 0, 0.001, 0.005, 0.02)))
    return indexer.poll() is None


def run(house):
    report = Report()
    times = house.choose("times", 100, 5)
    documents, step = house.choose("documents", 500, 200), 20
    index = house.make_index(documents)
    folder = house.scratch / "records"
    server = house.searchd(index)
    draw = random.Random(house.seed)
    # How long a run takes that is left alone: kills fall anywhere into it.
    house.collection.write(folder / "0900000.jsonl", range(900_000, 900_000 + step))
    started = time.monotonic()
    said = house.indexer("index", "--index", index, folder)
    usual = time.monotonic() - started
    report.check(said.returncode == 0, "a run that is left alone ends well")
    count = documents + step
    killed = too_late = written = 0
    wrong = []
    version = 0
    for attempt in range(times):
        version += 1
        # New documents, and a hundred that change: a torn run would show in either.
        first = 1000 + attempt * step
        house.collection.write(folder / f"new-{attempt:04}.jsonl", range(first, first + step))
        changed = (attempt % (documents // 100)) * 100
        house.collection.write(folder / f"{changed:07}.jsonl", range(changed, changed + 100), version)
        before = stands(index)
        indexer = house.start_indexer("index", "--index", index, folder)
        if attempt % 4 == 3:  # few of those at any moment fall behind the new revision: these do
            running = killed_after(indexer, index, before, draw)
        else:
            try:
                indexer.wait(draw.uniform(0, usual * 1.1))
                running = False
            except subprocess.TimeoutExpired:
                running = True
        if running:
            indexer.send_signal(signal.SIGKILL)
            killed += 1
        else:
            too_late += 1
        if indexer.wait() == -signal.SIGKILL and stands(index) != before:
            written += 1
        indexer.stderr.close()
        found = house.documents_in(index)
        target = documents + step + (attempt + 1) * step
        if found is None or found < count or found > target or (found - documents) % step:
            wrong.append(f"kill {attempt}: {found} documents, {count} to {target} in steps of {step} are possible")
        count = max(count, found or 0)
        if attempt % 10 == 9 or attempt == times - 1:
            checked = house.indexer("check", "--index", index)
            if checked.returncode != 0:
                wrong.append(f"kill {attempt}: check says {checked.stdout[:300]}")
            until = time.monotonic() + 10
            while time.monotonic() < until and server.json("/readyz")["documents"] != count:
                time.sleep(0.1)
            # What is counted is found, each document whole: its own word and the common one.
            if total(server, "allesamt") != count:
                wrong.append(f"kill {attempt}: {total(server, 'allesamt')} of {count} documents are found")
            for number in draw.sample(range(documents), 5):
                if total(server, mark_of(number)) != 1:
                    wrong.append(f"kill {attempt}: document {number} is found {total(server, mark_of(number))} times")
    said = house.indexer("index", "--index", index, folder)
    report.check(said.returncode == 0, "the run after the last kill ends well")
    final = house.documents_in(index)
    report.say(f"{killed} kills, {too_late} runs were done before theirs, {written} had published something; "
               f"a run takes {usual:.1f} s; {documents} documents grew to {final}")
    for line in wrong[:10]:
        report.say(line)
    report.check(killed > written > 0, "kills fell both before a new revision was named and behind it")
    report.check(not wrong, f"{len(wrong)} times something was lost, half-visible or damaged")
    report.check(final == documents + step + times * step, f"all {documents + step + times * step} documents are there")
    leftovers = sorted(p.name for p in index.iterdir() if re.search(r"tmp|new|partial", p.name))
    report.check(not leftovers, f"nothing half-made is left in the index folder {leftovers}")
    report.check(server.alive(), "the server that read along is alive")
    return report
