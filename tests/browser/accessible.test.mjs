// SPDX-License-Identifier: GPL-3.0-or-later
//
// No page in any state violates a rule of axe-core, light or dark, wide or narrow; every page is
// valid HTML by html-validate.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import {HtmlValidate} from 'html-validate/node';
import {open, site} from './site.mjs';
import {states} from './states.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  ['light', {colorScheme: 'light'}],
  ['dark', {colorScheme: 'dark'}],
  ['phone', {viewport: {width: 390, height: 844}}],
];
for (const [look, options] of looks) {
  test(`axe: no violation, ${look}`, async () => {
    const {page, close} = await open(options);
    const found = [];
    for (const [name, address, prepare] of await states()) {
      await page.goto(site + address);
      if (prepare) await prepare(page);
      await page.evaluate(axe);
      const {violations} = await page.evaluate(() => window.axe.run(document));
      for (const {id, help, nodes} of violations) {
        found.push(`${name}: ${id} (${help}): ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`);
      }
    }
    await close();
    assert.equal(found.join('\n'), '');
  });
}

test('html: every page is valid', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      // How the source is written is no reader's concern.
      'no-trailing-whitespace': 'off',
      'attribute-boolean-style': 'off',
      'void-style': 'off',
      'long-title': 'off',
      'doctype-style': 'off',
      'prefer-tbody': 'off',
      // A list of chosen filters has a name of its own.
      'aria-label-misuse': ['error', {allowAnyNamable: true}],
    },
  });
  const found = [];
  for (const [name, address] of await states()) {
    const html = await (await fetch(site + address)).text();
    const report = await validator.validateString(html, name);
    for (const {messages} of report.results) {
      for (const message of messages) {
        found.push(`${name}:${message.line}: ${message.ruleId}: ${message.message}`);
      }
    }
  }
  assert.equal(found.join('\n'), '');
});
