/**
 * A survey as a form. What is typed is kept in the session's storage until it is sent, so a reload loses nothing; what
 * was sent is known from the log and is not asked for again.
 */

import type { Words } from "../i18n/translator";
import { busy, h, isBusy } from "../lib/dom";
import { Refused } from "../live/api";
import type { AnswerGiven, Question, SurveyCue } from "../live/protocol";

export type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type Draft = Record<string, AnswerGiven>;

/** A survey is answered when each question that must be, was, and at least one. */
export function isAnswered(survey: SurveyCue, answered: readonly AnswerGiven[]): boolean {
  const done = new Set(answered.filter(({ offer }) => offer === survey.offer).map(({ question }) => question));
  return done.size > 0 && survey.questions.every((question) => !question.required || done.has(question.id));
}

/** Whether somebody has begun to answer a survey and not sent it yet. */
export function isBegun(session: string, offer: string, kept: Kept): boolean {
  return Object.values(readDraft(kept.getItem(keyOf(session, offer)))).some(says);
}

/** Whether an answer says anything. */
export function says(given: AnswerGiven | undefined): boolean {
  return Boolean(given && (given.choices?.length || given.text?.trim() || given.rating));
}

export interface SurveyMeans {
  words: Words;
  kept: Kept;
  send: (given: AnswerGiven) => Promise<void>;
  onSent: () => void;
}

export class SurveyForm {
  readonly element: HTMLFormElement;
  private readonly key: string;
  private draft: Draft;
  private readonly button = h("button", { type: "submit", class: "button primary" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly fields = new Map<string, { frame: HTMLElement; missing: HTMLElement }>();

  constructor(
    private readonly survey: SurveyCue,
    session: string,
    private readonly means: SurveyMeans,
  ) {
    this.key = keyOf(session, survey.offer);
    this.draft = readDraft(means.kept.getItem(this.key));
    const { words } = means;
    this.element = h("form", { class: "survey", novalidate: true });
    this.element.append(h("div", { class: "questions" }, ...survey.questions.map((question) => this.field(question))));
    words.say(this.button, "survey.send");
    this.element.append(this.problem, h("div", { class: "row" }, this.button));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
  }

  private async submit(): Promise<void> {
    const { words } = this.means;
    if (isBusy(this.button)) return;
    const open = this.survey.questions.filter((question) => question.required && !says(this.draft[question.id]));
    for (const question of this.survey.questions) this.mark(question, open.includes(question));
    const first = open[0] && this.fields.get(open[0].id);
    if (first) return first.frame.querySelector<HTMLElement>("input, textarea")?.focus();
    if (!Object.values(this.draft).some(says)) return;
    busy(this.button, true);
    words.say(this.button, "survey.sending");
    try {
      for (const given of Object.values(this.draft).filter(says)) await this.sendOne(given);
      this.means.kept.removeItem(this.key);
      this.means.onSent();
    } catch (error) {
      const over = error instanceof Refused && (error.code === "room.offer_over" || error.code === "room.no_offer");
      words.say(this.problem, over ? "survey.closed" : "survey.failed");
    } finally {
      busy(this.button, false);
      words.say(this.button, "survey.send");
    }
  }

  /** A question that was answered before (in another tab, or just before the line broke) counts as sent. */
  private async sendOne(given: AnswerGiven): Promise<void> {
    try {
      await this.means.send(given);
    } catch (error) {
      if (!(error instanceof Refused && error.code === "room.answered")) throw error;
    }
  }

  private keep(question: Question, given: Omit<AnswerGiven, "offer" | "question">): void {
    this.draft = { ...this.draft, [question.id]: { offer: this.survey.offer, question: question.id, ...given } };
    this.means.kept.setItem(this.key, JSON.stringify(this.draft));
    if (says(this.draft[question.id])) this.mark(question, false);
  }

  private mark(question: Question, missing: boolean): void {
    const field = this.fields.get(question.id)!;
    field.missing.hidden = !missing;
    field.frame.classList.toggle("missing", missing);
  }

  private field(question: Question): HTMLElement {
    const { words } = this.means;
    const name = `${this.survey.offer}-${question.id}`;
    const title = h("span", { class: "asked" }, question.text);
    const legend = [title, question.required && words.say(h("span", { class: "required" }), "survey.required")];
    const missing = words.say(h("p", { class: "problem", hidden: true }), "survey.missing");
    let frame: HTMLElement;
    if (question.kind === "text") {
      const area = h("textarea", { id: name, rows: 2, maxlength: 2_000, required: Boolean(question.required) });
      area.value = this.draft[question.id]?.text ?? "";
      area.addEventListener("input", () => this.keep(question, { text: area.value }));
      frame = h("div", { class: "question" }, h("label", { for: name }, ...legend), area, missing);
    } else {
      const several = question.kind === "multiple" && words.say(h("p", { class: "note" }), "survey.several");
      const options = question.kind === "rating" ? this.ratings(question, name) : this.choices(question, name);
      frame = h("fieldset", { class: "question" }, h("legend", {}, ...legend), several, options, missing);
    }
    this.fields.set(question.id, { frame, missing });
    return frame;
  }

  private choices(question: Question, name: string): HTMLElement {
    const type = question.kind === "multiple" ? "checkbox" : "radio";
    const chosen = new Set(this.draft[question.id]?.choices ?? []);
    const inputs = (question.choices ?? []).map((_, index) => {
      const input = h("input", { type, name, value: index, checked: chosen.has(index) });
      input.addEventListener("change", () => {
        const choices = inputs.flatMap((one, place) => (one.checked ? [place] : []));
        this.keep(question, { choices });
      });
      return input;
    });
    const labels = (question.choices ?? []).map((text, index) => h("label", {}, inputs[index], h("span", {}, text)));
    return h("div", { class: "choices" }, ...labels);
  }

  private ratings(question: Question, name: string): HTMLElement {
    const most = question.scale ?? 5;
    const labels = Array.from({ length: most }, (_, index) => {
      const value = index + 1;
      const input = h("input", { type: "radio", name, value, checked: this.draft[question.id]?.rating === value });
      this.means.words.label(input, "aria-label", "survey.rating", { n: value, most });
      input.addEventListener("change", () => this.keep(question, { rating: value }));
      return h("label", {}, input, h("span", { "aria-hidden": "true" }, String(value)));
    });
    return h("div", { class: "ratings" }, ...labels);
  }
}

function keyOf(session: string, offer: string): string {
  return `matinee.survey.${session}.${offer}`;
}

function readDraft(text: string | null): Draft {
  if (!text) return {};
  try {
    return JSON.parse(text) as Draft;
  } catch {
    return {};
  }
}
