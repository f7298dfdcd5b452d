#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions of collective papers (Schriftliche Fragen, Fragestunde) against the papers' own index.

Usage: collective.py INDEXER FILE...

Each paper opens with "Verzeichnis der Fragenden": who asked which numbers. Read here from the raw text,
independently of the program. Prints questions listed, found, with the right asker and group, and answered.
"""
import json
import re
import subprocess
import sys


def listed(path):
    text = open(path, encoding="utf-8", errors="replace").read()
    match = re.search(r"Verzeichnis der Fragenden(.*?)Verzeichnis der (?:Fragen|Geschäftsbereiche)", text, re.S)
    out = {}
    if not match:
        return out
    body = re.sub(r"\s+", " ", re.sub(r"Abgeordnete Nummer\s+der Frage", " ", match.group(1)))
    for who, group, numbers in re.findall(r"([^.()]+(?:Dr\.|Prof\.|[^.()])*?)\s*\(([^)]+)\)[ .]*((?:\d+,? ?)+)", body):
        for number in re.findall(r"\d+", numbers):
            out[number] = (who.strip(" ."), re.sub(r"\s", "", group))
    return out


def letters(text):
    return re.sub(r"[\W\d_]+", "", text or "").lower()


def main():
    sums = [0] * 5
    for path in sys.argv[2:]:
        record = json.loads(subprocess.run([sys.argv[1], "inspect", "--json", path], stdout=subprocess.PIPE).stdout)
        asked = {s["labels"][0]: s.get("speaker") or {} for s in record["sections"] if s["kind"] == "question"}
        answers = {s["labels"][0]: s for s in record["sections"] if s["kind"] == "answer"}
        gold = listed(path)
        right = 0
        for number, (who, group) in gold.items():
            speaker = asked.get(number)
            if speaker is None:
                print("   missed", number, who, group)
                continue
            surname = letters(who.split(",")[0])
            if surname in letters(speaker.get("name")) and letters(group) == letters(speaker.get("group")):
                right += 1
            else:
                print("   asker", number, who, group, speaker)
        surplus = [n for n in asked if n not in gold]
        if surplus:
            print("   surplus", surplus)
        named = sum(1 for a in answers.values() if (a.get("speaker") or {}).get("name") or (a.get("speaker") or {}).get("role"))
        counts = [len(gold), len(asked), right, len(answers), named]
        sums = [a + b for a, b in zip(sums, counts)]
        print(path.rsplit("/", 1)[-1], *counts)
    print("listed {} found {} asker right {} answered {} answerer named {}".format(*sums))


if __name__ == "__main__":
    main()
