// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes from KERN UX what our pages use: node take-kern.mjs KERN.css OUT.css OURS.css...
//
// KERN's sheet has 400 KB; we use its design tokens and a few components. Kept are the rules of the
// components named below, and of the tokens (custom properties) those that are reached from these
// rules or from our own sheet. The result is KERN's part followed by ours, white space squeezed.
import {readFileSync, writeFileSync} from 'node:fs';

const components = ['.kern-btn', '.kern-btn--primary', '.kern-btn--secondary', '.kern-form-input__input', '.kern-sr-only'];
const tokenSelectors = [':root', ':is(body'];  // the latter maps tokens to a page without layers

/// Cuts a sheet into [selector, body] pairs; a body may hold such pairs again (@media).
function rules(css) {
  const found = [];
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('{', at);
    if (open < 0) break;
    let depth = 1, end = open + 1;
    for (; end < css.length && depth > 0; ++end) depth += css[end] === '{' ? 1 : css[end] === '}' ? -1 : 0;
    found.push([css.slice(at, open).split(';').pop().trim(), css.slice(open + 1, end - 1).trim()]);
    at = end;
  }
  return found;
}

const withoutComments = text => text.replace(/\/\*[\s\S]*?\*\//g, '').replace('@charset "UTF-8";', '');
const [, , kernFile, outFile, ...oursFiles] = process.argv;
const kern = withoutComments(readFileSync(kernFile, 'utf8'));
const ours = withoutComments(oursFiles.map(file => readFileSync(file, 'utf8')).join('\n'));

/// The class of a selector's part must be one of ours, and no other KERN class may occur in it.
function ofComponent(part) {
  const classes = part.match(/\.[A-Za-z0-9_-]+/g) ?? [];
  const kernClasses = classes.filter(name => name.startsWith('.kern-'));
  return components.some(name => part.startsWith(name)) &&
         kernClasses.every(name => components.includes(name) || name === '.kern-label');
}

function take(css) {
  const kept = [];
  for (const [selector, body] of rules(css)) {
    if (selector.startsWith('@media')) {
      const inner = take(body);
      if (inner.length > 0) kept.push({media: selector, inner});
    } else if (tokenSelectors.some(start => selector.startsWith(start))) {
      kept.push({selector: selector.startsWith(':is(body') ? 'body' : ':root', tokens: body});
    } else if (!selector.startsWith('@')) {
      const parts = selector.split(/,(?![^(]*\))/).map(part => part.trim()).filter(ofComponent);
      if (parts.length > 0) kept.push({selector: parts.join(','), body});
    }
  }
  return kept;
}

const kept = take(kern);
const declarations = text => text.split(';').map(line => line.trim()).filter(Boolean);
const namesIn = text => (text.match(/--kern-[A-Za-z0-9-]+/g) ?? []);

// Which tokens are reached? From our sheet and the components first, then from token to token.
const definitions = new Map();
const reached = new Set(namesIn(ours));
(function visit(list) {
  for (const rule of list) {
    if (rule.inner) visit(rule.inner);
    else if (rule.body) namesIn(rule.body).forEach(name => reached.add(name));
    else for (const line of declarations(rule.tokens)) {
      const name = line.slice(0, line.indexOf(':')).trim();
      definitions.set(name, [...(definitions.get(name) ?? []), line.slice(line.indexOf(':') + 1)]);
    }
  }
})(kept);
const queue = [...reached];
while (queue.length > 0) {
  for (const value of definitions.get(queue.pop()) ?? []) {
    for (const name of namesIn(value)) {
      if (!reached.has(name)) { reached.add(name); queue.push(name); }
    }
  }
}
const missing = namesIn(ours).filter(name => !definitions.has(name));
if (missing.length > 0) throw new Error(`web/styles uses tokens KERN does not define: ${[...new Set(missing)].join(', ')}`);

function print(list) {
  let text = '';
  for (const rule of list) {
    if (rule.inner) {
      const inner = print(rule.inner);
      if (inner) text += `${rule.media}{${inner}}`;
    } else if (rule.body) {
      text += `${rule.selector}{${declarations(rule.body).join(';')}}`;
    } else {
      const lines = declarations(rule.tokens).filter(line => reached.has(line.slice(0, line.indexOf(':')).trim()));
      if (lines.length > 0) text += `${rule.selector}{${lines.join(';')}}`;
    }
  }
  return text;
}

const squeeze = text => text.replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').replace(/;}/g, '}').trim();
writeFileSync(outFile, '/* Tokens and components from KERN UX (https://kern-ux.de), EUPL-1.2; the rest is part of Fundstelle, GPL-3.0-or-later. */\n' +
              squeeze(print(kept)) + '\n' + squeeze(ours) + '\n');
