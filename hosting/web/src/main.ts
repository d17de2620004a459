/** The way through the pages: landing, room, end; and what they share: words, clock, hls.js, the token. */

import { LANGUAGES, Words, type Language } from "./i18n/translator";
import { h } from "./lib/dom";
import * as api from "./live/api";
import { Stream, type Link } from "./live/event_stream";
import type { Entered, Landing } from "./live/protocol";
import { begin, type RoomState } from "./live/room_state";
import { ServerClock } from "./live/server_clock";
import { EndPage } from "./pages/end_page";
import { LandingPage } from "./pages/landing_page";
import { notice } from "./pages/message_page";
import { Room } from "./pages/room_page";
import { Chat } from "./panels/chat";
import { Offers } from "./panels/offers";
import type { HlsModule } from "./player/video_player";
import mark from "./icon.svg";
import "./style.css";

const RETRY_MS = 2_000;
/** So long after the hour the hosting is asked again; and no browser's timer is longer than this. */
const OPENING_MS = 200;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Page {
  element: HTMLElement;
  close?: () => void;
  head?: HTMLElement | null;
}

/** What follows the stream: the room, then the end page. */
interface Follower {
  tell: (state: RoomState) => void;
  link?: (link: Link) => void;
}

class App {
  private readonly words = new Words(navigator.languages, sessionStorage);
  private readonly clock = new ServerClock({ ask: api.now, local: () => performance.now() });
  private readonly slug = decodeURIComponent(location.pathname.split("/").filter(Boolean)[1] ?? "");
  private readonly title = h("h1", { class: "page-title" });
  private readonly headExtra = h("div", { class: "head-extra" });
  private readonly place = h("div", { class: "place" });
  private page: Page | null = null;
  private stream: Stream | null = null;
  private follower: Follower | null = null;
  private hls: Promise<HlsModule | null> | null = null;
  private eager = false;
  private opening: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    const skip = this.words.say(h("a", { class: "skip", href: "#content" }), "skip");
    const choice = h("select", { class: "language" });
    for (const [tag, name] of Object.entries(LANGUAGES)) choice.append(h("option", { value: tag, lang: tag }, name));
    choice.value = this.words.language;
    choice.addEventListener("change", () => this.words.choose(choice.value as Language));
    this.words.label(choice, "aria-label", "language");
    document.documentElement.lang = this.words.language;
    const head = h(
      "header",
      { class: "head" },
      h("img", { class: "mark", src: mark, alt: "" }),
      this.title,
      this.headExtra,
      choice,
    );
    root.append(skip, head, this.place);
    window.addEventListener("online", () => this.stream?.again());
  }

  async start(): Promise<void> {
    void this.clock.sample().then(() => this.clock.start());
    this.show({ element: this.words.say(h("p", { class: "loading" }), "loading") });
    await this.arrive();
  }

  private async arrive(): Promise<void> {
    let landing: Landing;
    try {
      landing = await api.landing(this.slug);
    } catch (error) {
      const status = error instanceof api.Refused ? error.status : -1;
      if (status === 0 || status >= 500) return this.unreachable(() => this.arrive());
      return this.show({
        element: notice(this.words, {
          title: "lost.title",
          text: "lost.text",
          action: { key: "lost.again", run: () => location.reload() },
        }),
      });
    }
    this.clock.hint(landing.now);
    this.entitle(landing.title);
    if (landing.phase === "cancelled") return this.cancelled(landing);
    const kept = this.keptFor(landing.session);
    if (kept) return this.enter(kept, landing);
    if (landing.phase === "over" && !landing.replay) return this.thanks(landing.title);
    // The doors are near: what the room needs is fetched while the name is typed.
    if (landing.phase !== "planned") void this.loadHls();
    const page = new LandingPage(landing, {
      words: this.words,
      slug: this.slug,
      kept: sessionStorage,
      now: () => this.clock.now(),
      onEntering: () => (this.eager = landing.phase !== "planned" && landing.phase !== "waiting"),
      onEntered: (entered) => {
        sessionStorage.setItem(keyOf(landing.session), JSON.stringify(entered));
        void this.enter(entered, landing);
      },
    });
    this.show({ element: page.element, close: () => page.close() });
  }

  // ------------------------------------------------------------------------------------------------ the room

  private async enter(entered: Entered, landing: Landing): Promise<void> {
    const roomApi = new api.RoomApi(entered.session, entered.token);
    let state: RoomState;
    try {
      const snapshot = await roomApi.snapshot();
      this.clock.hint(snapshot.now);
      state = begin(snapshot, entered.person);
    } catch (error) {
      const status = error instanceof api.Refused ? error.status : -1;
      if (status === 0 || status >= 500) return this.unreachable(() => this.enter(entered, landing));
      sessionStorage.removeItem(keyOf(entered.session));
      return this.arrive();
    }
    const { phase, on_demand: onDemand } = state.snapshot;
    if (phase === "cancelled") return this.cancelled(landing);
    if (onDemand) this.unfollow();
    else this.follow(roomApi, state, landing, entered);
    if (!onDemand && landing.room === "on_demand") this.opensAt(state.snapshot.starts_at, entered, landing);
    if (phase === "over" && !onDemand) {
      this.over(state, landing, entered, new Chat(this.words, roomApi), this.offersOf(roomApi, state));
    } else {
      void this.loadHls();
      this.openRoom(roomApi, state, landing, entered);
    }
  }

  private openRoom(roomApi: api.RoomApi, state: RoomState, landing: Landing, entered: Entered): void {
    this.entitle(state.snapshot.title);
    const room = new Room(state, {
      words: this.words,
      api: roomApi,
      clock: this.clock,
      offers: (onStray) => this.offersOf(roomApi, state, onStray),
      hls: () => this.loadHls(),
      onState: (next) => this.stream?.adopt(next),
      onOver: (last, chat, offers) => this.over(last, landing, entered, chat, offers),
    });
    const { element, head } = room;
    this.show({ element, head, close: () => room.close() }, room);
    if (this.eager) room.join();
    this.eager = false;
  }

  /** Read the event stream for whatever page follows it. */
  private follow(roomApi: api.RoomApi, state: RoomState, landing: Landing, entered: Entered): void {
    this.unfollow();
    const stream = new Stream(
      state,
      {
        open: (seen, signal) => roomApi.open(seen, signal),
        events: (seen) => roomApi.events(seen),
        snapshot: () => roomApi.snapshot(),
      },
      (next) => {
        if (next.snapshot !== state.snapshot && next.snapshot.phase === "cancelled") this.cancelled(landing);
        // It was over while this page slept: what there is now runs on a clock of one's own.
        else if (next.snapshot.on_demand) void this.enter(entered, landing);
        else this.follower?.tell(next);
      },
      (link) => this.follower?.link?.(link),
    );
    this.stream = stream;
    void stream.run();
  }

  private unfollow(): void {
    clearTimeout(this.opening);
    this.stream?.close();
    this.stream = null;
  }

  /** On demand, before it may be watched: there is no event to wait for, only the hour. */
  private opensAt(at: number, entered: Entered, landing: Landing): void {
    const left = Math.min(at - this.clock.now() + OPENING_MS, LONGEST_TIMER_MS);
    this.opening = setTimeout(
      () => {
        this.eager = this.follower instanceof Room && this.follower.isJoined;
        void this.enter(entered, landing);
      },
      Math.max(RETRY_MS, left),
    );
  }

  /** The end page, once the last words had their time on the closing card. */
  private over(state: RoomState, landing: Landing, entered: Entered, chat: Chat, offers: Offers): void {
    const replay = (): void => {
      this.eager = true;
      void this.enter(entered, { ...landing, phase: "over" });
    };
    const had = document.activeElement;
    const page = new EndPage(state, {
      words: this.words,
      chat,
      offers,
      now: () => this.clock.now(),
      ...(state.snapshot.replay && { replay }),
      onQuiet: () => this.stream?.close(),
    });
    this.show({ element: page.element, close: () => page.close() }, page);
    // Who was writing goes on writing.
    if (had instanceof HTMLElement && page.element.contains(had)) had.focus({ preventScroll: true });
  }

  private offersOf(roomApi: api.RoomApi, state: RoomState, onStray?: () => void): Offers {
    return new Offers({
      words: this.words,
      session: state.snapshot.session,
      kept: sessionStorage,
      click: (offer) => roomApi.click(offer),
      answer: (given) => roomApi.answer(given),
      open: (link) => window.open(link, "_blank", "noopener,noreferrer"),
      ...(onStray && { onStray }),
    });
  }

  // ---------------------------------------------------------------------------------------------- other pages

  private thanks(title: string): void {
    this.show({
      element: notice(this.words, { title: "over.title", text: "over.text", facts: { title }, note: "over.close" }),
    });
  }

  private cancelled(landing: Landing): void {
    const facts = { title: landing.title, time: () => this.words.date(landing.starts_at) };
    this.show({ element: notice(this.words, { title: "cancelled.title", text: "cancelled.text", facts }) });
  }

  private unreachable(again: () => Promise<void>): void {
    this.show({ element: notice(this.words, { title: "unreachable.title", text: "unreachable.text" }) });
    setTimeout(() => void again(), RETRY_MS);
  }

  private show(page: Page, follower: Follower | null = null): void {
    const had = document.activeElement;
    const stray = this.page?.element.contains(had) || (had === document.body && this.follower !== null);
    this.page?.close?.();
    if (follower === null) this.unfollow();
    this.follower = follower;
    this.page = page;
    this.headExtra.replaceChildren(...(page.head ? [page.head] : []));
    // The landing says the title itself, and larger.
    this.title.hidden = page.element.querySelector("h1") !== null;
    this.place.replaceChildren(page.element);
    window.scrollTo(0, 0);
    // What had the keyboard is gone with the page before; who reads with a screen reader hears of the new one.
    page.element.tabIndex = -1;
    if (stray) page.element.focus({ preventScroll: true });
  }

  private entitle(title: string): void {
    document.title = title;
    this.title.textContent = title;
  }

  private keptFor(session: string): Entered | null {
    const text = sessionStorage.getItem(keyOf(session));
    return text ? (JSON.parse(text) as Entered) : null;
  }

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

function keyOf(session: string): string {
  return `matinee.entered.${session}`;
}

void new App(document.getElementById("app")!).start();
