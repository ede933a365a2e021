// The promise: what is pasted stays in the page, and a key does not even stay there.

import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SITE, alone, assertAbsent, start } from './lib/page.mjs';
import { makeKey, projectModel, traces, typed } from './lib/samples.mjs';

/** The ways in which a text can get in, each with a text that ends in a verdict. */
const WAYS = {
  pasted: async (page, key) => page.paste(projectModel(key)),
  typed: async (page, key) => page.type(typed(key)),
  'chosen as a file': async (page, key) => {
    const file = join(page.profile, 'failed.txt');
    await writeFile(file, projectModel(key));
    await page.find('file').sendKeys(file);
    await page.verdict();
    await rm(file);
  },
};

describe('privacy', () => {
  for (const [way, put] of Object.entries(WAYS)) {
    test(`a key that is ${way} is nowhere afterwards`, async () => {
      const session = await start();
      const { page, watch } = session;
      page.profile = session.profile;
      const key = makeKey();
      const marks = traces(key);
      let ended = false;
      try {
        await page.load();
        await put(page, key);
        await page.verdict();
        await page.until(async () => (await page.texts('redacted')).join('').includes('redacted'), 'the redacted text');
        const [link] = await page.attributes('share-link', 'href');

        assertAbsent(marks, await page.everything(), 'the document');
        assertAbsent(marks, link, 'the share link');
        assertAbsent(marks, await page.addresses(), 'an address');

        // The service worker keeps the page's own files and nothing else.
        const { caches: kept, workers, ...stored } = await page.stored();
        const own = new Set([page.url, ...(await readdir(SITE, { recursive: true })).map((name) => page.url + name)]);
        for (const { name, addresses, content } of kept) {
          assert.match(name, /^why403-[0-9a-f]{12}$/);
          for (const address of addresses) assert.ok(own.has(address), `${address} is kept`);
          assertAbsent(marks, content, 'the cache');
        }
        assert.ok(workers.every((scope) => scope === page.url), `${workers}`);
        assert.deepEqual(stored, {
          localStorage: {},
          sessionStorage: {},
          cookies: '',
          name: '',
          state: null,
          databases: [],
          files: [],
        });

        // The worker that saw the key is gone by now; the page's own memory never held it.
        await page.until(async () => (await watch.searchMemories(marks, ['worker'])).found.length === 0, 'the worker to forget');
        const memories = await watch.searchMemories(marks);
        assert.ok(memories.memories >= 2, 'the memories of the page and of the waiting worker were seen');
        assert.deepEqual(memories.found.map((each) => each.type), [], 'the key stands in a WebAssembly memory');

        assert.ok(watch.requests.length > 0 && watch.sentHeaders.length > 0, 'requests were seen');
        assertAbsent(marks, watch.requests, 'a request');
        assertAbsent(marks, watch.sentHeaders, 'a header field');
        assertAbsent(marks, session.site.requests, 'a request as the server saw it');
        assertAbsent(marks, watch.complaints, 'the console');

        await session.quit();
        ended = true;
        for (const { name, content } of await files(session.profile)) {
          assertAbsent(marks, content.toString('latin1'), `the browser's file ${name}`);
          assertAbsent(marks.slice(0, 3), content.toString('latin1').replaceAll('\0', ''), `the browser's file ${name}`);
        }
      } finally {
        if (!ended) await session.quit();
        await session.site.close();
        await rm(session.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    });
  }

  test('nothing is asked of any other origin, and nothing is sent but requests for files', async () => {
    await alone(async (session) => {
      const { page, watch } = session;
      await page.load();
      await page.paste(projectModel(makeKey()));
      await page.verdict();
      if (await page.exists('answer')) await page.find('answer').click();
      await page.until(async () => (await page.attributes('share-link', 'href'))[0], 'the share link');
      const origin = new URL(page.url).origin;
      for (const request of watch.requests) {
        assert.equal(new URL(request.url).origin, origin, request.url);
        assert.equal(request.method, 'GET', request.url);
        assert.equal(request.postData, undefined, request.url);
        assert.equal(new URL(request.url).search, '', request.url);
        assert.ok(!request.headers.Referer, `no address goes along with ${request.url}`);
      }
      for (const { url, headers } of session.site.requests) assert.equal(headers.referer, undefined, url);
      for (const headers of watch.sentHeaders) assert.ok(!Object.keys(headers).some((name) => /^(referer|cookie)$/i.test(name)));
    });
  });
});

/** Every file below a folder, with its content. What vanishes meanwhile is left out. */
async function files(folder) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const name = join(entry.parentPath ?? entry.path, entry.name);
    const content = await readFile(name).catch(() => null);
    if (content) found.push({ name, content });
  }
  return found;
}
