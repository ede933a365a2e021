// The server of script/serve: what it gives, what it refuses, what it says along with each file.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { serve } from '../../script/server.mjs';

const PROGRAM = new URL('../../script/server.mjs', import.meta.url).pathname;

describe('server', () => {
  let parent;
  let folder;
  let site;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'why403-server-'));
    folder = join(parent, 'site');
    await mkdir(folder);
    await mkdir(`${folder}-beside`);
    await writeFile(join(parent, 'secret.txt'), 'secret');
    await writeFile(join(`${folder}-beside`, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'a.wasm'), '\0asm');
    await writeFile(join(folder, 'b c.js'), 'export {}');
    const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'">`;
    await writeFile(join(folder, 'index.html'), meta);
    site = await serve(folder);
  });
  after(async () => {
    await site.close();
    await rm(parent, { recursive: true });
  });

  /** Asks for a target exactly as written: fetch() would tidy it up first. */
  const ask = (path, method = 'GET') =>
    new Promise((done, failed) => {
      const { hostname, port } = new URL(site.url);
      const sent = request({ hostname, port, path, method }, async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        done({ status: response.statusCode, headers: response.headers, body });
      });
      sent.once('error', failed).end();
    });

  test('files come with their types, and the page at the root', async () => {
    assert.match((await ask('/')).headers['content-type'], /^text\/html/);
    assert.equal((await ask('/a.wasm')).headers['content-type'], 'application/wasm');
    assert.match((await ask('/b%20c.js?x=1')).headers['content-type'], /^text\/javascript/);
    assert.equal((await ask('/', 'HEAD')).body, '');
  });

  test('every answer carries the policy of the page and the other safeguards', async () => {
    for (const path of ['/', '/a.wasm', '/missing']) {
      const { headers } = await ask(path);
      assert.equal(headers['content-security-policy'], "default-src 'none'; img-src 'self'; frame-ancestors 'none'", path);
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cache-control'], 'no-cache');
    }
  });

  test('nothing outside the folder can be had', async () => {
    const targets = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/../site-beside/secret.txt',
      '//../secret.txt',
      '/index.html/../../secret.txt',
      '/%00',
      '/%zz',
      '/.',
    ];
    for (const target of targets) {
      const { status, body } = await ask(target);
      assert.equal(status, 404, target);
      assert.doesNotMatch(body, /secret/, target);
    }
  });

  test('only reading is allowed', async () => {
    const { status, headers } = await ask('/', 'POST');
    assert.deepEqual([status, headers.allow], [405, 'GET, HEAD']);
  });

  test('a taken port and a missing site get a sentence', async () => {
    const run = promisify(execFile);
    const taken = await run(process.execPath, [PROGRAM, folder, new URL(site.url).port]).catch((error) => error);
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, /^Port \d+ is taken: .*PORT=/);
    const missing = await run(process.execPath, [PROGRAM, join(parent, 'nowhere'), '0']).catch((error) => error);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /^There is no built site in .*script\/build/);
  });
});
