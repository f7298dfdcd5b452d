# SPDX-License-Identifier: GPL-3.0-or-later
"""What every part of tools/stress is made of: programs, a collection made up by a seed, load, a report."""
import http.client
import importlib
import json
import os
import pathlib
import pkgutil
import random
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse


class CannotRun(Exception):
    """A part lacks something it needs; says what."""


def parts():
    """Name -> module of every part, in the order they run."""
    found = {}
    here = pathlib.Path(__file__).parent
    for info in pkgutil.iter_modules([str(here)]):
        module = importlib.import_module(f"stress_parts.{info.name}")
        if hasattr(module, "run"):
            found[module.NAME] = module
    return dict(sorted(found.items(), key=lambda item: getattr(item[1], "ORDER", 50)))


class Report:
    def __init__(self):
        self.lines, self.wrong, self.skipped = [], False, False

    def say(self, line):
        self.lines.append(line)

    def check(self, true, line):
        """One line that begins with ok or WRONG; anything wrong makes the part fail."""
        self.lines.append(("ok     " if true else "WRONG  ") + line)
        self.wrong = self.wrong or not true
        return true

    def skip(self, line):
        self.lines.append("could not run: " + line)
        self.skipped = True


_SYLLABLES = [c + v for c in "bdfgklmnprstvw" for v in "aeiou"]


def mark_of(number):
    """A word of its own for every document: letters only, so that it stays one word."""
    letters = "x"
    for _ in range(5):
        number, rest = divmod(number, len(_SYLLABLES))
        letters += _SYLLABLES[rest]
    return letters + "q"


def vocabulary():
    """German words to write documents with; the dictionary is a dependency of the build."""
    listed = pathlib.Path("/usr/share/dict/ngerman")
    if not listed.exists():
        raise CannotRun("/usr/share/dict/ngerman is missing (Debian: wngerman)")
    words = [w for w in listed.read_text(encoding="utf-8", errors="replace").split() if 4 <= len(w) <= 14]
    random.Random(1).shuffle(words)
    return words[:30_000]


class Collection:
    """Documents made up: the same seed and number give the same one. Every one holds mark_of(number) and
    the word "allesamt"; words are drawn with a long tail, as in real text."""

    def __init__(self, seed):
        self.words, self.seed = vocabulary(), seed

    def word(self, draw):
        return self.words[int(len(self.words) ** draw.random()) - 1]  # Zipf's law, exponent 1

    def record(self, number, version=0):
        draw = random.Random(f"{self.seed}-{number}-{version}")
        sentences = []
        for _ in range(25):
            sentences.append(" ".join(self.word(draw) for _ in range(12)).capitalize() + ".")
        year = 1991 + draw.randrange(33)
        text = " ".join(sentences) + f" Kennwort {mark_of(number)}, allesamt, Fassung{'abcdefghij'[version % 10] * 4}."
        return {"id": f"stress-{number:07}", "type": "Kleine Anfrage", "body": "Deutscher Bundestag",
                "legislature": 12 + (year - 1991) // 4, "number": f"{12 + (year - 1991) // 4}/{number % 30000}",
                "title": " ".join(self.word(draw) for _ in range(5)),
                "date": f"{year}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}", "text": text}

    def write(self, path, numbers, version=0):
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            for number in numbers:
                out.write(json.dumps(self.record(number, version), ensure_ascii=False) + "\n")


class Searchd:
    """fundstelle-searchd on a free port of 127.0.0.1, with an admin port if it has one."""

    def __init__(self, house, index, settings="", wait=True, command=(), environment=None):
        self.house, self.log = house, house.scratch / f"searchd-{house.next_number()}.log"
        config = self.log.with_suffix(".toml")
        config.write_text(settings, encoding="utf-8")
        self._out = open(self.log, "wb")
        self.process = subprocess.Popen(
            [*command, str(house.bin / "fundstelle-searchd"), "--index", str(index), "--listen", "127.0.0.1:0",
             "--config", str(config)], stdout=self._out, stderr=subprocess.STDOUT,
            env=None if environment is None else {**os.environ, **environment})
        house.started.append(self)
        self.config, self.port, self.admin_port = config, None, None
        if wait:
            self.wait_ready()

    def said(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_ready(self, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = re.search(r"http://127\.0\.0\.1:(\d+) ready", self.said())
            if found:
                self.port = int(found.group(1))
                admin = re.search(r"admin[^\n]*127\.0\.0\.1:(\d+)", self.said())
                self.admin_port = int(admin.group(1)) if admin else None
                return
            if self.process.poll() is not None:
                raise CannotRun(f"searchd ended with {self.process.returncode}: {self.said()[-800:]}")
            time.sleep(0.02)
        raise CannotRun(f"searchd was not ready after {seconds} s: {self.said()[-800:]}")

    def get(self, target, timeout=30, headers=None):
        """(status, headers, body) on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", target, headers=headers or {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def json(self, target):
        return json.loads(self.get(target)[2])

    def metrics(self):
        """Prometheus sample -> value; empty without an admin port."""
        if self.admin_port is None:
            return {}
        connection = http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=10)
        try:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
        finally:
            connection.close()
        return {name: float(value) for name, value in
                re.findall(r"^([a-zA-Z_:][^ \n]*(?:\{[^\n]*\})?) ([^\n ]+)$", text, re.M)}

    def memory_mib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def alive(self):
        return self.process.poll() is None

    def stop(self, how=signal.SIGTERM, seconds=30):
        """Exit code; negative for a signal."""
        if self.alive():
            self.process.send_signal(how)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._out.close()
        return self.process.returncode


class Load:
    """Clients on kept connections in threads of their own, until stop(). Counts what came back.

    `targets(draw)` gives the next address. `check(target, status, body)` gives None or what is wrong.
    503 and 429 with Retry-After are counted as refused, not as wrong, if `refusals_allowed`."""

    def __init__(self, port, clients, targets, check=None, refusals_allowed=True, seed=8, pause=0.0):
        self.port, self.targets, self.check, self.pause = port, targets, check, pause
        self.refusals_allowed = refusals_allowed
        self.answered, self.refused, self.failures, self.times = 0, 0, [], []
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(random.Random(f"{seed}-{i}"),), daemon=True)
                         for i in range(clients)]
        for thread in self._threads:
            thread.start()

    def _note(self, failure):
        with self._lock:
            if len(self.failures) < 1000:
                self.failures.append(failure)

    def _run(self, draw):
        connection = None
        while not self._stop.is_set():
            target = self.targets(draw)
            started = time.perf_counter()
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", target)
                response = connection.getresponse()
                body = response.read()
                status, retry = response.status, response.getheader("Retry-After")
                if response.will_close:
                    connection.close()
                    connection = None
            except Exception as error:  # noqa: BLE001: whatever breaks is what we look for
                if connection is not None:
                    connection.close()
                connection = None
                if self._stop.is_set():
                    return
                self._note(f"{target}: {type(error).__name__} {error}")
                time.sleep(0.05)
                continue
            took = time.perf_counter() - started
            if status in (429, 503) and retry and self.refusals_allowed:
                with self._lock:
                    self.refused += 1
                time.sleep(0.02)
                continue
            wrong = self.check(target, status, body) if self.check else None if status == 200 else f"status {status}"
            with self._lock:
                self.answered += 1
                if len(self.times) < 2_000_000:
                    self.times.append(took)
            if wrong:
                self._note(f"{target}: {wrong}")
            if self.pause:
                time.sleep(self.pause)

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join(40)
        return self

    def milliseconds(self, share):
        with self._lock:
            times = sorted(self.times)
        return times[min(len(times) - 1, int(len(times) * share))] * 1000 if times else float("nan")


class House:
    """One part's scratch folder, programs and options; ends what the part has left running."""

    def __init__(self, options):
        self.options, self.bin, self.short = options, options.bin.resolve(), options.short
        self.seed = options.seed
        self._own_scratch = tempfile.mkdtemp(prefix="fundstelle-stress-", dir=options.scratch)
        self.scratch = pathlib.Path(self._own_scratch)
        self.started, self._numbers = [], 0
        self.collection = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.started:
            server.stop(signal.SIGKILL)
        shutil.rmtree(self._own_scratch, ignore_errors=True)

    Report = Report

    def next_number(self):
        self._numbers += 1
        return self._numbers

    def choose(self, option, long, short):
        given = getattr(self.options, option, None)
        return given if given is not None else short if self.short else long

    def indexer(self, *arguments, **more):
        """Runs fundstelle-indexer to its end; the CompletedProcess with text output."""
        return subprocess.run([str(self.bin / "fundstelle-indexer"), *map(str, arguments)], capture_output=True,
                              text=True, **more)

    def start_indexer(self, *arguments, **more):
        return subprocess.Popen([str(self.bin / "fundstelle-indexer"), *map(str, arguments)],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)

    def documents_in(self, index):
        said = self.indexer("stats", "--index", index)
        found = re.search(r"^documents\s+(\d+)", said.stdout, re.M)
        return int(found.group(1)) if found else None

    def make_collection(self, documents):
        """A folder of record files of 100 documents each, numbered from 0."""
        self.collection = self.collection or Collection(self.seed)
        folder = self.scratch / "records"
        for first in range(0, documents, 100):
            self.collection.write(folder / f"{first:07}.jsonl", range(first, min(first + 100, documents)))
        return folder

    def make_index(self, documents, name="index"):
        folder = self.make_collection(documents)
        index = self.scratch / name
        said = self.indexer("index", "--index", index, folder)
        if said.returncode != 0:
            raise CannotRun(f"indexing the collection ended with {said.returncode}: {said.stderr[-800:]}")
        return index

    def searchd(self, index, settings="", **more):
        return Searchd(self, index, settings, **more)

    def load(self, server, clients, targets, **more):
        return Load(server.port, clients, targets, seed=self.seed, **more)

    def usual_targets(self, documents):
        """What readers ask: searches, pages, suggestions, documents, feeds."""
        words = self.collection

        def target(draw):
            kind = draw.randrange(10)
            quote = urllib.parse.quote_plus
            if kind < 4:
                return "/api/v1/search?q=" + quote(" ".join(words.word(draw) for _ in range(1 + draw.randrange(3))))
            if kind < 6:
                return "/suche?q=" + quote(words.word(draw))
            if kind == 6:
                return "/api/v1/suggest?q=" + quote(words.word(draw)[:4])
            if kind == 7:
                return f"/dokument/stress-{draw.randrange(documents):07}"
            if kind == 8:
                return "/api/v1/search?q=" + quote('"' + words.word(draw) + " " + words.word(draw) + '"')
            return draw.choice(["/", "/feed.atom?q=" + quote(words.word(draw)), "/readyz", "/healthz", "/hilfe"])

        return target
