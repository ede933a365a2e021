// The page as a person uses it, by the attributes that CONTRACT.md promises.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { axePath, selenium } from './packages.mjs';
import { serve } from '../../../script/server.mjs';
import { open } from './browser.mjs';

const { By, Key } = selenium;

/** Patience for anything that the page is to do, in milliseconds: far above what it takes, far below a hang. */
const PATIENCE = 15_000;

/** The built site. */
export const SITE = process.env.WHY403_SITE ?? new URL('../../../dist', import.meta.url).pathname;

/** Serves the built site and opens a browser on it; `close` ends both. */
export async function start(options = {}, page = new Page()) {
  const site = await serve(options.site ?? SITE);
  const browser = await open(options);
  const { driver, watch } = browser;
  Object.assign(page, { driver, watch, url: site.url });
  return {
    site,
    ...browser,
    page,
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}

/** One session for all tests of the `describe` that calls this. `page` is there at once, the rest when the first test begins. */
export function shared() {
  const session = { page: new Page() };
  before(async () => Object.assign(session, await start({}, session.page)));
  after(() => session.close?.());
  return session;
}

/** A session of its own for the time of `use`, whatever becomes of it. */
export async function alone(use, options = {}) {
  const session = await start(options);
  try {
    await use(session);
  } finally {
    await session.close();
  }
}

/** A folder for the time of `use`. */
export async function inFolder(use) {
  const folder = await mkdtemp(join(tmpdir(), 'why403-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The built site in a folder of its own, changed by `change`, for the time of `use`. */
export const changedSite = (change, use) =>
  inFolder(async (folder) => {
    await cp(SITE, folder, { recursive: true });
    await change(folder);
    await alone((session) => use(session, folder), { site: folder });
  });

/** Nothing is waited for: time for what must not happen. */
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export class Page {

  /** Opens the page in the current window, with this fragment. A blank page first, so that it really loads. */
  async load(fragment = '') {
    await this.driver.get('about:blank');
    await this.driver.get(this.url + fragment);
    await this.until(() => this.exists('input'), 'the box for the paste');
  }

  selector(name) {
    return `[data-test="${name}"]`;
  }

  find(name) {
    return this.driver.findElement(By.css(this.selector(name)));
  }

  async exists(name) {
    return (await this.driver.findElements(By.css(this.selector(name)))).length > 0;
  }

  /** Runs a function in the page, with these arguments. */
  run(script, ...args) {
    return this.driver.executeScript(`return (${script}).apply(null, arguments)`, ...args);
  }

  /** Opens the dialog of the share link, which a program that is loaded then fills. */
  async share() {
    await this.find('share').click();
    await this.until(() => this.run(() => document.querySelector('[data-test="share-dialog"]').open), 'the dialog');
  }

  /** The text of every element of this name, as shown. */
  texts(name) {
    return this.run((css) => Array.from(document.querySelectorAll(css), (e) => e.innerText.trim()), this.selector(name));
  }

  /** One attribute of every element of this name. */
  attributes(name, attribute) {
    return this.run(
      (css, attr) => Array.from(document.querySelectorAll(css), (e) => e.getAttribute(attr)),
      this.selector(name),
      attribute,
    );
  }

  /** Waits until `condition` gives something true, and gives that. An element that is being replaced counts as not yet. */
  async until(condition, what, patience = PATIENCE) {
    const end = Date.now() + patience;
    let last;
    for (;;) {
      try {
        const value = await condition();
        if (value) return value;
        last = undefined;
      } catch (error) {
        last = error;
      }
      if (Date.now() > end) {
        const why = last ? ` (${last.message.split('\n')[0]})` : '';
        throw new assert.AssertionError({ message: `waited in vain for ${what}${why}` });
      }
      await pause(25);
    }
  }

  /** A word to the browser itself. */
  devtools(method, params = {}) {
    return this.driver.sendDevToolsCommand(method, params);
  }

  /** Sees the page as someone does whose system is light or dark. */
  colours(scheme) {
    return this.devtools('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  }

  /** As on a phone of this width, for the time of `use`. */
  async narrow(width, use) {
    await this.devtools('Emulation.setDeviceMetricsOverride', { width, height: 844, deviceScaleFactor: 1, mobile: true });
    try {
      return await use();
    } finally {
      await this.devtools('Emulation.clearDeviceMetricsOverride');
    }
  }

  /** As on paper, for the time of `use`. */
  async printed(use) {
    await this.devtools('Emulation.setEmulatedMedia', { media: 'print' });
    try {
      return await use();
    } finally {
      await this.devtools('Emulation.setEmulatedMedia', { media: '' });
    }
  }

  /** What axe finds on the page as it stands, once nothing moves any more. */
  async violations() {
    await this.run(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {}))));
    await this.driver.executeScript(await readFile(axePath, 'utf8'));
    return this.driver.executeAsyncScript((done) => {
      axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) =>
        done(result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`)),
      );
    });
  }

  /** What reaches beyond the right edge, and by how much the page can be scrolled sideways. */
  wide() {
    return this.run(() => {
      const room = document.documentElement.clientWidth;
      const over = Array.from(document.querySelectorAll('body *')).filter((each) => {
        // What lies in a box that scrolls by itself, or is hidden from sight on purpose, may be wider.
        for (let box = each.parentElement; box; box = box.parentElement) {
          if (getComputedStyle(box).overflowX !== 'visible') return false;
        }
        return each.getBoundingClientRect().right > room + 1;
      });
      return { width: room, scroll: document.documentElement.scrollWidth - room, wide: over.map((each) => each.outerHTML.slice(0, 120)) };
    });
  }

  /** Presses these keys, wherever the focus is. */
  press(...keys) {
    return this.driver.actions().sendKeys(...keys).perform();
  }

  /** Presses Tab until an element of this selector has the focus. */
  async tabTo(css) {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await this.run((wanted) => document.activeElement?.matches(wanted) ?? false, css)) return;
      await this.press(Key.TAB);
    }
    assert.fail(`Tab never reached ${css}`);
  }

  /** The cause and the responder shown, or null while there is no verdict. */
  diagnosis() {
    return this.run(() => {
      const verdict = document.querySelector('[data-test="verdict"][data-cause]');
      const responder = document.querySelector('[data-test="responder"][data-responder]');
      if (!verdict?.dataset.cause) return null;
      const shown = { text: verdict.innerText, all: document.querySelector('[data-test="causes"]')?.innerText ?? '' };
      return { cause: verdict.dataset.cause, responder: responder?.dataset.responder ?? null, ...shown };
    });
  }

  /** Waits for a verdict, for this cause where one is named, and for all that follows it a frame later. */
  verdict(cause = undefined) {
    return this.until(async () => {
      const now = await this.diagnosis();
      const all = now && (await this.run(() => !document.querySelector('.result[aria-busy="true"], .rest[aria-busy="true"]')));
      return all && (cause === undefined || now.cause === cause) ? now : null;
    }, `a verdict${cause ? ` of ${cause}` : ''}`);
  }

  /** What stands in the box. */
  boxText() {
    return this.run(() => document.querySelector('[data-test="input"]').value);
  }

  /** Puts a text on the clipboard as another window would, and pastes it into the box, in place of what is there. */
  async paste(text) {
    const { driver } = this;
    const permissions = ['clipboardReadWrite', 'clipboardSanitizedWrite'];
    await this.watch.send('Browser.grantPermissions', { permissions });
    const here = await driver.getWindowHandle();
    await driver.switchTo().newWindow('tab');
    // One of the browser's own pages: the clipboard is open to secure origins only, and this one asks no server for anything.
    await driver.get('chrome://version');
    await driver.sendDevToolsCommand('Emulation.setFocusEmulationEnabled', { enabled: true });
    const refused = await driver.executeAsyncScript((value, done) => {
      navigator.clipboard.writeText(value).then(() => done(''), (error) => done(String(error)));
    }, text);
    assert.equal(refused, '', 'the clipboard takes the text');
    await driver.close();
    await driver.switchTo().window(here);
    await this.find('input').click();
    await driver.actions().keyDown(Key.CONTROL).sendKeys('a', 'v').keyUp(Key.CONTROL).perform();
  }

  /** Types a text into the box, key by key. */
  type(text) {
    // Tabs would move the focus; pasted text may hold them, typed text cannot.
    return this.find('input').sendKeys(text.replaceAll('\t', ' '));
  }

  /** Everything that the document shows or holds: markup, values of fields, title, names for assistive technology. */
  async everything() {
    const shown = await this.run(() => {
      const fields = Array.from(document.querySelectorAll('input, textarea, select'), (field) =>
        field.type === 'file' ? '' : `${field.value}\n${field.defaultValue ?? ''}`,
      );
      return [document.documentElement.outerHTML, document.title, String(getSelection()), ...fields].join('\n');
    });
    const { nodes } = await this.driver.sendAndGetDevToolsCommand('Accessibility.getFullAXTree', {});
    return `${shown}\n${JSON.stringify(nodes)}`;
  }

  /** Every place where a page can keep something, with what is kept there. */
  stored() {
    return this.driver.executeAsyncScript(async (done) => {
      const found = {
        localStorage: { ...localStorage },
        sessionStorage: { ...sessionStorage },
        cookies: document.cookie,
        name: window.name,
        state: history.state,
        databases: (await indexedDB.databases()).map((each) => each.name),
        caches: [],
        workers: (await navigator.serviceWorker.getRegistrations()).map((each) => each.scope),
        files: [],
      };
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        const requests = await cache.keys();
        const contents = await Promise.all(requests.map(async (request) => (await cache.match(request)).text()));
        found.caches.push({ name, addresses: requests.map((request) => request.url), content: contents.join('\n') });
      }
      for await (const name of (await navigator.storage.getDirectory()).keys()) found.files.push(name);
      done(found);
    });
  }

  /** The addresses of all open windows, their histories included. */
  async addresses() {
    const found = [];
    const here = await this.driver.getWindowHandle();
    for (const handle of await this.driver.getAllWindowHandles()) {
      await this.driver.switchTo().window(handle);
      found.push(await this.run(() => location.href));
      const { entries } = await this.driver.sendAndGetDevToolsCommand('Page.getNavigationHistory', {});
      found.push(...entries.map((entry) => entry.url));
    }
    await this.driver.switchTo().window(here);
    return found;
  }
}

/** Fails where one of these texts stands in `where`; the message does not repeat what stands there. */
export function assertAbsent(texts, where, what) {
  const hay = typeof where === 'string' ? where : JSON.stringify(where);
  for (const [index, text] of texts.entries()) {
    assert.ok(!hay.includes(text), `trace ${index} of the key stands in ${what}`);
  }
}
