/**
 * The structs of `editor/protocol` and `editor/schedule` that attendees' pages read and write, by the same names.
 *
 * All instants are server times in milliseconds since the epoch; on demand, `at` and `until` are positions instead.
 * Python leaves out fields that have their default, so those are optional here.
 */

export type Phase = "planned" | "waiting" | "running" | "held" | "closing" | "over" | "cancelled";
export type ChatMode = "none" | "moderated" | "answer_later";

export interface StageCue {
  type: "stage";
  generation: number;
  at: number;
  until: number | null;
  phase: "waiting" | "running" | "held" | "closing" | "over";
  position_ms: number;
  show: "video" | "audio" | "image" | "page" | "frame" | "card";
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

export interface Question {
  id: string;
  kind: "single" | "multiple" | "text" | "rating";
  text: string;
  choices?: string[];
  scale?: number;
  required?: boolean;
}

export interface SurveyCue {
  type: "survey";
  generation: number;
  at: number;
  until: number | null;
  offer: string;
  title: string;
  questions: Question[];
}

export type OfferCue = CtaCue | SurveyCue;
export type Cue = StageCue | OfferCue;

export interface Said {
  type?: "said";
  message: string;
  person: string;
  name: string;
  text: string;
  position_ms: number;
  waits?: boolean;
  /** Server time at which it was said: a message that is approved later keeps it. */
  at?: number | null;
}

export interface AnswerGiven {
  offer: string;
  question: string;
  choices?: number[];
  text?: string;
  rating?: number | null;
}

export type LogRow =
  | { type: "cued"; cues: Cue[]; replaces?: boolean }
  | { type: "chat_set"; mode: ChatMode }
  | (Said & { type: "said" })
  | { type: "decided"; message: string; approved: boolean }
  | { type: "clicked"; person: string; offer: string }
  | (AnswerGiven & { type: "answered"; person: string })
  | { type: "clocked" | "arrived" | "troubled" };

export interface StreamFrame {
  epoch: string;
  session: string;
  audience: string;
  seq: number;
  prev: number;
  at: number;
  row: LogRow;
}

export interface Snapshot {
  epoch: string;
  session: string;
  now: number;
  seen: { audience: string; seq: number }[];
  title: string;
  language: string;
  phase: Phase;
  starts_at: number;
  opens_at: number;
  generation: number;
  chat: ChatMode;
  chat_open: boolean;
  waiting_text?: string;
  waiting_picture?: string | null;
  cues?: Cue[];
  offers?: OfferCue[];
  clicked?: string[];
  answered?: AnswerGiven[];
  messages?: Said[];
  media_base?: string;
  on_demand?: boolean;
  length_ms?: number | null;
  replay?: boolean;
}

/** What anybody who has the permanent link may know. */
export interface Landing {
  session: string;
  title: string;
  description: string;
  language: string;
  zone: string;
  starts_at: number;
  ends_at: number;
  opens_at: number;
  now: number;
  room: "automated" | "on_demand";
  phase: Phase;
  replay: boolean;
  available_until?: number | null;
  email_owed: boolean;
}

export interface Entered {
  token: string;
  person: string;
  session: string;
}
