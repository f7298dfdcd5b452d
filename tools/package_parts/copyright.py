#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""debian/copyright: packaging/copyright.in with the texts of foreign licences as they came.

usage: copyright.py copyright.in ASSETS NODE_MODULES > copyright"""
import pathlib
import sys

template, assets, modules = (pathlib.Path(argument) for argument in sys.argv[1:])
pdfjs = assets / "pdfjs"
TEXTS = {
    "EUPL-1.2": modules / "@kern-ux/native/LICENSE.md",
    "BSD-3-Clause-Adobe": pdfjs / "LICENSE_CMAPS",
    "BSD-3-Clause-PDFium": pdfjs / "LICENSE_FOXIT",
    "GPL-2-with-font-exception": pdfjs / "LICENSE_LIBERATION",
    "BSD-2-Clause-OpenJPEG": pdfjs / "LICENSE_OPENJPEG",
}
print(template.read_text().rstrip())
for name, file in TEXTS.items():
    print(f"\nLicense: {name}")
    lines = file.read_text(errors="replace").splitlines()
    if name.startswith("GPL-2"):  # the exceptions stand above the text everybody has
        lines = lines[: next(i for i, line in enumerate(lines) if "GNU GENERAL PUBLIC LICENSE" in line)]
    for line in lines:
        print(f" {line.rstrip()}" if line.strip() else " .")
    if name.startswith("GPL-2"):
        print(" .\n On Debian systems the text of the GNU General Public License, version 2, is in\n"
              " /usr/share/common-licenses/GPL-2.")
