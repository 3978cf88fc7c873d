// Solves altcha's challenge (version 2) with SHA-256 in plain JavaScript: over http, in a health
// department's own house, browsers withhold crypto.subtle.
import { sha256 } from "@noble/hashes/sha2.js";
import { solveChallenge } from "altcha-lib";
import type { Challenge, DeriveKeyFunction } from "altcha-lib";

const GIVE_UP_MILLISECONDS = 60_000; // for each name that is paid for
const TOLD_EVERY_STEPS = 25;

/** Told how much is done, from 0 to 1. */
export type Progress = (done: number) => void;

/** Returns what the form sends back, Base64 of {challenge, solution}; null where it took too long. */
export async function solve(challenge: Challenge, progress: Progress): Promise<string | null> {
  const most = Number(challenge.parameters.data?.counter_max ?? 0);
  const timeout = GIVE_UP_MILLISECONDS * Number(challenge.parameters.data?.names ?? 1);
  let steps = 0;
  const deriveKey: DeriveKeyFunction = async (parameters, salt, password) => {
    if (most > 0 && steps++ % TOLD_EVERY_STEPS === 0) progress(Math.min(1, steps / most));
    let derivedKey = new Uint8Array(salt.length + password.length);
    derivedKey.set(salt);
    derivedKey.set(password, salt.length);
    for (let hash = 0; hash < parameters.cost; hash++) derivedKey = sha256(derivedKey);
    return { derivedKey };
  };
  const solution = await solveChallenge({ challenge, deriveKey, timeout });
  if (solution === null) return null;
  progress(1);
  const { counter, derivedKey } = solution;
  return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
}
