// What tests call where the core takes keys, which do not travel as JSON.
import { parseTable, findDecision } from "../../../../frontend/scripts/kiosk/decision_table";
import { open, openingKeys, seal, sealingKey } from "../../../../frontend/scripts/kiosk/hpke";
import { signatureFields } from "../../../../frontend/scripts/kiosk/request_signature";
import { openVisitorCode } from "../../../../frontend/scripts/kiosk/visitor_code";

export const sealTo = async (point, purpose, plain, associated) =>
  seal(await sealingKey(point), purpose, plain, associated);

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
