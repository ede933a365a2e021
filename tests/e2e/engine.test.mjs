// The engine without the page: dist/engine.js as other programs import it. CONTRACT.md's report, key by key.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { SITE } from './lib/page.mjs';
import { bare403, makeKey, projectModel, traces } from './lib/samples.mjs';

describe('engine', () => {
  let engine;
  before(async () => {
    engine = await import(pathToFileURL(join(SITE, 'engine.js')));
    await engine.default({ module_or_path: await readFile(join(SITE, 'engine_bg.wasm')) });
  });

  test('the report is a plain object with the promised keys', () => {
    const report = engine.analyze(projectModel(makeKey()));
    assert.equal(Object.getPrototypeOf(report), Object.prototype);
    assert.equal(report.schema, 'why403/1');
    assert.deepEqual(structuredClone(report), report, 'it can be sent between threads');
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report, 'it is JSON through and through');
    assert.equal(report.input.kind, 'curl');
    for (const list of ['redactions', 'exchanges', 'causes', 'findings', 'questions']) assert.ok(Array.isArray(report[list]), list);
    const [exchange] = report.exchanges;
    assert.equal(exchange.request.method, 'POST');
    assert.equal(exchange.request.url, 'https://api.openai.com/v1/chat/completions');
    assert.ok(exchange.request.headers.every((each) => Array.isArray(each) && each.length === 2));
    assert.equal(exchange.response.status, 403);
    assert.equal(report.responder.id, projectModel.responder);
    assert.equal(report.causes[0].id, projectModel.cause);
    const sum = report.causes.reduce((total, cause) => total + cause.probability, 0);
    assert.ok(sum > 0 && sum <= 1 + 1e-9, `probabilities sum to ${sum}`);
    assert.ok(report.link.startsWith('#v1.'));
  });

  test('bodies are checked against the published schemas', () => {
    const body = '{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],"temprature":1}';
    const report = engine.analyze(`curl https://api.openai.com/v1/chat/completions -H 'Content-Type: application/json' -d '${body}'`);
    assert.ok(report.findings.some((each) => each.id === 'body-member-unknown' && each.where.pointer === '/temprature'));
    assert.deepEqual(report.schemas_missing, []);
  });

  test('the key is in no part of the report', () => {
    const key = makeKey();
    const text = JSON.stringify(engine.analyze(projectModel(key)));
    for (const trace of traces(key)) assert.ok(!text.includes(trace));
  });

  test('the same text gives the same report', () => {
    const text = bare403(makeKey());
    assert.deepEqual(engine.analyze(text), engine.analyze(text));
  });

  test('hostile texts are read without a crash', () => {
    const texts = ['', '\0', '\ud800', '{'.repeat(100_000), '['.repeat(50_000), 'curl '.repeat(20_000), "'".repeat(9999), '\r\n'.repeat(9999)];
    for (const text of texts) assert.equal(engine.analyze(text).schema, 'why403/1');
  });
});
