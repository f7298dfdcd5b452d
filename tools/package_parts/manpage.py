#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manual page of a program from what it says of itself with --help: its flags are defined once, there.

usage: manpage.py PROGRAM SECTION DATE EXTRA.man > PROGRAM.SECTION

EXTRA.man holds what --help does not tell (FILES, SEE ALSO), in roff."""
import pathlib
import re
import subprocess
import sys


def help_of(*command):
    done = subprocess.run([*command, "--help"], capture_output=True, text=True)
    if done.returncode != 0 or not done.stdout.strip():
        sys.exit(f"manpage.py: {' '.join(command)} --help failed: {done.stderr}")
    return done.stdout.rstrip().splitlines()


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def tidied(flag, meaning):
    """What the parser of arguments says of types and needs is for programs."""
    flag = flag.replace(" REQUIRED", "").replace(" TEXT", "").replace(" ... ...", " ...")
    limits = re.search(r" [A-Z]+:[A-Z]+ in \[(\S+) - (\S+)\](=\S*)?", flag)
    if limits:
        flag = flag.replace(limits.group(0), " N")
        meaning += f" ({limits.group(1)} to {limits.group(2)})"
    return flag, meaning


class Help:
    """Sections of one --help: what stands before them, entries (name, meaning), plain lines."""

    def __init__(self, lines):
        self.about, self.usage, self.sections = [], "", []
        section = None
        for line in lines:
            heading = re.fullmatch(r"(\[Option Group: )?([A-Z][A-Za-z ]+?)\]?:", line)
            if line.startswith("Usage:"):
                self.usage = line[len("Usage:"):].strip()
                section = None
            elif heading:
                section = (heading.group(2), [])
                self.sections.append(section)
            elif section is not None:
                section[1].append(line)
            elif line.strip() and not self.usage:
                self.about.append(line.strip())

    def entries(self, lines):
        found = []
        for line in lines:
            match = re.fullmatch(r"  (\S.*?)(?:\s{2,}(.*))?", line)
            if match and not line.startswith("   "):
                found.append([match.group(1), match.group(2) or ""])
            elif line.strip() and found:
                found[-1][1] = (found[-1][1] + " " + line.strip()).strip()
        return [tidied(*entry) for entry in found]

    def roff(self, heading):
        out = []
        for name, lines in self.sections:
            if name == "Subcommands":
                continue
            plain = name == "Examples"
            out.append(f"{heading} {name if heading == '.SS' else name.upper()}")
            if plain:
                code = [line for line in lines if line.startswith("  ")]
                rest = [line for line in lines if line.strip() and not line.startswith("  ")]
                out += [".nf", ".RS", *[escaped(line.strip()) for line in code], ".RE", ".fi"]
                for line in rest:
                    out += [".PP", escaped(line)]
                continue
            for flag, meaning in self.entries(lines):
                out += [".TP", f"\\fB{escaped(flag)}\\fR", escaped(meaning or "\\ ")]
        return out


def main():
    program, section, date, extra = sys.argv[1:]
    name = pathlib.Path(program).name
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.split()[-1]
    top = Help(help_of(program))
    about = top.about[0].rstrip(".") if top.about else name
    out = [f'.TH {name.upper()} {section} "{date}" "Fundstelle {version}" "Fundstelle"',
           ".SH NAME", f"{escaped(name)} \\- {escaped(about[0].lower() + about[1:])}",
           ".SH SYNOPSIS"]
    commands = [entry for heading, lines in top.sections if heading == "Subcommands"
                for entry in top.entries(lines)]
    helps = {command: Help(help_of(program, command)) for command, _ in commands}
    for one in helps.values() or [top]:
        out += [f".B {escaped(one.usage or name + ' [OPTIONS]')}", ".br"]
    if len(top.about) > 1:
        out += [".SH DESCRIPTION", *[escaped(line) for line in top.about[1:]]]
    if commands:
        out.append(".SH COMMANDS")
        for command, meaning in commands:
            one = helps[command]
            out += [f".SS {escaped(command)}", escaped(meaning + ("" if meaning.endswith(".") else "."))]
            for heading, lines in one.sections:
                if heading == "Examples" and lines == dict(top.sections).get("Examples"):
                    continue
                for flag, what in one.entries(lines):
                    if flag.startswith("-h,"):
                        continue
                    out += [".TP", f"\\fB{escaped(flag)}\\fR", escaped(what or "\\ ")]
    out += top.roff(".SH")
    out += pathlib.Path(extra).read_text().splitlines()
    print("\n".join(out))


main()
