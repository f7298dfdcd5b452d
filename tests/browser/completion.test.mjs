// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the search field offers while one types.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {open, searchField, site} from './site.mjs';

test('completion: arrows choose, Escape closes, Enter searches what is chosen', async () => {
  const {page, close} = await open();
  await page.goto(site);
  const field = page.getByRole('combobox', {name: 'Suchbegriffe'});
  const list = page.getByRole('listbox', {name: 'Vorschläge'});
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  await field.pressSequentially('wohn');
  await list.waitFor();
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  const options = list.getByRole('option');
  const count = await options.count();
  assert.ok(count >= 2);
  assert.match(await options.first().locator('.vorschlag-text').innerText(), /wohn/i);
  const active = () => field.getAttribute('aria-activedescendant');
  assert.equal(await active(), null, 'nothing is chosen unasked');
  await field.press('ArrowDown');
  assert.equal(await active(), await options.first().getAttribute('id'));
  assert.equal(await list.locator('[aria-selected="true"]').count(), 1);
  await field.press('ArrowUp');
  assert.equal(await active(), null, 'back in the field');
  await field.press('ArrowUp');
  assert.equal(await active(), await options.nth(count - 1).getAttribute('id'));
  await field.press('Escape');
  assert.ok(await list.isHidden());
  assert.equal(await field.inputValue(), 'wohn', 'the words typed are kept');
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  await field.press('ArrowDown');
  await list.waitFor();
  await field.press('ArrowDown');
  await Promise.all([page.waitForURL(/\/(suche\?q=|dokument\/)./), field.press('Enter')]);
  assert.ok(await page.locator('h1').isVisible());
  await close();
});

test('completion: a click chooses, Enter alone searches what is typed', async () => {
  const {page, close} = await open();
  await page.goto(site);
  const field = page.getByRole('combobox', {name: 'Suchbegriffe'});
  const list = page.getByRole('listbox', {name: 'Vorschläge'});
  await field.pressSequentially('wohn');
  await list.waitFor();
  await Promise.all([page.waitForURL(/\/(suche\?q=|dokument\/)./), list.getByRole('option').first().click()]);
  await page.goto(site);
  await field.pressSequentially('wohnun');
  await list.waitFor();
  await Promise.all([page.waitForURL(/\/suche\?q=wohnun$/), field.press('Enter')]);
  assert.equal(await searchField(page).inputValue(), 'wohnun');
  await close();
});
