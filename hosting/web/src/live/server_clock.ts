/**
 * The clock of the server, estimated from several samples.
 *
 * A sample is one `GET /api/now`. The server read its clock somewhere between the request and the response, so it is
 * ahead of the local clock by at least `serverTime − receivedAt` and at most `serverTime − requestedAt`. All samples
 * together narrow this range: the quickest response gives the lower bound, the quickest request the upper one, and the
 * estimate is the middle. So delays in either direction do no harm as long as each direction is quick now and then. If
 * one direction is always slower, the estimate is off by half the difference, which no round trip can show.
 *
 * The local clock is `performance.now`, because nobody can set it; the clock of the computer may be wrong by minutes.
 * It drifts, though, and stops while the computer sleeps. So the bounds of a sample widen with its age, and a sample
 * that contradicts a newer one is dropped together with all older ones.
 */

/** The number of samples in one round. */
export const SAMPLE_COUNT = 8;
/** The time between rounds. */
export const RESAMPLE_MS = 60_000;
/** While the uncertainty is larger than this, rounds come sooner, each after twice the time of the one before. */
const MAX_UNCERTAINTY_MS = 20;
/** The time until the first of these sooner rounds. */
const FIRST_RESAMPLE_MS = 4_000;
/** Older samples no longer count, however quick they were. */
const MAX_SAMPLE_AGE_MS = 5 * RESAMPLE_MS;
/** The largest rate at which the clocks of two computers drift apart. */
const MAX_DRIFT_RATE = 1 / 20_000;
/** The server rounds its time down to milliseconds. */
const SERVER_RESOLUTION_MS = 1;
/** If wall clock and local clock have moved apart by this, the computer has slept and samples no longer hold. */
const SLEEP_DETECTION_MS = 1_000;

/** The bounds that one request gives for the offset of the server's clock. */
interface Sample {
  /** The server is ahead of the local clock by at least this. */
  minOffset: number;
  /** The server is ahead of the local clock by at most this. */
  maxOffset: number;
  takenAt: number;
}

/** The clocks and requests of a server clock. */
export interface ServerClockOptions {
  /** Fetch the time of the server; rejects when it is unreachable. */
  fetchServerTime: () => Promise<number>;
  /** A local clock in milliseconds that nobody sets. */
  localNow: () => number;
  /** The clock of the computer, used only to notice that it has slept. */
  wallNow?: () => number;
  startTimer?: (ms: number, run: () => void) => () => void;
}

/** The clock of the server as this page knows it. */
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

  /** Return the time of the server in milliseconds since the epoch. */
  now(): number {
    return this.options.localNow() + this.offset;
  }

  /** Return by how many milliseconds `now` can be wrong at most. */
  getUncertainty(): number {
    return this.uncertaintyMs;
  }

  /** Use the server time in any response as the estimate until there are samples. */
  setFirstEstimate(serverTime: number): void {
    if (this.uncertaintyMs === Infinity) this.offset = serverTime - this.options.localNow();
  }

  /** Take samples one after another; samples that fail are left out, and without any the estimate stays. */
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
        // A request that fails gives no sample.
      }
    }
    this.sampledAt = this.options.localNow();
    this.isSampling = false;
  }

  /** Sample again every minute, sooner while the estimate is uncertain or after a sleep, until `stop`. */
  start(): void {
    const startTimer = this.options.startTimer ?? startInterval;
    this.wallOffset = this.measureWallOffset();
    this.resampleMs = FIRST_RESAMPLE_MS;
    this.stopTimer ??= startTimer(FIRST_RESAMPLE_MS, () => this.resampleIfDue());
  }

  /** Stop sampling. */
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

  /** Return how far the wall clock is ahead of the local clock. */
  private measureWallOffset(): number {
    return (this.options.wallNow ?? Date.now)() - this.options.localNow();
  }

  /** Combine the samples that agree, from the newest back, into an estimate. */
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
