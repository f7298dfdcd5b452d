# SPDX-License-Identifier: GPL-3.0-or-later
"""Saturation for half an hour while the index is swapped every ten seconds."""
import collections
import re
import statistics
import threading
import time

from stress_parts.house import Report, mark_of

NAME, ORDER = "soak", 10
SUMMARY = "30 minutes at saturation, a new revision every 10 s: no error, no growth"


class Swapper(threading.Thread):
    """Indexes a changed file again and again; the collection keeps its size."""

    def __init__(self, house, index, folder, documents, pause):
        super().__init__(daemon=True)
        self.house, self.index, self.folder, self.documents, self.pause = house, index, folder, documents, pause
        self.swaps, self.failures, self.stopping = 0, [], threading.Event()

    def run(self):
        version = 0
        while not self.stopping.is_set():
            version += 1
            first = (version * 100) % self.documents
            self.house.collection.write(self.folder / f"{first:07}.jsonl", range(first, first + 100), version)
            started = time.monotonic()
            said = self.house.indexer("index", "--index", self.index, self.folder)
            if said.returncode != 0:
                self.failures.append(said.stderr[-300:])
            else:
                self.swaps += 1
            self.stopping.wait(max(0.0, self.pause - (time.monotonic() - started)))


def run(house):
    report = Report()
    seconds = house.choose("seconds", 1800, 12)
    documents = house.choose("documents", 3000, 300)
    documents -= documents % 100
    pause = 10 if not house.short else 3
    index = house.make_index(documents)
    server = house.searchd(index, '[admin]\nlisten = "127.0.0.1:0"\n')
    swapper = Swapper(house, index, house.scratch / "records", documents, pause)

    def check(target, status, body):
        if status != 200:
            return f"status {status}: {body[:120]!r}"
        # A revision is whole or not there: every one has all documents.
        if target.startswith("/api/v1/search?q=allesamt") and f'"value":{documents},'.encode() not in body.replace(b" ", b""):
            return f"not {documents} documents: {body[:200]!r}"
        return None

    usual = house.usual_targets(documents)

    def targets(draw):
        kind = draw.randrange(20)
        if kind == 0:
            return "/api/v1/search?q=allesamt&size=1&facets=none"
        if kind == 1:
            return "/api/v1/search?q=" + mark_of(draw.randrange(documents))
        return usual(draw)

    load = house.load(server, 16, targets, check=check)
    swapper.start()
    memory, descriptors = [], []
    started = time.monotonic()
    # The caches fill first: growth is counted from a tenth of the time on.
    while time.monotonic() - started < seconds and server.alive():
        time.sleep(min(5.0, seconds / 20))
        if server.alive():
            memory.append(server.memory_mib())
            descriptors.append(server.descriptors())
    swapper.stopping.set()
    load.stop()
    swapper.join(120)
    report.check(server.alive(), "the server is alive at the end")
    if not server.alive():
        report.say(server.said()[-2000:])
        return report
    time.sleep(2.5)  # it looks once a second
    metrics = server.metrics()
    final_memory, final_descriptors = server.memory_mib(), server.descriptors()
    ended = server.stop()
    warm = max(1, len(memory) // 10)
    third = max(1, (len(memory) - warm) // 3)
    parts = [slice(warm + i * third, warm + (i + 1) * third) for i in range(3)]
    memories = [statistics.median(memory[part] or memory[-1:]) for part in parts]
    most_descriptors = [max(descriptors[part] or descriptors[-1:]) for part in parts]
    early, late, early_fds, late_fds = memories[0], memories[-1], most_descriptors[0], most_descriptors[-1]
    kinds = collections.Counter(re.sub(r"^\S+: ", "", failure)[:60] for failure in load.failures)
    report.say(f"{documents} documents, 16 clients, {time.monotonic() - started:.0f} s, "
               f"{swapper.swaps} revisions, every {pause} s or as fast as they come")
    report.say(f"{load.answered} answers ({load.answered / seconds:.0f}/s), {load.refused} refused with Retry-After; "
               f"ms: median {load.milliseconds(.5):.1f}, 95 % {load.milliseconds(.95):.1f}, "
               f"99 % {load.milliseconds(.99):.1f}, longest {load.milliseconds(1):.0f}")
    report.say(f"memory MiB: first {memory[0]:.0f}; thirds {' '.join(f'{m:.0f}' for m in memories)}; "
               f"highest {max(memory):.0f}, end without load {final_memory:.0f}")
    report.say(f"descriptors: first {descriptors[0]}; thirds at most {' '.join(map(str, most_descriptors))}; "
               f"end without load {final_descriptors}")
    report.say(f"errors: {len(load.failures)} of requests {dict(kinds) or ''}, {len(swapper.failures)} of the indexer; a revision "
               f"every {seconds / max(1, swapper.swaps):.1f} s")
    if metrics:
        report.say(f"seen by /metrics: {metrics.get('fundstelle_index_swaps_total', 0):.0f} swaps, "
                   f"{metrics.get('fundstelle_index_failures_total', 0):.0f} unreadable revisions, "
                   f"{metrics.get('fundstelle_queries_slow_total', 0):.0f} queries given up")
    for failure in load.failures[:10]:
        report.say("failed: " + failure)
    for failure in swapper.failures[:5]:
        report.say("indexer: " + failure)
    report.check(not load.failures, f"{len(load.failures)} failed requests")
    report.check(not swapper.failures, f"{len(swapper.failures)} failed indexer runs")
    report.check(load.answered > 0 and swapper.swaps > 0 and metrics.get("fundstelle_index_swaps_total", 0) > 0,
                 "there was load, and there were swaps")
    if seconds >= 300:
        report.check(late <= early * 1.1 + 20, "memory has not grown by more than a tenth and 20 MiB")
        report.check(late_fds <= early_fds + 20, "descriptors have not grown")
    report.check(ended == 0, f"SIGTERM ends it with 0 (it was {ended})")
    return report
