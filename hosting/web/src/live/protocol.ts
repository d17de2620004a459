/**
 * The messages between hosting and attendees, as `editor/protocol` and `editor/schedule` define them.
 *
 * All instants are server times in milliseconds since the epoch; in on-demand rooms `at` and `until` are positions in
 * the recording instead. Fields are optional here where Python omits them when they have their default value.
 */

/** The phase of a session; "held" is a pause. */
export type Phase = "planned" | "waiting" | "running" | "held" | "closing" | "over" | "cancelled";
/** Whether there is a chat, and whether messages appear after approval or only the team reads them. */
export type ChatMode = "none" | "moderated" | "answer_later";

/** What the stage shows from `at` on. */
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

/** A call to action (a button with a link) that is open from `at` until `until`. */
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

/** A question of a survey. */
export interface Question {
  id: string;
  kind: "single" | "multiple" | "text" | "rating";
  text: string;
  choices?: string[];
  scale?: number;
  required?: boolean;
}

/** A survey that is open from `at` until `until`. */
export interface SurveyCue {
  type: "survey";
  generation: number;
  at: number;
  until: number | null;
  offer: string;
  title: string;
  questions: Question[];
}

/** An offer that attendees can open. */
export type OfferCue = CtaCue | SurveyCue;
/** Anything that happens at a planned time. */
export type Cue = StageCue | OfferCue;

/** A chat message; `waits` means that no moderator has approved it yet. */
export interface Said {
  type?: "said";
  message: string;
  person: string;
  name: string;
  text: string;
  position_ms: number;
  waits?: boolean;
  /** Server time at which the message was sent; approving it later does not change it. */
  at?: number | null;
}

/** An answer to one question of a survey. */
export interface AnswerGiven {
  offer: string;
  question: string;
  choices?: number[];
  text?: string;
  rating?: number | null;
}

/** An entry of the session's log. */
export type LogRow =
  | { type: "cued"; cues: Cue[]; replaces?: boolean }
  | { type: "chat_set"; mode: ChatMode }
  | (Said & { type: "said" })
  | { type: "decided"; message: string; approved: boolean }
  | { type: "clicked"; person: string; offer: string }
  | (AnswerGiven & { type: "answered"; person: string })
  | { type: "clocked" | "arrived" | "troubled" };

/** A log row as it is sent to one audience: all attendees (`public`) or one person. */
export interface StreamFrame {
  epoch: string;
  session: string;
  audience: string;
  seq: number;
  prev: number;
  at: number;
  row: LogRow;
}

/** The whole state of a room at one moment; frames after `seen` continue it. */
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

/** What everybody who has the permanent link may know of a webinar. */
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

/** The answer to entering: a token for the room of a session. */
export interface Entered {
  token: string;
  person: string;
  session: string;
}
