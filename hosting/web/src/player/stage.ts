/**
 * The stage: two decks, two pictures and the cards, and which of them is seen.
 *
 * It is told the cues and asks for the time; what to show is `cues.ts`' answer. The next media is loaded in the deck
 * that is not seen and stands paused at its first frame, so that a change of segment is a change of a class name.
 * What is seen stays until what follows has a picture: never black.
 */

import { gainAt, nextChange, stageAfter, stageAt, wantedOf, type Wanted } from "../live/cues";
import type { Cue, StageCue } from "../live/protocol";
import { captionAt, readVtt, type Caption } from "./captions";
import { Deck, type HlsModule, type Learnt } from "./video_player";

/** Load what comes next when it is so near. */
const READY_MS = 30_000;
const TICK_MS = 100;
/** About what it takes from asking for a media to its first picture. */
const LOADING_MS = 300;
/** Before the click that lets it play, a picture follows the programme in steps of this. */
const FOLLOW_MS = 2_000;
/** Captions are given out as far as the lead reaches, so they are asked for again. */
const CAPTIONS_AGAIN_MS = 20_000;
const WIDTHS = [640, 1280, 1920];

export interface StageMeans {
  /** Server time; on demand the viewer's position. */
  now: () => number;
  local: () => number;
  /** Whether time goes on: false while a viewer on demand has paused. */
  moving: () => boolean;
  /** On demand the clock follows the player: it is told by how much the player is ahead, and when it waits. */
  follow?: (aheadMs: number, waiting: boolean) => void;
  hls: () => Promise<HlsModule | null>;
  text: (url: string) => Promise<string>;
  onCue: (cue: StageCue | null) => void;
  onChange: () => void;
  onBlocked: () => void;
  onWaiting: (waiting: boolean) => void;
  onCaption: (lines: string[]) => void;
}

export interface StageParts {
  videos: [HTMLVideoElement, HTMLVideoElement];
  images: [HTMLImageElement, HTMLImageElement];
}

export class Stage {
  cue: StageCue | null = null;
  volume = 1;
  muted = false;
  base = "";
  private cues: readonly Cue[] = [];
  /** The deck that is seen, and the one that should be: until that has a picture they differ. */
  private active: Deck | null = null;
  private chosen: Deck | null = null;
  private readonly decks: [Deck, Deck];
  private shown: HTMLImageElement | null = null;
  private readonly preloaded = new Map<string, HTMLImageElement>();
  private captions: { source: string; list: Caption[]; asked: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private changeAt: number | null = null;
  private unlocked = false;
  private waitingSince: number | null = null;
  private lastCaption = "";
  private closed = false;
  /** Guesses to begin with: three megabits, a tenth of a second. */
  private readonly learnt: Learnt = { bits: 3_000_000, lagMs: 100 };

  constructor(
    private readonly parts: StageParts,
    private readonly means: StageMeans,
  ) {
    const deck = (video: HTMLVideoElement): Deck =>
      new Deck(video, {
        hls: means.hls,
        url: (media) => `${this.base}/${media}/index.m3u8`,
        local: means.local,
        learnt: this.learnt,
        onReady: () => this.tick(),
        onBlocked: () => {
          this.unlocked = false;
          means.onBlocked();
        },
      });
    this.decks = [deck(parts.videos[0]), deck(parts.videos[1])];
  }

  tell(cues: readonly Cue[]): void {
    this.cues = cues;
    this.tick();
  }

  /** Called in a click. Until then nothing plays, as browsers would refuse the sound. */
  unlock(): void {
    this.unlocked = true;
    for (const deck of this.decks) deck.unlock();
    this.tick();
  }

  get open(): boolean {
    return this.unlocked;
  }

  cap(lowest: boolean): void {
    for (const deck of this.decks) deck.cap(lowest);
  }

  /** Load everything anew, as a person asked who sees or hears nothing. */
  reload(): void {
    for (const deck of this.decks) deck.unload();
    this.active = null;
    this.tick();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const deck of this.decks) deck.unload();
    this.cues = [];
  }

  /** What is going on, for a report to the team. */
  report(): string {
    const deck = this.active;
    const wanted = this.cue && wantedOf(this.cue, this.means.now());
    const drift = deck && wanted ? Math.round(wanted.ms - deck.position) : null;
    const video = deck?.video;
    return JSON.stringify({
      show: this.cue?.show ?? null,
      phase: this.cue?.phase ?? null,
      quality: deck?.quality ?? null,
      drift_ms: drift,
      ready: video?.readyState ?? null,
      paused: video?.paused ?? null,
      error: video?.error?.code ?? null,
      volume: this.muted ? 0 : this.volume,
      unlocked: this.unlocked,
    });
  }

  get quality(): string {
    return this.active?.quality ?? "";
  }

  private tick(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    const now = this.means.now();
    const cue = stageAt(this.cues, now);
    if (this.changeAt !== null && now >= this.changeAt) this.means.onChange();
    if (cue !== this.cue) {
      this.cue = cue;
      this.means.onCue(cue);
    }
    const wanted = cue && wantedOf(cue, now);
    this.play(cue, wanted);
    this.picture(cue);
    this.ahead(cue, now);
    this.read(cue, wanted);
    this.changeAt = nextChange(this.cues, now);
    let due = TICK_MS;
    if (this.changeAt !== null && this.means.moving()) {
      const left = this.changeAt - now;
      due = left > this.learnt.lagMs ? left - this.learnt.lagMs : left;
    }
    this.timer = setTimeout(() => this.tick(), Math.max(4, Math.min(TICK_MS, due)));
  }

  // ---------------------------------------------------------------------------------------- the two players

  private play(cue: StageCue | null, wanted: Wanted | null): void {
    if (!cue || !wanted) {
      this.chosen = null;
      this.active?.pause();
      this.see(null, cue);
      this.waits(false);
      return;
    }
    const deck = this.deckFor(wanted);
    this.chosen = deck;
    const moves = wanted.moves && this.unlocked && this.means.moving();
    if (moves) this.drive(deck, wanted.ms);
    else deck.stand(wanted.ms, wanted.moves && this.means.moving() ? FOLLOW_MS : undefined);
    if (deck !== this.active && (deck.ready || this.active === null)) {
      this.active?.pause();
      this.active = deck;
    }
    if (this.active === deck) this.see(deck.pictured ? deck : null, cue);
    for (const one of this.decks) {
      const loud = one === deck && moves ? gainAt(cue, this.means.now()) * this.volume : 0;
      one.video.volume = Math.max(0, Math.min(1, loud));
      one.video.muted = this.muted || loud === 0;
    }
    this.waits(wanted.moves && deck.stalled);
  }

  private drive(deck: Deck, ms: number): void {
    if (!this.means.follow) return deck.drive(ms);
    const ahead = deck.position - ms;
    if (!deck.video.paused && deck.ready && Math.abs(ahead) < 1_000) this.means.follow(ahead, deck.stalled);
    else {
      this.means.follow(0, deck.stalled);
      deck.drive(ms);
    }
  }

  /** The deck that has a media at a place, or is nearest to having it. */
  private deckFor(wanted: Wanted): Deck {
    const [first, second] = this.decks;
    const order = this.active === second ? [second, first] : [first, second];
    const near = order.find((deck) => deck.near(wanted.media, wanted.ms));
    if (near) return near;
    if (this.active?.media === wanted.media) return this.active;
    const spare = this.active === null ? first : this.other(this.active);
    // Time goes on while it loads, so a late joiner begins a little further.
    if (spare.media !== wanted.media) spare.load(wanted.media, wanted.ms + (wanted.moves ? LOADING_MS : 0));
    return spare;
  }

  private other(deck: Deck): Deck {
    return deck === this.decks[0] ? this.decks[1] : this.decks[0];
  }

  private see(deck: Deck | null, cue: StageCue | null): void {
    const visible = cue !== null && (cue.show === "video" || cue.show === "frame");
    for (const one of this.decks) one.video.classList.toggle("on", visible && one === deck);
    if (!visible && deck === null) this.active = null;
  }

  private waits(waiting: boolean): void {
    const local = this.means.local();
    if (!waiting || !this.unlocked) this.waitingSince = null;
    else this.waitingSince ??= local;
    this.means.onWaiting(this.waitingSince !== null && local - this.waitingSince > 600);
  }

  // ------------------------------------------------------------------------------------------- the pictures

  private picture(cue: StageCue | null): void {
    const source = cue && pictureOf(cue);
    if (!source) {
      if (this.shown) this.shown.classList.remove("on");
      this.shown = null;
      return;
    }
    const key = keyOfPicture(source);
    if (this.shown?.dataset["key"] === key) return;
    const next = this.parts.images.find((image) => image !== this.shown)!;
    if (next.dataset["key"] !== key) {
      next.dataset["key"] = key;
      this.address(next, source);
    }
    if (next.complete && next.naturalWidth > 0) {
      this.shown?.classList.remove("on");
      next.classList.add("on");
      this.shown = next;
    } else if (next.complete && next.dataset["failed"] !== undefined) {
      // Refused or torn: asked for again with the next tick that finds a second gone by.
      if (this.means.local() - Number(next.dataset["failed"]) > 1_000) delete next.dataset["key"];
    }
  }

  private address(image: HTMLImageElement, source: Picture): void {
    delete image.dataset["failed"];
    image.onerror = () => (image.dataset["failed"] = String(this.means.local()));
    image.onload = () => this.tick();
    const page = source.page === null ? "" : `-${source.page}`;
    const of = (width: number): string => `${this.base}/${source.media}/still/${width}${page}.webp`;
    image.sizes = "(min-width: 1000px) 75vw, 100vw";
    image.srcset = WIDTHS.map((width) => `${of(width)} ${width}w`).join(", ");
    image.src = of(WIDTHS[1]!);
  }

  // ---------------------------------------------------------------------------------------- what comes next

  private ahead(cue: StageCue | null, now: number): void {
    const spare = this.active === null ? this.decks[0] : this.other(this.active);
    // What should be seen already comes first.
    if (spare === this.chosen) return;
    const next = stageAfter(this.cues, now);
    if (!next || next.at - now > READY_MS || !this.base) return spare.pause();
    const source = pictureOf(next);
    if (source && !this.preloaded.has(keyOfPicture(source))) {
      const image = new Image();
      this.preloaded.set(keyOfPicture(source), image);
      this.address(image, source);
      if (this.preloaded.size > 6) this.preloaded.delete(this.preloaded.keys().next().value!);
    }
    const wanted = wantedOf(next, next.at);
    if (!wanted) return spare.pause();
    const then = cue && wantedOf(cue, next.at);
    const goesOn = then?.media === wanted.media && Math.abs(then.ms - wanted.ms) < 100;
    if (goesOn && this.active?.media === wanted.media) return;
    const left = next.at - now;
    const going = wanted.moves && this.unlocked && this.means.moving() && left <= this.learnt.lagMs;
    if (!spare.near(wanted.media, wanted.ms)) spare.load(wanted.media, wanted.ms);
    // It takes a moment until it moves: begun so much earlier, silent and unseen, it moves when its time comes.
    else if (going) spare.drive(wanted.ms - left);
    else spare.stand(wanted.ms);
  }

  // ------------------------------------------------------------------------------------------- the captions

  private read(cue: StageCue | null, wanted: Wanted | null): void {
    const source = cue?.captions;
    const media = wanted?.media;
    if (!cue || !source || !media || !wanted.moves) return this.caption([]);
    const local = this.means.local();
    if (this.captions?.source !== source) this.captions = { source, list: [], asked: -Infinity };
    const captions = this.captions;
    if (local - captions.asked > CAPTIONS_AGAIN_MS) {
      captions.asked = local;
      this.means.text(`${this.base}/${media}/captions/${source}.vtt`).then(
        (text) => (captions.list = readVtt(text)),
        () => (captions.asked = local - CAPTIONS_AGAIN_MS + 2_000),
      );
    }
    this.caption(captionAt(captions.list, wanted.ms));
  }

  private caption(lines: string[]): void {
    const text = lines.join("\n");
    if (text === this.lastCaption) return;
    this.lastCaption = text;
    this.means.onCaption(lines);
  }
}

interface Picture {
  media: string;
  page: number | null;
}

/** The picture that a cue shows: an image, a page, what is seen with a sound, or the waiting room's. */
export function pictureOf(cue: StageCue): Picture | null {
  if (cue.show === "image" && cue.media) return { media: cue.media, page: null };
  if (cue.show === "page" && cue.media) return { media: cue.media, page: cue.page ?? 0 };
  if ((cue.show === "audio" || cue.show === "card") && cue.picture) return { media: cue.picture, page: null };
  return null;
}

function keyOfPicture({ media, page }: Picture): string {
  return `${media}/${page ?? ""}`;
}
