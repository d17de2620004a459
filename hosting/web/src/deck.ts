/**
 * One player: a <video> fed by hls.js (or by the browser itself where that cannot run), kept at a wanted place.
 *
 * A deck is told again and again where it should be (`drive`) or to stand at one place (`stand`). It starts only when
 * it is there: data that came late are skipped before the first frame moves, so nobody sees it hurry.
 */

import type HlsClass from "hls.js";
import { Drift } from "./drift";

export type HlsModule = typeof HlsClass;

export interface DeckMeans {
  /** Loads hls.js, once for all decks; null where the browser must play HLS itself. */
  hls: () => Promise<HlsModule | null>;
  url: (media: string) => string;
  local: () => number;
  /** The browser wants a click before it gives sound. */
  onBlocked: () => void;
}

/** How near a deck must be to be taken for a place rather than the other one. */
const NEAR_MS = 1_500;
/** A frozen picture this near to the wanted one is not sought again: at the end of a segment it is that one. */
const SAME_FRAME_MS = 120;
/** A start that is later than this skips ahead first; less is worked off while playing. */
const LATE_MS = 300;
const RETRY_MS = [700, 1_500, 3_000, 4_000];

export class Deck {
  media: string | null = null;
  private hls: InstanceType<HlsModule> | null = null;
  private readonly drift = new Drift();
  private loading = 0;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private starting = false;
  private aligned = 0;
  private aim = 0;
  private capped = false;

  constructor(
    readonly video: HTMLVideoElement,
    private readonly means: DeckMeans,
  ) {
    video.playsInline = true;
    video.preload = "auto";
    video.disableRemotePlayback = true;
    video.addEventListener("playing", () => (this.failures = 0));
  }

  get position(): number {
    return this.video.currentTime * 1_000;
  }

  /** Whether there is a picture to be seen (or a sound to be heard) at the place it stands. */
  get ready(): boolean {
    return this.media !== null && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !this.video.seeking;
  }

  /** Whether it waits for data. */
  get stalled(): boolean {
    return this.media !== null && this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !this.atEnd;
  }

  near(media: string, ms: number): boolean {
    return this.media === media && Math.abs((this.ready ? this.position : this.aim) - ms) <= NEAR_MS;
  }

  /** Load a media, paused at a place. */
  load(media: string, ms: number): void {
    this.unload();
    this.media = media;
    this.aim = ms;
    this.aligned = 0;
    this.drift.forget();
    void this.attach(media, ms, ++this.loading);
  }

  unload(): void {
    clearTimeout(this.retry);
    this.loading += 1;
    this.media = null;
    this.hls?.destroy();
    this.hls = null;
    if (this.video.hasAttribute("src")) {
      this.video.removeAttribute("src");
      this.video.load();
    }
  }

  /** Play such that the media stands at `ms` now. Called several times a second. */
  drive(ms: number): void {
    this.aim = ms;
    if (!this.ready || this.starting) return;
    if (this.atEnd && ms >= this.position) return;
    const behind = ms - this.position;
    if (this.video.paused) {
      if (behind > LATE_MS && this.aligned < 2) return this.align(ms + 60);
      if (behind < -3_000) return this.align(ms);
      if (behind >= -20) this.start();
      return;
    }
    const step = this.drift.step(behind, this.means.local());
    const rate = step.do === "rate" ? step.rate : 1;
    if (Math.abs(this.video.playbackRate - rate) > 0.001) this.video.playbackRate = rate;
    if (step.do === "seek") this.seek(ms + 150);
  }

  /** Stand still at a place. */
  stand(ms: number): void {
    this.aim = ms;
    this.pause();
    if (this.media === null || this.video.seeking || this.video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const last = Number.isFinite(this.video.duration) ? this.video.duration * 1_000 - 40 : Infinity;
    const place = Math.max(0, Math.min(ms, last));
    if (Math.abs(this.position - place) > SAME_FRAME_MS) this.seek(place);
  }

  pause(): void {
    if (!this.video.paused) this.video.pause();
    this.video.playbackRate = 1;
  }

  /** Called in a click: from then on the browser lets this element sound. */
  unlock(): void {
    if (!this.video.paused) return;
    this.video.muted = true;
    const tried = this.video.play() as Promise<void> | undefined;
    void tried?.then(
      () => this.video.pause(),
      () => undefined,
    );
    this.video.muted = false;
  }

  /** The lowest quality only, or whatever the line carries. */
  cap(lowest: boolean): void {
    this.capped = lowest;
    if (this.hls) this.hls.autoLevelCapping = lowest ? 0 : -1;
  }

  /** What quality is played, for the trouble report and the label. */
  get quality(): string {
    const height = this.video.videoHeight;
    return height ? `${height}p` : "";
  }

  private get atEnd(): boolean {
    const { duration, currentTime } = this.video;
    return this.video.ended || (Number.isFinite(duration) && duration > 0 && currentTime >= duration - 0.04);
  }

  private start(): void {
    this.starting = true;
    const done = (): void => void (this.starting = false);
    this.video.play().then(done, (error: unknown) => {
      done();
      if (error instanceof DOMException && error.name === "NotAllowedError") this.means.onBlocked();
    });
  }

  private align(ms: number): void {
    this.aligned += 1;
    this.seek(ms);
  }

  private seek(ms: number): void {
    this.video.currentTime = Math.max(0, ms) / 1_000;
  }

  private async attach(media: string, ms: number, loading: number): Promise<void> {
    const url = this.means.url(media);
    const Hls = await this.means.hls();
    if (loading !== this.loading) return;
    if (!Hls) {
      this.video.src = url;
      this.video.addEventListener("loadedmetadata", () => this.seek(this.aim), { once: true });
      this.video.addEventListener("error", () => this.again(loading), { once: true });
      return;
    }
    const hls = new Hls({
      // Strict security policies have no room for a worker made of a blob; CMAF needs no remuxing anyway.
      enableWorker: false,
      startPosition: Math.max(0, ms) / 1_000,
      maxBufferLength: 24,
      maxMaxBufferLength: 40,
      backBufferLength: 12,
      capLevelToPlayerSize: true,
      abrEwmaDefaultEstimate: 3_000_000,
      startFragPrefetch: true,
      liveDurationInfinity: false,
      lowLatencyMode: false,
    });
    this.hls = hls;
    if (this.capped) hls.autoLevelCapping = 0;
    hls.on(Hls.Events.ERROR, (_event, data) => {
      if (data.fatal) this.again(loading);
    });
    hls.loadSource(url);
    hls.attachMedia(this.video);
  }

  /** After a failure that the player could not mend by itself: begin anew, at where one should be by then. */
  private again(loading: number): void {
    if (loading !== this.loading || this.media === null) return;
    const media = this.media;
    const pause = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)]!;
    this.failures += 1;
    this.hls?.stopLoad();
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      if (loading === this.loading) this.load(media, this.aim);
    }, pause);
  }
}
