// Starts the page. A file of its own, because the page's policy allows no inline script. The names of the compiled files
// change with their content, so they stand as attributes on this script's element.
const stopped = () => {
  document.getElementById("stopped").hidden = false;
};

// A crash of the page's own program leaves the box as it is; this only says so.
addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) stopped();
});

const { js, wasm } = document.querySelector("script[data-js]").dataset;
try {
  const app = await import(new URL(js, document.baseURI));
  await app.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  stopped();
  throw error;
}
