# SPDX-License-Identifier: GPL-3.0-or-later
"""Inquiries that follow up on an earlier one they cite, with the citation hidden.

An inquiry follows up if its title or abstract cites the number of an earlier inquiry, or of its answer, and that
earlier inquiry is in the data. The draft made of it keeps what a writer has before knowing the earlier paper:
title and matter. Hidden are every number, the brackets or the clause that holds it, and titles in quotation marks
that belong to the earlier paper.
"""
import collections
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from collection import data_dir, unpack  # noqa: E402

INQUIRIES = {"Kleine Anfrage", "Große Anfrage"}
NUMBER = re.compile(r"(?<![\d/])(\d{1,2}/\d{1,5})(?![\d/])")
FILING = re.compile(r"\(G-SIG:[^)]*\)")
STEPS = re.compile(r"\r?\n(?=(?:Kleine|Große) Anfrage |Antwort |Unterrichtung |Ergänzung)")
COUNTED = re.compile(r"\(insgesamt \d+ Einzelfragen?\)|\(\d+ Einzelfragen?\)")
PAPER = r"(?:BT-|BR-)?(?:Bundestagsdrucksachen?|Bundesratsdrucksachen?|Drucksachen?|Drs\.?|Drsn?\.?)"
CITING = re.compile(
    r"\b(?:(?:[Ww]eitere|[Zz]weite|[Dd]ritte|[Dd]etaillierte)\s+)?(?:Nachfragen?|Anschlussfragen?|Bezugnahme|Ergänzungen?|Fragen|Nachtrag)\s+"
    r"(?:(?:zu[rm]?|auf|der|die|den|des|eine[rn]?|Bundesregierung|Beantwortung|Antwort(?:en)?|Kleinen?|Großen?|Anfragen?|in|"
    r"und|von|vom|betr\.|" + PAPER + r"|\d{1,2}/\d{1,5},?)\s*)+" )


def scale_records():
    raw = unpack(data_dir() / "scale/dip21-wp10-17.jsonl.zst").decode("utf-8")
    return [json.loads(line) for line in raw.splitlines() if line]


def abstract(record):
    """What the documentation wrote of the matter: the text before the steps."""
    text = record["text"] or ""
    first = STEPS.split(text)[0]
    return "" if re.match(r"(?:Kleine|Große) Anfrage |Antwort ", first) else first


def hide(text, titles=()):
    """The text without citations: brackets and clauses that hold a number, numbers, quoted titles."""
    text = COUNTED.sub(" ", FILING.sub(" ", text))
    for title in titles:
        bare = FILING.sub("", title).strip()
        text = re.sub(r"[„\"»]" + re.escape(bare) + r"[“\"«]?", " ", text)
    text = re.sub(r"\([^()]*(?:\d{1,2}/\d{1,5}|" + PAPER + r")[^()]*\)", " ", text)
    text = CITING.sub(lambda m: " " if NUMBER.search(m[0]) else m[0], text)
    text = re.sub(r"\b(?:auf|in|zu|der|siehe|vgl\.)?\s*" + PAPER + r"?\s*" + NUMBER.pattern + r"(?:\s*(?:,|und)\s*" +
                  NUMBER.pattern + r")*", " ", text)
    text = re.sub(r"\d{1,2}/\d{2,5}", " ", re.sub(r"\bBT-\s", " ", text))
    return re.sub(r"\s+", " ", text).strip(" ,;:-")


def follow_ups(records):
    """[(record, [earlier records])]: at most three earlier ones; who cites more gives an overview."""
    by_number = collections.defaultdict(list)
    for record in records:
        if record["type"] not in INQUIRIES:
            continue
        for number in {record["number"], *record["references"]}:
            if number and NUMBER.fullmatch(number):
                by_number[number].append(record)
    found = []
    for record in records:
        if record["type"] not in INQUIRIES:
            continue
        own = {record["number"], *record["references"]}
        cited = set(NUMBER.findall(FILING.sub("", record["title"]) + "\n" + abstract(record))) - own
        earlier = {one["id"]: one for number in cited for one in by_number.get(number, ())
                   if one["date"] and record["date"] and one["date"] < record["date"]}
        if 1 <= len(earlier) <= 3:
            found.append((record, list(earlier.values())))
    return found


def draft_of(record, earlier):
    """Title and matter as somebody would paste them, each clause of the abstract a question."""
    titles = [one["title"] for one in earlier]
    matter = hide(abstract(record), titles)
    asked = [part.strip(" ,.") for part in re.split(r"[;,](?![^(]*\))\s|\.\s+(?=[A-ZÄÖÜ])", matter)]
    asked = [part for part in asked if len(part) > 3]
    return {"title": hide(record["title"], titles), "questions": asked}
