// On the page that asks for a proof of work: solves the challenge, shows how far it is, and sends
// the form with it. Where anything fails the page stays what it is without scripts: wait, then send.
import type { Challenge } from "altcha-lib";

import { solve, type Progress } from "./parts/solver";

type Told = { done?: number; proof?: string | null };

/** Returns the proof, made in a worker; on this page's own thread, in pieces, where none starts. */
function proofOf(challenge: Challenge, workerUrl: string, progress: Progress): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const alone = () => solve(challenge, progress).then(resolve, reject);
    let worker: Worker;
    try {
      worker = new Worker(workerUrl);
    } catch {
      alone();
      return;
    }
    worker.addEventListener("error", () => {
      worker.terminate();
      alone();
    });
    worker.addEventListener("message", (event: MessageEvent<Told>) => {
      if (event.data.done !== undefined) progress(event.data.done);
      else resolve(event.data.proof ?? null);
    });
    worker.postMessage(challenge);
  });
}

async function prove(form: HTMLFormElement): Promise<void> {
  const field = form.elements.namedItem("proof");
  const bar = form.querySelector("progress");
  const { challenge, worker } = form.dataset;
  if (!(field instanceof HTMLInputElement) || !bar || !challenge || !worker) return;
  const show = (state: string) => {
    for (const part of form.querySelectorAll<HTMLElement>("[data-state]")) {
      part.hidden = part.dataset.state !== state;
    }
  };
  show("working");
  let proof: string | null = null;
  try {
    proof = await proofOf(JSON.parse(challenge) as Challenge, worker, (done) => {
      bar.value = done;
    });
  } catch {
    proof = null;
  }
  if (proof === null) {
    show("waiting");
    return;
  }
  field.value = proof;
  if (form.dataset.send === "by-hand") {
    show("ready");
    return;
  }
  show("sending");
  form.submit();
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-challenge]")) void prove(form);
