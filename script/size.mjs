// What a first visit transfers, as brotli at quality 11: every file that index.html reaches, by name, through the files it
// reaches. Prints a table and ends with 1 where the sum is over the budget.
//   node script/size.mjs FOLDER [BUDGET_KB]
//   node script/size.mjs --figures FOLDER      lines "NAME VALUE UNIT" instead of the table, no budget

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** One KB is 1,000 bytes, as transfer sizes are usually told. */
const KB = 1000;

/** What is named but loaded later, when it is asked for: the schemas, the engine as others import it, the tools, the tree, the words of other languages, the icons of an installed app. Trunk's own scraps, too. */
const LATER = /^((tools|extras|said)[._]|schemas[/.]|engine\.js|locales\/|icon-|apple-|\.stage\/)/;
/** The tools' own files. */
const TOOLS = /^tools[._]/;

/** The files that a first visit loads, in the order in which they are found. An upper bound: a name that stands in a file counts. */
export function reached(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    // Type declarations are for people who import the engine.
    .filter((name) => !name.endsWith('.d.ts') && !LATER.test(name));
  const found = ['index.html'];
  for (const name of found) {
    // The service worker names all files, and takes those of a first visit from the browser's cache.
    if (name === 'sw.js') continue;
    // Programs name files too: the page's WebAssembly starts the worker's script.
    if (!/\.(html|js|mjs|css|json|wasm|webmanifest)$/.test(name)) continue;
    const text = readFileSync(join(folder, name), 'latin1');
    found.push(...all.filter((other) => !found.includes(other) && text.includes(other.split('/').pop())));
  }
  return found;
}

/** Sizes of these files: as they are, and compressed. */
export function sizes(folder, names) {
  return names.map((name) => {
    const content = readFileSync(join(folder, name));
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    return { name, bytes: content.length, brotli: brotliCompressSync(content, { params }).length };
  });
}

/** What going to a tool for the first time transfers beside that. */
export function tools(folder) {
  return sizes(folder, readdirSync(folder).filter((name) => TOOLS.test(name)));
}

/** The figures for script/bench. */
function figures(table, total) {
  const programs = table.filter((row) => row.name.endsWith('.wasm'));
  const lines = programs.map((row) => [row.name.startsWith('engine') ? 'engine_wasm' : 'page_wasm', row]);
  for (const [name, row] of [...lines, ['first_visit', total]]) {
    console.log(`${name}_brotli ${(row.brotli / KB).toFixed(1)} KB`);
    console.log(`${name}_plain ${(row.bytes / KB).toFixed(1)} KB`);
  }
}

function main(args) {
  const wanted = args.filter((each) => each !== '--figures');
  const [folder = 'dist', budget = '250'] = wanted;
  const table = sizes(folder, reached(folder));
  const total = table.reduce((sum, row) => ({ bytes: sum.bytes + row.bytes, brotli: sum.brotli + row.brotli }), {
    bytes: 0,
    brotli: 0,
  });
  const extra = tools(folder);
  if (wanted.length < args.length) {
    figures(table, total);
    const brotli = extra.reduce((sum, row) => sum + row.brotli, 0);
    console.log(`tools_brotli ${(brotli / KB).toFixed(1)} KB`);
    return 0;
  }
  const kb = (bytes) => (bytes / KB).toFixed(1).padStart(9);
  console.log(`${'KB'.padStart(9)}${'brotli'.padStart(9)}  file`);
  for (const row of [...extra, ...table, { name: 'first visit, all of it (without tools)', ...total }]) {
    console.log(`${kb(row.bytes)}${kb(row.brotli)}  ${row.name}`);
  }
  if (total.brotli > Number(budget) * KB) {
    console.log(`The first visit transfers ${(total.brotli / KB).toFixed(1)} KB; the budget is ${budget} KB.`);
    return 1;
  }
  return 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv.slice(2));
}
