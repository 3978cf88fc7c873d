// A tablet in Node: its pages over one store, with a clock, a network and a browser that tests move.
// One command a line, [function, arguments], each answered by one line.
import "fake-indexeddb/auto";
import { createInterface } from "node:readline";

import { KioskTerminal } from "../../../../frontend/scripts/kiosk/kiosk_terminal";
import { doorOf, sealVisitorCode } from "../../../../frontend/scripts/kiosk/visitor_code";

const tablet = {
  wall: 0, // added to the machine's clock
  network: "up", // down; lose_answers: the server hears, the tablet does not
  unreachable: null, // the path of requests that nobody answers
  bodyMax: Infinity, // bytes that a proxy on the way lets through
  quota: 1e12,
  marker: null,
  requests: [],
  answers: [],
};
const pages = new Map();
const locks = new Map();
const never = () => new Promise(() => {});

// What a killed page began never goes on; the locks that it held are free.
const alive = (page, promise) =>
  new Promise((done, fail) => {
    promise.then((value) => page.open && done(value), (fault) => page.open && fail(fault));
  });

function lockOf(page, name, work) {
  const before = locks.get(name) ?? Promise.resolve();
  const result = before.then(() => (page.open ? work() : never()));
  const closed = new Promise((done) => page.closing.push(done));
  locks.set(name, Promise.race([result.catch(() => undefined), closed]));
  return alive(page, result);
}

async function fetched(page, url, options) {
  tablet.requests.push([options.method, new URL(url).pathname]);
  if (tablet.network === "down" || url.endsWith(tablet.unreachable)) throw new TypeError("network");
  if ((options.body?.length ?? 0) > tablet.bodyMax) return new Response("too large", { status: 413 });
  const answer = await fetch(url, options);
  tablet.answers.push(new URL(url).pathname);
  if (tablet.network === "lose_answers") throw new TypeError("network");
  return page.open ? answer : never();
}

function surroundingsOf(page, origin) {
  return {
    origin,
    software: "scene",
    wallNow: () => Date.now() + tablet.wall,
    monotonicNow: () => performance.now(),
    fetch: (url, options) => alive(page, fetched(page, url, options)),
    lock: (name, work) => lockOf(page, name, work),
    room: async () => ({ usage: 0, quota: tablet.quota }),
    persist: async () => {},
    readMarker: () => tablet.marker,
    writeMarker: (text) => (tablet.marker = text),
    battery: async () => ({ percent: 80, charging: false }),
    later: (milliseconds, work) => setTimeout(() => page.open && work(), milliseconds).unref(),
    onReconnect: (listener) => page.reconnects.push(listener),
    announce: () => [...pages.values()].forEach((one) => one !== page && one.announced.forEach((f) => f())),
    onAnnouncement: (listener) => page.announced.push(listener),
  };
}

const scene = {
  async open(name, origin) {
    const page = { open: true, closing: [], reconnects: [], announced: [] };
    page.terminal = new KioskTerminal(surroundingsOf(page, origin));
    pages.set(name, page);
    await page.terminal.start();
    return page.terminal.state();
  },
  kill(name) {
    const page = pages.get(name);
    page.open = false;
    page.closing.forEach((done) => done());
    pages.delete(name);
  },
  set: (changes) => void Object.assign(tablet, changes),
  reconnect: (name) => pages.get(name).reconnects.forEach((listener) => listener()),
  call: async (name, method, ...args) => pages.get(name).terminal[method](...args),
  /** Kills a page while its first request of that path is under way. */
  async killInRequest(name, path) {
    const begun = () => tablet.requests.some(([, one]) => one === path);
    tablet.requests = [];
    pages.get(name).reconnects.forEach((listener) => listener());
    while (!begun()) await new Promise((done) => setTimeout(done, 1));
    scene.kill(name);
  },
  /** Returns the state once a field of it, by its dotted name, is a value. */
  until: (name, field, value) =>
    new Promise((done) => {
      const { terminal } = pages.get(name);
      const held = (state) => field.split(".").reduce((part, key) => part?.[key], state);
      const look = () => held(terminal.state()) === value && done(terminal.state());
      terminal.subscribe(look);
      look();
    }),
  /** Returns everything in the store, bytes as Latin-1 text. */
  async dump() {
    const database = await new Promise((done) => {
      const request = indexedDB.open("gauge-kiosk");
      request.onsuccess = () => done(request.result);
    });
    const names = [...database.objectStoreNames];
    const all = await Promise.all(names.map((name) => everything(database, name)));
    database.close();
    const text = (_, value) =>
      ArrayBuffer.isView(value) ? Buffer.from(value).toString("latin1")
      : value instanceof CryptoKey ? { key: value.type, extractable: value.extractable }
      : value;
    return JSON.stringify([Object.fromEntries(names.map((name, at) => [name, all[at]])), tablet.marker], text);
  },
  /** Seals a visitor's details as their phone does, so many milliseconds ago by the real clock. */
  sealVisitor: (person, address, ago = 0) =>
    sealVisitorCode(person, doorOf(new URL(address).hash), Date.now() - ago),
  evict: () =>
    new Promise((done) => {
      const request = indexedDB.deleteDatabase("gauge-kiosk");
      request.onsuccess = () => done();
    }),
  requests: () => tablet.requests,
  /** Returns once the server has answered a request of that path. */
  async answered(path) {
    while (!tablet.answers.includes(path)) await new Promise((done) => setTimeout(done, 1));
  },
  /** Returns the dump once a text is not in it any more. */
  async dumpWithout(text) {
    for (;;) {
      const dump = await scene.dump();
      if (!dump.includes(text)) return dump;
      await new Promise((done) => setTimeout(done, 5));
    }
  },
};

function everything(database, name) {
  return new Promise((done) => {
    const request = database.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => done(request.result);
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, args] = JSON.parse(line);
  let answer;
  try {
    answer = { returned: (await scene[name](...args)) ?? null };
  } catch (error) {
    answer = { thrown: error.constructor.name, reason: String(error.message) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0); // requests of killed pages would keep it
