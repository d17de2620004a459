/**
 * Which cue holds at a time, by the three rules of `editor/schedule/cues.py`.
 *
 * 1. Only cues of the newest generation count.
 * 2. The stage shows the cue with the latest `at` that has passed; of two with the same `at`, the one received later.
 * 3. An offer is open from `at` until `until`; if it is received again, the later one counts.
 */

import { assertNever } from "../lib/exhaustive";
import type { Cue, OfferCue, StageCue } from "./protocol";

/** Merge new cues into those that are known: older generations are dropped, corrections replace the old cue. */
export function mergeCues(known: readonly Cue[], added: readonly Cue[]): Cue[] {
  const newest = Math.max(0, ...known.map((cue) => cue.generation), ...added.map((cue) => cue.generation));
  const byKey = new Map<string, Cue>();
  for (const cue of [...known, ...added]) {
    if (cue.generation === newest) byKey.set(cueKeyOf(cue), cue);
  }
  return [...byKey.values()].sort((one, other) => one.at - other.at);
}

/** Return a key that is the same for a cue and its correction. */
export function cueKeyOf(cue: Cue): string {
  return `${cue.generation}/${cue.type === "stage" ? "stage" : cue.offer}/${cue.at}`;
}

/** Return the stage cue that holds at a time, or null before the first one. */
export function findStageCue(cues: readonly Cue[], time: number): StageCue | null {
  let found: StageCue | null = null;
  for (const cue of cues) {
    if (cue.type === "stage" && cue.at <= time) found = cue;
    else if (cue.at > time) break;
  }
  return found;
}

/** Return the next stage cue after a time, if it is known already. */
export function findNextStageCue(cues: readonly Cue[], time: number): StageCue | null {
  return cues.find((cue): cue is StageCue => cue.type === "stage" && cue.at > time) ?? null;
}

/** Return the offers that are open at a time, each once. */
export function findOpenOffers(cues: readonly Cue[], time: number): OfferCue[] {
  const open = new Map<string, OfferCue>();
  for (const cue of cues) {
    if (cue.at > time) break;
    if (cue.type !== "stage" && (cue.until === null || time < cue.until)) open.set(cue.offer, cue);
  }
  return [...open.values()];
}

/** Return the time at which any cue begins or ends next, or null. */
export function findNextChange(cues: readonly Cue[], time: number): number | null {
  let next: number | null = null;
  for (const cue of cues) {
    for (const at of [cue.at, cue.type === "stage" ? null : cue.until]) {
      if (at !== null && at > time && (next === null || at < next)) next = at;
    }
  }
  return next;
}

/** Return the gain of a cue at a time, from 0 to 1: linear between its points, constant before and after them. */
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

/** The media to be played and the position in it; `isMoving` is false for a still frame of a video. */
export interface PlaybackTarget {
  media: string;
  positionMs: number;
  isMoving: boolean;
}

/** Return what has to be played for a cue at a time: a video, a sound, a still frame of a video, or nothing. */
export function findPlaybackTarget(cue: StageCue, time: number): PlaybackTarget | null {
  const elapsed = time - cue.at;
  const sound = cue.audio ? { media: cue.audio, positionMs: (cue.audio_ms ?? 0) + elapsed, isMoving: true } : null;
  switch (cue.show) {
    case "frame":
      return cue.media ? { media: cue.media, positionMs: cue.media_ms ?? 0, isMoving: false } : sound;
    case "video":
    case "audio":
      return cue.media ? { media: cue.media, positionMs: (cue.media_ms ?? 0) + elapsed, isMoving: true } : sound;
    case "image":
    case "page":
    case "card":
      return sound;
    default:
      return assertNever(cue.show);
  }
}
