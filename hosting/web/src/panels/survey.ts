/**
 * A survey as a form.
 *
 * A draft of the answers is kept in the session storage until they are sent, so that a reload loses nothing. Which
 * surveys were answered is known from the log.
 */

import type { Translator } from "../i18n/translator";
import { h, isBusy, setBusy } from "../lib/dom";
import { assertNever } from "../lib/exhaustive";
import { ApiError } from "../live/api";
import { MAX_LENGTHS } from "../live/generated";
import type { AnswerRequest, AttendeeQuestion, QuestionAnswered, SurveyCue } from "../live/protocol";

/** The storage for drafts. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type SurveyDraft = Record<string, AnswerRequest>;

/** Whether at least one question of a survey and all required ones have been answered. */
export function isAnswered(survey: SurveyCue, answered: readonly QuestionAnswered[]): boolean {
  const answeredIds = new Set(answered.filter(({ offer }) => offer === survey.offer).map(({ question }) => question));
  return (
    answeredIds.size > 0 && survey.questions.every((question) => !question.required || answeredIds.has(question.id))
  );
}

/** Whether the attendee has started to answer a survey and not sent it yet. */
export function hasDraft(session: string, offer: string, storage: DraftStorage): boolean {
  return Object.values(parseDraft(storage.getItem(draftKeyOf(session, offer)))).some(hasContent);
}

/** Whether an answer is not empty. */
export function hasContent(answer: AnswerRequest | undefined): boolean {
  return Boolean(answer && (answer.choices?.length || answer.text?.trim() || answer.rating));
}

/** What a survey form needs from the offers. */
export interface SurveyFormOptions {
  translator: Translator;
  storage: DraftStorage;
  sendAnswer: (answer: AnswerRequest) => Promise<void>;
  onSent: () => void;
}

/** The form of one survey. */
export class SurveyForm {
  readonly element: HTMLFormElement;
  private readonly draftKey: string;
  private draft: SurveyDraft;
  private readonly button = h("button", { type: "submit", class: "button primary" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly fields = new Map<string, { frame: HTMLElement; missing: HTMLElement }>();

  constructor(
    private readonly survey: SurveyCue,
    session: string,
    private readonly options: SurveyFormOptions,
  ) {
    this.draftKey = draftKeyOf(session, survey.offer);
    this.draft = parseDraft(options.storage.getItem(this.draftKey));
    const { translator } = options;
    this.element = h("form", { class: "survey", novalidate: true });
    this.element.append(
      h("div", { class: "questions" }, ...survey.questions.map((question) => this.createField(question))),
    );
    translator.setText(this.button, "survey.send");
    this.element.append(this.problem, h("div", { class: "row" }, this.button));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
  }

  private async submit(): Promise<void> {
    const { translator } = this.options;
    if (isBusy(this.button)) return;
    const unanswered = this.survey.questions.filter(
      (question) => question.required && !hasContent(this.draft[question.id]),
    );
    for (const question of this.survey.questions) this.setMissing(question, unanswered.includes(question));
    const firstField = unanswered[0] && this.fields.get(unanswered[0].id);
    if (firstField) return firstField.frame.querySelector<HTMLElement>("input, textarea")?.focus();
    if (!Object.values(this.draft).some(hasContent)) return;
    setBusy(this.button, true);
    translator.setText(this.button, "survey.sending");
    try {
      for (const answer of Object.values(this.draft).filter(hasContent)) await this.sendOne(answer);
      this.options.storage.removeItem(this.draftKey);
      this.options.onSent();
    } catch (error) {
      const isClosed = error instanceof ApiError && error.hasCode("room.offer_over", "room.no_offer");
      translator.setText(this.problem, isClosed ? "survey.closed" : "survey.failed");
    } finally {
      setBusy(this.button, false);
      translator.setText(this.button, "survey.send");
    }
  }

  /** Send one answer; it counts as sent if the hosting has it already, from another tab or an interrupted request. */
  private async sendOne(answer: AnswerRequest): Promise<void> {
    try {
      await this.options.sendAnswer(answer);
    } catch (error) {
      if (!(error instanceof ApiError && error.hasCode("room.answered"))) throw error;
    }
  }

  /** Store an answer in the draft. */
  private saveAnswer(question: AttendeeQuestion, answer: Omit<AnswerRequest, "offer" | "question">): void {
    this.draft = { ...this.draft, [question.id]: { offer: this.survey.offer, question: question.id, ...answer } };
    this.options.storage.setItem(this.draftKey, JSON.stringify(this.draft));
    if (hasContent(this.draft[question.id])) this.setMissing(question, false);
  }

  private setMissing(question: AttendeeQuestion, isMissing: boolean): void {
    const field = this.fields.get(question.id)!;
    field.missing.hidden = !isMissing;
    field.frame.classList.toggle("missing", isMissing);
  }

  private createField(question: AttendeeQuestion): HTMLElement {
    const { translator } = this.options;
    const name = `${this.survey.offer}-${question.id}`;
    const title = h("span", { class: "asked" }, question.text);
    const legend = [
      title,
      question.required && translator.setText(h("span", { class: "required" }), "survey.required"),
    ];
    const missing = translator.setText(h("p", { class: "problem", hidden: true }), "survey.missing");
    const createFieldset = (...parts: HTMLElement[]): HTMLElement =>
      h("fieldset", { class: "question" }, h("legend", {}, ...legend), ...parts, missing);
    let frame: HTMLElement;
    switch (question.kind) {
      case "single":
        frame = createFieldset(this.createChoices(question, name, "radio"));
        break;
      case "multiple": {
        const hint = translator.setText(h("p", { class: "note" }), "survey.several");
        frame = createFieldset(hint, this.createChoices(question, name, "checkbox"));
        break;
      }
      case "rating":
        frame = createFieldset(this.createRatings(question, name));
        break;
      case "text": {
        const area = this.createTextArea(question, name);
        frame = h("div", { class: "question" }, h("label", { for: name }, ...legend), area, missing);
        break;
      }
      default:
        return assertNever(question.kind);
    }
    this.fields.set(question.id, { frame, missing });
    return frame;
  }

  private createTextArea(question: AttendeeQuestion, name: string): HTMLTextAreaElement {
    const area = h("textarea", {
      id: name,
      rows: 2,
      maxlength: MAX_LENGTHS.AnswerRequest.text,
      required: Boolean(question.required),
    });
    area.value = this.draft[question.id]?.text ?? "";
    area.addEventListener("input", () => this.saveAnswer(question, { text: area.value }));
    return area;
  }

  private createChoices(question: AttendeeQuestion, name: string, type: "checkbox" | "radio"): HTMLElement {
    const chosen = new Set(this.draft[question.id]?.choices ?? []);
    const inputs = (question.choices ?? []).map((_, index) => {
      const input = h("input", { type, name, value: index, checked: chosen.has(index) });
      input.addEventListener("change", () => {
        const choices = inputs.flatMap((one, place) => (one.checked ? [place] : []));
        this.saveAnswer(question, { choices });
      });
      return input;
    });
    const labels = (question.choices ?? []).map((text, index) => h("label", {}, inputs[index], h("span", {}, text)));
    return h("div", { class: "choices" }, ...labels);
  }

  private createRatings(question: AttendeeQuestion, name: string): HTMLElement {
    const max = question.scale ?? 5;
    const labels = Array.from({ length: max }, (_, index) => {
      const value = index + 1;
      const input = h("input", { type: "radio", name, value, checked: this.draft[question.id]?.rating === value });
      this.options.translator.setAttribute(input, "aria-label", "survey.rating", { n: value, most: max });
      input.addEventListener("change", () => this.saveAnswer(question, { rating: value }));
      return h("label", {}, input, h("span", { "aria-hidden": "true" }, String(value)));
    });
    return h("div", { class: "ratings" }, ...labels);
  }
}

function draftKeyOf(session: string, offer: string): string {
  return `matinee.survey.${session}.${offer}`;
}

function parseDraft(text: string | null): SurveyDraft {
  if (!text) return {};
  try {
    return JSON.parse(text) as SurveyDraft;
  } catch {
    return {};
  }
}
