// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searching and narrowing: by mouse, by keyboard, with and without scripts.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {changed, open, searchField, searchFor, site, total} from './site.mjs';

const both = [{name: 'with scripts'}, {name: 'without scripts', javaScriptEnabled: false}];

test('search: results with marked words, the words kept in the field', async () => {
  const {page, close} = await open();
  await searchFor(page, 'Wohnungen');
  assert.ok(await total(page) >= 2);
  assert.equal(await searchField(page).inputValue(), 'Wohnungen');
  assert.match(await page.locator('.treffer mark').first().innerText(), /wohnung/i);
  assert.match(page.url(), /\/suche\?q=Wohnungen$/);
  await close();
});

for (const {name, ...options} of both) {
  test(`facet ${name}: choosing narrows to its count, a second widens, the chip removes it`, async () => {
    const {page, close} = await open(options);
    await searchFor(page, 'Land');
    const all = await total(page);
    const facet = page.getByRole('group', {name: 'Dokumentart'});
    const first = facet.locator('a.wert').first();
    const count = Number(await first.locator('.wert-zahl').innerText());
    assert.ok(count > 0 && count < all);
    await changed(page, () => first.click());
    assert.equal(await total(page), count);
    assert.equal(await facet.locator('a.wert[aria-current="true"]').count(), 1);
    const other = facet.locator('a.wert:not([aria-current])').first();
    const more = Number(await other.locator('.wert-zahl').innerText());
    await changed(page, () => other.click());
    assert.equal(await total(page), count + more);
    await changed(page, () => page.locator('.filtermarke').first().click());
    await changed(page, () => page.locator('.filtermarke').first().click());
    assert.equal(await total(page), all);
    await close();
  });

  test(`facet ${name}: excluding leaves the rest`, async () => {
    const {page, close} = await open(options);
    await searchFor(page, 'Land');
    const all = await total(page);
    const value = page.getByRole('group', {name: 'Dokumentart'}).locator('.facettenwert').first();
    const count = Number(await value.locator('.wert-zahl').innerText());
    await changed(page, () => value.locator('a.ohne').click());
    assert.equal(await total(page), all - count);
    await close();
  });

  test(`facet ${name}: every value can be reached, also those not listed beside the results`, async () => {
    const {page, close} = await open(options);
    await page.goto(`${site}/suche?q=Land`);
    const facet = page.getByRole('group', {name: 'Parlament oder Herausgeber'});
    const listed = await facet.locator('.wert-name').allTextContents();
    assert.deepEqual(await facet.locator('.ebene').first().innerText(), 'Bund');
    await page.getByRole('link', {name: /^alle \d+ anzeigen und durchsuchen$/}).first().click();
    await page.waitForURL(/\/filter/);
    const names = await page.locator('.wert-name').allTextContents();
    const rare = names.find(one => !listed.includes(one));
    assert.ok(rare, 'some value stands only here');
    await page.getByRole('textbox', {name: 'In der Liste suchen'}).fill(rare.slice(2, 12).toLowerCase());
    await changed(page, () => page.locator('.wertsuche button').click());
    const value = page.locator('.facettenwert', {hasText: rare});
    const count = Number(await value.locator('.wert-zahl').innerText());
    await changed(page, () => value.locator('a.wert').click());
    assert.equal(await page.locator('a.wert[aria-current="true"]').count(), 1);
    await page.getByRole('link', {name: /anzeigen$/}).first().click();
    await page.waitForURL(/\/suche/);
    assert.equal(await total(page), count);
    assert.match(page.url(), /q=Land/);
    await close();
  });

  test(`period ${name}: a bar of the histogram chooses its year`, async () => {
    const {page, close} = await open(options);
    await page.goto(`${site}/suche`);
    const bar = page.locator('.verlauf svg a').last();
    const [, year, count] = (await bar.getAttribute('aria-label')).match(/(\d{4}): ([\d.]+)/);
    await bar.focus();
    await changed(page, () => page.keyboard.press('Enter'));
    assert.match(page.url(), new RegExp(`from=${year}&to=${year}`));
    assert.equal(await total(page), Number(count));
    await close();
  });

  test(`pairs ${name}: a hit in an answer shows question and answer as such, and leads to both`, async () => {
    const {page, close} = await open(options);
    await page.goto(`${site}/suche?q=Wohnungen&unit=passage`);
    const pair = page.locator('.fragepaar').first();
    assert.deepEqual(await pair.locator('dt').allInnerTexts(), ['Frage', 'Antwort']);
    assert.ok((await pair.locator('dd').first().innerText()).length > 10);
    assert.match(await page.locator('.treffer').filter({has: page.locator('.fragepaar')}).first().locator('.stelle').first().innerText(), /^Fragen? .*, S\. \d+/);
    assert.equal(await page.getByRole('link', {name: 'Fragen & Reden'}).getAttribute('aria-current'), 'true');
    await close();
  });

  test(`nothing found ${name}: what to leave out, with counts that hold`, async () => {
    const {page, close} = await open(options);
    await page.goto(`${site}/suche?q=Wohnungen+Xylophonzz&match=all&type=antwort`);
    assert.equal(await total(page), 0);
    const way = page.locator('.auswege li', {hasText: 'ohne „Xylophonzz“'});
    const count = Number((await way.locator('.leise').innerText()).match(/\d+/)[0]);
    assert.ok(count > 0);
    await changed(page, () => way.locator('a').click());
    assert.equal(await total(page), count);
    assert.ok(await page.getByRole('link', {name: /Antwort$/}).first().isVisible(), 'the filter stayed');
    await close();
  });

  test(`trend ${name}: from the results, split and normalised; numbers in a table`, async () => {
    const {page, close} = await open(options);
    await page.goto(`${site}/suche?q=Land`);
    const all = await total(page);
    await page.getByRole('link', {name: 'Verlauf im Einzelnen'}).click();
    await page.waitForURL(/\/verlauf\?q=Land/);
    await changed(page, () => page.getByRole('link', {name: 'Parlament', exact: true}).click());
    assert.ok(await page.getByRole('img').first().getAttribute('aria-label'));
    await changed(page, () => page.getByRole('link', {name: 'Anteil an allem'}).click());
    // The sample has too few papers in any year for a share to be drawn.
    assert.match(await page.locator('.bild').innerText(), /ein Anteil an weniger wäre Zufall/);
    assert.equal(await page.getByRole('img').count(), 0);
    await changed(page, () => page.getByRole('link', {name: 'Jahr', exact: true}).click());
    assert.match(page.url(), /by=body&step=year&measure=share/);
    await page.locator('details.zahlen summary').click();
    const counts = await page.locator('tbody td:first-of-type').allInnerTexts();
    assert.equal(counts.reduce((sum, one) => sum + Number(one), 0), all);
    const row = page.locator('tbody tr', {has: page.locator('a')}).first();
    const year = row.locator('a');
    const [period, count] = [await year.innerText(), Number(await row.locator('td').first().innerText())];
    await year.click();
    await page.waitForURL(/\/suche/);
    assert.match(page.url(), new RegExp(`from=${period}&to=${period}`));
    assert.equal(await total(page), count);
    await close();
  });
}

test('live: the page is not left, focus stays, the count is told, Back and Forward work', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Land`);
  await page.evaluate(() => { window.stays = true; });
  const all = await total(page);
  const value = page.getByRole('group', {name: 'Dokumentart'}).locator('a.wert').nth(1);
  const name = await value.locator('.wert-name').innerText();
  await value.focus();
  await changed(page, () => page.keyboard.press('Enter'));
  const narrowed = await total(page);
  assert.ok(narrowed < all);
  assert.match(await page.evaluate(() => document.activeElement.textContent), new RegExp(`^${name}`), 'focus stays on the value');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-current')), 'true');
  assert.match(await page.locator('body > p[role=status]').last().innerText(), new RegExp(`^${narrowed} Dokument`));
  assert.match(await page.locator('.kopf input[type=hidden]').first().getAttribute('value'), /./, 'the search field keeps the filter');

  await changed(page, () => page.getByRole('link', {name: 'Neueste', exact: true}).click());
  assert.match(page.url(), /sort=newest/);
  await changed(page, () => page.goBack());
  assert.doesNotMatch(page.url(), /sort=/);
  assert.equal(await total(page), narrowed);
  await changed(page, () => page.goBack());
  assert.equal(await total(page), all);
  await changed(page, () => page.goForward());
  assert.equal(await total(page), narrowed);

  await searchField(page).fill('Wohnungen');
  await changed(page, () => searchField(page).press('Enter'));
  assert.match(page.url(), /q=Wohnungen&type=/);
  assert.match(await page.title(), /^Wohnungen/);
  assert.equal(await page.evaluate(() => window.stays), true, 'all of it without leaving the page');

  // From a document back into the list: where one was.
  await page.goBack();
  await page.locator('h1:not([data-vorher])').waitFor();
  await page.locator('.treffer-titel a').first().click();
  await page.waitForURL(/\/dokument\//);
  await page.goBack();
  assert.equal(await total(page), narrowed);
  await close();
});

test('live: a newer wish replaces an older one, an error becomes a plain page', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Land`);
  let held;
  await page.route(/sort=newest/, async route => {
    held = route;  // never answered
  });
  await page.getByRole('link', {name: 'Neueste', exact: true}).click();
  await page.waitForTimeout(50);
  await changed(page, () => page.getByRole('link', {name: 'Älteste', exact: true}).click());
  assert.match(page.url(), /sort=oldest/);
  await held?.abort().catch(() => {});
  await page.getByRole('textbox', {name: 'von', exact: true}).fill('2030');
  await page.getByRole('textbox', {name: 'bis', exact: true}).fill('1990');
  await page.getByRole('button', {name: 'Setzen', exact: true}).click();
  await page.waitForURL(/from=2030/);
  assert.equal(await page.locator('main.suche').count(), 0, 'the page of the error is shown');
  await page.close();  // its 400 is meant
  await close().catch(error => { if (!/400/.test(String(error))) throw error; });
});

test('period by keyboard: two sliders, Enter sets it; dragging does the same', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche`);
  const from = page.getByRole('slider', {name: 'Zeitraum von'}), to = page.getByRole('slider', {name: 'Zeitraum bis'});
  const first = Number(await from.getAttribute('aria-valuetext')), last = Number(await to.getAttribute('aria-valuetext'));
  await from.press('End');
  assert.equal(await from.getAttribute('aria-valuetext'), String(last), 'not beyond the other');
  await from.press('Home');
  await from.press('ArrowRight');
  await from.press('ArrowRight');
  await to.press('ArrowLeft');
  assert.equal(await from.getAttribute('aria-valuetext'), String(first + 2));
  await to.press('ArrowLeft');
  await changed(page, () => to.press('Enter'));
  assert.match(page.url(), new RegExp(`from=${first + 2}&to=${last - 2}$`));
  const expected = (await (await fetch(`${site}/api/v1/search?size=1&facets=none&from=${first + 2}&to=${last - 2}`)).json()).total.value;
  assert.equal(await total(page), expected);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'slider', 'focus stays');

  await changed(page, () => page.getByRole('link', {name: 'ganzer Zeitraum'}).click());
  const box = await page.locator('.verlauf svg').boundingBox();
  const bars = Number(await page.locator('.verlauf').getAttribute('data-zahl'));
  const x = bar => box.x + box.width * (bar + 0.5) / bars;
  await page.mouse.move(x(bars - 5), box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(x(bars - 3), box.y + box.height / 2, {steps: 4});
  await changed(page, () => page.mouse.up());
  assert.match(page.url(), new RegExp(`from=${last - 4}&to=${last - 2}$`));
  await close();
});

test('facet search: typing finds a value not listed, Enter chooses it', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche`);
  const facet = page.getByRole('group', {name: 'Parlament oder Herausgeber'});
  const listed = await facet.locator('.wert-name').allTextContents();
  const all = (await (await fetch(`${site}/api/v1/search?size=1&facets=body`)).json()).facets.body;
  const rare = all.map(one => one.label).find(label => !listed.includes(label)) ?? all.at(-1).label;
  const field = facet.getByRole('searchbox');
  await field.fill(rare.toUpperCase());
  const found = facet.locator('.gefunden .facettenwert');
  await found.first().waitFor();
  assert.equal(await found.first().locator('.wert-name').innerText(), rare);
  assert.equal(await facet.getByRole('status').innerText(), '1 Wert');
  const count = Number(await found.first().locator('.wert-zahl').innerText());
  await changed(page, () => field.press('Enter'));
  assert.equal(await total(page), count);
  await field.fill('');
  assert.ok(await facet.locator('.wert[aria-current]').isVisible(), 'the chosen value is in sight');
  await close();
});

test('trend: picture as SVG and PNG, numbers as CSV', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/verlauf?q=Land&by=type`);
  const taken = async (role, name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole(role, {name, exact: true}).click()]);
    return readFile(await download.path());
  };
  const svg = (await taken('link', 'SVG')).toString();
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]* role="img"/);
  assert.match(svg, /<title[^>]*>\d+ Dokumente zu „Land“<\/title>/);
  const png = await taken('button', 'PNG');
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.ok(png.readUInt32BE(16) >= 1900, 'twice as wide as the picture');
  const csv = (await taken('link', 'CSV')).toString().trim().split('\r\n');
  const hits = csv.slice(1).reduce((sum, line) => sum + Number(line.split(',')[2]), 0);
  const expected = (await (await fetch(`${site}/api/v1/search?size=1&facets=none&q=Land`)).json()).total.value;
  assert.equal(hits, expected);
  await close();
});

test('start: what is inside, and examples that have hits', async () => {
  const {page, close} = await open({javaScriptEnabled: false});
  await page.goto(site);
  const levels = await page.locator('.ebenen h3').allInnerTexts();
  assert.ok(levels.some(text => /^Bund\b/.test(text)) && levels.some(text => /^Länder/.test(text)));
  const land = page.locator('.ebenen h3', {hasText: 'Länder'});
  const count = Number(await land.locator('.wert-zahl').innerText());
  const examples = await page.locator('.beispiele > span a').evaluateAll(links => links.map(link => link.getAttribute('href')));
  assert.ok(examples.length >= 3);
  await land.locator('a').click();
  assert.equal(await total(page), count);
  for (const address of examples) {
    await page.goto(site + address);
    assert.ok(await total(page) > 0, address);
  }
  await close();
});

test('a server out of reach is told, and the result stays until it is back', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Land`);
  const all = await total(page);
  const body = page.getByRole('group', {name: 'Parlament oder Herausgeber'}).getByRole('link').first();
  let gone = true;
  await page.route('**/suche?*', route => gone ? route.abort('connectionrefused') : route.continue());
  await body.click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /nicht zu erreichen/);
  assert.equal(await total(page), all);
  assert.ok(page.url().endsWith('/suche?q=Land'), 'the address is that of what is shown');
  gone = false;
  await changed(page, () => alert.getByRole('link', {name: 'Noch einmal versuchen'}).click());
  assert.ok(await total(page) < all);
  assert.equal(await alert.count(), 0);
  await close().catch(problem => assert.match(problem.message, /ERR_CONNECTION_REFUSED/));
});

test('on a slow line the last wish counts', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Land`);
  const all = await total(page);
  const type = page.getByRole('group', {name: 'Dokumentart'}).getByRole('link');
  // Whoever is slow to click again must not meet the first answer: it would be another wish.
  const first = new URL(await type.nth(0).getAttribute('href'), site);
  await page.route('**/suche?*', async route => {
    const wished = new URL(route.request().url()).searchParams.getAll('type').join();
    const slow = wished === first.searchParams.getAll('type').join();
    await new Promise(resolve => setTimeout(resolve, slow ? 1500 : 100));
    await route.continue().catch(() => undefined);
  });
  await type.nth(0).dblclick();
  await type.nth(2).click();
  await page.locator('.filtermarke').waitFor();
  const shown = await total(page);
  await page.waitForTimeout(1600);
  assert.equal(await total(page), shown, 'what was wished first does not come late');
  assert.equal(await page.locator('.filtermarke').count(), 1);
  await page.goBack();
  await page.locator('h1.anzahl', {hasText: new RegExp(`^${all} `)}).waitFor();
  await close();
});
