// A private check from beginning to end, for one person or a household.
import { type Answer, type Missing, merged, united } from "./answer";
import { bucketNumber, labelsIn } from "./bucket";
import { toHex } from "./bytes";
import { CannotAnswer } from "./cannot_answer";
import type { Inputs } from "./identity";
import type { Label } from "./label";
import { type Manifest, trustedManifest } from "./manifest";
import { type Outputs, outputsOf, questionAbout } from "./question";
import { refuseWhatWasReplaced } from "./remembered";
import type { Transport } from "./transport";
import type { Trust } from "./trust";

/** What the page says: whose signatures count for each authority, what is missing, and the time
 *  by the service's clock when it was written. */
export interface Expected {
  trust: Record<string, Trust>;
  missing: Missing[];
  now: string;
}

export type Progress = (done: number, of: number) => void;

/** Returns one answer a person, in order. Throws CannotAnswer where no authority can be answered
 *  from; where one of several cannot, it counts as missing.
 *
 *  One evaluation a person and key, then one bucket a person and authority, always, and nothing
 *  afterwards: whoever watches learns nothing of the answers. */
export async function privateCheck(
  people: Inputs[],
  expected: Expected,
  transport: Transport,
  progress: Progress,
): Promise<Answer[]> {
  const faults = new Map<string, CannotAnswer>(); // by authority
  const index = await transport.index();
  const manifests = usableManifests(index.manifests, expected, faults);
  const steps = people.length * (manifests.length + new Set(manifests.map(keyOf)).size) + 1;
  let done = 1;
  progress(done, steps);

  const outputs: Map<string, Outputs>[] = [];
  for (const inputs of people) {
    const byKey = new Map<string, Outputs>();
    for (const manifest of firstOfEachKey(manifests)) {
      const question = questionAbout(inputs, manifest);
      const alike = manifests.filter((one) => keyOf(one) === keyOf(manifest));
      await excusing(faults, alike, async () => {
        const response = await transport.evaluate(question.request);
        byKey.set(keyOf(manifest), outputsOf(question, response, manifest));
      });
      progress((done += 1), steps);
    }
    outputs.push(byKey);
  }

  const buckets: Map<Manifest, Uint8Array>[] = [];
  for (const byKey of outputs) {
    const fetched = new Map<Manifest, Uint8Array>();
    for (const manifest of manifests) {
      const output = byKey.get(keyOf(manifest));
      if (output) {
        await excusing(faults, [manifest], async () => {
          const number = bucketNumber(output, manifest.log2Buckets);
          fetched.set(manifest, await transport.bucket(manifest.buildId, number));
        });
      }
      progress((done += 1), steps);
    }
    buckets.push(fetched);
  }

  const found = await Promise.all(
    people.map((_, person) => opened(manifests, outputs[person]!, buckets[person]!, faults)),
  );
  // An authority may have gone since the page was loaded, which may be hours ago.
  return answers(found, united(index.missing, expected.missing), faults);
}

type Found = { manifest: Manifest; labels: Label[] };

async function opened(
  manifests: Manifest[],
  outputs: Map<string, Outputs>,
  buckets: Map<Manifest, Uint8Array>,
  faults: Map<string, CannotAnswer>,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const manifest of manifests) {
    const bucket = buckets.get(manifest);
    if (bucket) {
      await excusing(faults, [manifest], async () => {
        found.push({ manifest, labels: labelsIn(bucket, outputs.get(keyOf(manifest))!, manifest) });
      });
    }
  }
  return found;
}

function answers(
  found: Found[][],
  told: Missing[],
  faults: Map<string, CannotAnswer>,
): Answer[] {
  const failed = Array.from(faults, ([authority, fault]): Missing => {
    return { authority, why: fault.why === "expired" ? "expired" : "damaged" };
  });
  const missing = united(told, failed);
  return found.map((ofPerson) => {
    if (!ofPerson.length) throw worst(faults);
    return merged(ofPerson, missing);
  });
}

/** Returns the manifests to answer from, in the order given; remembers why others are not. */
function usableManifests(
  documents: unknown[],
  expected: Expected,
  faults: Map<string, CannotAnswer>,
): Manifest[] {
  const now = new Date(Math.max(Date.parse(expected.now) || 0, Date.now()));
  const usable: Manifest[] = [];
  for (const document of documents) {
    const authority = String((document as { authority?: unknown } | null)?.authority);
    const known = Object.prototype.hasOwnProperty.call(expected.trust, authority);
    const trust = known ? expected.trust[authority] : undefined;
    try {
      if (!trust || usable.some((one) => one.authority === authority)) {
        throw new CannotAnswer("unproven", "authority");
      }
      const manifest = trustedManifest(document, trust, now);
      refuseWhatWasReplaced(manifest, trust, now);
      usable.push(manifest);
    } catch (error) {
      if (!(error instanceof CannotAnswer)) throw error;
      faults.set(authority, error);
    }
  }
  for (const authority of Object.keys(expected.trust)) {
    if (!faults.has(authority) && !usable.some((one) => one.authority === authority)) {
      faults.set(authority, new CannotAnswer("unproven", "a manifest is missing"));
    }
  }
  if (!usable.length) throw worst(faults);
  return usable.filter((one) => !faults.has(one.authority));
}

/** Does one step for some authorities; where it cannot be answered, remembers it for each. */
async function excusing(
  faults: Map<string, CannotAnswer>,
  manifests: Manifest[],
  step: () => Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof CannotAnswer)) throw error;
    for (const manifest of manifests) faults.set(manifest.authority, error);
  }
}

function worst(faults: Map<string, CannotAnswer>): CannotAnswer {
  return [...faults.values()][0] || new CannotAnswer("unproven", "no manifest");
}

function keyOf(manifest: Manifest): string {
  return toHex(manifest.keyId);
}

function firstOfEachKey(manifests: Manifest[]): Manifest[] {
  return manifests.filter(
    (manifest, at) => manifests.findIndex((one) => keyOf(one) === keyOf(manifest)) === at,
  );
}
