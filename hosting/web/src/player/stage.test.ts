import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeStageCue } from "../live/test_fixtures";
import { FakeVideo, READY_STATES } from "./fake_video";
import { Stage } from "./stage";

let local = 0;
beforeEach(() => {
  local = 0;
  vi.useFakeTimers();
  vi.stubGlobal("HTMLMediaElement", READY_STATES);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function createStage() {
  const videos: [FakeVideo, FakeVideo] = [new FakeVideo(), new FakeVideo()];
  const elements = videos as unknown as [HTMLVideoElement, HTMLVideoElement];
  const stage = new Stage(
    { videos: elements, images: [{}, {}] as unknown as [HTMLImageElement, HTMLImageElement] },
    {
      now: () => local,
      localNow: () => local,
      isClockRunning: () => true,
      loadHls: () => Promise.resolve(null),
      fetchText: () => Promise.resolve(""),
      onCueChange: () => undefined,
      onChangeDue: () => undefined,
      onAutoplayBlocked: () => undefined,
      onBufferingChange: () => undefined,
      onCaptionChange: () => undefined,
    },
  );
  stage.mediaBase = "/m";
  const advance = async (ms: number): Promise<void> => {
    for (let elapsed = 0; elapsed < ms; elapsed += 10) {
      local += 10;
      for (const video of videos) video.advance(10);
      await vi.advanceTimersByTimeAsync(10);
    }
  };
  return { stage, videos, advance };
}

const makeVideoCue = (at: number, media: string, ms = 0, generation = 1) =>
  makeStageCue(at, { show: "video", media, media_ms: ms, generation });

describe("the stage", () => {
  it("changes to the next video in time, which is already moving", async () => {
    const { stage, videos, advance } = createStage();
    stage.unlock();
    stage.setCues([makeVideoCue(0, "a"), makeVideoCue(5_000, "b", 8_000)]);
    await advance(200);
    for (const video of videos) video.bufferTo(60);
    await advance(4_780);
    expect([videos[0].isVisible, videos[1].isVisible]).toEqual([true, false]);
    expect([videos[1].paused, videos[1].muted]).toEqual([false, true]);
    await advance(100);
    expect([videos[0].isVisible, videos[1].isVisible]).toEqual([false, true]);
    expect([videos[0].paused, videos[1].paused]).toEqual([true, false]);
    expect(videos[1].time).toBeGreaterThan(8.05);
    stage.close();
  });

  it("pauses the next video again when the change is called off", async () => {
    const { stage, videos, advance } = createStage();
    stage.unlock();
    stage.setCues([makeVideoCue(0, "a"), makeVideoCue(5_000, "b")]);
    await advance(200);
    for (const video of videos) video.bufferTo(60);
    await advance(4_780);
    expect(videos[1].paused).toBe(false);
    stage.setCues([makeStageCue(4_980, { show: "frame", phase: "held", media: "a", media_ms: 4_980, generation: 2 })]);
    await advance(200);
    expect([videos[0].paused, videos[1].paused]).toEqual([true, true]);
    stage.close();
  });

  it("loads the current video before the next one, and keeps the old picture meanwhile", async () => {
    const { stage, videos, advance } = createStage();
    stage.unlock();
    stage.setCues([makeVideoCue(0, "a")]);
    await advance(100);
    videos[0].bufferTo(60);
    await advance(1_000);
    stage.setCues([makeVideoCue(1_000, "b", 5_000, 2), makeVideoCue(9_000, "c", 0, 2)]);
    await advance(3_000);
    expect(videos[1].requestedUrls).toEqual(["/m/b/index.m3u8"]);
    expect([videos[0].isVisible, videos[1].isVisible]).toEqual([true, false]);
    videos[1].bufferTo(60);
    await advance(200);
    expect([videos[0].isVisible, videos[1].isVisible]).toEqual([false, true]);
    expect(videos[0].requestedUrls.at(-1)).toBe("/m/c/index.m3u8");
    stage.close();
  });

  it("does not chase the programme before the attendee has joined", async () => {
    const { stage, videos, advance } = createStage();
    stage.setCues([makeVideoCue(0, "a")]);
    await advance(100);
    videos[0].bufferTo(60);
    await advance(10_000);
    expect(videos[0].paused).toBe(true);
    expect(videos[0].seeks.length).toBeLessThan(6);
    stage.unlock();
    await advance(500);
    expect(videos[0].paused).toBe(false);
    expect(Math.abs(videos[0].time * 1_000 - local)).toBeLessThan(250);
    stage.close();
  });
});
