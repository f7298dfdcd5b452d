// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searching and narrowing.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {open, searchField, searchFor, site, total} from './site.mjs';

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
