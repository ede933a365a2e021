// A static server for the built site, on the loopback address only. No dependency.
//   node script/server.mjs FOLDER [PORT]      prints the address when it answers; port 0 takes a free one
// As a module: `const site = await serve(folder, port)` gives { url, requests, close }.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** The policy of the page's own meta element, and what only a header can say. The page stays the one place for it. */
export function policyOf(html) {
  const meta = html.match(/<meta[^>]*http-equiv=["']?content-security-policy["']?[^>]*>/i)?.[0] ?? '';
  const policy = meta.match(/content="([^"]*)"/i)?.[1] ?? "default-src 'self'";
  return `${policy.replaceAll('&#39;', "'").replace(/[;\s]+$/, '')}; frame-ancestors 'none'`;
}

/** The file that a request's target names, or null where it names none inside the folder. */
export function fileFor(folder, target) {
  let path;
  try {
    path = decodeURIComponent(target.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (!path.startsWith('/') || path.includes('\0') || path.includes('\\')) return null;
  const root = resolve(folder);
  const file = resolve(join(root, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(root + sep) ? file : null;
}

/** What was compressed already, by file and time of change: as any host would do it, so that measurements mean something. */
const compressed = new Map();
function brotli(file, changed, body) {
  const known = compressed.get(file);
  if (known?.changed === changed) return known.body;
  const small = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  compressed.set(file, { changed, body: small });
  return small;
}

async function answer(folder, request) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { Allow: 'GET, HEAD' }, body: 'Only GET and HEAD are answered here.\n' };
  }
  const file = fileFor(folder, request.url);
  try {
    const found = file && (await stat(file));
    if (found?.isFile()) {
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const headers = { 'Content-Type': type };
      // Some browsers ask for the icon again whenever the fragment changes: kept, it needs no request.
      if (file.endsWith('favicon.svg')) headers['Cache-Control'] = 'max-age=86400';
      const body = await readFile(file);
      headers.Vary = 'Accept-Encoding';
      if (type.startsWith('image/png') || !/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) return { status: 200, headers, body };
      headers['Content-Encoding'] = 'br';
      return { status: 200, headers, body: brotli(file, found.mtimeMs, body) };
    }
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  }
  return { status: 404, headers: {}, body: 'There is no such file here.\n' };
}

/** Serves a folder on 127.0.0.1. */
export async function serve(folder, port = 0) {
  const index = await readFile(join(folder, 'index.html'), 'utf8');
  const common = {
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': policyOf(index),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
  // What was asked for, so that tests can see it from the other side too.
  const requests = [];
  const server = createServer(async (request, response) => {
    requests.push({ method: request.method, url: request.url, headers: request.headers });
    let { status, headers, body } = { status: 500, headers: {}, body: 'The server failed.\n' };
    try {
      ({ status, headers, body } = await answer(folder, request));
    } catch (error) {
      console.error(`${request.url}: ${error.message}`);
    }
    const type = { 'Content-Type': 'text/plain; charset=utf-8' };
    const length = { 'Content-Length': Buffer.byteLength(body) };
    response.writeHead(status, { ...type, ...common, ...length, ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const close = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, requests, close };
}

async function main([folder, port = '8403']) {
  if (!folder || !/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    console.error('usage: node script/server.mjs FOLDER [PORT]   (PORT from 0 to 65535)');
    return 2;
  }
  try {
    const site = await serve(folder, Number(port));
    console.log(site.url);
    await new Promise((stop) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, stop)));
    await site.close();
    return 0;
  } catch (error) {
    const sentence = {
      EADDRINUSE: `Port ${port} is taken: stop the program that uses it, or choose another with PORT=8404 script/serve.`,
      EACCES: `Port ${port} may not be opened by this user: choose one above 1023, such as PORT=8404 script/serve.`,
      ENOENT: `There is no built site in ${folder}: run script/build first.`,
    }[error.code];
    console.error(sentence ?? error.message);
    return 1;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
