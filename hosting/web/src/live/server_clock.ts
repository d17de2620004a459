/**
 * The server's clock, estimated from several samples.
 *
 * A sample is one `GET /api/now`: the server told its time somewhere between asking and hearing, so its clock is ahead
 * of ours by no less than `told − heard` and no more than `told − asked`. Every sample narrows that, from below the one
 * that came back quickest and from above the one that went there quickest, and the middle of what is left is taken. So
 * a line that dawdles now in one direction and now in the other costs nothing; one that always takes longer there than
 * back misleads by half the difference, which no round trip can tell.
 *
 * An attendee's own clock may be minutes wrong, for only `performance.now` (which nobody sets) is counted by. That one
 * stops while a computer sleeps, though, and drifts: old samples count for less by the minute, and one that contradicts
 * the newest is dropped with all before it.
 */

export const SAMPLE_COUNT = 8;
export const RESAMPLE_MS = 60_000;
/** While the server's clock is known no better than this, it is asked again sooner, each time after twice as long. */
const MAX_UNCERTAINTY_MS = 20;
const FIRST_RESAMPLE_MS = 4_000;
/** Samples older than this no longer count, however quick they were. */
const MAX_SAMPLE_AGE_MS = 5 * RESAMPLE_MS;
/** How far two computers' clocks drift apart, of a second. */
const MAX_DRIFT_RATE = 1 / 20_000;
/** The server tells whole milliseconds. */
const SERVER_RESOLUTION_MS = 1;
/** When the two clocks of this computer disagree by so much, it has slept (or was set), and nothing is known any more. */
const SLEEP_DETECTION_MS = 1_000;

interface Sample {
  /** The server is ahead by this at least … */
  minOffset: number;
  /** … and by this at most. */
  maxOffset: number;
  takenAt: number;
}

export interface ServerClockOptions {
  /** Asks the server for its time; rejects when it cannot be reached. */
  fetchServerTime: () => Promise<number>;
  /** A local clock that never jumps, in milliseconds. */
  localNow: () => number;
  /** The clock on the wall: looked at only to notice that the computer slept. */
  wallNow?: () => number;
  startTimer?: (ms: number, run: () => void) => () => void;
}

export class ServerClock {
  private samples: Sample[] = [];
  private offset = 0;
  private uncertaintyMs = Infinity;
  private stopTimer: (() => void) | null = null;
  private isSampling = false;
  private sampledAt = 0;
  private resampleMs = FIRST_RESAMPLE_MS;
  private wallOffset = 0;

  constructor(private readonly options: ServerClockOptions) {}

  /** The server's time in milliseconds since the epoch. */
  now(): number {
    return this.options.localNow() + this.offset;
  }

  /** The most that `now` can be wrong by, in milliseconds. */
  getUncertainty(): number {
    return this.uncertaintyMs;
  }

  /** A first guess from any answer that told the server's time, until samples know better. */
  setFirstEstimate(serverTime: number): void {
    if (this.uncertaintyMs === Infinity) this.offset = serverTime - this.options.localNow();
  }

  /** Take some samples, one after another. Those that fail are left out; with none, what was known stays. */
  async sample(count = SAMPLE_COUNT): Promise<void> {
    this.isSampling = true;
    for (let n = 0; n < count; n += 1) {
      const requestedAt = this.options.localNow();
      try {
        const serverTime = await this.options.fetchServerTime();
        const receivedAt = this.options.localNow();
        this.samples.push({
          minOffset: serverTime - receivedAt,
          maxOffset: serverTime + SERVER_RESOLUTION_MS - requestedAt,
          takenAt: receivedAt,
        });
        this.updateEstimate();
      } catch {
        continue;
      }
    }
    this.sampledAt = this.options.localNow();
    this.isSampling = false;
  }

  /** Sample again every minute, sooner while little is known or after a sleep, until `stop`. */
  start(): void {
    const startTimer = this.options.startTimer ?? startInterval;
    this.wallOffset = this.measureWallOffset();
    this.resampleMs = FIRST_RESAMPLE_MS;
    this.stopTimer ??= startTimer(FIRST_RESAMPLE_MS, () => this.resampleIfDue());
  }

  stop(): void {
    this.stopTimer?.();
    this.stopTimer = null;
  }

  private resampleIfDue(): void {
    const wallOffset = this.measureWallOffset();
    if (Math.abs(wallOffset - this.wallOffset) > SLEEP_DETECTION_MS) this.resampleMs = 0;
    else if (this.resampleMs > 0 && this.uncertaintyMs <= MAX_UNCERTAINTY_MS) this.resampleMs = RESAMPLE_MS;
    this.wallOffset = wallOffset;
    if (this.isSampling || this.options.localNow() - this.sampledAt < this.resampleMs) return;
    this.resampleMs = this.resampleMs > 0 ? Math.min(2 * this.resampleMs, RESAMPLE_MS) : FIRST_RESAMPLE_MS;
    void this.sample();
  }

  private measureWallOffset(): number {
    return (this.options.wallNow ?? Date.now)() - this.options.localNow();
  }

  private updateEstimate(): void {
    const now = this.options.localNow();
    let minOffset = -Infinity;
    let maxOffset = Infinity;
    const consistent: Sample[] = [];
    for (let n = this.samples.length - 1; n >= 0; n -= 1) {
      const sample = this.samples[n]!;
      const age = now - sample.takenAt;
      const min = Math.max(minOffset, sample.minOffset - age * MAX_DRIFT_RATE);
      const max = Math.min(maxOffset, sample.maxOffset + age * MAX_DRIFT_RATE);
      if (age > MAX_SAMPLE_AGE_MS || min > max) break;
      [minOffset, maxOffset] = [min, max];
      consistent.unshift(sample);
    }
    this.samples = consistent;
    this.offset = (minOffset + maxOffset) / 2;
    this.uncertaintyMs = (maxOffset - minOffset) / 2;
  }
}

function startInterval(ms: number, run: () => void): () => void {
  const id = setInterval(run, ms);
  return () => clearInterval(id);
}
