// One headless Chromium with an empty profile, driven through WebDriver, and watched.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chrome, selenium } from './packages.mjs';
import { Watch } from './watch.mjs';

const QUIET = ['--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run', '--no-default-browser-check'];
// Without these the browser itself calls home, and its calls would be mixed up with the page's.
const OFFLINE = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-domain-reliability'];

/** Starts a browser; `width` and `height` are the window's. */
export async function open({ width = 1280, height = 900 } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'why403-profile-'));
  const options = new chrome.Options();
  options.addArguments('--headless=new', ...QUIET, ...OFFLINE, `--user-data-dir=${profile}`);
  options.addArguments(`--window-size=${width},${height}`, 'about:blank');
  if (process.getuid?.() === 0) options.addArguments('--no-sandbox');
  if (process.env.CHROME) options.setChromeBinaryPath(process.env.CHROME);
  const service = new chrome.ServiceBuilder(process.env.CHROMEDRIVER || undefined);
  const driver = await new selenium.Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(service)
    .build();
  await driver.manage().setTimeouts({ implicit: 0, pageLoad: 30_000, script: 30_000 });
  const capabilities = await driver.getCapabilities();
  const watch = await Watch.connect(capabilities.get('goog:chromeOptions').debuggerAddress);
  /** Ends the browser and leaves its profile's folder to be looked into. */
  const quit = async () => {
    watch.close();
    await driver.quit();
  };
  const close = async () => {
    await quit();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { driver, watch, profile, quit, close };
}
