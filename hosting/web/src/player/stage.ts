/**
 * The stage: two decks, two pictures and the cards, and which of them is seen.
 *
 * It is told the cues and asks for the time; what to show is `cues.ts`' answer. The next media is loaded in the deck
 * that is not seen and stands paused at its first frame, so that a change of segment is a change of a class name.
 * What is seen stays until what follows has a picture: never black.
 */

import {
  computeGain,
  findNextChange,
  findNextStageCue,
  findPlaybackTarget,
  findStageCue,
  type PlaybackTarget,
} from "../live/cues";
import type { Cue, StageCue } from "../live/protocol";
import { findCaptionLines, parseVtt, type Caption } from "./captions";
import { VideoPlayer, type HlsModule, type PlaybackEstimates } from "./video_player";

/** Load what comes next when it is so near. */
const PRELOAD_MS = 30_000;
const TICK_MS = 100;
/** About what it takes from asking for a media to its first picture. */
const LOAD_TIME_MS = 300;
/** Before the click that lets it play, a picture follows the programme in steps of this. */
const PAUSED_TOLERANCE_MS = 2_000;
/** Captions are given out as far as the lead reaches, so they are asked for again. */
const CAPTIONS_REFRESH_MS = 20_000;
const IMAGE_WIDTHS = [640, 1280, 1920];

export interface StageOptions {
  /** Server time; on demand the viewer's position. */
  now: () => number;
  localNow: () => number;
  /** Whether time goes on: false while a viewer on demand has paused. */
  isClockRunning: () => boolean;
  /** On demand the clock follows the player: it is told by how much the player is ahead, and when it waits. */
  followPlayer?: (aheadMs: number, isBuffering: boolean) => void;
  loadHls: () => Promise<HlsModule | null>;
  fetchText: (url: string) => Promise<string>;
  onCueChange: (cue: StageCue | null) => void;
  onChangeDue: () => void;
  onAutoplayBlocked: () => void;
  onBufferingChange: (isBuffering: boolean) => void;
  onCaptionChange: (lines: string[]) => void;
}

export interface StageElements {
  videos: [HTMLVideoElement, HTMLVideoElement];
  images: [HTMLImageElement, HTMLImageElement];
}

export class Stage {
  cue: StageCue | null = null;
  volume = 1;
  muted = false;
  mediaBase = "";
  private cues: readonly Cue[] = [];
  /** The deck that is seen, and the one that should be: until that has a picture they differ. */
  private visiblePlayer: VideoPlayer | null = null;
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
  /** Guesses to begin with: three megabits, a tenth of a second. */
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

  setCues(cues: readonly Cue[]): void {
    this.cues = cues;
    this.tick();
  }

  /** Called in a click. Until then nothing plays, as browsers would refuse the sound. */
  unlock(): void {
    this.unlocked = true;
    for (const player of this.players) player.unlock();
    this.tick();
  }

  get isUnlocked(): boolean {
    return this.unlocked;
  }

  limitQuality(isLowest: boolean): void {
    for (const player of this.players) player.limitQuality(isLowest);
  }

  /** Load everything anew, as a person asked who sees or hears nothing. */
  reload(): void {
    for (const player of this.players) player.unload();
    this.visiblePlayer = null;
    this.tick();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const player of this.players) player.unload();
    this.cues = [];
  }

  /** What is going on, for a report to the team. */
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

  get qualityLabel(): string {
    return this.visiblePlayer?.qualityLabel ?? "";
  }

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

  // ---------------------------------------------------------------------------------------- the two players

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
    if (!this.options.followPlayer) return player.playAt(targetMs);
    const aheadMs = player.positionMs - targetMs;
    if (!player.video.paused && player.isReady && Math.abs(aheadMs) < 1_000)
      this.options.followPlayer(aheadMs, player.isStalled);
    else {
      this.options.followPlayer(0, player.isStalled);
      player.playAt(targetMs);
    }
  }

  /** The deck that has a media at a place, or is nearest to having it. */
  private findPlayer(target: PlaybackTarget): VideoPlayer {
    const [first, second] = this.players;
    const order = this.visiblePlayer === second ? [second, first] : [first, second];
    const nearest = order.find((player) => player.isNear(target.media, target.positionMs));
    if (nearest) return nearest;
    if (this.visiblePlayer?.media === target.media) return this.visiblePlayer;
    const spare = this.visiblePlayer === null ? first : this.otherPlayer(this.visiblePlayer);
    // Time goes on while it loads, so a late joiner begins a little further.
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
    if (this.visibleImage?.dataset["key"] === key) return;
    const next = this.elements.images.find((image) => image !== this.visibleImage)!;
    if (next.dataset["key"] !== key) {
      next.dataset["key"] = key;
      this.setImageSource(next, picture);
    }
    if (next.complete && next.naturalWidth > 0) {
      this.visibleImage?.classList.remove("on");
      next.classList.add("on");
      this.visibleImage = next;
    } else if (next.complete && next.dataset["failed"] !== undefined) {
      // Refused or torn: asked for again with the next tick that finds a second gone by.
      if (this.options.localNow() - Number(next.dataset["failed"]) > 1_000) delete next.dataset["key"];
    }
  }

  private setImageSource(image: HTMLImageElement, picture: StagePicture): void {
    delete image.dataset["failed"];
    image.onerror = () => (image.dataset["failed"] = String(this.options.localNow()));
    image.onload = () => this.tick();
    const pageSuffix = picture.page === null ? "" : `-${picture.page}`;
    const getUrl = (width: number): string => `${this.mediaBase}/${picture.media}/still/${width}${pageSuffix}.webp`;
    image.sizes = "(min-width: 1000px) 75vw, 100vw";
    image.srcset = IMAGE_WIDTHS.map((width) => `${getUrl(width)} ${width}w`).join(", ");
    image.src = getUrl(IMAGE_WIDTHS[1]!);
  }

  // ---------------------------------------------------------------------------------------- what comes next

  private prepareNext(cue: StageCue | null, now: number): void {
    const spare = this.visiblePlayer === null ? this.players[0] : this.otherPlayer(this.visiblePlayer);
    // What should be seen already comes first.
    if (spare === this.targetPlayer) return;
    const next = findNextStageCue(this.cues, now);
    if (!next || next.at - now > PRELOAD_MS || !this.mediaBase) return spare.pause();
    const picture = findPicture(next);
    if (picture && !this.preloadedImages.has(pictureKeyOf(picture))) {
      const image = new Image();
      this.preloadedImages.set(pictureKeyOf(picture), image);
      this.setImageSource(image, picture);
      if (this.preloadedImages.size > 6) this.preloadedImages.delete(this.preloadedImages.keys().next().value!);
    }
    const target = findPlaybackTarget(next, next.at);
    if (!target) return spare.pause();
    const currentTarget = cue && findPlaybackTarget(cue, next.at);
    const continues =
      currentTarget?.media === target.media && Math.abs(currentTarget.positionMs - target.positionMs) < 100;
    if (continues && this.visiblePlayer?.media === target.media) return;
    const remaining = next.at - now;
    const shouldStart =
      target.isMoving && this.unlocked && this.options.isClockRunning() && remaining <= this.estimates.startLatencyMs;
    if (!spare.isNear(target.media, target.positionMs)) spare.load(target.media, target.positionMs);
    // It takes a moment until it moves: begun so much earlier, silent and unseen, it moves when its time comes.
    else if (shouldStart) spare.playAt(target.positionMs - remaining);
    else spare.pauseAt(target.positionMs);
  }

  // ------------------------------------------------------------------------------------------- the captions

  private updateCaptions(cue: StageCue | null, target: PlaybackTarget | null): void {
    const source = cue?.captions;
    const media = target?.media;
    if (!cue || !source || !media || !target.isMoving) return this.showCaption([]);
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

interface StagePicture {
  media: string;
  page: number | null;
}

/** The picture that a cue shows: an image, a page, what is seen with a sound, or the waiting room's. */
export function findPicture(cue: StageCue): StagePicture | null {
  if (cue.show === "image" && cue.media) return { media: cue.media, page: null };
  if (cue.show === "page" && cue.media) return { media: cue.media, page: cue.page ?? 0 };
  if ((cue.show === "audio" || cue.show === "card") && cue.picture) return { media: cue.picture, page: null };
  return null;
}

function pictureKeyOf({ media, page }: StagePicture): string {
  return `${media}/${page ?? ""}`;
}
