// RFC 9180, base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; on the wire the 65 bytes of
// the sender's key stand before the ciphertext.
//
// Threat: a tablet that is stolen, and a network that is listened to. Limit: what is sealed here can be
// opened by the holder of the private key alone, and this tablet's own key never leaves WebCrypto.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

import { concat, utf8 } from "../private/bytes";
import { toBase64Url } from "./base64";

export const POINT_BYTES = 65;
const SPACE = 32;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const NOTHING = new Uint8Array(0);

export type Purpose = "checkin" | "check" | "visitor" | "door-key";

/** A text is longer than what it is padded to. */
export class TooLong extends Error {}

function suite(): CipherSuite {
  return new CipherSuite({
    kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm(),
  });
}

/** Returns a public key of 65 bytes, ready to seal to. Throws where it is no point of the curve. */
export async function sealingKey(point: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", point, CURVE, true, []);
}

/** Returns the key pair of a private key of 32 bytes, which cannot be exported again. */
export async function openingKeys(
  scalar: Uint8Array, point: Uint8Array<ArrayBuffer>,
): Promise<CryptoKeyPair> {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(toBase64Url);
  const jwk = { kty: "EC", crv: "P-256", x, y, d: toBase64Url(scalar) };
  const privateKey = await crypto.subtle.importKey("jwk", jwk, CURVE, false, ["deriveBits"]);
  return { privateKey, publicKey: await sealingKey(point) };
}

/** Returns enc 65 ‖ ciphertext. */
export async function seal(
  key: CryptoKey, purpose: Purpose, plain: Uint8Array, associated: Uint8Array = NOTHING,
): Promise<Uint8Array<ArrayBuffer>> {
  const sender = { recipientPublicKey: key, info: info(purpose) };
  const { enc, ct } = await suite().seal(sender, plain, associated);
  return concat(new Uint8Array(enc), new Uint8Array(ct));
}

/** Returns the text that was sealed. Throws where it was sealed to another key, or changed. */
export async function open(
  keys: CryptoKeyPair, purpose: Purpose, sealed: Uint8Array, associated: Uint8Array = NOTHING,
): Promise<Uint8Array<ArrayBuffer>> {
  const recipient = {
    recipientKey: keys, enc: sealed.slice(0, POINT_BYTES), info: info(purpose),
  };
  return new Uint8Array(await suite().open(recipient, sealed.slice(POINT_BYTES), associated));
}

/** Returns JSON in UTF-8, padded with spaces to a multiple of so many bytes, so that its length
 *  tells nothing. Throws TooLong where it passes the most. */
export function paddedJson(value: unknown, multiple: number, most = Infinity): Uint8Array {
  const text = utf8(JSON.stringify(value));
  const length = Math.ceil(text.length / multiple) * multiple;
  if (length > most) throw new TooLong();
  return concat(text, new Uint8Array(length - text.length).fill(SPACE));
}

function info(purpose: Purpose): Uint8Array {
  return utf8(`gauge/v1/kiosk/${purpose}`);
}
