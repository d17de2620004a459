import { describe, expect, it } from "vitest";
import {
  computeGain,
  findNextChange,
  findNextStageCue,
  findOpenOffers,
  findPlaybackTarget,
  findStageCue,
  mergeCues,
} from "./cues";
import { makeCtaCue, makeStageCue } from "./test_fixtures";

describe("the cues at a time", () => {
  it("contain the latest stage cue that has passed", () => {
    const cues = mergeCues([], [makeStageCue(300), makeStageCue(100), makeStageCue(200)]);
    expect(findStageCue(cues, 99)).toBeNull();
    expect(findStageCue(cues, 250)?.at).toBe(200);
    expect(findNextStageCue(cues, 200)?.at).toBe(300);
  });

  it("contain the one received later of two for the same time", () => {
    const cues = mergeCues(mergeCues([], [makeStageCue(100, { media: "a" })]), [makeStageCue(100, { media: "b" })]);
    expect(cues).toHaveLength(1);
    expect(findStageCue(cues, 100)?.media).toBe("b");
  });

  it("are of the newest generation only; late ones of an older generation are dropped", () => {
    const held = mergeCues(
      [makeStageCue(100), makeCtaCue(100, 500)],
      [makeStageCue(150, { generation: 2, phase: "held" })],
    );
    expect(held).toHaveLength(1);
    expect(mergeCues(held, [makeStageCue(200)])).toEqual(held);
  });

  it("contain an offer from its start until its end, and longer when the end is corrected", () => {
    const cues = mergeCues([], [makeCtaCue(100, 200)]);
    expect(findOpenOffers(cues, 99)).toEqual([]);
    expect(findOpenOffers(cues, 199)).toHaveLength(1);
    expect(findOpenOffers(cues, 200)).toEqual([]);
    expect(findOpenOffers(mergeCues(cues, [makeCtaCue(100, 400)]), 300)).toHaveLength(1);
    expect(findOpenOffers(mergeCues([], [makeCtaCue(100, null)]), 9e9)).toHaveLength(1);
  });

  it("contain an offer once, even if it was split into two halves", () => {
    expect(findOpenOffers(mergeCues([], [makeCtaCue(100, 300), makeCtaCue(200, 400)]), 250)).toHaveLength(1);
  });

  it("change next at the nearest start or end", () => {
    const cues = mergeCues([], [makeStageCue(100), makeCtaCue(150, 250), makeStageCue(300)]);
    expect([
      findNextChange(cues, 0),
      findNextChange(cues, 100),
      findNextChange(cues, 150),
      findNextChange(cues, 300),
    ]).toEqual([100, 150, 250, null]);
  });
});

describe("the gain", () => {
  it("is silent without points, constant with one, linear between two", () => {
    expect(computeGain(makeStageCue(0), 5)).toBe(0);
    expect(computeGain(makeStageCue(0, { gains: [[0, 800]] }), 5)).toBe(0.8);
    const fade = makeStageCue(0, {
      gains: [
        [100, 0],
        [200, 1000],
      ],
    });
    expect([50, 100, 150, 200, 900].map((time) => computeGain(fade, time))).toEqual([0, 0, 0.5, 1, 1]);
  });
});

describe("the playback target", () => {
  it("moves on from the start of the cue", () => {
    const video = makeStageCue(1_000, { show: "video", media: "m", media_ms: 5_000 });
    expect(findPlaybackTarget(video, 3_000)).toEqual({ media: "m", positionMs: 7_000, isMoving: true });
    expect(
      findPlaybackTarget(makeStageCue(1_000, { show: "frame", media: "m", media_ms: 5_000 }), 3_000)?.isMoving,
    ).toBe(false);
  });

  it("is the sound of a presentation beside its page, and nothing on a card", () => {
    const page = makeStageCue(1_000, { show: "page", media: "p", page: 2, audio: "s", audio_ms: 10 });
    expect(findPlaybackTarget(page, 1_500)).toEqual({ media: "s", positionMs: 510, isMoving: true });
    expect(findPlaybackTarget(makeStageCue(0), 10)).toBeNull();
    expect(findPlaybackTarget(makeStageCue(0, { show: "image", media: "i" }), 10)).toBeNull();
  });
});
