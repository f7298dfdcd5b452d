// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds hits of our text again in another rendering of the same page.
//
// searchd marks hits in the text its indexer read: hyphenation mended, columns in order, running heads
// off. pdf.js cuts the page into pieces of its own, with other blanks and breaks. Only letters and
// digits are the same in both. A hit is therefore sought by its letters, and among equal words the one
// whose neighbours are most alike is taken.

export interface SoughtHit {
  text: string;
  before: string;  // a few words around it
  after: string;
}

/// Part of a piece of the page, in UTF-16 units.
export interface Place {
  piece: number;
  begin: number;
  end: number;
}

interface Letters {
  text: string;
  from: {piece: number; begin: number; end: number}[];  // one a letter of `text`
}

const notLetter = /[^\p{L}\p{N}]/gu;

/// Letters and digits alone: accents off (printers set them apart), ligatures opened, lower case.
function lettersOf(pieces: readonly string[]): Letters {
  let text = '';
  const from: Letters['from'] = [];
  pieces.forEach((piece, index) => {
    let at = 0;
    for (const character of piece) {
      const kept = character.normalize('NFKD').replace(notLetter, '').toLowerCase();
      for (let i = 0; i < kept.length; ++i) from.push({piece: index, begin: at, end: at + character.length});
      text += kept;
      at += character.length;
    }
  });
  return {text, from};
}

const plain = (text: string): string => lettersOf([text]).text;

function alikeBackwards(text: string, end: number, wanted: string): number {
  let same = 0;
  while (same < wanted.length && same < end && text[end - 1 - same] === wanted[wanted.length - 1 - same]) ++same;
  return same;
}

function alikeForwards(text: string, begin: number, wanted: string): number {
  let same = 0;
  while (same < wanted.length && text[begin + same] === wanted[same]) ++same;
  return same;
}

/// For each hit, in the order given, the parts of pieces it covers; empty if it is not there.
export function findHits(pieces: readonly string[], hits: readonly SoughtHit[]): Place[][] {
  const page = lettersOf(pieces);
  const taken = new Set<number>();
  let last = 0;
  return hits.map(hit => {
    const word = plain(hit.text);
    if (word === '') return [];
    const before = plain(hit.before), after = plain(hit.after);
    let best = -1, bestAlike = -1;
    for (let at = page.text.indexOf(word); at >= 0; at = page.text.indexOf(word, at + 1)) {
      if (taken.has(at)) continue;
      const alike = alikeBackwards(page.text, at, before) + alikeForwards(page.text, at + word.length, after);
      // Equal neighbours: hits come in reading order.
      if (alike > bestAlike || (alike === bestAlike && best < last && at >= last)) {
        best = at;
        bestAlike = alike;
      }
    }
    if (best < 0) return [];
    taken.add(best);
    last = best;
    const places: Place[] = [];
    for (const letter of page.from.slice(best, best + word.length)) {
      const open = places[places.length - 1];
      if (open && open.piece === letter.piece) open.end = letter.end;
      else places.push({...letter});
    }
    return places;
  });
}
