// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reader does, in a real browser: search, narrow, open, read, go to the original.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {chromium} from 'playwright-core';

const site = process.env.FUNDSTELLE_URL;
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
});
after(() => browser?.close());

/// A page that fails the test on any script error, refused policy or request to elsewhere.
async function open(options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const troubles = [];
  page.on('console', message => message.type() === 'error' && !/404/.test(message.text()) && troubles.push(message.text()));
  page.on('pageerror', error => troubles.push(String(error)));
  page.on('request', request => new URL(request.url()).origin !== site && troubles.push(`asks ${request.url()}`));
  return {page, close: async () => { await context.close(); assert.deepEqual(troubles, []); }};
}

const total = async page => Number((await page.locator('h1.anzahl').innerText()).match(/^[\d.]+/)[0].replaceAll('.', ''));

/// A combobox where scripts run, a search field where they do not.
const searchField = page => page.getByRole('combobox', {name: 'Suchbegriffe'}).or(page.getByRole('searchbox', {name: 'Suchbegriffe'}));

async function searchFor(page, words) {
  await page.goto(site);
  await searchField(page).fill(words);
  await page.getByRole('button', {name: 'Suchen'}).click();
}

test('search: results with marked words, the words kept in the field', async () => {
  const {page, close} = await open();
  await searchFor(page, 'Wohnungen');
  assert.ok(await total(page) >= 2);
  assert.equal(await searchField(page).inputValue(), 'Wohnungen');
  assert.match(await page.locator('.treffer mark').first().innerText(), /wohnung/i);
  assert.match(page.url(), /\/suche\?q=Wohnungen$/);
  await close();
});

test('facet: choosing narrows to its count, a second widens, the chip removes it', async () => {
  const {page, close} = await open();
  await searchFor(page, 'Land');
  const all = await total(page);
  const facet = page.getByRole('group', {name: 'Dokumentart'});
  const first = facet.locator('a.wert').first();
  const count = Number(await first.locator('.wert-zahl').innerText());
  assert.ok(count > 0 && count < all);
  await first.click();
  assert.equal(await total(page), count);
  assert.equal(await facet.locator('a.wert[aria-current="true"]').count(), 1);
  const other = facet.locator('a.wert:not([aria-current])').first();
  const more = Number(await other.locator('.wert-zahl').innerText());
  await other.click();
  assert.equal(await total(page), count + more);
  await page.locator('.filtermarke').first().click();
  await page.locator('.filtermarke').first().click();
  assert.equal(await total(page), all);
  await close();
});

test('facet: excluding leaves the rest', async () => {
  const {page, close} = await open();
  await searchFor(page, 'Land');
  const all = await total(page);
  const value = page.getByRole('group', {name: 'Dokumentart'}).locator('.facettenwert').first();
  const count = Number(await value.locator('.wert-zahl').innerText());
  await value.locator('a.ohne').click();
  assert.equal(await total(page), all - count);
  await close();
});

test('period: a bar of the histogram chooses its year', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche`);
  const bar = page.locator('.verlauf svg a').last();
  const [, year, count] = (await bar.getAttribute('aria-label')).match(/(\d{4}): ([\d.]+)/);
  await bar.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`from=${year}&to=${year}`));
  assert.equal(await total(page), Number(count));
  await close();
});

test('document: opens at the page, hits are marked and lead on', async () => {
  const {page, close} = await open();
  await searchFor(page, 'Wohnungen');
  const place = page.locator('.stelle[href*="#seite-"]').first();
  const anchor = new URL(await place.getAttribute('href'), site).hash;
  await place.click();
  assert.equal(new URL(page.url()).hash, anchor);
  assert.ok(await page.locator(anchor).isVisible());
  const marks = page.locator('.text mark');
  assert.ok(await marks.count() > 0);
  assert.match(await marks.first().innerText(), /wohnung/i);
  await page.getByRole('link', {name: 'zum ersten'}).click();
  assert.ok(await page.locator('#treffer-1').isVisible());
  const box = await page.locator('#treffer-1').boundingBox();
  const bar = await page.locator('.fundleiste').boundingBox();
  assert.ok(box.y > bar.y + bar.height - 1, 'the mark is not hidden under the bar');
  if (await marks.count() > 1) {
    await page.locator('#treffer-1 + .springer').getByTitle('nächster Treffer').click();
    assert.equal(new URL(page.url()).hash, '#treffer-2');
  }
  await close();
});

test('original: the link gives the PDF at its page', async () => {
  const {page, close} = await open();
  await searchFor(page, 'Wohnungen');
  const link = await page.locator('.treffer .zum-original a[href*="#page="]').first().getAttribute('href');
  const answer = await page.request.get(new URL(link, site).href.split('#')[0]);
  assert.equal(answer.status(), 200);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
  await close();
});

test('completion: arrows choose, Escape closes, Enter searches what is chosen', async () => {
  const {page, close} = await open();
  await page.goto(site);
  const field = page.getByRole('combobox', {name: 'Suchbegriffe'});
  const list = page.getByRole('listbox', {name: 'Vorschläge'});
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  await field.pressSequentially('wohn');
  await list.waitFor();
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  const options = list.getByRole('option');
  const count = await options.count();
  assert.ok(count >= 2);
  assert.match(await options.first().locator('.vorschlag-text').innerText(), /wohn/i);
  const active = () => field.getAttribute('aria-activedescendant');
  assert.equal(await active(), null, 'nothing is chosen unasked');
  await field.press('ArrowDown');
  assert.equal(await active(), await options.first().getAttribute('id'));
  assert.equal(await list.locator('[aria-selected="true"]').count(), 1);
  await field.press('ArrowUp');
  assert.equal(await active(), null, 'back in the field');
  await field.press('ArrowUp');
  assert.equal(await active(), await options.nth(count - 1).getAttribute('id'));
  await field.press('Escape');
  assert.ok(await list.isHidden());
  assert.equal(await field.inputValue(), 'wohn', 'the words typed are kept');
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  await field.press('ArrowDown');
  await list.waitFor();
  await field.press('ArrowDown');
  await Promise.all([page.waitForURL(/\/(suche\?q=|dokument\/)./), field.press('Enter')]);
  assert.ok(await page.locator('h1').isVisible());
  await close();
});

test('completion: a click chooses, Enter alone searches what is typed', async () => {
  const {page, close} = await open();
  await page.goto(site);
  const field = page.getByRole('combobox', {name: 'Suchbegriffe'});
  const list = page.getByRole('listbox', {name: 'Vorschläge'});
  await field.pressSequentially('wohn');
  await list.waitFor();
  await Promise.all([page.waitForURL(/\/(suche\?q=|dokument\/)./), list.getByRole('option').first().click()]);
  await page.goto(site);
  await field.pressSequentially('wohnun');
  await list.waitFor();
  await Promise.all([page.waitForURL(/\/suche\?q=wohnun$/), field.press('Enter')]);
  assert.equal(await searchField(page).inputValue(), 'wohnun');
  await close();
});

test('without scripts: the whole way works', async () => {
  const {page, close} = await open({javaScriptEnabled: false});
  await page.goto(site);
  assert.equal(await page.getByRole('searchbox', {name: 'Suchbegriffe'}).count(), 1);
  assert.equal(await page.getByRole('combobox').count(), 0, 'no list is promised that cannot open');
  await searchFor(page, 'Wohnungen');
  assert.ok(await total(page) >= 2);
  for (const path of ['/hilfe', '/suche']) assert.equal((await page.goto(site + path)).status(), 200);
  await searchFor(page, 'Wohnungen');
  await page.locator('.treffer-titel a').first().click();
  assert.ok(await page.locator('h1').isVisible());
  assert.ok(await page.locator('.text').isVisible());
  await close();
});

test('phone: nothing is wider than the screen, filters are one tap away', async () => {
  const {page, close} = await open({viewport: {width: 390, height: 844}});
  for (const path of ['/', '/suche?q=Wohnungen', '/suche', '/hilfe', '/nirgendwo']) {
    await page.goto(site + path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, `${path} fits`);
  }
  await page.goto(`${site}/suche?q=Wohnungen`);
  await page.locator('.treffer-titel a').first().click();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'a document fits');
  await page.goBack();
  await page.getByRole('link', {name: /^Filtern/}).click();
  assert.ok(await page.locator('#filter').isVisible());
  await close();
});

test('keyboard and landmarks: skip link, one h1, labelled parts', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Wohnungen`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#inhalt');
  assert.equal(await page.locator('h1').count(), 1);
  for (const role of ['banner', 'main', 'search', 'contentinfo']) {
    assert.equal(await page.getByRole(role).count(), 1, role);
  }
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  assert.equal(await page.locator('a:not([href]), img:not([alt]), input:not([type=hidden]):not([id])').count(), 0);
  await close();
});

test('hostile words stay words', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=${encodeURIComponent('"><script>document.title="x"</script><b>')}`);
  assert.equal(await page.locator('main script, main b').count(), 0);
  assert.notEqual(await page.title(), 'x');
  await close();
});

test('errors: a page that helps', async () => {
  const {page, close} = await open();
  assert.equal((await page.goto(`${site}/dokument/gibt-es-nicht`)).status(), 404);
  assert.ok(await page.getByRole('link', {name: 'Zur Suche'}).isVisible());
  await close();
});

test('the first page of results stays light', async () => {
  const {page, close} = await open();
  const pageBytes = (await (await fetch(`${site}/suche?q=Land`, {headers: {'accept-encoding': 'gzip'}})).headers).get('content-length');
  await page.goto(`${site}/suche?q=Land`);
  const style = await page.locator('link[rel=stylesheet]').getAttribute('href');
  const styleBytes = (await fetch(site + style, {headers: {'accept-encoding': 'br'}})).headers.get('content-length');
  assert.ok(Number(pageBytes) + Number(styleBytes) < 50_000, `${pageBytes} + ${styleBytes} bytes`);
  await close();
});
