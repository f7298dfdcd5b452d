// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pictures of README: name, address, size, what to do before. Run by tools/screenshots.
import {writeFileSync} from 'node:fs';
import {chromium} from 'playwright-core';

const site = process.env.FUNDSTELLE_URL;
const folder = process.argv[2];
const largest = 150_000;  // bytes of a picture

const find = async parameters => (await (await fetch(`${site}/api/v1/search?size=1&facets=none&${parameters}`)).json()).hits[0].id;
const paper = await find('q=21/28045');
const draft = '1. Wie viele Sozialwohnungen fallen bis 2030 aus der Bindung?\n2. Welche Bahnstrecken werden reaktiviert?';

const pictures = [
  ['search', '/suche?q=Wohnungen', 1280, 960],
  ['questions', `/dokument/${paper}?q=Wohnungen&ansicht=fragen`, 1280, 800],
  ['beside', `/dokument/${paper}?q=Wohnungen&ansicht=beide`, 1280, 900, async page => {
    await page.locator('.pdfseite canvas').first().waitFor();
    await page.getByRole('button', {name: /nächster/i}).first().click();
    await page.locator('.pdfseite .textLayer mark').first().waitFor({state: 'attached'});
    await page.waitForTimeout(800);
  }],
  ['asked', '/schon-gefragt', 1280, 900, async page => {
    await page.getByLabel('Entwurf oder einzelne Fragen').fill(draft);
    await page.getByRole('button', {name: 'Frühere Fragen finden'}).click();
    await page.locator('.gefragt-frage').first().waitFor();
  }],
];

const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu']});
const page = await (await browser.newContext({locale: 'de-DE', colorScheme: 'light'})).newPage();
for (const [name, address, width, height, prepare] of pictures) {
  await page.setViewportSize({width, height});
  await page.goto(site + address);
  if (prepare) await prepare(page);
  await page.mouse.move(0, 0);
  // The browser itself makes WebP, which Playwright does not offer.
  const devtools = await page.context().newCDPSession(page);
  const {data} = await devtools.send('Page.captureScreenshot', {format: 'webp', quality: 80});
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > largest) throw new Error(`${name}: ${bytes.length} bytes, more than ${largest}`);
  writeFileSync(`${folder}/${name}.webp`, bytes);
  console.log(`${name}.webp ${bytes.length} bytes`);
}
await browser.close();
