/**
 * One player: a <video> fed by hls.js (or by the browser itself where that cannot run), kept at a wanted place.
 *
 * A deck is told again and again where it should be (`drive`) or to stand at one place (`stand`). It starts only when
 * it is there: data that came late are skipped before the first frame moves, so nobody sees it hurry. The same holds
 * for a seek while it plays: it stands until what was sought is there, and goes on where one should be by then.
 */

import type HlsClass from "hls.js";
import { PlaybackSync, SEEK_THRESHOLD_MS } from "./playback_sync";

export type HlsModule = typeof HlsClass;

export interface VideoPlayerOptions {
  /** Loads hls.js, once for all decks; null where the browser must play HLS itself. */
  loadHls: () => Promise<HlsModule | null>;
  getUrl: (media: string) => string;
  localNow: () => number;
  /** There is a picture now, or one of another place: time to look again. */
  onPicture: () => void;
  /** The browser wants a click before it gives sound. */
  onAutoplayBlocked: () => void;
  estimates: PlaybackEstimates;
}

/** What the decks of a page have learnt of the line and of the browser. */
export interface PlaybackEstimates {
  /** What the line carries, in bits a second. */
  bitsPerSecond: number;
  /** How long it takes from `play()` until the picture moves. */
  startLatencyMs: number;
}

/** How near a deck must be to be taken for a place rather than the other one. */
const SAME_PLACE_MS = 1_500;
/** A frozen picture this near to the wanted one is not sought again: at the end of a segment it is that one. */
const SAME_FRAME_MS = 120;
/** A start that is later than this skips ahead first; less is worked off while playing. */
const SKIP_AHEAD_MS = 300;
/** One that turned out later than this, once it moves, is made again, once: working it off would take seconds. */
const RESTART_MS = 120;
/** What a seek takes to its first picture: from data that are there, and from such that must be fetched. */
const BUFFERED_SEEK_MS = 80;
const FETCHED_SEEK_MS = 350;
/** A player that waits for data is given so long before it gives up what it waits for and seeks on. */
const MAX_STALL_MS = 6_000;
/** Rates nearer together than this are one: each change costs the sound a little. */
const MIN_RATE_CHANGE = 0.004;
const MAX_START_LATENCY_MS = 250;
/** What lies after a place is there, and the place itself is not: after so long it was lost on the way. */
const LOST_SEGMENT_MS = 1_500;
/** A browser that fetches nothing until it plays (phones) is told to play after this. */
const PLAY_TO_FETCH_MS = 1_500;
const RETRY_DELAYS_MS = [700, 1_500, 3_000, 4_000];

export class VideoPlayer {
  media: string | null = null;
  /** Whether there has been a picture since the media was asked for; the latest one stays while others are fetched. */
  hasPicture = false;
  private hls: InstanceType<HlsModule> | null = null;
  private readonly sync = new PlaybackSync();
  private loadId = 0;
  private loadedAt = 0;
  private failureCount = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private isStarting = false;
  private pendingStart: { behindMs: number; positionMs: number } | null = null;
  private hasRestarted = false;
  /** It plays because it was unlocked, from wherever it stood. */
  private isUnsynced = false;
  private isFollowing = false;
  private stalledSince: number | null = null;
  private lostSince: number | null = null;
  private seekAttempts = 0;
  private targetMs = 0;
  private isQualityLimited = false;

  constructor(
    readonly video: HTMLVideoElement,
    private readonly options: VideoPlayerOptions,
  ) {
    video.playsInline = true;
    video.preload = "auto";
    video.disableRemotePlayback = true;
    video.preservesPitch = true;
    video.addEventListener("playing", () => (this.failureCount = 0));
    for (const eventName of ["loadeddata", "seeked"]) {
      video.addEventListener(eventName, () => {
        this.hasPicture ||= this.isReady;
        if (this.media !== null) options.onPicture();
      });
    }
  }

  get positionMs(): number {
    return this.video.currentTime * 1_000;
  }

  /** Whether there is a picture to be seen (or a sound to be heard) at the place it stands. */
  get isReady(): boolean {
    return this.media !== null && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !this.video.seeking;
  }

  /** Whether it waits for data. */
  get isStalled(): boolean {
    const { readyState, seeking } = this.video;
    return this.media !== null && (seeking || readyState < HTMLMediaElement.HAVE_FUTURE_DATA) && !this.isAtEnd;
  }

  isNear(media: string, positionMs: number): boolean {
    return (
      this.media === media && Math.abs((this.isReady ? this.positionMs : this.targetMs) - positionMs) <= SAME_PLACE_MS
    );
  }

  /** Load a media, paused at a place. */
  load(media: string, positionMs: number): void {
    this.unload();
    this.media = media;
    this.loadedAt = this.options.localNow();
    this.targetMs = positionMs;
    this.seekAttempts = 0;
    this.hasRestarted = false;
    this.isFollowing = false;
    this.stalledSince = null;
    this.lostSince = null;
    this.sync.reset();
    void this.attach(media, positionMs, ++this.loadId);
  }

  unload(): void {
    clearTimeout(this.retryTimer);
    this.loadId += 1;
    this.media = null;
    this.hasPicture = false;
    if (this.hls)
      this.options.estimates.bitsPerSecond = this.hls.bandwidthEstimate || this.options.estimates.bitsPerSecond;
    this.hls?.destroy();
    this.hls = null;
    if (this.video.hasAttribute("src")) {
      this.video.removeAttribute("src");
      this.video.load();
    }
  }

  /** Play such that the media stands at `ms` now. Called several times a second. */
  playAt(targetMs: number): void {
    this.targetMs = targetMs;
    this.isFollowing = true;
    if (this.isStarting) return;
    if (!this.isReady) return this.isSegmentLost() ? this.load(this.media!, targetMs) : this.playToStartFetching();
    if (this.isAtEnd && targetMs >= this.positionMs) return;
    const behindMs = targetMs - this.positionMs;
    if (this.video.paused) {
      if (behindMs > SKIP_AHEAD_MS && this.seekAttempts < 2) return this.seekAhead(targetMs);
      if (behindMs < -3_000) return this.seekAhead(targetMs);
      if (behindMs >= -this.options.estimates.startLatencyMs) this.start(behindMs);
      return;
    }
    const hasStarted = this.measureStartLatency(behindMs);
    if (behindMs > RESTART_MS && (this.isUnsynced || (hasStarted && !this.hasRestarted))) {
      this.hasRestarted = !this.isUnsynced;
      return this.restartAt(targetMs);
    }
    this.isUnsynced = false;
    if (this.isWaitingForData() && Math.abs(behindMs) > SEEK_THRESHOLD_MS) return;
    const action = this.sync.chooseAction(behindMs, this.options.localNow());
    const rate = action.kind === "rate" ? action.rate : 1;
    const currentRate = this.video.playbackRate;
    if (currentRate !== rate && (rate === 1 || currentRate === 1 || Math.abs(currentRate - rate) > MIN_RATE_CHANGE))
      this.video.playbackRate = rate;
    if (action.kind === "seek") this.restartAt(targetMs);
  }

  /**
   * Stand still at a place. One that only waits to be driven need be no nearer than `within`: what is there by then
   * is skipped in no time, while seeking after a place that moves on is work for nothing.
   */
  pauseAt(positionMs: number, toleranceMs = SAME_FRAME_MS): void {
    this.targetMs = positionMs;
    this.isFollowing = false;
    this.hasRestarted = false;
    this.pause();
    if (this.isSegmentLost()) return this.load(this.media!, positionMs);
    if (this.media === null || this.video.seeking || this.video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const lastFrameMs = Number.isFinite(this.video.duration) ? this.video.duration * 1_000 - 40 : Infinity;
    const clampedMs = Math.max(0, Math.min(positionMs, lastFrameMs));
    if (Math.abs(this.positionMs - clampedMs) > toleranceMs) this.seek(clampedMs);
  }

  pause(): void {
    if (!this.video.paused) this.video.pause();
    this.video.playbackRate = 1;
    this.pendingStart = null;
    this.isUnsynced = false;
  }

  /** Called in a click: from then on the browser lets this element sound. */
  unlock(): void {
    if (!this.video.paused) return;
    this.isUnsynced = true;
    this.video.muted = true;
    const attempt = this.video.play() as Promise<void> | undefined;
    void attempt?.then(
      () => this.isFollowing || this.video.pause(),
      () => undefined,
    );
    this.video.muted = false;
  }

  /** The lowest quality only, or whatever the line carries. */
  limitQuality(isLowest: boolean): void {
    this.isQualityLimited = isLowest;
    if (this.hls) this.hls.autoLevelCapping = isLowest ? 0 : -1;
  }

  /** What quality is played, for the trouble report and the label. */
  get qualityLabel(): string {
    const height = this.video.videoHeight;
    return height ? `${height}p` : "";
  }

  private get isAtEnd(): boolean {
    const { duration, currentTime } = this.video;
    return this.video.ended || (Number.isFinite(duration) && duration > 0 && currentTime >= duration - 0.04);
  }

  /** Whether it seeks a part that its loader passed over (a seek came while it was on its way) and never fetches again. */
  private isSegmentLost(): boolean {
    const { buffered, currentTime, seeking } = this.video;
    const isLaterBuffered = buffered.length > 0 && buffered.start(buffered.length - 1) > currentTime;
    if (this.media === null || !seeking || !isLaterBuffered || this.isBuffered(currentTime * 1_000))
      this.lostSince = null;
    else this.lostSince ??= this.options.localNow();
    return this.lostSince !== null && this.options.localNow() - this.lostSince > LOST_SEGMENT_MS;
  }

  /** Play what has no picture yet, where the browser itself plays HLS and may wait for that before it fetches any. */
  private playToStartFetching(): void {
    const mayNeedPlay = this.hls === null && this.video.paused && !this.video.seeking && this.video.hasAttribute("src");
    if (!mayNeedPlay || this.options.localNow() - this.loadedAt <= PLAY_TO_FETCH_MS) return;
    this.start(0);
    this.pendingStart = null;
  }

  /** Set it going: it was so much behind when it was told to. */
  private start(behindMs: number): void {
    this.isStarting = true;
    this.pendingStart = { behindMs, positionMs: this.positionMs };
    const finish = (): void => void (this.isStarting = false);
    this.video.play().then(finish, (error: unknown) => {
      finish();
      if (error instanceof DOMException && error.name === "NotAllowedError") this.options.onAutoplayBlocked();
    });
  }

  /** Stand, seek, and go on when that is done. */
  private restartAt(targetMs: number): void {
    this.pause();
    this.seekAttempts = 0;
    this.seekAhead(targetMs);
  }

  /**
   * Once it moves, how much further behind it is than it was when it was told to go is what going takes. Tells whether
   * it has just been learnt.
   */
  private measureStartLatency(behindMs: number): boolean {
    if (this.pendingStart === null || this.positionMs - this.pendingStart.positionMs < 20) return false;
    const { estimates } = this.options;
    const latencyMs = Math.max(0, Math.min(MAX_START_LATENCY_MS, behindMs - this.pendingStart.behindMs));
    estimates.startLatencyMs = Math.round((estimates.startLatencyMs + latencyMs) / 2);
    this.pendingStart = null;
    return true;
  }

  /** Whether it plays, and waits for data that may yet come: seeking then would only fetch others first. */
  private isWaitingForData(): boolean {
    const now = this.options.localNow();
    if (this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.stalledSince = null;
    else this.stalledSince ??= now;
    return this.stalledSince !== null && now - this.stalledSince < MAX_STALL_MS;
  }

  /** Seek to where one should be when the seek is done. */
  private seekAhead(targetMs: number): void {
    this.seekAttempts += 1;
    const { startLatencyMs } = this.options.estimates;
    this.seek(
      targetMs +
        startLatencyMs +
        (this.isBuffered(targetMs + startLatencyMs + BUFFERED_SEEK_MS) ? BUFFERED_SEEK_MS : FETCHED_SEEK_MS),
    );
  }

  private isBuffered(positionMs: number): boolean {
    const { buffered } = this.video;
    for (let n = 0; n < buffered.length; n += 1) {
      if (buffered.start(n) * 1_000 <= positionMs && positionMs < buffered.end(n) * 1_000 - 200) return true;
    }
    return false;
  }

  private seek(positionMs: number): void {
    this.video.currentTime = Math.max(0, positionMs) / 1_000;
  }

  private async attach(media: string, positionMs: number, loadId: number): Promise<void> {
    const url = this.options.getUrl(media);
    const Hls = await this.options.loadHls();
    if (loadId !== this.loadId) return;
    if (!Hls) {
      this.video.src = url;
      // Where it is to begin; not all browsers heed that, so it is looked at again when they know the media.
      this.seek(this.isFollowing ? this.targetMs + FETCHED_SEEK_MS : this.targetMs);
      this.video.addEventListener(
        "loadedmetadata",
        () => Math.abs(this.positionMs - this.targetMs) > SEEK_THRESHOLD_MS && this.seek(this.targetMs),
        { once: true },
      );
      this.video.addEventListener("error", () => this.retryLater(loadId), { once: true });
      return;
    }
    const hls = new Hls({
      // Strict security policies have no room for a worker made of a blob; CMAF needs no remuxing anyway.
      enableWorker: false,
      startPosition: Math.max(0, positionMs) / 1_000,
      maxBufferLength: 24,
      maxMaxBufferLength: 40,
      backBufferLength: 12,
      capLevelToPlayerSize: true,
      abrEwmaDefaultEstimate: this.options.estimates.bitsPerSecond,
      // The first part that is fetched is shown, not thrown away as a measurement.
      testBandwidth: false,
      startFragPrefetch: true,
      liveDurationInfinity: false,
      lowLatencyMode: false,
    });
    this.hls = hls;
    if (this.isQualityLimited) hls.autoLevelCapping = 0;
    hls.on(Hls.Events.ERROR, (_event, data) => {
      if (data.fatal) this.retryLater(loadId);
    });
    hls.loadSource(url);
    hls.attachMedia(this.video);
  }

  /** After a failure that the player could not mend by itself: begin anew, at where one should be by then. */
  private retryLater(loadId: number): void {
    if (loadId !== this.loadId || this.media === null) return;
    const media = this.media;
    const delay = RETRY_DELAYS_MS[Math.min(this.failureCount, RETRY_DELAYS_MS.length - 1)]!;
    this.failureCount += 1;
    this.hls?.stopLoad();
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => {
      if (loadId === this.loadId) this.load(media, this.targetMs);
    }, delay);
  }
}
