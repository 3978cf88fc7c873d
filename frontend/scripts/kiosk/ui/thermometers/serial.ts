// Thermometers at a serial port (Web Serial), which send a line for each measurement.
import { LineCutter, celsiusOfLine } from "./lines";
import type { Listener, Thermometer } from "./thermometer";

/** The part of Web Serial's SerialPort that is used here: TypeScript's library has none. */
export interface Port {
  readonly readable: ReadableStream<Uint8Array> | null;
  open(options: { baudRate: number }): Promise<void>;
  close(): Promise<void>;
}

interface Serial {
  requestPort(): Promise<Port>;
  getPorts(): Promise<Port[]>;
}

export const BAUD_RATES = [9600, 4800, 19200, 38400, 115200];

function serial(): Serial | null {
  return (navigator as { serial?: Serial }).serial ?? null;
}

export function serialWorksHere(): boolean {
  return serial() !== null;
}

/** Asks which port, in the browser's own dialogue. Throws where nobody chooses one. */
export function choosePort(): Promise<Port> {
  return serial()!.requestPort();
}

/** Returns the port that was chosen at an earlier time, or null. */
export async function portOfBefore(): Promise<Port | null> {
  const ports = await serial()?.getPorts();
  return ports?.length === 1 ? ports[0]! : null;
}

/** Opens a port and tells of each measurement until it is closed or gone. */
export async function openSerial(
  port: Port,
  baudRate: number,
  listener: Listener,
): Promise<Thermometer> {
  await port.open({ baudRate });
  const reader = port.readable!.getReader();
  let closed = false;
  const reading = readLines(reader, listener)
    .catch(() => undefined)
    .then(() => {
      if (!closed) listener.lost();
    });
  return {
    async close() {
      closed = true;
      await reader.cancel().catch(() => undefined);
      await reading;
      reader.releaseLock();
      await port.close();
    },
  };
}

async function readLines(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  listener: Listener,
): Promise<void> {
  const cutter = new LineCutter();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    for (const line of cutter.cut(value)) {
      const celsius = celsiusOfLine(line);
      if (celsius !== null) listener.measured({ celsius, source: "serial" });
    }
  }
}
