// The camera: a picture a tenth of a second to a worker that reads codes, and what it read back.
import type { CameraFault } from "./notices";
import type { ScanAnswer, ScanPicture, ScanStart } from "./scan_protocol";

const PAUSE_MS = 80;
const RETRY_MS = 5000;
const LONGEST_SIDE = 960; // pixels: a badge at arm's length, and quick enough for an old tablet
const READER_FAILURES_MAX = 3;

export type Facing = "user" | "environment";

/** Where the worker's script and the reader's WebAssembly are. */
export interface ScanFiles extends ScanStart {
  worker: string;
}

export interface CameraListener {
  code(text: string): void;
  /** null: it works. */
  fault(fault: CameraFault | null): void;
}

export class Camera {
  private stream: MediaStream | null = null;
  private worker: Worker | null = null;
  private readonly canvas = document.createElement("canvas");
  private running = false;
  private failures = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly files: ScanFiles,
    private readonly listener: CameraListener,
  ) {}

  /** Starts it, or starts it anew; where that fails it is tried again, since cables come loose. */
  async start(facing: Facing): Promise<void> {
    this.stop();
    if (!navigator.mediaDevices) return this.listener.fault("insecure");
    this.running = true;
    try {
      const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: facing, ...size },
      });
      if (!this.running) return stream.getTracks().forEach((track) => track.stop());
      this.stream = stream;
      stream.getVideoTracks()[0]!.addEventListener("ended", () => this.fail("failed", facing));
      this.video.srcObject = stream;
      await this.video.play();
      this.startReader(facing);
    } catch (error) {
      this.fail(faultOf(error), facing);
    }
  }

  stop(): void {
    this.running = false;
    this.worker?.terminate();
    this.worker = null;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  private startReader(facing: Facing): void {
    const { worker: script, ...start } = this.files;
    const worker = new Worker(script);
    this.worker = worker;
    worker.onerror = () => this.fail("failed", facing);
    worker.onmessage = ({ data }: MessageEvent<ScanAnswer>) => {
      if (data.kind === "failed") {
        this.failures += 1;
        if (this.failures >= READER_FAILURES_MAX) return this.fail("failed", facing);
      } else {
        this.failures = 0;
        this.listener.fault(null);
      }
      if (data.kind === "codes") data.texts.forEach((text) => this.listener.code(text));
      setTimeout(() => this.look(worker), PAUSE_MS);
    };
    worker.postMessage(start);
  }

  private look(worker: Worker): void {
    if (worker !== this.worker) return;
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth || document.hidden) {
      setTimeout(() => this.look(worker), PAUSE_MS);
      return;
    }
    const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
    const width = Math.round(videoWidth * scale);
    const height = Math.round(videoHeight * scale);
    Object.assign(this.canvas, { width, height });
    const drawing = this.canvas.getContext("2d", { willReadFrequently: true })!;
    drawing.drawImage(this.video, 0, 0, width, height);
    const pixels = drawing.getImageData(0, 0, width, height).data.buffer as ArrayBuffer;
    const picture: ScanPicture = { width, height, pixels };
    worker.postMessage(picture, [pixels]);
  }

  private fail(fault: CameraFault, facing: Facing): void {
    if (!this.running) return;
    this.stop();
    this.failures = 0;
    this.listener.fault(fault);
    const again = () => {
      if (!this.stream && !this.running) void this.start(facing);
    };
    // whoever said no is not asked again and again
    if (fault === "denied") void onceAllowed(again);
    else setTimeout(again, RETRY_MS);
  }
}

async function onceAllowed(act: () => void): Promise<void> {
  try {
    const permission = await navigator.permissions.query({ name: "camera" as PermissionName });
    permission.addEventListener("change", act, { once: true });
  } catch {
    // a browser that tells nothing of it: the page is loaded again, or the camera changed
  }
}

function faultOf(error: unknown): CameraFault {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "failed";
}
