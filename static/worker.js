// The throw-away worker that alone sees what was pasted.
//
// page → worker   {module, schemas}                         once; the compiled engine and the published schemas {area: text},
//                                                           where the page has them already
//                 {id, op: "analyze", text | file, options, answers}
//                 {id, op: "open", text: fragment, answers}
//                 {id, op: "tree", text: fragment, answers}  the decision tree of a report's link
//                 {id, op: "keys" | "compare", text, other} for the tools; what comes back is in `report` too
//                 {id, op: "incidents", text | file}
//                 {id, op: "redact", text: [text, …]}       for the tools: the texts without their secrets
//                 {schemas}                                 what was asked for, without what could not be loaded
// worker → page   {ready: true, module, asked, sample}      the page keeps the module for the next worker, and lists what was
//                                                           asked for to load this one; sample is the report of an invented text
//                 {ready: false}                            the engine could not be loaded
//                 {id, report, wanted: [area, …]}           what is known before these schemas are there; the job waits for them
//                 {id, tree}
//                 {id, report, spent} or {id, error, spent} spent: this worker wiped its memory and takes no more jobs
//
// Errors are words from a closed list ("crashed", "not-text", "unreadable", "too-large"): an exception's own message might
// repeat what was pasted.
import init, { add_schema, analyze_with, compare, compare_keys, incidents, open_link, redact, stamped, tree } from "./engine_core.js";

let wasm = null;

/** Compiles the engine, also where the server does not name the file's type rightly. */
async function compile() {
  const response = await fetch(new URL("engine_bg.wasm", import.meta.url));
  if (!response.ok) throw new Error("no engine");
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Takes every way out of this worker away. The document's policy does not reach into a worker, so this does. */
function lock() {
  const ways = ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "WebTransport", "Worker",
    "BroadcastChannel", "RTCPeerConnection", "indexedDB", "caches", "importScripts"];
  for (const way of ways) {
    try {
      Object.defineProperty(self, way, { value: undefined });
    } catch {
      // Not there, or not to be changed: the server's own policy is the other lock.
    }
  }
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** A key that nobody has, so that taking one out is practised too. */
const KEY = `sk-proj-${Array.from({ length: 74 }, (_, i) => LETTERS[(i * 37 + i * i + 11) % LETTERS.length]).join("")}`;

/** A paste of invented parts. Reading it once compiles the engine's code and reads its data before the first real paste. */
const WARM = `$ curl https://api.openai.com/v1/models -H "Authorization: Bearer ${KEY}" -d '{"model":"x"}'
HTTP/2 403
server: cloudflare
content-type: application/json

{"error":{"message":"Project x does not have access to model y","type":"invalid_request_error","code":null}}
2026-01-01T00:00:00Z ERROR openai.PermissionDeniedError: Error code: 403 - {'error': {'message': 'x', 'code': None}}
2026-01-01T00:00:01.123Z INFO [worker-1] retrying request_id=req_0123456789abcdef status=429 url=https://api.openai.com/v1/x
127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "POST /v1/x HTTP/1.1" 403 12
`;

function warm() {
  try {
    return analyze_with(WARM, undefined, undefined);
  } catch {
    wasm = null;
  }
}

/** Reads it again, as long as nothing else is to be read: what runs often a browser compiles once more, and better. */
function practise(times) {
  setTimeout(() => {
    if (!wasm || !times) return;
    warm();
    practise(times - 1);
  });
}

async function start({ module, schemas }) {
  try {
    const compiled = module ?? (await compile());
    wasm = await init({ module_or_path: compiled });
    lock();
    learn(schemas);
    const sample = warm();
    const asked = performance.getEntriesByType("resource").map((entry) => entry.name);
    postMessage({ ready: true, module: compiled, asked, sample });
    practise(2);
  } catch {
    postMessage({ ready: false });
  }
}

/** Takes schemas {area: text}. */
function learn(schemas) {
  for (const [area, text] of Object.entries(schemas ?? {})) add_schema(area, text);
}

let listener = null;

/** The schemas that the page was asked for, once they come. */
function schemas() {
  return new Promise((resolve) => {
    listener = resolve;
  });
}

/** A file's text: UTF-8, or UTF-16 by its byte order mark (what PowerShell's `>` writes). */
async function read(file) {
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw "unreadable";
  }
  const utf16 = { "255,254": "utf-16le", "254,255": "utf-16be" }[`${bytes[0]},${bytes[1]}`];
  let text;
  try {
    text = new TextDecoder(utf16 ?? "utf-8").decode(bytes);
  } catch {
    throw "too-large";
  } finally {
    bytes.fill(0);
  }
  if (text.includes("\0")) throw "not-text";
  return text;
}

/** Overwrites the engine's memory. Afterwards nothing in it may be called. */
function wipe() {
  new Uint8Array(wasm.memory.buffer).fill(0);
  wasm = null;
}

/** What each kind of job gives. */
const OPS = {
  analyze: (input, { options, answers }) => analyze_with(input, options, answers),
  open: (input, { answers }) => open_link(input, answers),
  keys: (input, { other }) => compare_keys(input, other),
  compare: (input, { other }) => compare(input, other),
  incidents: (input) => incidents(input),
  redact: (input) => redact(input),
};

/** A report whose links say when they were made. */
function dated(report) {
  for (const link of ["link", "link_with_text"]) {
    if (report[link]) report[link] = stamped(report[link], Date.now() / 1000) ?? report[link];
  }
  return report;
}

async function work({ id, op, text, file, ...rest }) {
  let reply;
  try {
    if (op === "tree") return postMessage({ id, tree: tree(text, rest.answers) });
    const input = file ? await read(file) : text;
    let report = dated(OPS[op](input, rest));
    if (report.schemas_missing?.length) {
      // What is known is told at once; what the schemas add follows.
      const wanted = report.schemas_missing.splice(0);
      postMessage({ id, report, wanted });
      learn(await schemas());
      report = dated(OPS[op](input, rest));
    }
    reply = { id, report };
  } catch (error) {
    reply = { id, error: typeof error === "string" ? error : "crashed" };
  }
  // What does not say whether there was a secret is taken to have held one.
  reply.spent = !reply.report || reply.report.redactions?.length !== 0;
  if (reply.spent) wipe();
  postMessage(reply);
  if (reply.spent) self.close();
}

self.onmessage = ({ data }) => {
  if ("id" in data) {
    if (wasm) return void work(data);
    // It crashed while it practised: the next one may have more memory.
    postMessage({ id: data.id, error: "crashed", spent: true });
    self.close();
  } else if (listener) {
    listener(data.schemas);
    listener = null;
  } else {
    start(data);
  }
};
