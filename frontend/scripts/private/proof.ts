/** Returns what earns a check that this network must pay for, null where nothing does.
 *  problem: the response that asks for it; worker: address of the script that computes. */
export function proofFor(problem: Uint8Array, worker: string): Promise<string | null> {
  return new Promise((resolve) => {
    try {
      const { challenge } = JSON.parse(new TextDecoder().decode(problem)) as { challenge?: unknown };
      if (!challenge) {
        resolve(null);
        return;
      }
      const computing = new Worker(worker);
      const end = (proof: string | null) => {
        computing.terminate();
        resolve(proof);
      };
      computing.addEventListener("error", () => end(null));
      computing.addEventListener("message", (event: MessageEvent<{ proof?: string | null }>) => {
        if (event.data.proof !== undefined) end(event.data.proof);
      });
      computing.postMessage(challenge);
    } catch {
      resolve(null);
    }
  });
}
