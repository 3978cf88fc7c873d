// What the core asks of the browser beside WebCrypto and IndexedDB, in one place: tests run the core
// in Node with clocks and networks of their own.
export interface Battery {
  percent: number;
  charging: boolean;
}

/** Bytes. */
export interface StorageRoom {
  usage: number;
  quota: number;
}

export interface Surroundings {
  /** https://host, without a path. */
  origin: string;
  /** Name and version of this page, for the portal. */
  software: string;
  /** Milliseconds since 1970 by this tablet; anybody may set it. */
  wallNow(): number;
  /** Milliseconds since some moment; nobody can set it, and a sleeping tablet may stop it. */
  monotonicNow(): number;
  fetch(url: string, options: RequestInit): Promise<Response>;
  /** Does work while no other page of this browser holds the lock of that name. */
  lock<T>(name: string, work: () => Promise<T>): Promise<T>;
  room(): Promise<StorageRoom | null>;
  /** Asks the browser not to throw the store away. */
  persist(): Promise<void>;
  /** A text beside the store, which shows that there was one. */
  readMarker(): string | null;
  writeMarker(text: string | null): void;
  battery(): Promise<Battery | null>;
  later(milliseconds: number, work: () => void): void;
  /** Calls the listener when the network is back, and when the tablet wakes up. */
  onReconnect(listener: () => void): void;
  /** Tells the other pages of this kiosk that the store changed. */
  announce(): void;
  onAnnouncement(listener: () => void): void;
}
