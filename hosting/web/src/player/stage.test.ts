import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stage as cue } from "../live/test_fixtures";
import { Player, READY_STATES } from "./fake_video";
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

function theatre() {
  const players: [Player, Player] = [new Player(), new Player()];
  const videos = players as unknown as [HTMLVideoElement, HTMLVideoElement];
  const stage = new Stage(
    { videos, images: [{}, {}] as unknown as [HTMLImageElement, HTMLImageElement] },
    {
      now: () => local,
      local: () => local,
      moving: () => true,
      hls: () => Promise.resolve(null),
      text: () => Promise.resolve(""),
      onCue: () => undefined,
      onChange: () => undefined,
      onBlocked: () => undefined,
      onWaiting: () => undefined,
      onCaption: () => undefined,
    },
  );
  stage.base = "/m";
  const pass = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 10) {
      local += 10;
      for (const player of players) player.pass(10);
      await vi.advanceTimersByTimeAsync(10);
    }
  };
  return { stage, players, pass };
}

const film = (at: number, media: string, ms = 0, generation = 1) =>
  cue(at, { show: "video", media, media_ms: ms, generation });

describe("the stage", () => {
  it("changes from one film to the next at its instant, which moves by then", async () => {
    const { stage, players, pass } = theatre();
    stage.unlock();
    stage.tell([film(0, "a"), film(5_000, "b", 8_000)]);
    await pass(200);
    for (const player of players) player.bring(60);
    await pass(4_780);
    expect([players[0].seen, players[1].seen]).toEqual([true, false]);
    expect([players[1].paused, players[1].muted]).toEqual([false, true]);
    await pass(100);
    expect([players[0].seen, players[1].seen]).toEqual([false, true]);
    expect([players[0].paused, players[1].paused]).toEqual([true, false]);
    expect(players[1].time).toBeGreaterThan(8.05);
    stage.close();
  });

  it("stops what it set going too soon, when the change is called off", async () => {
    const { stage, players, pass } = theatre();
    stage.unlock();
    stage.tell([film(0, "a"), film(5_000, "b")]);
    await pass(200);
    for (const player of players) player.bring(60);
    await pass(4_780);
    expect(players[1].paused).toBe(false);
    stage.tell([cue(4_980, { show: "frame", phase: "held", media: "a", media_ms: 4_980, generation: 2 })]);
    await pass(200);
    expect([players[0].paused, players[1].paused]).toEqual([true, true]);
    stage.close();
  });

  it("loads what should be seen before what comes next, and keeps the old picture meanwhile", async () => {
    const { stage, players, pass } = theatre();
    stage.unlock();
    stage.tell([film(0, "a")]);
    await pass(100);
    players[0].bring(60);
    await pass(1_000);
    stage.tell([film(1_000, "b", 5_000, 2), film(9_000, "c", 0, 2)]);
    await pass(3_000);
    expect(players[1].asked).toEqual(["/m/b/index.m3u8"]);
    expect([players[0].seen, players[1].seen]).toEqual([true, false]);
    players[1].bring(60);
    await pass(200);
    expect([players[0].seen, players[1].seen]).toEqual([false, true]);
    expect(players[0].asked.at(-1)).toBe("/m/c/index.m3u8");
    stage.close();
  });

  it("does not hurry after the programme before anybody has joined", async () => {
    const { stage, players, pass } = theatre();
    stage.tell([film(0, "a")]);
    await pass(100);
    players[0].bring(60);
    await pass(10_000);
    expect(players[0].paused).toBe(true);
    expect(players[0].seeks.length).toBeLessThan(6);
    stage.unlock();
    await pass(500);
    expect(players[0].paused).toBe(false);
    expect(Math.abs(players[0].time * 1_000 - local)).toBeLessThan(250);
    stage.close();
  });
});
