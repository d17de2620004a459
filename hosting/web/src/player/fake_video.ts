/** A fake <video> for tests that behaves as in browsers with HLS built in: it plays what has been buffered. */

/** The constants of `HTMLMediaElement` that the player uses. */
export const READY_STATES = { HAVE_METADATA: 1, HAVE_CURRENT_DATA: 2, HAVE_FUTURE_DATA: 3 };

/** The fake <video>. */
export class FakeVideo extends EventTarget {
  time = 0;
  paused = true;
  seeking = false;
  ended = false;
  duration = 600;
  playbackRate = 1;
  volume = 1;
  muted = false;
  preservesPitch = false;
  isVisible = false;
  readonly requestedUrls: string[] = [];
  videoHeight = 360;
  /** Media before this time has been lost. */
  bufferedFrom = 0;
  bufferedTo = 0;
  readonly seeks: number[] = [];
  playCount = 0;
  /** The time from `play()` until the picture moves. */
  startLatencyMs = 0;
  private startsInMs = 0;
  readonly classList = {
    toggle: (_name: string, on: boolean): void => {
      this.isVisible = on;
    },
  };
  private source: string | null = null;

  get src(): string | null {
    return this.source;
  }

  set src(url: string | null) {
    this.source = url;
    if (url !== null) this.requestedUrls.push(url);
  }

  get currentTime(): number {
    return this.time;
  }

  set currentTime(seconds: number) {
    if (this.readyState > 0) this.seeks.push(Math.round(seconds * 1_000));
    this.time = seconds;
    this.seeking = this.readyState > 0;
    this.finishSeek();
  }

  get readyState(): number {
    if (this.src === null || this.bufferedTo === 0) return 0;
    if (this.seeking) return 1;
    return this.time < this.bufferedTo - 0.001 ? 4 : 2;
  }

  get buffered(): TimeRanges {
    return { length: 1, start: () => this.bufferedFrom, end: () => this.bufferedTo };
  }

  hasAttribute(): boolean {
    return this.src !== null;
  }

  removeAttribute(): void {
    this.src = null;
  }

  load(): void {
    [this.bufferedFrom, this.bufferedTo] = [0, 0];
  }

  play(): Promise<void> {
    this.playCount += 1;
    this.paused = false;
    this.startsInMs = this.startLatencyMs;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  /** Buffer the media up to a time. */
  bufferTo(seconds: number): void {
    const isFirst = this.bufferedTo === 0;
    this.bufferedTo = seconds;
    if (isFirst) this.dispatchEvent(new Event("loadedmetadata"));
    this.finishSeek();
    this.dispatchEvent(new Event("loadeddata"));
  }

  /** Let time pass. */
  advance(ms: number): void {
    this.startsInMs -= ms;
    if (!this.paused && !this.seeking && this.startsInMs < 0)
      this.time = Math.min(this.bufferedTo, this.time + (ms / 1_000) * this.playbackRate);
  }

  private finishSeek(): void {
    if (!this.seeking || this.time < this.bufferedFrom || this.time >= this.bufferedTo) return;
    this.seeking = false;
    this.dispatchEvent(new Event("seeked"));
  }
}
