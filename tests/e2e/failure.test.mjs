// When the engine fails, what was typed stays, a calm sentence says so, and the page can go on.

import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { alone, changedSite, inFolder, pause } from './lib/page.mjs';
import { makeKey, projectModel } from './lib/samples.mjs';

const TYPED = 'HTTP/1.1 403 Forbidden';

/** Waits for the sentence that says that something failed. */
const told = (page) => page.until(async () => /[a-z]{3,} [a-z]+/i.test((await page.texts('error')).join(' ')), 'a sentence about it');

/** Spoils the waiting engine's memory, so that its next call traps. Gives how many workers there were. */
async function spoil(watch) {
  const workers = watch.sessions('worker');
  for (const session of workers) {
    const { result } = await watch.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' }, session);
    const { objects } = await watch.send('Runtime.queryObjects', { prototypeObjectId: result.objectId }, session);
    const functionDeclaration = 'function () { for (const memory of this) new Uint8Array(memory.buffer).fill(0xff); }';
    await watch.send('Runtime.callFunctionOn', { functionDeclaration, objectId: objects.objectId }, session);
  }
  return workers.length;
}

/** A WebAssembly program that may not have more than `more` pages of 64 KiB beside those it starts with. */
function limited(program, more) {
  const number = (at) => {
    let [value, shift, next] = [0, 0, at];
    for (;;) {
      const byte = program[next++];
      value |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) return [value, next];
    }
  };
  const bytes = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...bytes(value >> 7)]);
  for (let at = 8; at < program.length; ) {
    const [size, start] = number(at + 1);
    if (program[at] === 5) {
      // One memory: its flags, the pages it starts with, and the most, where the flags say so.
      const [first] = number(start + 2);
      const section = [1, 1, ...bytes(first), ...bytes(first + more)];
      return Buffer.concat([program.subarray(0, at), Buffer.from([5, ...bytes(section.length), ...section]), program.subarray(start + size)]);
    }
    at = start + size;
  }
  throw new Error('no memory section');
}

describe('failure', () => {
  test('memory that is short: a sentence, the typed text stays, and a shorter text is read', async () => {
    const short = async (folder) => {
      const file = join(folder, 'engine_bg.wasm');
      await writeFile(file, limited(await readFile(file), 96));
    };
    await changedSite(short, async ({ page }) => {
      await page.load();
      await page.type(TYPED);
      await page.verdict();
      await page.run(() => {
        const data = new DataTransfer();
        data.setData('text/plain', `\n${'2026-01-01 ERROR 403 "x": y\n'.repeat(150_000)}`);
        document.querySelector('[data-test="input"]').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      });
      await told(page);
      assert.equal(await page.boxText(), TYPED);
      await page.run(() => document.querySelector('[data-test="forget"]')?.click());
      await page.type(' again');
      await page.until(async () => !(await page.exists('error')) && (await page.diagnosis()), 'the next verdict');
      assert.equal(await page.boxText(), `${TYPED} again`);
    });
  });

  test('an engine that never answers is stopped: a sentence, and the typed text stays', async () => {
    const mute = async (folder) => {
      const file = join(folder, 'worker.js');
      await writeFile(file, (await readFile(file, 'utf8')).replace('if (wasm) return void work(data);', 'return;'));
    };
    await changedSite(mute, async ({ page }) => {
      await page.load();
      // A minute passes quickly.
      await page.run(() => {
        const real = window.setTimeout;
        window.setTimeout = (then, wait, ...rest) => real(then, wait >= 60_000 ? 300 : wait, ...rest);
      });
      await page.type(TYPED);
      await page.until(async () => /minute/.test((await page.texts('error')).join()), 'a sentence about it');
      assert.ok(await page.exists('retry'));
      assert.equal(await page.boxText(), TYPED);
    });
  });

  test('a crash of the page itself is said, and the typed text stays', async () => {
    await alone(async ({ page }) => {
      await page.load();
      await page.type(TYPED);
      await page.run(() => {
        dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }));
      });
      assert.match(await page.run(() => document.getElementById('stopped').innerText), /still in the box/);
      assert.equal(await page.boxText(), TYPED);
    });
  });

  test('an engine that does not load: a sentence, and the typed text stays', async () => {
    await changedSite(
      (folder) => rm(join(folder, 'engine_bg.wasm')),
      async ({ page }) => {
        await page.load();
        await page.type(TYPED);
        await told(page);
        assert.equal(await page.boxText(), TYPED);
      },
    );
  });

  test('an engine that is damaged: a sentence, and the typed text stays', async () => {
    await changedSite(
      (folder) => writeFile(join(folder, 'engine_bg.wasm'), 'not a program'),
      async ({ page }) => {
        await page.load();
        await page.type(TYPED);
        await told(page);
        assert.equal(await page.boxText(), TYPED);
      },
    );
  });

  test('an engine that crashes: the typed text stays, and the next engine takes over', async () => {
    await alone(async ({ page, watch }) => {
      await page.load();
      await page.type('403');
      await page.verdict();
      assert.ok((await spoil(watch)) > 0, 'there is a worker');
      await page.type(' Forbidden');
      await told(page);
      assert.equal(await page.boxText(), '403 Forbidden');
      await page.paste(`\n${projectModel(makeKey())}`);
      await page.verdict(projectModel.cause);
    });
  });

  test('a paste that was held back when the engine crashed is offered again, its key not shown', async () => {
    await alone(async ({ page, driver, watch }) => {
      const key = makeKey();
      await page.load();
      await page.type('403');
      await page.verdict();
      assert.ok((await spoil(watch)) > 0, 'there is a worker');
      await page.paste(`\n${projectModel(key)}`);
      await told(page);
      assert.ok(!(await page.everything()).includes(key), 'the key is not shown');
      const again = await page.until(async () => {
        const [button] = await driver.findElements({ css: '[data-test="error"] button' });
        return button;
      }, 'a way to try again');
      await again.click();
      await page.verdict(projectModel.cause);
      assert.ok(!(await page.everything()).includes(key), 'the key is not shown afterwards');
    });
  });

  test('a file that is not text gets a sentence', async () => {
    await alone(async ({ page }) => {
      await inFolder(async (folder) => {
        const file = join(folder, 'picture.bin');
        await writeFile(file, Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)));
        await page.load();
        await page.find('file').sendKeys(file);
        await told(page);
        await page.type(TYPED);
        await page.verdict();
      });
    });
  });
});

describe('failure of what is around the page', () => {
  test('storage that is switched off is no hindrance', async () => {
    await alone(async ({ page, driver, watch }) => {
      await page.devtools('Page.enable');
      await page.devtools('Page.addScriptToEvaluateOnNewDocument', {
        source: `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
          Object.defineProperty(window, 'caches', { get() { throw new DOMException('no', 'SecurityError'); } });
          if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'));`,
      });
      await page.load();
      await page.run(() => window.why403.theme('dark'));
      await page.type(TYPED);
      await page.verdict();
      assert.equal(await page.run(() => document.documentElement.dataset.theme), 'dark');
      assert.deepEqual(watch.complaints, []);
    });
  });

  test('a refused clipboard: the text can be selected, and a word says so', async () => {
    await alone(async ({ page }) => {
      await page.load();
      await page.run(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      });
      await page.type(TYPED);
      await page.verdict();
      await page.share();
      await page.run(() => document.querySelector('[data-test="share-dialog"] .copy').click());
      await page.until(async () => /by hand/.test((await page.texts('share-dialog'))[0]), 'a word about it');
      assert.equal(await page.boxText(), TYPED);
    });
  });

  test('a file that is too large to be read gets a sentence, and the typed text stays', async () => {
    await alone(async ({ page, driver }) => {
      await page.load();
      await page.type(TYPED);
      await page.verdict();
      // A file whose size the browser cannot hold: what it says of itself is enough.
      await page.run(() => {
        const input = document.querySelector('[data-test="file"]');
        const file = new File(['x'], 'huge.har');
        Object.defineProperty(file, 'size', { value: 3e9 });
        Object.defineProperty(input, 'files', { value: { 0: file, length: 1, item: () => file } });
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await told(page);
      assert.equal(await page.boxText(), TYPED);
      assert.equal(await driver.executeScript('return document.querySelectorAll(\'[data-test="retry"]\').length'), 0);
    });
  });

  for (const [part, files, address] of [
    ['the tools', /^tools/, '#/guide'],
    ['the words of a language', /^locales/, ''],
  ]) {
    test(`${part} that do not load: the page works on`, async () => {
      await changedSite(
        async (folder) => {
          for (const name of await readdir(folder)) if (files.test(name)) await rm(join(folder, name), { recursive: true });
        },
        async ({ page }) => {
          await page.load();
          await page.run((hash) => {
            if (hash) location.hash = hash;
            else window.why403.language('zh-CN');
          }, address);
          if (address) {
            await page.until(() => page.run(() => !document.getElementById('tools-stopped').hidden), 'a sentence about it');
            await page.run(() => {
              location.hash = '';
            });
          }
          await page.type(TYPED);
          await page.verdict();
          assert.equal(await page.boxText(), TYPED);
        },
      );
    });
  }

  test('a tree, a file and the dialog of a link that do not load get a sentence', async () => {
    await changedSite(
      (folder) => rm(join(folder, 'extras_bg.wasm')),
      async ({ page }) => {
        await page.load();
        await page.type(TYPED);
        await page.verdict();
        await page.run(() => document.querySelector('[data-test="tree"] summary').click());
        await page.until(async () => /did not load/.test((await page.texts('tree')).join('')), 'a sentence about the tree');
        await page.find('save-markdown').click();
        await page.until(() => page.run(() => /did not load/.test(document.querySelector('.share [role="status"]')?.innerText)), 'a sentence about the file');
        await page.find('share').click();
        await pause(300);
        assert.ok(!(await page.run(() => document.querySelector('[data-test="share-dialog"]').open)), 'no empty dialog');
        assert.match(await page.run(() => document.querySelector('.share [role="status"]').innerText), /did not load/);
        assert.equal(await page.boxText(), TYPED);
      },
    );
  });
});
