# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told to whoever watches: format, completeness, and the rules and panels that ask for it."""
import http.client
import json
import pathlib
import re
import shutil
import subprocess

from stress_parts.house import Report

NAME, ORDER = "watching", 5
SUMMARY = "/metrics is well-formed, and everything dashboard and alert rules ask for is there"
MONITORING = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "monitoring"
SAMPLE = re.compile(r'^([a-z_]+)(\{[a-z_]+="(?:[^"\\\n]|\\.)*"(?:,[a-z_]+="(?:[^"\\\n]|\\.)*")*\})? (\S+)$')


def run(house):
    report = Report()
    index = house.make_index(100)
    server = house.searchd(index, '[admin]\nlisten = "127.0.0.1:0"\n')
    report.check(server.admin_port is not None, "the administrator's door is open and said so")
    for target, status in (("/suche?q=allesamt", 200), ("/api/v1/search?size=1000", 400), ("/nirgendwo", 404)):
        report.check(server.get(target)[0] == status, f"{target} gives {status}")
    connection = http.client.HTTPConnection("127.0.0.1", server.admin_port, timeout=10)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    families, wrong = {}, []
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            families[line.split()[2]] = line.split()[3]
        elif not line.startswith("#"):
            found = SAMPLE.match(line)
            family = re.sub(r"_(bucket|sum|count)$", "", found.group(1)) if found else ""
            if not found or (found.group(1) not in families and families.get(family) != "histogram"):
                wrong.append(line)
            else:
                float(found.group(3))
    report.check(not wrong, f"{len(text.splitlines())} lines, all well-formed {wrong[:3]}")
    if shutil.which("promtool"):
        said = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
        report.check(said.returncode == 0, "promtool finds nothing in the metrics " + said.stderr[:300])
        said = subprocess.run(["promtool", "check", "rules", str(MONITORING / "fundstelle-alerts.yml")],
                              capture_output=True, text=True)
        report.check(said.returncode == 0, "promtool finds nothing in the rules " + (said.stdout + said.stderr)[-300:])
    values = server.metrics()
    report.check(values.get('fundstelle_http_requests_total{route="/suche",status="200"}') == 1, "a search was counted")
    report.check(values.get('fundstelle_http_requests_total{route="unknown",status="404"}') == 1, "so was a wrong address")
    report.check(values.get("fundstelle_index_documents") == 100, "documents are counted")
    report.check(values.get('fundstelle_indexer_last_run_files{state="new"}') == 1, "the last run of the indexer is told")
    dashboard = json.loads((MONITORING / "fundstelle-dashboard.json").read_text(encoding="utf-8"))
    asked = "\n".join(t["expr"] for p in dashboard["panels"] for t in p["targets"])
    asked += (MONITORING / "fundstelle-alerts.yml").read_text(encoding="utf-8")
    names = set(re.findall(r"\b((?:fundstelle|process)_[a-z_]+)", asked))
    known = set(families) | {f + end for f, kind in families.items() if kind == "histogram" for end in ("_bucket", "_sum", "_count")}
    # A refusal, and a query given up, are told once there is one.
    missing = sorted(n for n in names - known)
    report.check(not missing, f"{len(names)} metrics are asked for by dashboard and rules; missing: {missing}")
    # The public door has no metrics, and the administrator's has nothing else.
    report.check(server.get("/metrics")[0] == 404, "the public port has no /metrics")
    connection = http.client.HTTPConnection("127.0.0.1", server.admin_port, timeout=10)
    connection.request("GET", "/suche")
    report.check(connection.getresponse().status == 404, "the administrator's door has no search")
    return report
