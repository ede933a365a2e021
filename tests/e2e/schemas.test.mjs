// The published schemas: fetched when a body is to be checked, once, and told where they do not load.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { alone, changedSite } from './lib/page.mjs';
import { makeKey } from './lib/samples.mjs';

/** A call whose body has a slip that only the schema of its area shows. */
const misspelt = (key, path, body) =>
  `curl https://api.openai.com/v1/${path} -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${body}'`;
const chat = (key) => misspelt(key, 'chat/completions', '{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],"temprature":1}');
const images = (key) => misspelt(key, 'images/generations', '{"prompt":"a cat","qualty":"high"}');

/** What the page itself asked for; its service worker repeats that. */
const asked = (watch) =>
  watch.requests
    .filter((each) => each.target === 'page')
    .map((each) => new URL(each.url).pathname)
    .filter((path) => path.includes('/schemas'));
const unknown = (page) =>
  page.until(async () => (await page.attributes('finding', 'data-finding')).includes('body-member-unknown'), 'the misspelt member');

describe('schemas', () => {
  test('each area is fetched when a body needs it, and once', async () => {
    await alone(async ({ page, watch }) => {
      await page.load();
      await page.paste('openai.AuthenticationError: Error code: 401');
      await page.verdict();
      assert.deepEqual(asked(watch), [], 'nothing is fetched for a text without a body');
      await page.load();
      for (const text of [chat(makeKey()), `\n\n${images(makeKey())}`, `\n\n${chat(makeKey())}`]) {
        await page.paste(text);
        await unknown(page);
      }
      assert.deepEqual(asked(watch), ['/schemas/chat.json', '/schemas/images.json']);
      assert.equal(await page.exists('unchecked'), false);
    });
  });

  test('one that does not load is told, and the rest is there', async () => {
    await changedSite(
      (folder) => rm(join(folder, 'schemas'), { recursive: true }),
      async ({ page }) => {
        await page.load();
        await page.paste(chat(makeKey()));
        await page.verdict();
        await page.until(() => page.exists('unchecked'), 'the sentence');
        assert.deepEqual((await page.attributes('finding', 'data-finding')).filter((id) => id.startsWith('body-')), []);
      },
    );
  });
});
