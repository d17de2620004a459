/** The public page of a webinar: description, times in both zones, a calendar file and the form to enter. */

import type { MessageKey } from "../i18n/catalogue";
import { findErrorMessage } from "../i18n/error_messages";
import { formatDuration, type Translator } from "../i18n/translator";
import { createIcon, h, isBusy, setBusy } from "../lib/dom";
import { enterRoom } from "../live/api";
import { MAX_LENGTHS } from "../live/generated";
import type { EnterResult, Landing } from "../live/protocol";

const NAME_STORAGE_KEY = "matinee.name";

/** What a landing page needs from the application. */
export interface LandingPageOptions {
  translator: Translator;
  slug: string;
  storage: Storage;
  now: () => number;
  /** Called inside the click, before any request, because browsers unlock sound only during a click. */
  onSubmit: () => void;
  onEntered: (entered: EnterResult) => void;
}

/** The landing page of one webinar. */
export class LandingPage {
  readonly element: HTMLElement;
  private readonly countdown = h("p", { class: "soon" });
  private readonly problem = h("p", { class: "problem", role: "alert", id: "enter-problem" });
  private readonly name = h("input", {
    id: "name",
    type: "text",
    maxlength: MAX_LENGTHS.EnterRequest.name,
    required: true,
    autocomplete: "name",
  });
  private readonly email = h("input", {
    id: "email",
    type: "email",
    maxlength: MAX_LENGTHS.EnterRequest.email,
    autocomplete: "email",
  });
  private readonly button = h("button", { type: "submit", class: "button primary" });
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly landing: Landing,
    private readonly options: LandingPageOptions,
  ) {
    const about = h(
      "section",
      { class: "about" },
      this.createPlayingBadge(),
      h("h1", {}, landing.title),
      this.createTimes(),
    );
    for (const paragraph of landing.description.split(/\n{2,}/)) {
      if (paragraph.trim()) about.append(h("p", { class: "description", lang: landing.language }, paragraph.trim()));
    }
    this.element = h("main", { class: "landing", id: "content" }, about, this.createForm());
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  /** Stop the countdown. */
  close(): void {
    clearInterval(this.timer);
  }

  private get isPlaying(): boolean {
    return ["running", "held", "closing"].includes(this.landing.phase);
  }

  private createPlayingBadge(): HTMLElement | null {
    if (this.landing.room === "on_demand" || !this.isPlaying) return null;
    return h(
      "p",
      { class: "pill", "data-phase": "running" },
      this.options.translator.setText(h("span"), "landing.playing"),
    );
  }

  /** Create the start time in the reader's zone and, where it differs, in the zone of the event. */
  private createTimes(): HTMLElement {
    const { translator, slug } = this.options;
    const { starts_at: at, zone } = this.landing;
    const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const key: MessageKey = this.landing.room === "on_demand" ? "landing.available" : "landing.starts";
    const time = h("time", { datetime: new Date(at).toISOString(), class: "date" });
    const box = h("div", { class: "when" });
    box.append(
      translator.setText(h("p", { class: "lead" }), key),
      translator.setText(time, "chat.when", { time: () => translator.formatDateTime(at) }),
    );
    const yourTime = h("p", { class: "note" });
    box.append(translator.setText(yourTime, "landing.your_time", { zone: ownZone.replaceAll("_", " ") }));
    if (zone !== ownZone) {
      const params = { time: () => translator.formatDateTime(at, zone), zone: zone.replaceAll("_", " ") };
      box.append(translator.setText(h("p", { class: "note" }), "landing.event_time", params));
    }
    box.append(this.countdown);
    if (this.landing.phase === "planned" || this.landing.phase === "waiting") {
      const link = h("a", { class: "button quiet calendar", href: `/w/${slug}/calendar.ics`, download: "" });
      link.append(createIcon("calendar"), translator.setText(h("span"), "landing.calendar"));
      box.append(link);
    }
    return box;
  }

  private createForm(): HTMLElement {
    const { translator, storage } = this.options;
    const isOver = this.landing.phase === "over" && this.landing.room !== "on_demand";
    this.name.value = storage.getItem(NAME_STORAGE_KEY) ?? "";
    const name = h(
      "div",
      { class: "field" },
      translator.setText(h("label", { for: "name" }), "landing.name"),
      this.name,
    );
    if (!isOver && this.landing.room !== "on_demand" && this.landing.chat !== "none") {
      name.append(translator.setText(h("p", { class: "note" }), "landing.name_seen"));
    }
    const key: MessageKey = isOver
      ? "landing.replay"
      : this.landing.room === "on_demand" && this.landing.phase === "running"
        ? "landing.watch"
        : this.isPlaying
          ? "landing.join_now"
          : "landing.enter";
    translator.setText(this.button, key);
    this.name.setAttribute("aria-describedby", "enter-problem");
    const form = h("form", { class: "entry", novalidate: true }, name);
    if (this.landing.email_owed) {
      const reason = translator.setText(h("p", { class: "note" }), "landing.email_why");
      form.append(
        h(
          "div",
          { class: "field" },
          translator.setText(h("label", { for: "email" }), "landing.email"),
          this.email,
          reason,
        ),
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
    const { translator, slug, storage } = this.options;
    const name = this.name.value.trim();
    if (isBusy(this.button)) return;
    if (!name) return this.showFieldError("error.name", this.name);
    if (this.landing.email_owed && !this.email.checkValidity()) return this.showFieldError("error.email", this.email);
    if (this.landing.email_owed && !this.email.value.trim()) return this.showFieldError("error.email", this.email);
    setBusy(this.button, true);
    translator.setPlainText(this.problem);
    storage.setItem(NAME_STORAGE_KEY, name);
    this.options.onSubmit();
    try {
      this.options.onEntered(await enterRoom(slug, name, this.email.value.trim(), translator.language));
    } catch (error) {
      translator.setText(this.problem, findErrorMessage(error));
      setBusy(this.button, false);
    }
  }

  private showFieldError(key: MessageKey, field: HTMLInputElement): void {
    this.options.translator.setText(this.problem, key);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  /** Update the countdown. */
  private tick(): void {
    const { translator, now } = this.options;
    const { starts_at: starts, opens_at: opens, phase, room } = this.landing;
    const remaining = starts - now();
    if (room === "on_demand" || phase === "over") return;
    if (remaining <= 0)
      return void translator.setText(this.countdown, "landing.began", { time: () => translator.formatTime(starts) });
    if (remaining < 24 * 3_600_000) {
      const key: MessageKey = now() >= opens ? "landing.opened" : "landing.opens_at";
      const startText = translator.translate("landing.soon", { left: formatDuration(remaining, true) });
      translator.setPlainText(
        this.countdown,
        `${startText} · ${translator.translate(key, { time: translator.formatTime(opens) })}`,
      );
    } else translator.setText(this.countdown, "landing.opens_on", { time: () => translator.formatDateTime(opens) });
  }
}
