// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document: its text, its questions, its original, the way between them.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {open, searchFor, site} from './site.mjs';

/// The answer BT-Drs. 19/41207 of the sample: two pages, six questions, 2 and 3 answered together.
async function paper() {
  const answer = await (await fetch(`${site}/api/v1/search?facets=none&size=1&type=antwort&q=nr:19/41207`)).json();
  assert.equal(answer.hits[0]?.number, '19/41207');
  return `/dokument/${answer.hits[0].id}`;
}
const marksOf = async (path, q) => (await fetch(`${site}${path.replace('/dokument/', '/api/v1/documents/')}/marks?q=${encodeURIComponent(q)}`)).json();

const counter = page => page.locator('.fundstand');
const drawn = (page, number) => page.locator(`#original-seite-${number} canvas.pdfbild`);

test('document: opens at the page, hits are marked and lead on', async () => {
  const {page, close} = await open();
  await searchFor(page, 'Wohnungen');
  const place = page.locator('.stelle[href*="#seite-"]').first();
  const anchor = new URL(await place.getAttribute('href'), site).hash;
  await place.click();
  assert.equal(new URL(page.url()).hash, anchor);
  assert.ok(await page.locator(anchor).isVisible());
  const marks = page.locator('.text mark');
  const total = await marks.count();
  assert.ok(total > 1);
  assert.match(await marks.first().innerText(), /wohnung/i);
  await page.goto(page.url().split('#')[0]);
  await page.getByRole('button', {name: 'nächster Treffer'}).click();
  assert.equal(new URL(page.url()).hash, '#treffer-1');
  assert.equal(await counter(page).innerText(), `Treffer 1 von ${total}`);
  const box = await page.locator('#treffer-1').boundingBox();
  const bar = await page.locator('.fundleiste').boundingBox();
  assert.ok(box.y > bar.y + bar.height - 1, 'the mark is not hidden under the bar');
  assert.ok(box.y + box.height < 900, 'the mark is on the screen');
  await page.keyboard.press('n');
  assert.equal(new URL(page.url()).hash, '#treffer-2');
  await page.keyboard.press('p');
  await page.keyboard.press('k');
  assert.equal(await counter(page).innerText(), `Treffer ${total} von ${total}`, 'round the end');
  // The letters are text where one types, and can be switched off.
  await page.locator('input[name=q]').focus();
  await page.keyboard.press('n');
  assert.equal(await counter(page).innerText(), `Treffer ${total} von ${total}`);
  await page.getByLabel('Tasten n, p').uncheck();
  await page.locator('h1').click();
  await page.keyboard.press('n');
  assert.equal(await counter(page).innerText(), `Treffer ${total} von ${total}`);
  await close();
});

test('document: hits beside the scroll bar, the place in the contents', async () => {
  const {page, close} = await open();
  const path = await paper();
  await page.goto(`${site}${path}?q=Bundesregierung`);
  const total = await page.locator('.text mark').count();
  const ticks = page.locator('.fundspur div');
  await ticks.last().waitFor({state: 'attached'});
  const tick = await ticks.last().boundingBox();
  await page.mouse.click(tick.x + 4, tick.y + 1);
  const reached = Number(/Treffer (\d+)/.exec(await counter(page).innerText())[1]);
  assert.ok(reached > total - 3, `a click at the last mark goes there, not to ${reached} of ${total}`);
  await page.getByRole('navigation', {name: 'Inhalt'}).getByRole('link', {name: /^Welche Rolle spielt das Bundesamt/}).click();
  assert.equal(new URL(page.url()).hash, '#frage-4');
  await page.waitForFunction(() => document.querySelector('.verzeichnis a[aria-current]')?.hash === '#frage-4');
  await close();
});

test('document: citations are copied for paper, page and question', async () => {
  const {page, close} = await open({permissions: ['clipboard-read', 'clipboard-write']});
  const path = await paper();
  await page.goto(site + path);
  const copied = async name => {
    await page.getByRole('button', {name: new RegExp(`^(Zitat )?${name.replaceAll('.', '\\.')} kopieren$`)}).first().click();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  for (const citation of ['BT-Drs. 19/41207', 'BT-Drs. 19/41207, S. 2', 'BT-Drs. 19/41207, S. 2, Frage 4']) {
    assert.equal(await copied(citation), citation);
  }
  await page.getByText('Ausführlich zitieren').click();
  assert.equal(await copied('Deutscher Bundestag, Drucksache 19/41207 vom 22. Oktober 2019'), 'Deutscher Bundestag, Drucksache 19/41207 vom 22. Oktober 2019');
  assert.equal(await copied(site + path), site + path);
  await close();
});

test('document: BibTeX and RIS of paper, page and question', async () => {
  const path = await paper();
  const get = async address => {
    const answer = await fetch(site + path + address);
    return {status: answer.status, type: answer.headers.get('content-type'), text: await answer.text()};
  };
  const bibtex = await get('/zitat.bib');
  assert.match(bibtex.type, /^application\/x-bibtex/);
  assert.match(bibtex.text, /^@[a-z]+\{fundstelle-/);
  assert.match(bibtex.text, /19\/41207/);
  assert.match((await get('/zitat.ris')).text, /^TY  - [A-Z]+\r\n[^]*ER  - \r\n$/);
  assert.match((await get('/zitat.bib?frage=4')).text, /-f4,/);
  assert.match((await get('/zitat.bib?seite=2')).text, /-s2,/);
  assert.equal((await get('/zitat.bib?frage=99')).status, 400);
});

test('questions and answers: beside one another, cited, at the same place in the text', async () => {
  const {page, close} = await open();
  const path = await paper();
  await page.goto(`${site}${path}?q=Gewaltschutz`);
  await page.getByRole('link', {name: 'Fragen und Antworten'}).click();
  assert.match(page.url(), /ansicht=fragen/);
  const pairs = page.locator('.paar');
  assert.deepEqual((await pairs.locator('h2').allInnerTexts()).map(text => text.replace(' #', '')),
    ['Frage 1', 'Fragen 2 und 3', 'Frage 4', 'Frage 5', 'Frage 6']);
  const together = pairs.nth(1);
  assert.match(await together.locator('.paar-fragen').innerText(), /Wie viele Stellen[^]*Anschlussförderung/);
  assert.match(await together.locator('.paar-antworten').innerText(), /gemeinsam beantwortet/);
  const question = await together.locator('.paar-fragen').boundingBox(), answer = await together.locator('.paar-antworten').boundingBox();
  assert.ok(answer.x > question.x + question.width - 1 && Math.abs(answer.y - question.y) < 2, 'side by side');
  await together.getByRole('link', {name: /^im Text/}).click();
  assert.equal(new URL(page.url()).hash, '#frage-2');
  const at = await page.locator('#frage-2').evaluate(anchor => anchor.getBoundingClientRect().top);
  assert.ok(at > 0 && at < 500, `the question is at ${at}`);
  await close();
});

test('original: opens at the page with the words marked above their ink', async () => {
  const {page, close} = await open();
  const path = await paper();
  const {pages} = await marksOf(path, 'Gewaltschutz');
  await page.goto(`${site}${path}?q=Gewaltschutz&ansicht=original&seite=2`);
  await drawn(page, 2).waitFor();
  assert.equal(await page.getByRole('spinbutton', {name: 'Seite'}).inputValue(), '2');
  const sheet = await page.locator('#original-seite-2').boundingBox(), desk = await page.locator('.pdftisch').boundingBox();
  assert.ok(sheet.y < desk.y + desk.height / 2, 'page 2 is what one sees');
  for (const {page: number, marks} of pages) {
    await page.getByRole('spinbutton', {name: 'Seite'}).fill(String(number));
    await page.keyboard.press('Enter');
    await drawn(page, number).waitFor();
    await page.locator(`#original-seite-${number} .textLayer mark`).first().waitFor({state: 'attached'});
    const found = await page.evaluate(number => {
      const sheet = document.querySelector(`#original-seite-${number}`), canvas = sheet.querySelector('canvas');
      const whole = canvas.getBoundingClientRect(), scale = canvas.width / whole.width;
      return [...sheet.querySelectorAll('mark')].map(mark => {
        const box = mark.getBoundingClientRect();
        const {data} = canvas.getContext('2d').getImageData((box.left - whole.left) * scale, (box.top - whole.top) * scale, box.width * scale, box.height * scale);
        let dark = 0;
        for (let i = 0; i < data.length; i += 4) dark += data[i] < 128;
        return {text: mark.textContent, hit: Number(mark.dataset.treffer), ink: dark / (data.length / 4)};
      });
    }, number);
    const words = new Map();
    for (const {text, hit, ink} of found) {
      words.set(hit, (words.get(hit) ?? '') + text);
      assert.ok(ink > .05, `${text} on page ${number} lies above letters (${ink})`);
    }
    const letters = text => text.replace(/[^\p{L}\p{N}]/gu, '');
    assert.deepEqual([...words.values()].map(letters).sort(), marks.map(mark => letters(mark.text)).sort(), `hits of page ${number}`);
  }
  await close();
});

test('original: from hit to hit over pages, zoom, back to the text', async () => {
  const {page, close} = await open();
  const path = await paper();
  const {total} = await marksOf(path, 'Gewaltschutz');
  await page.goto(`${site}${path}?q=Gewaltschutz`);
  await page.getByRole('navigation', {name: 'Ansicht'}).getByRole('link', {name: 'Original', exact: true}).click();
  await page.locator('mark.gewaehlt').first().waitFor();
  assert.equal(await counter(page).innerText(), `Treffer 1 von ${total}`);
  for (let i = 2; i <= total; ++i) await page.keyboard.press('n');
  assert.equal(await counter(page).innerText(), `Treffer ${total} von ${total}`);
  await page.locator(`#original-seite-2 mark.gewaehlt[data-treffer="${total}"]`).waitFor();
  const mark = await page.locator('mark.gewaehlt').first().boundingBox(), desk = await page.locator('.pdftisch').boundingBox();
  assert.ok(mark.y > desk.y && mark.y < desk.y + desk.height, 'the hit is in sight');
  assert.equal(new URL(page.url()).hash, `#treffer-${total}`);
  const before = await drawn(page, 2).evaluate(canvas => canvas.width);
  await page.getByRole('button', {name: 'größer'}).click();
  await page.waitForFunction(width => document.querySelector('#original-seite-2 canvas')?.width > width, before);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 1280, 'the page does not grow with it');
  await page.getByRole('link', {name: 'Text dieser Seite'}).click();
  assert.equal(new URL(page.url()).hash, '#seite-2');
  assert.ok(await page.locator('.text').isVisible());
  // An address with a hit opens at it.
  await page.goto(`${site}${path}?q=Gewaltschutz&ansicht=original#treffer-${total}`);
  await page.locator(`mark.gewaehlt[data-treffer="${total}"]`).first().waitFor();
  await close();
});

test('original: a word broken at the end of a line is marked in both lines', async () => {
  const {page, close} = await open();
  const path = await paper();
  const {pages} = await marksOf(path, 'ausgelaufen');
  assert.equal(pages[0].marks[0].text, 'ausgelaufen');
  await page.goto(`${site}${path}?q=ausgelaufen&ansicht=original`);
  await page.locator('mark.gewaehlt').first().waitFor();
  assert.deepEqual(await page.locator('mark.gewaehlt').allInnerTexts(), ['ausge', 'laufen']);
  await close();
});

test('original: of equal letters those that were meant are marked', async () => {
  const {page, close} = await open();
  const path = await paper();
  const {pages} = await marksOf(path, 'über');
  const [mark] = pages[0].marks;
  assert.equal(pages[0].marks.length, 1);
  await page.goto(`${site}${path}?q=${encodeURIComponent('über')}&ansicht=original`);
  await page.locator('mark.gewaehlt').first().waitFor();
  const {before, after} = await page.locator('#original-seite-1 .textLayer').evaluate(layer => {
    const mark = layer.querySelector('mark'), range = document.createRange();
    const letters = () => range.toString().replace(/[^\p{L}\p{N}]/gu, '');
    range.selectNodeContents(layer);
    range.setEndBefore(mark);
    const before = letters();
    range.selectNodeContents(layer);
    range.setStartAfter(mark);
    return {before, after: letters()};
  });
  const letters = text => text.replace(/[^\p{L}\p{N}]/gu, '');
  assert.match(before, /über/i, 'the same letters stand earlier on the page, as in gegenüber');
  assert.ok(before.endsWith(letters(mark.before).slice(-20)), before.slice(-40));
  assert.ok(after.startsWith(letters(mark.after).slice(0, 20)), after.slice(0, 40));
  await close();
});

test('beside: the original follows the text', async () => {
  const {page, close} = await open({viewport: {width: 1600, height: 900}});
  const path = await paper();
  const {total} = await marksOf(path, 'Gewaltschutz');
  await page.goto(`${site}${path}?q=Gewaltschutz`);
  await page.getByRole('link', {name: 'Text neben Original'}).click();
  await page.locator('.betrachter[data-bereit]').waitFor();
  const text = await page.locator('.text').boundingBox(), original = await page.locator('.betrachter').boundingBox();
  assert.ok(original.x > text.x + text.width - 1);
  for (let i = 0; i < total; ++i) await page.keyboard.press('n');
  assert.ok(await page.locator(`.text #treffer-${total}`).isVisible());
  await page.locator(`#original-seite-2 mark.gewaehlt[data-treffer="${total}"]`).waitFor();
  await close();
});

test('without scripts: hits, questions and the original are links', async () => {
  const {page, close} = await open({javaScriptEnabled: false});
  const path = await paper();
  await page.goto(`${site}${path}?q=Gewaltschutz`);
  await page.getByRole('link', {name: 'zum ersten'}).click();
  assert.ok(await page.locator('#treffer-1').isVisible());
  await page.locator('#treffer-1 + .springer').getByTitle('nächster Treffer').click();
  assert.equal(new URL(page.url()).hash, '#treffer-2');
  assert.equal(await page.locator('#seite-2 a.im-original').getAttribute('href'), `${path}/original#page=2`);
  await page.goto(`${site}${path}?ansicht=fragen`);
  assert.equal(await page.locator('.paar').count(), 5);
  await page.goto(`${site}${path}?ansicht=original&seite=2`);
  assert.equal(await page.locator('.betrachter a').first().getAttribute('href'), `${path}/original#page=2`);
  await close();
});

test('original: the link gives the PDF at its page', async () => {
  const {page, close} = await open();
  const path = await paper();
  const answer = await page.request.get(`${site}${path}/original`);
  assert.equal(answer.status(), 200);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
  await close();
});

test('phone: every view fits', async () => {
  const {page, close} = await open({viewport: {width: 390, height: 844}});
  const path = await paper();
  for (const view of ['', '&ansicht=fragen', '&ansicht=original', '&ansicht=beide']) {
    await page.goto(`${site}${path}?q=Gewaltschutz${view}`);
    if (/original|beide/.test(view)) await drawn(page, 1).waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, `${view} fits`);
  }
  await close();
});

test('original: what cannot be shown is said, with the way to the file', async () => {
  const {page, close} = await open();
  const path = await paper();
  await page.route('**/original', route => route.fulfill({status: 200, contentType: 'application/pdf', body: 'no PDF at all'}));
  await page.goto(`${site}${path}?ansicht=original`);
  assert.match(await page.getByRole('alert').innerText(), /beschädigt/);
  assert.equal(await page.locator('.betrachter a').getAttribute('href'), `${path}/original`);
  await close();
});

/// A PDF of one page with these lines, made by hand.
function pdfOf(lines) {
  const escaped = lines.map(line => line.replace(/[\\()]/g, '\\$&'));
  const content = `BT /F 14 Tf 50 750 Td 20 TL ${escaped.map(line => `(${line}) Tj T*`).join(' ')} ET`;
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const place = text.length;
    text += `${i + 1} 0 obj${object}endobj\n`;
    return place;
  });
  const table = text.length;
  text += `xref\n0 6\n0000000000 65535 f \n${places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`;
  return `${text}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${table}\n%%EOF`;
}

test('original: markup in a PDF and in its hits stays text', async () => {
  const {page, close} = await open();
  const path = await paper();
  const evil = '<img src=x onerror=document.title=1> "><script>document.title=2</script>';
  await page.route('**/original', route => route.fulfill({status: 200, contentType: 'application/pdf', body: pdfOf(['Harmlos.', evil])}));
  await page.route('**/marks?*', route => route.fulfill({json: {id: 'x', q: 'x', total: 1, pages: [{page: 1, marks: [{text: '<img src=x', before: 'Harmlos. ', after: ' onerror='}]}]}}));
  await page.goto(`${site}${path}?q=Gewaltschutz&ansicht=original`);
  await page.locator('mark.gewaehlt').waitFor();
  assert.match(await page.locator('mark.gewaehlt').innerText(), /^img src=x$/);
  assert.equal(await page.locator('.textLayer img, .textLayer script').count(), 0);
  assert.ok((await page.locator('.textLayer').innerText()).includes('<script>document.title=2</script>'));
  assert.doesNotMatch(await page.title(), /^[12]$/);
  await close();
});
