// Starts the page, and the tools where the address names one (`#/guide`). A file of its own, because the page's policy allows
// no inline script. The names of the compiled files change with their content, so they stand as attributes on this script's
// element.
const stopped = () => {
  document.getElementById("stopped").hidden = false;
};

// A crash of the page's own program leaves the box as it is; this only says so.
addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) stopped();
});

const main = document.getElementById("app");
const tools = document.getElementById("tools");
let started = null;

/** Shows what the address names: `#/…` is a tool, everything else is the page's. */
function route() {
  const tool = location.hash.startsWith("#/");
  main.hidden = tool;
  tools.hidden = !tool;
  document.querySelectorAll("details.menu").forEach((menu) => menu.removeAttribute("open"));
  if (tool) started ??= startTools();
}

/** The tools are a program of their own, which a first visit does not load. */
async function startTools() {
  try {
    const style = document.createElement("link");
    Object.assign(style, { rel: "stylesheet", href: new URL("tools.css", document.baseURI), referrerPolicy: "no-referrer" });
    const styled = new Promise((done) => {
      style.onload = style.onerror = done;
    });
    document.head.append(style);
    await styled;
    await why403.program("tools");
  } catch (error) {
    // Going to a tool again tries again.
    started = null;
    document.getElementById("tools-stopped").hidden = false;
    throw error;
  }
}
addEventListener("hashchange", route);

// A menu closes where one expects it to.
const closeMenus = (except) =>
  document.querySelectorAll("details.menu[open]").forEach((menu) => menu !== except && menu.removeAttribute("open"));
addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});

// On paper everything is open.
addEventListener("beforeprint", () => document.querySelectorAll(".result details:not(.qr, .tree)").forEach((each) => (each.open = true)));

route();
const { js, wasm } = document.querySelector("script[data-js]").dataset;
try {
  const [app] = await Promise.all([import(new URL(js, document.baseURI)), ...["page", "causes", "said"].map(why403.load)]);
  await app.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  stopped();
  throw error;
}

// Offline and as an app. A browser that has no service workers, or forbids them, goes without.
try {
  const registration = await navigator.serviceWorker?.register(new URL("sw.js", document.baseURI), { updateViaCache: "none" });
  if (registration) {
    const told = () => {
      if (registration.waiting && navigator.serviceWorker.controller) {
        why403.update = registration.waiting;
        dispatchEvent(new Event("why403:update"));
      }
    };
    told();
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", told));
    // What a first visit did not need follows when the page has been quiet for a while.
    navigator.serviceWorker.ready.then(({ active }) => setTimeout(() => active.postMessage("rest"), 20_000));
  }
} catch {
  // Everything but that works.
}
