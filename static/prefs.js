// Colours and language, before anything is drawn: both by the browser's preference, or as chosen here earlier. A script of
// its own that runs at once, so that no wrong colour flashes up. Nothing but the two choices is ever stored.
//
// window.why403 = {
//   report            the latest report, for tools; no raw text stands in it
//   words             bundle → its table in the chosen language; "" for the built-in English
//   load(bundle)      fetches a bundle's table, once for each language
//   language(code)    changes the language and says so by the event "why403:language"
//   theme(name)       "light", "dark" or "" for the system's
// }
(() => {
  const root = document.documentElement;
  const languages = document.currentScript.dataset.languages.split(" ").filter(Boolean);
  const base = new URL("./", document.currentScript.src);
  const bundles = new Map();

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
  };

  /** A language's words; null where they do not come: then everything is said in English. */
  async function table(key) {
    try {
      const response = await fetch(new URL(`locales/${key}.txt`, base), { referrerPolicy: "no-referrer" });
      return response.ok ? await response.text() : null;
    } catch {
      return null;
    }
  }

  function dress(name) {
    if (name === "light" || name === "dark") root.dataset.theme = name;
    else delete root.dataset.theme;
  }

  dress(stored("why403:theme"));
  const wishes = [stored("why403:language"), ...(navigator.languages ?? [])].filter(Boolean);
  root.lang = wishes.map(match).find(Boolean) ?? "en";
  window.why403 = why403;
})();
