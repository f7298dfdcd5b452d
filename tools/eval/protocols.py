#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speeches found in plenary minutes against hand-corrected transcripts.

Usage: protocols.py INDEXER FOLDER [--show N]

FOLDER holds NAME.pdf and NAME.gold.xml (speeches in <red>, the speaker before the first colon). A
speech is found if a section of kind "speech" begins with the same words and no other one claimed it;
its speaker is right if surname and, where printed, party agree. Prints one line a file and the sum.
"""
import argparse
import html
import json
import pathlib
import re
import subprocess

TITLES = re.compile(r"^(?:Dr|Prof|D|h|c|mult|Frau|Herr|Abg|Dipl\S*|Ing)\.?$")


def letters(text):
    return re.sub(r"[\W\d_]+", "", text.lower())


def gold_speeches(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    for block in re.findall(r"<red>(.*?)</red>", text, re.S):
        block = html.unescape(re.sub(r"<[^>]+>", "", block)).strip()
        head, colon, rest = block.partition(":")
        if not colon or len(head) > 200:
            continue
        head = re.sub(r"-\s*\n\s*", "", head)
        head = re.sub(r"\s+", " ", head).strip()
        yield head, rest.strip()


def party_of(head):
    found = re.findall(r"\(([^()]*(?:\[[^\]]*\])?[^()]*)\)", head)
    return letters(found[-1]) if found and "," not in head else ""


def speaker_agrees(head, speaker):
    name = re.sub(r"\s+-\s+", "-", (speaker or {}).get("name") or "")
    words = [w for w in re.split(r"\s+", name) if w and not TITLES.match(w)]
    if not words or letters(words[-1]) not in letters(head):
        return False
    if len(words[-1]) == len(name) or letters(words[0]) in letters(head):
        party = party_of(head)
        group = letters((speaker or {}).get("group") or "")
        return not party or not group or group in party or party in group or party[:5] == group[:5]
    return False


def same_begin(a, b):
    a, b = letters(a)[:40], letters(b)[:40]
    n = min(len(a), len(b), 24)
    if n < 4:
        return a == b
    return sum(x == y for x, y in zip(a[:n], b[:n])) >= 0.85 * n


def align(gold, found):
    """Longest common subsequence of speeches that begin alike."""
    n, m = len(gold), len(found)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if same_begin(gold[i][1], found[j]["text"]):
                best[i][j] = max(best[i][j], best[i + 1][j + 1] + 1)
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        if same_begin(gold[i][1], found[j]["text"]) and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("indexer")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--show", type=int, default=0, help="differences to print a file")
    options = parser.parse_args()
    sums = [0, 0, 0, 0]
    for gold_path in sorted(options.folder.glob("*.gold.xml")):
        pdf = gold_path.with_name(gold_path.name.replace(".gold.xml", ".pdf"))
        record = json.loads(subprocess.run([options.indexer, "inspect", "--json", pdf],
                                           stdout=subprocess.PIPE, check=False).stdout)
        gold = list(gold_speeches(gold_path))
        found = [s for s in record["sections"] if s["kind"] == "speech"]
        pairs = align(gold, found)
        right = sum(speaker_agrees(gold[i][0], found[j].get("speaker")) for i, j in pairs)
        counts = [len(gold), len(found), len(pairs), right]
        sums = [a + b for a, b in zip(sums, counts)]
        print(line(pdf.stem, counts))
        matched_gold, matched_found = {i for i, _ in pairs}, {j for _, j in pairs}
        for i in [i for i in range(len(gold)) if i not in matched_gold][:options.show]:
            print("   missed  ", gold[i][0], "|", gold[i][1][:60].replace("\n", " "))
        for j in [j for j in range(len(found)) if j not in matched_found][:options.show]:
            print("   surplus ", found[j]["page"], found[j].get("speaker"), "|",
                  found[j]["text"][:60].replace("\n", " "))
        for i, j in pairs:
            if options.show and not speaker_agrees(gold[i][0], found[j].get("speaker")):
                print("   speaker ", gold[i][0], "|", found[j].get("speaker"))
    print(line("all", sums))


def line(name, counts):
    gold, found, pairs, right = counts
    return (f"{name:14} gold {gold:4} found {found:4} matched {pairs:4}"
            f"  precision {pairs / max(found, 1):.3f} recall {pairs / max(gold, 1):.3f}"
            f"  speaker right {right / max(pairs, 1):.3f}")


if __name__ == "__main__":
    main()
