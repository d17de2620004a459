/**
 * The messages between hosting and attendees, under the names that the pages use.
 *
 * All instants are server times in milliseconds since the epoch; in on-demand rooms `at` and `until` of cues are
 * positions in the recording instead. Fields are optional where Python omits them when they have their default value.
 */

import type { Snapshot, StreamFrame } from "./generated";

export type * from "./generated";

/** The phase of a session; "held" is a pause. */
export type Phase = Snapshot["phase"];
/** Whether there is a chat, and whether messages appear after approval or only the team reads them. */
export type ChatMode = Snapshot["chat"];
/** An offer that attendees can open. */
export type OfferCue = NonNullable<Snapshot["offers"]>[number];
/** Anything that happens at a planned time. */
export type Cue = NonNullable<Snapshot["cues"]>[number];
/** An entry of the session's log. */
export type LogRow = StreamFrame["row"];
