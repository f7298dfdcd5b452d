// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every program in docs/recipes.md runs as it stands there, with this server's address, and says
// what the API says.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

const site = process.env.FUNDSTELLE_URL;
const build = process.env.FUNDSTELLE_BUILD;
const text = readFileSync(join(process.env.FUNDSTELLE_SOURCE, 'docs/recipes.md'), 'utf8');
const recipes = [...text.matchAll(/^```(\w+)( \w+)?\n([\s\S]*?)^```$/gm)].map(([, language, set, code]) => ({language, set: set?.trim() ?? '', code}));
const scratch = mkdtempSync(join(tmpdir(), 'recipes-'));
const has = (program, ...args) => spawnSync(program, args, {stdio: 'ignore'}).status === 0;
const pythons = ['python3', '/usr/bin/python3'];
const withPandas = pythons.find(python => has(python, '-c', 'import pandas'));

function run({language, set, code}) {
  assert.ok(code.includes('http://127.0.0.1:8080') || set === 'files');
  const file = join(scratch, `recipe.${language}`);
  writeFileSync(file, code.replaceAll('http://127.0.0.1:8080', site));
  const program = {sh: ['sh', '-eu'], python: [set === 'pandas' ? withPandas : 'python3'], r: ['Rscript', '--vanilla']}[language];
  return execFileSync(program[0], [...program.slice(1), file], {
    cwd: scratch, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, PATH: `${build}/bin:${process.env.PATH}`, INDEX: process.env.FUNDSTELLE_INDEX ?? '', no_proxy: '127.0.0.1'},
  });
}
const pick = (language, set, n = 0) => recipes.filter(one => one.language === language && one.set === set)[n];
const ask = async path => (await fetch(site + path)).json();
const needsR = {skip: has('Rscript', '--version') ? false : 'Rscript is not installed'};
const needsPandas = {skip: withPandas ? false : 'pandas is not installed'};

test('recipes: every one is run', () => {
  assert.equal(recipes.length, 9);
});

test('recipes: curl counts and downloads', async () => {
  const said = run(pick('sh', '', 0));
  const {total, revision} = await ask('/api/v1/search?q=Radverkehr&from=2015&facets=none');
  assert.ok(total.value > 0);
  assert.ok(said.startsWith(`${total.value} ${revision}\n`), said);
  assert.match(said, new RegExp(`^x-fundstelle-revision: ${revision}`, 'im'));
  assert.equal(readFileSync(join(scratch, 'hits.csv'), 'utf8').match(/\r\n/g).length, total.value + 1);
});

test('recipes: curl sends a batch', () => {
  const records = run(pick('sh', '', 1)).trim().split('\n').map(line => JSON.parse(line));
  assert.equal(records.length, 5);
  assert.deepEqual(records.slice(1, 4).map(record => record.id), ['rad', 'bahn', 'schule']);
  assert.deepEqual(Object.keys(records[1].hits[0]), ['id', 'date', 'title']);
  assert.deepEqual(records[4].fundstelle_batch_end.complete, true);
});

test('recipes: Python reads every hit', async () => {
  const lines = run(pick('python', '', 0)).trim().split('\n');
  const {total} = await ask(`/api/v1/search?q=${encodeURIComponent('Radverkehr OR Radweg')}&facets=none`);
  assert.equal(lines.length, total.value);
});

test('recipes: Python sends a batch', async () => {
  const said = run(pick('python', '', 1));
  const {total, revision} = await ask('/api/v1/search?q=Radverkehr&facets=none');
  assert.match(said, new RegExp(`^rad ${total.value} ${total.value}$`, 'm'));
  assert.match(said, /^falsch failed: bad_parameter$/m);
  assert.match(said, new RegExp(`^revision ${revision}$`, 'm'));
});

test('recipes: pandas', needsPandas, () => assert.match(run(pick('python', 'pandas')), /Landtag[\s\S]*20\d\d/));
test('recipes: R', needsR, () => assert.match(run(pick('r', '')), /20\d\d/));

const noQuery = existsSync(`${build}/bin/fundstelle-query`) && process.env.FUNDSTELLE_INDEX ? false : 'fundstelle-query is not built';
test('recipes: files of fundstelle-query', {skip: noQuery}, async () => {
  run(pick('sh', 'files'));
  const {total} = await ask('/api/v1/search?q=Radverkehr&facets=none');
  const rows = readFileSync(join(scratch, 'run.csv'), 'utf8').split('\n').filter(line => line.startsWith('rad,'));
  assert.equal(rows.length, total.value);
  assert.match(run(pick('python', 'files')), /rows; first/);
  if (!needsR.skip) assert.match(run(pick('r', 'files')), /rad/);
});
