// SPDX-License-Identifier: GPL-3.0-or-later
//
// The OpenAPI description is sound, and the server answers as it says: every example of every
// parameter is sent, and what comes back is held against the schemas, which admit no field that
// they do not name.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const site = process.env.FUNDSTELLE_URL;
const here = dirname(fileURLToPath(import.meta.url));
const description = await (await fetch(`${site}/api/v1/openapi.json`)).json();

/// What a schema does not name is an error.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const out = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  if (out.properties && out.type === 'object' && out.additionalProperties === undefined) out.additionalProperties = false;
  return out;
}

const ajv = new Ajv({strict: false, allErrors: true});
addFormats(ajv);
ajv.addSchema({$id: 'api', components: closed(description.components)});
const resolved = thing => {
  while (thing?.$ref) thing = thing.$ref.slice(2).split('/').reduce((at, name) => at[name], description);
  return thing;
};
function validator(schema) {
  const absolute = JSON.parse(JSON.stringify(closed(schema)), (name, value) => name === '$ref' ? `api${value}` : value);
  return ajv.compile(absolute);
}
function check(schema, value, what) {
  const valid = validator(schema);
  assert.ok(valid(value), `${what}: ${JSON.stringify(valid.errors?.slice(0, 5))}`);
}

const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({path, method, operation, parameters: (operation.parameters ?? []).map(resolved)})));

async function ask({path, method, operation}, query = {}, segments = {}) {
  const address = new URL(site + path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(segments[name])));
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const options = {method: method.toUpperCase()};
  const content = operation.requestBody?.content;
  if (content) {
    const [type, {example}] = Object.entries(content)[0];
    options.headers = {'content-type': type};
    options.body = typeof example === 'string' ? example : JSON.stringify(example);
  }
  const response = await fetch(address, options);
  const what = `${options.method} ${address.pathname}${address.search}`;
  const declared = resolved(operation.responses[response.status]);
  assert.ok(declared, `${what}: status ${response.status} is not described: ${await response.clone().text()}`);
  const type = response.headers.get('content-type')?.split(';')[0];
  const media = declared.content?.[type];
  assert.ok(media, `${what}: ${type} is not described`);
  const body = await response.text();
  const isJson = /[/+]json$/.test(type);
  if (media['x-record-schema']) {
    for (const line of body.trim().split('\n')) check(media['x-record-schema'], JSON.parse(line), `${what}: ${line.slice(0, 300)}`);
  } else if (isJson) {
    check(media.schema, JSON.parse(body), what);
  }
  return {what, response, status: response.status, body, json: isJson ? JSON.parse(body) : null};
}

function always(parameters) {
  const query = {}, segments = {};
  for (const one of parameters) {
    if (one.in === 'path') segments[one.name] = one.example;
    else if (one.required) query[one.name] = one.example;
  }
  return [query, segments];
}

test('the description is sound OpenAPI 3.1', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'openapi-')), 'openapi.json');
  writeFileSync(file, JSON.stringify(description, null, 1));
  try {
    execFileSync(process.execPath, [join(here, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', file, '--config', join(here, 'redocly.yaml'), '--format', 'stylish'],
      {env: {...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true'}, stdio: 'pipe'});
  } catch (error) {
    assert.fail(String(error.stdout) + error.stderr);
  }
});

for (const one of operations) {
  test(`${one.method} ${one.path}: examples give what is described`, async () => {
    const [query, segments] = always(one.parameters);
    const plain = await ask(one, query, segments);
    assert.equal(plain.status, 200, plain.what + plain.body.slice(0, 300));
    for (const parameter of one.parameters) {
      if (parameter.in !== 'query') continue;
      const schema = resolved(parameter.schema);
      const values = [...(parameter.example === undefined ? [] : [parameter.example]), ...(schema.enum ?? [])];
      for (const value of values) {
        const answer = await ask(one, {...query, [parameter.name]: value}, segments);
        assert.equal(answer.status, 200, `${answer.what}: ${answer.body.slice(0, 300)}`);
      }
      const wrong = schema.maximum !== undefined ? schema.maximum + 1 : schema.enum && !schema.enum.includes('0') ? 'quatsch' : undefined;
      if (wrong === undefined) continue;
      const refused = await ask(one, {...query, [parameter.name]: wrong}, segments);
      assert.equal(refused.status, 400, `${refused.what} is refused`);
      assert.equal(refused.json.parameter, parameter.name);
    }
    if (one.path.startsWith('/api/') && one.parameters.some(parameter => parameter.name === 'topic' || parameter.name === 'size')) {
      const refused = await ask(one, {...query, farbe: 'blau'}, segments);
      assert.equal(refused.json.code, 'unknown_parameter', refused.what);
    }
    if (one.path.includes('{id}')) {
      const missing = await ask(one, query, {id: 'gibt-es-nicht'});
      assert.equal(missing.status, 404);
    }
  });
}

test('cursors lead through a whole result, each hit once', async () => {
  const search = operations.find(one => one.operation.operationId === 'search');
  const seen = [];
  let cursor = null, total = 0;
  do {
    const {json} = await ask(search, {size: 7, facets: 'none', ...(cursor ? {cursor} : {})});
    total = json.total.value;
    seen.push(...json.hits.map(hit => hit.id));
    cursor = json.cursor;
  } while (cursor && seen.length <= total);
  assert.equal(seen.length, total);
  assert.equal(new Set(seen).size, total);
  const {status, json} = await ask(search, {q: 'etwas anderes', cursor: 'quatsch'});
  assert.equal(status, 400);
  assert.equal(json.code, 'invalid_cursor');
});

test('a batch counts and lists as the same searches one by one', async () => {
  const search = operations.find(one => one.operation.operationId === 'search');
  const queries = ['Radverkehr', '"Deutsche Bahn"', 'Schule Digital*', 'Wohnungen ODER Miete', '', 'xyzzy'];
  const body = queries.map((query, id) => JSON.stringify({id, query, hits: 'all'})).join('\n');
  const answer = await fetch(`${site}/api/v1/batch`, {method: 'POST', headers: {'content-type': 'application/x-ndjson'}, body});
  const records = (await answer.text()).trim().split('\n').map(line => JSON.parse(line)).filter(record => record.line);
  assert.equal(records.length, queries.length);
  for (const [i, q] of queries.entries()) {
    const {json} = await ask(search, {q, size: 100, facets: 'none'});
    assert.deepEqual(records[i].total, json.total, q);
    assert.deepEqual(records[i].hits.map(hit => hit.id), json.hits.map(hit => hit.id), q);
  }
});

test('the batch schema takes its own example', () => {
  const media = description.paths['/api/v1/batch'].post.requestBody.content['application/x-ndjson'];
  for (const line of media.example.trim().split('\n')) check(media['x-record-schema'], JSON.parse(line), line);
});
