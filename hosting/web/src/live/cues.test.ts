import { describe, expect, it } from "vitest";
import { gainAt, nextChange, offersAt, stageAfter, stageAt, told, wantedOf } from "./cues";
import { cta, stage } from "./test_fixtures";

describe("what holds", () => {
  it("is the latest stage cue that has come", () => {
    const cues = told([], [stage(300), stage(100), stage(200)]);
    expect(stageAt(cues, 99)).toBeNull();
    expect(stageAt(cues, 250)?.at).toBe(200);
    expect(stageAfter(cues, 200)?.at).toBe(300);
  });

  it("is what was told later, of two for the same time", () => {
    const cues = told(told([], [stage(100, { media: "a" })]), [stage(100, { media: "b" })]);
    expect(cues).toHaveLength(1);
    expect(stageAt(cues, 100)?.media).toBe("b");
  });

  it("is of the newest generation alone; what comes late of an older one is dropped", () => {
    const held = told([stage(100), cta(100, 500)], [stage(150, { generation: 2, phase: "held" })]);
    expect(held).toHaveLength(1);
    expect(told(held, [stage(200)])).toEqual(held);
  });

  it("keeps an offer open from its time until its end, and longer when it is told again", () => {
    const cues = told([], [cta(100, 200)]);
    expect(offersAt(cues, 99)).toEqual([]);
    expect(offersAt(cues, 199)).toHaveLength(1);
    expect(offersAt(cues, 200)).toEqual([]);
    expect(offersAt(told(cues, [cta(100, 400)]), 300)).toHaveLength(1);
    expect(offersAt(told([], [cta(100, null)]), 9e9)).toHaveLength(1);
  });

  it("shows an offer once, though both halves of it were split apart", () => {
    expect(offersAt(told([], [cta(100, 300), cta(200, 400)]), 250)).toHaveLength(1);
  });

  it("knows when anything changes next", () => {
    const cues = told([], [stage(100), cta(150, 250), stage(300)]);
    expect([nextChange(cues, 0), nextChange(cues, 100), nextChange(cues, 150), nextChange(cues, 300)]).toEqual([
      100,
      150,
      250,
      null,
    ]);
  });
});

describe("sound", () => {
  it("is silent without points, constant with one, linear between two", () => {
    expect(gainAt(stage(0), 5)).toBe(0);
    expect(gainAt(stage(0, { gains: [[0, 800]] }), 5)).toBe(0.8);
    const fade = stage(0, {
      gains: [
        [100, 0],
        [200, 1000],
      ],
    });
    expect([50, 100, 150, 200, 900].map((time) => gainAt(fade, time))).toEqual([0, 0, 0.5, 1, 1]);
  });
});

describe("what is played", () => {
  it("runs from the cue's time on", () => {
    const video = stage(1_000, { show: "video", media: "m", media_ms: 5_000 });
    expect(wantedOf(video, 3_000)).toEqual({ media: "m", ms: 7_000, moves: true });
    expect(wantedOf(stage(1_000, { show: "frame", media: "m", media_ms: 5_000 }), 3_000)?.moves).toBe(false);
  });

  it("is a presentation's sound beside its page, and nothing on a card", () => {
    const page = stage(1_000, { show: "page", media: "p", page: 2, audio: "s", audio_ms: 10 });
    expect(wantedOf(page, 1_500)).toEqual({ media: "s", ms: 510, moves: true });
    expect(wantedOf(stage(0), 10)).toBeNull();
    expect(wantedOf(stage(0, { show: "image", media: "i" }), 10)).toBeNull();
  });
});
