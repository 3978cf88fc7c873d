// The kiosk's service worker: page and bundle from the tablet, so that it starts without network. It
// stores no answer of the API, and nothing that anybody typed: those requests pass it by.
//
// The service writes the list of files before this script: a new version has another list.
import { TAKE_OVER } from "./kiosk/updates";

interface Shell {
  version: string; // digest of page and bundle
  page: string;
  files: string[];
}

// The compiler knows windows alone; a service worker has these of its own.
interface LifetimeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LifetimeEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  SHELL: Shell;
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", listener: (event: LifetimeEvent) => void): void;
  addEventListener(name: "fetch", listener: (event: RequestEvent) => void): void;
  addEventListener(name: "message", listener: (event: MessageEvent) => void): void;
}

const PREFIX = "gauge-kiosk-";
const worker = self as unknown as WorkerScope;
const { version, page, files } = worker.SHELL;
const name = PREFIX + version;

worker.addEventListener("install", (event) => event.waitUntil(store()));
worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => worker.clients.claim()));
});
worker.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER) void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== worker.location.origin) return;
  if (pathname !== page && !files.includes(pathname)) return;
  event.respondWith(stored(pathname).then((found) => found ?? fetch(event.request)));
});

/** Fetches every file anew; where one fails, this version is not installed and the one before stays. */
async function store(): Promise<void> {
  const cache = await caches.open(name);
  const requests = [page, ...files].map(
    (path) => new Request(path, { cache: "no-cache", credentials: "omit" }),
  );
  await cache.addAll(requests);
}

async function stored(pathname: string): Promise<Response | undefined> {
  const cache = await caches.open(name);
  return cache.match(pathname);
}

async function dropOlder(): Promise<void> {
  const names = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== name);
  await Promise.all(names.map((one) => caches.delete(one)));
}
