#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two searchd behind nginx with docs/nginx-replicas.conf, both killed in turn under load: no request
fails. Then tools/replicate brings them a newer state, again under load.

Usage: replicas.py BIN_DIR SOURCE_DIR. Exit code 77: skipped, nginx is not installed."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

BIN, SOURCE = map(pathlib.Path, sys.argv[1:3])
CLIENTS, DEADLINE_S = 8, 240
PATHS = ["/api/v1/search?q=schule&facets=body,topic", "/api/v1/search?q=wohnungen%20kosten",
         "/suche?q=verkehr", "/api/v1/search?q=&sort=newest&size=5", "/"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port, path="/healthz"):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            one = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            one.request("GET", path)
            if one.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"nothing answers on port {port}")


class Load:
    """Clients that ask again and again over kept connections, as browsers do."""

    def __init__(self, port):
        self.port, self.stop, self.failures, self.done = port, threading.Event(), [], 0
        self.revisions = set()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(i,)) for i in range(CLIENTS)]

    def run(self, number):
        one = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        i = number
        while not self.stop.is_set():
            path = PATHS[i % len(PATHS)]
            i += 1
            try:
                one.request("GET", path)
                answer = one.getresponse()
                body = answer.read()
                whole = len(body) == int(answer.headers.get("Content-Length", len(body)))
                revision = json.loads(body)["revision"] if path.startswith("/api") else None
                failure = None if answer.status == 200 and whole else f"{path}: {answer.status}"
            except Exception as error:  # any failure seen by a client is what is tested
                failure, revision = f"{path}: {error!r}", None
                one.close()
            with self.lock:
                self.done += 1
                if failure:
                    self.failures.append(failure)
                if revision:
                    self.revisions.add(revision)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()


def main():
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not nginx:
        print("skipped: nginx is not installed (tools/dependencies build test)")
        return 77
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="fundstelle-replicas-"))
    running = {}
    # Whatever hangs, nothing is left behind.
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(SystemExit("took too long")))
    signal.alarm(DEADLINE_S)

    def index(*paths):
        subprocess.run([BIN / "fundstelle-indexer", "index", "--index", scratch / "master", "--jobs",
                        "1", "--no-originals", *[SOURCE / "corpus" / p for p in paths]],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def replicate(name):
        subprocess.run([SOURCE / "tools/replicate", scratch / "master", scratch / name], check=True,
                       env={**os.environ, "KEEP": "3"})

    def start(name, port):
        running[name] = subprocess.Popen(
            [BIN / "fundstelle-searchd", "--index", scratch / name, "--listen", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(port, "/readyz")

    def kill(name):
        running[name].kill()
        running[name].wait()

    try:
        index("presse")
        ports = {"a": free_port(), "b": free_port()}
        front = free_port()
        for name, port in ports.items():
            replicate(name)
            start(name, port)
        # As anybody, with a folder of its own.
        (scratch / "nginx").mkdir()
        server = (SOURCE / "docs/nginx-replicas.conf").read_text()
        for known, own in [("8081", ports["a"]), ("8082", ports["b"]), ("8080", front)]:
            server = server.replace(f"127.0.0.1:{known}", f"127.0.0.1:{own}")
        config = scratch / "nginx/nginx.conf"
        temporary = "".join(f"{kind}_temp_path {scratch}/nginx/{kind};\n" for kind in
                            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        config.write_text(f"worker_processes 1;\ndaemon off;\npid {scratch}/nginx/pid;\n"
                          f"error_log {scratch}/nginx/error.log warn;\n"
                          "events { worker_connections 256; }\n"
                          f"http {{\naccess_log off;\n{temporary}{server}}}\n")
        running["nginx"] = subprocess.Popen([nginx, "-p", scratch / "nginx", "-c", config, "-e",
                                             scratch / "nginx/error.log"])
        wait_for(front)

        with Load(front) as load:
            for name in ["a", "b"]:
                time.sleep(1)
                before = load.done
                kill(name)
                time.sleep(2)
                if load.done == before:
                    load.failures.append(f"nothing was answered while {name} was down")
                start(name, ports[name])
                time.sleep(2.5)  # nginx asks it again
        print(f"killed in turn: {load.done} requests, {len(load.failures)} failed")
        if load.failures or load.done < 100:
            raise SystemExit("\n".join(load.failures[:5]) or "too few requests to mean anything")
        first = load.revisions
        if len(first) != 1:
            raise SystemExit(f"one state, {len(first)} revisions")

        index("presse", "hamburg")
        with Load(front) as load:
            for name in ports:
                replicate(name)
            time.sleep(2)
        print(f"state swapped: {load.done} requests, {len(load.failures)} failed")
        if load.failures:
            raise SystemExit("\n".join(load.failures[:5]))
        with Load(front) as load:
            time.sleep(0.5)
        if load.failures or len(load.revisions) != 1 or load.revisions == first:
            raise SystemExit(f"replicas did not take the new state over: {load.revisions}")
        return 0
    finally:
        signal.alarm(0)
        for one in running.values():
            if one.poll() is None:
                one.terminate()
                try:
                    one.wait(10)
                except subprocess.TimeoutExpired:
                    one.kill()
        shutil.rmtree(scratch, ignore_errors=True)


sys.exit(main())
