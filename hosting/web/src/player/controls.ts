/** The bar under the picture: volume, captions, quality, full screen; on demand also play, position and seeking. */

import { span, type Key, type Words } from "../i18n/translator";
import { h, icon, type IconName } from "../lib/dom";
import type { Stage } from "./stage";
import type { ViewerClock } from "./viewer_clock";

const STEP_MS = 10_000;

export class Controls {
  readonly element = h("div", { class: "controls", role: "group" });
  captionsOn = true;
  onCaptions: (on: boolean) => void = () => undefined;
  private readonly mute: HTMLButtonElement;
  private readonly volume = h("input", { type: "range", min: 0, max: 100, value: 100, class: "volume" });
  private readonly cc: HTMLButtonElement;
  private readonly full: HTMLButtonElement;
  private readonly quality = h("select", { class: "quality" });
  private readonly auto = h("option", { value: "auto" });
  private readonly play: HTMLButtonElement;
  private readonly seek = h("input", { type: "range", min: 0, step: 1_000, class: "seek" });
  private readonly position = h("span", { class: "position" });
  private sliding = false;

  constructor(
    private readonly words: Words,
    private readonly stage: Stage,
    private readonly theatre: HTMLElement,
    private readonly viewer: ViewerClock | null,
  ) {
    this.mute = this.button("volume", "control.mute", () => this.toggleMute());
    this.cc = this.button("captions", "control.captions", () => this.toggleCaptions());
    this.full = this.button("full", "control.full", () => void this.toggleFull());
    this.play = this.button("play", "control.play", () => this.togglePlay());
    words.label(this.element, "aria-label", "stage.controls");
    words.label(this.volume, "aria-label", "control.volume");
    words.label(this.quality, "aria-label", "control.quality");
    this.quality.append(this.auto, words.say(h("option", { value: "lowest" }), "control.lowest"));
    words.say(this.auto, "control.auto");
    this.volume.addEventListener("input", () => this.setVolume(this.volume.valueAsNumber / 100));
    this.quality.addEventListener("change", () => this.stage.cap(this.quality.value === "lowest"));
    this.cc.setAttribute("aria-pressed", "true");
    document.addEventListener("fullscreenchange", () => this.drawFull());
    this.full.hidden = !document.fullscreenEnabled;
    const left = h("div", { class: "group" }, this.mute, this.volume);
    const right = h("div", { class: "group" }, this.cc, this.quality, this.full);
    if (viewer) this.element.append(this.transport(viewer));
    this.element.append(
      h("div", { class: "bar" }, viewer ? h("div", { class: "group" }, this.play) : null, left, right),
    );
  }

  /** Keys that work wherever the focus is, unless somebody is typing. Returns whether the key was ours. */
  key(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement;
    const busy = target.closest("input, textarea, select") !== null;
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return false;
    const onButton = target.closest("button, a") !== null;
    const acts: Record<string, (() => void) | undefined> = {
      m: () => this.toggleMute(),
      c: () => this.toggleCaptions(),
      f: () => void this.toggleFull(),
      " ": this.viewer && !onButton ? () => this.togglePlay() : undefined,
      ArrowLeft: this.viewer ? () => this.jump(-STEP_MS) : undefined,
      ArrowRight: this.viewer ? () => this.jump(STEP_MS) : undefined,
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    act?.();
    return act !== undefined;
  }

  lowest(on: boolean): void {
    this.quality.value = on ? "lowest" : "auto";
    this.stage.cap(on);
  }

  get isLowest(): boolean {
    return this.quality.value === "lowest";
  }

  /** Called every now and then: what changes by itself. */
  tick(): void {
    const shown = this.stage.quality;
    const auto = this.words.word("control.auto") + (shown && !this.isLowest ? ` · ${shown}` : "");
    if (this.auto.textContent !== auto) this.words.hush(this.auto, auto);
    if (!this.viewer) return;
    const now = this.viewer.now();
    if (!this.sliding) this.seek.value = String(now);
    const text = `${span(now)} / ${span(this.viewer.length)}`;
    if (this.position.textContent !== text) {
      this.position.textContent = text;
      this.seek.setAttribute("aria-valuetext", text);
      this.seek.style.setProperty("--done", `${(100 * now) / Math.max(1, this.viewer.length)}%`);
    }
    if (this.viewer.ended && this.viewer.playing) this.viewer.pause();
    this.face(
      this.play,
      this.viewer.playing ? "pause" : "play",
      this.viewer.playing ? "control.pause" : "control.play",
    );
  }

  private transport(viewer: ViewerClock): HTMLElement {
    this.seek.max = String(viewer.length);
    this.words.label(this.seek, "aria-label", "control.seek");
    this.seek.addEventListener("input", () => {
      this.sliding = true;
      viewer.seek(this.seek.valueAsNumber);
    });
    this.seek.addEventListener("change", () => (this.sliding = false));
    return h("div", { class: "transport" }, this.seek, this.position);
  }

  togglePlay(): void {
    if (!this.viewer) return;
    if (this.viewer.playing) this.viewer.pause();
    else {
      if (!this.stage.open) this.stage.unlock();
      this.viewer.play();
    }
    this.tick();
  }

  private jump(ms: number): void {
    this.viewer?.seek(this.viewer.now() + ms);
    this.tick();
  }

  private setVolume(volume: number): void {
    this.stage.volume = volume;
    this.stage.muted = volume === 0;
    this.drawVolume();
  }

  private toggleMute(): void {
    this.stage.muted = !this.stage.muted;
    if (!this.stage.muted && this.stage.volume === 0) this.stage.volume = 0.5;
    this.drawVolume();
  }

  private drawVolume(): void {
    const { muted, volume } = this.stage;
    this.volume.value = String(Math.round((muted ? 0 : volume) * 100));
    this.volume.style.setProperty("--done", `${this.volume.value}%`);
    this.face(this.mute, muted ? "muted" : "volume", muted ? "control.unmute" : "control.mute");
  }

  private toggleCaptions(): void {
    this.captionsOn = !this.captionsOn;
    this.cc.setAttribute("aria-pressed", String(this.captionsOn));
    this.onCaptions(this.captionsOn);
  }

  private async toggleFull(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (document.fullscreenEnabled) await this.theatre.requestFullscreen({ navigationUI: "hide" });
  }

  private drawFull(): void {
    const full = document.fullscreenElement === this.theatre;
    this.face(this.full, full ? "small" : "full", full ? "control.leave_full" : "control.full");
  }

  private button(name: IconName, key: Key, press: () => void): HTMLButtonElement {
    const button = h("button", { type: "button", class: "tool", onclick: press });
    button.dataset["icon"] = name;
    button.append(icon(name));
    this.words.label(button, "aria-label", key);
    return this.words.label(button, "title", key);
  }

  private face(button: HTMLButtonElement, name: IconName, key: Key): void {
    if (button.dataset["icon"] === name) return;
    button.dataset["icon"] = name;
    button.replaceChildren(icon(name));
    this.words.label(button, "aria-label", key);
    this.words.label(button, "title", key);
  }
}
