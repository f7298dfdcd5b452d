// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searching within a long facet: a field above its values. What it finds comes from the page that
// lists them all, which is also what readers without scripts use.

const shownAtMost = 12;
const typed = new Map<string, string>();  // by facet, kept when the page is renewed

function folded(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
}

interface Value {
  name: string;
  item: HTMLElement;
}

/// Every value of a facet, as list items whose links lead back to the results.
async function allValues(address: string): Promise<Value[]> {
  const answer = await fetch(address, {headers: {accept: 'text/html'}});
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const values: Value[] = [];
  for (const item of page.querySelectorAll<HTMLElement>('main .facettenwert')) {
    for (const link of item.querySelectorAll('a')) {
      const url = new URL(link.getAttribute('href') ?? '', window.location.href);
      url.searchParams.delete('facet');
      url.searchParams.delete('suche');
      link.setAttribute('href', `/suche${url.search}`);
    }
    values.push({name: folded(item.querySelector('.wert-name')?.textContent ?? ''), item});
  }
  return values;
}

export function attachFacetSearch(main: ParentNode): void {
  for (const facet of main.querySelectorAll<HTMLFieldSetElement>('fieldset[data-facette]')) {
    const all = facet.querySelector<HTMLAnchorElement>('.alle-werte a');
    const legend = facet.querySelector('legend');
    if (!all || !legend) continue;
    const name = facet.dataset.facette ?? '';
    const field = document.createElement('input');
    field.type = 'search';
    field.className = 'facettensuche';
    field.autocomplete = 'off';
    field.spellcheck = false;
    field.placeholder = 'Werte suchen';
    field.dataset.k = `suche:${name}`;
    field.setAttribute('aria-label', `Werte suchen: ${legend.textContent ?? ''}`);
    const found = document.createElement('ul');
    found.className = 'wertliste gefunden';
    found.hidden = true;
    const status = document.createElement('p');
    status.className = 'leise';
    status.setAttribute('role', 'status');
    legend.after(field, found, status);

    let values: Promise<Value[]> | undefined;
    const narrow = async (): Promise<void> => {
      const wanted = folded(field.value.trim());
      typed.set(name, field.value);
      if (wanted === '') {
        facet.classList.remove('sucht');
        found.replaceChildren();
        found.hidden = true;
        status.textContent = '';
        return;
      }
      try {
        values ??= allValues(all.href);
        const list = await values;
        if (folded(field.value.trim()) !== wanted) return;  // typed on meanwhile
        const fits = list.filter(value => value.name.includes(wanted));
        found.replaceChildren(...fits.slice(0, shownAtMost).map(value => value.item));
        found.hidden = fits.length === 0;
        facet.classList.add('sucht');
        status.textContent = fits.length === 0 ? 'kein Wert' : fits.length === 1 ? '1 Wert'
          : fits.length > shownAtMost ? `${fits.length} Werte, die ersten ${shownAtMost}` : `${fits.length} Werte`;
      } catch {
        window.location.assign(all.href);  // the page that needs no script
      }
    };
    field.addEventListener('input', () => void narrow());
    field.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        event.preventDefault();
        found.querySelector<HTMLAnchorElement>('a.wert')?.click();
      } else if (event.key === 'Escape') {
        field.value = '';
        void narrow();
      }
    });
    const before = typed.get(name);
    if (before) {
      field.value = before;
      void narrow();
    }
  }
}
