// SPDX-License-Identifier: GPL-3.0-or-later
//
// Taking along: files, feeds, the collection, dossiers, pages that are not there.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {test} from 'node:test';
import {open, site, total} from './site.mjs';

const python = (program, input) => execFileSync('python3', ['-c', program], {input, encoding: 'utf8'}).trim();
const text = async address => (await fetch(new URL(address, site))).text();

test('a researcher takes every hit along: as many as the page says, read by an independent reader', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Wohnungen&unit=passage`);
  const wanted = await total(page);
  const address = name => page.getByRole('region', {name: 'Ergebnis mitnehmen'}).getByRole('link', {name, exact: true}).getAttribute('href');
  const csv = await text(await address('CSV'));
  const rows = JSON.parse(python('import csv,io,json,sys\nprint(json.dumps(list(csv.DictReader(io.StringIO(sys.stdin.read(), newline="")))))', csv));
  assert.equal(rows.length, wanted);
  assert.ok(rows.every(row => row.id && row.citation && row.text && row.url.startsWith(site)));
  const lines = (await text(await address('JSONL'))).trim().split('\n').map(line => JSON.parse(line));
  assert.equal(lines[0].fundstelle_export.total, wanted);
  assert.deepEqual(lines.slice(1).map(line => line.id), rows.map(row => row.id));
  assert.equal((await text(await address('RIS'))).split('\r\nER  - \r\n').length - 1, wanted);
  assert.equal((await text(await address('BibTeX'))).match(/^@/gm).length, wanted);
  await close();
});

test('a journalist subscribes: the page names its feeds, feeds are well-formed and unchanged ones cost nothing', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Wohnungen`);
  const feeds = await page.locator('link[rel=alternate]').evaluateAll(links => links.map(link => [link.type, link.href]));
  assert.deepEqual(feeds.map(([type]) => type), ['application/atom+xml', 'application/feed+json']);
  const answer = await fetch(feeds[0][1]);
  assert.match(answer.headers.get('content-type'), /^application\/atom\+xml/);
  const seen = JSON.parse(python(`import json,sys,xml.etree.ElementTree as E
a={'a':'http://www.w3.org/2005/Atom'}; f=E.fromstring(sys.stdin.buffer.read())
def one(e,p): assert len(e.findall(p,a))==1,p; return e.find(p,a).text
for p in ('a:id','a:title','a:updated'): one(f,p)
print(json.dumps([[one(e,'a:id'),one(e,'a:title'),one(e,'a:updated'),e.find("a:link[@rel='alternate']",a).get('href'),len(e.findall('a:author',a))] for e in f.findall('a:entry',a)]))`, await answer.text()));
  assert.equal(seen.length, await total(page));
  assert.equal(new Set(seen.map(entry => entry[0])).size, seen.length);
  for (const [id, , updated, address] of seen) {
    assert.match(id, /^tag:[a-z.0-9-]+,2025:dokument\//);
    assert.match(updated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.ok(address.startsWith(`${site}/dokument/`));
  }
  const again = await fetch(feeds[0][1], {headers: {'If-None-Match': answer.headers.get('etag')}});
  assert.equal(again.status, 304);
  const json = await (await fetch(feeds[1][1])).json();
  assert.deepEqual(json.items.map(item => item.id), seen.map(entry => entry[0]));
  await close();
});

test('pieces are collected, noted, ordered, shared and taken over', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Wohnungen`);
  assert.equal(await page.locator('#mappe-zahl').innerText(), '');
  const buttons = page.locator('.beleg .merken');
  await buttons.nth(0).click();
  await buttons.nth(1).click();
  await page.locator('.stellen .merken').first().click();
  assert.equal(await page.locator('#mappe-zahl').innerText(), '3');
  assert.match(await buttons.nth(0).innerText(), /Gemerkt/);
  await page.reload();
  assert.match(await buttons.nth(1).innerText(), /Gemerkt/);
  await buttons.nth(1).click();
  assert.equal(await page.locator('#mappe-zahl').innerText(), '2');

  await page.getByRole('link', {name: /^Mappe/}).click();
  const items = page.locator('.mappe-liste > li');
  await page.getByLabel('Notiz').first().fill('Wichtig: <b>Seite 3</b>');
  assert.equal(await items.count(), 2);
  const [first, second] = await items.evaluateAll(list => list.map(item => item.dataset.stueck));
  await items.nth(1).getByRole('button', {name: /^Nach oben/}).click();
  assert.deepEqual(await items.evaluateAll(list => list.map(item => item.dataset.stueck)), [second, first]);
  const shared = await page.locator('#mappe-verweis').inputValue();
  assert.ok(shared.startsWith(`${site}/mappe?d=${second},${first}#notizen=`));
  assert.match(await text(await page.locator('#mappe-wege a', {hasText: 'RIS'}).getAttribute('href')), /^TY  - /);

  // Somebody else opens the link, with scripts and without.
  const other = await open();
  await other.page.goto(shared);
  assert.equal(await other.page.locator('.mappe-liste > li').count(), 2);
  assert.equal(await other.page.locator('.dossier-notiz').innerText(), 'Wichtig: <b>Seite 3</b>');
  await other.page.getByRole('button', {name: 'In meine Mappe übernehmen'}).click();
  await other.page.getByLabel('Notiz').first().waitFor();
  assert.equal(await other.page.locator('#mappe-zahl').innerText(), '2');
  await other.close();
  const plain = await open({javaScriptEnabled: false});
  await plain.page.goto(shared);
  assert.equal(await plain.page.locator('.mappe-liste > li').count(), 2);
  await plain.page.getByRole('link', {name: /Druckfassung/}).click();
  assert.equal(await plain.page.locator('.dossier-stueck').count(), 2);
  await plain.page.goto(`${site}/mappe`);
  assert.match(await plain.page.locator('main').innerText(), /Ohne JavaScript/);
  await plain.close();

  await items.nth(0).getByRole('button', {name: /^Entfernen/}).click();
  await items.nth(0).getByRole('button', {name: /^Entfernen/}).click();
  await page.locator('#mappe-leer').waitFor();
  assert.equal(await page.locator('#mappe-zahl').innerText(), '');
  await close();
});

test('a broken storage breaks nothing', async () => {
  const {page, close} = await open();
  await page.addInitScript(() => localStorage.setItem('fundstelle.mappe', '[{"name":"<img src=x>"},null,7,{"name":"x~f1","note":5}'));
  await page.goto(`${site}/mappe`);
  await page.locator('#mappe-leer').waitFor();
  await page.addInitScript(() => localStorage.setItem('fundstelle.mappe', '[{"name":"<img src=x>"},null,7,{"name":"x~f1","note":5}]'));
  await page.goto(`${site}/mappe`);
  await page.getByText('nicht mehr im Bestand').waitFor();
  assert.equal(await page.locator('#mappe-zahl').innerText(), '1');
  await close();
});

test('a result becomes a dossier with whole passages', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/suche?q=Wohnungen`);
  await page.getByRole('link', {name: /^Druckfassung/}).click();
  assert.ok(await page.locator('.dossier-stueck').count() > 3);
  assert.ok(await page.locator('.dossier-text mark').count() > 3);
  await page.emulateMedia({media: 'print'});
  assert.ok(await page.locator('.kopf').isHidden());
  await close();
});

test('browsers and robots find the search', async () => {
  const {page, close} = await open();
  await page.goto(site);
  const description = await page.locator('link[rel=search]').getAttribute('href');
  const templates = python(`import sys,xml.etree.ElementTree as E
print('\\n'.join(u.get('type')+' '+u.get('template') for u in E.fromstring(sys.stdin.buffer.read()).iter('{http://a9.com/-/spec/opensearch/1.1/}Url')))`, await text(description));
  const suggest = templates.split('\n').find(line => line.startsWith('application/x-suggestions')).split(' ')[1];
  const [typed, words] = await (await fetch(suggest.replace('{searchTerms}', 'wohn'))).json();
  assert.equal(typed, 'wohn');
  assert.ok(words.length > 0);
  const map = (await text('/robots.txt')).match(/^Sitemap: (.*)$/m)[1];
  const parts = [...(await text(map)).matchAll(/<loc>([^<]*)/g)].map(found => found[1]);
  const addresses = [];
  for (const part of parts) addresses.push(...[...(await text(part)).matchAll(/<loc>([^<]*)/g)].map(found => found[1]));
  const documents = addresses.filter(address => address.includes('/dokument/'));
  await page.goto(`${site}/suche`);
  assert.equal(documents.length, await total(page));
  assert.equal((await fetch(documents[0])).status, 200);
  await close();
});

test('what is not there is said, and leads on', async () => {
  const {page, close} = await open();
  for (const [address, status, says] of [['/anfragen/Wohnungen-Land.pdf', 404, /Nach „anfragen Wohnungen Land“ suchen/],
    ['/impressum', 404, /noch nicht hinterlegt/], ['/mappe?d=%3Cb%3E', 400, /keine Kennung/],
    ['/suche?q=Land&year=abc', 400, /vierstellige Jahre/], ['/dokument/gibt-es-nicht', 404, /nicht im Index/]]) {
    const answer = await page.goto(site + address);
    assert.equal(answer.status(), status, address);
    assert.match(await page.locator('main').innerText(), says);
    assert.ok(await page.getByRole('search').isVisible());
  }
  await close();
});
