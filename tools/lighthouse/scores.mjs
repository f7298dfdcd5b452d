// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prints a row a page: Lighthouse's four scores and what cost points. FUNDSTELLE_URL, CHROMIUM.
import {launch} from 'chrome-launcher';
import lighthouse from 'lighthouse';

const site = process.env.FUNDSTELLE_URL;
let addresses = process.argv.slice(2);
if (addresses.length === 0) {
  const found = await (await fetch(`${site}/api/v1/search?q=Wohnungen&size=1&facets=none`)).json();
  addresses = ['/', '/suche?q=Wohnungen', `/dokument/${found.hits[0].id}?q=Wohnungen`];
}
const browser = await launch({
  chromePath: process.env.CHROMIUM,
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  for (const address of addresses) {
    const {lhr} = await lighthouse(site + address, {port: browser.port, logLevel: 'error', output: 'json'});
    const scores = Object.values(lhr.categories).map(({title, score}) => `${title} ${Math.round(score * 100)}`);
    console.log(`${address}: ${scores.join(', ')}`);
    for (const {id, title, score} of Object.values(lhr.audits)) {
      if (score !== null && score < 0.9) console.log(`    ${id}: ${title} (${score})`);
    }
  }
} finally {
  browser.kill();
}
