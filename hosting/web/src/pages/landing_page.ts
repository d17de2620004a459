/** The public page: what it is, when it is (here and there), the calendar file, and the way in. */

import { sentenceOf } from "../i18n/error_messages";
import { span, type Key, type Words } from "../i18n/translator";
import { busy, h, icon, isBusy } from "../lib/dom";
import { enter } from "../live/api";
import type { Entered, Landing } from "../live/protocol";

const NAME_KEPT = "matinee.name";

export interface LandingMeans {
  words: Words;
  slug: string;
  kept: Storage;
  now: () => number;
  /** Called in the click itself, before anything is asked: sound may be unlocked here. */
  onEntering: () => void;
  onEntered: (entered: Entered) => void;
}

export class LandingPage {
  readonly element: HTMLElement;
  private readonly countdown = h("p", { class: "soon" });
  private readonly problem = h("p", { class: "problem", role: "alert", id: "enter-problem" });
  private readonly name = h("input", { id: "name", type: "text", maxlength: 80, required: true, autocomplete: "name" });
  private readonly email = h("input", { id: "email", type: "email", maxlength: 254, autocomplete: "email" });
  private readonly button = h("button", { type: "submit", class: "button primary" });
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly landing: Landing,
    private readonly means: LandingMeans,
  ) {
    const about = h("section", { class: "about" }, this.state(), h("h1", {}, landing.title), this.when());
    for (const paragraph of landing.description.split(/\n{2,}/)) {
      if (paragraph.trim()) about.append(h("p", { class: "description", lang: landing.language }, paragraph.trim()));
    }
    this.element = h("main", { class: "landing", id: "content" }, about, this.form());
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private get onAir(): boolean {
    return ["running", "held", "closing"].includes(this.landing.phase);
  }

  private state(): HTMLElement | null {
    if (this.landing.room === "on_demand" || !this.onAir) return null;
    return h("p", { class: "pill", "data-phase": "running" }, this.means.words.say(h("span"), "landing.on_air"));
  }

  private when(): HTMLElement {
    const { words, slug } = this.means;
    const { starts_at: at, zone } = this.landing;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const key: Key = this.landing.room === "on_demand" ? "landing.available" : "landing.starts";
    const time = h("time", { datetime: new Date(at).toISOString(), class: "date" });
    const box = h("div", { class: "when" });
    box.append(words.say(h("p", { class: "lead" }), key), words.say(time, "chat.when", { time: () => words.date(at) }));
    const yours = h("p", { class: "note" });
    box.append(words.say(yours, "landing.your_time", { zone: own.replaceAll("_", " ") }));
    if (zone !== own) {
      const facts = { time: () => words.date(at, zone), zone: zone.replaceAll("_", " ") };
      box.append(words.say(h("p", { class: "note" }), "landing.event_time", facts));
    }
    box.append(this.countdown);
    if (this.landing.phase === "planned" || this.landing.phase === "waiting") {
      const link = h("a", { class: "button quiet calendar", href: `/w/${slug}/calendar.ics`, download: "" });
      link.append(icon("calendar"), words.say(h("span"), "landing.calendar"));
      box.append(link);
    }
    return box;
  }

  private form(): HTMLElement {
    const { words, kept } = this.means;
    const over = this.landing.phase === "over" && this.landing.room !== "on_demand";
    this.name.value = kept.getItem(NAME_KEPT) ?? "";
    const name = h("div", { class: "field" }, words.say(h("label", { for: "name" }), "landing.name"), this.name);
    if (!over && this.landing.room !== "on_demand") {
      name.append(words.say(h("p", { class: "note" }), "landing.name_seen"));
    }
    const key: Key = over
      ? "landing.replay"
      : this.landing.room === "on_demand" && this.landing.phase === "running"
        ? "landing.watch"
        : this.onAir
          ? "landing.join_now"
          : "landing.enter";
    words.say(this.button, key);
    this.name.setAttribute("aria-describedby", "enter-problem");
    const form = h("form", { class: "entry", novalidate: true }, name);
    if (this.landing.email_owed) {
      const why = words.say(h("p", { class: "note" }), "landing.email_why");
      form.append(
        h("div", { class: "field" }, words.say(h("label", { for: "email" }), "landing.email"), this.email, why),
      );
    }
    form.append(this.problem, this.button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    return form;
  }

  private async submit(): Promise<void> {
    const { words, slug, kept } = this.means;
    const name = this.name.value.trim();
    if (isBusy(this.button)) return;
    if (!name) return this.refuse("error.name", this.name);
    if (this.landing.email_owed && !this.email.checkValidity()) return this.refuse("error.email", this.email);
    if (this.landing.email_owed && !this.email.value.trim()) return this.refuse("error.email", this.email);
    busy(this.button, true);
    words.hush(this.problem);
    kept.setItem(NAME_KEPT, name);
    this.means.onEntering();
    try {
      this.means.onEntered(await enter(slug, name, this.email.value.trim(), words.language));
    } catch (error) {
      words.say(this.problem, sentenceOf(error));
      busy(this.button, false);
    }
  }

  private refuse(key: Key, field: HTMLInputElement): void {
    this.means.words.say(this.problem, key);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  private tick(): void {
    const { words, now } = this.means;
    const { starts_at: starts, opens_at: opens, phase, room } = this.landing;
    const left = starts - now();
    if (room === "on_demand" || phase === "over") return;
    if (left <= 0) return void words.say(this.countdown, "landing.began", { time: () => words.time(starts) });
    if (left < 24 * 3_600_000) {
      const key: Key = now() >= opens ? "landing.doors_open" : "landing.doors";
      const soon = words.word("landing.soon", { left: span(left, true) });
      words.hush(this.countdown, `${soon} · ${words.word(key, { time: words.time(opens) })}`);
    } else words.say(this.countdown, "landing.doors", { time: () => words.date(opens) });
  }
}
