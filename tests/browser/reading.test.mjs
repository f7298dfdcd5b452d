// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document and its original.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {open, searchFor, site} from './site.mjs';

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
