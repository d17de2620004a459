/**
 * Calls to action and surveys: those that are open now, beside the picture, and the list of all offers so far.
 *
 * A call to action is a button. Each click opens the link; the first one is reported to the hosting. A report that
 * fails is retried in the background, so that the attendee never waits for it.
 */

import type { Translator } from "../i18n/translator";
import { chooseTextColour, createIcon, h, isColour } from "../lib/dom";
import { assertNever } from "../lib/exhaustive";
import { ApiError } from "../live/api";
import type { AnswerRequest, CtaCue, OfferCue, QuestionAnswered, SurveyCue } from "../live/protocol";
import { type DraftStorage, hasDraft, isAnswered, SurveyForm } from "./survey";

const RETRY_MS = 4_000;
const DEFAULT_COLOUR = "#d55e00";

/** What the offers need from the page; `setTimer` is for tests. */
export interface OffersPanelOptions {
  translator: Translator;
  session: string;
  storage: DraftStorage;
  sendClick: (offer: string) => Promise<void>;
  sendAnswer: (answer: AnswerRequest) => Promise<void>;
  openLink: (link: string) => void;
  /** Called when an open offer that had the focus disappears; it is still in the list of all offers. */
  onFocusLost?: () => void;
  setTimer?: (ms: number, run: () => void) => void;
}

/** What the offers show; `soFar` are all offers that have been open. */
export interface OffersPanelState {
  open: readonly OfferCue[];
  soFar: readonly OfferCue[];
  clicked: ReadonlySet<string>;
  answered: readonly QuestionAnswered[];
}

/** The offers of a session: those that are open, and the list of all. */
export class OffersPanel {
  /** The offers that are open now; screen readers announce them as they appear. */
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

  /** Show a newer state of the offers. */
  show(state: OffersPanelState): void {
    this.state = state;
    for (const offer of state.clicked) this.reportedClicks.add(offer);
    const open = [...state.open, ...this.findSurveysInProgress()].filter((cue) => !this.dismissedOffers.has(cue.offer));
    this.reconcile(this.openArea, this.openEntries, open, (cue) => this.createOpenCard(cue));
    this.reconcile(this.list, this.listEntries, state.soFar, (cue) => this.createListItem(cue));
    this.empty.hidden = state.soFar.length > 0;
  }

  /** Expand the surveys in the list that the attendee has started to answer. */
  expandStarted(): void {
    for (const cue of this.state.soFar) if (this.isStarted(cue)) this.expandedOffers.add(cue.offer);
    this.rerender();
  }

  /** Return closed surveys that the attendee is still answering; they stay open until they are sent or dismissed. */
  private findSurveysInProgress(): OfferCue[] {
    const open = new Set(this.state.open.map(({ offer }) => offer));
    const isInProgress = (cue: OfferCue): boolean => {
      const element = this.openEntries.get(cue.offer)?.element;
      return (
        Boolean(element) && (this.isStarted(cue) || (this.isDone(cue) && element!.contains(document.activeElement)))
      );
    };
    return this.state.soFar.filter((cue) => asksQuestions(cue) && !open.has(cue.offer) && isInProgress(cue));
  }

  private isStarted(cue: OfferCue): boolean {
    return asksQuestions(cue) && !this.isDone(cue) && hasDraft(this.options.session, cue.offer, this.options.storage);
  }

  /** Make the children of an element match the offers; unchanged ones and the focus are kept. */
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

  /** Return what the looks of an offer depend on; without times, so a form is not rebuilt while it is filled in. */
  private renderKeyOf(cue: OfferCue): string {
    const { generation: _generation, at: _at, until: _until, ...content } = cue;
    const isExpanded = this.expandedOffers.has(cue.offer);
    return JSON.stringify([content, this.isDone(cue), isExpanded]);
  }

  private isDone(survey: OfferCue): boolean {
    if (!asksQuestions(survey)) return false;
    return this.sentSurveys.has(survey.offer) || isAnswered(survey, this.state.answered);
  }

  private rerender(): void {
    this.show(this.state);
  }

  // ------------------------------------------------------------------------------------------- open offers

  private createOpenCard(cue: OfferCue): HTMLElement {
    switch (cue.type) {
      case "cta":
        return this.createCtaCard(cue);
      case "survey":
        return this.createSurveyCard(cue, true);
      default:
        return assertNever(cue);
    }
  }

  private createCtaCard(cue: CtaCue): HTMLElement {
    const text = h("div", { class: "words" }, h("h3", {}, cue.title), cue.text && h("p", {}, cue.text));
    const card = h(
      "section",
      { class: `offer cta look-${cue.look}`, "aria-label": cue.title },
      text,
      this.createCtaButton(cue),
    );
    // A card covers the middle of the picture, so it can be dismissed; it stays in the list of all offers.
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

  // ------------------------------------------------------------------------------------ list of all offers

  private createListItem(cue: OfferCue): HTMLElement {
    switch (cue.type) {
      case "cta":
        return this.createCtaItem(cue);
      case "survey":
        return this.createSurveyItem(cue);
      default:
        return assertNever(cue);
    }
  }

  private createCtaItem(cue: CtaCue): HTMLElement {
    const text = h("div", { class: "words" }, h("h3", {}, cue.title), cue.text && h("p", {}, cue.text));
    return h("li", { class: "listed cta" }, text, this.createCtaButton(cue));
  }

  private createSurveyItem(cue: SurveyCue): HTMLElement {
    const { translator } = this.options;
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

  // ------------------------------------------------------------------------------------------------ clicks

  private handleCtaClick(cue: CtaCue): void {
    if (!this.reportedClicks.has(cue.offer)) {
      this.reportedClicks.add(cue.offer);
      void this.reportClick(cue.offer);
    }
    if (isSafeLink(cue.link)) this.options.openLink(cue.link);
  }

  /** Report a click to the hosting, and retry while the hosting is unreachable. */
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

/** Whether an offer asks for answers, which are kept as a draft until they are sent. */
function asksQuestions(cue: OfferCue): cue is SurveyCue {
  switch (cue.type) {
    case "survey":
      return true;
    case "cta":
      return false;
    default:
      return assertNever(cue);
  }
}

/** Whether a link leads to the web, mail or telephone; others, such as `javascript:`, could run a script. */
export function isSafeLink(link: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)/i.test(link.trim());
}
