// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines of a PDF's text as they stand on paper: numbers beside the lines they begin, whatever the
// order the file has them in, empty lines where paragraphs end, notes in small print left out.
import type {TextItem} from './pdfjs';

interface Line {
  text: string;
  left: number;
  base: number;
  height: number;  // of most of its letters
}

function linesOf(items: (TextItem | {type: string})[]): Line[] {
  const lines: Line[] = [];
  let open: Line | null = null;
  let longest = 0;
  for (const item of items) {
    if (!('str' in item)) continue;
    if (item.str.trim()) {
      if (!open) {
        open = {text: '', left: item.transform[4] ?? 0, base: item.transform[5] ?? 0, height: item.height};
        longest = 0;
      }
      if (item.str.length > longest) {
        longest = item.str.length;
        open.height = item.height;
        open.base = item.transform[5] ?? 0;
      }
    }
    if (open) open.text += item.str;
    if (item.hasEOL && open) {
      lines.push(open);
      open = null;
    }
  }
  if (open) lines.push(open);
  return lines;
}

/// "3." or "a)" drawn apart from its question goes to the line beside it.
function withSigns(lines: Line[]): Line[] {
  const alone = (line: Line) => /^\s*\(?(\d{1,3}|[a-z])[.)]{1,2}\s*$/.test(line.text);
  const signs = lines.filter(alone);
  const rest = lines.filter(line => !alone(line));
  for (const sign of signs) {
    const beside = rest.filter(line => Math.abs(line.base - sign.base) <= 3 && line.left > sign.left)
      .sort((one, other) => one.left - other.left)[0];
    if (beside) {
      beside.text = `${sign.text.trim()} ${beside.text}`;
      beside.left = sign.left;
    } else {
      rest.splice(lines.slice(0, lines.indexOf(sign)).filter(line => !signs.includes(line) || rest.includes(line)).length, 0, sign);
    }
  }
  return rest;
}

/// The value in the middle, each weighed by `weight`.
function middle(values: {value: number; weight: number}[]): number {
  const sorted = values.slice().sort((one, other) => one.value - other.value);
  let rest = sorted.reduce((sum, one) => sum + one.weight, 0) / 2;
  for (const one of sorted) {
    rest -= one.weight;
    if (rest <= 0) return one.value;
  }
  return 0;
}

export function textOfPages(pages: (TextItem | {type: string})[][]): string {
  const read = pages.map(items => withSigns(linesOf(items)));
  const usual = middle(read.flat().map(line => ({value: line.height, weight: line.text.length})));
  const printed = read.map(lines => lines.filter(line => line.height > 0.76 * usual));
  // How far lines of one size stand apart.
  const gaps = new Map<number, {value: number; weight: number}[]>();
  const size = (line: Line) => Math.round(line.height * 2);
  for (const lines of printed) {
    lines.forEach((line, at) => {
      const gap = (lines[at - 1]?.base ?? 0) - line.base;
      if (gap <= 0 || gap > 3 * line.height || size(line) !== size(lines[at - 1]!)) return;
      gaps.set(size(line), [...gaps.get(size(line)) ?? [], {value: gap, weight: 1}]);
    });
  }
  const leading = new Map([...gaps].map(([height, found]) => [height, middle(found)]));
  let text = '';
  let before: Line | null = null;
  for (const lines of printed) {
    let first = true;
    for (const line of lines) {
      const apart = before && !first && Math.abs(before.base - line.base) > 1.25 * Math.max(leading.get(size(line)) ?? 0, leading.get(size(before)) ?? 0, line.height);
      // Answers are often printed larger than the questions they repeat.
      if (before && (apart || Math.abs(size(before) - size(line)) >= 1)) text += '\n';
      text += `${line.text}\n`;
      before = line;
      first = false;
    }
  }
  return text;
}
