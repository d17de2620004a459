/** Cues, frames and a snapshot for tests; each test overrides the fields that matter to it. */

import type { CtaCue, LogRow, Snapshot, StageCue, StreamFrame } from "./protocol";

/** Make a stage cue that shows a card. */
export function makeStageCue(at: number, overrides: Partial<StageCue> = {}): StageCue {
  return {
    type: "stage",
    generation: 1,
    at,
    until: null,
    phase: "running",
    position_ms: 0,
    show: "card",
    ...overrides,
  };
}

/** Make the cue of a call to action. */
export function makeCtaCue(at: number, until: number | null, overrides: Partial<CtaCue> = {}): CtaCue {
  const texts = {
    title: "Buy",
    text: "",
    label: "Buy",
    link: "https://example.org",
    look: "banner",
    colour: "#D55E00",
  };
  return { type: "cta", generation: 1, at, until, offer: "buy", ...texts, ...overrides };
}

/** A snapshot of a running session without cues. */
export const SNAPSHOT: Snapshot = {
  epoch: "e",
  session: "s",
  now: 1_000,
  seen: [
    { audience: "public", seq: 4 },
    { audience: "me", seq: 0 },
  ],
  title: "Evening",
  language: "en",
  phase: "running",
  starts_at: 0,
  opens_at: 0,
  generation: 1,
  chat: "moderated",
  chat_open: true,
};

/** Make a frame for all attendees. */
export function makeFrame(seq: number, prev: number, row: LogRow, overrides: Partial<StreamFrame> = {}): StreamFrame {
  return { epoch: "e", session: "s", audience: "public", seq, prev, at: 2_000, row, ...overrides };
}
