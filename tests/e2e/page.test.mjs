// The page beyond the verdict: evidence and text, fixes, what leaves, sharing, the tree, languages, colours, undo, stillness.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { selenium } from './lib/packages.mjs';
import { assertAbsent, inFolder, pause, shared } from './lib/page.mjs';
import { makeKey, projectModel, traces, typed } from './lib/samples.mjs';

const { Key } = selenium;

describe('page', () => {
  const session = shared();
  const { page } = session;
  beforeEach(async () => {
    await page.load();
    await page.run(() => localStorage.clear());
  });

  const diagnose = async (key = makeKey()) => {
    await page.paste(projectModel(key));
    return page.verdict(projectModel.cause);
  };
  const count = (css) => page.run((selector) => document.querySelectorAll(selector).length, css);

  test('evidence lights its stretch of text, and the stretch lights its evidence, by pointer and by keyboard', async () => {
    await diagnose();
    const [evidence] = await page.driver.findElements({ css: '.because .for .place' });
    await page.driver.actions().move({ origin: evidence }).perform();
    await page.until(async () => (await count('mark.lit')) > 0, 'a lit stretch');
    await page.driver.actions().move({ origin: await page.find('input') }).perform();
    await page.until(async () => (await count('mark.lit')) === 0, 'the light to go out');
    const [mark] = await page.driver.findElements({ css: 'mark.fact[tabindex="0"]' });
    await page.driver.actions().move({ origin: mark }).perform();
    await page.until(async () => (await count('.because .place.lit')) > 0, 'the lit evidence');
    await page.driver.actions().move({ origin: await page.driver.findElement({ css: '.name' }) }).perform();
    await page.run(() => document.querySelector('mark.fact[tabindex="0"]').focus());
    await page.press(Key.ENTER);
    await page.until(() => page.run(() => document.activeElement.matches('.because .place.lit')), 'the focus on the evidence');
    await page.until(async () => (await count('mark.lit')) > 0, 'the stretch lit by the focus');
  });

  test('a reason leads to its place in the text, and the focus goes along', async () => {
    await diagnose();
    await page.run(() => document.querySelector('.because .for .place').click());
    await page.until(
      () =>
        page.run(() => {
          const place = document.activeElement.closest('mark')?.getBoundingClientRect();
          return place && place.top >= 0 && place.bottom <= innerHeight;
        }),
      'the marked place in sight, with the focus',
    );
  });

  test('the verdict is drawn first, with the text and the link to be found; the rest follows', async () => {
    const first = await page.driver.executeAsyncScript((text, done) => {
      const there = (names) => names.filter((name) => document.querySelector(`[data-test="${name}"]`));
      new MutationObserver((_, observer) => {
        if (!there(['verdict']).length) return;
        observer.disconnect();
        done(there(['verdict', 'responder', 'path', 'redacted', 'share-link', 'why', 'fixes', 'tree']));
      }).observe(document.body, { childList: true, subtree: true });
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.querySelector('[data-test="input"]').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, projectModel(makeKey()));
    assert.deepEqual(first, ['verdict', 'responder', 'path', 'redacted', 'share-link']);
    await page.verdict(projectModel.cause);
    for (const name of ['why', 'fixes', 'tree']) assert.ok(await page.exists(name), name);
    assert.equal(await count('[data-test="redacted"]'), 1);
  });

  test('after a paste the whole verdict is in sight, on a desk too', async () => {
    await diagnose();
    const place = await page.run(() => {
      const { top, bottom } = document.querySelector('[data-test="verdict"]').getBoundingClientRect();
      return { above: top < 0, below: bottom > innerHeight };
    });
    assert.deepEqual(place, { above: false, below: false });
  });

  test('a finding’s change is made in the text, and undo takes it back', async () => {
    await page.paste(typed(makeKey()));
    await page.verdict();
    const before = await page.boxText();
    const finding = '[data-finding="authorization-scheme-missing"]';
    await page.run((css) => document.querySelector(`${css} [data-test="apply"]`).click(), finding);
    await page.until(async () => /Bearer \{\{redacted:/.test(await page.boxText()), 'the change');
    await page.until(async () => (await count(finding)) === 0, 'the finding to go');
    await page.find('undo').click();
    await page.until(async () => (await page.boxText()) === before, 'the text as it was');
    await page.until(async () => (await count(finding)) === 1, 'the finding again');
  });

  test('no sentence of evidence is said twice', async () => {
    await diagnose();
    const said = await page.run(() => Array.from(document.querySelectorAll('[data-test="fact"]'), (each) => each.textContent));
    assert.ok(said.length > 2);
    assert.equal(new Set(said).size, said.length);
  });

  test('who answered says nothing again that stands under Why', async () => {
    await diagnose();
    const [why, side] = await page.run(() =>
      ['.because .for li', '.responder li'].map((css) => Array.from(document.querySelectorAll(css), (e) => e.textContent)),
    );
    assert.ok(why.length > 0);
    assert.deepEqual(side.filter((said) => why.includes(said)), []);
  });

  test('the legend tells the marks that occur, and no others', async () => {
    const told = () => page.run(() => Array.from(document.querySelectorAll('.legend span'), (e) => e.className));
    await page.paste('Access denied. Error code 1020\nYou cannot access chat.openai.com.');
    await page.verdict();
    assert.deepEqual(await told(), ['fact']);
    await page.load();
    await diagnose();
    const marked = await page.run(() => ['redaction', 'fact', 'finding'].filter((kind) => document.querySelector(`.source .${kind}`)));
    assert.ok(marked.includes('redaction'));
    assert.deepEqual(await told(), marked);
  });

  test('fixes are ticked off', async () => {
    await diagnose();
    const counted = () => page.run(() => document.querySelector('.todo .count').textContent);
    assert.match(await counted(), /^0 /);
    await page.run(() => document.querySelector('[data-test="fix"] input').click());
    await page.until(async () => /^1 /.test(await counted()), 'one fix done');
    assert.equal(await count('[data-test="fix"].done'), 1);
  });

  test('a panel lists every request that was made, and they are for own files only', async () => {
    await diagnose();
    await page.run(() => document.querySelector('[data-test="leaves"] summary').click());
    const listed = await page.until(async () => {
      const now = await page.texts('request');
      return now.some((each) => /engine_bg\.wasm$/.test(each)) ? now : null;
    }, 'the engine in the list');
    assert.equal(await count('[data-test="request"].foreign'), 0);
    const asked = session.watch.requests
      .filter((each) => each.target !== 'service_worker')
      .map((each) => each.url.split(/[?#]/)[0].slice(page.url.length))
      .filter((name) => name && !/^sw\.js$|webmanifest$|^icon|^apple/.test(name));
    for (const name of new Set(asked)) assert.ok(listed.includes(name), `${name} is not in the list: ${listed}`);
  });

  test('undo takes a paste back', async () => {
    await page.type('403 ');
    await page.verdict();
    const key = makeKey();
    await page.run((text) => {
      const box = document.querySelector('[data-test="input"]');
      const data = new DataTransfer();
      data.setData('text/plain', text);
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, projectModel(key));
    await page.verdict(projectModel.cause);
    await page.until(async () => (await page.boxText()).includes('{{redacted:'), 'the redacted text');
    await page.run(() => document.querySelector('[data-test="input"]').focus());
    await page.driver.actions().keyDown(Key.CONTROL).sendKeys('z').keyUp(Key.CONTROL).perform();
    await page.until(async () => (await page.boxText()) === '403 ', 'the text from before');
    assertAbsent(traces(key), await page.everything(), 'the document');
  });

  test('the share dialog says what the link holds before it is copied, without the request unless ticked', async () => {
    const key = makeKey();
    await diagnose(key);
    const plain = (await page.attributes('share-link', 'href'))[0];
    await page.share();
    assert.ok(await page.run(() => document.activeElement.matches('[data-test="share-text"]')), 'the focus on the first control');
    assert.deepEqual(await page.violations(), []);
    const facts = (await page.texts('holds'))[0];
    assert.match(facts, /403 Forbidden/);
    assert.doesNotMatch(facts, /your text/i);
    await page.find('share-text').click();
    await page.until(async () => /your text/i.test((await page.texts('holds'))[0]), 'the text in the list');
    const [full] = await page.attributes('share-link', 'href');
    assert.ok(full.length > plain.length);
    assert.ok((await page.run(() => document.querySelector('.address').textContent)) === full, 'the link is shown as it is');
    await page.press(Key.ESCAPE);
    await page.until(() => page.run(() => !document.querySelector('[data-test="share-dialog"]').open), 'the dialog to close');
    assert.ok(await page.run(() => document.activeElement.matches('[data-test="share"]')), 'the focus is back');
    await page.share();
    assert.match((await page.texts('holds'))[0], /your text/i);
    assertAbsent(traces(key), full, 'the link');
  });

  test('a QR code of the link is drawn', async () => {
    await diagnose();
    await page.share();
    await page.run(() => document.querySelector('[data-test="qr"] summary').click());
    const path = await page.until(() => page.run(() => document.querySelector('[data-test="qr"] path')?.getAttribute('d')), 'the code');
    assert.ok(path.startsWith('M4 4h7v1h-7z'));
  });

  test('a link says what it is and when it was made', async () => {
    await diagnose();
    const [link] = await page.attributes('share-link', 'href');
    await page.load(new URL(link).hash);
    await page.verdict(projectModel.cause);
    assert.ok(await page.run(() => document.querySelector('[data-test="input"]').offsetHeight < 60), 'the box is folded');
    const notice = (await page.texts('notice')).join(' ');
    assert.match(notice, /link/i);
    assert.match(notice, new RegExp(String(new Date().getFullYear())));
  });

  test('the system’s share sheet is used where there is one', async () => {
    await page.run(() => {
      navigator.share = (what) => {
        window.shared = what;
        return Promise.resolve();
      };
    });
    await diagnose();
    await page.share();
    await page.find('share-native').click();
    const shared = await page.until(() => page.run(() => window.shared), 'the share sheet');
    assert.equal(shared.url, (await page.attributes('share-link', 'href'))[0]);
  });

  test('the report is saved as JSON and as Markdown, and prints open', async () => {
    await inFolder(async (folder) => {
      await page.devtools('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
      const key = makeKey();
      await diagnose(key);
      for (const [button, ending] of [['save', '.json'], ['save-markdown', '.md']]) {
        await page.find(button).click();
        const name = await page.until(async () => (await readdir(folder)).find((each) => each.endsWith(ending)), ending);
        const content = await readFile(join(folder, name), 'utf8');
        assertAbsent(traces(key), content, name);
        if (ending === '.json') assert.equal(JSON.parse(content).schema, 'why403/1');
        else assert.match(content, /^# .+\n[\s\S]*## What to do/);
      }
      await page.printed(async () => {
        await page.run(() => dispatchEvent(new Event('beforeprint')));
        assert.equal(await count('.result details:not([open]):not(.tree):not(.qr)'), 0);
        assert.ok(await page.run(() => document.querySelector('.feed').offsetHeight === 0), 'the box is not printed');
      });
    });
  });

  test('the tree is drawn with its path lit, walked by keys, read as a list', async () => {
    await diagnose();
    await page.run(() => document.querySelector('[data-test="tree"] summary').click());
    await page.until(() => page.exists('tree-picture'), 'the picture');
    assert.ok((await count('.node.path')) >= 3, 'the path is lit');
    const here = () => page.texts('tree-at').then(([text]) => text);
    const goal = await here();
    assert.match(goal, /9\d %/);
    await page.run(() => document.querySelector('.node.at').focus());
    await page.press(Key.ARROW_LEFT);
    await page.until(async () => (await here()) !== goal, 'the parent');
    assert.ok(await page.run(() => document.activeElement.matches('.node.at')), 'the focus walks along');
    await page.press(Key.ARROW_RIGHT);
    await page.until(async () => (await here()) === goal, 'the child again');
    const box = () => page.run(() => document.querySelector('[data-test="tree-picture"]').getAttribute('viewBox'));
    const before = await box();
    await page.press('+');
    await page.until(async () => (await box()) !== before, 'a larger picture');
    const moved = await box();
    const [picture] = await page.driver.findElements({ css: '[data-test="tree-picture"]' });
    await page.run(() => document.querySelector('[data-test="tree-picture"]').scrollIntoView({ block: 'center' }));
    await page.driver.actions().move({ origin: picture }).press().move({ origin: picture, x: 60, y: 40 }).release().perform();
    await page.until(async () => (await box()) !== moved, 'a moved picture');
    await page.run(() => document.querySelector('.drawn details summary').click());
    assert.ok((await page.run(() => document.querySelectorAll('[data-test="tree-list"] li').length)) > 60);
    assert.deepEqual(await page.violations(), []);
  });

  test('the leaf that was reached is seen whole, on a phone too', async () => {
    for (const width of [1280, 390]) {
      await page.narrow(width, async () => {
        await page.load();
        await diagnose();
        await page.run(() => document.querySelector('[data-test="tree"] summary').click());
        const cut = await page.until(
          () =>
            page.run(() => {
              const [frame, leaf] = ['[data-test="tree-picture"]', '.node.at rect'].map((css) => document.querySelector(css)?.getBoundingClientRect());
              return leaf && [leaf.left < frame.left, leaf.right > frame.right, leaf.top < frame.top, leaf.bottom > frame.bottom];
            }),
          'the leaf',
        );
        assert.deepEqual(cut, [false, false, false, false], `at ${width}`);
      });
    }
  });

  test('the language is switched, kept, and said in all of the page', async () => {
    await diagnose();
    const choose = (code) =>
      page.run((value) => {
        const select = document.querySelector('[data-test="language"]');
        select.value = value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }, code);
    await choose('zh-CN');
    await page.until(() => page.run(() => document.querySelector('h1').textContent === '为什么被拒绝？'), 'Chinese');
    assert.equal(await page.run(() => document.documentElement.lang), 'zh-CN');
    assert.match((await page.texts('share')).join(), /分享/);
    // The report's own words too: the title, what to do with the values of this text, and the facts.
    await page.until(() => page.run(() => /模型/.test(document.querySelector('#verdict').textContent)), 'the verdict in Chinese');
    const fixes = await page.texts('fix');
    assert.ok(fixes.length > 1 && fixes.every((fix) => /[\u4e00-\u9fff]/.test(fix)), fixes.join('\n'));
    assert.deepEqual(await page.run(() => document.querySelectorAll('#verdict [lang], .todo .tick [lang]').length), 0);
    assert.deepEqual(await page.violations(), []);
    await page.load();
    await page.until(() => page.run(() => document.querySelector('h1').textContent === '为什么被拒绝？'), 'Chinese after loading');
    assert.deepEqual(await page.run(() => ({ ...localStorage })), { 'why403:language': 'zh-CN' });
    await choose('en');
    await page.until(() => page.run(() => document.querySelector('h1').textContent === 'Why did it say no?'), 'English');
  });

  test('the language follows the browser’s wish where none was chosen', async () => {
    const agent = await page.run(() => navigator.userAgent);
    await page.devtools('Emulation.setUserAgentOverride', { userAgent: agent, acceptLanguage: 'zh-TW,en' });
    try {
      await page.load();
      await page.until(() => page.run(() => document.querySelector('h1').textContent === '为什么被拒绝？'), 'Chinese');
    } finally {
      await page.devtools('Emulation.setUserAgentOverride', { userAgent: agent });
    }
  });

  test('findings, reasons and the tree are said in Chinese, and an English visit loads none of that', async () => {
    const loaded = () => page.run(() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /said/.test(name)));
    await diagnose();
    assert.deepEqual(await loaded(), []);
    await page.run(() => why403.language('zh-CN'));
    await page.paste(
      `curl https://api.openai.com/v1/chat/completions -H "Authorization: ${makeKey()}" -d '{"mesages":[]}'\n` +
        'HTTP/2 403\ncf-ray: 9a0b1c2d3e4f5a6b-HKG\n\n{"error":{"code":"unsupported_country_region_territory"}}',
    );
    await page.until(async () => (await page.attributes('finding', 'data-finding')).includes('body-member-unknown'), 'findings');
    await page.run(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
    await page.until(async () => (await count('.drawn title')) > 60, 'the tree');
    // A place that Cloudflare answered from has its English name.
    const english = await page.run(() => Array.from(document.querySelectorAll('[lang="en"]:not(option, .hop *)'), (e) => e.textContent));
    assert.deepEqual(english, []);
    for (const said of await page.run(() => Array.from(document.querySelectorAll('.findings p, .because li, .node text:first-of-type'), (e) => e.textContent).filter(Boolean))) {
      assert.match(said, /[\u4e00-\u9fff]|\.com|^RFC|^Azure OpenAI$/, said);
    }
    await page.run(() => localStorage.clear());
  });

  test('the colours are switched and kept', async () => {
    const ground = () => page.run(() => getComputedStyle(document.body).backgroundColor);
    const choose = (value) =>
      page.run((name) => {
        const select = document.querySelector('[data-test="theme"]');
        select.value = name;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }, value);
    await choose('dark');
    const dark = await ground();
    await choose('light');
    assert.notEqual(await ground(), dark);
    await choose('dark');
    await page.load();
    assert.equal(await ground(), dark);
    await diagnose();
    assert.deepEqual(await page.violations(), []);
  });

  test('at 390 px the box and the examples fold after a verdict, and the verdict is in sight', async () => {
    await page.narrow(390, async () => {
      await page.load();
      await diagnose();
      const seen = await page.until(
        () =>
          page.run(() => {
            const box = document.querySelector('[data-test="input"]').offsetHeight;
            const folded = document.querySelector('[data-test="examples"]').matches('details:not([open])');
            const title = document.querySelector('[data-test="verdict"] h2').getBoundingClientRect();
            return folded && box < 100 && title.top >= 0 && title.bottom < innerHeight ? { box, top: title.top } : null;
          }),
        'a folded box and a verdict in sight',
      );
      assert.ok(seen);
      // The text comes into the box after the verdict, and moves nothing.
      await page.until(() => page.run(() => document.querySelector('[data-test="input"]').value !== ''), 'the text in the box');
      const top = await page.run(() => document.querySelector('[data-test="verdict"] h2').getBoundingClientRect().top);
      assert.ok(Math.abs(top - seen.top) < 2, `${seen.top} became ${top}`);
      // Who writes on keeps the box and its keyboard.
      await page.run(() => document.querySelector('[data-test="input"]').focus());
      await page.type(' and more');
      await page.until(async () => /and more/.test((await page.texts('redacted')).join()), 'the edited text read');
      assert.equal(await page.run(() => document.activeElement.dataset.test), 'input');
    });
  });

  test('at 390 px what to do stands before why', async () => {
    await page.narrow(390, async () => {
      await page.load();
      await diagnose();
      await page.until(() => page.exists('fixes'), 'what to do');
      const first = await page.run(() => {
        const [fixes, why] = ['fixes', 'why'].map((name) => document.querySelector(`[data-test="${name}"]`));
        return (fixes.compareDocumentPosition(why) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      });
      assert.ok(first);
    });
  });

  test('nothing jumps that was not asked for', async () => {
    await page.run(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await diagnose();
    await page.type(' and more');
    await pause(800);
    assert.ok((await page.run(() => window.shift)) < 0.05, `shifted by ${await page.run(() => window.shift)}`);
  });

  test('after “ask me” the question has the focus and is in sight', async () => {
    await page.find('ask').click();
    await page.verdict();
    await page.until(
      () =>
        page.run(() => {
          const question = document.activeElement?.closest('[data-test="question"]')?.getBoundingClientRect();
          return question && question.top >= 0 && question.bottom <= innerHeight;
        }),
      'the question in sight with the focus',
    );
  });

  test('the tools have the latest report, without raw text', async () => {
    const key = makeKey();
    await diagnose(key);
    const report = await page.run(() => JSON.stringify(window.why403.report));
    assert.match(report, /why403\/1/);
    assertAbsent(traces(key), report, 'the shared report');
    await page.run(() => document.querySelector('.bar .quiet').click());
    await page.until(() => page.run(() => window.why403.report === null), 'no report any more');
  });
});
