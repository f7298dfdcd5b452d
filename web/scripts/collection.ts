// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Mappe: what a reader collects, kept in this browser (localStorage) and nowhere else. The
// server makes its list from names in the address ("ID", "ID~s3", "ID~f4"); notes stay here.

const kStorage = 'fundstelle.mappe';
const kMost = 100;
const kNoteLetters = 2000;
const kName = /^[A-Za-z0-9._-]{1,80}(~s[1-9][0-9]{0,5}|~f[A-Za-z0-9.-]{1,16})?$/;

interface Piece {
  name: string;
  note: string;
}

/// Whatever lies in the storage may have been put there by an older or broken page.
function read(): Piece[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(kStorage) ?? '[]');
    return Array.isArray(stored) ? sound(stored) : [];
  } catch {
    return [];
  }
}

function sound(list: unknown[]): Piece[] {
  const pieces: Piece[] = [];
  for (const one of list) {
    const piece = one as Partial<Piece> | null;
    if (!piece || typeof piece.name !== 'string' || !kName.test(piece.name)) continue;
    if (pieces.some(other => other.name === piece.name)) continue;
    pieces.push({name: piece.name, note: typeof piece.note === 'string' ? piece.note.slice(0, kNoteLetters) : ''});
  }
  return pieces.slice(0, kMost);
}

/// False if the browser keeps nothing (private windows of some).
function write(pieces: Piece[]): boolean {
  try {
    localStorage.setItem(kStorage, JSON.stringify(pieces));
  } catch {
    return false;
  }
  showCount();
  refreshButtons();
  return true;
}

function showCount(): void {
  const count = document.getElementById('mappe-zahl');
  const pieces = read().length;
  if (count) count.textContent = pieces > 0 ? String(pieces) : '';
  count?.parentElement?.setAttribute('aria-label', pieces > 0 ? `Mappe, ${pieces} Stück` : 'Mappe');
}

function button(label: string, act: () => void, className = 'merken'): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  made.textContent = label;
  made.addEventListener('click', act);
  return made;
}

/// What is collected by a button, for those who only hear it.
function what(holder: HTMLElement): string {
  return (holder.dataset.mappeTitel ?? holder.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 120);
}

function refreshButtons(): void {
  const names = new Set(read().map(piece => piece.name));
  for (const one of document.querySelectorAll<HTMLButtonElement>('button[data-merkt]')) {
    const label = names.has(one.dataset.merkt ?? '') ? 'Gemerkt' : 'Merken';
    if (one.textContent === label && one.ariaLabel) continue;
    one.textContent = label;
    one.classList.toggle('gemerkt', label === 'Gemerkt');
    one.ariaLabel = `${label}: ${one.dataset.titel ?? ''}`;
  }
}

function toggle(name: string): void {
  const pieces = read();
  const at = pieces.findIndex(piece => piece.name === name);
  if (at >= 0) {
    pieces.splice(at, 1);
  } else if (pieces.length >= kMost) {
    alert(`Die Mappe ist voll (${kMost} Stücke). Legen Sie erst etwas heraus.`);
    return;
  } else {
    pieces.push({name, note: ''});
  }
  if (!write(pieces)) alert('Dieser Browser speichert hier nichts, vielleicht ist das Fenster privat.');
}

function addButtons(): void {
  for (const holder of document.querySelectorAll<HTMLElement>('[data-mappe]:not([data-mappe-bereit])')) {
    holder.dataset.mappeBereit = '';
    const name = holder.dataset.mappe ?? '';
    if (!kName.test(name)) continue;
    const title = what(holder);
    const made = button('Merken', () => toggle(name));
    made.dataset.merkt = name;
    made.dataset.titel = title;
    holder.append(made);
  }
  refreshButtons();
}

function share(pieces: Piece[]): string {
  const address = new URL('/mappe', location.href);
  const notes = pieces.filter(piece => piece.note).map(piece => [piece.name, piece.note]);
  // Commas and tildes may stand as they are. Notes travel behind #, which no server sees.
  return `${address.href}?d=${pieces.map(piece => piece.name).join(',')}` +
    (notes.length > 0 ? `#notizen=${encodeURIComponent(JSON.stringify(notes))}` : '');
}

function notesOfAddress(): Map<string, string> {
  const found = /^#notizen=(.*)$/.exec(location.hash);
  if (!found) return new Map();
  try {
    const list: unknown = JSON.parse(decodeURIComponent(found[1] ?? ''));
    if (!Array.isArray(list)) return new Map();
    return new Map(list.filter((one): one is [string, string] =>
      Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string')
      .map(([name, note]) => [name, note.slice(0, kNoteLetters)]));
  } catch {
    return new Map();
  }
}

function showNote(item: HTMLElement, note: string): void {
  const shown = document.createElement('p');
  shown.className = 'dossier-notiz';
  shown.textContent = note;
  item.append(shown);
}

function download(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/// Tools at each piece of one's own collection.
function equip(list: HTMLElement): void {
  for (const item of list.querySelectorAll<HTMLElement>('li[data-stueck]')) {
    const name = item.dataset.stueck ?? '';
    const title = item.querySelector('h2')?.textContent ?? name;
    const tools = document.createElement('div');
    tools.className = 'mappe-werkzeug';
    const label = document.createElement('label');
    label.textContent = 'Notiz';
    const note = document.createElement('textarea');
    note.rows = 1;
    note.maxLength = kNoteLetters;
    note.value = read().find(piece => piece.name === name)?.note ?? '';
    note.addEventListener('input', () => {
      write(read().map(piece => piece.name === name ? {...piece, note: note.value} : piece));
      showShare();
    });
    label.append(note);
    const move = (by: number) => {
      const pieces = read();
      const at = pieces.findIndex(piece => piece.name === name);
      const piece = pieces[at];
      if (!piece || at + by < 0 || at + by >= pieces.length) return;
      pieces.splice(at, 1);
      pieces.splice(at + by, 0, piece);
      write(pieces);
      const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
      if (by < 0) other?.before(item); else other?.after(item);
      showShare();
    };
    const up = button('↑', () => { move(-1); up.focus(); });
    up.setAttribute('aria-label', `Nach oben: ${title}`);
    const down = button('↓', () => { move(1); down.focus(); });
    down.setAttribute('aria-label', `Nach unten: ${title}`);
    const remove = button('Entfernen', () => {
      write(read().filter(piece => piece.name !== name));
      const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector<HTMLElement>('h2 a');
      item.remove();
      if (next) {
        next.focus();
        showShare();
      } else {
        void showOwn();
      }
    });
    remove.setAttribute('aria-label', `Entfernen: ${title}`);
    tools.append(label, up, down, remove);
    item.append(tools);
  }
}

/// What leads away from the list names what is on it now.
function showShare(): void {
  const pieces = read();
  const names = pieces.map(piece => piece.name).join(',');
  const shared = document.querySelector<HTMLInputElement>('#mappe-verweis');
  if (shared) shared.value = share(pieces);
  const line = document.getElementById('mappe-zeile');
  if (line) line.textContent = pieces.length === 1 ? '1 Fundstelle' : `${pieces.length} Fundstellen`;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('#mappe-wege a')) {
    link.search = link.search.replace(/([?&]d=)[^&]*/, `$1${names}`);
  }
}

/// One's own collection at /mappe: the list the server makes of it.
async function showOwn(): Promise<void> {
  const pieces = read();
  const main = document.querySelector('main.mappe');
  if (!main) return;
  const address = pieces.length > 0 ? `/mappe?d=${pieces.map(piece => piece.name).join(',')}` : '/mappe';
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) {
    const line = document.createElement('p');
    line.className = 'hinweis';
    line.setAttribute('role', 'alert');
    line.textContent = 'Die Mappe lässt sich gerade nicht laden. Gemerkt bleibt, was gemerkt ist.';
    main.append(line);
    return;
  }
  const made = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (!made) return;
  main.replaceChildren(...made.childNodes);
  if (pieces.length === 0) return;
  document.getElementById('mappe-fremd')?.remove();
  const list = main.querySelector<HTMLElement>('.mappe-liste');
  if (!list) return;
  equip(list);
  const deeds = document.createElement('div');
  deeds.className = 'mappe-taten';
  deeds.append(
    button('Verweis kopieren', () => void navigator.clipboard?.writeText(share(read()))),
    button('Mit Notizen sichern (JSON)', () =>
      download('mappe.json', 'application/json', JSON.stringify({fundstelle_mappe: 1, pieces: read()}, null, 1))),
    button('Mappe leeren', () => {
      if (confirm('Alles aus der Mappe herauslegen?') && write([])) void showOwn();
    }));
  list.before(deeds);
  showShare();
}

/// A list that came by address: notes of the address, and a way into one's own.
function showShared(main: HTMLElement): void {
  const notes = notesOfAddress();
  const items = [...main.querySelectorAll<HTMLElement>('[data-stueck]')];
  for (const item of items) {
    const note = notes.get(item.dataset.stueck ?? '');
    if (note) showNote(item, note);
  }
  const hint = document.getElementById('mappe-fremd');
  const take = button('In meine Mappe übernehmen', () => {
    const own = read();
    const all = [...own, ...items.map(item => item.dataset.stueck ?? '')
      .filter(name => !own.some(piece => piece.name === name))
      .map(name => ({name, note: notes.get(name) ?? ''}))];
    if (all.length > kMost) {
      alert(`In eine Mappe passen ${kMost} Stücke; zusammen wären es ${all.length}.`);
    } else if (write(sound(all))) {
      location.href = '/mappe';
    }
  });
  hint?.append(' ', take);
}

export function attachCollection(): void {
  showCount();
  addButtons();
  // Results may be exchanged while the page stays.
  new MutationObserver(addButtons).observe(document.body, {childList: true, subtree: true});
  window.addEventListener('storage', event => {
    if (event.key !== kStorage) return;
    showCount();
    refreshButtons();
  });
  const folder = document.querySelector<HTMLElement>('main.mappe');
  if (folder) {
    if (new URLSearchParams(location.search).has('d')) showShared(folder); else if (read().length > 0) void showOwn();
  }
  const dossier = document.querySelector('main.dossier');
  if (dossier && new URLSearchParams(location.search).has('d')) {
    const own = new Map(read().map(piece => [piece.name, piece.note]));
    for (const item of dossier.querySelectorAll<HTMLElement>('[data-stueck]')) {
      const note = own.get(item.dataset.stueck ?? '');
      if (note) showNote(item, note);
    }
  }
}
