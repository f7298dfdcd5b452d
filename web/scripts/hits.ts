// SPDX-License-Identifier: GPL-3.0-or-later
//
// Going from hit to hit: buttons in the bar of hits, keys n and p (or j and k), the number of the hit
// in the address. Where a hit is, only the caller knows.

/// Text and viewer may stand on one page; <main> gets these events when one of them is to follow.
export const goToPage = 'fundstelle:seite', goToHit = 'fundstelle:treffer';  // detail: PageWish, number
export interface PageWish {
  page: number;
  scrolled: boolean;  // not chosen, only come to by scrolling
}

export interface HitWalk {
  /// The hit now shown; `note` is read out behind its number.
  show(number: number, note?: string): void;
  go(number: number): void;
}

interface Options {
  total: number;
  /// Shows hit `number`, from 1; the bar is told by show().
  go(number: number): void;
  /// The first hit below (forward) or above what is on the screen, where none has been chosen yet.
  nearest(forward: boolean): number;
}

/// True while keys belong to something one types into.
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as Element | null;
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
         !!target?.closest('input, textarea, select, [contenteditable]');
}

/// Single letters as keys get in the way of some who speak to their computer: they can be switched off
/// (WCAG 2.1.4), and stay off.
function keySwitch(): {label: HTMLElement; box: HTMLInputElement} {
  const kept = 'fundstelle-tasten';
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.id = 'fundtasten';
  try {
    box.checked = window.localStorage.getItem(kept) !== 'aus';
    box.addEventListener('change', () => window.localStorage.setItem(kept, box.checked ? 'an' : 'aus'));
  } catch {
    box.checked = true;  // nothing may be kept: on for this page
  }
  const label = document.createElement('label');
  label.className = 'fundtasten';
  label.htmlFor = box.id;
  label.append(box, ' Tasten n, p');
  label.title = 'n oder j: nächster Treffer, p oder k: voriger Treffer';
  return {label, box};
}

export function attachHitWalk(bar: Element, options: Options): HitWalk {
  const {total} = options;
  let current = 0;
  const tools = document.createElement('span');
  tools.className = 'fundgang';
  const status = document.createElement('span');
  status.className = 'fundstand';
  status.setAttribute('role', 'status');
  const button = (sign: string, name: string, key: string, step: 1 | -1): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = sign;
    made.setAttribute('aria-label', name);
    made.title = `${name} (Taste ${key})`;
    made.setAttribute('aria-keyshortcuts', key);
    made.addEventListener('click', () => step_(step));
    return made;
  };
  const step_ = (step: 1 | -1): void => {
    const next = current === 0 ? options.nearest(step > 0) : (current - 1 + step + total) % total + 1;
    walk.go(next);
  };
  tools.append(button('‹', 'voriger Treffer', 'p', -1), status, button('›', 'nächster Treffer', 'n', 1));
  const count = bar.querySelector('.fundzahl') ?? bar;
  count.querySelector('.schalter[href="#treffer-1"]')?.remove();
  count.append(tools);

  const walk: HitWalk = {
    show(number, note = '') {
      current = number;
      status.textContent = `Treffer ${number} von ${total}${note && ` – ${note}`}`;
    },
    go(number) {
      if (number < 1 || number > total) return;
      walk.show(number);
      window.history.replaceState(window.history.state, '', `#treffer-${number}`);
      options.go(number);
    },
  };
  const keys = keySwitch();
  tools.append(keys.label);
  document.addEventListener('keydown', event => {
    if (!keys.box.checked || isTyping(event) || event.shiftKey) return;
    const step = event.key === 'n' || event.key === 'j' ? 1 : event.key === 'p' || event.key === 'k' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    step_(step);
  });
  return walk;
}

/// Number N of "#treffer-N"; 0 if the address names none.
export function hitInAddress(): number {
  return Number(/^#treffer-(\d+)$/.exec(window.location.hash)?.[1] ?? 0);
}
/// Number N of "#seite-N"; 0 if the address names none.
export function pageInAddress(): number {
  return Number(/^#seite-(\d+)$/.exec(window.location.hash)?.[1] ?? 0);
}
