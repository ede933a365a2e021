// Links: what opens them, what does not, and that a changed address asks nothing of the server.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertAbsent, shared } from './lib/page.mjs';
import { makeKey, projectModel, traces } from './lib/samples.mjs';

/** Fragments that are no diagnosis of this version. */
const STRANGE = {
  'of a newer version': '#v9.AAAABBBBCCCC',
  damaged: '#v1.!!!!',
  'cut short': '#v1.',
  foreign: '#section-2',
  'not decodable': '#v1.%E0%A4%A',
  'very long': `#v1.${'A'.repeat(20_000)}`,
};

describe('links', () => {
  const session = shared();
  const { page } = session;
  let link;
  before(async () => {
    await page.load();
    await page.paste(projectModel(makeKey()));
    await page.verdict();
    link = await page.until(async () => (await page.attributes('share-link', 'href'))[0], 'the share link');
  });

  for (const [kind, fragment] of Object.entries(STRANGE)) {
    test(`a link that is ${kind} gets a sentence, and the page works on`, async () => {
      await page.load(fragment);
      if (kind !== 'foreign') {
        await page.until(async () => {
          const told = [...(await page.texts('notice')), ...(await page.texts('error'))].join(' ');
          return /[a-z]{3,} [a-z]+/i.test(told);
        }, 'a sentence about the link');
        assert.equal(await page.exists('verdict'), false, 'no verdict on nothing');
        assert.equal(await page.exists('path'), false, 'no path of nothing');
      }
      await page.paste(projectModel(makeKey()));
      await page.verdict(projectModel.cause);
    });
  }

  test('a truncated link gets a sentence', async () => {
    const fragment = new URL(link).hash;
    await page.load(fragment.slice(0, Math.ceil(fragment.length / 2)));
    await page.until(
      async () => [...(await page.texts('notice')), ...(await page.texts('error'))].join('').length > 10,
      'a sentence about the link',
    );
  });

  test('a link opens in a page that is already open, and nothing is requested for it', async () => {
    await page.load();
    // Everything that the page loads at its start has arrived when it can diagnose.
    await page.paste('Access denied. Error code 1020');
    await page.verdict();
    const count = session.site.requests.length;
    const seen = session.watch.requests.length;
    await page.run((hash) => {
      location.hash = hash;
    }, new URL(link).hash);
    await page.verdict(projectModel.cause);
    await page.run(() => history.back());
    await page.run((hash) => {
      location.hash = hash;
    }, '#v9.AAAA');
    await page.until(async () => (await page.texts('notice')).join('').length > 0, 'a sentence about the newer link');
    assert.deepEqual(session.site.requests.slice(count).map((each) => each.url), []);
    assert.deepEqual(session.watch.requests.slice(seen).map((each) => each.url), []);
  });

  test('at 390 px it is in sight that a link was opened', async () => {
    await page.narrow(390, async () => {
      await page.load(new URL(link).hash);
      await page.verdict(projectModel.cause);
      const seen = () => {
        const [notice, title] = ['[data-test="notice"]', '[data-test="verdict"] h2'].map((css) => document.querySelector(css).getBoundingClientRect());
        return notice.top >= 0 && notice.bottom < title.top && title.bottom < innerHeight;
      };
      await page.until(() => page.run(seen), 'the notice and the verdict in sight');
    });
  });

  test('the dialog lists what the receiver of a link reads', async () => {
    await page.load();
    await page.paste('HTTP 401: The principal `1c7a2b6e-3c4d-4e5f-8a9b-0c1d2e3f4a5b` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/x/chat/completions` operation.');
    await page.verdict();
    await page.share();
    const held = await page.until(async () => (await page.texts('holds'))[0], 'what the link holds');
    assert.match(held, /The principal/);
    assert.ok(!held.includes('1c7a2b6e'), held);
  });

  test('the fragment is in no request when a link is opened', async () => {
    await page.load(new URL(link).hash);
    await page.verdict(projectModel.cause);
    const told = new URL(link).hash.slice(4, 40);
    assertAbsent([told], session.site.requests, 'a request as the server saw it');
  });

  test('the request goes along only when ticked, and without its key', async () => {
    const key = makeKey();
    await page.load();
    await page.paste(projectModel(key));
    await page.verdict();
    const without = await page.until(async () => (await page.attributes('share-link', 'href'))[0], 'the share link');
    await page.share();
    await page.find('share-text').click();
    const withText = await page.until(async () => {
      const [href] = await page.attributes('share-link', 'href');
      return href !== without ? href : null;
    }, 'another link');
    assert.ok(withText.length > without.length);
    assertAbsent(traces(key), withText, 'the share link');
    await page.load(new URL(withText).hash);
    await page.verdict(projectModel.cause);
    await page.until(
      async () => (await page.texts('redacted')).join('').includes('chat/completions'),
      'the request that came with the link',
    );
  });
});
