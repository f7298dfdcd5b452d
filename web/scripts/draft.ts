// SPDX-License-Identifier: GPL-3.0-or-later
//
// The questions of a draft, found in the browser so that nothing else of it is sent. The rules are
// those of searchd/asked/draft.cpp, which reads what arrives once more; here they only have to lose
// no question and let no preamble through.

interface Item {
  number: number;  // of a part: 0
  sign: string;    // "3.", "a)" or "3.1"
  text: string;
  behindAnswer: boolean;
}

const month = /^(Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Wahlperiode|Legislatur)/;

function isFurniture(line: string): boolean {
  if (/^(Seite \d+|[-–—\s|]*\d{1,3}[-–—\s|]*)( von \d+)?$/.test(line)) return true;
  if (/^(Vorabfassung|Elektronische Vorab-Fassung)/.test(line)) return true;
  return /Drucksache/.test(line) && !line.includes('?') && line.length < 130 &&
    (/Wahlperiode/.test(line) || (line.length <= 90 && /^(Deutscher Bundestag|Drucksache)|Landtag/i.test(line)));
}

function signOf(line: string): {number: number; sign: string; length: number} | null {
  const counted = /^(?:(Frage (?:Nr\. )?)(\d{1,3})(?:[.):]+|(?= |$))|\(?(\d{1,3})[.):]+)(?=$|\s|\p{L})\s*/u.exec(line);
  if (counted) {
    const number = Number(counted[2] ?? counted[3]);
    if (number === 0 || month.test(line.slice(counted[0].length))) return null;
    return {number, sign: `${number}.`, length: counted[0].length};
  }
  // Bavaria: "1.1 Wie viele", no 1 before it.
  const part = /^(\d{1,2}\.\d{1,2})\.?\s+(?=\p{Lu})/u.exec(line);
  if (part) return {number: 0, sign: part[1]!, length: part[0].length};
  const letter = /^\(?([a-z])(?:\)|\.(?= ))\s*(?!\S\.)/.exec(line);
  return letter ? {number: 0, sign: `${letter[1]})`, length: letter[0].length} : null;
}

const announces = (line: string): boolean =>
  line.length <= 180 && !line.includes('?') && /(fragen|frage ich|Fragen)\b.*:$|^Fragen$/.test(line);

function closes(line: string): boolean {
  if (line.includes('?')) return false;
  return line.length <= 90 && /^(Begründung|Mit freundlichen|Vorbemerkung|Anlage|Erläuterung)/.test(line) ||
    line.length <= 50 && /^\p{Lu}[^?]*, (den |im )?.*\d$/u.test(line) && /, den |(Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)/.test(line);
}

/// One line after another, words cut at line ends mended.
function join(text: string, line: string): string {
  if (!text) return line;
  if (/\p{L}-$/u.test(text)) {
    if (/^\p{Lu}/u.test(line)) return text + line;
    if (/^\p{Ll}/u.test(line) && !/^(und|oder|sowie|bzw\.|beziehungsweise|wie|als)\b/.test(line)) return text.slice(0, -1) + line;
  }
  return `${text} ${line}`;
}

/// Headings and notes behind the last question mark or full stop are no question.
function withoutRest(text: string): string {
  const mark = text.lastIndexOf('?');
  const stop = Math.max(...['.', ')', ':', ';'].map(sign => text.lastIndexOf(sign)));
  if (stop > mark) return text.slice(0, stop + 1);
  return mark < 0 ? text : text.slice(0, mark + 1);
}

/// "Zu Frage 3:", "Antwort des Senats", "Die Fragen 2 und 3 werden gemeinsam beantwortet."
const answersBegin = (line: string): boolean => !line.includes('?') &&
  /^((Antwort )?[Zz]u (den )?(Fragen? )?(Nr\. )?\d|Antwort\b|Die (Antwort auf|Fragen? \d.*\b(beantwortet|Antwort|zusammen|gemeinsam)\b))/.test(line);

const asks = (item: Item): boolean => item.text.includes('?');

/// "Bitte nach Ländern aufschlüsseln." goes on with a question; so does a list below it.
const asksOn = (line: string): boolean => /^(Bitte|bitte|\(|[-–—•*·●○▪\uF0B7] )/.test(line);

/// One line a question or sub-question, with its number or letter; empty if nothing asks. Empty
/// lines count: what stands below a finished question and asks nothing is its answer, or a note.
export function questionsOf(text: string): string[] {
  const lines = text.replace(/\u00AD|\u200B|\uFEFF/g, '').replace(/\r\n/g, '\n').split(/[\r\n\f\v]/)
    .map(line => line.replace(/\s+/g, ' ').replace(/ ?(\. ?){5,}\d*\s*$/, '').trim());  // leaders of a list of contents
  const seen = new Map<string, number>();
  const mask = (line: string) => line.replace(/\d+/g, '');
  for (const line of lines) seen.set(mask(line), (seen.get(mask(line)) ?? 0) + 1);
  const kept = lines.filter(line => !line || !isFurniture(line) &&
    !((seen.get(mask(line)) ?? 0) >= 3 && /\d/.test(line) && /Seite |Blatt |– | - |\| /.test(line) && line.length > 8 && line.length <= 90 && !line.includes('?') && !signOf(line)));
  let begin = 0;
  kept.forEach((line, at) => {
    if (announces(line) && kept.slice(at + 1).some(later => later.includes('?') || (signOf(later)?.number ?? 0) > 0)) begin = at + 1;
  });

  const chains: Item[][] = [];
  let last = 0;
  let lastAsked = 0;  // a list within an answer does not end the row
  let blank = true;
  let open = false;
  let answers = 0;  // paragraphs found below finished questions
  for (const line of kept.slice(begin)) {
    if (!line) {
      blank = true;
      continue;
    }
    const below = blank;
    blank = false;
    const chain = chains.length > 0 ? chains[chains.length - 1] : undefined;
    const item = chain && chain[chain.length - 1];
    const sign = signOf(line);
    if (sign) {
      const next = {number: sign.number, sign: sign.sign, text: line.slice(sign.length), behindAnswer: item !== undefined && (!open || item.behindAnswer && !asks(item))};
      if (item && item.number > 0 && asks(item)) lastAsked = item.number;
      if (sign.number === 0) {
        if (chain || sign.sign.includes('.')) {
          if (chain) chain.push(next);
          else chains.push([next]);
          open = true;
          continue;
        }
      } else {
        const follows = (number: number) => sign.number > number && sign.number <= number + 3;
        const goesOn = chain !== undefined && (follows(last) || follows(lastAsked));
        if (goesOn || sign.number === 1 || !chain) {
          if (goesOn) chain.push(next);
          else chains.push([next]);
          last = sign.number;
          open = true;
          continue;
        }
      }
    }
    if (!open || !item) continue;
    if (closes(line)) {
      open = false;
    } else if (answersBegin(line) || below && /[?.)]$/.test(item.text) && !line.includes('?') && !asksOn(line)) {
      open = false;
      ++answers;
    } else {
      item.text = join(item.text, line);
    }
  }
  // A list of contents has the parts once more, before.
  const again = new Map<string, Item>();
  for (const item of chains.flat()) if (item.number === 0 && item.sign.includes('.')) again.set(item.sign, item);
  for (const [at, chain] of chains.entries()) {
    chains[at] = chain.filter(item => !again.has(item.sign) || again.get(item.sign) === item);
  }
  // Lists within answers ask nothing. Without answers a request may do without a question mark.
  const size = chains.reduce((sum, chain) => sum + chain.length, 0);
  const answered = answers >= 2 && answers * 3 >= size;
  const asking = (chain: Item[]) => chain.filter(asks).length;
  const found = chains
    .map(chain => !answered ? chain : chain.filter((item, at) => asks(item) || !item.behindAnswer || chain[at + 1]?.number === 0))
    .filter(chain => asking(chain) > 0 && asking(chain) * 3 >= chain.length)
    .flatMap(chain => chain.map((item, at) => {
      // "3. Wie viele Fälle gab es" goes on in a), b).
      const goesOn = item.number > 0 && chain[at + 1]?.number === 0 && !asks(item);
      return `${item.sign} ${goesOn ? item.text : withoutRest(item.text)}`;
    }));
  if (found.length > 0) return found;
  const running = kept.slice(begin).filter(line => line).reduce(join, '');
  return (running.match(/[^.?!]+(?:\.(?!\s+\p{Lu})[^.?!]*)*\?/gu) ?? []).map(one => one.trim()).filter(one => one.length >= 8);
}
