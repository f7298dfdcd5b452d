// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three people do their work from the start page to the end, with scripts and without.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changed, open, searchFor, site, total} from './site.mjs';

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts';

  test(`staff, ${how}: has this been asked, what was the answer, on which page, how is it cited?`, async () => {
    const {page, close} = await open({javaScriptEnabled});
    await searchFor(page, 'Sozialwohnungen aus der Bindung');
    const pair = page.locator('.stellen li').filter({has: page.locator('.stelle', {hasText: /^Frage 2/})}).first();
    assert.match(await pair.innerText(), /Frage[^]*Sozialwohnungen[^]*Antwort[^]*2\.117/);
    const place = pair.locator('.stelle');
    assert.match(await place.innerText(), /S\. 1/);
    await changed(page, () => place.click());
    assert.match(page.url(), /#frage-2$/);
    assert.ok(await page.locator('#frage-2').count() === 1);
    await changed(page, () => page.getByRole('link', {name: 'Fragen und Antworten'}).click());
    const asked = page.locator('.paar', {hasText: 'Sozialwohnungen'}).filter({hasText: '2.117'});
    assert.match(await asked.innerText(), /Bü-Drs\. HH 21\/28045, S\. 1, Frage 2/);
    await close();
  });

  test(`journalist, ${how}: narrows, comes to the PDF at its page, finds the feed, goes back`, async () => {
    const {page, close} = await open({javaScriptEnabled});
    await searchFor(page, 'Wohnungen');
    const all = await total(page);
    const body = page.getByRole('group', {name: 'Parlament oder Herausgeber'}).getByRole('link', {name: /Hamburgische Bürgerschaft/}).first();
    await changed(page, () => body.click());
    const narrowed = await total(page);
    assert.ok(narrowed > 0 && narrowed < all);
    const feed = await page.locator('link[type="application/atom+xml"]').getAttribute('href');
    const entries = (await (await fetch(new URL(feed, site))).text()).match(/<entry>/g).length;
    assert.equal(entries, narrowed, 'the feed is of the narrowed search');
    await changed(page, () => page.locator('.treffer-titel a').first().click());
    if (javaScriptEnabled) {
      await changed(page, () => page.getByRole('link', {name: 'Original', exact: true}).click());
      await page.locator('.pdfseite .textLayer mark').first().waitFor({state: 'attached'});
      await page.goBack();
    } else {
      const original = await page.getByRole('link', {name: /^Original öffnen/}).getAttribute('href');
      const answer = await page.request.get(new URL(original.split('#')[0], site).href);
      assert.equal(answer.headers()['content-type'], 'application/pdf');
    }
    const shows = number => page.locator('h1.anzahl', {hasText: new RegExp(`^${number} `)}).waitFor();
    await page.goBack();
    await shows(narrowed);
    await page.goBack();
    await shows(all);
    await page.goForward();
    await shows(narrowed);
    await close();
  });

  test(`researcher, ${how}: everything found leaves as a table, with what it was found by`, async () => {
    const {page, close} = await open({javaScriptEnabled});
    await page.goto(`${site}/suche?q=Land&from=2015`);
    const wanted = await total(page);
    assert.ok(wanted > 20, 'more than a page');
    const link = page.getByRole('region', {name: 'Ergebnis mitnehmen'}).getByRole('link', {name: 'JSONL', exact: true});
    const lines = (await (await fetch(new URL(await link.getAttribute('href'), site))).text()).trim().split('\n').map(line => JSON.parse(line));
    assert.equal(lines.length - 1, wanted);
    assert.equal(new Set(lines.slice(1).map(line => line.id)).size, wanted);
    assert.equal(lines[0].fundstelle_export.total, wanted);
    assert.match(JSON.stringify(lines[0]), /"revision":"[0-9a-f]{16}"/);
    await close();
  });
}

for (const [name, options] of [['phone', {viewport: {width: 390, height: 844}}], ['dark', {colorScheme: 'dark'}]]) {
  test(`${name}: the way from the start to the answer`, async () => {
    const {page, close} = await open(options);
    await searchFor(page, 'Sozialwohnungen aus der Bindung');
    await changed(page, () => page.locator('.stellen .stelle').first().click());
    assert.ok(await page.locator('.text').isVisible());
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the screen');
    // Lightness comes first in oklch(), and red tells grey from grey in rgb().
    const [letters, ground] = await page.locator('body').evaluate(body => ['color', 'backgroundColor'].map(name => Number(getComputedStyle(body)[name].match(/[\d.]+/)[0])));
    assert.equal(letters > ground, name === 'dark', 'light letters on dark, and the other way round');
    await close();
  });
}
