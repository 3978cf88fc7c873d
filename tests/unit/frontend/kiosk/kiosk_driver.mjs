// What tests call where the core takes keys, which do not travel as JSON.
import { toBase64Url } from "../../../../frontend/scripts/kiosk/base64";
import { sealCheckin } from "../../../../frontend/scripts/kiosk/checkin";
import { Clock } from "../../../../frontend/scripts/kiosk/clock";
import { parseTable, findDecision } from "../../../../frontend/scripts/kiosk/decision_table";
import { open, openingKeys, seal, sealingKey } from "../../../../frontend/scripts/kiosk/hpke";
import { signatureFields } from "../../../../frontend/scripts/kiosk/request_signature";
import { openVisitorCode } from "../../../../frontend/scripts/kiosk/visitor_code";

export const sealTo = async (point, purpose, plain, associated) =>
  seal(await sealingKey(point), purpose, plain, associated);

export const sealCheckinTo = async (checkin, point) => {
  const id = "0".repeat(32);
  const facts = { id, sequence: 9999, madeAt: 1_700_000_000_000, clockIsSure: true, table: id, undoes: null };
  return sealCheckin(checkin, facts, toBase64Url(point));
};

export const openWith = async (scalar, point, purpose, sealed, associated) =>
  open(await openingKeys(scalar, point), purpose, sealed, associated);

export const openCode = async (text, organisation, keyId, scalar, point) =>
  openVisitorCode(text, organisation, new Map([[keyId, await openingKeys(scalar, point)]]));

export async function signRequest(request, kiosk) {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const keys = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey));
  return { point, fields: await signatureFields(request, keys.privateKey, kiosk) };
}

export const decisionIn = async (file, secret) => findDecision(parseTable(file), secret);

export const tableIn = (file) => {
  const { id, validUntil, entries } = parseTable(file);
  return { id, validUntil, entries: entries.length / 128 };
};

// Plays a clock: each step moves both clocks (milliseconds) and may bring an answer of the server, or
// a new page that goes on from what was kept. Returns [time, whether it is sure] after each step.
export function playClock(steps) {
  const at = { wall: 1_000_000, monotonic: 0 };
  const fresh = () => new Clock(() => at.wall, () => at.monotonic);
  let clock = fresh();
  return steps.map(({ wall = 0, monotonic = wall, server, page, restart }) => {
    at.wall += wall;
    at.monotonic += monotonic;
    if (server !== undefined) clock.synchronise(server, at.wall);
    if (page || restart) {
      const kept = clock.record();
      if (restart) at.wall = restart;
      at.monotonic = 0;
      clock = fresh();
      clock.restore(kept);
    }
    return [clock.now(), clock.isSure()];
  });
}
