/**
 * The cards that stand on the stage where no picture does (and over it while held): waiting room with its countdown,
 * gap, pause, closing; and the gate, the one click that browsers want before they give sound.
 */

import { span, type Words } from "../i18n/translator";
import { h, icon } from "../lib/dom";
import type { StageCue } from "../live/protocol";
import { playNotes } from "./sound_check";

export interface CardFacts {
  title: string;
  startsAt: number;
  waitingText: string;
  now: () => number;
}

export class Cards {
  readonly element = h("div", { class: "cards" });
  /** Somebody pressed Join (in the click itself). */
  onJoin: () => void = () => undefined;
  /** What had the keyboard is gone with the card it stood on. */
  onStray: () => void = () => undefined;
  private readonly card = h("div", { class: "card" });
  private readonly gate = h("div", { class: "gate", hidden: true });
  private countdown: HTMLElement | null = null;
  private joined = false;
  private drawn = "";

  constructor(
    private readonly words: Words,
    private readonly facts: CardFacts,
    private readonly onDemand: boolean,
  ) {
    this.element.append(this.card, this.gate);
    this.fillGate();
  }

  /** Show what belongs to a cue; before any cue was told it is the waiting room. */
  show(cue: StageCue | null, joined: boolean): void {
    this.joined = joined;
    const kind = this.kindOf(cue);
    const drawn = JSON.stringify([kind, cue?.show, cue?.note, cue?.resumes, cue?.picture, joined]);
    const focused = this.element.contains(document.activeElement);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.draw(kind, cue);
    }
    this.gate.hidden = joined || kind === "waiting";
    this.tick();
    if (focused && !this.element.contains(document.activeElement)) this.onStray();
  }

  /** Called every now and then, for the countdown. */
  tick(): void {
    if (!this.countdown) return;
    const left = this.facts.startsAt - this.facts.now();
    const text = span(left, true);
    if (this.countdown.textContent !== text) this.countdown.textContent = text;
  }

  private kindOf(cue: StageCue | null): "waiting" | "gap" | "held" | "closing" | "sound" | "none" {
    if (cue === null) return this.onDemand ? "none" : "waiting";
    if (cue.phase === "waiting") return "waiting";
    if (cue.phase === "held") return "held";
    if (cue.show === "audio" && !cue.picture) return "sound";
    if (cue.show !== "card") return "none";
    return cue.phase === "closing" || cue.phase === "over" ? "closing" : "gap";
  }

  private draw(kind: ReturnType<Cards["kindOf"]>, cue: StageCue | null): void {
    const { words } = this;
    this.countdown = null;
    this.card.className = `card card-${kind}`;
    this.card.hidden = kind === "none";
    // Over a picture the words get a ground of their own; a held picture stays to be seen.
    this.card.classList.toggle(
      "over-picture",
      Boolean(cue && (cue.picture || (cue.show !== "card" && kind === "held"))),
    );
    const title = (): HTMLElement => h("h2", {}, this.facts.title);
    const parts: (HTMLElement | SVGElement | false)[] = [];
    if (kind === "waiting") {
      this.countdown = h("p", { class: "countdown", role: "timer", "aria-live": "off" });
      parts.push(title(), words.say(h("p", { class: "lead" }), "waiting.begins"), this.countdown);
      parts.push(this.facts.waitingText !== "" && h("p", { class: "text" }, this.facts.waitingText), this.joining());
    } else if (kind === "gap") {
      parts.push(title(), words.say(h("p", { class: "lead" }), "gap.text"));
    } else if (kind === "sound") {
      parts.push(icon("sound"), title(), words.say(h("p", { class: "lead" }), "sound.text"));
    } else if (kind === "held") {
      parts.push(words.say(h("h2"), "held.title"), Boolean(cue?.note) && h("p", { class: "text" }, cue!.note!));
      const resumes = cue?.resumes;
      if (resumes) {
        parts.push(words.say(h("p", { class: "lead" }), "held.resumes", { time: () => words.time(resumes) }));
      }
    } else if (kind === "closing") {
      parts.push(words.say(h("h2"), "closing.title"), words.say(h("p", { class: "lead" }), "closing.text"));
    }
    this.card.replaceChildren(h("div", { class: "inner" }, ...parts.filter((part) => part !== false)));
  }

  private joining(): HTMLElement {
    const { words } = this;
    const box = h("div", { class: "joining" });
    if (this.joined) box.append(h("p", { class: "joined" }, icon("check"), words.say(h("span"), "waiting.in")));
    else {
      const join = h("button", { type: "button", class: "button primary join", onclick: () => this.onJoin() });
      box.append(words.say(join, "waiting.join"), words.say(h("p", { class: "note" }), "waiting.join_why"));
    }
    const test = h("button", { type: "button", class: "button quiet" });
    const text = words.say(h("span"), "waiting.sound");
    const asked = h("p", { class: "note", role: "status" });
    test.append(icon("volume"), text);
    test.addEventListener("click", () => {
      playNotes();
      words.say(asked, "waiting.sound_playing");
      words.say(text, "waiting.sound_again");
    });
    box.append(test, asked);
    return box;
  }

  private fillGate(): void {
    const { words } = this;
    const join = h("button", { type: "button", class: "button primary join", onclick: () => this.onJoin() });
    join.append(icon("play"), words.say(h("span"), this.onDemand ? "gate.demand" : "waiting.join"));
    const inner = h("div", { class: "inner" }, h("h2", {}, this.facts.title), join);
    if (!this.onDemand) inner.append(words.say(h("p", { class: "lead" }), "gate.text"));
    this.gate.append(inner);
  }
}
