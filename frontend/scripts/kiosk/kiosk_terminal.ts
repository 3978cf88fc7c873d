// The kiosk behind its screens: what it holds, and when it records, sends and asks.
import { Clock } from "./clock";
import { decide } from "./decision";
import { enrol, enrolmentCode, keysForCode } from "./enrolment";
import { type Holdings, loadHoldings, NO_HOLDINGS, tableId } from "./holdings";
import { checkPerson, CODE_MEMORY_MS, identifyText, type Sources } from "./identification";
import { enqueue } from "./queue";
import { KioskServer } from "./server";
import { openStore, type Store } from "./store";
import type { Surroundings } from "./surroundings";
import { markedWaiting, markStore, storageState } from "./tablet_storage";
import {
  type Decision, type EnrolmentFault, type KioskSettings, type NewCheckin, type Person,
  type Reading, type Reason, StorageFull, type StorageState, type Subject, type Terminal, type TerminalState,
} from "./terminal";
import { Timetable } from "./timetable";
import { doorAddress } from "./visitor_code";

const UNDO_MS = 60_000;
const DAY_MS = 86_400_000;
// what a talk with the server may mend
const CHANGING: (Reason | null)[] = ["no_decision", "expired", "clock"];
export const DEFAULT_SETTINGS: KioskSettings = {
  exposure: false, fever_celsius: 37.3, low_celsius: 35, unit: "C", second_reading: true,
  symptoms: [], symptoms_at_entry: false, idle_seconds: 8, direction: "in", retention_days: 14, sound: true,
};

export class KioskTerminal implements Terminal {
  private readonly clock: Clock;
  private readonly server: KioskServer;
  private readonly timetable: Timetable;
  private readonly listeners = new Set<(state: TerminalState) => void>();
  private store: Store | null = null;
  private holdings: Holdings = NO_HOLDINGS;
  private last: { id: string; checkin: NewCheckin; at: number } | null = null;
  private present: TerminalState = {
    phase: "starting", kiosk: null, organisation: null, disabled: false, settings: DEFAULT_SETTINGS,
    online: false, waiting: 0, refused: 0, storage: "ok", lost: 0, clock: "unsure",
    tableValidUntil: null, doorUrl: null, battery: null,
  };

  constructor(private readonly surroundings: Surroundings) {
    const { wallNow, monotonicNow } = surroundings;
    this.clock = new Clock(() => wallNow(), () => monotonicNow());
    this.server = new KioskServer(surroundings, this.clock);
    this.timetable = new Timetable(this.clock, this.server, surroundings, {
      store: () => this.store,
      holdings: () => this.holdings,
      reload: () => this.reload(),
      count: () => this.count(),
      change: (changes) => this.change(changes),
    });
  }

  state(): TerminalState {
    return this.present;
  }

  subscribe(listener: (state: TerminalState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  now(): number {
    return this.clock.now();
  }

  async start(): Promise<void> {
    if (!globalThis.crypto?.subtle || !globalThis.indexedDB) {
      this.change({ phase: "unsupported", storage: "unavailable" });
      return;
    }
    if (!(await this.opened())) return;
    const marked = markedWaiting(this.surroundings);
    if (marked !== null && !this.holdings.enrolment) this.change({ storage: "evicted", lost: marked });
    this.surroundings.onReconnect(() => this.timetable.now());
    this.surroundings.onAnnouncement(() => void this.reload());
    void this.surroundings.persist();
    this.timetable.begin();
  }

  async enrol(code: string): Promise<"ok" | EnrolmentFault> {
    const letters = enrolmentCode(code);
    if (letters === null) return "invalid_code";
    if (!this.store || this.present.storage === "unavailable") return "storage";
    if (this.holdings.enrolment) return "enrolled";
    const keys = await keysForCode(letters, await this.store.fact("pending"));
    await this.store.keep("pending", keys); // before it is used: the answer may be lost
    const sentAt = this.surroundings.wallNow();
    const answer = await enrol(keys, this.surroundings.software, this.server);
    if (typeof answer === "string") return answer;
    this.clock.synchronise(answer.serverAt, sentAt);
    await this.store.keep("enrolment", answer.enrolment);
    await this.store.drop("pending");
    await this.store.keep("clock", this.clock.record());
    await this.surroundings.persist();
    this.change({ lost: 0, storage: await storageState(this.surroundings) });
    await this.reload();
    this.surroundings.announce();
    await this.timetable.turn();
    return "ok";
  }

  async identify(text: string): Promise<Subject> {
    const line = text.replace(/[\r\n\t]/g, "");
    const subject = await identifyText(line, this.sources());
    // the badge may be newer than the table, or the table old
    const mayChange = subject.kind !== "visitor" && CHANGING.includes(subject.reason);
    if (!mayChange || !this.present.online || !(await this.timetable.freshTable())) return subject;
    return identifyText(line, this.sources());
  }

  async identifyPerson(person: Person): Promise<Subject> {
    return checkPerson(person, null, this.sources());
  }

  decide(subject: Subject, readings: Reading[], symptoms: string[]): Decision {
    return decide(subject, readings, symptoms, this.present.settings);
  }

  async record(checkin: NewCheckin): Promise<string> {
    const id = await this.add(checkin, null);
    this.last = { id, checkin, at: this.surroundings.monotonicNow() };
    this.surroundings.later(UNDO_MS, () => {
      if (this.last?.id === id) this.last = null; // nobody's details stay for longer
    });
    return id;
  }

  async undo(id: string, shown?: NewCheckin): Promise<void> {
    const checkin = this.last?.id === id ? this.last.checkin : shown;
    if (!checkin) throw new Error("not the last check-in of this page");
    await this.add(checkin, id);
    const { subject } = checkin;
    if (subject.kind === "visitor" && subject.code) await this.store!.release(subject.code);
    this.last = null;
  }

  async forget(): Promise<void> {
    await this.store?.wipe();
    this.surroundings.writeMarker(null);
    this.last = null;
    await this.reload();
    this.surroundings.announce();
  }

  private async add(checkin: NewCheckin, undoes: string | null): Promise<string> {
    const { sync, enrolment, revoked } = this.holdings;
    if (!this.store || !sync || !enrolment || revoked) throw new Error("not enrolled");
    const context = {
      madeAt: this.clock.now(), clockIsSure: this.clock.isSure(), table: tableId(this.holdings),
      undoes, checkinKey: sync.checkin_key,
    };
    try {
      const id = await enqueue(checkin, context, this.store, this.surroundings);
      await this.count();
      // nobody at the door waits for what follows
      void this.noteStorage().catch(() => undefined); // a store that went is noticed as it goes
      this.surroundings.announce();
      this.timetable.sendSoon();
      return id;
    } catch (error) {
      if (error instanceof StorageFull) this.change({ storage: "full" });
      throw error;
    }
  }

  private async opened(): Promise<boolean> {
    try {
      this.store = await openStore(() => void this.reopen());
      const kept = await this.store.fact("clock");
      if (kept) this.clock.restore(kept);
      await this.reload();
      return true;
    } catch {
      this.store = null;
      this.change({ phase: "not_enrolled", storage: "unavailable" });
      return false;
    }
  }

  private async reopen(): Promise<void> {
    const waiting = this.present.waiting;
    const enrolled = this.holdings.enrolment !== null;
    if ((await this.opened()) && enrolled && !this.holdings.enrolment) {
      this.change({ storage: "evicted", lost: waiting });
    }
  }

  /** Takes over what the store holds, which another page may have changed. */
  private async reload(): Promise<void> {
    if (!this.store) return;
    this.holdings = await loadHoldings(this.store);
    const { enrolment, sync, table, revoked } = this.holdings;
    const { origin } = this.surroundings;
    const settings = sync?.settings ?? DEFAULT_SETTINGS;
    this.change({
      phase: revoked ? "revoked" : !enrolment ? "not_enrolled" : sync ? "enrolled" : "starting",
      kiosk: enrolment && { id: enrolment.id, name: enrolment.name },
      organisation: enrolment && enrolment.organisation,
      settings,
      tableValidUntil: table && table.validUntil,
      doorUrl: enrolment && sync && doorAddress(origin, enrolment.organisation.id, sync.door_keys),
      clock: this.clock.isSure() ? "sure" : "unsure",
    });
    const now = this.clock.now();
    await this.store.purge(now - CODE_MEMORY_MS, now - settings.retention_days * DAY_MS);
    await this.count();
    await this.noteStorage();
  }

  private async count(): Promise<void> {
    const counts = await this.store!.counts();
    if (this.holdings.enrolment) markStore(this.surroundings, counts.waiting);
    this.change({ ...counts, clock: this.clock.isSure() ? "sure" : "unsure" });
  }

  /** Keeps the time, and looks how much place is left, which takes browsers a while. */
  private async noteStorage(): Promise<void> {
    if (this.holdings.enrolment) await this.store!.keep("clock", this.clock.record());
    const storage = await storageState(this.surroundings);
    const gone: StorageState[] = ["evicted", "unavailable"];
    if (!gone.includes(this.present.storage)) this.change({ storage });
  }

  private change(changes: Partial<TerminalState>): void {
    this.present = { ...this.present, ...changes };
    for (const listener of this.listeners) listener(this.present);
  }

  private sources(): Sources {
    const { holdings, store, clock, server } = this;
    return { holdings, store: store!, clock, server };
  }
}
