#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a package of Fundstelle is made of, as CycloneDX 1.5 JSON.

usage: sbom.py VERSION DATE INSTALLED_ROOT PACKAGE_LOCK > sbom.cdx.json
       sbom.py --check sbom.cdx.json

Linked libraries are those the loader finds for the installed programs, libraries that are headers only
those whose packages the build needs; both with the version of the Debian package they come from. Parts of
the web pages are read from npm's lock file."""
import json
import pathlib
import re
import subprocess
import sys
import uuid

# Header-only, so that no loader knows of them; Debian package to licence as in NOTICE.
HEADERS = {"nlohmann-json3-dev": "MIT", "libcli11-dev": "BSD-3-Clause", "libtomlplusplus-dev": "MIT"}
# From packages of the lock to whether the pages hold them, or the build alone used them.
SERVED = {"@kern-ux/native", "pdfjs-dist"}
NAMESPACE = uuid.UUID("5a7d3f0e-6a0c-4bb1-9a0e-0a6a5b0d7c11")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def owner_of(library):
    """Debian package of a file; the file may be named through /lib or /usr/lib."""
    real = str(pathlib.Path(library).resolve())
    for path in (library, real, "/usr" + library, real.removeprefix("/usr")):
        line = run("dpkg-query", "--search", path).splitlines()
        if line:
            return line[0].split(": ")[0].split(":")[0]
    return None


def licences_of(package):
    """Short names of a machine-readable copyright file, else none: they are not guessed."""
    file = pathlib.Path(f"/usr/share/doc/{package}/copyright")
    try:
        text = file.read_text(errors="replace")
    except OSError:
        return []
    if "copyright-format" not in text[:400]:
        return []
    return sorted({name.strip() for name in re.findall(r"(?m)^License: *(\S.*)$", text)})


def debian(package, linked):
    version, architecture = run("dpkg-query", "--show", "--showformat=${Version} ${Architecture}",
                                package).split()
    component = {
        "type": "library",
        "bom-ref": f"deb:{package}",
        "name": package,
        "version": version,
        "purl": f"pkg:deb/debian/{package}@{version.replace('+', '%2B').replace(':', '%3A')}"
                f"?arch={architecture}",
        "properties": [{"name": "fundstelle:use", "value": "linked" if linked else "compiled in"}],
    }
    names = licences_of(package)
    if names:
        component["licenses"] = [{"license": {"name": name}} for name in names]
    return component


def elf_files(root):
    for path in sorted(pathlib.Path(root).rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def components(root, lock):
    packages = {}
    for program in elf_files(root):
        for line in run("ldd", str(program)).splitlines():
            found = re.search(r"(/\S+) \(0x", line)
            if not found:
                if "not found" in line:
                    sys.exit(f"sbom.py: {program}: {line.strip()}")
                continue
            package = owner_of(found.group(1))
            if package is None:
                sys.exit(f"sbom.py: {found.group(1)} belongs to no Debian package")
            packages[package] = True
    for package in HEADERS:
        packages.setdefault(package, False)
    out = [debian(package, linked) for package, linked in sorted(packages.items())]
    for component in out:
        if "licenses" not in component and component["name"] in HEADERS:
            component["licenses"] = [{"license": {"id": HEADERS[component["name"]]}}]
    for path, entry in sorted(json.loads(pathlib.Path(lock).read_text())["packages"].items()):
        # Builds for other systems are optional and never came here.
        if not path or entry.get("optional"):
            continue
        name = path.removeprefix("node_modules/")
        component = {
            "type": "library",
            "bom-ref": f"npm:{name}",
            "name": name,
            "version": entry["version"],
            "scope": "required" if name in SERVED else "excluded",
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}",
        }
        if "integrity" in entry:
            import base64
            kind, value = entry["integrity"].split("-", 1)
            component["hashes"] = [{"alg": {"sha512": "SHA-512", "sha1": "SHA-1"}[kind],
                                    "content": base64.b64decode(value).hex()}]
        if "license" in entry:
            component["licenses"] = [{"license": {"id": entry["license"]}}]
        out.append(component)
    return out


def check(bom):
    """Problems of structure, as CycloneDX 1.5 asks; empty if there are none."""
    problems = []

    def wants(holds, what):
        if not holds:
            problems.append(what)

    wants(bom.get("bomFormat") == "CycloneDX" and bom.get("specVersion") == "1.5", "format")
    wants(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                       bom.get("serialNumber", "")), "serialNumber")
    wants(isinstance(bom.get("version"), int) and bom["version"] >= 1, "version")
    wants(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", bom["metadata"].get("timestamp", "")),
          "metadata.timestamp")
    everything = [bom["metadata"]["component"], *bom["components"]]
    refs = [one.get("bom-ref") for one in everything]
    wants(len(set(refs)) == len(refs) and all(refs), "bom-refs are there and differ")
    for one in everything:
        name = one.get("name", "?")
        wants(one.get("type") in {"application", "library", "framework", "file"}, f"{name}: type")
        wants(one.get("name") and one.get("version"), f"{name}: name and version")
        wants(re.fullmatch(r"pkg:(deb/debian|npm|generic)/[^@\s]+@[^\s@]+", one.get("purl", "")),
              f"{name}: purl {one.get('purl')}")
        wants(one.get("scope", "required") in {"required", "optional", "excluded"}, f"{name}: scope")
        for entry in one.get("licenses", []):
            wants(set(entry) == {"license"} and len(set(entry["license"]) & {"id", "name"}) == 1,
                  f"{name}: licence")
        for entry in one.get("hashes", []):
            wants(len(entry["content"]) == {"SHA-512": 128, "SHA-1": 40}[entry["alg"]], f"{name}: hash")
    for entry in bom["dependencies"]:
        wants(entry["ref"] in refs and set(entry["dependsOn"]) <= set(refs), f"dependency {entry['ref']}")
    wants(len(bom["components"]) >= 20, "hardly anything in it")
    return problems


def main():
    if sys.argv[1] == "--check":
        problems = check(json.loads(pathlib.Path(sys.argv[2]).read_text()))
        for problem in problems:
            print(f"sbom.py: {problem}", file=sys.stderr)
        sys.exit(1 if problems else 0)
    version, date, root, lock = sys.argv[1:]
    found = components(root, lock)
    names = " ".join(f"{one['name']} {one['version']}" for one in found)
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        # The same content has the same number.
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, version + names)}",
        "version": 1,
        "metadata": {
            "timestamp": date,
            "component": {"type": "application", "bom-ref": "fundstelle", "name": "fundstelle",
                          "version": version, "purl": f"pkg:generic/fundstelle@{version}",
                          "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]},
        },
        "components": found,
        "dependencies": [{"ref": "fundstelle",
                          "dependsOn": [one["bom-ref"] for one in found
                                        if one.get("scope") != "excluded"]}],
    }
    problems = check(bom)
    if problems:
        sys.exit("sbom.py: " + "; ".join(problems))
    json.dump(bom, sys.stdout, indent=1, ensure_ascii=False)
    print()


main()
