// Offline and as an app: kept files, updates that lose nothing, any folder of any static server.

import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SITE, changedSite } from './lib/page.mjs';
import { makeKey, projectModel } from './lib/samples.mjs';

/** The built site in a folder of its own, for the time of `use`; `below` puts a copy of it into a folder of the server. */
const ownSite = (use, below = '') =>
  changedSite(
    (folder) => below && cp(SITE, join(folder, below), { recursive: true }),
    async (session, folder) => {
      session.page.url += below;
      await use(session, folder);
    },
  );

/** Waits until the service worker has everything that it is to keep. */
const kept = (page, rest = true) =>
  page.until(
    () =>
      page.driver.executeAsyncScript((all, done) => {
        (async () => {
          const { active } = await navigator.serviceWorker.ready;
          if (all) active.postMessage('rest');
          const [name] = await caches.keys();
          const list = name ? (await (await caches.open(name)).keys()).map((each) => each.url) : [];
          done(list.some((each) => each.endsWith('engine_bg.wasm')) && (!all || list.some((each) => each.endsWith('tools_bg.wasm'))));
        })().catch(() => done(false));
      }, rest),
    'the kept files',
  );

describe('offline', () => {
  for (const below of ['', 'tools/why403/']) {
    test(`it works without the server once opened, at /${below}`, async () => {
      await ownSite(async ({ page, site, driver }) => {
        await page.load();
        await kept(page);
        // The server is gone: nothing but the kept files can answer.
        await site.close();
        await driver.get('about:blank');
        await driver.get(page.url);
        await page.until(() => page.exists('input'), 'the page');
        await page.type('HTTP/1.1 403 Forbidden');
        await page.verdict();
        await page.run(() => {
          location.hash = '#/guide';
        });
        await page.until(() => page.run(() => document.querySelector('#tools h1')?.textContent.length > 3), 'a tool');
      }, below);
    });
  }

  test('it asks for nothing outside of its folder', async () => {
    await ownSite(async ({ page, site }) => {
      await page.load();
      await page.paste(projectModel(makeKey()));
      await page.verdict();
      const outside = site.requests.filter((each) => !each.url.startsWith('/tools/why403/'));
      assert.deepEqual(outside.map((each) => each.url), []);
    }, 'tools/why403/');
  });

  test('the manifest names what is there', async () => {
    const manifest = JSON.parse(await readFile(join(SITE, 'manifest.webmanifest'), 'utf8'));
    assert.equal(manifest.start_url, './');
    for (const { src, sizes, type } of manifest.icons) {
      const content = await readFile(join(SITE, src));
      if (type === 'image/png') assert.equal(`${content.readUInt32BE(16)}x${content.readUInt32BE(20)}`, sizes, src);
    }
    assert.ok(manifest.icons.some((each) => each.purpose === 'maskable'));
  });

  test('a newer version is announced, changes nothing by itself, and takes the text along', async () => {
    await ownSite(async ({ page, driver }, folder) => {
      await page.load();
      await kept(page, false);
      await page.load();
      await page.paste(projectModel(makeKey()));
      await page.verdict(projectModel.cause);
      const text = await page.boxText();
      const worker = join(folder, 'sw.js');
      await writeFile(worker, (await readFile(worker, 'utf8')).replace(/VERSION = "[^"]*"/, 'VERSION = "000000000000"'));
      await driver.executeAsyncScript((done) => {
        navigator.serviceWorker.getRegistration().then((each) => each.update()).then(() => done(), () => done());
      });
      await page.until(() => page.exists('update'), 'the notice');
      assert.equal(await page.boxText(), text, 'the text is still there');
      await page.run(() => {
        window.before = true;
        document.querySelector('[data-test="update"] button').click();
      });
      await page.until(() => page.run(() => window.before === undefined), 'the page to be loaded again');
      await page.verdict(projectModel.cause);
      await page.until(async () => (await page.texts('redacted')).join('').includes('{{redacted:'), 'the text that came along');
    });
  });
});
