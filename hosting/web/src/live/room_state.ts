/**
 * What a room knows, as a pure fold: a snapshot, then frames.
 *
 * A frame is applied only if its `prev` is what this client saw last of that audience; a frame already seen changes
 * nothing; any other means that something was missed (`Gap`), and the caller asks the log for it.
 */

import { told } from "./cues";
import type { AnswerGiven, Cue, Frame, OfferCue, Said, Snapshot } from "./protocol";

export interface Message extends Omit<Said, "at"> {
  /** Server time at which it was said, if that is known. */
  at: number | null;
  mine: boolean;
}

export interface RoomState {
  snapshot: Snapshot;
  person: string;
  seen: Record<string, number>;
  cues: Cue[];
  /** "Offers so far", each once, in the order in which they were first open. */
  offers: OfferCue[];
  messages: Message[];
  clicked: ReadonlySet<string>;
  answered: readonly AnswerGiven[];
  chat: Snapshot["chat"];
}

export type Applied = { kind: "applied"; state: RoomState } | { kind: "seen" } | { kind: "gap" } | { kind: "epoch" };

export function begin(snapshot: Snapshot, person: string): RoomState {
  const cues = told([], snapshot.cues ?? []);
  return {
    snapshot,
    person,
    seen: Object.fromEntries(snapshot.seen.map(({ audience, seq }) => [audience, seq])),
    cues,
    offers: snapshot.offers ?? [],
    messages: (snapshot.messages ?? []).map((said) => ({ ...said, at: said.at ?? null, mine: said.person === person })),
    clicked: new Set(snapshot.clicked ?? []),
    answered: snapshot.answered ?? [],
    chat: snapshot.chat,
  };
}

export function apply(state: RoomState, frame: Frame): Applied {
  if (frame.epoch !== state.snapshot.epoch) return { kind: "epoch" };
  const last = state.seen[frame.audience] ?? 0;
  if (frame.seq <= last) return { kind: "seen" };
  if (frame.prev !== last) return { kind: "gap" };
  const seen = { ...state.seen, [frame.audience]: frame.seq };
  return { kind: "applied", state: { ...state, ...changed(state, frame), seen } };
}

function changed(state: RoomState, { row, at }: Frame): Partial<RoomState> {
  switch (row.type) {
    case "cued":
      return { cues: told(row.replaces ? [] : state.cues, row.cues) };
    case "chat_set":
      return { chat: row.mode };
    case "said":
      return { messages: withMessage(state, row, at) };
    case "decided":
      // What is taken back disappears for others; its author keeps it, waiting, as it was before.
      return {
        messages: state.messages.flatMap((message) => {
          if (message.message !== row.message || row.approved) return [message];
          return message.mine ? [{ ...message, waits: true }] : [];
        }),
      };
    case "clicked":
      return row.person === state.person ? { clicked: new Set([...state.clicked, row.offer]) } : {};
    case "answered":
      return row.person === state.person ? { answered: [...state.answered, row] } : {};
    default:
      return {};
  }
}

function withMessage(state: RoomState, row: Said, at: number): Message[] {
  const message: Message = { ...row, waits: row.waits ?? true, at: row.at ?? at, mine: row.person === state.person };
  const there = state.messages.findIndex(({ message: id }) => id === row.message);
  if (there < 0) return [...state.messages, message];
  const before = state.messages[there]!;
  return state.messages.with(there, { ...message, at: before.at ?? at });
}

/** Offers that have opened by now join "offers so far"; the state stays the same object if there is none. */
export function withOpened(state: RoomState, open: readonly OfferCue[]): RoomState {
  const fresh = open.filter((cue) => !state.offers.some((known) => known.offer === cue.offer));
  return fresh.length ? { ...state, offers: [...state.offers, ...fresh] } : state;
}
