/* @ts-self-types="./engine.d.ts" */
// The engine as other pages import it: the program, with the published schemas that it checks bodies against. The site's own
// worker takes the program alone and asks for a schema when a request needs one.
import load, { add_schema, initSync as loadSync } from "./engine_core.js";
import schemas from "./schemas.js";

export * from "./engine_core.js";

function complete(wasm) {
  for (const [area, text] of Object.entries(schemas)) add_schema(area, text);
  return wasm;
}

/** Loads the engine. Without an argument its program is fetched from beside this file. */
export default async function init(source) {
  return complete(await load(source));
}

/** Loads the engine from bytes or a compiled module, without waiting. */
export function initSync(source) {
  return complete(loadSync(source));
}
