// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that try to be markup, script or formula are shown as text wherever they come back. What
// hostile documents do is tested in tests/http and tests/present; here hostile addresses meet a
// browser that would run them.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {open, site} from './site.mjs';

const hostile = [
  '<script>window.broken=1</script>', '"><img src=x onerror=window.broken=1>', "'-window.broken=1-'", '</title><script>window.broken=1</script>',
  '{{CONTENT}}{{#HIT}}', '\u202Etxet\u2066', ']]><x/>', '=HYPERLINK("http://x.example")', 'javascript:window.broken=1', '\u0085\u2028',
];

for (const scripts of [true, false]) {
  test(`hostile words stay words, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const {page, close} = await open({javaScriptEnabled: scripts});
    for (const words of hostile) {
      const q = encodeURIComponent(words);
      for (const address of [`/suche?q=${q}`, `/suche?q=${q}&unit=passage&from=2019`, `/dossier?q=${q}`, `/${q}`, `/mappe?d=${q}`, `/suche?year=${q}`, `/dokument/${q}`]) {
        await page.goto(site + address);
        if (scripts) assert.equal(await page.evaluate(() => window.broken), undefined, address);
        assert.equal(await page.locator('main').count(), 1, address);
        assert.equal(await page.locator('main img, main script:not([src])').count(), 0, address);
      }
    }
    await close();
  });
}

test('files and feeds of hostile words are what they say they are', async () => {
  const {page, close} = await open();
  await page.goto(site);
  for (const words of hostile) {
    const q = encodeURIComponent(words);
    const atom = await (await fetch(`${site}/feed.atom?q=${q}`)).text();
    const broken = await page.evaluate(xml => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent, atom);
    assert.equal(broken, undefined, `${words}: ${broken}`);
    assert.equal((await (await fetch(`${site}/feed.json?q=${q}`)).json()).version, 'https://jsonfeed.org/version/1.1');
    const lines = (await (await fetch(`${site}/api/v1/export?format=jsonl&q=${q}`)).text()).trim().split('\n');
    assert.equal(JSON.parse(lines[0]).fundstelle_export.q.trim(), words.trim());
    for (const format of ['csv', 'ris', 'bibtex', 'jsonl']) {
      const answer = await fetch(`${site}/api/v1/export?format=${format}&q=${q}`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-disposition'), /^attachment; filename="[a-z-]+\.[a-z]+"$/);
      assert.match(answer.headers.get('content-type'), /^(text\/csv|application\/)/);
    }
  }
  await close();
});

test('a hostile note in a shared collection is text', async () => {
  const {page, close} = await open();
  const answer = await (await fetch(`${site}/api/v1/search?size=1`)).json();
  const name = answer.hits[0].id;
  const note = '<img src=x onerror=window.broken=1>';
  await page.goto(`${site}/mappe?d=${name}#notizen=${encodeURIComponent(JSON.stringify([[name, note], 7, [1, 2]]))}`);
  assert.equal(await page.locator('.dossier-notiz').innerText(), note);
  assert.equal(await page.evaluate(() => window.broken), undefined);
  await page.goto(`${site}/mappe?d=${name}#notizen=%7Bkaputt`);
  await page.reload();
  assert.equal(await page.locator('.mappe-liste > li').count(), 1);
  await close();
});
