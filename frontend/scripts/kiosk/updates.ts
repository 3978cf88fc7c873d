// New versions of the page: its service worker fetches them, and they are taken when nobody stands at
// the kiosk.
const LOOK_MS = 15 * 60_000;
export const TAKE_OVER = "take-over";

let waiting: ServiceWorker | null = null;

/** Registers the service worker, and calls the listener when a newer version waits. */
export async function watchVersions(onNewVersion: () => void): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const firstVisit = navigator.serviceWorker.controller === null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!firstVisit) location.reload();
  });
  const registration = await navigator.serviceWorker.register("/kiosk/worker.js", {
    scope: "/kiosk", updateViaCache: "none",
  });
  const look = () => {
    if (!registration.waiting || !registration.active) return;
    waiting = registration.waiting;
    onNewVersion();
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  setInterval(() => void registration.update().catch(() => undefined), LOOK_MS);
}

/** Takes the version that waits, and loads the page anew; nothing where none waits. */
export function takeNewVersion(): void {
  waiting?.postMessage(TAKE_OVER);
}
