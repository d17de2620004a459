/**
 * What a room knows, as a pure fold: a snapshot, then frames.
 *
 * A frame is applied only if its `prev` is what this client saw last of that audience; a frame already seen changes
 * nothing; any other means that something was missed (`Gap`), and the caller asks the log for it.
 */

import { mergeCues } from "./cues";
import type { AnswerGiven, Cue, OfferCue, Said, Snapshot, StreamFrame } from "./protocol";

export interface ChatMessage extends Omit<Said, "at"> {
  /** Server time at which it was said, if that is known. */
  at: number | null;
  isOwn: boolean;
}

export interface RoomState {
  snapshot: Snapshot;
  person: string;
  lastSeqs: Record<string, number>;
  cues: Cue[];
  /** "Offers so far", each once, in the order in which they were first open. */
  offers: OfferCue[];
  messages: ChatMessage[];
  clicked: ReadonlySet<string>;
  answered: readonly AnswerGiven[];
  chatMode: Snapshot["chat"];
}

export type ApplyResult =
  { kind: "applied"; state: RoomState } | { kind: "duplicate" } | { kind: "gap" } | { kind: "epoch" };

export function createRoomState(snapshot: Snapshot, person: string): RoomState {
  const cues = mergeCues([], snapshot.cues ?? []);
  return {
    snapshot,
    person,
    lastSeqs: Object.fromEntries(snapshot.seen.map(({ audience, seq }) => [audience, seq])),
    cues,
    offers: snapshot.offers ?? [],
    messages: (snapshot.messages ?? []).map((message) => ({
      ...message,
      at: message.at ?? null,
      isOwn: message.person === person,
    })),
    clicked: new Set(snapshot.clicked ?? []),
    answered: snapshot.answered ?? [],
    chatMode: snapshot.chat,
  };
}

export function applyFrame(state: RoomState, frame: StreamFrame): ApplyResult {
  if (frame.epoch !== state.snapshot.epoch) return { kind: "epoch" };
  const lastSeq = state.lastSeqs[frame.audience] ?? 0;
  if (frame.seq <= lastSeq) return { kind: "duplicate" };
  if (frame.prev !== lastSeq) return { kind: "gap" };
  const lastSeqs = { ...state.lastSeqs, [frame.audience]: frame.seq };
  return { kind: "applied", state: { ...state, ...reduceRow(state, frame), lastSeqs } };
}

function reduceRow(state: RoomState, { row, at }: StreamFrame): Partial<RoomState> {
  switch (row.type) {
    case "cued":
      return { cues: mergeCues(row.replaces ? [] : state.cues, row.cues) };
    case "chat_set":
      return { chatMode: row.mode };
    case "said":
      return { messages: addMessage(state, row, at) };
    case "decided":
      // What is taken back disappears for others; its author keeps it, waiting, as it was before.
      return {
        messages: state.messages.flatMap((message) => {
          if (message.message !== row.message || row.approved) return [message];
          return message.isOwn ? [{ ...message, waits: true }] : [];
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

function addMessage(state: RoomState, row: Said, at: number): ChatMessage[] {
  const message: ChatMessage = {
    ...row,
    waits: row.waits ?? true,
    at: row.at ?? at,
    isOwn: row.person === state.person,
  };
  const index = state.messages.findIndex(({ message: id }) => id === row.message);
  if (index < 0) return [...state.messages, message];
  const earlier = state.messages[index]!;
  return state.messages.with(index, { ...message, at: earlier.at ?? at });
}

/** Offers that have opened by now join "offers so far"; the state stays the same object if there is none. */
export function addOpenOffers(state: RoomState, open: readonly OfferCue[]): RoomState {
  const added = open.filter((cue) => !state.offers.some((known) => known.offer === cue.offer));
  return added.length ? { ...state, offers: [...state.offers, ...added] } : state;
}
