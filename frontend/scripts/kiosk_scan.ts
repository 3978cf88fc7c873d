// Reads QR codes in pictures of the camera, apart from the page, which stays quick meanwhile.
// Pictures stay on the tablet: no one is kept, none is sent.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

import type { ScanAnswer, ScanPicture, ScanStart } from "./kiosk/ui/scan_protocol";

const scope = self as unknown as {
  postMessage(answer: ScanAnswer): void;
  onmessage: ((event: MessageEvent<ScanStart | ScanPicture>) => void) | null;
};

scope.onmessage = ({ data }) => {
  void ("wasm" in data ? start(data) : read(data)).then(
    (answer) => scope.postMessage(answer),
    () => scope.postMessage({ kind: "failed" }),
  );
};

async function start({ wasm, integrity }: ScanStart): Promise<ScanAnswer> {
  const response = await fetch(wasm, { integrity });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const wasmBinary = await response.arrayBuffer();
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return { kind: "ready" };
}

async function read({ width, height, pixels }: ScanPicture): Promise<ScanAnswer> {
  const picture = new ImageData(new Uint8ClampedArray(pixels), width, height);
  const found = await readBarcodes(picture, {
    formats: ["QRCode"],
    maxNumberOfSymbols: 2,
    tryDownscale: true,
    tryHarder: true,
    tryInvert: false, // nobody prints them white on black
  });
  return { kind: "codes", texts: found.filter((one) => one.isValid).map((one) => one.text) };
}
