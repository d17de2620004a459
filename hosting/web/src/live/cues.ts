/**
 * Which cue holds at a time: the three rules of `editor/schedule/cues.py`, and no other knowledge.
 *
 * 1. Only the newest generation that was told counts.
 * 2. On stage is the stage cue with the latest `at` that has come; of two with the same `at`, the one told later.
 * 3. An offer is open from `at` until `until`; told again, the later one counts.
 */

import type { Cue, OfferCue, StageCue } from "./protocol";

/** Add cues that were told to those that are known: older generations drop out, corrections take the old one's place. */
export function mergeCues(known: readonly Cue[], added: readonly Cue[]): Cue[] {
  const newest = Math.max(0, ...known.map((cue) => cue.generation), ...added.map((cue) => cue.generation));
  const byKey = new Map<string, Cue>();
  for (const cue of [...known, ...added]) {
    if (cue.generation === newest) byKey.set(cueKeyOf(cue), cue);
  }
  return [...byKey.values()].sort((one, other) => one.at - other.at);
}

/** Two cues with the same key are one, told twice. */
export function cueKeyOf(cue: Cue): string {
  return `${cue.generation}/${cue.type === "stage" ? "stage" : cue.offer}/${cue.at}`;
}

/** What is on stage at a time, if anything was told for it. */
export function findStageCue(cues: readonly Cue[], time: number): StageCue | null {
  let found: StageCue | null = null;
  for (const cue of cues) {
    if (cue.type === "stage" && cue.at <= time) found = cue;
    else if (cue.at > time) break;
  }
  return found;
}

/** The next change on stage after a time that is known already. */
export function findNextStageCue(cues: readonly Cue[], time: number): StageCue | null {
  return cues.find((cue): cue is StageCue => cue.type === "stage" && cue.at > time) ?? null;
}

/** The offers that are open at a time, each once. */
export function findOpenOffers(cues: readonly Cue[], time: number): OfferCue[] {
  const open = new Map<string, OfferCue>();
  for (const cue of cues) {
    if (cue.at > time) break;
    if (cue.type !== "stage" && (cue.until === null || time < cue.until)) open.set(cue.offer, cue);
  }
  return [...open.values()];
}

/** The time of the next change of anything, so that nobody has to look before. */
export function findNextChange(cues: readonly Cue[], time: number): number | null {
  let next: number | null = null;
  for (const cue of cues) {
    for (const at of [cue.at, cue.type === "stage" ? null : cue.until]) {
      if (at !== null && at > time && (next === null || at < next)) next = at;
    }
  }
  return next;
}

/** How loud a cue is at a time, 0 … 1: linear between the points it names, standing before and after them. */
export function computeGain(cue: StageCue, time: number): number {
  const gains = cue.gains ?? [];
  const first = gains[0];
  const last = gains[gains.length - 1];
  if (!first || !last) return 0;
  if (time <= first[0]) return first[1] / 1000;
  for (let n = 1; n < gains.length; n += 1) {
    const [fromAt, from] = gains[n - 1]!;
    const [toAt, to] = gains[n]!;
    if (time < toAt) return (from + ((to - from) * (time - fromAt)) / (toAt - fromAt)) / 1000;
  }
  return last[1] / 1000;
}

/** A media that runs: which one, and where in it a cue wants to be at a time (ms). */
export interface PlaybackTarget {
  media: string;
  positionMs: number;
  isMoving: boolean;
}

/** What has to be played for a cue at a time: a video, a sound, a frozen picture of a video, or nothing. */
export function findPlaybackTarget(cue: StageCue, time: number): PlaybackTarget | null {
  const elapsed = time - cue.at;
  if (cue.show === "frame" && cue.media) return { media: cue.media, positionMs: cue.media_ms ?? 0, isMoving: false };
  if ((cue.show === "video" || cue.show === "audio") && cue.media) {
    return { media: cue.media, positionMs: (cue.media_ms ?? 0) + elapsed, isMoving: true };
  }
  if (cue.audio) return { media: cue.audio, positionMs: (cue.audio_ms ?? 0) + elapsed, isMoving: true };
  return null;
}
