// The tools: each at its own address, used as a person uses it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { axePath } from './lib/packages.mjs';
import { start } from './lib/page.mjs';

/** Every tool's name in the address. */
const TOOLS = ['guide', 'permissions'];

describe('tools', () => {
  let session;
  let page;
  before(async () => {
    session = await start();
    page = session.page;
  });
  after(() => session?.close());

  const devtools = (method, params) => session.driver.sendDevToolsCommand(method, params);
  const shown = (name) =>
    page.until(() => page.run((tool) => document.querySelector(`#tools:not([hidden]) [data-tool="${tool}"]`) !== null, name), name || 'tools');
  const open = async (name) => {
    await page.load(`#/${name}`);
    await shown(name);
  };

  test('a first visit loads nothing of the tools, and going to one loads them once', async () => {
    await page.load();
    const loaded = () => session.site.requests.filter((each) => /tools/.test(each.url)).map((each) => each.url);
    assert.deepEqual(loaded(), []);
    await page.run(() => void (location.hash = '#/guide'));
    await shown('guide');
    const first = loaded();
    assert.deepEqual(first.sort(), ['/tools.css', '/tools.js', '/tools_bg.wasm']);
    await page.run(() => void (location.hash = '#/permissions'));
    await shown('permissions');
    assert.deepEqual(loaded().sort(), first);
  });

  test('the way back shows the box as it was left', async () => {
    await page.load();
    await page.type('HTTP/1.1 403 Forbidden');
    await page.verdict();
    await page.run(() => void (location.hash = '#/'));
    await shown('');
    assert.equal(await page.run(() => document.getElementById('app').hidden), true);
    for (const name of TOOLS) {
      assert.ok(await page.run((href) => document.querySelector(`#tools a[href="${href}"]`) !== null, `#/${name}`), name);
    }
    await page.find('back').click();
    await page.until(() => page.run(() => !document.getElementById('app').hidden && document.getElementById('tools').hidden), 'the page');
    assert.equal(await page.boxText(), 'HTTP/1.1 403 Forbidden');
    assert.ok(await page.exists('verdict'));
  });

  test('each has a title of its own, and the focus goes to its heading', async () => {
    const titles = new Set();
    for (const name of TOOLS) {
      await open(name);
      titles.add(await page.run(() => document.title));
      await page.until(() => page.run(() => document.activeElement?.matches('#tools h1') ?? false), 'the focus');
    }
    assert.equal(titles.size, TOOLS.length);
  });

  for (const name of ['', ...TOOLS]) {
    for (const colours of ['light', 'dark']) {
      test(`#/${name}, ${colours}: axe finds nothing`, async () => {
        await devtools('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: colours }] });
        await open(name);
        await example();
        await page.run(() => document.querySelectorAll('#tools details').forEach((each) => (each.open = true)));
        await session.driver.executeScript(await readFile(axePath, 'utf8'));
        const violations = await session.driver.executeAsyncScript((done) => {
          axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) =>
            done(result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`)),
          );
        });
        assert.deepEqual(violations, []);
      });
    }
    test(`#/${name} at 320 px: nothing scrolls sideways`, async () => {
      await devtools('Emulation.setDeviceMetricsOverride', { width: 320, height: 844, deviceScaleFactor: 1, mobile: true });
      try {
        await open(name);
        await example();
        assert.equal(await page.run(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      } finally {
        await devtools('Emulation.clearDeviceMetricsOverride', {});
      }
    });
  }

  /** Fills in the tool's own example, where it has one, and waits for what comes of it. */
  async function example() {
    if (!(await page.exists('tool-example'))) return;
    await page.run(() => document.querySelector('[data-test="tool-example"]').click());
    await page.until(() => page.exists('tool-result'), 'a result');
  }

  test('guide: six steps, questions, and a checklist that is all that prints', async () => {
    await open('guide');
    assert.equal((await page.texts('step')).length, 6);
    await devtools('Emulation.setEmulatedMedia', { media: 'print' });
    try {
      const visible = await page.run(() => {
        const list = document.querySelector('[data-test="checklist"]');
        const others = Array.from(document.querySelectorAll('#tools section')).filter((each) => each !== list && each.offsetParent !== null);
        return { list: list.offsetParent !== null, others: others.length, height: list.getBoundingClientRect().height };
      });
      assert.deepEqual([visible.list, visible.others], [true, 0]);
      // A page of A4 without its margins, in CSS pixels.
      assert.ok(visible.height < 1000, `${visible.height} px`);
    } finally {
      await devtools('Emulation.setEmulatedMedia', { media: '' });
    }
  });

  test('permissions: searched, counted, and taken along as CSV and JSON', async () => {
    await open('permissions');
    const all = (await page.texts('operation')).length;
    assert.ok(all > 200);
    await page.find('query').sendKeys('images POST');
    await page.until(async () => (await page.texts('operation')).length === 3, 'three operations');
    assert.match((await page.texts('count'))[0], /^3 /);
    for (const [button, begins] of [['csv', 'method,path,scope'], ['json', '[{"method":"POST"']]) {
      const saved = await session.driver.executeAsyncScript((name, done) => {
        const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
          blob.text().then((text) => done({ text, type: blob.type }));
          URL.createObjectURL = make;
          return make.call(URL, blob);
        };
        document.querySelector(`[data-test="${name}"]`).click();
      }, button);
      assert.ok(saved.text.startsWith(begins), saved.text.slice(0, 60));
      assert.equal(saved.text.match(/\/images\//g).length, 3);
    }
  });
});
