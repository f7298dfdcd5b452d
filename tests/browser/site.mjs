// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every browser test needs: a browser, a page that fails on trouble, the search field.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';

export const site = process.env.FUNDSTELLE_URL;
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
});
after(() => browser?.close());

/// A page that fails the test on any script error, refused policy or request to elsewhere.
export async function open(options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const troubles = [];
  page.on('console', message => message.type() === 'error' && !/status of 40[04]/.test(message.text()) && troubles.push(message.text()));
  page.on('pageerror', error => troubles.push(String(error)));
  page.on('request', request => new URL(request.url()).origin !== site && troubles.push(`asks ${request.url()}`));
  return {page, close: async () => { await context.close(); assert.deepEqual(troubles, []); }};
}

export const total = async page => Number((await page.locator('h1.anzahl').innerText()).match(/^[\d.]+/)[0].replaceAll('.', ''));

/// A combobox where scripts run, a search field where they do not.
export const searchField = page => page.getByRole('combobox', {name: 'Suchbegriffe'}).or(page.getByRole('searchbox', {name: 'Suchbegriffe'}));

export async function searchFor(page, words) {
  await page.goto(site);
  await searchField(page).fill(words);
  await page.getByRole('button', {name: 'Suchen'}).click();
}

/// Does something that leads to another state of a page, and waits until it is shown, whether the
/// page was left for it or not.
export async function changed(page, action) {
  await page.locator('h1').first().evaluate(heading => heading.setAttribute('data-vorher', ''));
  await action();
  await page.locator('h1:not([data-vorher])').first().waitFor();
}
