// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Wurde das schon gefragt?": pasted without scripts, a PDF read in the browser, the dossier.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {open, site} from './site.mjs';

const draft = 'Kleine Anfrage\n\nSozialer Wohnungsbau\n\nVieles ist geheim geblieben.\n\nWir fragen die Bundesregierung:\n\n' +
  '1. Wie viele Sozialwohnungen sind aus der Bindung gefallen?\n2. Wie viele Wohnungen wurden genehmigt?\n';

for (const javaScriptEnabled of [true, false]) {
  test(`asked: a pasted draft gets earlier questions with answers (scripts: ${javaScriptEnabled})`, async () => {
    const {page, close} = await open({javaScriptEnabled});
    await page.goto(`${site}/schon-gefragt`);
    await page.getByLabel('Entwurf oder einzelne Fragen').fill(draft);
    await page.getByRole('button', {name: 'Frühere Fragen finden'}).click();
    const questions = page.locator('.gefragt-frage');
    await questions.first().waitFor();
    assert.equal(await questions.count(), 2);
    assert.match(await page.locator('.gefragt-zweck').innerText(), /2 Fragen in .?Sozialer Wohnungsbau/);
    const best = questions.first().locator('.gefragt-treffer > li').first();
    assert.match(await best.locator('dl').innerText(), /Frage[\s\S]*Sozialwohnungen[\s\S]*Antwort[\s\S]*Bindung/);
    assert.match(await best.locator('cite').innerText(), /Drucksache [\d/]+ vom .*Frage/);
    const href = await best.locator('h3 a').getAttribute('href');
    await page.goto(site + href);
    assert.ok(await page.locator(new URL(href, site).hash).count() === 1, 'the link leads to the question');
    await close();
  });
}

// An answer holds everything a draft may not let through: preambles of both sides, page heads, answers, notes. Its
// questions are those of the paper (corpus/bundestag/1941207.pdf, read by eye).
const papers = [
  {kind: 'inquiry', type: 'kleine-anfrage', number: '20/21640', count: 6, last: /^6\. Welche Voraussetzungen gelten .* wurde es bisher angewandt\?$/m},
  {kind: 'answer', type: 'antwort', number: '19/41207', count: 6, last: /^6\. Wie bewertet .* insbesondere durch regionale Sprachmittlerpools\?$/m},
  {kind: 'answer with lists and parts', type: 'antwort', number: '21/31207', count: 10, last: /^c\) der Auslösung von Sirenen durch Länder und Kommunen\?$/m},
  {kind: 'Bavarian answer, its questions in a list of contents too', type: 'schriftliche-anfrage-und-antwort', number: '19/26013', count: 7, last: /^3\.2 Trifft es zu, .* gehen\?$/m},
];
for (const {kind, type, number, count, last} of papers) {
  test(`asked: of a PDF only the questions leave the browser: ${kind}`, async () => {
    const {page, close} = await open();
    const hits = (await (await fetch(`${site}/api/v1/search?facets=none&size=50&type=${type}&q=`)).json()).hits;
    const found = hits.find(hit => hit.number === number);
    assert.ok(found, `the sample has ${number}`);
    const pdf = Buffer.from(await (await fetch(`${site}/api/v1/documents/${found.id}/original`)).arrayBuffer());
    const posted = [];
    page.on('request', request => request.method() === 'POST' && posted.push(request.postData() ?? ''));
    await page.goto(`${site}/schon-gefragt`);
    await page.getByLabel('Oder eine PDF-Datei öffnen').setInputFiles({name: 'entwurf.pdf', mimeType: 'application/pdf', buffer: pdf});
    const state = page.getByRole('status').filter({hasText: 'jetzt im Feld'});
    await state.waitFor();
    const text = await page.getByLabel('Entwurf oder einzelne Fragen').inputValue();
    const questions = text.split('\n\n');
    assert.equal(questions.length, count);
    assert.match(text, last);
    for (const question of questions) assert.match(question, /^(\d+\.(\d+)?|[a-z]\)) [^?]*[?,]?[^?]*$/);
    assert.ok(questions.every(question => question.length < 400), 'no answer sticks to a question');
    assert.doesNotMatch(text, /Vorbemerkung|Drucksache|Wahlperiode|der Abgeordneten|beantwortet|Fiktives|Prozent|Stichtag/);
    assert.deepEqual(posted, [], 'reading sends nothing');
    await page.getByRole('button', {name: 'Frühere Fragen finden'}).click();
    await page.locator('.gefragt-frage').first().waitFor();
    assert.equal(posted.length, 1);
    const sent = new URLSearchParams(posted[0]);
    assert.equal(sent.get('text').replaceAll('\r\n', '\n'), text);
    assert.deepEqual([...sent.keys()].sort(), ['from', 'size', 'text', 'to']);
    await close();
  });
}

test('asked: a file that is no PDF is named, nothing is sent', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/schon-gefragt`);
  await page.getByLabel('Oder eine PDF-Datei öffnen').setInputFiles({name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('kein PDF')});
  await page.getByRole('status').filter({hasText: 'kein lesbares PDF'}).waitFor();
  assert.equal(await page.getByLabel('Entwurf oder einzelne Fragen').inputValue(), '');
  await close();
});

test('asked: on paper the form is gone and the day is there', async () => {
  const {page, close} = await open();
  await page.goto(`${site}/schon-gefragt?q=${encodeURIComponent('Wie viele Sozialwohnungen sind aus der Bindung gefallen?')}`);
  await page.emulateMedia({media: 'print'});
  assert.ok(await page.getByText('Dossier vom').isVisible());
  assert.ok(!await page.locator('.entwurf').isVisible());
  assert.ok(await page.locator('.gefragt-treffer cite').first().isVisible());
  await close();
});
