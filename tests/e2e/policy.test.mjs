// The Content Security Policy, what a first visit loads, and that the built site names no other origin.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { policyOf } from '../../script/server.mjs';
import { reached } from '../../script/size.mjs';
import { SITE, alone } from './lib/page.mjs';
import { makeKey, projectModel } from './lib/samples.mjs';

/** What each directive may hold at most. */
const ALLOWED = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  // Status pages, which are asked on a click only (tools.test.mjs).
  'connect-src': ["'self'", 'https://status.openai.com', 'https://status.claude.com'],
  'img-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
/** What has no default and must be said. */
const NEEDED = ['default-src', 'script-src', 'connect-src', 'base-uri', 'form-action', 'frame-ancestors'];

const index = () => readFile(join(SITE, 'index.html'), 'utf8');

describe('policy', () => {
  test('the policy is as strict as can be', async () => {
    const directives = new Map(
      policyOf(await index())
        .split(';')
        .map((directive) => directive.trim().split(/\s+/))
        .map(([name, ...sources]) => [name, sources]),
    );
    for (const name of NEEDED) assert.ok(directives.has(name), `${name} is missing`);
    for (const [name, sources] of directives) {
      assert.ok(name in ALLOWED, `${name} is not expected`);
      // The hash of one known inline script is as strict as a file.
      const rest = sources.filter((source) => !/^'sha(256|384|512)-[A-Za-z0-9+/=]+'$/.test(source));
      for (const source of rest) assert.ok(ALLOWED[name].includes(source), `${name} ${source}`);
    }
    assert.ok(!directives.get('default-src').includes("'self'"));
  });

  test('the page carries its policy itself, before anything that it governs, and sends no referrer', async () => {
    const html = await index();
    const place = html.search(/http-equiv=["']?content-security-policy/i);
    assert.ok(place > 0);
    assert.ok(place < html.search(/<(script|link|style)\b/i), 'the policy comes first');
    assert.match(html, /<meta[^>]*name=["']?referrer["']?[^>]*no-referrer/i);
  });

  test('there is nothing inline', async () => {
    const html = await index();
    for (const [tag, content] of html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/gi)) {
      assert.equal(content.trim(), '', tag);
    }
    assert.doesNotMatch(html, /<style\b/i);
    assert.doesNotMatch(html, /<[^>]+\s(on[a-z]+|style)\s*=/i);
    // Relative addresses let the page live in a folder of a site.
    assert.doesNotMatch(html, /\s(src|href)=["']?(https?:)?\//i);
  });

  test('a whole visit violates the policy nowhere and leaves the console quiet', async () => {
    await alone(async ({ page, watch }) => {
      await page.load();
      await page.paste(projectModel(makeKey()));
      await page.verdict();
      if (await page.exists('answer')) await page.find('answer').click();
      await page.run(() => window.scrollTo(0, document.body.scrollHeight));
      await page.load('#v9.AAAA');
      await page.until(async () => (await page.texts('notice')).join('').length > 0, 'a sentence about the newer link');
      assert.deepEqual(watch.violations, []);
      assert.deepEqual(watch.complaints, []);
    });
  });

  test('the policy is in force: a script, a style and a request to elsewhere are refused', async () => {
    await alone(async ({ page, driver, site }) => {
      await page.load();
      const refused = await driver.executeAsyncScript(async (done) => {
        const seen = [];
        document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.planted = true';
        document.body.append(script);
        document.body.setAttribute('style', 'color: red');
        await fetch('http://127.0.0.1:9/').catch(() => {});
        new Image().src = 'http://127.0.0.1:9/pixel';
        setTimeout(() => done({ seen: [...new Set(seen)].sort(), planted: window.planted === true }), 200);
      });
      assert.deepEqual(refused, {
        seen: ['connect-src', 'img-src', 'script-src-elem', 'style-src-attr'],
        planted: false,
      });
    });
  });

  test('a first visit loads only what the size budget counts', async () => {
    await alone(async ({ page, driver, site }) => {
      await driver.get(page.url);
      await page.until(() => page.exists('input'), 'the box');
      await page.until(() => site.requests.some((each) => each.url.endsWith('.wasm') && /engine/.test(each.url)), 'the engine');
      const counted = new Set(reached(SITE));
      for (const { url } of site.requests) {
        if (url !== '/') assert.ok(counted.has(decodeURIComponent(url.slice(1))), `${url} is not counted`);
      }
    });
  });
});
