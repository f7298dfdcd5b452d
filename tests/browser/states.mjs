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
    ['paper', `/dokument/${paper}`],
    ['paper with hits', `/dokument/${paper}?q=Wohnungen`],
    ['minutes', `/dokument/${minutes}?q=Pr%C3%A4sident`],
    ['release', `/dokument/${release}`],
    ['help', '/hilfe'],
    ['unknown address', '/nirgendwo'],
    ['broken parameter', '/suche?q=Land&year=abc'],
    ['unknown document', '/dokument/gibt-es-nicht'],
  ];
}
