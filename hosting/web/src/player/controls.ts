/** The bar over the picture: volume, captions, quality, full screen; on demand also play, position and seeking. */

import type { MessageKey } from "../i18n/catalogue";
import { formatDuration, type Translator } from "../i18n/translator";
import { createIcon, h, type IconName } from "../lib/dom";
import type { Stage } from "./stage";
import type { ViewerClock } from "./viewer_clock";

const SKIP_MS = 10_000;

/** The controls of the stage. */
export class PlayerControls {
  readonly element = h("div", { class: "controls", role: "group" });
  areCaptionsOn = true;
  onCaptionsToggle: (on: boolean) => void = () => undefined;
  private readonly muteButton: HTMLButtonElement;
  private readonly volumeSlider = h("input", { type: "range", min: 0, max: 100, value: 100, class: "volume" });
  private readonly captionsButton: HTMLButtonElement;
  private readonly fullscreenButton: HTMLButtonElement;
  private readonly qualitySelect = h("select", { class: "quality" });
  private readonly autoOption = h("option", { value: "auto" });
  private readonly playButton: HTMLButtonElement;
  private readonly seekSlider = h("input", { type: "range", min: 0, step: 1_000, class: "seek" });
  private readonly positionText = h("span", { class: "position" });
  private isSeeking = false;

  constructor(
    private readonly translator: Translator,
    private readonly stage: Stage,
    private readonly fullscreenArea: HTMLElement,
    private readonly viewerClock: ViewerClock | null,
  ) {
    this.muteButton = this.createButton("volume", "control.mute", () => this.toggleMute());
    this.captionsButton = this.createButton("captions", "control.captions", () => this.toggleCaptions());
    this.fullscreenButton = this.createButton("full", "control.full", () => void this.toggleFullscreen());
    this.playButton = this.createButton("play", "control.play", () => this.togglePlay());
    translator.setAttribute(this.element, "aria-label", "stage.controls");
    translator.setAttribute(this.volumeSlider, "aria-label", "control.volume");
    translator.setAttribute(this.qualitySelect, "aria-label", "control.quality");
    this.qualitySelect.append(this.autoOption, translator.setText(h("option", { value: "lowest" }), "control.lowest"));
    translator.setText(this.autoOption, "control.auto");
    this.volumeSlider.addEventListener("input", () => this.setVolume(this.volumeSlider.valueAsNumber / 100));
    this.qualitySelect.addEventListener("change", () => this.stage.limitQuality(this.qualitySelect.value === "lowest"));
    this.captionsButton.setAttribute("aria-pressed", "true");
    document.addEventListener("fullscreenchange", () => this.updateFullscreen());
    this.fullscreenButton.hidden = !document.fullscreenEnabled;
    const left = h("div", { class: "group" }, this.muteButton, this.volumeSlider);
    const right = h("div", { class: "group" }, this.captionsButton, this.qualitySelect, this.fullscreenButton);
    if (viewerClock) this.element.append(this.createTransport(viewerClock));
    this.element.append(
      h("div", { class: "bar" }, viewerClock ? h("div", { class: "group" }, this.playButton) : null, left, right),
    );
  }

  /** Handle a shortcut, unless the attendee is typing; returns whether the key was one. */
  handleKey(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement;
    const isTyping = target.closest("input, textarea, select") !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return false;
    const isOnButton = target.closest("button, a") !== null;
    const actions: Record<string, (() => void) | undefined> = {
      m: () => this.toggleMute(),
      c: () => this.toggleCaptions(),
      f: () => void this.toggleFullscreen(),
      " ": this.viewerClock && !isOnButton ? () => this.togglePlay() : undefined,
      ArrowLeft: this.viewerClock ? () => this.skip(-SKIP_MS) : undefined,
      ArrowRight: this.viewerClock ? () => this.skip(SKIP_MS) : undefined,
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    action?.();
    return action !== undefined;
  }

  /** Limit the quality to the lowest one, or let the player choose. */
  setLowestQuality(isLowest: boolean): void {
    this.qualitySelect.value = isLowest ? "lowest" : "auto";
    this.stage.limitQuality(isLowest);
  }

  /** Whether the quality is limited to the lowest one. */
  get isLowestQuality(): boolean {
    return this.qualitySelect.value === "lowest";
  }

  /** Update what changes by itself: the quality that is played, the position and the play button. */
  tick(): void {
    const quality = this.stage.qualityLabel;
    const auto = this.translator.translate("control.auto") + (quality && !this.isLowestQuality ? ` · ${quality}` : "");
    if (this.autoOption.textContent !== auto) this.translator.setPlainText(this.autoOption, auto);
    if (!this.viewerClock) return;
    const now = this.viewerClock.now();
    if (!this.isSeeking) this.seekSlider.value = String(now);
    const text = `${formatDuration(now)} / ${formatDuration(this.viewerClock.lengthMs)}`;
    if (this.positionText.textContent !== text) {
      this.positionText.textContent = text;
      this.seekSlider.setAttribute("aria-valuetext", text);
      this.seekSlider.style.setProperty("--done", `${(100 * now) / Math.max(1, this.viewerClock.lengthMs)}%`);
    }
    if (this.viewerClock.hasEnded && this.viewerClock.isPlaying) this.viewerClock.pause();
    this.updateButton(
      this.playButton,
      this.viewerClock.isPlaying ? "pause" : "play",
      this.viewerClock.isPlaying ? "control.pause" : "control.play",
    );
  }

  private createTransport(viewerClock: ViewerClock): HTMLElement {
    this.seekSlider.max = String(viewerClock.lengthMs);
    this.translator.setAttribute(this.seekSlider, "aria-label", "control.seek");
    this.seekSlider.addEventListener("input", () => {
      this.isSeeking = true;
      viewerClock.seek(this.seekSlider.valueAsNumber);
    });
    this.seekSlider.addEventListener("change", () => (this.isSeeking = false));
    return h("div", { class: "transport" }, this.seekSlider, this.positionText);
  }

  /** Play or pause an on-demand room. */
  togglePlay(): void {
    if (!this.viewerClock) return;
    if (this.viewerClock.isPlaying) this.viewerClock.pause();
    else {
      if (!this.stage.isUnlocked) this.stage.unlock();
      this.viewerClock.play();
    }
    this.tick();
  }

  private skip(ms: number): void {
    this.viewerClock?.seek(this.viewerClock.now() + ms);
    this.tick();
  }

  private setVolume(volume: number): void {
    this.stage.volume = volume;
    this.stage.muted = volume === 0;
    this.updateVolume();
  }

  private toggleMute(): void {
    this.stage.muted = !this.stage.muted;
    if (!this.stage.muted && this.stage.volume === 0) this.stage.volume = 0.5;
    this.updateVolume();
  }

  private updateVolume(): void {
    const { muted, volume } = this.stage;
    this.volumeSlider.value = String(Math.round((muted ? 0 : volume) * 100));
    this.volumeSlider.style.setProperty("--done", `${this.volumeSlider.value}%`);
    this.updateButton(this.muteButton, muted ? "muted" : "volume", muted ? "control.unmute" : "control.mute");
  }

  private toggleCaptions(): void {
    this.areCaptionsOn = !this.areCaptionsOn;
    this.captionsButton.setAttribute("aria-pressed", String(this.areCaptionsOn));
    this.onCaptionsToggle(this.areCaptionsOn);
  }

  private async toggleFullscreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (document.fullscreenEnabled) await this.fullscreenArea.requestFullscreen({ navigationUI: "hide" });
  }

  private updateFullscreen(): void {
    const isFullscreen = document.fullscreenElement === this.fullscreenArea;
    this.updateButton(
      this.fullscreenButton,
      isFullscreen ? "small" : "full",
      isFullscreen ? "control.leave_full" : "control.full",
    );
  }

  private createButton(name: IconName, key: MessageKey, onClick: () => void): HTMLButtonElement {
    const button = h("button", { type: "button", class: "tool", onclick: onClick });
    button.dataset.icon = name;
    button.append(createIcon(name));
    this.translator.setAttribute(button, "aria-label", key);
    return this.translator.setAttribute(button, "title", key);
  }

  private updateButton(button: HTMLButtonElement, name: IconName, key: MessageKey): void {
    if (button.dataset.icon === name) return;
    button.dataset.icon = name;
    button.replaceChildren(createIcon(name));
    this.translator.setAttribute(button, "aria-label", key);
    this.translator.setAttribute(button, "title", key);
  }
}
