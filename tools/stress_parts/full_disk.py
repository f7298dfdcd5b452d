# SPDX-License-Identifier: GPL-3.0-or-later
"""The disk is full while the indexer writes: the last good index keeps serving, and the message says so."""
import re
import resource
import shutil
import signal
import subprocess

from stress_parts.house import Report

NAME, ORDER = "full-disk", 40
SUMMARY = "no space left while indexing: the last good index keeps serving, the message says what is missing"


class SmallDisk:
    """A tmpfs, where this user may mount one; else a limit on the size of files stands in for it."""

    def __init__(self, path, mib):
        self.path = path
        path.mkdir()
        self.mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", str(path)],
                                      capture_output=True).returncode == 0

    def resize(self, mib):
        if self.mounted:
            subprocess.run(["mount", "-o", f"remount,size={mib}m", str(self.path)], check=True)

    def used_mib(self):
        usage = shutil.disk_usage(self.path)
        return usage.used / 2**20

    def close(self):
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.path)], check=False)


def run(house):
    report = Report()
    documents = house.choose("documents", 1000, 200)
    records = house.make_collection(documents)
    disk = SmallDisk(house.scratch / "disk", 2048)
    try:
        index = disk.path / "index"
        said = house.indexer("index", "--index", index, records)
        report.check(said.returncode == 0, "an index is made while there is space")
        server = house.searchd(index)
        total = "/api/v1/search?q=allesamt&size=1&facets=none"
        count = server.json(total)["total"]["value"]
        used = disk.used_mib()
        report.say(f"{'a tmpfs' if disk.mounted else 'a limit on the size of files (no right to mount)'}; "
                   f"the index takes {used:.1f} MiB")
        house.collection.write(records / "0500000.jsonl", range(500_000, 500_000 + documents))

        def short_of_space():
            # Python ignores SIGXFSZ; so does whoever is to see EFBIG instead.
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        for spare in (0, 1, 2, 4):
            if disk.mounted:
                disk.resize(int(used) + 1 + spare)
            said = house.indexer("index", "--index", index, records,
                                 **({} if disk.mounted else {"preexec_fn": short_of_space}))
            if said.returncode == 0:
                report.say(f"with {spare} MiB to spare it fits")
                break
            words = said.stderr.strip().splitlines()[-1] if said.stderr.strip() else ""
            report.say(f"{spare} MiB to spare: exit code {said.returncode}: {words}")
            report.check(said.returncode == 2, "exit code 2")
            report.check(bool(re.search(r"space|full|voll|Speicherplatz|too large|write", words)) and "/" in words,
                         "the message names the file and that there is no space")
            now = server.json(total)["total"]["value"]
            report.check(now == count and server.get("/readyz")[0] == 200, f"{now} of {count} documents are served")
            checked = house.indexer("check", "--index", index)
            report.check(checked.returncode == 0, f"the index is sound {checked.stdout.strip()[:200]}")
        if disk.mounted:
            disk.resize(2048)
        said = house.indexer("index", "--index", index, records)
        report.check(said.returncode == 0, "once there is space the same command goes through")
        report.check(house.documents_in(index) == 2 * documents, f"{2 * documents} documents are there")
        report.check(server.alive(), "the server is alive")
        server.stop()

        # A file system that cannot be written at all: searchd needs to write nothing.
        if disk.mounted and subprocess.run(["mount", "-o", "remount,ro", str(disk.path)], capture_output=True).returncode == 0:
            reading = house.searchd(index)
            report.check(reading.json(total)["total"]["value"] == 2 * documents, "searchd serves a read-only file system")
            said = house.indexer("index", "--index", index, records)
            report.check(said.returncode == 2 and bool(said.stderr.strip()),
                         f"the indexer says why it cannot write: {said.stderr.strip()[-200:]}")
            reading.stop()
    finally:
        for server in house.started:
            server.stop(signal.SIGKILL)
        disk.close()
    return report
