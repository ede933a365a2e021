// Sentences of reports that have no id of their own (reasons, findings, remarks) in another language than English: loaded with
// that language's table, `locales/LANGUAGE/said.txt`. They are found by their own words and how many values are among them:
// "The path holds /v1 twice." is `said-the-path-holds-twice-1`, and "/v1" its value `a`. Values are what stands in backticks or
// quotation marks, and words with a digit or a full stop in them; so one message serves whatever was read. src/words/said.rs
// does the same for the tests of the message files.

const AROUND = "(),.;:?!”";

/** A word without the marks around it. */
function bare(word) {
  let [from, to] = [0, word.length];
  while (from < to && AROUND.includes(word[from])) from += 1;
  while (to > from && AROUND.includes(word[to - 1])) to -= 1;
  return word.slice(from, to);
}

/** The id of a sentence's translation, and its values in their order. */
function key(sentence) {
  const values = [];
  let id = "said";
  for (const [part, code, quoted] of sentence.matchAll(/`([^`]*)`|“([^”]*)”|\S(?:(?![\s`“])[^])*/g)) {
    const word = bare(part);
    if (code !== undefined || quoted !== undefined) values.push(code ?? quoted);
    else if (/[0-9.]/.test(word)) values.push(word);
    else for (const letters of part.match(/[a-z]+/gi) ?? []) id += `-${letters.toLowerCase()}`;
  }
  return [values.length ? `${id}-${values.length}` : id, values];
}

/** What says a sentence in the language of this table; undefined where the table does not hold it. */
export function speaker(table) {
  const messages = new Map(table.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const filled = (id, given) => messages.get(id)?.replace(/\x01([a-z]+)\x02/g, (_, name) => given[name] ?? "");
  /** `rule` names a check whose finding it is; or, with `-why` or `-fix`, its advice. */
  return (sentence, rule) => {
    const [id, values] = key(sentence);
    const said = filled(id, Object.fromEntries(values.map((value, i) => ["abcdef"[i], value])));
    const title = rule && messages.get(`finding-${rule}`);
    if (said !== undefined || !title) return said;
    // What is wrong by the rule, and what the sentence names.
    const named = /-(why|fix)$/.test(rule) ? [] : values.map((value) => `\`${value}\``);
    return named.length ? filled("finding-values", { title, values: named.join(" ") }) : title;
  };
}
