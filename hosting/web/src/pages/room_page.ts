/**
 * The room: the stage with its cards and controls, the shelf of offers, and at the side (below on phones) the chat and
 * "offers so far". Waiting room and on-demand room are this same page. It lays out and connects, nothing else.
 */

import type { Key, Words } from "../i18n/translator";
import { h, icon } from "../lib/dom";
import type { RoomApi } from "../live/api";
import { offersAt } from "../live/cues";
import type { Link } from "../live/event_stream";
import type { Phase, StageCue } from "../live/protocol";
import { withOpened, type RoomState } from "../live/room_state";
import type { ServerClock } from "../live/server_clock";
import { Chat } from "../panels/chat";
import { TroublePanel } from "../panels/help_panel";
import type { Offers } from "../panels/offers";
import { Tabs } from "../panels/tabs";
import { Controls } from "../player/controls";
import { Stage } from "../player/stage";
import { Cards } from "../player/stage_cards";
import type { HlsModule } from "../player/video_player";
import { ViewerClock } from "../player/viewer_clock";
import { Wake } from "../player/wake_lock";

export interface RoomMeans {
  words: Words;
  api: RoomApi;
  clock: ServerClock;
  /** Makes the offers; told is when what had the keyboard left the shelf. */
  offers: (onStray: () => void) => Offers;
  hls: () => Promise<HlsModule | null>;
  /** The event is over: time for the end page, which goes on with the chat and the offers. */
  onOver: (state: RoomState, chat: Chat, offers: Offers) => void;
  onState: (state: RoomState) => void;
}

export class Room {
  readonly element: HTMLElement;
  private readonly stage: Stage;
  private readonly cards: Cards;
  private readonly chat: Chat;
  private readonly offers: Offers;
  private readonly controls: Controls;
  private readonly viewer: ViewerClock | null;
  private readonly wake = new Wake();
  private readonly tabs: Tabs;
  private readonly pill = h("span", { class: "pill" });
  private readonly pillText = h("span");
  private readonly pillTime = h("time");
  private readonly banner = h("p", { class: "link-banner", role: "status", hidden: true });
  private readonly caption = h("div", { class: "caption", hidden: true });
  private readonly spinner = h("p", { class: "spinner", hidden: true });
  private readonly screen = h("div", { class: "screen", role: "region", tabindex: -1 });
  private readonly theatre: HTMLElement;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.controls.key(event)) event.preventDefault();
  };
  private idle: ReturnType<typeof setTimeout> | undefined;
  private joined = false;
  private over = false;
  private chatWas: Key | null | undefined;
  private lines: string[] = [];

  constructor(
    private state: RoomState,
    private readonly means: RoomMeans,
  ) {
    const { words, api, clock } = means;
    const { snapshot } = state;
    const local = (): number => performance.now();
    this.viewer = snapshot.on_demand ? new ViewerClock(snapshot.length_ms ?? 0, local) : null;
    const viewer = this.viewer;
    const now = viewer ? (): number => viewer.now() : (): number => clock.now();
    const videos: [HTMLVideoElement, HTMLVideoElement] = [h("video", {}), h("video", {})];
    const images: [HTMLImageElement, HTMLImageElement] = [h("img", { alt: "" }), h("img", { alt: "" })];
    this.stage = new Stage(
      { videos, images },
      {
        now,
        local,
        moving: () => viewer === null || viewer.playing,
        ...(viewer && { follow: (ahead: number, waiting: boolean) => viewer.follow(ahead, waiting) }),
        hls: means.hls,
        text: async (url) => {
          const answer = await fetch(url);
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.text();
        },
        onCue: (cue) => this.cued(cue),
        onChange: () => this.draw(),
        onBlocked: () => this.locked(),
        onWaiting: (waiting) => (this.spinner.hidden = !waiting),
        onCaption: (lines) => this.read(lines),
      },
    );
    this.stage.base = snapshot.media_base ?? "";
    this.cards = new Cards(
      words,
      { title: snapshot.title, startsAt: snapshot.starts_at, waitingText: snapshot.waiting_text ?? "", now },
      viewer !== null,
    );
    this.cards.onJoin = () => this.join();
    this.cards.onStray = () => this.screen.focus({ preventScroll: true });
    this.offers = means.offers(() => this.tabs.focus("offers"));
    this.chat = new Chat(words, api);
    words.say(this.spinner, "stage.buffering");
    const { screen } = this;
    screen.append(...videos, ...images, this.cards.element);
    words.label(screen, "aria-label", "stage.label");
    this.theatre = h("div", { class: "theatre" });
    this.controls = new Controls(words, this.stage, this.theatre, viewer);
    this.controls.onCaptions = () => this.read(this.lines);
    screen.append(this.caption, this.spinner, this.controls.element);
    screen.addEventListener("pointermove", () => this.awake());
    screen.addEventListener("dblclick", (event) => {
      if (event.target === screen || event.target instanceof HTMLMediaElement) void this.theatre.requestFullscreen();
    });
    this.theatre.append(h("div", { class: "frame" }, screen, this.offers.shelf));
    const trouble = new TroublePanel({
      words,
      reload: () => this.stage.reload(),
      lowest: (on) => this.controls.lowest(on),
      isLowest: () => this.controls.isLowest,
      report: (text) => api.trouble(text, this.report()),
    });
    this.tabs = new Tabs(words, [
      { id: "chat", key: "tab.chat", panel: this.chat.element },
      { id: "offers", key: "tab.offers", panel: this.offers.panel },
    ]);
    this.chat.onUnread = (count) => this.tabs.unread("chat", count);
    const side = h("aside", { class: "side" }, this.tabs.element, h("div", { class: "help" }, trouble.opener));
    words.label(side, "aria-label", "side.label");
    this.element = h("main", { class: "room", id: "content" }, this.banner, this.theatre, side, trouble.dialog);
    this.pill.append(icon("play"), this.pillText, this.pillTime);
    document.addEventListener("keydown", this.onKey);
    this.timer = setInterval(() => this.tick(), 250);
    // Long before the start there are no cues yet, and the card is the waiting room's.
    this.cards.show(null, false);
    this.tell(state);
    this.tick();
  }

  /** What belongs into the page's head while one is in the room. */
  get head(): HTMLElement {
    return this.pill;
  }

  /** A newer state of the room. */
  tell(state: RoomState): void {
    this.state = state;
    this.stage.base = state.snapshot.media_base ?? "";
    this.stage.tell(state.cues);
    this.draw();
  }

  link(link: Link): void {
    this.banner.hidden = link === "open";
    if (link !== "open") this.means.words.say(this.banner, link === "broken" ? "link.broken" : "link.refused");
  }

  /** Begin to play; must be called in a click. */
  join(): void {
    this.joined = true;
    this.stage.unlock();
    this.viewer?.play();
    this.cards.show(this.stage.cue, true);
    this.draw();
    this.tick();
  }

  close(): void {
    clearInterval(this.timer);
    clearTimeout(this.idle);
    document.removeEventListener("keydown", this.onKey);
    if (document.fullscreenElement) void document.exitFullscreen();
    this.stage.close();
    this.wake.close();
  }

  get isJoined(): boolean {
    return this.joined;
  }

  private now(): number {
    return this.viewer ? this.viewer.now() : this.means.clock.now();
  }

  private cued(cue: StageCue | null): void {
    this.cards.show(cue, this.joined);
    this.element?.classList.toggle("held", cue?.phase === "held");
    if (cue?.phase === "over" && !this.viewer && !this.over) {
      this.over = true;
      this.means.onOver(this.state, this.chat, this.offers);
    }
  }

  /** The browser wants a click before it gives sound. */
  private locked(): void {
    this.joined = false;
    this.viewer?.pause();
    this.cards.show(this.stage.cue, false);
  }

  private draw(): void {
    const open = this.viewer && !this.joined ? [] : offersAt(this.state.cues, this.now());
    const state = withOpened(this.state, open);
    if (state !== this.state) {
      this.state = state;
      this.means.onState(state);
    }
    const { offers, clicked, answered } = state;
    this.offers.show({ open, soFar: offers, clicked, answered });
    this.tabs.count("offers", offers.length);
    this.chat.show({
      messages: state.messages,
      mode: state.chat,
      closed: this.chatClosed(),
      ...(this.viewer && { note: "chat.live" as const }),
    });
    // A replay has what was said to read; where nothing was, there is no need of an empty list.
    this.tabs.offer("chat", this.viewer === null || state.messages.length > 0);
  }

  private chatClosed(): Key | null {
    if (this.state.chat === "none") return "chat.none";
    if (this.viewer) return "chat.closed";
    const phase = this.phase();
    if (phase === "planned") return "chat.closed_yet";
    return phase === "cancelled" ? "chat.closed" : null;
  }

  private phase(): Phase {
    const { snapshot } = this.state;
    if (this.stage.cue) return this.stage.cue.phase;
    return snapshot.phase === "planned" && this.now() >= snapshot.opens_at ? "waiting" : snapshot.phase;
  }

  private tick(): void {
    const { words } = this.means;
    const phase = this.phase();
    const keys: Record<Phase, Key> = {
      planned: "state.planned",
      waiting: "state.waiting",
      running: "state.on_air",
      held: "state.held",
      closing: "state.closing",
      over: "state.over",
      cancelled: "state.over",
    };
    words.say(this.pillText, this.viewer ? "state.on_demand" : keys[phase]);
    this.pill.dataset["phase"] = this.viewer ? "on_demand" : phase;
    this.pillTime.textContent = this.viewer ? "" : words.time(this.means.clock.now());
    this.cards.tick();
    this.controls.tick();
    const playing = this.joined && (this.viewer ? this.viewer.playing : phase === "running");
    this.wake.keep(playing);
    this.element.classList.toggle("playing", playing || (this.joined && phase === "held"));
    this.element.classList.toggle("waiting", phase === "waiting" || phase === "planned");
    // On a clock of one's own time runs back, too, and then no change is waited for.
    if (this.viewer || this.chatWas !== this.chatClosed()) {
      this.chatWas = this.chatClosed();
      this.draw();
    }
  }

  private read(lines: string[]): void {
    this.lines = lines;
    this.caption.hidden = !lines.length || !this.controls.captionsOn;
    this.caption.replaceChildren(...lines.map((line) => h("span", {}, line)));
  }

  /** Controls show while the pointer moves, and then leave the picture alone. */
  private awake(): void {
    this.element.classList.add("awake");
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.element.classList.remove("awake"), 2_500);
  }

  private report(): string {
    return JSON.stringify({
      stage: JSON.parse(this.stage.report()) as unknown,
      clock_ms: Math.round(this.means.clock.uncertainty()),
      browser: navigator.userAgent.slice(0, 300),
    }).slice(0, 2_000);
  }
}
