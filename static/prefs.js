// Colours and language, before anything is drawn: both by the browser's preference, or as chosen here earlier. A script of
// its own that runs at once, so that no wrong colour flashes up. Nothing but the two choices is ever stored.
//
// window.why403 = {
//   report            the latest report, for tools; no raw text stands in it
//   words             bundle → its table in the chosen language; "" for the built-in English. Of "said" a function: said.js
//   load(bundle)      fetches a bundle's table, once for each language
//   language(code)    changes the language and says so by the event "why403:language"
//   theme(name)       "light", "dark" or "" for the system's
//   program(name)     loads a program that a first visit does not need, once
//   sample(name,then) fetches an example and calls back with its text, or with null
//   update            a newer version that waits, as the event "why403:update" says; renew(fragment) changes to it
//   painted(then)     calls back once the next frame is painted
//   idle(then)        calls back when there is nothing else to do
//   practise(drawn)   lays a copy of this out for a moment, where nobody sees it
//   requests()        the addresses of all requests made so far; each new one fires "why403:request"
// }
(() => {
  const root = document.documentElement;
  const languages = document.currentScript.dataset.languages.split(" ").filter(Boolean);
  const base = new URL("./", document.currentScript.src);
  const bundles = new Map();
  const programs = new Map();

  /** Storage may be switched off: then a choice lasts as long as the page. */
  const stored = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key) ?? "";
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // Nothing depends on it.
    }
    return "";
  };

  const family = (code) => code.toLowerCase().split("-")[0];
  /** The language that is here for this wish: itself, or one of its family. */
  const match = (wish) =>
    languages.find((code) => code.toLowerCase() === wish.toLowerCase()) ?? languages.find((code) => family(code) === family(wish));

  const why403 = {
    report: null,
    words: {},

    async load(bundle) {
      const language = root.lang;
      const key = `${language}/${bundle}`;
      if (!bundles.has(key)) bundles.set(key, language === "en" ? Promise.resolve("") : table(key));
      const text = await bundles.get(key);
      if (text === null) bundles.delete(key);
      if (language === root.lang) why403.words[bundle] = text ?? "";
    },

    async language(code) {
      stored("why403:language", code);
      root.lang = match(code) ?? "en";
      await Promise.all(Object.keys(why403.words).map(why403.load));
      dispatchEvent(new Event("why403:language"));
    },

    theme(name) {
      stored("why403:theme", name);
      dress(name);
    },

    program(name) {
      if (!programs.has(name)) programs.set(name, start(name));
      return programs.get(name);
    },

    sample(name, then) {
      const text = fetch(new URL(`samples/${name}.txt`, base), { referrerPolicy: "no-referrer" });
      text.then((response) => (response.ok ? response.text() : null)).then(then, () => then(null));
    },

    requests() {
      const own = performance.getEntriesByType("resource").map((entry) => entry.name);
      return [...new Set([location.href.split("#")[0], ...own, ...why403.asked])];
    },

    /** Calls back when what stands in the document now is on the screen; at once in a window that nobody sees. */
    painted(then) {
      // The first frame is the one that is about to be painted.
      if (document.hidden) then();
      else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then)));
    },

    /** Calls back when there is nothing else to do. */
    idle(then) {
      if (window.requestIdleCallback) requestIdleCallback(() => then(), { timeout: 2000 });
      else setTimeout(then, 200);
    },

    practise(drawn) {
      const copy = drawn.cloneNode(true);
      // No verdict is there yet, for nobody that looks for one.
      for (const each of copy.querySelectorAll("*")) for (const name of ["id", "data-test"]) each.removeAttribute(name);
      copy.className = "practice";
      copy.inert = true;
      document.body.append(copy);
      why403.painted(() => copy.remove());
    },

    /** Changes to the version that waits. The fragment may hold the redacted text, so that it is there again. */
    renew(fragment) {
      navigator.serviceWorker.addEventListener("controllerchange", () => {
        if (fragment) history.replaceState(null, "", fragment);
        location.reload();
      });
      why403.update.postMessage("take over");
    },

    // What the first worker asked for: the page's own record does not know of it.
    asked: [],
  };

  async function start(name) {
    try {
      const [program] = await Promise.all([import(new URL(`${name}.js`, base)), why403.load(name)]);
      await program.default();
      return program;
    } catch (error) {
      // The next time it is tried again.
      programs.delete(name);
      throw error;
    }
  }

  /** A language's words; null where they do not come: then everything is said in English. */
  async function table(key) {
    let text;
    try {
      const response = await fetch(new URL(`locales/${key}.txt`, base), { referrerPolicy: "no-referrer" });
      if (!response.ok) return null;
      text = await response.text();
    } catch {
      return null;
    }
    if (!key.endsWith("/said")) return text;
    return import(new URL("said.js", base)).then(({ speaker }) => speaker(text), () => null);
  }

  function dress(name) {
    if (name === "light" || name === "dark") root.dataset.theme = name;
    else delete root.dataset.theme;
  }

  dress(stored("why403:theme"));
  const wishes = [stored("why403:language"), ...(navigator.languages ?? [])].filter(Boolean);
  root.lang = wishes.map(match).find(Boolean) ?? "en";
  window.why403 = why403;
  new PerformanceObserver(() => dispatchEvent(new Event("why403:request"))).observe({ type: "resource" });
})();
