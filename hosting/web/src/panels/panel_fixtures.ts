/** An offers panel in the test page, with a fake hosting that records what it is sent. */

import { Translator } from "../i18n/translator";
import type { ApiError } from "../live/api";
import type { AnswerRequest, SurveyCue } from "../live/protocol";
import { OffersPanel, type OffersPanelState } from "./offers";

/** A survey with a question of each kind. */
export const POLL: SurveyCue = {
  type: "survey",
  generation: 1,
  at: 0,
  until: null,
  offer: "poll",
  title: "How was it?",
  questions: [
    { id: "q1", kind: "single", text: "Well?", choices: ["yes", "no"], required: true },
    { id: "q2", kind: "text", text: "Why?" },
    { id: "q3", kind: "rating", text: "How much?", scale: 5 },
    { id: "q4", kind: "multiple", text: "Which?", choices: ["a", "b", "c"] },
  ],
};

/** What the panel sent and opened; while `failure` is set, each request fails with it. */
export interface FakeOffersHosting {
  clicks: string[];
  links: string[];
  timers: (() => void)[];
  answers: AnswerRequest[];
  failure: ApiError | null;
}

/** Make a state without offers; each test overrides the fields that matter to it. */
export function makeOffersState(overrides: Partial<OffersPanelState>): OffersPanelState {
  return { open: [], soFar: [], clicked: new Set(), answered: [], ...overrides };
}

/** Add a new offers panel to the page. */
export function openOffers(onFocusLost: () => void = () => undefined): {
  offers: OffersPanel;
  hosting: FakeOffersHosting;
} {
  const hosting: FakeOffersHosting = { clicks: [], links: [], timers: [], answers: [], failure: null };
  const offers = new OffersPanel({
    translator: new Translator(["en"], sessionStorage),
    session: "s",
    storage: sessionStorage,
    sendClick: async (offer) => {
      hosting.clicks.push(offer);
      if (hosting.failure) throw hosting.failure;
    },
    sendAnswer: async (answer) => {
      if (hosting.failure) throw hosting.failure;
      hosting.answers.push(answer);
    },
    openLink: (link) => void hosting.links.push(link),
    setTimer: (_ms, run) => void hosting.timers.push(run),
    onFocusLost,
  });
  document.body.append(offers.openArea, offers.panel);
  return { offers, hosting };
}

/** Wait until the callbacks of settled promises have run. */
export function flushPromises(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
