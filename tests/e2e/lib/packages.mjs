// The npm packages that script/setup installed outside the repository: an import by name does not look there.

import { createRequire } from 'node:module';
import { join } from 'node:path';

if (!process.env.WHY403_NPM) throw new Error('run this through script/test or script/bench, or source script/env first');

const require = createRequire(join(process.env.WHY403_NPM, 'package.json'));

export const selenium = require('selenium-webdriver');
export const chrome = require('selenium-webdriver/chrome.js');
export const { WebSocket } = require('ws');
/** Path of axe-core's script, to be run in a page. */
export const axePath = require.resolve('axe-core/axe.min.js');
