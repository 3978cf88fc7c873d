// The browser that a kiosk's page runs in.
import type { Battery, StorageRoom, Surroundings } from "./surroundings";

const MARKER = "gauge-kiosk";
const CHANNEL = "gauge-kiosk";

interface BatteryManager {
  level: number;
  charging: boolean;
}

type WithBattery = Navigator & { getBattery?: () => Promise<BatteryManager> };

/** Returns the surroundings of this page. */
export function browserSurroundings(): Surroundings {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
  return {
    origin: location.origin,
    software: softwareOf(document.scripts),
    wallNow: () => Date.now(),
    monotonicNow: () => performance.now(),
    fetch: (url, options) => fetch(url, options),
    lock: (name, work) =>
      "locks" in navigator ? (navigator.locks.request(name, work) as ReturnType<typeof work>) : work(),
    room: storageRoom,
    persist: async () => void (await navigator.storage?.persist?.()),
    readMarker,
    writeMarker,
    battery,
    later: (milliseconds, work) => void setTimeout(work, milliseconds),
    onReconnect: (listener) => {
      window.addEventListener("online", listener);
      // a tablet that wakes up: what its clock says is doubted until the server was asked
      document.addEventListener("visibilitychange", () => document.hidden || listener());
    },
    announce: () => channel?.postMessage("changed"),
    onAnnouncement: (listener) => channel?.addEventListener("message", listener),
  };
}

/** Returns this page's software by the name of its script, which holds the content's hash. */
function softwareOf(scripts: HTMLCollectionOf<HTMLScriptElement>): string {
  const versions = Array.from(scripts, (script) => script.src.match(/\/kiosk\.(\w+)\.js$/)?.[1]);
  return `contact-gauge ${versions.find(Boolean) ?? ""}`.trim();
}

async function storageRoom(): Promise<StorageRoom | null> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? null : { usage, quota };
}

function readMarker(): string | null {
  try {
    return localStorage.getItem(MARKER);
  } catch {
    return null; // blocked, as the store beside it is
  }
}

function writeMarker(text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(MARKER);
    else localStorage.setItem(MARKER, text);
  } catch {
    // full: then an evicted store is not noticed, and nothing else is lost
  }
}

async function battery(): Promise<Battery | null> {
  const manager = await (navigator as WithBattery).getBattery?.();
  return manager ? { percent: manager.level * 100, charging: manager.charging } : null;
}
