/**
 * Calls to action and surveys: those that are open now, on a shelf by the picture, and "offers so far".
 *
 * A call to action is a button; the first press is counted, each opens the link. A press that could not be told to the
 * hosting is told again later: the guest's way to the link never waits for it.
 */

import type { Words } from "../i18n/translator";
import { h, icon, isColour, textOn } from "../lib/dom";
import { Refused } from "../live/api";
import type { AnswerGiven, CtaCue, OfferCue, SurveyCue } from "../live/protocol";
import { isAnswered, isBegun, SurveyForm, type Kept } from "./survey";

const AGAIN_MS = 4_000;
const VERMILION = "#d55e00";

export interface OfferMeans {
  words: Words;
  session: string;
  kept: Kept;
  click: (offer: string) => Promise<void>;
  answer: (given: AnswerGiven) => Promise<void>;
  open: (link: string) => void;
  /** What had the keyboard is off the shelf; the offer stays in "offers so far". */
  onStray?: () => void;
  later?: (ms: number, run: () => void) => void;
}

export interface OfferState {
  open: readonly OfferCue[];
  soFar: readonly OfferCue[];
  clicked: ReadonlySet<string>;
  answered: readonly AnswerGiven[];
}

export class Offers {
  /** What is open now; announced to screen readers as it appears. */
  readonly shelf = h("div", { class: "shelf", "aria-live": "polite" });
  readonly list = h("ul", { class: "offers" });
  readonly panel: HTMLElement;
  private readonly empty = h("p", { class: "empty" });
  private readonly shown = new Map<string, { element: HTMLElement; sign: string }>();
  private readonly listed = new Map<string, { element: HTMLElement; sign: string }>();
  private readonly told = new Set<string>();
  private readonly sent = new Set<string>();
  private readonly dismissed = new Set<string>();
  private readonly unfolded = new Set<string>();
  private state: OfferState = { open: [], soFar: [], clicked: new Set(), answered: [] };

  constructor(private readonly means: OfferMeans) {
    means.words.say(this.empty, "offers.empty");
    this.panel = h("div", { class: "scroll" }, this.empty, this.list);
  }

  show(state: OfferState): void {
    this.state = state;
    for (const offer of state.clicked) this.told.add(offer);
    const open = [...state.open, ...this.underHands()].filter((cue) => !this.dismissed.has(cue.offer));
    this.arrange(this.shelf, this.shown, open, (cue) => this.onShelf(cue));
    this.arrange(this.list, this.listed, state.soFar, (cue) => this.inList(cue));
    this.empty.hidden = state.soFar.length > 0;
  }

  /** Unfold in the list what somebody has begun to answer. */
  unfoldBegun(): void {
    for (const cue of this.state.soFar) if (this.isBegun(cue)) this.unfolded.add(cue.offer);
    this.again();
  }

  /** Surveys whose time is over while somebody answers them: they stay until they are sent and left, or put away. */
  private underHands(): OfferCue[] {
    const open = new Set(this.state.open.map(({ offer }) => offer));
    const held = (cue: OfferCue): boolean => {
      const there = this.shown.get(cue.offer)?.element;
      return Boolean(there) && (this.isBegun(cue) || (this.isDone(cue) && there!.contains(document.activeElement)));
    };
    return this.state.soFar.filter((cue) => cue.type === "survey" && !open.has(cue.offer) && held(cue));
  }

  private isBegun(cue: OfferCue): boolean {
    return cue.type === "survey" && !this.isDone(cue) && isBegun(this.means.session, cue.offer, this.means.kept);
  }

  private arrange(
    parent: HTMLElement,
    known: Map<string, { element: HTMLElement; sign: string }>,
    cues: readonly OfferCue[],
    make: (cue: OfferCue) => HTMLElement,
  ): void {
    const wanted = new Set(cues.map(({ offer }) => offer));
    for (const [offer, { element }] of known) {
      if (wanted.has(offer)) continue;
      const focused = element.contains(document.activeElement);
      element.remove();
      known.delete(offer);
      if (focused) this.means.onStray?.();
    }
    for (const cue of cues) {
      const sign = this.signOf(cue);
      const there = known.get(cue.offer);
      if (there?.sign === sign) continue;
      const element = make(cue);
      element.tabIndex = -1;
      const focused = there?.element.contains(document.activeElement);
      if (there) there.element.replaceWith(element);
      else parent.append(element);
      known.set(cue.offer, { element, sign });
      if (focused) element.focus();
    }
  }

  /** What an offer's looks depend on, times aside: a form is never rebuilt under somebody's hands. */
  private signOf(cue: OfferCue): string {
    const { generation: _generation, at: _at, until: _until, ...what } = cue;
    const unfolded = this.unfolded.has(cue.offer);
    return JSON.stringify([what, this.isDone(cue), unfolded]);
  }

  private isDone(survey: OfferCue): boolean {
    if (survey.type !== "survey") return false;
    return this.sent.has(survey.offer) || isAnswered(survey, this.state.answered);
  }

  private again(): void {
    this.show(this.state);
  }

  // ------------------------------------------------------------------------------------------ on the shelf

  private onShelf(cue: OfferCue): HTMLElement {
    return cue.type === "cta" ? this.ctaCard(cue) : this.surveyCard(cue, true);
  }

  private ctaCard(cue: CtaCue): HTMLElement {
    const words = h("div", { class: "words" }, h("h3", {}, cue.title), cue.text && h("p", {}, cue.text));
    const card = h(
      "section",
      { class: `offer cta look-${cue.look}`, "aria-label": cue.title },
      words,
      this.ctaButton(cue),
    );
    // A card in the middle of the picture can be put away; it stays in "offers so far".
    if (cue.look === "card") card.append(this.laterButton(cue.offer));
    return card;
  }

  private ctaButton(cue: CtaCue): HTMLElement {
    const colour = isColour(cue.colour) ? cue.colour : VERMILION;
    const label = cue.label || cue.title;
    const button = h("button", { type: "button", class: "button cta-button", onclick: () => this.press(cue) });
    button.style.setProperty("--colour", colour);
    button.style.setProperty("--on-colour", textOn(colour));
    const opens = this.means.words.say(h("span", { class: "unseen" }), "offers.opens");
    button.append(h("span", {}, label), icon("out"), opens);
    return button;
  }

  private surveyCard(cue: SurveyCue, onShelf: boolean): HTMLElement {
    const { words } = this.means;
    const done = this.isDone(cue) ? " done" : "";
    const card = h("section", { class: `offer survey-card${done}`, "aria-label": cue.title });
    const head = h("div", { class: "head" }, icon("survey"), h("h3", {}, cue.title));
    card.append(head);
    if (done) {
      card.append(h("p", { class: "thanks" }, icon("check"), words.say(h("span"), "survey.thanks")));
      return card;
    }
    if (onShelf) head.append(this.laterButton(cue.offer));
    const form = new SurveyForm(cue, this.means.session, {
      words,
      kept: this.means.kept,
      send: this.means.answer,
      onSent: () => {
        this.sent.add(cue.offer);
        this.again();
      },
    });
    card.append(form.element);
    return card;
  }

  private laterButton(offer: string): HTMLElement {
    const later = h("button", { type: "button", class: "link later" });
    later.addEventListener("click", () => {
      this.dismissed.add(offer);
      this.again();
    });
    return this.means.words.say(later, "survey.later");
  }

  // ------------------------------------------------------------------------------------------- in the list

  private inList(cue: OfferCue): HTMLElement {
    const { words } = this.means;
    if (cue.type === "cta") {
      const about = h("div", { class: "words" }, h("h3", {}, cue.title), cue.text && h("p", {}, cue.text));
      return h("li", { class: "listed cta" }, about, this.ctaButton(cue));
    }
    if (this.unfolded.has(cue.offer) || this.isDone(cue))
      return h("li", { class: "listed" }, this.surveyCard(cue, false));
    const open = h("button", { type: "button", class: "button" });
    open.addEventListener("click", () => {
      this.unfolded.add(cue.offer);
      this.dismissed.add(cue.offer);
      this.again();
    });
    const head = h("div", { class: "head" }, icon("survey"), h("h3", {}, cue.title));
    return h("li", { class: "listed survey-card" }, head, words.say(open, "offer.open_survey"));
  }

  // ---------------------------------------------------------------------------------------------- pressing

  private press(cue: CtaCue): void {
    if (!this.told.has(cue.offer)) {
      this.told.add(cue.offer);
      void this.tell(cue.offer);
    }
    if (isLink(cue.link)) this.means.open(cue.link);
  }

  private async tell(offer: string): Promise<void> {
    try {
      await this.means.click(offer);
    } catch (error) {
      const passing = error instanceof Refused && (error.status === 0 || error.status >= 500);
      if (!passing) return;
      (this.means.later ?? ((ms, run) => void setTimeout(run, ms)))(AGAIN_MS, () => void this.tell(offer));
    }
  }
}

/** Only the web, mail and telephone: a link that would run a script is none. */
export function isLink(link: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)/i.test(link.trim());
}
