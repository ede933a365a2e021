// Written by tests/native/types.rs from the Rust types.

/** One diagnosis with everything it rests on. */
export interface Report {
  /** Always `SCHEMA`. */
  schema: string;
  /** What was read. */
  input: Input;
  /** The text with every secret replaced; none where it is too large to repeat. */
  redacted: string | null;
  /** What this run took out. */
  redactions: Redaction[];
  /** The requests and responses understood. */
  exchanges: Exchange[];
  /** Who answered. */
  responder: Responder;
  /** Causes, most likely first; probabilities sum to 1 at most. */
  causes: Cause[];
  /** True where the first cause is likely enough to be called a verdict; else the causes are possibilities, and the first question comes before them. */
  settled: boolean;
  /** What the checks noticed. */
  findings: Finding[];
  /** The areas whose published schemas are not at hand (WebAssembly), so that bodies were not checked against them. */
  schemas_missing: string[];
  /** Questions worth answering, best first. */
  questions: Question[];
  /** Fragment that opens this diagnosis, with its `#`. It never holds the request. */
  link: string;
  /** The same with the redacted text inside, for visitors who tick it; none where it would be too long. */
  link_with_text: string | null;
  /** The way from the caller to the provider, with the hop that refused. */
  path: Hop[];
  /** Where Cloudflare answered, by the ray id; none where no ray id with a place stands in the text. */
  location: Place | null;
  /** The facts that the diagnosis rests on, in words. */
  facts: Fact[];
  /** The secrets that stand redacted in `redacted`, also those taken out earlier. */
  placeholders: Placeholder[];
  /** What could not be understood. */
  problems: Problem[];
  /** A sentence about what was opened or read as a whole: a link that is damaged, foreign or newer; several failures in one text. */
  notice: string | null;
  /** Which of `exchanges` the diagnosis is about. */
  subject: number | null;
  /** A command of curl for bash that repeats the refused request, reduced to what matters; none where no request is known. */
  reproduce: string | null;
  /** What the text says for the parameters of fixes, such as the model that was asked for, by name; so that a page in another language can fill in its own words. */
  parameters: Record<string, string>;
  /** When the opened link was made, in seconds since 1970, where it says so. */
  made?: number;
}

/** Something that could not be understood. */
export interface Problem {
  /** One sentence. */
  message: string;
  /** Line in the redacted text, from 1. */
  line: number;
  /** Column in characters, from 1. */
  column: number;
}

/** A redacted stretch in the redacted text. */
export interface Placeholder {
  /** Kind of secret. */
  kind: string;
  /** Fingerprint, where there is one. */
  fingerprint: string | null;
  /** Byte range in the redacted text. */
  span: Span;
}

/** A half-open byte range into the redacted text. */
export interface Span {
  /** Offset of the first byte. */
  start: number;
  /** Offset after the last byte. */
  end: number;
}

/** One fact, in words, and the stretch of redacted text it was read from. */
export interface Fact {
  /** The signal, such as `status=403`. */
  signal: string;
  /** In words. */
  text: string;
  /** Byte range in the redacted text. */
  span: Span | null;
  /** What a link without the text says of it, where that is less: the link holds no names or numbers of the text. */
  shared?: string;
}

/** A place that answered. */
export interface Place {
  /** IATA code of the airport, such as `FRA`. */
  code: string;
  /** The city; empty where the code is not known here. */
  city: string;
  /** The country or territory; empty where the code is not known here. */
  country: string;
  /** Whether the country is on OpenAI's list; none where the code is not known here. */
  listed: boolean | null;
  /** The list's day. */
  as_of: string;
}

/** One stop on the way from the caller to the provider. */
export interface Hop {
  /** `client`, `network`, `gateway`, `edge` or `provider`. */
  id: string;
  /** In words, with the name where it is known. */
  title: string;
  /** `passed`, `refused`, `unreached` or `unknown`. */
  state: string;
}

/** A question whose answer would settle more. */
export interface Question {
  /** Id: the name of its data file. */
  id: string;
  /** The question. */
  text: string;
  /** How to find out. */
  how: string;
  /** What one may answer. */
  answers: QuestionAnswer[];
  /** The id of the answer given, where one was. */
  given: string | null;
}

/** One answer to choose. */
export interface QuestionAnswer {
  /** Id, unique within its question. */
  id: string;
  /** In words. */
  text: string;
}

/** What a check noticed. */
export interface Finding {
  /** Id of the rule. */
  id: string;
  /** `error`, `warning` or `hint`. */
  severity: Severity;
  /** One sentence with the actual values. */
  message: string;
  /** Where. */
  where: Where;
  /** Why it matters. */
  why: string;
  /** How to mend it. */
  fix: string;
  /** Where the rule comes from. */
  source: string;
  /** The edit of the redacted text that mends it, where that can be done mechanically. */
  mended: Mended | null;
}

/** An edit that mends a finding. */
export interface Mended {
  /** Byte range in the redacted text that is replaced; empty where something is put in. */
  span: Span;
  /** What takes its place; empty where it goes. */
  text: string;
  /** The edit in words. */
  sentence: string;
}

/** Where a finding stands. Line and column count from 1 in the redacted text. */
export interface Where {
  /** The part of the exchange. */
  part: Part;
  /** Name of the header or query parameter. */
  name: string | null;
  /** JSON Pointer (RFC 6901) into the body. */
  pointer: string | null;
  /** Line, from 1. */
  line: number | null;
  /** Column in characters, from 1. */
  column: number | null;
  /** Byte range in the redacted text. */
  span: Span | null;
}

/** Which part of an exchange a finding is about. */
export type Part = "method" | "url" | "header" | "body" | "key" | "response";

/** How much a finding matters. */
export type Severity = "hint" | "warning" | "error";

/** One possible cause. */
export interface Cause {
  /** Id: the name of its data file. */
  id: string;
  /** What is the matter, in one line. */
  title: string;
  /** What it means, in two sentences. */
  meaning: string;
  /** From 0 to 1. */
  probability: number;
  /** The probability in words. */
  likelihood: string;
  /** Evidence for it. */
  because: string[];
  /** Evidence against it. */
  against: string[];
  /** What to do, best first. */
  fixes: Fix[];
  /** Whether and when a retry can help. */
  retry: string;
  /** What to tell support. */
  support: string;
  /** What is commonly said about it and what the provider documents, where the two differ. */
  myth: string | null;
  /** Where this is documented. */
  sources: string[];
}

/** Something to do about a cause. */
export interface Fix {
  /** Id, unique within its cause. */
  id: string;
  /** What to do, in one line. */
  title: string;
  /** `minutes`, `hours` or `administrator`. */
  effort: string;
  /** How, where one line is not enough. */
  detail: string | null;
  /** A command to copy. */
  command: string | null;
  /** The provider's page to go to. */
  page: string | null;
}

/** Who answered. */
export interface Responder {
  /** Id as in `responders`. */
  id: string;
  /** In words. */
  title: string;
  /** From 0 to 1. */
  confidence: number;
  /** The evidence, one sentence each. */
  because: string[];
}

/** A request and its response. */
export interface Exchange {
  /** The request. */
  request: Request | null;
  /** The response. */
  response: Response | null;
}

/** A response, as far as it is shown. */
export interface Response {
  /** Status code. */
  status: number | null;
  /** Field lines: name, value. */
  headers: [string, string][];
  /** Content as text. */
  body: string | null;
}

/** A request as it would go on the wire. */
export interface Request {
  /** Method. */
  method: string;
  /** URL. */
  url: string;
  /** Field lines: name, value. */
  headers: [string, string][];
  /** Content as text. */
  body: string | null;
}

/** One secret that was taken out. `line` and `column` count from 1 in the text as pasted. */
export interface Redaction {
  /** Kind of secret, such as `openai-project-key`. */
  kind: string;
  /** The fingerprint, or none where the secret is too guessable to hash. */
  fingerprint: string | null;
  /** Line in the text as pasted, from 1. */
  line: number;
  /** Column in the text as pasted, in characters, from 1. */
  column: number;
}

/** What was read. */
export interface Input {
  /** What kind of text. */
  kind: InputKind;
  /** Its length in bytes. */
  bytes: number;
}

/** What kind of text a paste is. Besides being told to people, it decides how offered edits are written (`is_literal_at` in `src/check/context.rs`, `mend_with_field` in `src/check/mod.rs`): look there when a new format takes one of these. */
export type InputKind = "curl" | "powershell" | "fetch" | "http" | "har" | "log" | "traceback" | "json" | "html" | "text" | "link";

/** What the visitor may have taken out besides secrets. */
export interface RedactOptions {
  /** Internet addresses (IPv4 and IPv6). */
  addresses?: boolean;
  /** Organization and project ids (`org-…`, `proj_…`). */
  accounts?: boolean;
  /** Put the last four characters of a key into its fingerprint, as the provider's dashboard shows them. */
  last_four?: boolean;
  /** The caller's time in whole seconds since 1970, for the checks: the library has no clock. */
  now?: number | null;
}

/** What the visitor said to a question. */
export interface Answer {
  /** Id of the question. */
  question: string;
  /** Id of the answer. */
  answer: string;
}

/** One node. A node stands behind its parent in the list; the first is the root. */
export interface Node {
  /** The path of ids from below the root: `edge/place/edge-ip-block`; `root` for the root itself. */
  id: string;
  /** The parent's place in the list; none for the root. */
  parent: number | null;
  /** `question` (the root), `group`, `family` or `cause`. */
  kind: string;
  /** What the branch is called. */
  label: string;
  /** The question that its children answer; none for a cause. */
  question: string | null;
  /** The share of all weight that arrives here, from 0 to 1. */
  share: number;
  /** `yes` where the facts take this branch (or speak for this cause), `no` where they leave it, else `unknown`. */
  state: string;
  /** The fact that decided the state, as a sentence. */
  because: string | null;
}

/** What a text holds. */
export interface Incidents {
  /** What kind of text it is. */
  kind: InputKind;
  /** Calls in it. */
  calls: number;
  /** Those that were answered with 400 or more. */
  failed: number;
  /** Entries of an archive that got no answer: blocked, cancelled, or no connection. */
  unanswered: number;
  /** Failures whose time is not known. */
  untimed: number;
  /** The first failure's time, in seconds since 1970. */
  from: number | null;
  /** The last failure's time. */
  to: number | null;
  /** The failures by cause, the most frequent first. */
  groups: Group[];
}

/** The failures of one cause. */
export interface Group {
  /** The cause's id; `unknown` where none is likely, `other` for what was not looked at. */
  cause: string;
  /** The cause in words; empty for `unknown` and `other`. */
  title: string;
  /** What to do first; empty where nothing is advised. */
  fix: string;
  /** Its id among the cause's fixes. */
  fix_id: string;
  /** Who answered. */
  responder: string;
  /** Its id. */
  responder_id: string;
  /** How many. */
  count: number;
  /** The statuses, in order of their first appearance. */
  statuses: number[];
  /** Some of the calls: method, host and path. */
  calls: string[];
  /** Some of the messages. */
  messages: string[];
  /** The first one's time. */
  first: number | null;
  /** The last one's time. */
  last: number | null;
  /** How many fall into each column of the time line. */
  columns: number[];
}

/** What comes of a comparison. */
export interface Comparison {
  /** The request that works. */
  works: ComparedSide;
  /** The request that fails. */
  fails: ComparedSide;
  /** The differences, the likeliest explanation first. */
  differences: Difference[];
  /** The areas whose published schemas are not at hand, as in a report. */
  schemas_missing: string[];
  /** The status that the weights are for. */
  status: number;
}

/** One difference. */
export interface Difference {
  /** What differs: `scheme`, `host`, `port`, `path`, `method`, `key`, `key-kind`, `query`, `header`, `body`, `body-form`, `finding`. */
  part: string;
  /** The header's or parameter's name, or the JSON Pointer; empty where the part says it all. */
  name: string;
  /** What the working request has; none where it has nothing there. */
  works: string | null;
  /** What the failing request has. */
  fails: string | null;
  /** How likely this explains the failure, from 0 to 100. */
  weight: number;
  /** Why, in a sentence. */
  because: string;
}

/** One of the two requests. */
export interface ComparedSide {
  /** The text with secrets replaced; none where it may not be shown. */
  redacted: string | null;
  /** True where something was taken out. */
  secrets: boolean;
  /** Method and URL; none where no request was recognised. */
  request: string | null;
  /** The status of its answer, where the text shows one. */
  status: number | null;
}

/** What comes of it. */
export interface Keys {
  /** The one. */
  one: KeySide;
  /** The other. */
  other: KeySide;
  /** Whether both are the same key; none where that cannot be told. */
  same: boolean | null;
  /** What differs: `kind`, `chars`, `hash`, `flags`, `last_four`. */
  differs: string[];
}

/** One of the two. */
export interface KeySide {
  /** Kind of key; empty where nothing tells. */
  kind: string;
  /** The fingerprint; none where there is none. */
  text: string | null;
  /** Its number of characters. */
  chars: number | null;
  /** Its hash. */
  hash: string | null;
  /** The letters of what is odd about it. */
  flags: string;
  /** Its last four characters. */
  last_four: string | null;
  /** True where a key itself was given, which must leave the box. */
  key: boolean;
}
