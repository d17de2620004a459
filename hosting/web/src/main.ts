/**
 * The application: it goes from the landing page to the room and to the end page.
 *
 * It owns what these pages share: the texts, the server clock, hls.js, the event stream and the attendee's token.
 */

import { LANGUAGES } from "./i18n/catalogue";
import { Translator } from "./i18n/translator";
import logo from "./icon.svg";
import { h } from "./lib/dom";
import * as api from "./live/api";
import { type ConnectionState, EventStream } from "./live/event_stream";
import type { EnterResult, Landing } from "./live/protocol";
import { createRoomState, type RoomState } from "./live/room_state";
import { ServerClock } from "./live/server_clock";
import { EndPage } from "./pages/end_page";
import { LandingPage } from "./pages/landing_page";
import { createMessagePage } from "./pages/message_page";
import { RoomPage } from "./pages/room_page";
import { ChatPanel } from "./panels/chat";
import { OffersPanel } from "./panels/offers";
import type { HlsModule } from "./player/video_player";
import "./styles/index.css";

const RETRY_MS = 2_000;
/** An on-demand room is entered this long after its opening time, so that the hosting has opened it by then. */
const OPENING_DELAY_MS = 200;
/** Browsers keep timer delays in a signed 32-bit number; a longer delay would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A page as the application shows it; `head` is an element for the page header. */
interface Page {
  element: HTMLElement;
  close?: () => void;
  head?: HTMLElement | null;
}

/** The page that receives each new state of the room: the room page, then the end page. */
interface StateListener {
  update: (state: RoomState) => void;
  setConnectionState?: (connection: ConnectionState) => void;
}

/** The attendee pages as one application in the element that it is given. */
class App {
  private readonly translator = new Translator(navigator.languages, sessionStorage);
  private readonly clock = new ServerClock({ fetchServerTime: api.fetchServerTime, localNow: () => performance.now() });
  private readonly slug = decodeURIComponent(location.pathname.split("/").filter(Boolean)[1] ?? "");
  private readonly title = h("h1", { class: "page-title" });
  private readonly headExtra = h("div", { class: "head-extra" });
  private readonly pageArea = h("div", { class: "place" });
  private page: Page | null = null;
  private stream: EventStream | null = null;
  private stateListener: StateListener | null = null;
  private hls: Promise<HlsModule | null> | null = null;
  private joinsAtOnce = false;
  private openingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    const skipLink = this.translator.setText(h("a", { class: "skip", href: "#content" }), "skip");
    const languageSelect = h("select", { class: "language" });
    for (const [tag, name] of Object.entries(LANGUAGES))
      languageSelect.append(h("option", { value: tag, lang: tag }, name));
    languageSelect.value = this.translator.language;
    languageSelect.addEventListener("change", () => this.translator.setLanguage(languageSelect.value));
    this.translator.setAttribute(languageSelect, "aria-label", "language");
    document.documentElement.lang = this.translator.language;
    const head = h(
      "header",
      { class: "head" },
      h("img", { class: "mark", src: logo, alt: "" }),
      this.title,
      this.headExtra,
      languageSelect,
    );
    root.append(skipLink, head, this.pageArea);
    window.addEventListener("online", () => this.stream?.reconnect());
  }

  /** Start the clock and load the landing page. */
  async start(): Promise<void> {
    void this.clock.sample().then(() => this.clock.start());
    this.showPage({ element: this.translator.setText(h("p", { class: "loading" }), "loading") });
    await this.loadLanding();
  }

  /** Fetch the landing data and show the page that fits the phase of the event. */
  private async loadLanding(): Promise<void> {
    let landing: Landing;
    try {
      landing = await api.fetchLanding(this.slug);
    } catch (error) {
      const status = error instanceof api.ApiError ? error.status : -1;
      if (status === 0 || status >= 500) return this.showUnreachable(() => this.loadLanding());
      return this.showPage({
        element: createMessagePage(this.translator, {
          title: "not_found.title",
          text: "not_found.text",
          action: { key: "not_found.again", run: () => location.reload() },
        }),
      });
    }
    this.clock.setFirstEstimate(landing.now);
    this.setTitle(landing.title);
    if (landing.phase === "cancelled") return this.showCancelled(landing);
    const entry = this.loadEntry(landing.session);
    if (entry) return this.enterSession(entry, landing);
    if (landing.phase === "over" && !landing.replay) return this.showThanks(landing.title);
    // The room may be entered now or soon, so hls.js is fetched while the attendee types a name.
    if (landing.phase !== "planned") void this.loadHls();
    const page = new LandingPage(landing, {
      translator: this.translator,
      slug: this.slug,
      storage: sessionStorage,
      now: () => this.clock.now(),
      onSubmit: () => (this.joinsAtOnce = landing.phase !== "planned" && landing.phase !== "waiting"),
      onEntered: (newEntry) => {
        sessionStorage.setItem(entryKeyOf(landing.session), JSON.stringify(newEntry));
        void this.enterSession(newEntry, landing);
      },
    });
    this.showPage({ element: page.element, close: () => page.close() });
  }

  // ------------------------------------------------------------------------------------------------ the room

  /** Fetch a snapshot of the room and show the room, or the page that fits its phase. */
  private async enterSession(entry: EnterResult, landing: Landing): Promise<void> {
    const roomApi = new api.RoomApi(entry.session, entry.token);
    let state: RoomState;
    try {
      const snapshot = await roomApi.fetchSnapshot();
      this.clock.setFirstEstimate(snapshot.now);
      state = createRoomState(snapshot, entry.person);
    } catch (error) {
      const status = error instanceof api.ApiError ? error.status : -1;
      if (status === 0 || status >= 500) return this.showUnreachable(() => this.enterSession(entry, landing));
      sessionStorage.removeItem(entryKeyOf(entry.session));
      return this.loadLanding();
    }
    const { phase, on_demand: onDemand } = state.snapshot;
    if (phase === "cancelled") return this.showCancelled(landing);
    if (onDemand) this.stopStream();
    else this.startStream(roomApi, state, landing, entry);
    if (!onDemand && landing.room === "on_demand") this.scheduleOpening(state.snapshot.starts_at, entry, landing);
    if (phase === "over" && !onDemand) {
      this.showEndPage(
        state,
        landing,
        entry,
        new ChatPanel(this.translator, roomApi),
        this.createOffers(roomApi, state),
      );
    } else {
      void this.loadHls();
      this.showRoom(roomApi, state, landing, entry);
    }
  }

  private showRoom(roomApi: api.RoomApi, state: RoomState, landing: Landing, entry: EnterResult): void {
    this.setTitle(state.snapshot.title);
    const room = new RoomPage(state, {
      translator: this.translator,
      api: roomApi,
      clock: this.clock,
      createOffers: (onFocusLost) => this.createOffers(roomApi, state, onFocusLost),
      loadHls: () => this.loadHls(),
      onStateChange: (next) => this.stream?.replaceState(next),
      onOver: (lastState, chat, offers) => this.showEndPage(lastState, landing, entry, chat, offers),
    });
    const { element, head } = room;
    this.showPage({ element, head, close: () => room.close() }, room);
    if (this.joinsAtOnce) room.join();
    this.joinsAtOnce = false;
  }

  /** Open the event stream and pass each new state to the page that listens. */
  private startStream(roomApi: api.RoomApi, state: RoomState, landing: Landing, entry: EnterResult): void {
    this.stopStream();
    const stream = new EventStream(
      state,
      {
        openStream: (cursor, signal) => roomApi.openStream(cursor, signal),
        fetchEvents: (cursor) => roomApi.fetchEvents(cursor),
        fetchSnapshot: () => roomApi.fetchSnapshot(),
      },
      (next) => {
        if (next.snapshot !== state.snapshot && next.snapshot.phase === "cancelled") this.showCancelled(landing);
        // The event ended while this computer slept. The room is now on demand and has no event stream.
        else if (next.snapshot.on_demand) void this.enterSession(entry, landing);
        else this.stateListener?.update(next);
      },
      (connection) => this.stateListener?.setConnectionState?.(connection),
    );
    this.stream = stream;
    void stream.run();
  }

  private stopStream(): void {
    clearTimeout(this.openingTimer);
    this.stream?.close();
    this.stream = null;
  }

  /** Enter again when an on-demand room opens; the event stream does not announce that. */
  private scheduleOpening(at: number, entry: EnterResult, landing: Landing): void {
    const delay = Math.min(at - this.clock.now() + OPENING_DELAY_MS, MAX_TIMER_MS);
    this.openingTimer = setTimeout(
      () => {
        this.joinsAtOnce = this.stateListener instanceof RoomPage && this.stateListener.hasJoined;
        void this.enterSession(entry, landing);
      },
      Math.max(RETRY_MS, delay),
    );
  }

  /** Show the end page with the chat and the offers of the room. */
  private showEndPage(
    state: RoomState,
    landing: Landing,
    entry: EnterResult,
    chat: ChatPanel,
    offers: OffersPanel,
  ): void {
    const watchReplay = (): void => {
      this.joinsAtOnce = true;
      void this.enterSession(entry, { ...landing, phase: "over" });
    };
    const focusedElement = document.activeElement;
    const page = new EndPage(state, {
      translator: this.translator,
      chat,
      offers,
      now: () => this.clock.now(),
      ...(state.snapshot.replay && { watchReplay }),
      onRepliesOver: () => this.stream?.close(),
    });
    this.showPage({ element: page.element, close: () => page.close() }, page);
    // The chat field moves to the end page with its text; an attendee who was writing keeps the focus.
    if (focusedElement instanceof HTMLElement && page.element.contains(focusedElement))
      focusedElement.focus({ preventScroll: true });
  }

  private createOffers(roomApi: api.RoomApi, state: RoomState, onFocusLost?: () => void): OffersPanel {
    return new OffersPanel({
      translator: this.translator,
      session: state.snapshot.session,
      storage: sessionStorage,
      sendClick: (offer) => roomApi.sendClick(offer),
      sendAnswer: (answer) => roomApi.sendAnswer(answer),
      openLink: (link) => window.open(link, "_blank", "noopener,noreferrer"),
      ...(onFocusLost && { onFocusLost }),
    });
  }

  // ---------------------------------------------------------------------------------------------- other pages

  private showThanks(title: string): void {
    this.showPage({
      element: createMessagePage(this.translator, {
        title: "over.title",
        text: "over.text",
        params: { title },
        note: "over.close",
      }),
    });
  }

  private showCancelled(landing: Landing): void {
    const params = { title: landing.title, time: () => this.translator.formatDateTime(landing.starts_at) };
    this.showPage({
      element: createMessagePage(this.translator, { title: "cancelled.title", text: "cancelled.text", params }),
    });
  }

  private showUnreachable(retry: () => Promise<void>): void {
    this.showPage({
      element: createMessagePage(this.translator, { title: "unreachable.title", text: "unreachable.text" }),
    });
    setTimeout(() => void retry(), RETRY_MS);
  }

  /** Replace the page that is shown, and the page that receives new states. */
  private showPage(page: Page, stateListener: StateListener | null = null): void {
    const focusedElement = document.activeElement;
    const losesFocus =
      this.page?.element.contains(focusedElement) || (focusedElement === document.body && this.stateListener !== null);
    this.page?.close?.();
    if (stateListener === null) this.stopStream();
    this.stateListener = stateListener;
    this.page = page;
    this.headExtra.replaceChildren(...(page.head ? [page.head] : []));
    // Pages with a heading of their own show the title there, so the header does not repeat it.
    this.title.hidden = page.element.querySelector("h1") !== null;
    this.pageArea.replaceChildren(page.element);
    window.scrollTo(0, 0);
    // The focused element is gone with the old page; focusing the new page makes screen readers announce it.
    page.element.tabIndex = -1;
    if (losesFocus) page.element.focus({ preventScroll: true });
  }

  private setTitle(title: string): void {
    document.title = title;
    this.title.textContent = title;
  }

  /** Return the token that this browser tab got earlier for a session, if there is one. */
  private loadEntry(session: string): EnterResult | null {
    const text = sessionStorage.getItem(entryKeyOf(session));
    return text ? (JSON.parse(text) as EnterResult) : null;
  }

  /** Load hls.js once; null where the browser cannot run it. */
  private loadHls(): Promise<HlsModule | null> {
    this.hls ??= import("hls.js").then(
      ({ default: Hls }) => (Hls.isSupported() ? Hls : null),
      (error: unknown) => {
        this.hls = null;
        throw error;
      },
    );
    return this.hls;
  }
}

function entryKeyOf(session: string): string {
  return `matinee.entered.${session}`;
}

void new App(document.getElementById("app")!).start();
