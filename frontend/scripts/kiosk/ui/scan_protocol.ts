// What the page and its worker say to each other about pictures of the camera.

/** First to the worker: where the reader's WebAssembly is, and its digest (subresource integrity). */
export interface ScanStart {
  wasm: string;
  integrity: string;
}

/** Then one picture after the other, the next when the last is answered. */
export interface ScanPicture {
  width: number;
  height: number;
  pixels: ArrayBuffer; // RGBA
}

/** ready: the reader is loaded; codes: texts of what one picture shows; failed: no reader. */
export type ScanAnswer =
  | { kind: "ready" }
  | { kind: "codes"; texts: string[] }
  | { kind: "failed" };
