/** An offers panel in the test page, with a fake hosting that records what it is sent. */

import { Words } from "../i18n/translator";
import type { Refused } from "../live/api";
import type { AnswerGiven, SurveyCue } from "../live/protocol";
import { Offers, type OfferState } from "./offers";

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

/** What the panel sent and opened; a `failure` that is set is thrown at whatever it sends next. */
export interface FakeHosting {
  clicks: string[];
  links: string[];
  timers: (() => void)[];
  answers: AnswerGiven[];
  failure: Refused | null;
}

/** Return a state in which nothing is open, with what matters to a test set by it. */
export function makeOfferState(more: Partial<OfferState>): OfferState {
  return { open: [], soFar: [], clicked: new Set(), answered: [], ...more };
}

/** Put a new offers panel into the page. */
export function openOffers(onStray: () => void = () => undefined): { offers: Offers; hosting: FakeHosting } {
  const hosting: FakeHosting = { clicks: [], links: [], timers: [], answers: [], failure: null };
  const offers = new Offers({
    words: new Words(["en"], sessionStorage),
    session: "s",
    kept: sessionStorage,
    click: async (offer) => {
      hosting.clicks.push(offer);
      if (hosting.failure) throw hosting.failure;
    },
    answer: async (given) => {
      if (hosting.failure) throw hosting.failure;
      hosting.answers.push(given);
    },
    open: (link) => void hosting.links.push(link),
    later: (_ms, run) => void hosting.timers.push(run),
    onStray,
  });
  document.body.append(offers.shelf, offers.panel);
  return { offers, hosting };
}

/** Wait until promises that are settled already have run their callbacks. */
export function flushPromises(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
