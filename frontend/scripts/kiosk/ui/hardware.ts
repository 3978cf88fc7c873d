// What hangs on the tablet: camera, thermometers, loudspeaker, the light that must stay on.
import type { TerminalState } from "../terminal";
import { Camera, type ScanFiles } from "./camera";
import type { Devices } from "./notices";
import { prefer, preferences } from "./preferences";
import { Sounds } from "./sounds";
import { chooseBluetooth, openBluetooth } from "./thermometers/bluetooth";
import { type Port, choosePort, openSerial, portOfBefore } from "./thermometers/serial";
import type { Listener, Measurement, Thermometer } from "./thermometers/thermometer";

export interface HardwareListener {
  code(text: string): void;
  measured(measurement: Measurement): void;
  /** A device works, or works no longer. */
  changed(): void;
}

interface WakeLock {
  request(kind: "screen"): Promise<unknown>;
}

export class Hardware {
  readonly devices: Devices = { camera: null, thermometer: null };
  readonly sounds = new Sounds();
  thermometer: "serial" | "bluetooth" | null = null;
  private open: Thermometer | null = null;
  private readonly camera: Camera;
  private cameraOn = false;

  constructor(
    private readonly video: HTMLVideoElement,
    files: ScanFiles,
    private readonly listener: HardwareListener,
  ) {
    this.sounds.on = preferences().sound;
    this.camera = new Camera(video, files, {
      code: (text) => listener.code(text),
      fault: (fault) => {
        this.showPicture(fault === null);
        if (this.devices.camera === fault) return;
        this.devices.camera = fault;
        listener.changed();
      },
    });
    document.addEventListener("visibilitychange", () => this.stayAwake());
  }

  /** Starts what needs nobody's touch, once the kiosk belongs to an organisation. */
  async begin(phase: TerminalState["phase"]): Promise<void> {
    if (phase !== "enrolled" || this.cameraOn) return;
    this.startCamera();
    this.stayAwake();
    const port = await portOfBefore().catch(() => null);
    if (port && !this.open)
      await this.connect(() => this.serial(port, preferences().baud_rate), "serial");
  }

  startCamera(): void {
    this.cameraOn = true;
    void this.camera.start(preferences().facing);
  }

  turnCamera(): void {
    prefer({ facing: preferences().facing === "user" ? "environment" : "user" });
    this.startCamera();
  }

  toggleSound(): void {
    this.sounds.on = !this.sounds.on;
    prefer({ sound: this.sounds.on });
    this.listener.changed();
  }

  async connectSerial(baudRate: number): Promise<void> {
    prefer({ baud_rate: baudRate });
    await this.connect(async () => this.serial(await choosePort(), baudRate), "serial");
  }

  async connectBluetooth(): Promise<void> {
    await this.connect(
      async () => openBluetooth(await chooseBluetooth(), this.ears()),
      "bluetooth",
    );
  }

  private serial(port: Port, baudRate: number): Promise<Thermometer> {
    return openSerial(port, baudRate, this.ears());
  }

  private async connect(
    open: () => Promise<Thermometer>,
    kind: "serial" | "bluetooth",
  ): Promise<void> {
    try {
      await this.open?.close().catch(() => undefined);
      this.open = await open();
      this.thermometer = kind;
      this.devices.thermometer = null;
    } catch (error) {
      // nobody chose one in the browser's dialogue: nothing was lost
      if (error instanceof DOMException && error.name === "NotFoundError") return;
      this.lose();
    }
    this.listener.changed();
  }

  private ears(): Listener {
    return {
      measured: (measurement) => this.listener.measured(measurement),
      lost: () => {
        this.lose();
        this.listener.changed();
      },
    };
  }

  private lose(): void {
    this.open = null;
    this.thermometer = null;
    this.devices.thermometer = "lost";
  }

  // A mirror, where people see themselves: else they move the badge the wrong way.
  private showPicture(works: boolean): void {
    const { classList } = this.video.parentElement!;
    classList.remove("kiosk-camera--awaited");
    classList.toggle("kiosk-camera--on", works);
    classList.toggle("kiosk-camera--mirror", preferences().facing === "user");
  }

  private stayAwake(): void {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (!document.hidden) void wakeLock?.request("screen").catch(() => undefined);
  }
}
