/**
 * One player: a <video> fed by hls.js (or by the browser itself where that cannot run), kept at a wanted place.
 *
 * A deck is told again and again where it should be (`drive`) or to stand at one place (`stand`). It starts only when
 * it is there: data that came late are skipped before the first frame moves, so nobody sees it hurry. The same holds
 * for a seek while it plays: it stands until what was sought is there, and goes on where one should be by then.
 */

import type HlsClass from "hls.js";
import { Drift, SEEK_MS } from "./playback_sync";

export type HlsModule = typeof HlsClass;

export interface DeckMeans {
  /** Loads hls.js, once for all decks; null where the browser must play HLS itself. */
  hls: () => Promise<HlsModule | null>;
  url: (media: string) => string;
  local: () => number;
  /** There is a picture now, or one of another place: time to look again. */
  onReady: () => void;
  /** The browser wants a click before it gives sound. */
  onBlocked: () => void;
  learnt: Learnt;
}

/** What the decks of a page have learnt of the line and of the browser. */
export interface Learnt {
  /** What the line carries, in bits a second. */
  bits: number;
  /** How long it takes from `play()` until the picture moves. */
  lagMs: number;
}

/** How near a deck must be to be taken for a place rather than the other one. */
const NEAR_MS = 1_500;
/** A frozen picture this near to the wanted one is not sought again: at the end of a segment it is that one. */
const SAME_FRAME_MS = 120;
/** A start that is later than this skips ahead first; less is worked off while playing. */
const LATE_MS = 300;
/** One that turned out later than this, once it moves, is made again, once: working it off would take seconds. */
const LATE_START_MS = 120;
/** What a seek takes to its first picture: from data that are there, and from such that must be fetched. */
const SOUGHT_MS = 80;
const FETCH_MS = 350;
/** A player that waits for data is given so long before it gives up what it waits for and seeks on. */
const STARVED_MS = 6_000;
/** Rates nearer together than this are one: each change costs the sound a little. */
const SAME_RATE = 0.004;
const LONGEST_LAG_MS = 250;
/** What lies after a place is there, and the place itself is not: after so long it was lost on the way. */
const LOST_MS = 1_500;
/** A browser that fetches nothing until it plays (phones) is told to play after this. */
const UNFETCHED_MS = 1_500;
const RETRY_MS = [700, 1_500, 3_000, 4_000];

export class Deck {
  media: string | null = null;
  /** Whether there has been a picture since the media was asked for; the latest one stays while others are fetched. */
  pictured = false;
  private hls: InstanceType<HlsModule> | null = null;
  private readonly drift = new Drift();
  private loading = 0;
  private loadedAt = 0;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private starting = false;
  private begun: { behind: number; place: number } | null = null;
  private begunAgain = false;
  /** It plays because it was unlocked, from wherever it stood. */
  private loose = false;
  private driven = false;
  private starvedSince: number | null = null;
  private lostSince: number | null = null;
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
    video.preservesPitch = true;
    video.addEventListener("playing", () => (this.failures = 0));
    for (const told of ["loadeddata", "seeked"]) {
      video.addEventListener(told, () => {
        this.pictured ||= this.ready;
        if (this.media !== null) means.onReady();
      });
    }
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
    const { readyState, seeking } = this.video;
    return this.media !== null && (seeking || readyState < HTMLMediaElement.HAVE_FUTURE_DATA) && !this.atEnd;
  }

  near(media: string, ms: number): boolean {
    return this.media === media && Math.abs((this.ready ? this.position : this.aim) - ms) <= NEAR_MS;
  }

  /** Load a media, paused at a place. */
  load(media: string, ms: number): void {
    this.unload();
    this.media = media;
    this.loadedAt = this.means.local();
    this.aim = ms;
    this.aligned = 0;
    this.begunAgain = false;
    this.driven = false;
    this.starvedSince = null;
    this.lostSince = null;
    this.drift.forget();
    void this.attach(media, ms, ++this.loading);
  }

  unload(): void {
    clearTimeout(this.retry);
    this.loading += 1;
    this.media = null;
    this.pictured = false;
    if (this.hls) this.means.learnt.bits = this.hls.bandwidthEstimate || this.means.learnt.bits;
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
    this.driven = true;
    if (this.starting) return;
    if (!this.ready) return this.isLost() ? this.load(this.media!, ms) : this.rouse();
    if (this.atEnd && ms >= this.position) return;
    const behind = ms - this.position;
    if (this.video.paused) {
      if (behind > LATE_MS && this.aligned < 2) return this.align(ms);
      if (behind < -3_000) return this.align(ms);
      if (behind >= -this.means.learnt.lagMs) this.start(behind);
      return;
    }
    const moves = this.learn(behind);
    if (behind > LATE_START_MS && (this.loose || (moves && !this.begunAgain))) {
      this.begunAgain = !this.loose;
      return this.beginFrom(ms);
    }
    this.loose = false;
    if (this.starves() && Math.abs(behind) > SEEK_MS) return;
    const step = this.drift.step(behind, this.means.local());
    const rate = step.do === "rate" ? step.rate : 1;
    const now = this.video.playbackRate;
    if (now !== rate && (rate === 1 || now === 1 || Math.abs(now - rate) > SAME_RATE)) this.video.playbackRate = rate;
    if (step.do === "seek") this.beginFrom(ms);
  }

  /**
   * Stand still at a place. One that only waits to be driven need be no nearer than `within`: what is there by then
   * is skipped in no time, while seeking after a place that moves on is work for nothing.
   */
  stand(ms: number, within = SAME_FRAME_MS): void {
    this.aim = ms;
    this.driven = false;
    this.begunAgain = false;
    this.pause();
    if (this.isLost()) return this.load(this.media!, ms);
    if (this.media === null || this.video.seeking || this.video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const last = Number.isFinite(this.video.duration) ? this.video.duration * 1_000 - 40 : Infinity;
    const place = Math.max(0, Math.min(ms, last));
    if (Math.abs(this.position - place) > within) this.seek(place);
  }

  pause(): void {
    if (!this.video.paused) this.video.pause();
    this.video.playbackRate = 1;
    this.begun = null;
    this.loose = false;
  }

  /** Called in a click: from then on the browser lets this element sound. */
  unlock(): void {
    if (!this.video.paused) return;
    this.loose = true;
    this.video.muted = true;
    const tried = this.video.play() as Promise<void> | undefined;
    void tried?.then(
      () => this.driven || this.video.pause(),
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

  /** Whether it seeks a part that its loader passed over (a seek came while it was on its way) and never fetches again. */
  private isLost(): boolean {
    const { buffered, currentTime, seeking } = this.video;
    const beyond = buffered.length > 0 && buffered.start(buffered.length - 1) > currentTime;
    if (this.media === null || !seeking || !beyond || this.has(currentTime * 1_000)) this.lostSince = null;
    else this.lostSince ??= this.means.local();
    return this.lostSince !== null && this.means.local() - this.lostSince > LOST_MS;
  }

  /** Play what has no picture yet, where the browser itself plays HLS and may wait for that before it fetches any. */
  private rouse(): void {
    const waits = this.hls === null && this.video.paused && !this.video.seeking && this.video.hasAttribute("src");
    if (!waits || this.means.local() - this.loadedAt <= UNFETCHED_MS) return;
    this.start(0);
    this.begun = null;
  }

  /** Set it going: it was so much behind when it was told to. */
  private start(behind: number): void {
    this.starting = true;
    this.begun = { behind, place: this.position };
    const done = (): void => void (this.starting = false);
    this.video.play().then(done, (error: unknown) => {
      done();
      if (error instanceof DOMException && error.name === "NotAllowedError") this.means.onBlocked();
    });
  }

  /** Stand, seek, and go on when that is done. */
  private beginFrom(ms: number): void {
    this.pause();
    this.aligned = 0;
    this.align(ms);
  }

  /**
   * Once it moves, how much further behind it is than it was when it was told to go is what going takes. Tells whether
   * it has just been learnt.
   */
  private learn(behind: number): boolean {
    if (this.begun === null || this.position - this.begun.place < 20) return false;
    const { learnt } = this.means;
    const took = Math.max(0, Math.min(LONGEST_LAG_MS, behind - this.begun.behind));
    learnt.lagMs = Math.round((learnt.lagMs + took) / 2);
    this.begun = null;
    return true;
  }

  /** Whether it plays, and waits for data that may yet come: seeking then would only fetch others first. */
  private starves(): boolean {
    const local = this.means.local();
    if (this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.starvedSince = null;
    else this.starvedSince ??= local;
    return this.starvedSince !== null && local - this.starvedSince < STARVED_MS;
  }

  /** Seek to where one should be when the seek is done. */
  private align(ms: number): void {
    this.aligned += 1;
    const { lagMs } = this.means.learnt;
    this.seek(ms + lagMs + (this.has(ms + lagMs + SOUGHT_MS) ? SOUGHT_MS : FETCH_MS));
  }

  private has(ms: number): boolean {
    const { buffered } = this.video;
    for (let n = 0; n < buffered.length; n += 1) {
      if (buffered.start(n) * 1_000 <= ms && ms < buffered.end(n) * 1_000 - 200) return true;
    }
    return false;
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
      // Where it is to begin; not all browsers heed that, so it is looked at again when they know the media.
      this.seek(this.driven ? this.aim + FETCH_MS : this.aim);
      this.video.addEventListener(
        "loadedmetadata",
        () => Math.abs(this.position - this.aim) > SEEK_MS && this.seek(this.aim),
        { once: true },
      );
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
      abrEwmaDefaultEstimate: this.means.learnt.bits,
      // The first part that is fetched is shown, not thrown away as a measurement.
      testBandwidth: false,
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
