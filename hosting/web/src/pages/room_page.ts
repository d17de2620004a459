/**
 * The room page: the stage with its cards and controls, the open offers, and beside it (below it on phones) the chat
 * and the list of all offers. The waiting room and the on-demand room are the same page.
 *
 * The page only lays out these parts and connects them; each part decides for itself what it shows.
 */

import type { MessageKey } from "../i18n/catalogue";
import type { Translator } from "../i18n/translator";
import { createIcon, h } from "../lib/dom";
import type { RoomApi } from "../live/api";
import { findOpenOffers } from "../live/cues";
import type { ConnectionState } from "../live/event_stream";
import { MAX_LENGTHS } from "../live/generated";
import type { Phase, StageCue } from "../live/protocol";
import { addOpenOffers, type RoomState } from "../live/room_state";
import type { ServerClock } from "../live/server_clock";
import { ChatPanel } from "../panels/chat";
import { HelpPanel } from "../panels/help_panel";
import type { OffersPanel } from "../panels/offers";
import { Tabs } from "../panels/tabs";
import { PlayerControls } from "../player/controls";
import { Stage } from "../player/stage";
import { StageCards } from "../player/stage_cards";
import type { HlsModule } from "../player/video_player";
import { ViewerClock } from "../player/viewer_clock";
import { ScreenWakeLock } from "../player/wake_lock";

/** What a room page needs from the application. */
export interface RoomPageOptions {
  translator: Translator;
  api: RoomApi;
  clock: ServerClock;
  /** Create the offers panel; `onFocusLost` is called when an open offer that had the focus disappears. */
  createOffers: (onFocusLost: () => void) => OffersPanel;
  loadHls: () => Promise<HlsModule | null>;
  /** Called once when the event is over; the end page continues with the same chat and offers. */
  onOver: (state: RoomState, chat: ChatPanel, offers: OffersPanel) => void;
  onStateChange: (state: RoomState) => void;
}

/** The room page of one session. */
export class RoomPage {
  readonly element: HTMLElement;
  private readonly stage: Stage;
  private readonly cards: StageCards;
  private readonly chat: ChatPanel;
  private readonly offers: OffersPanel;
  private readonly controls: PlayerControls;
  private readonly viewerClock: ViewerClock | null;
  private readonly wakeLock = new ScreenWakeLock();
  private readonly tabs: Tabs;
  private readonly phaseBadge = h("span", { class: "pill" });
  private readonly phaseText = h("span");
  private readonly phaseTime = h("time");
  private readonly connectionBanner = h("p", { class: "link-banner", role: "status", hidden: true });
  private readonly captionBox = h("div", { class: "caption", hidden: true });
  private readonly spinner = h("p", { class: "spinner", hidden: true });
  private readonly screen = h("div", { class: "screen", role: "region", tabindex: -1 });
  private readonly fullscreenArea: HTMLElement;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.controls.handleKey(event)) event.preventDefault();
  };
  private hideControlsTimer: ReturnType<typeof setTimeout> | undefined;
  private joined = false;
  private isOver = false;
  private lastClosedReason: MessageKey | null | undefined;
  private captionLines: string[] = [];

  constructor(
    private state: RoomState,
    private readonly options: RoomPageOptions,
  ) {
    const { translator, api, clock } = options;
    const { snapshot } = state;
    const localNow = (): number => performance.now();
    this.viewerClock = snapshot.on_demand ? new ViewerClock(snapshot.length_ms ?? 0, localNow) : null;
    const viewerClock = this.viewerClock;
    const now = viewerClock ? (): number => viewerClock.now() : (): number => clock.now();
    const videos: [HTMLVideoElement, HTMLVideoElement] = [h("video", {}), h("video", {})];
    const images: [HTMLImageElement, HTMLImageElement] = [h("img", { alt: "" }), h("img", { alt: "" })];
    this.stage = new Stage(
      { videos, images },
      {
        now,
        localNow,
        isClockRunning: () => viewerClock === null || viewerClock.isPlaying,
        ...(viewerClock && {
          followPlayer: (aheadMs: number, isBuffering: boolean) => viewerClock.followPlayer(aheadMs, isBuffering),
        }),
        loadHls: options.loadHls,
        fetchText: async (url) => {
          const response = await fetch(url);
          if (!response.ok) throw new Error(String(response.status));
          return response.text();
        },
        onCueChange: (cue) => this.handleCueChange(cue),
        onChangeDue: () => this.render(),
        onAutoplayBlocked: () => this.handleAutoplayBlocked(),
        onBufferingChange: (isBuffering) => (this.spinner.hidden = !isBuffering),
        onCaptionChange: (lines) => this.showCaption(lines),
      },
    );
    this.stage.mediaBase = snapshot.media_base ?? "";
    this.cards = new StageCards(
      translator,
      { title: snapshot.title, startsAt: snapshot.starts_at, waitingText: snapshot.waiting_text ?? "", now },
      viewerClock !== null,
    );
    this.cards.onJoin = () => this.join();
    this.cards.onFocusLost = () => this.screen.focus({ preventScroll: true });
    this.offers = options.createOffers(() => this.tabs.focus("offers"));
    this.chat = new ChatPanel(translator, api);
    translator.setText(this.spinner, "stage.buffering");
    const { screen } = this;
    screen.append(...videos, ...images, this.cards.element);
    translator.setAttribute(screen, "aria-label", "stage.label");
    this.fullscreenArea = h("div", { class: "theatre" });
    this.controls = new PlayerControls(translator, this.stage, this.fullscreenArea, viewerClock);
    this.controls.onCaptionsToggle = () => this.showCaption(this.captionLines);
    screen.append(this.captionBox, this.spinner, this.controls.element);
    screen.addEventListener("pointermove", () => this.showControls());
    screen.addEventListener("dblclick", (event) => {
      if (event.target === screen || event.target instanceof HTMLMediaElement)
        void this.fullscreenArea.requestFullscreen();
    });
    this.fullscreenArea.append(h("div", { class: "frame" }, screen, this.offers.openArea));
    const helpPanel = new HelpPanel({
      translator,
      reload: () => this.stage.reload(),
      setLowestQuality: (isLowest) => this.controls.setLowestQuality(isLowest),
      isLowestQuality: () => this.controls.isLowestQuality,
      sendReport: (text) => api.reportTrouble(text, this.buildReport()),
    });
    this.tabs = new Tabs(translator, [
      { id: "chat", key: "tab.chat", panel: this.chat.element },
      { id: "offers", key: "tab.offers", panel: this.offers.panel },
    ]);
    this.chat.onUnread = (count) => this.tabs.addUnread("chat", count);
    const side = h("aside", { class: "side" }, this.tabs.element, h("div", { class: "help" }, helpPanel.openButton));
    translator.setAttribute(side, "aria-label", "side.label");
    this.element = h(
      "main",
      { class: "room", id: "content" },
      this.connectionBanner,
      this.fullscreenArea,
      side,
      helpPanel.dialog,
    );
    this.phaseBadge.append(createIcon("play"), this.phaseText, this.phaseTime);
    document.addEventListener("keydown", this.onKey);
    this.timer = setInterval(() => this.tick(), 250);
    // Long before the start there are no cues yet, so the waiting-room card is shown until one arrives.
    this.cards.show(null, false);
    this.update(state);
    this.tick();
  }

  /** The badge with the phase and the time, for the page header. */
  get head(): HTMLElement {
    return this.phaseBadge;
  }

  /** Show a newer state of the room. */
  update(state: RoomState): void {
    this.state = state;
    this.stage.mediaBase = state.snapshot.media_base ?? "";
    this.stage.setCues(state.cues);
    this.render();
  }

  /** Show or hide the banner about the connection. */
  setConnectionState(connection: ConnectionState): void {
    this.connectionBanner.hidden = connection === "open";
    if (connection !== "open")
      this.options.translator.setText(this.connectionBanner, connection === "broken" ? "link.broken" : "link.refused");
  }

  /** Start playing; must be called inside a click, because browsers refuse sound otherwise. */
  join(): void {
    this.joined = true;
    this.stage.unlock();
    this.viewerClock?.play();
    this.cards.show(this.stage.cue, true);
    this.render();
    this.tick();
  }

  /** Stop playing and remove all timers and listeners. */
  close(): void {
    clearInterval(this.timer);
    clearTimeout(this.hideControlsTimer);
    document.removeEventListener("keydown", this.onKey);
    if (document.fullscreenElement) void document.exitFullscreen();
    this.stage.close();
    this.wakeLock.close();
  }

  /** Whether the attendee has clicked to join. */
  get hasJoined(): boolean {
    return this.joined;
  }

  private now(): number {
    return this.viewerClock ? this.viewerClock.now() : this.options.clock.now();
  }

  private handleCueChange(cue: StageCue | null): void {
    this.cards.show(cue, this.joined);
    this.element?.classList.toggle("held", cue?.phase === "held");
    if (cue?.phase === "over" && !this.viewerClock && !this.isOver) {
      this.isOver = true;
      this.options.onOver(this.state, this.chat, this.offers);
    }
  }

  /** Ask for another click, because the browser refused to play with sound. */
  private handleAutoplayBlocked(): void {
    this.joined = false;
    this.viewerClock?.pause();
    this.cards.show(this.stage.cue, false);
  }

  /** Show the open offers, the list of offers and the chat as they are now. */
  private render(): void {
    // The chat and the offers belong to the end page from then on.
    if (this.isOver) return;
    const open = this.viewerClock && !this.joined ? [] : findOpenOffers(this.state.cues, this.now());
    const state = addOpenOffers(this.state, open);
    if (state !== this.state) {
      this.state = state;
      this.options.onStateChange(state);
    }
    const { offers, clicked, answered } = state;
    this.offers.show({ open, soFar: offers, clicked, answered });
    this.tabs.setCount("offers", offers.length);
    this.chat.show({
      messages: state.messages,
      mode: state.chatMode,
      closedReason: this.findChatClosedReason(),
      ...(this.viewerClock && { note: "chat.during_event" as const }),
    });
    // Nobody can write in a replay, so a chat without messages is hidden there.
    this.tabs.setAvailable("chat", this.viewerClock === null || state.messages.length > 0);
  }

  /** Return the message that says why nobody can write, or null while the chat is open. */
  private findChatClosedReason(): MessageKey | null {
    if (this.state.chatMode === "none") return "chat.none";
    if (this.viewerClock) return "chat.closed";
    const phase = this.findPhase();
    if (phase === "planned") return "chat.closed_yet";
    return phase === "cancelled" ? "chat.closed" : null;
  }

  private findPhase(): Phase {
    const { snapshot } = this.state;
    if (this.stage.cue) return this.stage.cue.phase;
    return snapshot.phase === "planned" && this.now() >= snapshot.opens_at ? "waiting" : snapshot.phase;
  }

  /** Update what changes by the clock alone: badge, countdown, controls, wake lock. */
  private tick(): void {
    const { translator } = this.options;
    const phase = this.findPhase();
    const keys: Record<Phase, MessageKey> = {
      planned: "state.planned",
      waiting: "state.waiting",
      running: "state.playing",
      held: "state.held",
      closing: "state.closing",
      over: "state.over",
      cancelled: "state.over",
    };
    translator.setText(this.phaseText, this.viewerClock ? "state.on_demand" : keys[phase]);
    this.phaseBadge.dataset.phase = this.viewerClock ? "on_demand" : phase;
    this.phaseTime.textContent = this.viewerClock ? "" : translator.formatTime(this.options.clock.now());
    this.cards.tick();
    this.controls.tick();
    const isPlaying = this.joined && (this.viewerClock ? this.viewerClock.isPlaying : phase === "running");
    this.wakeLock.setWanted(isPlaying);
    this.element.classList.toggle("playing", isPlaying || (this.joined && phase === "held"));
    this.element.classList.toggle("waiting", phase === "waiting" || phase === "planned");
    // On demand the viewer can seek back, and no cue announces that; so everything is rendered at each tick.
    if (this.viewerClock || this.lastClosedReason !== this.findChatClosedReason()) {
      this.lastClosedReason = this.findChatClosedReason();
      this.render();
    }
  }

  private showCaption(lines: string[]): void {
    this.captionLines = lines;
    this.captionBox.hidden = !lines.length || !this.controls.areCaptionsOn;
    this.captionBox.replaceChildren(...lines.map((line) => h("span", {}, line)));
  }

  /** Show the controls now, and hide them again after the pointer has rested. */
  private showControls(): void {
    this.element.classList.add("awake");
    clearTimeout(this.hideControlsTimer);
    this.hideControlsTimer = setTimeout(() => this.element.classList.remove("awake"), 2_500);
  }

  /** Describe playback, clock and browser as JSON, for a report to the team. */
  private buildReport(): string {
    return JSON.stringify({
      stage: JSON.parse(this.stage.buildReport()) as unknown,
      clock_ms: Math.round(this.options.clock.getUncertainty()),
      browser: navigator.userAgent.slice(0, 300),
    }).slice(0, MAX_LENGTHS.TroubleReport.seen);
  }
}
