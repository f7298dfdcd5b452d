# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of tools/bench/run as Markdown."""
import json
import math
import statistics


def lines(path):
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def at(values, share):
    """Nearest rank: the smallest value that so many of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def by_class(rows, field="us"):
    """(kind, facets) -> engine -> (median of its rounds for each question, every single time), in ms."""
    rounds = {}
    for row in rows:
        if row[field]:
            rounds.setdefault((row["kind"], row["facets"]), {}).setdefault(row["engine"], []).append(row[field])
    out = {}
    for key, engines in rounds.items():
        for engine, runs in engines.items():
            answered = max(map(len, runs))
            typical = [statistics.median(run[i] for run in runs if i < len(run)) / 1000 for i in range(answered)]
            single = [us / 1000 for run in runs for us in run]
            out.setdefault(key, {})[engine] = (typical, single)
    return out


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def name_of(key):
    return key[0] + ("+F" if key[1] else "")


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|---" + "|---:" * (len(head) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def engines_of(classes):
    engines = []
    for found in classes.values():
        engines += [engine for engine in found if engine not in engines]
    return engines


def times(classes, what, place):
    """Percentiles over questions; in brackets how many were answered in time, where not all."""
    print(f"Milliseconds, p50 / p95 / p99, {what}:\n")
    engines = engines_of(classes)
    rows = []
    for key, found in classes.items():
        most = max(len(typical) for typical, _ in found.values())
        row = [name_of(key)]
        for engine in engines:
            if engine not in found:
                row.append("")
                continue
            answered = len(found[engine][0])
            text = " / ".join(number(at(found[engine][place], share)) for share in (0.5, 0.95, 0.99))
            row.append(text + (f" ({answered})" if answered < most else ""))
        rows.append(row)
    table(["class", *engines], rows)


def ratios(classes, what, reference="lucene"):
    """Over the questions both have answered."""
    engines = engines_of(classes)
    if reference not in engines:
        return
    others = [engine for engine in engines if engine != reference]
    print(f"{what} / {reference}'s, p50 and p99:\n")
    rows = []
    for key, found in classes.items():
        row = [name_of(key)]
        for engine in others:
            if engine not in found or reference not in found:
                row.append("")
                continue
            one, other = found[engine][0], found[reference][0]
            both = min(len(one), len(other))
            row.append(" / ".join(number(at(one[:both], share) / at(other[:both], share)) for share in (0.5, 0.99)))
        rows.append(row)
    table(["class", *others], rows)


def latency(rows):
    wall, cpu = by_class(rows), by_class(rows, "cpu_us")
    times(wall, "wall time, median of the rounds of each question", 0)
    ratios(wall, "Wall time")
    times(cpu, "CPU time of the asking thread, median of the rounds of each question", 0)
    ratios(cpu, "CPU time")
    times(wall, "wall time, every single answer", 1)


def builds(rows):
    print("| engine | records | docs/s wall | docs/s CPU | MB text/CPU-s | index / text | peak MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        print(f"| {row['engine']} | {row['count']} | {row['count'] / row['wall_s']:.0f} | "
              f"{row['count'] / row['cpu_s']:.0f} | {row['text_bytes'] / row['cpu_s'] / 1e6:.2f} | "
              f"{row['index_bytes'] / row['text_bytes']:.2f} | {row['peak_mb']:.0f} |")
    print()
    for row in rows:
        if "components" in row:
            print(f"Ours by component, {row['count']} records:\n")
            table(["component", "bytes", "/ text"],
                  [[name, str(size), f"{size / row['text_bytes']:.3f}"] for name, size in row["components"].items()])


def growth(results):
    counts = sorted(results)
    if len(counts) < 2:
        return
    small, large = results[counts[0]], results[counts[-1]]
    print(f"p99 of CPU time at {counts[-1]} records / at {counts[0]}:\n")
    engines = sorted({engine for found in large.values() for engine in found})
    rows = []
    for key in large:
        row = [name_of(key)]
        for engine in engines:
            both = engine in large[key] and engine in small.get(key, {})
            row.append(number(at(large[key][engine][0], 0.99) / at(small[key][engine][0], 0.99)) if both else "")
        rows.append(row)
    table(["class", *engines], rows)


def http(folder):
    classes = by_class(lines(folder / "http_latency.jsonl"))
    if not classes:
        return
    print("Through HTTP beside the library call, ms (medians of rounds):\n")
    rows = []
    for (kind, facets), found in classes.items():
        if len(found) < 2:
            continue
        ours, through = found["fundstelle"][0], found["http"][0]
        rows.append([name_of((kind, facets)), number(at(ours, 0.5)), number(at(through, 0.5)),
                     f"{at(through, 0.5) / at(ours, 0.5):.2f}", f"{at(through, 0.5) - at(ours, 0.5):+.2f}",
                     number(at(ours, 0.99)), number(at(through, 0.99))])
    table(["class", "library p50", "HTTP p50", "ratio", "more, ms", "library p99", "HTTP p99"], rows)
    for row in lines(folder / "http.jsonl")[-1:]:
        print("```json\n" + json.dumps(row, indent=1) + "\n```\n")


def write(work):
    results = {}
    for folder in sorted((path for path in work.iterdir() if path.name.isdigit()), key=lambda path: int(path.name)):
        print(f"## {int(folder.name):,} records\n")
        builds(lines(folder / "builds.jsonl"))
        for row in lines(folder / "machine.jsonl")[-2:]:
            print(f"{row['step']}: {row['processor']}, {row['cores']} cores, load {row['load']} at the start, "
                  f"{row['revision']}, {row['when']}\n")
        rows = lines(folder / "latency.jsonl")
        if rows:
            results[int(folder.name)] = by_class(rows, "cpu_us")
            latency(rows)
        memory = {row["engine"]: row for row in lines(folder / "memory.jsonl")}
        if memory:
            table(["engine", "open, s", "resident MB after all questions", "peak MB"],
                  [[name, f"{row['ready_s']:.2f}", f"{row['rss_mb']:.0f}", f"{row['peak_mb']:.0f}"]
                   for name, row in memory.items()])
        http(folder)
    growth(results)
