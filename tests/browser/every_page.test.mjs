// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for every page: without scripts, on a phone, by keyboard, with hostile words, on errors.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {open, searchFor, site, total} from './site.mjs';

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
  for (const path of ['/', '/suche?q=Wohnungen', '/suche', '/filter?facet=body', '/verlauf?by=group', '/hilfe', '/nirgendwo']) {
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
