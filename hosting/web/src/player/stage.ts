/**
 * The stage: two video players and two images, and which of them is visible.
 *
 * The stage shows what `cues.ts` finds for the current time. The next media is loaded into the player that is not
 * visible and paused at its first frame, so that changing to the next segment only changes a class name. The visible
 * picture stays until the next one is ready, so that the stage is never black in between.
 */

import { assertNever } from "../lib/exhaustive";
import {
  computeGain,
  findNextChange,
  findNextStageCue,
  findPlaybackTarget,
  findStageCue,
  type PlaybackTarget,
} from "../live/cues";
import type { Cue, StageCue } from "../live/protocol";
import { type Caption, findCaptionLines, parseVtt } from "./captions";
import { type HlsModule, type PlaybackEstimates, VideoPlayer } from "./video_player";

/** The next media is loaded when it begins within this time. */
const PRELOAD_MS = 30_000;
const TICK_MS = 100;
/** About the time from requesting a media to its first picture. */
const LOAD_TIME_MS = 300;
/** Until the attendee joins, the paused picture follows the programme in steps of this. */
const PAUSED_TOLERANCE_MS = 2_000;
/** The hosting gives out captions only for the near future, so they are fetched again after this time. */
const CAPTIONS_REFRESH_MS = 20_000;
const IMAGE_WIDTHS = [640, 1280, 1920];

/** What the stage needs from the page. */
export interface StageOptions {
  /** The server time; on demand the position of the viewer. */
  now: () => number;
  localNow: () => number;
  /** Whether time passes: false while the viewer of an on-demand room has paused. */
  isClockRunning: () => boolean;
  /** Report how far the player is ahead and whether it waits for data; only on demand, where the clock follows. */
  followPlayer?: (aheadMs: number, isBuffering: boolean) => void;
  loadHls: () => Promise<HlsModule | null>;
  fetchText: (url: string) => Promise<string>;
  onCueChange: (cue: StageCue | null) => void;
  onChangeDue: () => void;
  onAutoplayBlocked: () => void;
  onBufferingChange: (isBuffering: boolean) => void;
  onCaptionChange: (lines: string[]) => void;
}

/** The elements that the stage shows media in. */
export interface StageElements {
  videos: [HTMLVideoElement, HTMLVideoElement];
  images: [HTMLImageElement, HTMLImageElement];
}

/** Plays the cues of a room with two video players and two images. */
export class Stage {
  cue: StageCue | null = null;
  volume = 1;
  muted = false;
  mediaBase = "";
  private cues: readonly Cue[] = [];
  /** The player that is visible. */
  private visiblePlayer: VideoPlayer | null = null;
  /** The player that should be visible; it is not until it has a picture. */
  private targetPlayer: VideoPlayer | null = null;
  private readonly players: [VideoPlayer, VideoPlayer];
  private visibleImage: HTMLImageElement | null = null;
  private readonly preloadedImages = new Map<string, HTMLImageElement>();
  private captionTrack: { source: string; captions: Caption[]; requestedAt: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private nextChangeAt: number | null = null;
  private unlocked = false;
  private bufferingSince: number | null = null;
  private captionText = "";
  private isClosed = false;
  /** Estimates to start with; the players replace them by what they measure. */
  private readonly estimates: PlaybackEstimates = { bitsPerSecond: 3_000_000, startLatencyMs: 100 };

  constructor(
    private readonly elements: StageElements,
    private readonly options: StageOptions,
  ) {
    const createPlayer = (video: HTMLVideoElement): VideoPlayer =>
      new VideoPlayer(video, {
        loadHls: options.loadHls,
        getUrl: (media) => `${this.mediaBase}/${media}/index.m3u8`,
        localNow: options.localNow,
        estimates: this.estimates,
        onPicture: () => this.tick(),
        onAutoplayBlocked: () => {
          this.unlocked = false;
          options.onAutoplayBlocked();
        },
      });
    this.players = [createPlayer(elements.videos[0]), createPlayer(elements.videos[1])];
  }

  /** Play other cues from now on. */
  setCues(cues: readonly Cue[]): void {
    this.cues = cues;
    this.tick();
  }

  /** Allow playback; must be called inside a click, because browsers refuse to play sound otherwise. */
  unlock(): void {
    this.unlocked = true;
    for (const player of this.players) player.unlock();
    this.tick();
  }

  /** Whether playback is allowed. */
  get isUnlocked(): boolean {
    return this.unlocked;
  }

  /** Limit the quality to the lowest one, or let the players choose. */
  limitQuality(isLowest: boolean): void {
    for (const player of this.players) player.limitQuality(isLowest);
  }

  /** Load the media again, because the attendee has asked for it. */
  reload(): void {
    for (const player of this.players) player.unload();
    this.visiblePlayer = null;
    this.tick();
  }

  /** Stop for good. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const player of this.players) player.unload();
    this.cues = [];
  }

  /** Describe the playback as JSON, for a report to the team. */
  buildReport(): string {
    const player = this.visiblePlayer;
    const target = this.cue && findPlaybackTarget(this.cue, this.options.now());
    const drift = player && target ? Math.round(target.positionMs - player.positionMs) : null;
    const video = player?.video;
    return JSON.stringify({
      show: this.cue?.show ?? null,
      phase: this.cue?.phase ?? null,
      quality: player?.qualityLabel ?? null,
      drift_ms: drift,
      ready: video?.readyState ?? null,
      paused: video?.paused ?? null,
      error: video?.error?.code ?? null,
      volume: this.muted ? 0 : this.volume,
      unlocked: this.unlocked,
    });
  }

  /** The quality that is played, such as "720p"; empty without a video. */
  get qualityLabel(): string {
    return this.visiblePlayer?.qualityLabel ?? "";
  }

  /** Show what the cues say for now, and schedule the next tick. */
  private tick(): void {
    clearTimeout(this.timer);
    if (this.isClosed) return;
    const now = this.options.now();
    const cue = findStageCue(this.cues, now);
    if (this.nextChangeAt !== null && now >= this.nextChangeAt) this.options.onChangeDue();
    if (cue !== this.cue) {
      this.cue = cue;
      this.options.onCueChange(cue);
    }
    const target = cue && findPlaybackTarget(cue, now);
    this.updatePlayback(cue, target);
    this.updatePicture(cue);
    this.prepareNext(cue, now);
    this.updateCaptions(cue, target);
    this.nextChangeAt = findNextChange(this.cues, now);
    let delay = TICK_MS;
    if (this.nextChangeAt !== null && this.options.isClockRunning()) {
      const remaining = this.nextChangeAt - now;
      delay = remaining > this.estimates.startLatencyMs ? remaining - this.estimates.startLatencyMs : remaining;
    }
    this.timer = setTimeout(() => this.tick(), Math.max(4, Math.min(TICK_MS, delay)));
  }

  // ------------------------------------------------------------------------------------------- the players

  /** Play the wanted media, show its player and set the volume. */
  private updatePlayback(cue: StageCue | null, target: PlaybackTarget | null): void {
    if (!cue || !target) {
      this.targetPlayer = null;
      this.visiblePlayer?.pause();
      this.showVideo(null, cue);
      this.updateBuffering(false);
      return;
    }
    const player = this.findPlayer(target);
    this.targetPlayer = player;
    const isPlaying = target.isMoving && this.unlocked && this.options.isClockRunning();
    if (isPlaying) this.keepInSync(player, target.positionMs);
    else
      player.pauseAt(
        target.positionMs,
        target.isMoving && this.options.isClockRunning() ? PAUSED_TOLERANCE_MS : undefined,
      );
    if (player !== this.visiblePlayer && (player.isReady || this.visiblePlayer === null)) {
      this.visiblePlayer?.pause();
      this.visiblePlayer = player;
    }
    if (this.visiblePlayer === player) this.showVideo(player.hasPicture ? player : null, cue);
    for (const candidate of this.players) {
      const volume = candidate === player && isPlaying ? computeGain(cue, this.options.now()) * this.volume : 0;
      candidate.video.volume = Math.max(0, Math.min(1, volume));
      candidate.video.muted = this.muted || volume === 0;
    }
    this.updateBuffering(target.isMoving && player.isStalled);
  }

  private keepInSync(player: VideoPlayer, targetMs: number): void {
    if (!this.options.followPlayer) {
      player.playAt(targetMs);
      return;
    }
    const aheadMs = player.positionMs - targetMs;
    if (!player.video.paused && player.isReady && Math.abs(aheadMs) < 1_000)
      this.options.followPlayer(aheadMs, player.isStalled);
    else {
      this.options.followPlayer(0, player.isStalled);
      player.playAt(targetMs);
    }
  }

  /** Return the player that has the wanted media near the wanted position, or load it into one. */
  private findPlayer(target: PlaybackTarget): VideoPlayer {
    const [first, second] = this.players;
    const order = this.visiblePlayer === second ? [second, first] : [first, second];
    const nearest = order.find((player) => player.isNear(target.media, target.positionMs));
    if (nearest) return nearest;
    if (this.visiblePlayer?.media === target.media) return this.visiblePlayer;
    const spare = this.visiblePlayer === null ? first : this.otherPlayer(this.visiblePlayer);
    // Time passes while the media loads, so the player starts a little further on.
    if (spare.media !== target.media)
      spare.load(target.media, target.positionMs + (target.isMoving ? LOAD_TIME_MS : 0));
    return spare;
  }

  private otherPlayer(player: VideoPlayer): VideoPlayer {
    return player === this.players[0] ? this.players[1] : this.players[0];
  }

  private showVideo(player: VideoPlayer | null, cue: StageCue | null): void {
    const isVideoCue = cue !== null && (cue.show === "video" || cue.show === "frame");
    for (const candidate of this.players) candidate.video.classList.toggle("on", isVideoCue && candidate === player);
    if (!isVideoCue && player === null) this.visiblePlayer = null;
  }

  private updateBuffering(isBuffering: boolean): void {
    const now = this.options.localNow();
    if (!isBuffering || !this.unlocked) this.bufferingSince = null;
    else this.bufferingSince ??= now;
    this.options.onBufferingChange(this.bufferingSince !== null && now - this.bufferingSince > 600);
  }

  // ------------------------------------------------------------------------------------------- the pictures

  private updatePicture(cue: StageCue | null): void {
    const picture = cue && findPicture(cue);
    if (!picture) {
      if (this.visibleImage) this.visibleImage.classList.remove("on");
      this.visibleImage = null;
      return;
    }
    const key = pictureKeyOf(picture);
    if (this.visibleImage?.dataset.key === key) return;
    const next = this.elements.images.find((image) => image !== this.visibleImage)!;
    if (next.dataset.key !== key) {
      next.dataset.key = key;
      this.setImageSource(next, picture);
    }
    if (next.complete && next.naturalWidth > 0) {
      this.visibleImage?.classList.remove("on");
      next.classList.add("on");
      this.visibleImage = next;
    } else if (next.complete && next.dataset.failed !== undefined) {
      // Loading failed; without its key the image is requested again at the next tick, at most once a second.
      if (this.options.localNow() - Number(next.dataset.failed) > 1_000) delete next.dataset.key;
    }
  }

  private setImageSource(image: HTMLImageElement, picture: StagePicture): void {
    delete image.dataset.failed;
    image.onerror = () => (image.dataset.failed = String(this.options.localNow()));
    image.onload = () => this.tick();
    const pageSuffix = picture.page === null ? "" : `-${picture.page}`;
    const getUrl = (width: number): string => `${this.mediaBase}/${picture.media}/still/${width}${pageSuffix}.webp`;
    image.sizes = "(min-width: 1000px) 75vw, 100vw";
    image.srcset = IMAGE_WIDTHS.map((width) => `${getUrl(width)} ${width}w`).join(", ");
    image.src = getUrl(IMAGE_WIDTHS[1]!);
  }

  // ---------------------------------------------------------------------------------------- what comes next

  /** Load the next picture and the next media into what is not visible. */
  private prepareNext(cue: StageCue | null, now: number): void {
    const spare = this.visiblePlayer === null ? this.players[0] : this.otherPlayer(this.visiblePlayer);
    // The other player is still loading what should be visible now, which is more urgent.
    if (spare === this.targetPlayer) return;
    const next = findNextStageCue(this.cues, now);
    if (!next || next.at - now > PRELOAD_MS || !this.mediaBase) {
      spare.pause();
      return;
    }
    const picture = findPicture(next);
    if (picture && !this.preloadedImages.has(pictureKeyOf(picture))) {
      const image = new Image();
      this.preloadedImages.set(pictureKeyOf(picture), image);
      this.setImageSource(image, picture);
      if (this.preloadedImages.size > 6) this.preloadedImages.delete(this.preloadedImages.keys().next().value!);
    }
    const target = findPlaybackTarget(next, next.at);
    if (!target) {
      spare.pause();
      return;
    }
    const currentTarget = cue && findPlaybackTarget(cue, next.at);
    const continues =
      currentTarget?.media === target.media && Math.abs(currentTarget.positionMs - target.positionMs) < 100;
    if (continues && this.visiblePlayer?.media === target.media) return;
    const remaining = next.at - now;
    const shouldStart =
      target.isMoving && this.unlocked && this.options.isClockRunning() && remaining <= this.estimates.startLatencyMs;
    if (!spare.isNear(target.media, target.positionMs)) spare.load(target.media, target.positionMs);
    // Starting takes a moment, so the player starts that much earlier, silent and hidden, and moves in time.
    else if (shouldStart) spare.playAt(target.positionMs - remaining);
    else spare.pauseAt(target.positionMs);
  }

  // ------------------------------------------------------------------------------------------- the captions

  private updateCaptions(cue: StageCue | null, target: PlaybackTarget | null): void {
    const source = cue?.captions;
    const media = target?.media;
    if (!cue || !source || !media || !target.isMoving) {
      this.showCaption([]);
      return;
    }
    const now = this.options.localNow();
    if (this.captionTrack?.source !== source) this.captionTrack = { source, captions: [], requestedAt: -Infinity };
    const track = this.captionTrack;
    if (now - track.requestedAt > CAPTIONS_REFRESH_MS) {
      track.requestedAt = now;
      this.options.fetchText(`${this.mediaBase}/${media}/captions/${source}.vtt`).then(
        (text) => (track.captions = parseVtt(text)),
        () => (track.requestedAt = now - CAPTIONS_REFRESH_MS + 2_000),
      );
    }
    this.showCaption(findCaptionLines(track.captions, target.positionMs));
  }

  private showCaption(lines: string[]): void {
    const text = lines.join("\n");
    if (text === this.captionText) return;
    this.captionText = text;
    this.options.onCaptionChange(lines);
  }
}

/** A still picture; `page` is the page of a presentation. */
interface StagePicture {
  media: string;
  page: number | null;
}

/** Return the picture of a cue: an image, a page, or the picture beside a sound or on a card. */
export function findPicture(cue: StageCue): StagePicture | null {
  switch (cue.show) {
    case "image":
      return cue.media ? { media: cue.media, page: null } : null;
    case "page":
      return cue.media ? { media: cue.media, page: cue.page ?? 0 } : null;
    case "audio":
    case "card":
      return cue.picture ? { media: cue.picture, page: null } : null;
    case "video":
    case "frame":
      return null;
    default:
      return assertNever(cue.show);
  }
}

function pictureKeyOf({ media, page }: StagePicture): string {
  return `${media}/${page ?? ""}`;
}
