// How it looks and handles: narrow screens, light and dark, the keyboard alone, assistive technology.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { selenium } from './lib/packages.mjs';
import { shared } from './lib/page.mjs';
import { bare403, makeKey, projectModel, typed } from './lib/samples.mjs';

const { Key } = selenium;

describe('layout', () => {
  const session = shared();
  const { page } = session;

  /** The states that are looked at, each by what leads to it. */
  const STATES = {
    start: async () => {},
    verdict: async () => {
      await page.paste(projectModel(makeKey()));
      await page.verdict();
    },
    'question and findings': async () => {
      await page.type(typed(makeKey()));
      await page.verdict();
    },
    'menus and panels open': async () => {
      await page.run(() => document.querySelectorAll('.menu, .leaves, .options').forEach((each) => (each.open = true)));
    },
    'a link that was opened': async () => {
      await page.paste(projectModel(makeKey()));
      await page.verdict();
      const [link] = await page.attributes('share-link', 'href');
      await page.load(new URL(link).hash);
      await page.verdict();
    },
    'a damaged link': async () => {
      await page.load('#v1.AAAA');
      await page.until(async () => (await page.texts('notice')).join('').length > 10, 'a sentence');
    },
    'a failure': async () => {
      await page.run(() => {
        const input = document.querySelector('[data-test="file"]');
        const data = new DataTransfer();
        data.items.add(new File(['\0\0\0'], 'picture.bin'));
        input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await page.until(() => page.exists('error'), 'a sentence');
    },
    'a newer version': async () => {
      await page.run(() => {
        why403.update = { postMessage() {} };
        dispatchEvent(new Event('why403:update'));
      });
      await page.until(() => page.exists('update'), 'the notice');
    },
    'questions alone': async () => {
      await page.find('ask').click();
      await page.verdict();
    },
    'Chinese': async () => {
      await page.run(() => why403.language('zh-CN'));
      await page.paste(projectModel(makeKey()));
      await page.verdict();
      await page.run(() => localStorage.clear());
    },
    'the share dialog': async () => {
      await page.paste(projectModel(makeKey()));
      await page.verdict();
      await page.share();
      await page.run(() => document.querySelector('[data-test="qr"] summary').click());
      await page.until(() => page.run(() => document.querySelector('[data-test="qr"] path')), 'the code');
    },
    'uncertain verdict': async () => {
      await page.paste(bare403(makeKey()));
      await page.verdict();
      await page.run(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
    },
  };

  for (const [state, reach] of Object.entries(STATES)) {
    for (const colours of ['light', 'dark']) {
      test(`${state}, ${colours}: axe finds nothing`, async () => {
        await page.colours(colours);
        await page.load();
        await reach();
        assert.deepEqual(await page.violations(), []);
      });
    }

    for (const width of [390, 320]) {
      test(`${state} at ${width} px: nothing scrolls sideways`, async () => {
        await page.narrow(width, async () => {
          await page.load();
          await reach();
          assert.deepEqual(await page.wide(), { width, scroll: 0, wide: [] });
        });
      });
    }
  }

  test('on a phone the head takes one row, in each language', async () => {
    for (const language of ['en', 'zh-CN']) {
      for (const width of [390, 375, 360]) {
        await page.narrow(width, async () => {
          await page.load();
          await page.run((code) => why403.language(code), language);
          const middles = await page.run(() =>
            Array.from(document.querySelectorAll('.top > :is(.name, nav, select)'), (e) => {
              const { top, bottom } = e.getBoundingClientRect();
              return Math.round((top + bottom) / 2);
            }),
          );
          assert.ok(Math.max(...middles) - Math.min(...middles) < 8, `${language} at ${width}: ${middles}`);
        });
      }
    }
    await page.run(() => localStorage.clear());
  });

  test('text of twice the size: nothing scrolls sideways, nothing is cut', async () => {
    await page.load();
    await page.run(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await page.paste(projectModel(makeKey()));
    await page.verdict();
    const { scroll, wide } = await page.wide();
    assert.deepEqual([scroll, wide], [0, []]);
  });

  test('nothing moves for who asked for no motion', async () => {
    const moving = () =>
      page.run(() =>
        Array.from(document.querySelectorAll('*')).filter((each) => {
          const style = getComputedStyle(each);
          return style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => time !== '0s');
        }).length,
      );
    await page.load();
    await page.paste(projectModel(makeKey()));
    await page.verdict();
    assert.ok((await moving()) > 0, 'something moves otherwise');
    await page.devtools('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] });
    try {
      await page.run(() => document.querySelector('.drop').classList.add('busy'));
      assert.equal(await moving(), 0);
    } finally {
      await page.devtools('Emulation.setEmulatedMedia', { features: [] });
    }
  });

  test('light and dark differ, and the text stands out in both', async () => {
    const colours = {};
    for (const value of ['light', 'dark']) {
      await page.colours(value);
      await page.load();
      colours[value] = await page.run(() => {
        const style = getComputedStyle(document.body);
        const ground = style.backgroundColor === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.documentElement) : style;
        return { ground: ground.backgroundColor, text: style.color };
      });
    }
    assert.notEqual(colours.light.ground, colours.dark.ground);
    assert.ok(contrast(colours.light.ground, colours.light.text) >= 4.5);
    assert.ok(contrast(colours.dark.ground, colours.dark.text) >= 4.5);
  });

  test('the keyboard alone leads through: box, verdict, answer, link', async () => {
    await page.colours('light');
    await page.load();
    await page.run(() => document.activeElement?.blur());
    await page.tabTo(page.selector('input'));
    await page.press('HTTP/1.1 403 Forbidden');
    const before = await page.verdict();
    await page.until(() => page.exists('answer'), 'a question');
    await page.tabTo(page.selector('answer'));
    await page.press(Key.SPACE);
    await page.until(async () => {
      const now = await page.diagnosis();
      return now && (now.text !== before.text || now.all !== before.all);
    }, 'another ranking after the answer');
    await page.tabTo(page.selector('share-link'));
  });

  test('the focus can always be seen', async () => {
    await page.load();
    await page.paste(projectModel(makeKey()));
    await page.verdict();
    const unseen = [];
    for (let presses = 0; presses < 25; presses += 1) {
      await page.press(Key.TAB);
      const place = await page.run(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const around = [element, element.parentElement, element.labels?.[0]].filter(Boolean);
        const marked = around.some((each) => {
          const style = getComputedStyle(each);
          return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
        });
        return { marked, what: element.outerHTML.slice(0, 100) };
      });
      if (place && !place.marked) unseen.push(place.what);
    }
    assert.deepEqual(unseen, []);
  });
});

/** Contrast of two `rgb(…)` colours as WCAG 2 reckons it. */
function contrast(one, other) {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
