/**
 * The types and limits of the API that these pages call.
 *
 * Generated from `editor/protocol` and the hosting's OpenAPI schema by `packaging/tools/generate_web_types.py`; a test
 * fails while this file differs from what the tool makes.
 */

export interface Accepted {
  seq: number;
}

export interface AnswerRequest {
  offer: string;
  question: string;
  choices?: number[];
  text?: string;
  rating?: number | null;
}

export interface AttendeeEntered {
  type: "arrived";
  person: string;
  name: string;
}

export interface AttendeeQuestion {
  id: string;
  kind: "multiple" | "rating" | "single" | "text";
  text: string;
  choices?: string[];
  scale?: number;
  required?: boolean;
}

export interface ChatMessageModerated {
  type: "decided";
  message: string;
  approved: boolean;
}

export interface ChatMessageRequest {
  id: string;
  text: string;
}

export interface ChatMessageSent {
  type: "said";
  message: string;
  person: string;
  name: string;
  text: string;
  position_ms: number;
  at?: number | null;
  waits?: boolean;
}

export interface ChatModeChanged {
  type: "chat_set";
  mode: "answer_later" | "moderated" | "none";
}

export interface ClickRequest {
  offer: string;
}

export interface ClockChanged {
  type: "clocked";
  event: Started | Held | Resumed | Skipped | Extended | Ended;
  by?: string;
}

export interface CtaCue {
  type: "cta";
  generation: number;
  at: number;
  until: number | null;
  offer: string;
  title: string;
  text: string;
  label: string;
  link: string;
  look: string;
  colour: string;
}

export interface CuesIssued {
  type: "cued";
  cues: (StageCue | CtaCue | SurveyCue)[];
  replaces?: boolean;
}

export interface Ended {
  event: "ended";
  at_ms: number;
}

export interface EnterRequest {
  name: string;
  email?: string;
  language?: string;
}

export interface EnterResult {
  token: string;
  person: string;
  session: string;
}

export interface Extended {
  event: "extended";
  at_ms: number;
  by_ms: number;
}

export interface Held {
  event: "held";
  at_ms: number;
  note?: string;
}

export interface Landing {
  session: string;
  title: string;
  description: string;
  language: string;
  start: string;
  zone: string;
  starts_at: number;
  ends_at: number;
  opens_at: number;
  now: number;
  room: "automated" | "on_demand";
  phase: string;
  test: boolean;
  replay: boolean;
  available_until?: number | null;
  access: "free" | "paid";
  price?: Price | null;
  chat: "answer_later" | "moderated" | "none";
  email_owed: boolean;
  calendar: string;
}

export interface OfferClicked {
  type: "clicked";
  person: string;
  offer: string;
}

export interface Price {
  amount: number;
  currency?: string;
}

export interface ProblemDetails {
  type?: string;
  title: string;
  status: number;
  code: string;
  facts?: Record<string, unknown>;
}

export interface QuestionAnswered {
  type: "answered";
  person: string;
  offer: string;
  question: string;
  choices?: number[];
  text?: string;
  rating?: number | null;
}

export interface Resumed {
  event: "resumed";
  at_ms: number;
}

export interface ServerTime {
  now: number;
}

export interface Skipped {
  event: "skipped";
  at_ms: number;
  to_ms: number;
}

export interface Snapshot {
  epoch: string;
  session: string;
  now: number;
  seen: StreamPosition[];
  title: string;
  language: string;
  phase: "cancelled" | "closing" | "held" | "over" | "planned" | "running" | "waiting";
  starts_at: number;
  opens_at: number;
  generation: number;
  chat: "answer_later" | "moderated" | "none";
  chat_open: boolean;
  waiting_text?: string;
  waiting_picture?: string | null;
  cues?: (StageCue | CtaCue | SurveyCue)[];
  offers?: (CtaCue | SurveyCue)[];
  clicked?: string[];
  answered?: QuestionAnswered[];
  messages?: ChatMessageSent[];
  media_base?: string;
  on_demand?: boolean;
  length_ms?: number | null;
  replay?: boolean;
}

export interface StageCue {
  type: "stage";
  generation: number;
  at: number;
  until: number | null;
  phase: "closing" | "held" | "over" | "running" | "waiting";
  position_ms: number;
  show: "audio" | "card" | "frame" | "image" | "page" | "video";
  media?: string | null;
  media_ms?: number;
  page?: number | null;
  picture?: string | null;
  audio?: string | null;
  audio_ms?: number;
  gains?: [number, number][];
  captions?: string | null;
  note?: string;
  resumes?: number | null;
}

export interface Started {
  event: "started";
  at_ms: number;
}

export interface StreamFrame {
  epoch: string;
  session: string;
  audience: string;
  seq: number;
  prev: number;
  at: number;
  row:
    | CuesIssued
    | ClockChanged
    | ChatModeChanged
    | ChatMessageSent
    | ChatMessageModerated
    | OfferClicked
    | QuestionAnswered
    | AttendeeEntered
    | TroubleReported;
}

export interface StreamFrames {
  frames: StreamFrame[];
}

export interface StreamPosition {
  audience: string;
  seq: number;
}

export interface SurveyCue {
  type: "survey";
  generation: number;
  at: number;
  until: number | null;
  offer: string;
  title: string;
  questions: AttendeeQuestion[];
}

export interface TroubleReport {
  text?: string;
  seen?: string;
}

export interface TroubleReported {
  type: "troubled";
  person: string;
  text: string;
  seen: string;
}

/** The body and the response of each route that these pages call. */
export interface ApiRoutes {
  "GET /api/now": { body: undefined; response: ServerTime };
  "POST /api/room/{session_id}/answers": { body: AnswerRequest; response: Accepted };
  "POST /api/room/{session_id}/chat": { body: ChatMessageRequest; response: Accepted };
  "POST /api/room/{session_id}/clicks": { body: ClickRequest; response: Accepted };
  "GET /api/room/{session_id}/events": { body: undefined; response: StreamFrames };
  "GET /api/room/{session_id}/snapshot": { body: undefined; response: Snapshot };
  "GET /api/room/{session_id}/stream": { body: undefined; response: string };
  "POST /api/room/{session_id}/trouble": { body: TroubleReport; response: Accepted };
  "GET /api/w/{slug}": { body: undefined; response: Landing };
  "POST /api/w/{slug}/enter": { body: EnterRequest; response: EnterResult };
}

/** The code of an error that a request of these pages can fail with. */
export type ErrorCode =
  | "link.unknown"
  | "person.email"
  | "person.name"
  | "person.unknown"
  | "room.answer_choice"
  | "room.answer_kind"
  | "room.answer_long"
  | "room.answer_needed"
  | "room.answer_one"
  | "room.answer_rating"
  | "room.answered"
  | "room.cancelled"
  | "room.chat_off"
  | "room.chat_over"
  | "room.closed"
  | "room.empty"
  | "room.fast"
  | "room.gone"
  | "room.long"
  | "room.message_taken"
  | "room.no_offer"
  | "room.no_question"
  | "room.not_open"
  | "room.not_yours"
  | "room.offer_over"
  | "room.over"
  | "room.too_early"
  | "room.unpaid";

/** The largest number of characters of each text that these pages send. */
export const MAX_LENGTHS = {
  AnswerRequest: { text: 2_000 },
  ChatMessageRequest: { text: 1_000 },
  EnterRequest: { name: 80, email: 254, language: 20 },
  TroubleReport: { text: 1_000, seen: 2_000 },
} as const;

/** The largest number of chat messages of one person within `MESSAGE_WINDOW_MS`. */
export const MAX_MESSAGES_PER_WINDOW = 3;

/** The time in which chat messages of one person are counted. */
export const MESSAGE_WINDOW_MS = 10_000;

/** How long after the end of an event its attendees can still send messages. */
export const MESSAGE_GRACE_MS = 30_000;

/** How long after the end of an event replies of the team still arrive. */
export const REPLY_GRACE_MS = 900_000;
