// SPDX-License-Identifier: GPL-3.0-or-later
//
// Completion of the search field: a list of suggestions below it, after the combobox pattern of the
// ARIA Authoring Practices (w3.org/WAI/ARIA/apg/patterns/combobox, list autocomplete, manual
// selection). Nothing is chosen unless the reader chooses: Enter without a marked suggestion
// searches for what was typed.

/// A suggestion as GET /api/v1/suggest gives it.
interface Suggestion {
  kind: string;
  kind_label: string;
  text: string;
  query: string;
  count: number;
  exact: boolean;
  url: string | null;
}

const waitMs = 80;        // after the last key; a fast typist is not answered letter by letter
const keptAnswers = 200;  // of this page
const shown = 10;

const numbers = new Intl.NumberFormat('de-DE');

function isSuggestion(value: unknown): value is Suggestion {
  const one = value as Partial<Suggestion>;
  return typeof one === 'object' && one !== null && typeof one.text === 'string' &&
         typeof one.query === 'string' && typeof one.kind_label === 'string' && typeof one.count === 'number';
}

async function ask(typed: string, signal: AbortSignal): Promise<Suggestion[]> {
  const answer = await fetch(`/api/v1/suggest?size=${shown}&q=${encodeURIComponent(typed)}`, {signal});
  if (!answer.ok) return [];
  const data: unknown = await answer.json();
  const list = (data as {suggestions?: unknown}).suggestions;
  return Array.isArray(list) ? list.filter(isSuggestion) : [];
}

let made = 0;  // lists of this page, for their ids

export function attachCompletion(field: HTMLInputElement): void {
  const form = field.form;
  if (!form) return;
  const id = `vorschlaege-${++made}`;
  const list = document.createElement('ul');
  list.id = id;
  list.className = 'vorschlaege';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Vorschläge');
  const status = document.createElement('p');
  status.className = 'kern-sr-only';
  status.setAttribute('role', 'status');
  form.append(list, status);

  field.type = 'text';  // a field of type "search" may not be a combobox
  field.enterKeyHint = 'search';
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', id]] as const) {
    field.setAttribute(name, value);
  }

  const answers = new Map<string, Suggestion[]>();
  let suggestions: Suggestion[] = [];
  let marked = -1;
  let timer = 0;
  let request: AbortController | undefined;

  const close = (): void => {
    window.clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    marked = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };

  const mark = (index: number): void => {
    marked = index;
    list.querySelectorAll('[role="option"]').forEach((option, i) => {
      option.setAttribute('aria-selected', String(i === index));
      if (i === index) option.scrollIntoView({block: 'nearest'});
    });
    if (index < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `${id}-${index}`);
  };

  const choose = (index: number): void => {
    const one = suggestions[index];
    if (!one) return;
    close();
    if (one.url !== null && one.url.startsWith('/')) {
      window.location.assign(one.url);
      return;
    }
    field.value = one.query;
    form.requestSubmit();
  };

  const part = (option: HTMLElement, name: string, text: string): void => {
    const span = document.createElement('span');
    span.className = name;
    span.textContent = text;  // as text, whatever a title may hold
    option.append(span);
  };

  const show = (found: Suggestion[]): void => {
    suggestions = found;
    marked = -1;
    list.replaceChildren(...found.map((one, i) => {
      const option = document.createElement('li');
      option.id = `${id}-${i}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      part(option, 'vorschlag-text', one.text);
      part(option, 'vorschlag-art', one.kind_label);
      if (one.url === null) part(option, 'vorschlag-zahl', `${one.exact ? '' : '≈ '}${numbers.format(one.count)}`);
      return option;
    }));
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(found.length > 0));
    field.removeAttribute('aria-activedescendant');
    status.textContent = found.length === 0 ? '' : found.length === 1 ? '1 Vorschlag' : `${found.length} Vorschläge`;
  };

  const look = async (): Promise<void> => {
    const typed = field.value.trimStart();
    request?.abort();
    if (typed.length < 2) {
      close();
      return;
    }
    const known = answers.get(typed);
    if (known) {
      show(known);
      return;
    }
    const mine = request = new AbortController();
    try {
      const found = await ask(typed, mine.signal);
      if (answers.size >= keptAnswers) answers.clear();
      answers.set(typed, found);
      if (!mine.signal.aborted && document.activeElement === field) show(found);
    } catch {
      // Interrupted by the next letter, or no answer: the field works without.
    }
  };

  field.addEventListener('input', event => {
    window.clearTimeout(timer);
    if ((event as InputEvent).isComposing) return;  // dead keys, input methods
    timer = window.setTimeout(() => void look(), waitMs);
  });
  field.addEventListener('keydown', event => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) {
        if (event.key === 'ArrowDown') void look();
        return;
      }
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place more than there are suggestions: the field itself.
      const places = suggestions.length + 1;
      mark((marked + 1 + step + places) % places - 1);
    } else if (event.key === 'Enter' && open && marked >= 0) {
      event.preventDefault();
      choose(marked);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    } else if (event.key === 'Tab') {
      close();
    }
  });
  field.addEventListener('blur', close);
  form.addEventListener('submit', close);
  // Pressing must not take the focus, or the list closes before the click arrives.
  list.addEventListener('pointerdown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const option = (event.target as Element).closest('[role="option"]');
    if (option) choose([...list.children].indexOf(option));
  });
}
