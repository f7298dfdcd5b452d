// SPDX-License-Identifier: GPL-3.0-or-later
//
// Choosing a period in the histogram: two sliders (ARIA multi-thumb slider), or dragging over the
// bars. The form for the period stays the truth: it is filled in and sent.

interface Bars {
  monthly: boolean;
  begin: number;  // first bar, as count of years or months
  count: number;
}

function barsOf(figure: HTMLElement): Bars | null {
  const count = Number(figure.dataset.zahl);
  const begin = Number(figure.dataset.beginn);  // yyyymm
  if (!(count > 1) || !(begin > 0)) return null;
  const monthly = figure.dataset.schritt === 'month';
  const year = Math.floor(begin / 100);
  return {monthly, count, begin: monthly ? year * 12 + begin % 100 - 1 : year};
}

const monthName = new Intl.DateTimeFormat('de-DE', {month: 'long', year: 'numeric'});

function nameOf(bars: Bars, index: number): string {
  const at = bars.begin + index;
  return bars.monthly ? monthName.format(new Date(Math.floor(at / 12), at % 12, 1)) : String(at);
}

function bound(bars: Bars, index: number): string {
  const at = bars.begin + index;
  return bars.monthly ? `${Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}` : String(at);
}

export function attachRange(main: ParentNode): void {
  const figure = main.querySelector<HTMLElement>('figure.verlauf[data-zahl]');
  const form = main.querySelector<HTMLFormElement>('form.zeitraum');
  const svg = figure?.querySelector('svg');
  const bars = figure && barsOf(figure);
  if (!figure || !form || !svg || !bars) return;
  const last = bars.count - 1;
  const chosen: [number, number] = [0, last];

  // Bars stay to be clicked; by keyboard two handles are quicker than seventy links.
  for (const link of svg.querySelectorAll('a')) link.setAttribute('tabindex', '-1');

  const layer = document.createElement('div');
  layer.className = 'zeitwahl';
  const band = document.createElement('div');
  band.className = 'band';
  layer.append(band);
  const handles = (['von', 'bis'] as const).map((name, side) => {
    const handle = document.createElement('div');
    handle.className = `griff griff-${name}`;
    handle.tabIndex = 0;
    handle.dataset.k = `griff:${name}`;
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-label', `Zeitraum ${name}`);
    handle.setAttribute('aria-orientation', 'horizontal');
    handle.addEventListener('keydown', event => key(event, side as 0 | 1));
    handle.addEventListener('pointerdown', event => drag(event, side as 0 | 1, handle));
    layer.append(handle);
    return handle;
  });
  svg.after(layer);
  const line = document.createElement('p');
  line.className = 'zeitwahl-zeile';
  line.hidden = true;
  const set = document.createElement('button');
  set.type = 'button';
  const undo = document.createElement('button');
  undo.type = 'button';
  undo.textContent = 'verwerfen';
  line.append(set, ' ', undo);
  figure.querySelector('figcaption')?.before(line);

  const draw = (): void => {
    const [from, to] = chosen;
    const percent = (place: number): string => `${place / bars.count * 100}%`;
    band.style.left = percent(from);
    band.style.width = percent(to + 1 - from);
    handles.forEach((handle, side) => {
      handle.style.left = percent(side === 0 ? from : to + 1);
      handle.setAttribute('aria-valuemin', String(side === 0 ? 0 : from));
      handle.setAttribute('aria-valuemax', String(side === 0 ? to : last));
      handle.setAttribute('aria-valuenow', String(chosen[side]));
      handle.setAttribute('aria-valuetext', nameOf(bars, chosen[side] ?? 0));
    });
    const whole = from === 0 && to === last;
    line.hidden = whole;
    layer.classList.toggle('gewaehlt', !whole);
    set.textContent = `${nameOf(bars, from)}${from === to ? '' : ` bis ${nameOf(bars, to)}`} setzen`;
  };
  const move = (side: 0 | 1, to: number): void => {
    chosen[side] = side === 0 ? Math.max(0, Math.min(to, chosen[1])) : Math.min(last, Math.max(to, chosen[0]));
    draw();
  };
  const apply = (): void => {
    const field = (name: string): HTMLInputElement | null => form.querySelector(`input[name="${name}"]`);
    const from = field('from'), to = field('to');
    if (!from || !to) return;
    from.value = bound(bars, chosen[0]);
    to.value = bound(bars, chosen[1]);
    form.requestSubmit();
  };
  const reset = (): void => {
    chosen[0] = 0;
    chosen[1] = last;
    draw();
  };

  function key(event: KeyboardEvent, side: 0 | 1): void {
    const now = chosen[side];
    const far = bars!.monthly ? 12 : 5;
    const steps: Record<string, number> = {
      ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1,
      PageDown: now - far, PageUp: now + far, Home: 0, End: last,
    };
    const to = steps[event.key];
    if (to !== undefined) move(side, to);
    else if (event.key === 'Enter') apply();
    else if (event.key === 'Escape') reset();
    else return;
    event.preventDefault();
  }

  const barAt = (x: number): number => {
    const box = svg.getBoundingClientRect();
    return Math.max(0, Math.min(last, Math.floor((x - box.left) / box.width * bars.count)));
  };

  function drag(start: PointerEvent, side: 0 | 1, handle: HTMLElement): void {
    if (start.button !== 0) return;
    start.preventDefault();
    handle.focus();
    handle.setPointerCapture(start.pointerId);
    const moved = (event: PointerEvent): void => move(side, barAt(event.clientX));
    handle.addEventListener('pointermove', moved);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', moved), {once: true});
  }

  // Over the bars: pressing and moving chooses, a click without moving follows the bar's link.
  let start: {x: number; bar: number; id: number} | null = null;
  let dragged = false;
  svg.addEventListener('dragstart', event => event.preventDefault());
  svg.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    start = {x: event.clientX, bar: barAt(event.clientX), id: event.pointerId};
    dragged = false;
  });
  svg.addEventListener('pointermove', event => {
    if (!start || (!dragged && Math.abs(event.clientX - start.x) < 6)) return;
    if (!dragged) svg.setPointerCapture(start.id);
    dragged = true;
    const bar = barAt(event.clientX);
    chosen[0] = Math.min(start.bar, bar);
    chosen[1] = Math.max(start.bar, bar);
    draw();
  });
  svg.addEventListener('pointerup', () => {
    if (start && dragged) apply();
    start = null;
  });
  svg.addEventListener('pointercancel', () => {
    start = null;
    reset();
  });
  svg.addEventListener('click', event => {
    if (!dragged) return;
    dragged = false;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  set.addEventListener('click', apply);
  undo.addEventListener('click', () => {
    reset();
    handles[0]?.focus();
  });
  draw();
}
