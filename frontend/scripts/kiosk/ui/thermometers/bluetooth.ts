// Bluetooth's Health Thermometer: service 0x1809, characteristic 0x2A1C by indications.
import { toCelsius } from "./thermometer";
import type { Listener, Thermometer } from "./thermometer";

const SERVICE = 0x1809;
const MEASUREMENT = 0x2a1c;
const IN_FAHRENHEIT = 1;
const BYTES_MIN = 5;
// IEEE 11073-20601: no number, not at this resolution, infinities, reserved
const NO_NUMBER = new Set([0x7fffff, 0x800000, 0x7ffffe, 0x800002, 0x800001]);

/** The parts of Web Bluetooth that are used here: TypeScript's library has none. */
interface Characteristic extends EventTarget {
  readonly value?: DataView;
  startNotifications(): Promise<unknown>;
}
interface Gatt {
  connect(): Promise<{
    getPrimaryService(service: number): Promise<{
      getCharacteristic(characteristic: number): Promise<Characteristic>;
    }>;
  }>;
  disconnect(): void;
}
export interface BluetoothThermometer extends EventTarget {
  readonly gatt?: Gatt;
}
interface Bluetooth {
  requestDevice(options: { filters: { services: number[] }[] }): Promise<BluetoothThermometer>;
}

function bluetooth(): Bluetooth | null {
  return (navigator as { bluetooth?: Bluetooth }).bluetooth ?? null;
}

export function bluetoothWorksHere(): boolean {
  return bluetooth() !== null;
}

/** Asks which thermometer, in the browser's own dialogue. Throws where nobody chooses one. */
export function chooseBluetooth(): Promise<BluetoothThermometer> {
  return bluetooth()!.requestDevice({ filters: [{ services: [SERVICE] }] });
}

/** Connects a thermometer and tells of each measurement until it is closed or gone. */
export async function openBluetooth(
  device: BluetoothThermometer,
  listener: Listener,
): Promise<Thermometer> {
  const server = await device.gatt!.connect();
  const service = await server.getPrimaryService(SERVICE);
  const characteristic = await service.getCharacteristic(MEASUREMENT);
  let closed = false;
  device.addEventListener("gattserverdisconnected", () => {
    if (!closed) listener.lost();
  });
  characteristic.addEventListener("characteristicvaluechanged", () => {
    const celsius = characteristic.value ? celsiusOfMeasurement(characteristic.value) : null;
    if (celsius !== null) listener.measured({ celsius, source: "bluetooth" });
  });
  await characteristic.startNotifications();
  return {
    async close() {
      closed = true;
      device.gatt!.disconnect();
    },
  };
}

/** Returns °C of a measurement (flags, then a 32-bit float of IEEE 11073-20601); null of none. */
export function celsiusOfMeasurement(value: DataView): number | null {
  if (value.byteLength < BYTES_MIN) return null;
  const low = value.getUint8(1) | (value.getUint8(2) << 8) | (value.getUint8(3) << 16);
  if (NO_NUMBER.has(low)) return null;
  const mantissa = low >= 0x800000 ? low - 0x1000000 : low;
  const number = Number(`${mantissa}e${value.getInt8(4)}`);
  if (value.getUint8(0) & IN_FAHRENHEIT) return toCelsius(number);
  return number;
}
