/** A made-up <video> for tests, as browsers have one that play HLS themselves: it plays what the line has brought. */

export const READY_STATES = { HAVE_METADATA: 1, HAVE_CURRENT_DATA: 2, HAVE_FUTURE_DATA: 3 };

export class Player extends EventTarget {
  time = 0;
  paused = true;
  seeking = false;
  ended = false;
  duration = 600;
  playbackRate = 1;
  volume = 1;
  muted = false;
  preservesPitch = false;
  seen = false;
  readonly asked: string[] = [];
  videoHeight = 360;
  /** What comes before was lost on the way. */
  loadedFrom = 0;
  loadedTo = 0;
  readonly seeks: number[] = [];
  plays = 0;
  /** How long it takes from `play()` until the picture moves. */
  lagMs = 0;
  private goesIn = 0;
  readonly classList = { toggle: (_name: string, on: boolean): void => void (this.seen = on) };
  private source: string | null = null;

  get src(): string | null {
    return this.source;
  }

  set src(url: string | null) {
    this.source = url;
    if (url !== null) this.asked.push(url);
  }

  get currentTime(): number {
    return this.time;
  }

  set currentTime(seconds: number) {
    if (this.readyState > 0) this.seeks.push(Math.round(seconds * 1_000));
    this.time = seconds;
    this.seeking = this.readyState > 0;
    this.come();
  }

  get readyState(): number {
    if (this.src === null || this.loadedTo === 0) return 0;
    if (this.seeking) return 1;
    return this.time < this.loadedTo - 0.001 ? 4 : 2;
  }

  get buffered(): TimeRanges {
    return { length: 1, start: () => this.loadedFrom, end: () => this.loadedTo };
  }

  hasAttribute(): boolean {
    return this.src !== null;
  }

  removeAttribute(): void {
    this.src = null;
  }

  load(): void {
    [this.loadedFrom, this.loadedTo] = [0, 0];
  }

  play(): Promise<void> {
    this.plays += 1;
    this.paused = false;
    this.goesIn = this.lagMs;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  /** The line brings the film up to a second. */
  bring(seconds: number): void {
    const first = this.loadedTo === 0;
    this.loadedTo = seconds;
    if (first) this.dispatchEvent(new Event("loadedmetadata"));
    this.come();
    this.dispatchEvent(new Event("loadeddata"));
  }

  pass(ms: number): void {
    this.goesIn -= ms;
    if (!this.paused && !this.seeking && this.goesIn < 0)
      this.time = Math.min(this.loadedTo, this.time + (ms / 1_000) * this.playbackRate);
  }

  private come(): void {
    if (!this.seeking || this.time < this.loadedFrom || this.time >= this.loadedTo) return;
    this.seeking = false;
    this.dispatchEvent(new Event("seeked"));
  }
}
