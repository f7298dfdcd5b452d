# SPDX-License-Identifier: GPL-3.0-or-later
"""Retrieval collections in one form: documents, queries, relevance, documents to leave out.

A collection folder (FUNDSTELLE_DATA/retrieval/NAME) holds queries.tsv, qrels.txt or qrels.tsv, and either
docs.jsonl[.zst] (records) or docs.tsv (files of documents/text/dip-drucksachen.tar.zst).
"""
import hashlib
import io
import json
import os
import pathlib
import re
import subprocess
import tarfile

NAMES = ["dip21-topics", "dip21-known-item", "dip21-answers", "xquad-de"]
ROOT = pathlib.Path(__file__).resolve().parents[2]


def data_dir():
    path = pathlib.Path(os.environ.get("FUNDSTELLE_DATA", ROOT / "../shared/data"))
    if not path.is_dir():
        raise SystemExit(f"no real documents in {path}: set FUNDSTELLE_DATA to the folder that has them")
    return path


def unpack(path):
    """Bytes of a file, decompressed if its name ends in .zst."""
    if str(path).endswith(".zst"):
        return subprocess.run(["zstd", "-dcq", str(path)], check=True, stdout=subprocess.PIPE).stdout
    return pathlib.Path(path).read_bytes()


def id_of(name):
    """A document id for a file name: ids know no blanks, slashes or umlauts."""
    if re.fullmatch(r"[A-Za-z0-9._-]{1,80}", name):
        return name
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:60].strip("-")
    return f"{readable}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


class Collection:
    def __init__(self, name):
        self.name = name
        self.dir = data_dir() / "retrieval" / name
        if not self.dir.is_dir():
            raise SystemExit(f"there is no collection '{name}'; known are: {' '.join(NAMES)}")

    def documents(self):
        """Interchange records as dictionaries."""
        for name in ("docs.jsonl", "docs.jsonl.zst"):
            if (self.dir / name).exists():
                for line in unpack(self.dir / name).decode("utf-8").splitlines():
                    if line.strip():
                        yield json.loads(line)
                return
        kinds = {}
        for line in (self.dir / "docs.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            file, kind, number, date = line.split("\t")[:4]
            kinds[file] = (kind, number, date)
        packed = unpack(data_dir() / "documents/text/dip-drucksachen.tar.zst")
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            for member in archive:
                name = member.name.removeprefix("./")
                if name in kinds:
                    text = archive.extractfile(member).read().decode("utf-8", "replace")
                    yield {"id": id_of(name), "text": text}

    def queries(self):
        for line in (self.dir / "queries.tsv").read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield tuple(line.split("\t", 1))

    def qrels(self):
        """(query, document, grade)"""
        if (self.dir / "qrels.txt").exists():
            for line in (self.dir / "qrels.txt").read_text(encoding="utf-8").splitlines():
                query, _, document, grade = line.split()
                yield query, document, int(grade)
        else:
            for line in (self.dir / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
                query, document, grade = line.split("\t")
                yield query, id_of(document), int(grade)

    def excluded(self):
        """Query to documents taken out of its results before scoring."""
        out = {}
        if (self.dir / "exclude.tsv").exists():
            for line in (self.dir / "exclude.tsv").read_text(encoding="utf-8").splitlines():
                query, document = line.split("\t")[:2]
                out.setdefault(query, set()).add(id_of(document))
        return out
