// When the kiosk talks to its server: once a minute, at once after a check-in, and on reconnect; later
// and later while nobody answers. And what becomes of it where the server says that it is revoked.
import type { Clock } from "./clock";
import { type Holdings, signerOf } from "./holdings";
import { sendWaiting } from "./sender";
import { type KioskServer, ServerFault } from "./server";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import { synchronise } from "./synchronising";
import type { TerminalState } from "./terminal";

const TURN_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const TIMER_MARGIN_MS = 50; // timers may be early by a little
const SERVER_FAULTS = 500;
const FRESH_TABLE_WAIT_MS = 2_500;
const FRESH_TABLE_PAUSE_MS = 10_000;

/** The terminal, as far as the timetable may look into it and change it. */
export interface Page {
  store(): Store | null;
  holdings(): Holdings;
  reload(): Promise<void>;
  count(): Promise<void>;
  change(changes: Partial<TerminalState>): void;
}

export class Timetable {
  private turning: Promise<boolean> | null = null;
  private sending: Promise<void> | null = null;
  private sendAgain = false;
  private faults = 0;
  private notBefore = -Infinity; // by the monotonic clock
  private lastTurn = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly server: KioskServer,
    private readonly surroundings: Surroundings,
    private readonly page: Page,
  ) {}

  begin(): void {
    // whatever happened in this turn, the next one comes
    void this.turn().finally(() => this.surroundings.later(TURN_MS, () => this.begin()));
  }

  /** The network is back: nothing waits for its pause any longer. */
  now(): void {
    this.notBefore = -Infinity;
    void this.turn();
  }

  /** Synchronises, then sends what waits. Returns whether the server answered. */
  turn(): Promise<boolean> {
    this.turning ??= this.once().finally(() => (this.turning = null));
    return this.turning;
  }

  /** Looks for a newer table, unless that was done just now. Returns whether there may be one. */
  async freshTable(): Promise<boolean> {
    const now = this.surroundings.monotonicNow();
    if (now - this.lastTurn < FRESH_TABLE_PAUSE_MS) return false;
    const tooLate = new Promise<boolean>((done) => {
      this.surroundings.later(FRESH_TABLE_WAIT_MS, () => done(false));
    });
    return Promise.race([this.turn(), tooLate]);
  }

  /** Sends what waits, after the pause that the last fault asked for. */
  sendSoon(): void {
    if (this.sending) {
      this.sendAgain = true;
      return;
    }
    if (this.surroundings.monotonicNow() < this.notBefore) return;
    this.sending = this.send()
      .then(() => this.answered(), (fault: unknown) => this.failed(fault))
      .finally(() => {
        this.sending = null;
        if (this.sendAgain) {
          this.sendAgain = false;
          this.sendSoon();
        }
      });
  }

  private async once(): Promise<boolean> {
    const store = this.page.store();
    if (!store || !signerOf(this.page.holdings())) return false;
    this.lastTurn = this.surroundings.monotonicNow();
    try {
      if (!this.page.holdings().revoked) {
        const battery = await this.surroundings.battery();
        const standing = { ...(await store.counts()), battery };
        this.page.change({ battery });
        const { clock, server, surroundings } = this;
        try {
          await synchronise(store, server, clock, this.page.holdings(), standing, surroundings);
        } finally {
          await this.page.reload(); // settings and keys may have come, and the table not
        }
      }
      await this.send();
      await this.answered();
      return true;
    } catch (fault) {
      await this.failed(fault);
      return false;
    }
  }

  private async send(): Promise<void> {
    const store = this.page.store();
    const signer = signerOf(this.page.holdings());
    if (!store || !signer) return;
    const progress = async () => {
      await this.page.count();
      this.surroundings.announce();
    };
    await sendWaiting(store, this.server, this.clock, signer, this.surroundings, progress);
    if (this.page.holdings().revoked) await this.endKeys(store);
  }

  private async answered(): Promise<void> {
    this.faults = 0;
    this.notBefore = -Infinity;
    this.page.change({ online: true, disabled: false });
  }

  private async failed(fault: unknown): Promise<void> {
    if (!(fault instanceof ServerFault)) throw fault;
    this.faults += 1;
    const pause = Math.min(TURN_MS, FIRST_PAUSE_MS * 2 ** (this.faults - 1));
    const wait = Math.max(fault.retryAfterMs ?? 0, pause * (0.5 + Math.random() / 2));
    this.notBefore = this.surroundings.monotonicNow() + wait;
    this.surroundings.later(wait + TIMER_MARGIN_MS, () => this.sendSoon());
    const online = fault.status !== 0 && fault.status < SERVER_FAULTS;
    this.page.change({ online, disabled: fault.code === "organisation_disabled" });
    if (fault.code === "kiosk_revoked" && !this.page.holdings().revoked) await this.revoke();
  }

  /** Wipes what a revoked kiosk must not hold; its signing key stays until what waited is sent. */
  private async revoke(): Promise<void> {
    const store = this.page.store();
    const { enrolment } = this.page.holdings();
    if (!store || !enrolment) return;
    await store.keep("revoked", true);
    await store.keep("enrolment", { ...enrolment, sealing: null });
    await store.drop("table");
    await store.drop("sync");
    await this.page.reload();
    this.surroundings.announce();
    this.sendSoon();
  }

  private async endKeys(store: Store): Promise<void> {
    const { enrolment } = this.page.holdings();
    if (!enrolment || (await store.counts()).waiting) return;
    await store.keep("enrolment", { ...enrolment, signing: null });
    await this.page.reload();
  }
}
