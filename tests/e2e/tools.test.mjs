// The tools: each at its own address, used as a person uses it.

import assert from 'node:assert/strict';
import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { selenium } from './lib/packages.mjs';
import { SITE, changedSite, inFolder, pause, shared } from './lib/page.mjs';
import { makeKey, projectModel } from './lib/samples.mjs';

const { Key } = selenium;

/** Every tool's name in the address. */
const TOOLS = ['guide', 'fingerprint', 'compare', 'incidents', 'allowlist', 'retry', 'permissions', 'ticket', 'status', 'embed'];

describe('tools', () => {
  const session = shared();
  const { page } = session;

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
      await sameName(name);
    }
    assert.equal(titles.size, TOOLS.length);
  });

  /** The menu, the title and the heading call the tool the same. */
  async function sameName(tool) {
    const names = await page.run(
      (href) => [document.querySelector(`.menu a[href="${href}"]`).textContent, document.querySelector('#tools h1').textContent, document.title.split(' - ')[0]],
      `#/${tool}`,
    );
    assert.equal(new Set(names).size, 1, names.join(' / '));
  }

  test('what was typed is there again after going elsewhere and back', async () => {
    const go = async (name) => {
      await page.run((tool) => void (location.hash = tool === null ? '' : `#/${tool}`), name);
      await (name === null ? page.until(() => page.run(() => document.getElementById('tools').hidden), 'the page') : shown(name));
    };
    const fields = { compare: 'works', fingerprint: 'one', allowlist: 'ranges', retry: 'headers', permissions: 'query', ticket: 'more', incidents: 'incidents-text', embed: 'live' };
    await open('guide');
    for (const [tool, field] of Object.entries(fields)) {
      await go(tool);
      await fill(field, `typed in ${tool}`);
    }
    await go(null);
    for (const [tool, field] of Object.entries(fields)) {
      await go(tool);
      assert.equal(await page.run((css) => document.querySelector(css).value, `#tools ${page.selector(field)}`), `typed in ${tool}`);
    }
    // Only one is to be seen and reached.
    assert.equal(await page.run(() => Array.from(document.querySelectorAll('#tools .result')).filter((each) => each.offsetParent).length), 1);
    const ids = await page.run(() => Array.from(document.querySelectorAll('[id]'), (each) => each.id));
    assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), []);
  });

  for (const name of ['', ...TOOLS]) {
    for (const colours of ['light', 'dark']) {
      test(`#/${name}, ${colours}: axe finds nothing`, async () => {
        await page.colours(colours);
        await open(name);
        await example();
        await page.run(() => document.querySelectorAll('#tools details').forEach((each) => (each.open = true)));
        assert.deepEqual(await page.violations(), []);
      });
    }
    for (const width of [320, 1280]) {
      test(`#/${name} at ${width} px: nothing scrolls sideways`, async () => {
        const over = () => page.run(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await page.narrow(width, async () => {
          await open(name);
          assert.equal(await over(), 0, 'at first');
          await example();
          assert.equal(await over(), 0, 'with the example');
        });
      });
    }
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
    await page.printed(async () => {
      const visible = await page.run(() => {
        const list = document.querySelector('[data-test="checklist"]');
        const others = Array.from(document.querySelectorAll('#tools section')).filter((each) => each !== list && each.offsetParent !== null);
        return { list: list.offsetParent !== null, others: others.length, height: list.getBoundingClientRect().height };
      });
      assert.deepEqual([visible.list, visible.others], [true, 0]);
      // A page of A4 without its margins, in CSS pixels.
      assert.ok(visible.height < 1000, `${visible.height} px`);
    });
  });

  test('permissions: searched, counted, and taken along as CSV and JSON', async () => {
    await open('permissions');
    const all = (await page.texts('operation')).length;
    assert.ok(all > 200);
    await page.find('query').sendKeys('images POST');
    await page.until(async () => (await page.texts('operation')).length === 3, 'three operations');
    assert.match((await page.texts('tool-result'))[0], /^3 /);
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

  /** Puts a text into a field of a tool, in place of what is there. */
  const fill = (name, text) =>
    page.run(
      (css, value) => {
        const field = document.querySelector(css);
        field.value = value;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      },
      `#tools ${page.selector(name)}`,
      text,
    );
  const click = (name) => page.run((css) => document.querySelector(css).click(), `#tools ${page.selector(name)}`);
  const has = (name, pattern) =>
    page.until(async () => pattern.test((await page.texts(name)).join('\n')), `${pattern} in ${name}`);

  test('allowlist: what is allowed, by which entry, and what is wrong with the list', async () => {
    await open('allowlist');
    await example();
    assert.match((await page.texts('tool-result'))[0], /1 address cannot be what the provider sees[\s\S]*1 of 2/);
    const rows = await page.texts('address');
    assert.match(rows[0], /52\.30\.17\.4[\s\S]*52\.30\.16\.0\/20/);
    assert.match(rows[2], /private/);
    assert.match((await page.texts('entry')).join(), /18\.196\.300\.1/);
    await has('place', /HKG[\s\S]*not on/);
    await fill('ray', 'FRA');
    await has('place', /Frankfurt[\s\S]*is on/);
    await fill('addresses', '52.30.17.1');
    await has('tool-result', /Every/);
    // What no provider can see is neither allowed nor refused.
    await fill('addresses', '10.0.0.5 banana');
    await fill('ranges', '0.0.0.0/0');
    await has('tool-result', /1 of the entries is no address[\s\S]*1 address cannot be/);
    assert.ok(!/allowed/i.test((await page.texts('tool-result')).concat(await page.texts('address')).join()));
  });

  test('retry: the picture follows the policy, the crowd and the headers of an answer', async () => {
    await open('retry');
    const bars = () => page.run(() => document.querySelectorAll('#tools [data-test="attempts"] .span').length);
    assert.equal(await bars(), 6);
    await fill('retry-attempts', '9');
    await page.until(async () => (await bars()) === 9, 'nine bars');
    const before = (await page.texts('outcome'))[0];
    await fill('retry-clients', '50');
    await page.until(async () => (await page.texts('outcome'))[0] !== before, 'another outcome');
    await fill('headers', 'set-cookie: session=abcdefghijklmnop\nRetry-After: 42\nx-ratelimit-remaining-requests: 0');
    await has('limits', /42 s[\s\S]*requests/);
    assert.equal(await page.run(() => document.querySelector('#tools [data-test="retry-asked"]').value), '42');
    await has('tool-result', /at the earliest after 42 s/);
    // As a program prints them, and what says nothing: the policy counts with it no more.
    await fill('headers', "{'retry-after': '20', 'x-ratelimit-remaining-requests': '0', 'content-type': 'text/html'}");
    await has('limits', /20 s[\s\S]*requests/);
    await fill('headers', 'Retry-After: soon');
    await has('limits', /No header/);
    assert.equal(await page.run(() => document.querySelector('#tools [data-test="retry-asked"]').value), '0');
  });

  test('retry: lines that are not about limits never enter the memory of the tools', async () => {
    await open('retry');
    const secret = `w${Math.random().toString(36).slice(2)}x${Math.random().toString(36).slice(2)}`;
    await fill('headers', `set-cookie: ${secret}\nretry-after: 7`);
    await has('limits', /7 s/);
    const found = await page.watch.searchMemories([secret], ['page']);
    assert.ok(found.memories >= 2, 'the page and the tools');
    assert.deepEqual(found.found, []);
  });

  test('ticket: taken over from the diagnosis, ticked, as Markdown and as plain text', async () => {
    const key = makeKey();
    await page.load();
    await page.paste(projectModel(key));
    await page.verdict();
    await page.run(() => void (location.hash = '#/ticket'));
    await shown('ticket');
    await has('tool-result', /gpt-4o[\s\S]*req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79[\s\S]*98dfe1a2bc3d4e5f-FRA[\s\S]*\{\{redacted:/);
    assert.ok(!(await page.texts('tool-result'))[0].includes(key));
    await click('tried');
    await fill('more', 'Praying');
    await click('ticket-plain');
    await has('tool-result', /^CALL REFUSED[\s\S]*TRIED SO FAR[\s\S]*Another key[\s\S]*Praying/);
    await click('now');
    await has('tool-result', /Time: 20\d\d-/);

    // Another diagnosis does not take the place of what was typed before one says so; where nothing was typed it does.
    const paste = async (text) => {
      await page.run(() => void (location.hash = ''));
      await page.paste(text);
      await page.until(async () => (await page.texts('redacted')).join().includes(text.slice(0, 20)), 'the new text');
      await page.verdict();
      await page.run(() => void (location.hash = '#/ticket'));
      await shown('ticket');
    };
    await paste('<html><title>Access Denied</title><h1>Access Denied</h1>Reference #18.2d351ab8.1557333295.a4e16ab</html>');
    await has('taken', /not in this ticket/);
    await has('tool-result', /Praying/);
    await click('take');
    await has('tool-result', /reference #18\.2d351ab8/i);
    await has('taken', /Filled in/);
    assert.ok(!(await page.texts('tool-result'))[0].includes('Praying'));
    await paste('2025-11-13T10:15:02+01:00 ERROR openai.RateLimitError: Error code: 429 - {"error": {"code": "insufficient_quota", "message": "You exceeded your current quota"}}');
    await has('tool-result', /Time: 2025-11-13T10:15:02\+01:00/);
    // What helps support is said beside the ticket, not in it.
    const [advice] = await page.texts('advice');
    assert.ok(advice.length > 40 && !(await page.texts('tool-result'))[0].includes(advice.slice(-30)));
  });

  test('ticket: what is typed is redacted before it is shown, and no key enters the memory of the tools', async () => {
    await open('ticket');
    const [key, other] = [makeKey(), makeKey()];
    await fill('ticket-error', `Incorrect API key provided: ${key}`);
    await fill('notes', `Tried with ${other} & <b>twice</b>`);
    await has('tool-result', /Incorrect API key provided: \{\{redacted:[\s\S]*Tried with \{\{redacted:[^}]*\}\} & <b>twice/);
    const boxes = () => page.run(() => [...document.querySelectorAll('#tools textarea, #tools input')].map((box) => box.value).join('\n'));
    await page.until(async () => !/sk-proj-/.test(await boxes()), 'the keys to leave the boxes');
    const shown = await page.everything();
    assert.ok(!shown.includes(key) && !shown.includes(other));
    const found = await page.watch.searchMemories([key, other], ['page', 'worker']);
    assert.deepEqual(found.found, []);
    // While a box is being typed in, it keeps what stands there; the ticket does not show it.
    await page.find('more').sendKeys(`with ${key}`);
    await has('tool-result', /- with \{\{redacted:/);
    await page.find('notes').sendKeys('!');
    await page.until(async () => !/sk-proj-/.test(await boxes()), 'the key to leave its box');
  });

  test('fingerprint: commands for each shell, with the variable that one names', async () => {
    await open('fingerprint');
    assert.equal((await page.texts('shell')).length, 4);
    await fill('variable', 'MY_KEY');
    await page.until(async () => (await page.texts('shell')).every((each) => each.includes('MY_KEY')), 'the name');
    await fill('variable', 'no name');
    await page.until(async () => (await page.texts('shell')).length === 0, 'no commands');
  });

  test('fingerprint: the same key is known again, and never enters the memory of the tools', async () => {
    await open('fingerprint');
    await example();
    await has('tool-result', /same key/i);
    await has('odd', /differs/);
    const key = makeKey();
    await fill('one', `${key}\n`);
    await fill('other', `export OPENAI_API_KEY=${key}`);
    await click('go');
    await page.until(() => page.run(() => !document.querySelector('#one').value.includes('sk-')), 'the key to leave the box');
    await has('tool-result', /same key/i);
    const found = await page.watch.searchMemories([key], ['page', 'worker']);
    assert.ok(found.memories >= 2);
    assert.deepEqual(found.found, []);
    await fill('other', makeKey());
    await click('go');
    await has('tool-result', /different/i);
    for (const name of ['one', 'other']) await fill(name, 'sk-proj-abcdefghabcdefghabcdefghabcdefghabcdefgh');
    await click('go');
    await has('tool-result', /same key/i);
    await has('cut', /cut off/);
  });

  test('compare: the likeliest difference first, and no key stays in the boxes', async () => {
    await open('compare');
    await example();
    const parts = () => page.attributes('difference', 'data-part');
    assert.deepEqual((await parts()).slice(0, 2), ['body', 'header']);
    assert.match((await page.texts('conclusion'))[0], /most likely explains the 403: .*gpt-4o.* instead of .*gpt-4o-mini/);
    const [one, other] = [makeKey(), makeKey()];
    const call = (key) => `curl https://api.openai.com/v1/models -H "Authorization: Bearer ${key}"`;
    await fill('works', call(one));
    await fill('fails', `${call(other)}\nHTTP/1.1 401 Unauthorized\n`);
    await click('go');
    await page.until(async () => (await parts())[0] === 'key', 'the keys to differ');
    const shown = await page.everything();
    assert.ok(!shown.includes(one) && !shown.includes(other));
    const found = await page.watch.searchMemories([one, other], ['page', 'worker']);
    assert.deepEqual(found.found, []);
    await fill('works', await page.run(() => document.querySelector('#fails').value));
    await click('go');
    await page.until(() => page.exists('same'), 'that they are the same');
  });

  test('compare: where the engine does not load, that is said, what was typed stays, and a second try works', async () => {
    const gone = (folder) => rename(join(folder, 'engine_bg.wasm'), join(folder, 'kept'));
    await changedSite(gone, async ({ page: broken }, folder) => {
      await broken.load('#/compare');
      await broken.until(() => broken.exists('works'), 'the tool');
      await broken.find('works').sendKeys('curl https://api.openai.com/v1/models');
      await broken.find('fails').sendKeys('curl https://api.openai.com/v1/model');
      const press = () => broken.run(() => document.querySelector('#tools [data-test="go"]').click());
      await press();
      await broken.until(async () => /did not load/.test((await broken.texts('failed')).join()), 'a sentence');
      await rename(join(folder, 'kept'), join(folder, 'engine_bg.wasm'));
      await press();
      await broken.until(() => broken.exists('difference'), 'differences');
      assert.equal(await broken.run(() => document.querySelector('#works').value), 'curl https://api.openai.com/v1/models');
    });
  });

  test('incidents: groups on a time line, with the same said in words', async () => {
    await open('incidents');
    await example();
    assert.deepEqual(await page.attributes('group', 'data-cause'), ['rate-limited', 'unsupported-region']);
    await has('tool-result', /40 failed calls/);
    assert.match((await page.run(() => document.querySelector('#tools .picture + details').textContent)), /09:40[\s\S]*1: 2[\s\S]*10:52[\s\S]*2: 1/);
    assert.ok(await page.run(() => document.querySelectorAll('#tools [data-test="line"] rect').length > 10));
    await fill('incidents-text', 'nothing here');
    await click('go');
    await has('tool-result', /No failed call/);
    assert.equal(await page.run(() => document.querySelector('#incidents-text').value), '');
  });

  test('incidents: what is no text and what is no log is said calmly', async () => {
    await open('incidents');
    await inFolder(async (folder) => {
      const file = join(folder, 'picture.har');
      await writeFile(file, Buffer.from([0x89, 0x50, 0, 0, 0, 1, 2, 3]));
      await session.driver.findElement({ css: '#incidents-file' }).sendKeys(file);
      await has('failed', /not text/);
    });
    await click('go');
    await has('tool-result', /No failed call/);
  });

  test('incidents: an archive of 10,000 entries leaves the page usable', async () => {
    await open('incidents');
    const key = makeKey();
    const entry = (n) => ({
      startedDateTime: new Date(Date.UTC(2025, 10, 13, 9) + n * 1000).toISOString(),
      time: 120,
      request: {
        method: 'POST',
        url: 'https://api.openai.com/v1/chat/completions',
        httpVersion: 'h2',
        headers: [{ name: 'Authorization', value: `Bearer ${key}` }, { name: 'Content-Type', value: 'application/json' }],
        postData: { mimeType: 'application/json', text: '{"model":"gpt-4o","messages":[]}' },
      },
      response: {
        status: n % 4 ? 200 : 403,
        headers: [{ name: 'content-type', value: 'application/json' }, { name: 'cf-ray', value: '98dfe1a2bc3d4e5f-FRA' }],
        content: {
          mimeType: 'application/json',
          text: n % 4 ? '{}' : '{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","param":null,"type":"request_forbidden"}}',
        },
      },
    });
    const har = JSON.stringify({ log: { version: '1.2', entries: Array.from({ length: 10_000 }, (_, n) => entry(n)) } });
    await inFolder(async (folder) => {
      const file = join(folder, 'calls.har');
      await writeFile(file, har);
      // The longest time between two frames while it is read.
      await page.run(() => {
        window.longest = 0;
        let last = performance.now();
        const step = (now) => {
          window.longest = Math.max(window.longest, now - last);
          last = now;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      });
      const begun = Date.now();
      await session.driver.findElement({ css: '#incidents-file' }).sendKeys(file);
      await page.until(async () => /2500 of 10000/.test((await page.texts('tool-result')).join()), 'all failures', 60_000);
      const longest = await page.run(() => window.longest);
      console.log(`# 10,000 entries, ${(har.length / 1e6).toFixed(1)} MB: ${Date.now() - begun} ms, longest frame ${Math.round(longest)} ms`);
      assert.ok(longest < 1000, `${longest} ms between two frames`);
      assert.deepEqual(await page.attributes('group', 'data-cause'), ['unsupported-region']);
    });
  });

  test('status: nothing is asked before a click, and then only that address, with nothing of the visitor in it', async () => {
    await open('status');
    const asked = () => page.watch.requests.filter((each) => /status\./.test(each.url));
    await pause(500);
    assert.deepEqual(asked(), []);
    await click('ask-status');
    await page.until(async () => asked().length > 0, 'a request');
    const [request] = asked();
    assert.deepEqual([request.url, request.method, request.postData], ['https://status.openai.com/api/v2/summary.json', 'GET', undefined]);
    const sent = Object.entries(request.headers).filter(([, value]) => value !== '').map(([name]) => name.toLowerCase());
    assert.ok(!sent.includes('cookie') && !sent.includes('referer') && !sent.includes('authorization'), sent.join());
    // Where there is no way out, that is said.
    await page.until(async () => !/Asking/.test((await page.texts('status'))[0]), 'an answer', 30_000);
    assert.equal(asked().length, 1);
  });

  test('status: an incident, good order, nonsense and no connection are told apart', async () => {
    await open('status');
    const answer = async (body) => {
      await page.run((text) => {
        window.fetch = () => (text === null ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(new Response(text)));
      }, body);
      await click('ask-status');
    };
    const summary = (indicator, more = {}) => JSON.stringify({ page: {}, status: { indicator, description: 'x' }, ...more });
    await answer(summary('none', { components: [{ name: 'Chat', status: 'operational' }] }));
    await has('status', /No incident[\s\S]*All 1/);
    await answer(summary('major', { components: [{ name: 'Chat', status: 'major_outage' }], incidents: [{ name: 'Elevated errors', status: 'investigating' }] }));
    await has('status', /Serious[\s\S]*Elevated errors[\s\S]*Chat major outage/);
    await answer('<html>');
    await has('status', /no status/);
    await answer(null);
    await has('status', /could not be read/);
    await page.run(() => void Object.defineProperty(navigator, 'onLine', { value: false, configurable: true }));
    await answer(null);
    await has('status', /offline/);
  });

  test('embed: the live example gives a report, and the types are those of the engine', async () => {
    await open('embed');
    await example();
    const report = JSON.parse((await page.texts('tool-result'))[0]);
    assert.equal(report.causes[0].id, 'unsupported-region');
    const types = await (await fetch(new URL('engine.d.ts', page.url))).text();
    assert.match(types, /export interface Report \{/);
    assert.match(types, /export function analyze\(text: string\): Report;/);
    for (const key of Object.keys(report)) assert.match(types, new RegExp(`^ +${key}: `, 'm'));
  });

  test('embed: what it says to copy is enough for another page, in the page and in a worker', async () => {
    await open('embed');
    const [inPage, inWorker] = await page.run(() => Array.from(document.querySelectorAll('#tools .command pre'), (each) => each.textContent));
    const names = await page.run(() => Array.from(document.querySelectorAll('#tools .card p code'), (each) => each.textContent).filter((each) => /\.(js|wasm|d\.ts)$/.test(each)));
    assert.ok(names.length >= 3, names.join());
    await inFolder(async (folder) => {
      for (const name of new Set(names)) await cp(join(SITE, name), join(folder, name));
      const [worker, main] = inWorker.split('// page.ts');
      await writeFile(join(folder, 'worker.js'), worker);
      const say = '<script>const said = []; console.log = (...all) => said.push(...all); function show(report) { said.push(report.schema); }</script>';
      await writeFile(join(folder, 'index.html'), `<!doctype html>${say}${inPage}`);
      const code = main.replace(/^import type.*$/m, '').replace(/: MessageEvent<Report>/, '').replace('pasted', '"HTTP/1.1 403 Forbidden"');
      await writeFile(join(folder, 'two.html'), `<!doctype html>${say}<script type="module">${code}</script>`);
      // Any static server will do; this page's own sends its own policy, which forbids the samples' inline scripts.
      const types = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };
      const server = createServer(async ({ url }, answer) => {
        const content = await readFile(join(folder, url.slice(1))).catch(() => null);
        answer.writeHead(content ? 200 : 404, { 'Content-Type': types[url.split('.').pop()] ?? 'text/plain' }).end(content);
      });
      await new Promise((done) => server.listen(0, '127.0.0.1', done));
      try {
        for (const [name, wanted] of [['index.html', /^openai-api,.*country/], ['two.html', /^why403\/1$/]]) {
          await session.driver.get(`http://127.0.0.1:${server.address().port}/${name}`);
          await page.until(async () => wanted.test((await page.run(() => said)).join()), `${name} to say ${wanted}`);
        }
      } finally {
        server.close();
        server.closeAllConnections();
      }
    });
  });

  test('every word is there in Chinese as well', async () => {
    await page.load('#/guide');
    await shown('guide');
    await page.run(() => {
      const select = document.querySelector('[data-test="language"]');
      select.value = 'zh-CN';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    try {
      await page.until(() => page.run(() => document.querySelector('#tools h1').innerText === '指南'), 'Chinese');
      await page.until(() => page.run(() => document.title.startsWith('指南')), 'a Chinese title');
      for (const name of TOOLS) {
        await page.run((tool) => void (location.hash = `#/${tool}`), name);
        await shown(name);
        assert.match(await page.run(() => document.querySelector('#tools .lede').innerText), /[\u4e00-\u9fff]/, name);
        await page.until(() => page.run(() => document.activeElement?.matches('#tools h1') ?? false), 'the focus');
        await sameName(name);
      }
      // What the comparisons say, too.
      for (const [name, result] of [['compare', 'difference'], ['allowlist', 'entry']]) {
        await page.load(`#/${name}`);
        await shown(name);
        await example();
        await page.until(() => page.exists(result), 'a result');
        assert.deepEqual(await page.run(() => Array.from(document.querySelectorAll('#tools [lang="en"]'), (e) => e.textContent)), [], name);
      }
    } finally {
      await page.run(() => localStorage.clear());
    }
  });

  test('the keyboard alone: from the menu to a tool, through its fields to its result', async () => {
    await open('retry');
    await page.until(() => page.run(() => document.activeElement?.matches('#tools h1') ?? false), 'the heading');
    await page.tabTo('#tools [data-test="preset"]');
    await page.press(Key.SPACE);
    await has('tool-result', /^3 attempts/);
    await page.tabTo('#retry-attempts');
    await session.driver.actions().keyDown(Key.CONTROL).sendKeys('a').keyUp(Key.CONTROL).sendKeys('4').perform();
    await has('tool-result', /^4 attempts/);
  });
});
