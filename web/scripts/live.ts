// SPDX-License-Identifier: GPL-3.0-or-later
//
// Following a link of a search page without leaving it: the page is fetched, its main part put in
// place of the shown one, focus, scroll and what was unfolded stay. Addresses, history and pages are
// those of the site without scripts; whatever goes wrong here becomes a plain navigation, except that
// a server out of reach is told: the page in view is worth more than the browser's error page.

const keptPages = 30;  // of this visit, so that going back is instant

type Enhance = (main: HTMLElement) => void;

let shown = '';  // address of the page in view, without fragment
let running: AbortController | undefined;
const pages = new Map<string, string>();
let enhance: Enhance = () => undefined;

const mainPart = (root: ParentNode): HTMLElement | null => root.querySelector<HTMLElement>('main[data-live]');
const address = (url: URL): string => url.pathname + url.search;

function keep(at: string, html: string): void {
  pages.delete(at);
  pages.set(at, html);
  for (const oldest of pages.keys()) {
    if (pages.size <= keptPages) break;
    pages.delete(oldest);
  }
}

let status: HTMLElement | undefined;

function announce(text: string): void {
  if (!status) {
    status = document.createElement('p');
    status.className = 'kern-sr-only';
    status.setAttribute('role', 'status');
    document.body.append(status);
  }
  status.textContent = text;
}

/// Where the focus was, to find its place again. Keys are given by the templates.
function focusKey(): string | null {
  return document.activeElement?.closest('[data-k]')?.getAttribute('data-k') ?? null;
}

function focusAgain(main: HTMLElement, key: string | null): void {
  const find = (wanted: string): HTMLElement | null => main.querySelector<HTMLElement>(`[data-k="${CSS.escape(wanted)}"]`);
  let place: HTMLElement | null = null;
  if (key !== null) {
    // A value just excluded has no minus any more; a filter taken off leaves its neighbour.
    place = find(key) ?? (key.startsWith('-') ? find(key.slice(1)) : null);
    if (!place && key.startsWith('marke:')) place = main.querySelector<HTMLElement>('.filtermarke');
  }
  if (!place) {
    place = main.querySelector('h1');
    place?.setAttribute('tabindex', '-1');
  }
  place?.closest('details')?.setAttribute('open', '');
  place?.focus({preventScroll: true});
}

/// What the reader had unfolded, by the heading it stands under.
function unfolded(main: HTMLElement): Set<string> {
  const names = new Set<string>();
  for (const one of main.querySelectorAll('details[open]')) names.add(foldName(one));
  return names;
}
function foldName(details: Element): string {
  return details.closest('[data-facette]')?.getAttribute('data-facette') ?? details.className;
}

/// The search field and what it sends along belong to the page, but stand outside its main part.
function renewForm(fresh: Document, withText: boolean): void {
  const here = document.querySelector<HTMLFormElement>('.kopf form[role="search"]');
  const there = fresh.querySelector<HTMLFormElement>('.kopf form[role="search"]');
  if (!here || !there) return;
  for (const input of here.querySelectorAll('input[type="hidden"]')) input.remove();
  for (const input of there.querySelectorAll('input[type="hidden"]')) here.append(input);
  const field = here.querySelector<HTMLInputElement>('input[name="q"]');
  const words = there.querySelector<HTMLInputElement>('input[name="q"]');
  if (field && words && (withText || document.activeElement !== field)) field.value = words.value;
}

/// Feeds and what robots are told belong to the search shown.
function renewHead(fresh: Document): void {
  const changing = 'link[rel="alternate"], meta[name="description"], meta[name="robots"]';
  for (const old of document.head.querySelectorAll(changing)) old.remove();
  document.head.append(...fresh.head.querySelectorAll(changing));
}

/// False if the page is not one to be shown here.
function show(at: string, html: string, back: boolean): boolean {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  const now = mainPart(document);
  const next = mainPart(fresh);
  if (!now || !next || now.dataset.live !== next.dataset.live) return false;
  const inside = now.contains(document.activeElement);
  const key = inside ? focusKey() : null;
  const open = unfolded(now);
  document.title = fresh.title;
  now.replaceChildren(...next.childNodes);
  for (const details of now.querySelectorAll('details')) {
    if (open.has(foldName(details))) details.open = true;
  }
  renewHead(fresh);
  renewForm(fresh, back);
  shown = at;
  enhance(now);
  if (inside) focusAgain(now, key);
  announce(now.querySelector('h1')?.textContent?.replace(/\s+/g, ' ').trim() ?? '');
  return true;
}

class OutOfReach extends Error {}

/// Says that the wish could not be fetched, with a link to wish it again. The next page removes it.
function tellOutOfReach(url: URL): void {
  const main = mainPart(document);
  if (!main) return;
  main.querySelector('.unerreichbar')?.remove();
  const hint = document.createElement('p');
  hint.className = 'hinweis unerreichbar';
  hint.setAttribute('role', 'alert');
  const again = document.createElement('a');
  again.href = address(url);
  again.textContent = 'Noch einmal versuchen';
  hint.append('Der Server ist gerade nicht zu erreichen; hier steht noch das vorige Ergebnis. ', again);
  (main.querySelector('.ergebnis') ?? main).prepend(hint);
  hint.scrollIntoView({block: 'nearest'});
}

async function load(at: string): Promise<string | null> {
  running?.abort();
  const mine = running = new AbortController();
  const main = mainPart(document);
  main?.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(at, {signal: mine.signal, headers: {accept: 'text/html'}})
      .catch((problem: unknown) => { throw mine.signal.aborted ? problem : new OutOfReach(); });
    if (!answer.ok || answer.redirected) throw new Error(`status ${answer.status}`);
    const html = await answer.text();
    keep(at, html);
    return html;
  } catch (problem) {
    if (mine.signal.aborted) return null;  // a newer wish replaced this one
    throw problem;
  } finally {
    if (running === mine) main?.removeAttribute('aria-busy');
  }
}

/// Goes to a search page. `top`: it is another list, read from its beginning.
async function go(url: URL, top: boolean): Promise<void> {
  const at = address(url);
  try {
    const html = await load(at);
    if (html === null) return;
    const elsewhere = at !== shown;
    if (elsewhere) {
      history.replaceState({...history.state as object, y: window.scrollY}, '');
      history.pushState({}, '', at);
    }
    if (!show(at, html, false)) throw new Error('another kind of page');
    if (top) window.scrollTo(0, 0);
  } catch (problem) {
    if (problem instanceof OutOfReach) tellOutOfReach(url);
    else window.location.assign(url);
  }
}

async function goBack(): Promise<void> {
  const at = address(new URL(window.location.href));
  if (at === shown) return;  // only the fragment changed
  const scroll = (history.state as {y?: number} | null)?.y;
  try {
    const known = pages.get(at);
    const html = known ?? await load(at);
    if (html === null) return;
    if (!show(at, html, true)) throw new Error('another kind of page');
    if (scroll !== undefined) window.scrollTo(0, scroll);
  } catch (problem) {
    if (problem instanceof OutOfReach) tellOutOfReach(new URL(window.location.href));
    else window.location.reload();
  }
}

function ofThisPage(url: URL): boolean {
  return url.origin === window.location.origin && url.pathname === window.location.pathname && url.hash === '';
}

/// `renew` is called for the main part now and whenever it was exchanged.
export function attachLive(renew: Enhance): void {
  const main = mainPart(document);
  if (!main) return;
  enhance = renew;
  shown = address(new URL(window.location.href));
  enhance(main);
  document.addEventListener('click', event => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest('a');
    const href = link?.getAttribute('href');
    if (!link || !href || link.hasAttribute('download') || !mainPart(document)?.contains(link)) return;
    const url = new URL(href, window.location.href);
    if (!ofThisPage(url)) return;
    event.preventDefault();
    void go(url, link.matches('.blatt'));
  });
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== 'get') return;
    const url = new URL(form.action, window.location.href);
    if (!ofThisPage(url)) return;
    event.preventDefault();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && value !== '') url.searchParams.append(name, value);
    }
    void go(url, form.matches('[role="search"]'));
  });
  window.addEventListener('popstate', () => void goBack());
}
