// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page of a document: where one is in it, going from hit to hit, hits beside the scroll bar,
// copying citations. All of it is reachable without: this saves ways.
import {attachHitWalk, goToHit, goToPage, hitInAddress} from './hits';
import type {PageWish} from './hits';

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not admitted, as on plain http: the old way.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'kern-sr-only';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

function attachCopying(main: HTMLElement): void {
  const status = document.createElement('p');
  status.className = 'kern-sr-only';
  status.setAttribute('role', 'status');
  main.append(status);
  const addButton = (behind: Element, name: string, what: string, text: () => string): void => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kopieren';
    button.textContent = name;
    const label = name === 'Zitat' ? `Zitat ${what} kopieren` : `${what} kopieren`;
    button.setAttribute('aria-label', label);
    let timer = 0;
    button.addEventListener('click', async () => {
      const done = await copy(text());
      status.textContent = done ? `Kopiert: ${text()}` : 'Kopieren ist hier nicht möglich.';
      button.textContent = done ? 'Kopiert' : 'Nicht möglich';
      button.removeAttribute('aria-label');
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        button.textContent = name;
        button.setAttribute('aria-label', label);
      }, 2000);
    });
    behind.after(button);
  };
  for (const cited of main.querySelectorAll<HTMLElement>('[data-kopieren]')) {
    const text = cited instanceof HTMLAnchorElement ? () => cited.href : () => cited.textContent?.trim() ?? '';
    addButton(cited, 'Kopieren', text(), text);
    // An address in full, as it will be pasted.
    if (cited instanceof HTMLAnchorElement) cited.textContent = cited.href;
  }
  for (const place of main.querySelectorAll<HTMLAnchorElement>('.seitenzahl [data-zitat], .text:not(.paare) .dauer')) {
    const text = place.dataset.zitat ?? place.title;
    addButton(place.closest('h2') ?? place, 'Zitat', text, () => text);
  }
}

/// Runs `work` at most once a frame.
function oncePerFrame(work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    window.requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

const topOf = (element: Element): number => element.getBoundingClientRect().top + window.scrollY;

/// Places in the text from top to bottom, measured once and again when the page changes its height.
class Places<T extends Element> {
  private tops: number[] = [];
  constructor(readonly all: T[]) {}
  measure(): void {
    this.tops = this.all.map(topOf);
  }
  /// Index of the last one above `y`; -1: none.
  lastAbove(y: number): number {
    let low = 0, high = this.tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle]! <= y) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
  top(index: number): number {
    return this.tops[index] ?? 0;
  }
}

const readingLine = 140;  // px below the upper edge: what is there is being read

export function attachReading(main: HTMLElement): void {
  attachCopying(main);
  const bar = main.querySelector('.fundleiste');
  const marks = new Places([...main.querySelectorAll<HTMLElement>('.text mark[id]')]);
  const sheets = new Places([...main.querySelectorAll<HTMLElement>('.blattseite')]);
  const contents = main.querySelector<HTMLElement>('.verzeichnis ul');
  const links = [...(contents?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]') ?? [])];
  const targetOf = (link: HTMLAnchorElement): HTMLElement | null => document.getElementById(link.hash.slice(1));
  const entries = links.filter(targetOf);
  const targets = new Places(entries.map(link => targetOf(link)!));
  const viewer = main.querySelector('.betrachter');

  const numberOf = (mark: Element): number => Number(mark.id.slice('treffer-'.length));
  const unfold = (element: Element): void => {
    for (let around = element.closest('details'); around; around = around.parentElement?.closest('details') ?? null) around.open = true;
  };
  if (bar && marks.all.length > 0) {
    let shown: HTMLElement | undefined;
    const choose = (mark: HTMLElement): void => {
      shown?.classList.remove('gewaehlt');
      shown = mark;
      mark.classList.add('gewaehlt');
    };
    const walk = attachHitWalk(bar, {
      total: marks.all.length,
      nearest: forward => {
        marks.measure();
        const above = marks.lastAbove(window.scrollY + readingLine);
        return forward ? (above + 1) % marks.all.length + 1 : above < 0 ? marks.all.length : above + 1;
      },
      go: place => {
        const mark = marks.all[place - 1]!;
        choose(mark);
        unfold(mark);
        mark.tabIndex = -1;
        mark.scrollIntoView({block: 'center'});
        mark.focus({preventScroll: true});
        // The address names a hit of the document, which in a list of questions is not its place here.
        window.history.replaceState(window.history.state, '', `#${mark.id}`);
        main.dispatchEvent(new CustomEvent(goToHit, {detail: numberOf(mark)}));
      },
    });
    const arrive = (): void => {
      const number = hitInAddress();
      const place = marks.all.findIndex(mark => numberOf(mark) === number);
      if (place < 0) return;
      const mark = marks.all[place]!;
      choose(mark);
      unfold(mark);
      walk.show(place + 1);
      main.dispatchEvent(new CustomEvent(goToHit, {detail: number}));
    };
    arrive();
    window.addEventListener('hashchange', arrive);

    // Hits beside the scroll bar. Only for the eye and the mouse: the bar above tells the same.
    const track = document.createElement('div');
    track.className = 'fundspur';
    track.setAttribute('aria-hidden', 'true');
    document.body.append(track);
    const draw = (): void => {
      marks.measure();
      const height = document.documentElement.scrollHeight;
      track.replaceChildren();
      let last = -1;
      marks.all.forEach((mark, i) => {
        const place = Math.round(marks.top(i) / height * 1000);
        if (place === last || mark.getClientRects().length === 0) return;
        last = place;
        const tick = document.createElement('div');
        tick.style.top = `${place / 10}%`;
        tick.dataset.treffer = String(i + 1);
        track.append(tick);
      });
    };
    track.addEventListener('click', event => {
      const y = event.clientY / window.innerHeight * 100;
      let best: HTMLElement | undefined;
      for (const tick of track.children as HTMLCollectionOf<HTMLElement>) {
        if (!best || Math.abs(parseFloat(tick.style.top) - y) < Math.abs(parseFloat(best.style.top) - y)) best = tick;
      }
      if (best) walk.go(Number(best.dataset.treffer));
    });
    new ResizeObserver(oncePerFrame(draw)).observe(main);
  }

  // Where one is: in the contents, and for the way to another view.
  let here: HTMLAnchorElement | undefined;
  const look = (): void => {
    const y = window.scrollY + readingLine;
    const sheet = sheets.all[Math.max(0, sheets.lastAbove(y))];
    if (sheet && viewer) main.dispatchEvent(new CustomEvent<PageWish>(goToPage, {detail: {page: Number(sheet.id.slice('seite-'.length)), scrolled: true}}));
    if (sheet) main.dataset.seite = sheet.id.slice('seite-'.length);
    const entry = entries[targets.lastAbove(y)];
    if (entry === here) return;
    here?.removeAttribute('aria-current');
    here = entry;
    if (!entry || !contents) return;
    entry.setAttribute('aria-current', 'true');
    if (contents.scrollHeight > contents.clientHeight) {
      const above = entry.getBoundingClientRect().top - contents.getBoundingClientRect().top;
      if (above < 0 || above > contents.clientHeight - 60) contents.scrollTop += above - contents.clientHeight / 3;
    }
  };
  if (entries.length > 0 || sheets.all.length > 0) {
    new ResizeObserver(oncePerFrame(() => {
      targets.measure();
      sheets.measure();
      look();
    })).observe(main);
    document.addEventListener('scroll', oncePerFrame(look), {passive: true});
  }
  const unfoldTarget = (): void => {
    const target = window.location.hash.length > 1 ? document.getElementById(decodeURIComponent(window.location.hash.slice(1))) : null;
    const folded = target?.querySelector('details');
    if (folded && target?.matches('.paar')) folded.open = true;
  };
  unfoldTarget();
  window.addEventListener('hashchange', unfoldTarget);

  // Another view opens at the same place.
  const aspects = [...main.querySelectorAll<HTMLAnchorElement>('.ansichten a')];
  const pairs = /[?&]ansicht=fragen(&|$)/;
  for (const link of aspects) {
    link.addEventListener('click', () => {
      const entry = here && /^#(frage|rede)-/.test(here.hash) ? here.hash : '';
      const page = main.dataset.seite && main.dataset.seite !== '1' ? `#seite-${main.dataset.seite}` : '';
      link.hash = pairs.test(link.search) || pairs.test(window.location.search) ? entry : page;
    });
  }
  // "im Original" opens our viewer, with the hits marked, where there is one.
  const original = aspects.find(link => /[?&]ansicht=original(&|$)/.test(link.search));
  if (original) {
    for (const link of main.querySelectorAll<HTMLAnchorElement>('a.im-original')) {
      const page = link.dataset.seite ?? '1';
      const address = new URL(original.href);
      address.hash = `seite-${page}`;
      link.href = address.href;
      if (!viewer) continue;
      link.addEventListener('click', event => {
        event.preventDefault();
        main.dispatchEvent(new CustomEvent<PageWish>(goToPage, {detail: {page: Number(page), scrolled: false}}));
      });
    }
  }
}
