/**
 * A video player: a <video> with hls.js (or the HLS support of the browser), kept at a wanted position.
 *
 * The stage calls `playAt` several times a second with the position that should be playing, or `pauseAt` to stop at
 * one. The player starts only when it is near that position: what it is late by is skipped before the picture moves,
 * so that nobody sees it hurry. The same holds for a seek during playback: the player pauses, seeks to where it should
 * be by the end of the seek, and then plays on.
 */

import type HlsClass from "hls.js";
import { PlaybackSync, SEEK_THRESHOLD_MS } from "./playback_sync";

/** The class that hls.js exports. */
export type HlsModule = typeof HlsClass;

/** What a player needs from the stage. */
export interface VideoPlayerOptions {
  /** Load hls.js, once for all players; null where the browser has to play HLS itself. */
  loadHls: () => Promise<HlsModule | null>;
  getUrl: (media: string) => string;
  localNow: () => number;
  /** Called when there is a picture, or a new one after a seek. */
  onPicture: () => void;
  /** Called when the browser refuses to play with sound without a click. */
  onAutoplayBlocked: () => void;
  estimates: PlaybackEstimates;
}

/** What the players of a page have measured of the connection and the browser; they share and update it. */
export interface PlaybackEstimates {
  /** The bandwidth of the connection. */
  bitsPerSecond: number;
  /** The time from `play()` until the picture moves. */
  startLatencyMs: number;
}

/** A player that is this near to a position is used for it. */
const SAME_PLACE_MS = 1_500;
/** A paused player does not seek by less than this; at the end of a segment the last frame is near enough. */
const SAME_FRAME_MS = 120;
/** A start that would be later than this skips ahead first; less is corrected by the playback rate. */
const SKIP_AHEAD_MS = 300;
/** A start that turned out later than this is repeated once; correcting it by the rate would take seconds. */
const RESTART_MS = 120;
/** The time that a seek takes within buffered data. */
const BUFFERED_SEEK_MS = 80;
/** The time that a seek takes when data must be fetched. */
const FETCHED_SEEK_MS = 350;
/** A player waits this long for data that it lacks before it seeks ahead of them. */
const MAX_STALL_MS = 6_000;
/** The playback rate is not changed by less than this, because each change is slightly audible. */
const MIN_RATE_CHANGE = 0.004;
const MAX_START_LATENCY_MS = 250;
/** If later data have arrived and the wanted ones have not for this long, the loader has lost them. */
const LOST_SEGMENT_MS = 1_500;
/** Browsers on phones fetch nothing until they play; playback is started for them after this time. */
const PLAY_TO_FETCH_MS = 1_500;
const RETRY_DELAYS_MS = [700, 1_500, 3_000, 4_000];

/** One <video> with the media that it plays. */
export class VideoPlayer {
  media: string | null = null;
  /** Whether there has been a picture since the media was loaded; it stays visible during seeks. */
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
  /** Whether it plays only because it was unlocked, from wherever it was paused. */
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

  /** The current position in milliseconds. */
  get positionMs(): number {
    return this.video.currentTime * 1_000;
  }

  /** Whether there is a picture (or sound) at the current position. */
  get isReady(): boolean {
    return this.media !== null && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !this.video.seeking;
  }

  /** Whether the player waits for data. */
  get isStalled(): boolean {
    const { readyState, seeking } = this.video;
    return this.media !== null && (seeking || readyState < HTMLMediaElement.HAVE_FUTURE_DATA) && !this.isAtEnd;
  }

  /** Whether the player has a media near a position, or is loading it there. */
  isNear(media: string, positionMs: number): boolean {
    return (
      this.media === media && Math.abs((this.isReady ? this.positionMs : this.targetMs) - positionMs) <= SAME_PLACE_MS
    );
  }

  /** Load a media and pause it at a position. */
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

  /** Remove the media. */
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

  /** Play such that the media is at a position now; called several times a second. */
  playAt(targetMs: number): void {
    this.targetMs = targetMs;
    this.isFollowing = true;
    if (this.isStarting) return;
    if (!this.isReady) {
      if (this.isSegmentLost()) this.load(this.media!, targetMs);
      else this.playToStartFetching();
      return;
    }
    if (this.isAtEnd && targetMs >= this.positionMs) return;
    const behindMs = targetMs - this.positionMs;
    if (this.video.paused) {
      const isFarBehind = behindMs > SKIP_AHEAD_MS && this.seekAttempts < 2;
      if (isFarBehind || behindMs < -3_000) this.seekAhead(targetMs);
      else if (behindMs >= -this.options.estimates.startLatencyMs) this.start(behindMs);
      return;
    }
    const hasStarted = this.measureStartLatency(behindMs);
    if (behindMs > RESTART_MS && (this.isUnsynced || (hasStarted && !this.hasRestarted))) {
      this.hasRestarted = !this.isUnsynced;
      this.restartAt(targetMs);
      return;
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
   * Pause at a position. A player that will play soon may use a larger tolerance, because seeking after a position
   * that moves on wastes requests, and the first start skips the difference anyway.
   */
  pauseAt(positionMs: number, toleranceMs = SAME_FRAME_MS): void {
    this.targetMs = positionMs;
    this.isFollowing = false;
    this.hasRestarted = false;
    this.pause();
    if (this.isSegmentLost()) {
      this.load(this.media!, positionMs);
      return;
    }
    if (this.media === null || this.video.seeking || this.video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const lastFrameMs = Number.isFinite(this.video.duration) ? this.video.duration * 1_000 - 40 : Infinity;
    const clampedMs = Math.max(0, Math.min(positionMs, lastFrameMs));
    if (Math.abs(this.positionMs - clampedMs) > toleranceMs) this.seek(clampedMs);
  }

  /** Pause at the current position. */
  pause(): void {
    if (!this.video.paused) this.video.pause();
    this.video.playbackRate = 1;
    this.pendingStart = null;
    this.isUnsynced = false;
  }

  /** Play for a moment inside a click, so that the browser allows this element to play sound from then on. */
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

  /** Limit the quality to the lowest one, or let hls.js choose by the bandwidth. */
  limitQuality(isLowest: boolean): void {
    this.isQualityLimited = isLowest;
    if (this.hls) this.hls.autoLevelCapping = isLowest ? 0 : -1;
  }

  /** The quality that is played, such as "720p", for the controls and reports. */
  get qualityLabel(): string {
    const height = this.video.videoHeight;
    return height ? `${height}p` : "";
  }

  private get isAtEnd(): boolean {
    const { duration, currentTime } = this.video;
    return this.video.ended || (Number.isFinite(duration) && duration > 0 && currentTime >= duration - 0.04);
  }

  /** Whether the player waits for a segment that hls.js skipped because of a seek and will never fetch. */
  private isSegmentLost(): boolean {
    const { buffered, currentTime, seeking } = this.video;
    const isLaterBuffered = buffered.length > 0 && buffered.start(buffered.length - 1) > currentTime;
    if (this.media === null || !seeking || !isLaterBuffered || this.isBuffered(currentTime * 1_000))
      this.lostSince = null;
    else this.lostSince ??= this.options.localNow();
    return this.lostSince !== null && this.options.localNow() - this.lostSince > LOST_SEGMENT_MS;
  }

  /** Play before there is a picture, where the browser plays HLS itself and may fetch nothing until it plays. */
  private playToStartFetching(): void {
    const mayNeedPlay = this.hls === null && this.video.paused && !this.video.seeking && this.video.hasAttribute("src");
    if (!mayNeedPlay || this.options.localNow() - this.loadedAt <= PLAY_TO_FETCH_MS) return;
    this.start(0);
    this.pendingStart = null;
  }

  /** Start playback and remember how far behind the player was, to measure how long the start takes. */
  private start(behindMs: number): void {
    this.isStarting = true;
    this.pendingStart = { behindMs, positionMs: this.positionMs };
    const finish = (): void => {
      this.isStarting = false;
    };
    this.video.play().then(finish, (error: unknown) => {
      finish();
      if (error instanceof DOMException && error.name === "NotAllowedError") this.options.onAutoplayBlocked();
    });
  }

  /** Pause and seek; playback starts again when the seek is done. */
  private restartAt(targetMs: number): void {
    this.pause();
    this.seekAttempts = 0;
    this.seekAhead(targetMs);
  }

  /**
   * Measure the start latency once the picture moves: by how much the player has fallen further behind since `start`.
   * Returns whether it was measured just now.
   */
  private measureStartLatency(behindMs: number): boolean {
    if (this.pendingStart === null || this.positionMs - this.pendingStart.positionMs < 20) return false;
    const { estimates } = this.options;
    const latencyMs = Math.max(0, Math.min(MAX_START_LATENCY_MS, behindMs - this.pendingStart.behindMs));
    estimates.startLatencyMs = Math.round((estimates.startLatencyMs + latencyMs) / 2);
    this.pendingStart = null;
    return true;
  }

  /** Whether the player waits for data that may still arrive; a seek would only delay them by fetching others. */
  private isWaitingForData(): boolean {
    const now = this.options.localNow();
    if (this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.stalledSince = null;
    else this.stalledSince ??= now;
    return this.stalledSince !== null && now - this.stalledSince < MAX_STALL_MS;
  }

  /** Seek to where the media should be when the seek is done and playback has started. */
  private seekAhead(targetMs: number): void {
    this.seekAttempts += 1;
    const { startLatencyMs } = this.options.estimates;
    this.seek(
      targetMs +
        startLatencyMs +
        (this.isBuffered(targetMs + startLatencyMs + BUFFERED_SEEK_MS) ? BUFFERED_SEEK_MS : FETCHED_SEEK_MS),
    );
  }

  /** Whether there are data at a position. */
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

  /** Load a media with hls.js or the browser itself, unless another was loaded meanwhile. */
  private async attach(media: string, positionMs: number, loadId: number): Promise<void> {
    const url = this.options.getUrl(media);
    const Hls = await this.options.loadHls();
    if (loadId !== this.loadId) return;
    if (!Hls) {
      this.video.src = url;
      // Not all browsers heed a seek before the metadata are loaded, so the position is checked again then.
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
      // The security policy of the pages forbids workers made from blobs; CMAF needs no remuxing anyway.
      enableWorker: false,
      startPosition: Math.max(0, positionMs) / 1_000,
      maxBufferLength: 24,
      maxMaxBufferLength: 40,
      backBufferLength: 12,
      capLevelToPlayerSize: true,
      abrEwmaDefaultEstimate: this.options.estimates.bitsPerSecond,
      // The first segment is shown rather than used only to measure the bandwidth.
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

  /** Load the media again after a fatal error, with a growing delay, at the position wanted by then. */
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
