/**
 * Calls to action and surveys: those that are open now, on a shelf by the picture, and "offers so far".
 *
 * A call to action is a button; the first press is counted, each opens the link. A press that could not be told to the
 * hosting is told again later: the guest's way to the link never waits for it.
 */

import type { Translator } from "../i18n/translator";
import { chooseTextColour, createIcon, h, isColour } from "../lib/dom";
import { ApiError } from "../live/api";
import type { AnswerGiven, CtaCue, OfferCue, SurveyCue } from "../live/protocol";
import { hasDraft, isAnswered, SurveyForm, type DraftStorage } from "./survey";

const RETRY_MS = 4_000;
const DEFAULT_COLOUR = "#d55e00";

export interface OffersPanelOptions {
  translator: Translator;
  session: string;
  storage: DraftStorage;
  sendClick: (offer: string) => Promise<void>;
  sendAnswer: (answer: AnswerGiven) => Promise<void>;
  openLink: (link: string) => void;
  /** What had the keyboard is off the shelf; the offer stays in "offers so far". */
  onFocusLost?: () => void;
  setTimer?: (ms: number, run: () => void) => void;
}

export interface OffersPanelState {
  open: readonly OfferCue[];
  soFar: readonly OfferCue[];
  clicked: ReadonlySet<string>;
  answered: readonly AnswerGiven[];
}

export class OffersPanel {
  /** What is open now; announced to screen readers as it appears. */
  readonly openArea = h("div", { class: "shelf", "aria-live": "polite" });
  readonly list = h("ul", { class: "offers" });
  readonly panel: HTMLElement;
  private readonly empty = h("p", { class: "empty" });
  private readonly openEntries = new Map<string, { element: HTMLElement; renderKey: string }>();
  private readonly listEntries = new Map<string, { element: HTMLElement; renderKey: string }>();
  private readonly reportedClicks = new Set<string>();
  private readonly sentSurveys = new Set<string>();
  private readonly dismissedOffers = new Set<string>();
  private readonly expandedOffers = new Set<string>();
  private state: OffersPanelState = { open: [], soFar: [], clicked: new Set(), answered: [] };

  constructor(private readonly options: OffersPanelOptions) {
    options.translator.setText(this.empty, "offers.empty");
    this.panel = h("div", { class: "scroll" }, this.empty, this.list);
  }

  show(state: OffersPanelState): void {
    this.state = state;
    for (const offer of state.clicked) this.reportedClicks.add(offer);
    const open = [...state.open, ...this.findSurveysInProgress()].filter((cue) => !this.dismissedOffers.has(cue.offer));
    this.reconcile(this.openArea, this.openEntries, open, (cue) => this.createOpenCard(cue));
    this.reconcile(this.list, this.listEntries, state.soFar, (cue) => this.createListItem(cue));
    this.empty.hidden = state.soFar.length > 0;
  }

  /** Unfold in the list what somebody has begun to answer. */
  expandStarted(): void {
    for (const cue of this.state.soFar) if (this.isStarted(cue)) this.expandedOffers.add(cue.offer);
    this.rerender();
  }

  /** Surveys whose time is over while somebody answers them: they stay until they are sent and left, or put away. */
  private findSurveysInProgress(): OfferCue[] {
    const open = new Set(this.state.open.map(({ offer }) => offer));
    const isInProgress = (cue: OfferCue): boolean => {
      const element = this.openEntries.get(cue.offer)?.element;
      return (
        Boolean(element) && (this.isStarted(cue) || (this.isDone(cue) && element!.contains(document.activeElement)))
      );
    };
    return this.state.soFar.filter((cue) => cue.type === "survey" && !open.has(cue.offer) && isInProgress(cue));
  }

  private isStarted(cue: OfferCue): boolean {
    return (
      cue.type === "survey" && !this.isDone(cue) && hasDraft(this.options.session, cue.offer, this.options.storage)
    );
  }

  private reconcile(
    parent: HTMLElement,
    entries: Map<string, { element: HTMLElement; renderKey: string }>,
    cues: readonly OfferCue[],
    createElement: (cue: OfferCue) => HTMLElement,
  ): void {
    const wantedOffers = new Set(cues.map(({ offer }) => offer));
    for (const [offer, { element }] of entries) {
      if (wantedOffers.has(offer)) continue;
      const hadFocus = element.contains(document.activeElement);
      element.remove();
      entries.delete(offer);
      if (hadFocus) this.options.onFocusLost?.();
    }
    for (const cue of cues) {
      const renderKey = this.renderKeyOf(cue);
      const existing = entries.get(cue.offer);
      if (existing?.renderKey === renderKey) continue;
      const element = createElement(cue);
      element.tabIndex = -1;
      const hadFocus = existing?.element.contains(document.activeElement);
      if (existing) existing.element.replaceWith(element);
      else parent.append(element);
      entries.set(cue.offer, { element, renderKey });
      if (hadFocus) element.focus();
    }
  }

  /** What an offer's looks depend on, times aside: a form is never rebuilt under somebody's hands. */
  private renderKeyOf(cue: OfferCue): string {
    const { generation: _generation, at: _at, until: _until, ...content } = cue;
    const isExpanded = this.expandedOffers.has(cue.offer);
    return JSON.stringify([content, this.isDone(cue), isExpanded]);
  }

  private isDone(survey: OfferCue): boolean {
    if (survey.type !== "survey") return false;
    return this.sentSurveys.has(survey.offer) || isAnswered(survey, this.state.answered);
  }

  private rerender(): void {
    this.show(this.state);
  }

  // ------------------------------------------------------------------------------------------ on the shelf

  private createOpenCard(cue: OfferCue): HTMLElement {
    return cue.type === "cta" ? this.createCtaCard(cue) : this.createSurveyCard(cue, true);
  }

  private createCtaCard(cue: CtaCue): HTMLElement {
    const text = h("div", { class: "words" }, h("h3", {}, cue.title), cue.text && h("p", {}, cue.text));
    const card = h(
      "section",
      { class: `offer cta look-${cue.look}`, "aria-label": cue.title },
      text,
      this.createCtaButton(cue),
    );
    // A card in the middle of the picture can be put away; it stays in "offers so far".
    if (cue.look === "card") card.append(this.createLaterButton(cue.offer));
    return card;
  }

  private createCtaButton(cue: CtaCue): HTMLElement {
    const colour = isColour(cue.colour) ? cue.colour : DEFAULT_COLOUR;
    const label = cue.label || cue.title;
    const button = h("button", { type: "button", class: "button cta-button", onclick: () => this.handleCtaClick(cue) });
    button.style.setProperty("--colour", colour);
    button.style.setProperty("--on-colour", chooseTextColour(colour));
    const hint = this.options.translator.setText(h("span", { class: "unseen" }), "offers.opens");
    button.append(h("span", {}, label), createIcon("out"), hint);
    return button;
  }

  private createSurveyCard(cue: SurveyCue, canDismiss: boolean): HTMLElement {
    const { translator } = this.options;
    const doneClass = this.isDone(cue) ? " done" : "";
    const card = h("section", { class: `offer survey-card${doneClass}`, "aria-label": cue.title });
    const head = h("div", { class: "head" }, createIcon("survey"), h("h3", {}, cue.title));
    card.append(head);
    if (doneClass) {
      card.append(h("p", { class: "thanks" }, createIcon("check"), translator.setText(h("span"), "survey.thanks")));
      return card;
    }
    if (canDismiss) head.append(this.createLaterButton(cue.offer));
    const form = new SurveyForm(cue, this.options.session, {
      translator,
      storage: this.options.storage,
      sendAnswer: this.options.sendAnswer,
      onSent: () => {
        this.sentSurveys.add(cue.offer);
        this.rerender();
      },
    });
    card.append(form.element);
    return card;
  }

  private createLaterButton(offer: string): HTMLElement {
    const button = h("button", { type: "button", class: "link later" });
    button.addEventListener("click", () => {
      this.dismissedOffers.add(offer);
      this.rerender();
    });
    return this.options.translator.setText(button, "survey.later");
  }

  // ------------------------------------------------------------------------------------------- in the list

  private createListItem(cue: OfferCue): HTMLElement {
    const { translator } = this.options;
    if (cue.type === "cta") {
      const text = h("div", { class: "words" }, h("h3", {}, cue.title), cue.text && h("p", {}, cue.text));
      return h("li", { class: "listed cta" }, text, this.createCtaButton(cue));
    }
    if (this.expandedOffers.has(cue.offer) || this.isDone(cue))
      return h("li", { class: "listed" }, this.createSurveyCard(cue, false));
    const button = h("button", { type: "button", class: "button" });
    button.addEventListener("click", () => {
      this.expandedOffers.add(cue.offer);
      this.dismissedOffers.add(cue.offer);
      this.rerender();
    });
    const head = h("div", { class: "head" }, createIcon("survey"), h("h3", {}, cue.title));
    return h("li", { class: "listed survey-card" }, head, translator.setText(button, "offer.open_survey"));
  }

  // ---------------------------------------------------------------------------------------------- pressing

  private handleCtaClick(cue: CtaCue): void {
    if (!this.reportedClicks.has(cue.offer)) {
      this.reportedClicks.add(cue.offer);
      void this.reportClick(cue.offer);
    }
    if (isSafeLink(cue.link)) this.options.openLink(cue.link);
  }

  private async reportClick(offer: string): Promise<void> {
    try {
      await this.options.sendClick(offer);
    } catch (error) {
      const isTransient = error instanceof ApiError && (error.status === 0 || error.status >= 500);
      if (!isTransient) return;
      (this.options.setTimer ?? ((ms, run) => void setTimeout(run, ms)))(RETRY_MS, () => void this.reportClick(offer));
    }
  }
}

/** Only the web, mail and telephone: a link that would run a script is none. */
export function isSafeLink(link: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)/i.test(link.trim());
}
