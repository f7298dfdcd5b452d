// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every page in every state a reader can meet: what must hold for all of them is tested for each.
import {searchField, site} from './site.mjs';

/// Addresses of documents the sample holds, found through the API so that no id stands here.
async function documents() {
  const find = async parameters => {
    const answer = await (await fetch(`${site}/api/v1/search?size=1&facets=none&${parameters}`)).json();
    if (answer.hits.length === 0) throw new Error(`the sample has nothing for ${parameters}`);
    return answer.hits[0].id;
  };
  return {
    paper: await find('q=Wohnungen&type=antwort'),
    minutes: await find('q=Pr%C3%A4sident&type=plenarprotokoll'),
    release: await find('q=&type=pressemitteilung'),
  };
}

/// [name, address, what to do there before looking]
export async function states() {
  const {paper, minutes, release} = await documents();
  return [
    ['start', '/'],
    ['start, completing', '/', async page => {
      await searchField(page).pressSequentially('wohn');
      await page.getByRole('listbox').waitFor();
    }],
    ['everything', '/suche'],
    ['results', '/suche?q=Wohnungen'],
    ['results, understood as', '/suche?q=Wohnungen', page => page.locator('details.verstanden summary').click()],
    ['results, filtered', '/suche?q=Land&type=kleine-anfrage,-antrag&from=2019&to=2026'],
    ['results, passages', '/suche?q=Wohnungen&unit=passage'],
    ['results, part of the words', '/suche?q=Wohnungen+Pinguin'],
    ['results, nothing', '/suche?q=Xylophonzz&year=1999'],
    ['results, odd syntax', `/suche?q=${encodeURIComponent('("Land NAHE NICHT typ:unsinn')}`],
    ['results, a word too many', '/suche?q=Wohnungen+Xylophonzz&match=all'],
    ['results, searching in a facet', '/suche', async page => {
      await page.getByRole('searchbox', {name: /^Werte suchen: Sach/}).fill('a');
      await page.locator('fieldset.sucht .gefunden a').first().waitFor();
    }],
    ['results, period chosen by key', '/suche', async page => {
      await page.getByRole('slider', {name: 'Zeitraum von'}).press('ArrowRight');
      await page.locator('.zeitwahl-zeile button').first().waitFor();
    }],
    ['all values of a facet', '/filter?facet=body&q=Land'],
    ['values of a facet, none', '/filter?facet=topic&suche=Xylophonzz'],
    ['trend', '/verlauf?q=Land&by=body'],
    ['trend, shares by group, numbers', '/verlauf?q=Wohnungen&by=group&measure=share&step=quarter', page => page.locator('details.zahlen summary').click()],
    ['trend, nothing', '/verlauf?q=Xylophonzz'],
    ['paper', `/dokument/${paper}`],
    ['paper with hits', `/dokument/${paper}?q=Wohnungen`],
    ['paper, questions', `/dokument/${paper}?q=Wohnungen&ansicht=fragen`],
    ['paper, hit chosen', `/dokument/${paper}?q=Wohnungen`, page => page.keyboard.press('n')],
    ['paper, original', `/dokument/${paper}?q=Wohnungen&ansicht=original`, page => page.locator('.pdfseite canvas').first().waitFor()],
    ['paper, text beside original', `/dokument/${paper}?q=Wohnungen&ansicht=beide`, page => page.locator('.pdfseite canvas').first().waitFor()],
    ['minutes, speeches', `/dokument/${minutes}?q=Pr%C3%A4sident&ansicht=fragen`],
    ['minutes', `/dokument/${minutes}?q=Pr%C3%A4sident`],
    ['release', `/dokument/${release}`],
    ['asked', '/schon-gefragt'],
    ['asked, answered', '/schon-gefragt', async page => {
      await page.getByLabel('Entwurf oder einzelne Fragen').fill('1. Wie viele Wohnungen wurden gebaut?\n2. Was kostet der Wohnungsbau?');
      await page.getByRole('button', {name: 'Frühere Fragen finden'}).click();
      await page.locator('.gefragt-frage').first().waitFor();
    }],
    ['collection, empty', '/mappe'],
    ['collection, shared', `/mappe?d=${paper},${release}`],
    ['dossier of a search', '/dossier?q=Wohnungen'],
    ['dossier of a collection', `/dossier?d=${paper},${release}`],
    ['several papers of one number', '/drucksache/21/28045'],
    ['asked, empty', '/schon-gefragt'],
    ['asked, answered', `/schon-gefragt?q=${encodeURIComponent('Wie viele Sozialwohnungen sind aus der Bindung gefallen?')}`],
    ['help', '/hilfe'],
    ['unknown address', '/nirgendwo'],
    ['broken parameter', '/suche?q=Land&year=abc'],
    ['unknown document', '/dokument/gibt-es-nicht'],
  ];
}
