// SPDX-License-Identifier: GPL-3.0-or-later
//
// What scripts add to pages that work without them.
import {attachDraft} from './asked';
import {attachCollection} from './collection';
import {attachCompletion} from './completion';
import {attachFacetSearch} from './facet_search';
import {attachLive} from './live';
import {attachPicture} from './picture';
import {attachRange} from './range';
import {attachReading} from './reading';

for (const field of document.querySelectorAll<HTMLInputElement>('form[role="search"] input[name="q"]')) {
  attachCompletion(field);
}
const paper = document.querySelector<HTMLElement>('main.dokument');
if (paper) attachReading(paper);
attachLive(main => {
  attachRange(main);
  attachFacetSearch(main);
  attachPicture(main);
});
const draft = document.querySelector<HTMLElement>('main.gefragt');
if (draft) attachDraft(draft);
attachCollection();
