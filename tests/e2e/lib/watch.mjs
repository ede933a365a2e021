// A second line to the browser beside WebDriver: the Chrome DevTools Protocol, attached to every page and worker from its
// first instruction on. It records what they request and complain about, and can look into their memory.

import { WebSocket } from './packages.mjs';

/** Target types that are ours to watch. */
const WATCHED = new Set(['page', 'iframe', 'worker', 'shared_worker', 'service_worker']);
/** What the browser loads for pages of its own, and data: addresses, which ask nobody for anything. */
const ITS_OWN = /^(chrome|chrome-extension|devtools|about|data):/;

export class Watch {
  /** Every request of every target: { url, method, headers, postData, target }. */
  requests = [];
  /** The header fields as they went on the wire. */
  sentHeaders = [];
  /** Console errors, uncaught exceptions, and what the browser logs: { text, target }. */
  complaints = [];
  /** Violations of the Content Security Policy as the browser's own issue reports. */
  violations = [];
  /** Live targets by session id: { type, url, targetId }. */
  targets = new Map();

  #socket;
  #waiting = new Map();
  #chunks = new Map();
  #next = 1;

  /** Connects to the browser that listens on this debugging address (`host:port`). */
  static async connect(address) {
    const { webSocketDebuggerUrl } = await (await fetch(`http://${address}/json/version`)).json();
    const watch = new Watch();
    watch.#socket = new WebSocket(webSocketDebuggerUrl, { perMessageDeflate: false });
    await new Promise((done, failed) => {
      watch.#socket.once('open', done);
      watch.#socket.once('error', failed);
    });
    watch.#socket.on('message', (data) => watch.#receive(JSON.parse(data)));
    await watch.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    return watch;
  }

  close() {
    this.#socket.close();
  }

  /** Sends one command, to a target's session or to the browser. */
  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed, method });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  #receive(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting) {
      this.#waiting.delete(message.id);
      if (message.error) waiting.failed(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting.done(message.result);
      return;
    }
    const { method, params, sessionId } = message;
    const target = this.targets.get(sessionId);
    const text = () => params.exceptionDetails?.exception?.description ?? params.exceptionDetails?.text;
    switch (method) {
      case 'Target.attachedToTarget':
        this.#attach(params.sessionId, params.targetInfo, params.waitingForDebugger);
        break;
      case 'Target.detachedFromTarget':
        this.targets.delete(params.sessionId);
        break;
      case 'Network.requestWillBeSent':
        if (!ITS_OWN.test(params.request.url)) this.requests.push({ ...params.request, target: target?.type });
        break;
      case 'Network.requestWillBeSentExtraInfo':
        this.sentHeaders.push(params.headers);
        break;
      case 'Network.webSocketCreated':
      case 'Network.webTransportCreated':
        this.requests.push({ url: params.url, method: 'CONNECT', headers: {}, target: target?.type });
        break;
      case 'Runtime.exceptionThrown':
        this.complaints.push({ text: text(), target: target?.type });
        break;
      case 'Runtime.consoleAPICalled':
        if (params.type === 'error' || params.type === 'assert') {
          const words = params.args.map((arg) => arg.value ?? arg.description ?? '').join(' ');
          this.complaints.push({ text: words, target: target?.type });
        }
        break;
      case 'Log.entryAdded':
        if (params.entry.level === 'error') this.complaints.push({ text: params.entry.text, target: target?.type });
        break;
      case 'Audits.issueAdded':
        if (params.issue.code === 'ContentSecurityPolicyIssue') this.violations.push(params.issue.details);
        break;
      case 'HeapProfiler.addHeapSnapshotChunk':
        this.#chunks.get(sessionId)?.push(params.chunk);
        break;
      default:
    }
  }

  async #attach(sessionId, info, waits) {
    if (WATCHED.has(info.type)) this.targets.set(sessionId, info);
    const auto = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
    // Not every kind of target knows every domain; an unknown one is an error that says nothing.
    const domains = ['Network.enable', 'Runtime.enable', 'Log.enable', 'Audits.enable'];
    const sent = domains.map((domain) => this.send(domain, {}, sessionId));
    sent.push(this.send('Target.setAutoAttach', auto, sessionId));
    if (waits) sent.push(this.send('Runtime.runIfWaitingForDebugger', {}, sessionId));
    await Promise.allSettled(sent);
  }

  /** Sessions of the live targets of these types. */
  sessions(...types) {
    return [...this.targets].filter(([, info]) => types.includes(info.type)).map(([session]) => session);
  }

  /**
   * Looks for texts in every WebAssembly memory of every page and worker, as UTF-8 and as UTF-16.
   * Gives { memories, found: [{ type, text }] }: how many memories there were, and which of the texts stood in one.
   */
  async searchMemories(texts, types = ['page', 'worker']) {
    const result = { memories: 0, found: [] };
    for (const session of this.sessions(...types)) {
      const { type } = this.targets.get(session);
      const prototype = await this.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' }, session);
      const prototypeObjectId = prototype.result.objectId;
      const { objects } = await this.send('Runtime.queryObjects', { prototypeObjectId }, session);
      // The needles arrive split, so that the search itself leaves none in the memory it looks at.
      const search = `function (halves) {
        const found = [];
        for (const memory of this) {
          const bytes = new Uint8Array(memory.buffer);
          for (const [index, [first, second]] of halves.entries()) {
            const codes = [...first, ...second].map((letter) => letter.charCodeAt(0));
            for (const width of [1, 2]) {
              const at = (start) => codes.every((code, i) =>
                bytes[start + i * width] === code && (width === 1 || bytes[start + i * width + 1] === 0));
              for (let start = bytes.indexOf(codes[0]); start >= 0; start = bytes.indexOf(codes[0], start + 1)) {
                if (at(start)) { found.push(index); break; }
              }
            }
          }
        }
        return { memories: this.length, found };
      }`;
      const halves = texts.map((text) => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)]);
      const call = { functionDeclaration: search, objectId: objects.objectId, returnByValue: true };
      const { result: answer } = await this.send(
        'Runtime.callFunctionOn',
        { ...call, arguments: [{ value: halves }] },
        session,
      );
      result.memories += answer.value.memories;
      result.found.push(...answer.value.found.map((index) => ({ type, text: texts[index] })));
    }
    return result;
  }

  /** A page's or worker's JavaScript heap, after a collection of what is no longer in use, as its snapshot's text. */
  async heap(session) {
    this.#chunks.set(session, []);
    await this.send('HeapProfiler.enable', {}, session);
    await this.send('HeapProfiler.collectGarbage', {}, session);
    await this.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, session);
    const text = this.#chunks.get(session).join('');
    this.#chunks.delete(session);
    return text;
  }
}
