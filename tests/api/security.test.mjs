// SPDX-License-Identifier: GPL-3.0-or-later
//
// What docs/security.md promises a browser: policies without inline code, safe types, no path from a
// parameter.
import assert from 'node:assert/strict';
import {test} from 'node:test';

const site = process.env.FUNDSTELLE_URL;
const {hits} = await (await fetch(`${site}/api/v1/search?q=&size=100&facets=none`)).json();
const records = await Promise.all(hits.map(async hit => (await (await fetch(`${site}/api/v1/documents/${hit.id}`)).json())));
const original = type => records.find(one => one.original && one.document.source.media_type === type);
const pdf = original('application/pdf'), html = original('text/html');

test('every answer has a policy without inline code, and nosniff', async () => {
  const id = pdf.document.id;
  const words = encodeURIComponent('"><script>alert(1)</script><img src=x onerror=alert(1)> Land');
  const addresses = ['/', '/hilfe', '/suche', `/suche?q=${words}`, '/filter?facet=body', '/verlauf?by=body', '/verlauf.svg', '/verlauf.csv',
    `/dokument/${id}?q=${words}`, `/dokument/${id}?ansicht=fragen`, `/dokument/${id}?ansicht=original`, `/dokument/${id}?ansicht=beide`, `/dokument/${id}/zitat.bib`,
    '/schon-gefragt', `/schon-gefragt?q=${words}`, `/mappe?d=${id}`, `/dossier?d=${id}`, `/dossier?q=${words}`, `/drucksache/bt/19/${words}`, '/nirgendwo', '/suche?topic=GROSS', '/impressum',
    `/feed.atom?q=${words}`, `/feed.json?q=${words}`, '/opensearch.xml', '/sitemap.xml', '/robots.txt', '/healthz', '/readyz', `/api/v1/search?q=${words}`, '/api/v1/search?x=1',
    `/api/v1/export?q=${words}&format=csv`, '/api/v1/openapi.json', '/api/v1/batch', '/assets/quatsch.js'];
  for (const address of addresses) {
    const answer = await fetch(site + address, {redirect: 'manual'});
    const policy = answer.headers.get('content-security-policy');
    assert.ok(policy?.includes("default-src 'none'"), `${address}: ${policy}`);
    assert.ok(policy.includes("frame-ancestors 'none'") && !policy.includes('unsafe') && !policy.includes('*'), `${address}: ${policy}`);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', address);
    assert.equal(answer.headers.get('set-cookie'), null, address);
    const body = await answer.text();
    if (!answer.headers.get('content-type').startsWith('text/html')) continue;
    // Names of attributes alone: what was typed stands in values, escaped.
    const tags = body.replace(/="[^"]*"/g, '=');
    assert.doesNotMatch(tags, /<script(?![^>]*\bsrc=)|<style|<[^>]+\s(?:on\w+|style)\s*=/i, address);
    assert.doesNotMatch(body, /(?:href|src|action)="javascript:/i, address);
    assert.ok(!body.includes('<script>alert') && !body.includes('<img src=x'), address);
  }
});

test('originals: PDF is shown, HTML is handed over and never runs here', async () => {
  const shown = await fetch(site + pdf.original);
  assert.equal(shown.headers.get('content-type'), 'application/pdf');
  assert.match(shown.headers.get('content-disposition'), /^inline; filename="[A-Za-z0-9._-]+\.pdf"$/);
  const taken = await fetch(site + html.original);
  assert.match(taken.headers.get('content-disposition'), /^attachment; filename="[A-Za-z0-9._-]+\.html"$/);
  assert.match(taken.headers.get('content-security-policy'), /^sandbox; default-src 'none'/);
  for (const answer of [shown, taken]) assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});

test('no address leads out of assets, originals and documents', async () => {
  const ups = ['../', '..%2f', '%2e%2e%2f', '%2e%2e/', '..%5c', '....//', '..%252f', '%c0%ae%c0%ae/'];
  for (const place of ['/assets/', '/assets/pdfjs/', '/dokument/', '/api/v1/documents/', '/sitemap/', '/']) {
    for (const up of ups) {
      for (const file of ['etc/passwd', 'templates/layout.html', 'manifest.json', 'current']) {
        for (const end of ['', '/original', '%00.css']) {
          const answer = await fetch(site + place + up.repeat(6) + file + end, {redirect: 'manual'});
          assert.ok([400, 404].includes(answer.status), `${place}${up}${file}${end}: ${answer.status}`);
          assert.doesNotMatch(await answer.text(), /root:x:|\{\{[A-Z#]|"generation"/);
        }
      }
    }
  }
});
