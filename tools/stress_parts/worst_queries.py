# SPDX-License-Identifier: GPL-3.0-or-later
"""The dearest questions one can build: each must end in its time, and others must not wait for them."""
import time
import urllib.parse

from stress_parts.house import Report

NAME, ORDER = "worst-queries", 50
SUMMARY = "the dearest queries one can type: time, memory, and what they do to others"


def worst(words):
    """Name -> query."""
    common = words[:200]
    return {
        "64 of the commonest words, any": "&match=any&q=" + " ".join(common[:64]),
        "64 wildcards of two letters": "&q=" + " ".join(w[:2] + "*" for w in common[:64]),
        "wildcards of one letter": "&q=" + " ".join(c + "*" for c in "abcdefghijklmnopqrstuvwxyz"),
        "phrase of the commonest words": '&q="' + " ".join(common[:20]) + '"',
        "nearness of the commonest words": "&q=" + " NEAR/100 ".join(common[:20]),
        "phrase of wildcards": '&q="' + " ".join(w[:2] + "*" for w in common[:20]) + '"',
        "twenty levels of brackets": "&q=" + "(" * 20 + " ODER ".join(common[:60]) + ")" * 20,
        "everything but": "&q=" + " ".join("-" + w for w in common[:63]),
        "everything, oldest first, deepest page": "&q=&sort=oldest&page=100&size=100",
        "passages of the commonest word": f"&unit=passage&size=100&q={common[0]}",
        "1,000 characters without a blank": "&q=" + "Donaudampfschiffahrtsgesellschaftskapitän" * 24,
        "a hundred typing errors": "&q=" + " ".join(w[:3] + "x" + w[3:] for w in common[:64]),
        "nothing but operators": "&q=" + "ODER NICHT ( ) \" * ~ NEAR/5 " * 30,
    }


def run(house):
    report = Report()
    documents = house.choose("documents", 5000, 300)
    index = house.make_index(documents)
    budget = 2
    server = house.searchd(index, f'[limits]\nquery_seconds = {budget}\n[memory]\nanswers_mib = 0\n'
                                  '[admin]\nlisten = "127.0.0.1:0"\n')
    before = server.memory_mib()
    slowest = 0.0
    for name, query in worst(house.collection.words).items():
        address = "/api/v1/search?facets=body,type,topic,group,ministry,legislature,year" + urllib.parse.quote(query, safe="=&/*")
        started = time.monotonic()
        status, _, body = server.get(address, timeout=60)
        took = time.monotonic() - started
        slowest = max(slowest, took)
        report.say(f"{took * 1000:7.0f} ms  {status}  {name}" + ("" if status == 200 else f": {body[:90]!r}"))
        report.check(status in (200, 400, 503), "answered, refused or given up in words")
        report.check(took < budget + 1.5, f"not longer than its {budget} s and a little")
    # Others, while four clients ask nothing but these.
    addresses = ["/api/v1/search?facets=none" + urllib.parse.quote(q, safe="=&/*")
                 for q in worst(house.collection.words).values()]
    seconds = min(house.choose("seconds", 20, 4), 60)
    bad = house.load(server, 4, lambda draw: draw.choice(addresses),
                     check=lambda target, status, body: None if status in (200, 400, 503) else f"status {status}")
    good = house.load(server, 1, house.usual_targets(documents), pause=0.02)
    time.sleep(seconds)
    bad.stop()
    good.stop()
    report.say(f"four clients with these for {seconds:.0f} s: {bad.answered} answers, {bad.refused} refused; another reader beside "
               f"them: {good.answered} answers, median {good.milliseconds(.5):.0f} ms, 95 % {good.milliseconds(.95):.0f} ms")
    report.say(f"memory {before:.0f} MiB before, {server.memory_mib():.0f} after; "
               f"{server.metrics().get('fundstelle_queries_slow_total', 0):.0f} queries given up")
    report.check(not bad.failures and not good.failures, f"nothing failed {(bad.failures + good.failures)[:3]}")
    report.check(server.alive(), "the server is alive")
    return report
