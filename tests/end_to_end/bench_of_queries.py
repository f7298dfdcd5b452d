#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fundstelle-query as researchers use it, on papers made by hand whose words, dates and groups are known.

Usage: bench_of_queries.py BIN_DIR. Prints each check that fails; exit code 1 if one did."""

import collections
import csv
import http.client
import io
import json
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

BIN = pathlib.Path(sys.argv[1]).resolve()
QUERY, INDEXER, SEARCHD = BIN / "fundstelle-query", BIN / "fundstelle-indexer", BIN / "fundstelle-searchd"
failures = []


def check(condition, said):
    if not condition:
        failures.append(said)
        print("FAILED:", said, flush=True)


def run(*arguments, code=0):
    """Standard output; the exit code must be the one named."""
    done = subprocess.run([str(a) for a in arguments], capture_output=True)
    check(done.returncode == code,
          f"{' '.join(str(a) for a in arguments[1:])}: exit code {done.returncode}, not {code}: "
          f"{done.stderr.decode()[-400:]}")
    return done.stdout.decode()


WORDS = ("Haushalt Verkehr Schule Wohnung Wasser Energie Polizei Klinik Brücke Straße Lehrer Steuer Wald Hafen "
         "Pflege Rente Bahn Flughafen Radweg Museum").split()
GROUPS = ["SPD", "CDU/CSU", "FDP", "DIE LINKE", "BÜNDNIS 90/DIE GRÜNEN"]
TOPICS = ["Verkehr", "Energie", "Bildung und Erziehung"]
PHRASE = "sichere Herkunftsstaaten"


def papers(count):
    rng = random.Random(7)
    for i in range(count):
        words = [rng.choice(WORDS) for _ in range(60)]
        text = ""
        for k, word in enumerate(words):
            text += word + (". " if k % 9 == 8 else " ")
        for _ in range(i % 4 if i % 3 == 0 else 0):
            at = rng.randrange(len(text) // 2)
            at = text.index(" ", at)
            text = text[:at] + f" {PHRASE} und" + text[at:]
        if i % 5 == 0:
            text += " Schulbusverkehr im Landkreis."
        yield {"id": f"p{i:04d}", "type": "Kleine Anfrage", "body": "Bundestag", "legislature": 19 + i % 2,
               "number": f"{19 + i % 2}/{1000 + i}", "title": f"Vorgang {i}",
               "date": f"{2015 + i % 6}-{1 + i % 12:02d}-{1 + i % 28:02d}" if i % 17 else None,
               "groups": [GROUPS[i % 5]] if i % 7 else [], "topics": [TOPICS[i % 3]] if i % 4 else [],
               "text": text}


def random_query(rng):
    form = rng.randrange(5)
    a, b = rng.choice(WORDS), rng.choice(WORDS)
    return [a, f"{a} {b}", f'"{a} {b}"', f"{a} ODER {b}", f"{a} -{b}"][form]


def random_filters(rng):
    out = {}
    if rng.random() < 0.5:
        out["group"] = rng.choice(["spd", "cdu-csu", "fdp", "spd,fdp", "-spd"])
    if rng.random() < 0.4:
        out["from"] = str(rng.randint(2015, 2018))
    if rng.random() < 0.3:
        out["legislature"] = str(rng.choice([19, 20]))
    if rng.random() < 0.3:
        out["unit"] = "passage"
    if rng.random() < 0.3:
        out["match"] = rng.choice(["all", "any"])
    return out


def records(text):
    return [json.loads(line) for line in text.splitlines()]


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


class Server:
    def __init__(self, index):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.process = subprocess.Popen([SEARCHD, "--index", index, "--listen", f"127.0.0.1:{self.port}"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.process.stdout.readline()
        self.url = f"http://127.0.0.1:{self.port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path, parameters):
        address = path + "?" + urllib.parse.urlencode(parameters)
        try:
            self.connection.request("GET", address)
            return json.loads(self.connection.getresponse().read())
        except (http.client.RemoteDisconnected, ConnectionError):  # kept too long without a word
            self.connection.close()
            self.connection.request("GET", address)
            return json.loads(self.connection.getresponse().read())

    def stop(self):
        self.connection.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def test_lines_and_repetition(index, work):
    """Bad lines cost themselves alone; two runs and any number of threads give the same bytes."""
    queries = work / "lines.tsv"
    queries.write_text("a\tSchule\nb\tSchule\tgroup=spd\nc\tSchule\tbogus=1\nno tab here\n"
                       "d\tSchule\tfrom=2018-99\na\tagain\ne\tSchule (\n# left out\n\nf\tund die\n")
    out = records(run(QUERY, "run", "--index", index, "--queries", queries, "--format", "jsonl", code=1))
    head = out[0]["fundstelle"]
    check(re.fullmatch("[0-9a-f]{16}", head["revision"]) and head["fingerprint"] and head["documents"] == 300,
          f"provenance: {head}")
    told = {r["query"]: r for r in out if "status" in r}
    codes = [(r["query"], r.get("code")) for r in out if "status" in r]
    check([c for _, c in codes] == [None, None, "unknown_parameter", "malformed_line", "bad_parameter",
                                    "malformed_line", None, None], f"codes {codes}")
    check(told["e"]["ignored"], "odd syntax is answered with what was ignored")
    check(told["c"]["line"] == 3 and "bogus" in told["c"]["reason"], "a failure names line and reason")
    hits = [r for r in out if r.get("query") == "b" and "rank" in r]
    check(len(hits) == told["b"]["total"] and [h["rank"] for h in hits] == list(range(1, len(hits) + 1)),
          "all hits are listed, ranked from 1")
    check(all(h["groups"] for h in hits), "hits of a filter on groups have groups")
    rng = random.Random(3)
    many = work / "many.jsonl"
    many.write_text("".join(json.dumps({"id": f"q{i}", "query": random_query(rng), **random_filters(rng)}) + "\n"
                            for i in range(200)))
    for form in ("trec", "jsonl", "csv", "ids"):
        files = []
        for jobs in (1, 3):
            files.append(work / f"out-{form}-{jobs}")
            run(QUERY, "run", "--index", index, "--queries", many, "--format", form, "--jobs", jobs, "--output",
                files[-1], "--quiet")
        check(files[0].read_bytes() == files[1].read_bytes(), f"{form}: one thread and three differ")
        logs = [pathlib.Path(f"{f}.log.jsonl").read_bytes() for f in files]
        check(logs[0] == logs[1] and logs[0].count(b"\n") == 201, f"{form}: logs differ")
    run(QUERY, "run", "--index", index, "--queries", many, "--output", files[0], code=2)  # exists
    return many


def test_resume(index, work, many):
    """Killed in the middle and resumed: the bytes of a run that was left alone."""
    big = work / "big.jsonl"
    big.write_text("".join(many.read_text().replace('"id": "q', f'"id": "{k}-q') for k in range(6)))
    whole = work / "whole.csv"
    command = [str(QUERY), "run", "--index", str(index), "--queries", str(big), "--format", "csv", "--jobs", "2",
               "--quiet", "--output"]
    run(*command, whole)
    kills = 0
    for wanted in (20, 600):
        part = work / f"part-{wanted}.csv"
        log = pathlib.Path(f"{part}.log.jsonl")
        for again in (wanted, wanted + 500):
            process = subprocess.Popen(command + [str(part), "--resume"])
            while process.poll() is None:
                if log.exists() and log.read_bytes().count(b"\n") > again:
                    process.kill()
                    break
                time.sleep(0.001)
            kills += process.wait() == -signal.SIGKILL
        # What a kill may leave at worst: lines the log does not know, and half a record.
        with open(part, "ab") as file, open(log, "ab") as records:
            file.write(b"q1,1,half a li")
            records.write(b'{"query":"half a rec')
        run(*command, part, "--resume")
        check(part.read_bytes() == whole.read_bytes(), f"resumed after {wanted} records: other bytes")
        check(log.read_bytes() == pathlib.Path(f"{whole}.log.jsonl").read_bytes(), "resumed: another log")
    check(kills >= 2, f"only {kills} runs could be killed in the middle")
    done = subprocess.run(command[:6] + ["--format", "csv", "--match", "all", "--output", str(whole),
                                         "--resume"], capture_output=True)
    check(done.returncode == 2 and b"another batch" in done.stderr, "resuming another batch is refused")


def test_against_server(index, work, many, server):
    rng = random.Random(11)
    asked = [(random_query(rng), random_filters(rng)) for _ in range(200)]
    queries = work / "counted.jsonl"
    queries.write_text("".join(json.dumps({"id": str(i), "query": q, **f}) + "\n" for i, (q, f) in enumerate(asked)))
    local = {r["query"]: r for r in records(run(QUERY, "run", "--index", index, "--queries", queries, "--format",
                                                "jsonl")) if "status" in r}
    different = 0
    for i, (q, filters) in enumerate(asked):
        total = server.get("/api/v1/search", {"q": q, "size": 1, "facets": "none", **filters})["total"]
        mine = local[str(i)]
        different += (mine["total"], mine["all_words"], mine["listed"]) != (total["value"], total["all_words"],
                                                                           total["value"])
    check(different == 0, f"{different} of 200 counts are not those of the pages")
    for form in ("jsonl", "trec", "csv"):
        outs = [run(QUERY, "run", *source, "--queries", queries, "--format", form, "--quiet")
                for source in (("--index", index), ("--server", server.url))]
        check(outs[0] == outs[1], f"run --format {form}: server and index differ")
    for form in ("ids", "interchange"):
        outs = [run(QUERY, "export", *source, "Schule", "--format", form, "--quiet")
                for source in (("--index", index), ("--server", server.url))]
        check(outs[0] == outs[1] and outs[0], f"export --format {form}: server and index differ")
    drafts = work / "drafts"
    drafts.mkdir()
    (drafts / "one.txt").write_text("Wir fragen:\n1. Welche Schule hat einen Radweg am Hafen?\n"
                                    "2. Was kostet die Klinik im Wald?\n")
    (drafts / "big.txt").write_text("1. Warum?\n" * 30_000)
    outs = [run(QUERY, "asked", *source, drafts, "--quiet", "--output", work / f"asked-{source[0][2:]}.csv", code=1)
            for source in (("--index", index), ("--server", server.url))]
    files = [(work / f"asked-{name}.csv").read_bytes() for name in ("index", "server")]
    check(files[0] == files[1], "asked: server and index differ")
    codes = collections.Counter(row["code"] for row in table(files[0].decode()))
    check(codes["draft_too_large"] == 1, f"a draft too large is a row of its own: {codes}")
    facets = server.get("/api/v1/search", {"q": "Schule", "size": 1, "facets": "group,year"})["facets"]
    for facet in ("group", "year"):
        rows = table(run(QUERY, "trend", "--index", index, "--by", facet, "--top", 100, "--step", "month", "Schule",
                         "--quiet"))
        sums = collections.Counter()
        for row in rows:
            if row["kind"] == "value":
                sums[row["value"]] += int(row["hits"])
        wanted = {v["value"]: v["count"] for v in facets[facet]}
        check(dict(sums) == wanted, f"trend by {facet}: {dict(sums)}, facets say {wanted}")


def test_kwic(index, made):
    wanted = sum(p["text"].count(PHRASE) for p in made)
    rows = table(run(QUERY, "kwic", "--index", index, f'"{PHRASE}"', "--context", 30, "--quiet"))
    check(len(rows) == wanted, f"kwic finds {len(rows)} places, the texts have {wanted}")
    text_of = {p["id"]: p["text"] for p in made}
    # Blanks at the ends of a field are not kept.
    wrong = [r for r in rows if re.sub(r"\s", "", r["left"] + r["keyword"] + r["right"]) not in
             re.sub(r"\s", "", text_of[r["id"]]) or r["keyword"] != PHRASE]
    check(not wrong, f"{len(wrong)} lines are not in their texts")
    by_paper = collections.Counter(r["id"] for r in rows)
    check(all(by_paper[p["id"]] == p["text"].count(PHRASE) for p in made), "places by paper")
    parts = table(run(QUERY, "kwic", "--index", index, "Verkehr", "--quiet"))
    longer = [r for r in parts if r["part"] == "true"]
    check({r["keyword"] for r in longer} == {"Schulbusverkehr"} and len(longer) == sum(
        "Schulbusverkehr" in p["text"] for p in made), f"parts of compounds are marked: {len(longer)}")
    plain = run(QUERY, "kwic", "--index", index, "Hafen", "--quiet")
    for order, key in (("right", "right"), ("left", "left")):
        small = run(QUERY, "kwic", "--index", index, "Hafen", "--order", order, "--memory", 1, "--quiet")
        check(sorted(small.splitlines()[1:]) == sorted(plain.splitlines()[1:]), f"{order}: other lines than unsorted")
        words = [re.findall(r"\w+", r[key].lower()) for r in table(small)]
        first = [w[0] if key == "right" else w[-1] for w in words if w]
        fold = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
        first = [w.translate(fold) for w in first]
        check(first == sorted(first), f"{order}: not in order")


def test_trend_numbers(index, made):
    rows = table(run(QUERY, "trend", "--index", index, "--step", "year", "--places", "--words", "Hafen", "--quiet"))
    for row in rows:
        year = row["period"]
        of_year = [p for p in made if (p["date"] or "")[:4] == year]
        hits = [p for p in of_year if re.search(r"\bHafen\b", p["text"])]
        wanted = (len(hits), sum(len(re.findall(r"\bHafen\b", p["text"])) for p in hits), len(of_year),
                  sum(len(re.findall(r"\w+", p["text"])) for p in of_year))
        got = tuple(int(row[n]) for n in ("hits", "places", "all_in_period", "words_in_period"))
        # "Flughafen" holds "Hafen": a hit and a place too.
        more = [p for p in of_year if "Hafen" in p["text"] or "Flughafen" in p["text"]]
        wanted = (len(more), wanted[1] + sum(p["text"].count("Flughafen") for p in more), *wanted[2:])
        check(got == wanted, f"trend {year}: {got}, the papers have {wanted}")
        check(abs(float(row["per_million_words"]) - 1e6 * got[1] / got[3]) < 1e-6, "per million words")
    check(sum(int(r["hits"]) for r in rows) == sum("afen" in p["text"] for p in made), "trend: total")
    two = table(run(QUERY, "trend", "--index", index, "--step", "quarter", "a=Hafen", "b=Klinik", "--quiet"))
    periods = [[r["period"] for r in two if r["query"] == q and r["period"]] for q in "ab"]
    check(periods[0] == periods[1] and periods[0], "queries side by side share their periods")


def test_export(index, work, made):
    first = work / "export.jsonl"
    run(QUERY, "export", "--index", index, "--output", first, "--quiet")
    check(len(first.read_text().splitlines()) == len(made), "export: a record a document")
    beside = json.loads(pathlib.Path(f"{first}.provenance.json").read_text())["fundstelle"]
    check(beside["revision"] and beside["command"] == "export", "export: provenance beside the file")
    again = work / "again"
    run(INDEXER, "index", "--index", again, first)
    second = run(QUERY, "export", "--index", again, "--quiet")

    def documents(text):
        out = {}
        for record in records(text):
            record.pop("first_seen", None)
            out[record["id"]] = record
        return out
    check(documents(first.read_text()) == documents(second), "exported, indexed again, exported: other documents")
    check(sorted(run(QUERY, "export", "--index", index, "--format", "ids", "--quiet").split()) ==
          sorted(p["id"] for p in made), "export --format ids")
    folder = work / "texts"
    run(QUERY, "export", "--index", index, "--format", "text", "--output", folder, "--quiet", "--where", "year=2016")
    files = list(folder.glob("2016/*.txt"))
    check(len(files) == sum((p["date"] or "").startswith("2016") for p in made), "export --format text: files")
    oparl = records(run(QUERY, "export", "--index", index, "--format", "oparl", "--quiet"))
    kinds = collections.Counter(o["type"].rsplit("/", 1)[1] for o in oparl)
    ids = [o["id"] for o in oparl]
    check(kinds["Paper"] == len(made) and kinds["Body"] == 1 and len(set(ids)) == len(ids), f"oparl: {kinds}")
    known = set(ids)
    check(all(set(o.get("originatorOrganization", [])) <= known and o["body"] in known
              for o in oparl if o["type"].endswith("Paper")), "oparl: every reference is told")
    saved = work / "oparl.json"
    saved.write_text("\n".join(json.dumps(o, ensure_ascii=False) for o in oparl))
    back = work / "oparl-index"
    run(INDEXER, "index", "--index", back, saved)
    count = run(QUERY, "export", "--index", back, "--format", "ids", "--quiet").split()
    check(len(count) == len(made), f"oparl objects indexed again: {len(count)} papers")


def test_usage(index, work):
    run(QUERY, "run", code=2)
    run(QUERY, "kwic", "--index", index, code=2)
    run(QUERY, "kwic", "--index", work / "none", "x", code=2)
    run(QUERY, "export", "--index", index, "Schule", "--where", "bogus=1", code=2)
    run(QUERY, "kwic", "--index", index, "gibtesnirgends", "--quiet", code=1)
    manual = run(QUERY, "--manual")
    flags = set(re.findall(r"(--[a-z-]+)", run(QUERY, "run", "--help")))
    check(all(flag.replace("-", "\\-") in manual for flag in flags), "the manual page has every flag")


def main():
    with tempfile.TemporaryDirectory(prefix="fundstelle-test-") as folder:
        work = pathlib.Path(folder)
        made = list(papers(300))
        source = work / "papers.jsonl"
        source.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in made))
        index = work / "index"
        run(INDEXER, "index", "--index", index, source)
        many = test_lines_and_repetition(index, work)
        test_resume(index, work, many)
        test_kwic(index, made)
        test_trend_numbers(index, made)
        test_export(index, work, made)
        test_usage(index, work)
        if SEARCHD.exists():
            server = Server(index)
            try:
                test_against_server(index, work, many, server)
            finally:
                server.stop()
        else:
            check(False, "fundstelle-searchd is not built")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
