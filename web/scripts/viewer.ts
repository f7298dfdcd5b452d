// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shows an original PDF with the hits of our search marked in it: pages drawn when they come near, a
// layer of real text above each for selecting, searching and screen readers.
import {attachHitWalk, goToHit, goToPage, hitInAddress, isTyping, pageInAddress} from './hits';
import type {HitWalk, PageWish} from './hits';
import {findHits} from './match';
import type {SoughtHit} from './match';
import {loadPdfjs} from './pdfjs';
import type {PdfDocument, Pdfjs, TextLayer} from './pdfjs';

const tries = 5;               // while the service is busy sending others
const largestCanvas = 1 << 24; // pixels; browsers refuse or crash far above
const zoomSteps = [.5, .67, .8, 1, 1.25, 1.5, 2, 3, 4];

/// Marks as GET /api/v1/documents/ID/marks gives them.
interface Marks {
  total: number;
  pages: {page: number; marks: SoughtHit[]}[];
}

/// A hit: on which page, which of its hits.
interface Hit {
  page: number;
  sought: SoughtHit;
}

async function fetchMarks(address: string | undefined): Promise<Hit[]> {
  if (!address) return [];
  const answer = await fetch(address);
  if (!answer.ok) return [];
  const marks = await answer.json() as Marks;
  return marks.pages.flatMap(({page, marks}) => marks.map(sought => ({page, sought})));
}

class Refused extends Error {}

async function fetchPdf(address: string): Promise<Uint8Array> {
  for (let attempt = 1; ; ++attempt) {
    const answer = await fetch(address);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 503 || attempt === tries) {
      throw new Refused(answer.status === 413 ? 'Das Original ist zu groß, um es hier zu zeigen.' : `Das Original war nicht zu bekommen (${answer.status}).`);
    }
    await new Promise(done => window.setTimeout(done, 1000 * attempt));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return 'Das Original ist mit einem Kennwort verschlossen.';
  if (name === 'InvalidPDFException') return 'Das Original ist beschädigt und lässt sich hier nicht zeigen.';
  return 'Das Original ließ sich hier nicht zeigen.';
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...inside);
  return made;
}

/// One page: a box of the right size, filled while it is near.
class Sheet {
  readonly box = element('div', 'pdfseite');
  private canvas: HTMLCanvasElement | undefined;
  private layer: HTMLElement | undefined;
  private drawing: {cancel(): void} | undefined;
  private drawnScale = 0;
  private ready: Promise<void> | undefined;

  constructor(readonly number: number, private readonly pdf: PdfDocument, private readonly library: Pdfjs['library'],
              private readonly hits: {number: number; sought: SoughtHit}[], private size: {width: number; height: number}) {
    this.box.id = `original-seite-${number}`;
    this.box.setAttribute('role', 'group');
    this.box.setAttribute('aria-label', `Seite ${number}`);
  }

  resize(scale: number): void {
    this.box.style.width = `${Math.floor(this.size.width * scale)}px`;
    this.box.style.height = `${Math.floor(this.size.height * scale)}px`;
    this.box.style.setProperty('--total-scale-factor', String(scale));
  }

  /// Draws the page if it is not there or was drawn in another size. Resolves when its hits are marked.
  async fill(scale: number): Promise<void> {
    const page = await this.pdf.getPage(this.number);
    const natural = page.getViewport({scale: 1});
    if (natural.width !== this.size.width || natural.height !== this.size.height) {
      this.size = {width: natural.width, height: natural.height};
      this.resize(scale);
    }
    if (!this.ready) {
      this.ready = this.write(page.getViewport({scale}), page);
      this.ready.catch(() => { this.ready = undefined; });
    }
    if (this.drawnScale !== scale) await this.draw(scale, page);
    await this.ready;
  }

  private async draw(scale: number, page: Awaited<ReturnType<PdfDocument['getPage']>>): Promise<void> {
    this.drawing?.cancel();
    this.drawnScale = scale;
    let density = Math.min(window.devicePixelRatio || 1, 3) * scale;
    const pixels = this.size.width * this.size.height * density * density;
    if (pixels > largestCanvas) density *= Math.sqrt(largestCanvas / pixels);
    const viewport = page.getViewport({scale: density});
    const canvas = element('canvas', 'pdfbild');
    canvas.setAttribute('aria-hidden', 'true');
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    const task = page.render({canvas, viewport});
    this.drawing = task;
    try {
      await task.promise;
    } catch (error) {
      if ((error as Error).name === 'RenderingCancelledException') return;
      throw error;
    }
    // The old picture, stretched, stands until the new one is whole.
    this.drop(this.canvas);
    this.canvas = canvas;
    this.box.prepend(canvas);
  }

  private async write(viewport: ReturnType<Awaited<ReturnType<PdfDocument['getPage']>>['getViewport']>, page: Awaited<ReturnType<PdfDocument['getPage']>>): Promise<void> {
    const text = await page.getTextContent();
    const layer = element('div', 'textLayer');
    const writing: TextLayer = new this.library.TextLayer({textContentSource: text, container: layer, viewport});
    await writing.render();
    this.mark(writing.textDivs);
    this.layer?.remove();
    this.layer = layer;
    this.box.append(layer);
  }

  private mark(pieces: HTMLElement[]): void {
    if (this.hits.length === 0) return;
    const texts = pieces.map(piece => piece.textContent ?? '');
    const cuts = new Map<number, {begin: number; end: number; hit: number}[]>();
    findHits(texts, this.hits.map(hit => hit.sought)).forEach((places, i) => {
      for (const place of places) {
        const list = cuts.get(place.piece) ?? [];
        list.push({begin: place.begin, end: place.end, hit: this.hits[i]!.number});
        cuts.set(place.piece, list);
      }
    });
    for (const [index, list] of cuts) {
      const piece = pieces[index]!, text = texts[index]!;
      const inside: (Node | string)[] = [];
      let at = 0;
      for (const cut of list.sort((a, b) => a.begin - b.begin)) {
        if (cut.begin < at) continue;
        const mark = document.createElement('mark');
        mark.textContent = text.slice(cut.begin, cut.end);
        mark.dataset.treffer = String(cut.hit);
        inside.push(text.slice(at, cut.begin), mark);
        at = cut.end;
      }
      piece.replaceChildren(...inside, text.slice(at));
    }
  }

  marksOf(hit: number): NodeListOf<HTMLElement> {
    return this.box.querySelectorAll<HTMLElement>(`mark[data-treffer="${hit}"]`);
  }

  private drop(canvas: HTMLCanvasElement | undefined): void {
    if (!canvas) return;
    canvas.width = canvas.height = 0;  // gives the memory back at once
    canvas.remove();
  }

  empty(): void {
    this.drawing?.cancel();
    this.drop(this.canvas);
    this.layer?.remove();
    this.canvas = this.layer = this.ready = undefined;
    this.drawnScale = 0;
  }
}

class Viewer {
  private readonly desk = element('div', 'pdftisch');
  private readonly field = element('input', 'pdffeld');
  private readonly zoomShown = element('output', 'pdfgrad');
  private readonly toText = element('a', 'pdfzumtext', 'Text dieser Seite');
  private readonly status = element('p', 'kern-sr-only');
  private readonly sheets: Sheet[] = [];
  private readonly near = new Set<Sheet>();
  private zoom = 1;  // of the width of the desk
  private scale = 1;
  private current = 1;
  private chosen: HTMLElement[] = [];

  constructor(private readonly section: HTMLElement, private readonly main: HTMLElement, private readonly pdf: PdfDocument, pdfjs: Pdfjs,
              private readonly hits: Hit[], first: {width: number; height: number}) {
    this.desk.tabIndex = 0;
    this.desk.setAttribute('role', 'region');
    this.desk.setAttribute('aria-label', 'Seiten des Originals');
    this.status.setAttribute('role', 'status');
    for (let number = 1; number <= pdf.numPages; ++number) {
      const own = hits.flatMap((hit, i) => hit.page === number ? [{number: i + 1, sought: hit.sought}] : []);
      this.sheets.push(new Sheet(number, pdf, pdfjs.library, own, first));
    }
    this.desk.append(...this.sheets.map(sheet => sheet.box));
    section.replaceChildren(this.tools(), this.desk, this.status);
    this.pageWidth = first.width;
    this.fit();
    const watch = new IntersectionObserver(seen => {
      for (const one of seen) {
        const sheet = this.sheets.find(sheet => sheet.box === one.target)!;
        if (one.isIntersecting) {
          this.near.add(sheet);
          void this.fill(sheet);
        } else if (this.near.delete(sheet)) {
          sheet.empty();
        }
      }
    }, {root: this.desk, rootMargin: '100% 0%'});
    this.sheets.forEach(sheet => watch.observe(sheet.box));
    this.desk.addEventListener('scroll', () => this.look(), {passive: true});
    this.desk.addEventListener('keydown', event => this.key(event));
    let width = this.desk.clientWidth;
    new ResizeObserver(() => {
      if (this.desk.clientWidth === width) return;
      width = this.desk.clientWidth;
      this.fit();
    }).observe(this.desk);
  }
  private readonly pageWidth: number;

  private async fill(sheet: Sheet): Promise<void> {
    try {
      await sheet.fill(this.scale);
    } catch {
      sheet.box.classList.add('pdfseite-leer');
      sheet.box.replaceChildren(element('p', 'hinweis', `Seite ${sheet.number} lässt sich nicht zeigen.`));
    }
  }

  private tools(): HTMLElement {
    const button = (sign: string, name: string, work: () => void): HTMLButtonElement => {
      const made = element('button', 'pdfknopf', sign);
      made.type = 'button';
      made.setAttribute('aria-label', name);
      made.title = name;
      made.addEventListener('click', work);
      return made;
    };
    this.field.type = 'number';
    this.field.min = '1';
    this.field.max = String(this.pdf.numPages);
    this.field.value = '1';
    this.field.setAttribute('aria-label', 'Seite');
    this.field.addEventListener('change', () => this.go(Number(this.field.value)));
    const download = element('a', 'pdfladen', 'Datei öffnen');
    download.href = this.section.dataset.pdf ?? '';
    this.toText.href = this.section.dataset.text ?? '';
    const inText = this.main.querySelector('.text') !== null;
    return element('div', 'pdfleiste',
      element('span', 'pdfgruppe', button('‹', 'vorige Seite', () => this.go(this.current - 1)), 'Seite ', this.field, ` von ${this.pdf.numPages}`,
        button('›', 'nächste Seite', () => this.go(this.current + 1))),
      element('span', 'pdfgruppe', button('−', 'kleiner', () => this.step(-1)), this.zoomShown, button('+', 'größer', () => this.step(1)),
        button('Breite', 'ganze Breite', () => this.setZoom(1))),
      element('span', 'pdfgruppe', ...(inText ? [] : [this.toText]), download));
  }

  private key(event: KeyboardEvent): void {
    if (isTyping(event)) return;
    const works: Record<string, () => void> = {
      '+': () => this.step(1), '-': () => this.step(-1), '0': () => this.setZoom(1),
      ArrowRight: () => this.go(this.current + 1), ArrowLeft: () => this.go(this.current - 1),
      Home: () => this.go(1), End: () => this.go(this.pdf.numPages),
    };
    const work = works[event.key];
    // A page wider than the desk is moved with the arrows.
    if (!work || (event.key.startsWith('Arrow') && this.desk.scrollWidth > this.desk.clientWidth)) return;
    event.preventDefault();
    work();
  }

  private step(by: 1 | -1): void {
    const index = zoomSteps.findIndex(one => one >= this.zoom - .01);
    const next = zoomSteps[(index < 0 ? zoomSteps.length - 1 : index) + by];
    if (next) this.setZoom(next);
  }

  private setZoom(zoom: number): void {
    this.zoom = zoom;
    this.fit();
  }

  private fit(): void {
    const sheet = this.sheets[this.current - 1]!;
    const into = (this.desk.scrollTop - sheet.box.offsetTop) / (sheet.box.offsetHeight || 1);
    this.scale = Math.max(.1, (this.desk.clientWidth - 24) / this.pageWidth * this.zoom);
    this.zoomShown.textContent = `${Math.round(this.scale / (96 / 72) * 100)} %`;
    for (const one of this.sheets) one.resize(this.scale);
    this.desk.scrollTop = sheet.box.offsetTop + into * sheet.box.offsetHeight;
    for (const one of this.near) void this.fill(one);
  }

  private look(): void {
    const line = this.desk.scrollTop + this.desk.clientHeight / 3;
    let page = 1;
    for (const sheet of this.sheets) {
      if (sheet.box.offsetTop > line) break;
      page = sheet.number;
    }
    if (page === this.current) return;
    this.setPage(page);
    // Beside the text the address is the text's.
    if (!this.main.querySelector('.text')) window.history.replaceState(window.history.state, '', `#seite-${page}`);
  }

  private setPage(page: number): void {
    this.current = page;
    this.field.value = String(page);
    this.main.dataset.seite = String(page);
    this.toText.href = `${this.section.dataset.text ?? ''}#seite-${page}`;
  }

  go(page: number): void {
    const number = Math.min(Math.max(1, Math.round(page) || 1), this.pdf.numPages);
    this.desk.scrollTop = this.sheets[number - 1]!.box.offsetTop - 8;
    this.setPage(number);
    this.status.textContent = `Seite ${number} von ${this.pdf.numPages}`;
  }

  /// Resolves to false if the hit's page is shown but the hit is not found on it.
  async goToHit(number: number): Promise<boolean> {
    const sheet = this.sheets[(this.hits[number - 1]?.page ?? 0) - 1];
    if (!sheet) return false;
    for (const mark of this.chosen) mark.classList.remove('gewaehlt');
    if (!this.near.has(sheet)) this.go(sheet.number);
    this.near.add(sheet);
    await this.fill(sheet);
    this.chosen = [...sheet.marksOf(number)];
    const mark = this.chosen[0];
    if (!mark) {
      this.go(sheet.number);
      return false;
    }
    for (const one of this.chosen) one.classList.add('gewaehlt');
    const desk = this.desk.getBoundingClientRect(), at = mark.getBoundingClientRect();
    this.desk.scrollTop += at.top - desk.top - desk.height / 3;
    if (at.left < desk.left || at.right > desk.right) this.desk.scrollLeft += at.left - desk.left - desk.width / 3;
    this.setPage(sheet.number);
    return true;
  }

  /// The first hit on the page shown or behind it; or the last before it.
  nearest(forward: boolean): number {
    const behind = this.hits.findIndex(hit => hit.page >= this.current);
    if (forward) return behind < 0 ? 1 : behind + 1;
    return behind <= 0 ? this.hits.length : behind;
  }
}

async function start(section: HTMLElement): Promise<void> {
  const main = section.closest<HTMLElement>('main')!;
  const waiting = element('p', 'pdfwartet', 'Das Original wird geladen …');
  waiting.setAttribute('role', 'status');
  const link = section.querySelector('.betrachter-ersatz');
  section.prepend(waiting);
  let viewer: Viewer, hits: Hit[];
  try {
    const [pdfjs, data, found] = await Promise.all([
      loadPdfjs(section.dataset.pdfjs ?? ''), fetchPdf(section.dataset.pdf ?? ''), fetchMarks(section.dataset.marken),
    ]);
    hits = found;
    const pdf = await pdfjs.open(data);
    const first = (await pdf.getPage(1)).getViewport({scale: 1});
    viewer = new Viewer(section, main, pdf, pdfjs, hits, {width: first.width, height: first.height});
  } catch (error) {
    const refusal = element('p', 'hinweis', reasonOf(error), ' Vielleicht zeigt es Ihr Browser selbst:');
    refusal.setAttribute('role', 'alert');
    section.replaceChildren(refusal, ...(link ? [link] : []));
    return;
  }
  const beside = main.querySelector('.text') !== null;
  const bar = main.querySelector('.fundleiste');
  let walk: HitWalk | undefined;
  const show = async (number: number): Promise<void> => {
    const marked = await viewer.goToHit(number);
    walk?.show(number, marked ? '' : 'steht auf dieser Seite, ist im Bild aber nicht zu markieren');
  };
  main.addEventListener(goToHit, event => void viewer.goToHit((event as CustomEvent<number>).detail));
  let wished = 0;
  main.addEventListener(goToPage, event => {
    const wish = (event as CustomEvent<PageWish>).detail;
    if (wish.scrolled && wish.page === wished) return;
    wished = wish.page;
    viewer.go(wish.page);
  });
  if (!beside && bar && hits.length > 0) {
    walk = attachHitWalk(bar, {total: hits.length, nearest: forward => viewer.nearest(forward), go: number => {
      section.scrollIntoView({block: 'nearest'});
      void show(number);
    }});
  }
  const arrive = (): void => {
    const hit = hitInAddress(), page = pageInAddress();
    if (hit > 0 && hit <= hits.length) void (beside ? viewer.goToHit(hit) : show(hit));
    else if (page > 0) viewer.go(page);
  };
  window.addEventListener('hashchange', arrive);
  const wanted = Number(section.dataset.seite ?? 1);
  if (hitInAddress() > 0 || pageInAddress() > 0) arrive();
  else if (wanted > 1 || new URLSearchParams(window.location.search).has('seite')) viewer.go(wanted);
  else if (hits.length > 0 && !beside) void show(1);
  section.dataset.bereit = 'ja';
}

const section = document.querySelector<HTMLElement>('.betrachter');
if (section) void start(section);
