# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx with the site we ship (packaging/nginx/fundstelle.conf) on a free port of 127.0.0.1."""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

from . import house as houses

SITE = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "nginx" / "fundstelle.conf"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Nginx:
    """In front of a server on `upstream_port`. `limits` False: requests are not counted by address."""

    def __init__(self, house, upstream_port, limits=True, site=SITE):
        program = shutil.which("nginx") or ("/usr/sbin/nginx" if os.path.exists("/usr/sbin/nginx") else None)
        if program is None:
            raise houses.CannotRun("nginx is missing (Debian: nginx)")
        self.port = free_port()
        folder = house.scratch / f"nginx-{house.next_number()}"
        folder.mkdir()
        (folder / "cache").mkdir()
        text = site.read_text(encoding="utf-8")
        text = text.replace("server 127.0.0.1:8080", f"server 127.0.0.1:{upstream_port}")
        text = re.sub(r"^\s*listen \[::\]:80;", "", text, flags=re.M)
        text = re.sub(r"^(\s*)listen 80;", rf"\1listen 127.0.0.1:{self.port};", text, flags=re.M)
        text = text.replace("/var/cache/nginx/fundstelle", str(folder / "cache"))
        if not limits:
            text = re.sub(r"^\s*limit_(req|conn) .*$", "", text, flags=re.M)
        (folder / "site.conf").write_text(text, encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        temps = "\n".join(f"{name}_temp_path {folder}/{name};"
                          for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(
            f"{user}\ndaemon off;\npid {folder}/pid;\nerror_log {folder}/error.log warn;\nworker_processes 2;\n"
            f"events {{ worker_connections 4096; }}\nhttp {{\n{temps}\ninclude {folder}/site.conf;\n}}\n",
            encoding="utf-8")
        self.error_log = folder / "error.log"
        arguments = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        tested = subprocess.run([*arguments, "-t"], capture_output=True, text=True)
        if tested.returncode != 0:
            raise houses.CannotRun("nginx refuses the site: " + tested.stderr[-600:])
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        house.started.append(self)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise houses.CannotRun("nginx did not listen: " + self.error_log.read_text()[-600:])

    def stop(self, _how=None, seconds=20):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT if _how is None else signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode
