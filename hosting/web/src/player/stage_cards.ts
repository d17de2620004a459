/**
 * The cards on the stage where there is no picture (and over it while the event is paused): waiting room with a
 * countdown, gap, pause, closing. The gate asks for the click that browsers require before they play sound.
 */

import { formatDuration, type Translator } from "../i18n/translator";
import { createIcon, h } from "../lib/dom";
import type { StageCue } from "../live/protocol";
import { playTestSound } from "./sound_check";

/** The texts and the start time that the cards show. */
export interface StageCardsContent {
  title: string;
  startsAt: number;
  waitingText: string;
  now: () => number;
}

/** The cards of the stage and the gate. */
export class StageCards {
  readonly element = h("div", { class: "cards" });
  /** Called inside the click on Join. */
  onJoin: () => void = () => undefined;
  /** Called when a card that had the focus disappears. */
  onFocusLost: () => void = () => undefined;
  private readonly card = h("div", { class: "card" });
  private readonly gate = h("div", { class: "gate", hidden: true });
  private countdown: HTMLElement | null = null;
  private hasJoined = false;
  private renderKey = "";

  constructor(
    private readonly translator: Translator,
    private readonly content: StageCardsContent,
    private readonly isOnDemand: boolean,
  ) {
    this.element.append(this.card, this.gate);
    this.fillGate();
  }

  /** Show the card that belongs to a cue; without a cue it is the waiting room. */
  show(cue: StageCue | null, hasJoined: boolean): void {
    this.hasJoined = hasJoined;
    const kind = this.findCardKind(cue);
    const renderKey = JSON.stringify([kind, cue?.show, cue?.note, cue?.resumes, cue?.picture, hasJoined]);
    const hadFocus = this.element.contains(document.activeElement);
    if (renderKey !== this.renderKey) {
      this.renderKey = renderKey;
      this.render(kind, cue);
    }
    this.gate.hidden = hasJoined || kind === "waiting";
    this.tick();
    if (hadFocus && !this.element.contains(document.activeElement)) this.onFocusLost();
  }

  /** Update the countdown. */
  tick(): void {
    if (!this.countdown) return;
    const remaining = this.content.startsAt - this.content.now();
    const text = formatDuration(remaining, true);
    if (this.countdown.textContent !== text) this.countdown.textContent = text;
  }

  private findCardKind(cue: StageCue | null): "waiting" | "gap" | "held" | "closing" | "sound" | "none" {
    if (cue === null) return this.isOnDemand ? "none" : "waiting";
    if (cue.phase === "waiting") return "waiting";
    if (cue.phase === "held") return "held";
    if (cue.show === "audio" && !cue.picture) return "sound";
    if (cue.show !== "card") return "none";
    return cue.phase === "closing" || cue.phase === "over" ? "closing" : "gap";
  }

  private render(kind: ReturnType<StageCards["findCardKind"]>, cue: StageCue | null): void {
    const { translator } = this;
    this.countdown = null;
    this.card.className = `card card-${kind}`;
    this.card.hidden = kind === "none";
    // Over a picture the text gets a background of its own; the picture stays visible while the event is paused.
    this.card.classList.toggle(
      "over-picture",
      Boolean(cue && (cue.picture || (cue.show !== "card" && kind === "held"))),
    );
    const createTitle = (): HTMLElement => h("h2", {}, this.content.title);
    const parts: (HTMLElement | SVGElement | false)[] = [];
    if (kind === "waiting") {
      this.countdown = h("p", { class: "countdown", role: "timer", "aria-live": "off" });
      parts.push(createTitle(), translator.setText(h("p", { class: "lead" }), "waiting.begins"), this.countdown);
      parts.push(
        this.content.waitingText !== "" && h("p", { class: "text" }, this.content.waitingText),
        this.createJoinBox(),
      );
    } else if (kind === "gap") {
      parts.push(createTitle(), translator.setText(h("p", { class: "lead" }), "gap.text"));
    } else if (kind === "sound") {
      parts.push(createIcon("sound"), createTitle(), translator.setText(h("p", { class: "lead" }), "sound.text"));
    } else if (kind === "held") {
      parts.push(
        translator.setText(h("h2"), "held.title"),
        Boolean(cue?.note) && h("p", { class: "text" }, cue!.note!),
      );
      const resumes = cue?.resumes;
      if (resumes) {
        parts.push(
          translator.setText(h("p", { class: "lead" }), "held.resumes", { time: () => translator.formatTime(resumes) }),
        );
      }
    } else if (kind === "closing") {
      parts.push(
        translator.setText(h("h2"), "closing.title"),
        translator.setText(h("p", { class: "lead" }), "closing.text"),
      );
    }
    this.card.replaceChildren(h("div", { class: "inner" }, ...parts.filter((part) => part !== false)));
  }

  private createJoinBox(): HTMLElement {
    const { translator } = this;
    const box = h("div", { class: "joining" });
    if (this.hasJoined)
      box.append(h("p", { class: "joined" }, createIcon("check"), translator.setText(h("span"), "waiting.in")));
    else {
      const joinButton = h("button", { type: "button", class: "button primary join", onclick: () => this.onJoin() });
      box.append(
        translator.setText(joinButton, "waiting.join"),
        translator.setText(h("p", { class: "note" }), "waiting.join_why"),
      );
    }
    const testButton = h("button", { type: "button", class: "button quiet" });
    const testLabel = translator.setText(h("span"), "waiting.sound");
    const status = h("p", { class: "note", role: "status" });
    testButton.append(createIcon("volume"), testLabel);
    testButton.addEventListener("click", () => {
      playTestSound();
      translator.setText(status, "waiting.sound_playing");
      translator.setText(testLabel, "waiting.sound_again");
    });
    box.append(testButton, status);
    return box;
  }

  private fillGate(): void {
    const { translator } = this;
    const joinButton = h("button", { type: "button", class: "button primary join", onclick: () => this.onJoin() });
    joinButton.append(
      createIcon("play"),
      translator.setText(h("span"), this.isOnDemand ? "gate.demand" : "waiting.join"),
    );
    const inner = h("div", { class: "inner" }, h("h2", {}, this.content.title), joinButton);
    if (!this.isOnDemand) inner.append(translator.setText(h("p", { class: "lead" }), "gate.text"));
    this.gate.append(inner);
  }
}
