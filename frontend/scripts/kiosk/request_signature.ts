// RFC 9421 with exactly one signature, over method, path and content (RFC 9530): docs/kiosk-protocol.md.
//
// Threat: requests of another than this kiosk, or of this one sent again or changed. Limit: a key that
// cannot leave this tablet's WebCrypto; the time within, which the server holds to 300 seconds.
import { utf8 } from "../private/bytes";
import { toBase64 } from "./base64";

const ALGORITHM = "ecdsa-p256-sha256";

/** createdAt: milliseconds since 1970, by the server's clock. */
export interface RequestToSign {
  method: "GET" | "POST";
  path: string;
  body: Uint8Array<ArrayBuffer>;
  createdAt: number;
}

/** Returns the three fields that sign a request. */
export async function signatureFields(
  request: RequestToSign, key: CryptoKey, kiosk: string,
): Promise<Record<string, string>> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", request.body));
  const contentDigest = `sha-256=:${toBase64(digest)}:`;
  const created = Math.floor(request.createdAt / 1000);
  const parameters =
    `("@method" "@path" "content-digest");created=${created};keyid="${kiosk}";alg="${ALGORITHM}"`;
  const base = [
    `"@method": ${request.method}`,
    `"@path": ${request.path}`,
    `"content-digest": ${contentDigest}`,
    `"@signature-params": ${parameters}`,
  ].join("\n");
  const how = { name: "ECDSA", hash: "SHA-256" };
  const signature = new Uint8Array(await crypto.subtle.sign(how, key, utf8(base)));
  return {
    "Content-Digest": contentDigest,
    "Signature-Input": `kiosk=${parameters}`,
    Signature: `kiosk=:${toBase64(signature)}:`,
  };
}
