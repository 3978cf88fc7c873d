// RFC 9497, VOPRF mode, ristretto255-SHA512: the three inputs of an identity, blinded and unblinded.
import { ristretto255_oprf } from "@noble/curves/ed25519.js";

import { randomBytes } from "@noble/hashes/utils.js";

import { concat, same } from "./bytes";
import { CannotAnswer } from "./cannot_answer";
import type { Inputs } from "./identity";
import type { Manifest } from "./manifest";

const VERSION = 2;
const ELEMENT_BYTES = 32;
const KEY_ID_BYTES = 8;
const PROOF_BYTES = 64;
const INPUTS = 3;
const RESPONSE_BYTES = 1 + KEY_ID_BYTES + INPUTS * ELEMENT_BYTES + PROOF_BYTES;
const NOBODY_BYTES = 64;
const { voprf } = ristretto255_oprf;

/** Where blinds come from: the browser's own randomness; tests give fixed bytes. */
export type Randomness = (bytes?: number) => Uint8Array;

/** The part of a manifest that says who evaluates. */
export type EvaluationKey = Pick<Manifest, "keyId" | "publicKey">;

interface Blinded {
  input: Uint8Array;
  blind: Uint8Array; // never leaves the browser
  blinded: Uint8Array;
}

/** One identity, blinded anew: two questions about one person are never alike.
 *  request: what goes to the server, 105 bytes. */
export interface Question {
  request: Uint8Array;
  blinded: Blinded[];
}

/** y of the document alone and of it with each of two names, 64 bytes each; identities: the second
 *  is nobody's where one name was given. */
export interface Outputs {
  document: Uint8Array;
  identities: Uint8Array[];
}

/** Returns a question about an identity: three inputs always, so that nobody learns how many names
 *  were given; random bytes stand for the second name that there is not. */
export function questionAbout(
  inputs: Inputs,
  key: EvaluationKey,
  random: Randomness = randomBytes,
): Question {
  const three = [inputs.xd, inputs.x0, inputs.x1 || random(NOBODY_BYTES)];
  const blinded = three.map((input) => ({ input, ...voprf.blind(input, random) }));
  return { request: concat(head(key), ...blinded.map((one) => one.blinded)), blinded };
}

/** Returns the outputs of a response whose proof holds for the public key. Throws CannotAnswer. */
export function outputsOf(question: Question, response: Uint8Array, key: EvaluationKey): Outputs {
  const expected = head(key);
  if (response.length !== RESPONSE_BYTES || !same(response.subarray(0, expected.length), expected)) {
    throw new CannotAnswer("unproven", "evaluation");
  }
  const items = question.blinded.map((one, number) => {
    const at = expected.length + number * ELEMENT_BYTES;
    return { ...one, evaluated: response.slice(at, at + ELEMENT_BYTES) };
  });
  try {
    const [document, ...identities] = voprf.finalizeBatch(
      items,
      key.publicKey,
      response.slice(-PROOF_BYTES),
    );
    return { document: document!, identities };
  } catch {
    throw new CannotAnswer("unproven", "proof");
  }
}

function head(key: EvaluationKey): Uint8Array {
  return concat([VERSION], key.keyId);
}
