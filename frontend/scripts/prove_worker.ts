// Runs beside the page, so that it stays usable: gets a challenge, tells its progress, then the proof.
import type { Challenge } from "altcha-lib";

import { solve } from "./parts/solver";

addEventListener("message", (event: MessageEvent<Challenge>) => {
  void solve(event.data, (done) => postMessage({ done })).then((proof) => postMessage({ proof }));
});
