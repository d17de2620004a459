/**
 * The state of a room: created from a snapshot and updated by frames, without side effects.
 *
 * A frame is applied only if its `prev` is the last `seq` that this client has applied of the same audience. An older
 * frame is a duplicate and changes nothing. Any other frame shows a gap, and the caller has to fetch what is missing.
 */

import { mergeCues } from "./cues";
import type { ChatMessageSent, Cue, OfferCue, QuestionAnswered, Snapshot, StreamFrame } from "./protocol";

/** A chat message with whether this attendee wrote it. */
export interface ChatMessage extends Omit<ChatMessageSent, "at"> {
  /** Server time at which the message was sent, if it is known. */
  at: number | null;
  isOwn: boolean;
}

/** All that the pages know of a room. */
export interface RoomState {
  snapshot: Snapshot;
  person: string;
  lastSeqs: Record<string, number>;
  cues: Cue[];
  /** All offers that have been open, each once, in the order in which they opened. */
  offers: OfferCue[];
  messages: ChatMessage[];
  clicked: ReadonlySet<string>;
  answered: readonly QuestionAnswered[];
  chatMode: Snapshot["chat"];
}

/** What applying a frame did: a new state, nothing, or why it was not possible. */
export type ApplyResult =
  | { kind: "applied"; state: RoomState }
  | { kind: "duplicate" }
  | { kind: "gap" }
  | { kind: "epoch" };

/** Create the state that a snapshot describes. */
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

/** Apply a frame if it is the next one of its audience. */
export function applyFrame(state: RoomState, frame: StreamFrame): ApplyResult {
  if (frame.epoch !== state.snapshot.epoch) return { kind: "epoch" };
  const lastSeq = state.lastSeqs[frame.audience] ?? 0;
  if (frame.seq <= lastSeq) return { kind: "duplicate" };
  if (frame.prev !== lastSeq) return { kind: "gap" };
  const lastSeqs = { ...state.lastSeqs, [frame.audience]: frame.seq };
  return { kind: "applied", state: { ...state, ...reduceRow(state, frame), lastSeqs } };
}

/** Return the fields of the state that a log row changes. */
function reduceRow(state: RoomState, { row, at }: StreamFrame): Partial<RoomState> {
  switch (row.type) {
    case "cued":
      return { cues: mergeCues(row.replaces ? [] : state.cues, row.cues) };
    case "chat_set":
      return { chatMode: row.mode };
    case "said":
      return { messages: addMessage(state, row, at) };
    case "decided":
      // A message whose approval is withdrawn disappears for others; its author sees it as waiting again.
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

function addMessage(state: RoomState, row: ChatMessageSent, at: number): ChatMessage[] {
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

/** Add offers that are open now to the list of all offers; returns the same object if there is none to add. */
export function addOpenOffers(state: RoomState, open: readonly OfferCue[]): RoomState {
  const added = open.filter((cue) => !state.offers.some((known) => known.offer === cue.offer));
  return added.length ? { ...state, offers: [...state.offers, ...added] } : state;
}
