// The main road: paste what failed, read the verdict, answer a question, share the link.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { inFolder, pause, shared } from './lib/page.mjs';
import { bare403, makeKey, projectModel, typed } from './lib/samples.mjs';

describe('diagnosis', () => {
  const session = shared();
  const { page } = session;
  beforeEach(() => page.load());

  test('a pasted command and its answer give the verdict, who answered, and fixes', async () => {
    await page.paste(projectModel(makeKey()));
    const shown = await page.verdict();
    assert.equal(shown.cause, projectModel.cause);
    assert.equal(shown.responder, projectModel.responder);
    assert.match(shown.text, /\d+\s?%/, 'the verdict says how probable it is');
    assert.match((await page.texts('redacted')).join('\n'), /\{\{redacted:|openai/i, 'the redacted text shows what was taken out');
    assert.ok((await page.texts('path')).join('').length > 0, 'the path is told in words');
  });

  test('the box holds the redacted text after a paste', async () => {
    const key = makeKey();
    await page.paste(projectModel(key));
    await page.verdict();
    const held = await page.until(() => page.boxText(), 'text in the box');
    assert.ok(held.includes('{{redacted:'), 'the placeholder stands in the box');
    assert.ok(!held.includes(key), 'the key does not');
    assert.ok(held.startsWith('curl -i https://api.openai.com/v1/chat/completions'), 'the rest is as pasted');
  });

  test('what is typed while a paste is being redacted is not lost', async () => {
    await page.load();
    await session.driver.executeScript((text) => {
      const box = document.querySelector('[data-test="input"]');
      const data = new DataTransfer();
      data.setData('text/plain', text);
      box.focus();
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, projectModel(makeKey()));
    await page.press(' and then this');
    await page.verdict();
    await page.until(async () => ((await page.boxText()) ?? '').endsWith(' and then this'), 'the typed words behind the paste');
  });

  test('the verdict is announced', async () => {
    await page.paste(projectModel(makeKey()));
    await page.verdict();
    await page.until(
      () =>
        page.run(() => {
          const live = document.querySelectorAll('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], output');
          return Array.from(live).some((region) => /%|likely|certain|sure/i.test(region.textContent));
        }),
      'the verdict in a live region',
    );
  });

  test('typed text is diagnosed too, and its findings stand at their places', async () => {
    await page.type(typed(makeKey()));
    const shown = await page.verdict();
    assert.ok(shown.responder);
    const findings = await page.until(async () => {
      const ids = await page.attributes('finding', 'data-finding');
      return ids.length > 0 ? ids : null;
    }, 'a finding');
    assert.ok(findings.every((id) => /^[a-z0-9-]+$/.test(id)), findings.join());
    for (const severity of await page.attributes('finding', 'data-severity')) {
      assert.ok(['error', 'warning', 'hint'].includes(severity), severity);
    }
  });

  test('an answer to a question changes the ranking, and can be taken back', async () => {
    await page.paste(bare403(makeKey()));
    const before = await page.verdict();
    await page.until(() => page.exists('answer'), 'a question with answers');
    assert.ok((await page.texts('question'))[0].length > 10, 'the question is a sentence');
    await page.find('answer').click();
    await page.until(async () => {
      const now = await page.diagnosis();
      return now && (now.text !== before.text || now.all !== before.all);
    }, 'another ranking after the answer');
  });

  test('after an answer the focus stands at the next question, and only "Take back" takes an answer back', async () => {
    await page.find('ask').click();
    await page.verdict();
    const first = await page.until(async () => (await page.attributes('question', 'data-question'))[0], 'a question');
    await page.find('answer').click();
    await page.until(
      () => page.run((asked) => {
        const question = document.activeElement?.closest('[data-test="question"]');
        return question && question.dataset.question !== asked && document.activeElement.tagName === 'H3';
      }, first),
      'the focus on the next question',
    );
    await page.until(
      () =>
        page.run(() => {
          const verdict = document.querySelector('[data-test="verdict"] h2').getBoundingClientRect();
          return verdict.top >= 0 && verdict.bottom <= innerHeight;
        }),
      'the verdict in sight',
    );
    await page.run(() => document.querySelector('[data-test="given"] details').setAttribute('open', ''));
    await page.run(() => document.querySelector('[data-test="given"] [aria-pressed="true"]').click());
    await pause(400);
    assert.ok(await page.exists('given'), 'the same answer again changes nothing');
    await page.run(() => document.querySelector('[data-test="take-back"]').click());
    await page.until(async () => !(await page.exists('given')), 'the answer to be taken back');
  });

  test('answered questions stand in the order in which they were answered', async () => {
    await page.find('ask').click();
    await page.verdict();
    const asked = [];
    for (let round = 0; round < 3; round += 1) {
      const [now] = await page.until(async () => {
        const ids = await page.attributes('question', 'data-question');
        return ids[0] && !asked.some((each) => each.id === ids[0]) && ids;
      }, 'a new question');
      asked.push({ id: now, text: await page.run(() => document.querySelector('[data-test="question"] h3').innerText) });
      await page.find('answer').click();
    }
    const given = await page.until(async () => {
      const said = await page.run(() => Array.from(document.querySelectorAll('[data-test="given"] > li > details > summary'), (e) => e.innerText));
      return said.length === 3 && said;
    }, 'three answers given');
    asked.forEach(({ text }, i) => assert.ok(given[i].startsWith(text), `${i}: ${given[i]}`));
  });

  test('answers hold while a text is edited, and no longer once another is typed over it', async () => {
    const given = () => page.run(() => document.querySelectorAll('[data-test="given"] > li').length);
    const settled = () => page.run(() => !document.querySelector('.result[aria-busy="true"], .rest[aria-busy="true"]'));
    const box = () => page.run(() => document.querySelector('[data-test="input"]').focus());
    await page.paste('my ChatGPT says 403');
    await page.until(() => page.exists('answer'), 'a question with answers');
    await page.run(() => document.querySelector('[data-test="answer"]').click());
    await page.until(async () => (await given()) === 1 && settled(), 'the answer given');
    await box();
    await page.type(' again');
    await page.until(async () => /403 again/.test((await page.texts('redacted')).join()) && settled(), 'the edited text read');
    assert.equal(await given(), 1);
    await page.run(() => document.querySelector('[data-test="input"]').select());
    await page.type('Error 1020: Access denied');
    await page.until(async () => /1020: Access denied/.test((await page.texts('redacted')).join()) && settled(), 'the other text read');
    assert.equal(await given(), 0);
    assert.equal(await page.run(() => document.activeElement.dataset.test), 'input');
  });

  test('of many answers the most common are in sight, and that none fits; the others open', async () => {
    // The text says where the error is seen, so that the question with many answers is the first.
    await page.paste('my ChatGPT says 403');
    await page.verdict();
    const seen = () =>
      page.run(() => Array.from(document.querySelectorAll('[data-test="answer"]')).filter((e) => e.checkVisibility()).map((e) => e.dataset.answer));
    const few = await page.until(async () => (await seen()).length > 0 && (await seen()), 'answers');
    const all = await page.attributes('answer', 'data-answer');
    assert.ok(few.length <= 10 && all.length > few.length, `${few.length} of ${all.length}`);
    assert.ok(few.includes('other'));
    await page.run(() => document.querySelector('[data-test="question"] details.more summary').click());
    assert.equal((await seen()).length, all.length);
  });

  test('the share link opens the same diagnosis in a new window', async () => {
    await page.paste(bare403(makeKey()));
    const unanswered = await page.verdict();
    await page.until(() => page.exists('answer'), 'a question with answers');
    await page.find('answer').click();
    const here = await page.until(async () => {
      const now = await page.diagnosis();
      return now && (now.text !== unanswered.text || now.all !== unanswered.all) ? now : null;
    }, 'the answer to count');
    const [link] = await page.attributes('share-link', 'href');
    assert.ok(link.startsWith(`${page.url}#v1.`), 'the link is this page with a fragment');
    assert.ok(link.length - page.url.length < 400, `the fragment has ${link.length - page.url.length} characters`);

    const original = await session.driver.getWindowHandle();
    await session.driver.switchTo().newWindow('window');
    await session.driver.get(link);
    const there = await page.verdict();
    await session.driver.close();
    await session.driver.switchTo().window(original);
    assert.deepEqual([there.cause, there.responder], [here.cause, here.responder]);
  });

  test('each example is diagnosed with one click', async () => {
    const count = (await page.attributes('example', 'data-test')).length || (await exampleButtons(page)).length;
    assert.ok(count >= 5, `there are ${count} examples`);
    for (let index = 0; index < count; index += 1) {
      await page.load();
      const buttons = await exampleButtons(page);
      await buttons[index].click();
      const shown = await page.verdict();
      assert.ok(shown.cause && shown.responder, `example ${index}`);
    }
  });

  test('a chosen file is diagnosed', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'failed.txt');
      const key = makeKey();
      await writeFile(file, projectModel(key));
      await page.find('file').sendKeys(file);
      const shown = await page.verdict();
      assert.equal(shown.cause, projectModel.cause);
      assert.ok(!(await page.everything()).includes(key));
    });
  });

  for (const [place, css] of Object.entries({ 'on the box': '[data-test="drop"]', 'beside the box': 'h1' })) {
    test(`a file dropped ${place} is diagnosed, and the browser does not open it`, async () => {
      const key = makeKey();
      const left = await page.run((target, content) => {
        const data = new DataTransfer();
        data.items.add(new File([content], 'failed.txt', { type: 'text/plain' }));
        return ['dragenter', 'dragover', 'drop'].filter((type) => {
          const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data });
          return document.querySelector(target).dispatchEvent(event);
        });
      }, css, projectModel(key));
      assert.deepEqual(left.filter((type) => type !== 'dragenter'), [], 'what is left to the browser');
      assert.equal((await page.verdict()).cause, projectModel.cause);
      assert.ok(!(await page.everything()).includes(key));
    });
  }

  test('where nothing is known, no cause is called likely and the question comes first', async () => {
    await page.find('ask').click();
    const shown = await page.verdict();
    assert.match(shown.text, /not enough/i);
    assert.doesNotMatch(shown.text, /most likely|do this first/i);
    assert.equal(await page.exists('fixes'), false);
    assert.ok((await page.attributes('cause', 'data-cause')).includes(shown.cause), 'the first is among the possibilities');
    const order = await page.run(() =>
      Array.from(document.querySelectorAll('[data-test="verdict"], [data-test="question"], [data-test="path"]'), (e) => e.dataset.test),
    );
    // No way is drawn of which nothing is known.
    assert.deepEqual(order, ['verdict', 'question']);
  });

  test('a second paste replaces the first diagnosis', async () => {
    await page.paste(projectModel(makeKey()));
    await page.verdict(projectModel.cause);
    await page.paste('Access denied. Error code 1020\nYou cannot access chat.openai.com.');
    await page.until(async () => (await page.diagnosis())?.cause !== projectModel.cause, 'another verdict');
  });

  test('a refusing text does not run as markup', async () => {
    await page.paste('HTTP/1.1 403 Forbidden\ncontent-type: text/html\n\n<img src=x onerror="document.title=1"><script>document.title=2</script><b id="planted">x</b>');
    await page.verdict();
    assert.equal(await page.run(() => document.querySelectorAll('#planted, img[src="x"]').length), 0);
    assert.ok((await session.driver.getTitle()).includes('why403'));
  });
});

/** The examples to click, however they are grouped. */
function exampleButtons(page) {
  return page.driver.findElements({ css: '[data-test="examples"] button, [data-test="examples"] a, [data-test="example"]' });
}
