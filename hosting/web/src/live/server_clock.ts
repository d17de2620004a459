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

export const SAMPLES = 8;
export const AGAIN_MS = 60_000;
/** While the server's clock is known no better than this, it is asked again sooner, each time after twice as long. */
const VAGUE_MS = 20;
const SOON_MS = 4_000;
/** Samples older than this no longer count, however quick they were. */
const KEPT_MS = 5 * AGAIN_MS;
/** How far two computers' clocks drift apart, of a second. */
const DRIFT = 1 / 20_000;
/** The server tells whole milliseconds. */
const GRAIN_MS = 1;
/** When the two clocks of this computer disagree by so much, it has slept (or was set), and nothing is known any more. */
const SLEPT_MS = 1_000;

interface Sample {
  /** The server is ahead by this at least … */
  low: number;
  /** … and by this at most. */
  high: number;
  taken: number;
}

export interface ClockMeans {
  /** Asks the server for its time; rejects when it cannot be reached. */
  ask: () => Promise<number>;
  /** A local clock that never jumps, in milliseconds. */
  local: () => number;
  /** The clock on the wall: looked at only to notice that the computer slept. */
  wall?: () => number;
  every?: (ms: number, run: () => void) => () => void;
}

export class ServerClock {
  private samples: Sample[] = [];
  private offset = 0;
  private doubt = Infinity;
  private stopper: (() => void) | null = null;
  private sampling = false;
  private sampled = 0;
  private pause = SOON_MS;
  private between = 0;

  constructor(private readonly means: ClockMeans) {}

  /** The server's time in milliseconds since the epoch. */
  now(): number {
    return this.means.local() + this.offset;
  }

  /** The most that `now` can be wrong by, in milliseconds. */
  uncertainty(): number {
    return this.doubt;
  }

  /** A first guess from any answer that told the server's time, until samples know better. */
  hint(server: number): void {
    if (this.doubt === Infinity) this.offset = server - this.means.local();
  }

  /** Take some samples, one after another. Those that fail are left out; with none, what was known stays. */
  async sample(count = SAMPLES): Promise<void> {
    this.sampling = true;
    for (let n = 0; n < count; n += 1) {
      const asked = this.means.local();
      try {
        const told = await this.means.ask();
        const heard = this.means.local();
        this.samples.push({ low: told - heard, high: told + GRAIN_MS - asked, taken: heard });
        this.choose();
      } catch {
        continue;
      }
    }
    this.sampled = this.means.local();
    this.sampling = false;
  }

  /** Sample again every minute, sooner while little is known or after a sleep, until `stop`. */
  start(): void {
    const every = this.means.every ?? defaultEvery;
    this.between = this.apart();
    this.pause = SOON_MS;
    this.stopper ??= every(SOON_MS, () => this.check());
  }

  stop(): void {
    this.stopper?.();
    this.stopper = null;
  }

  private check(): void {
    const between = this.apart();
    if (Math.abs(between - this.between) > SLEPT_MS) this.pause = 0;
    else if (this.pause > 0 && this.doubt <= VAGUE_MS) this.pause = AGAIN_MS;
    this.between = between;
    if (this.sampling || this.means.local() - this.sampled < this.pause) return;
    this.pause = this.pause > 0 ? Math.min(2 * this.pause, AGAIN_MS) : SOON_MS;
    void this.sample();
  }

  private apart(): number {
    return (this.means.wall ?? Date.now)() - this.means.local();
  }

  private choose(): void {
    const now = this.means.local();
    let low = -Infinity;
    let high = Infinity;
    const kept: Sample[] = [];
    for (let n = this.samples.length - 1; n >= 0; n -= 1) {
      const sample = this.samples[n]!;
      const age = now - sample.taken;
      const from = Math.max(low, sample.low - age * DRIFT);
      const to = Math.min(high, sample.high + age * DRIFT);
      if (age > KEPT_MS || from > to) break;
      [low, high] = [from, to];
      kept.unshift(sample);
    }
    this.samples = kept;
    this.offset = (low + high) / 2;
    this.doubt = (high - low) / 2;
  }
}

function defaultEvery(ms: number, run: () => void): () => void {
  const id = setInterval(run, ms);
  return () => clearInterval(id);
}
