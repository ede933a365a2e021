// Starts the page. A file of its own, because the page's policy allows no inline script. The names of the compiled files
// change with their content, so they stand as attributes on this script's element.
const stopped = () => {
  document.getElementById("stopped").hidden = false;
};

// A crash of the page's own program leaves the box as it is; this only says so.
addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) stopped();
});

// The tools live at `#/name`. Their program and style are loaded when somebody first goes there, so that a first visit does
// not pay for them.
const tools = document.getElementById("tools");
let loading = null;
function route() {
  const there = location.hash.startsWith("#/");
  tools.hidden = !there;
  document.getElementById("app").hidden = there;
  if (there) loading ??= load().catch(stopped);
}
async function load() {
  const style = document.createElement("link");
  const styled = new Promise((done) => {
    style.onload = style.onerror = done;
  });
  Object.assign(style, { rel: "stylesheet", href: new URL("tools.css", document.baseURI).href, referrerPolicy: "no-referrer" });
  document.head.append(style);
  const program = await import(new URL("tools.js", document.baseURI));
  await styled;
  await program.default();
}
addEventListener("hashchange", route);
route();

const { js, wasm } = document.querySelector("script[data-js]").dataset;
try {
  const app = await import(new URL(js, document.baseURI));
  await app.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  stopped();
  throw error;
}
