import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FakeVideo, READY_STATES } from "./fake_video";
import { type PlaybackEstimates, VideoPlayer } from "./video_player";

beforeAll(() => {
  vi.stubGlobal("HTMLMediaElement", READY_STATES);
});
afterAll(() => vi.unstubAllGlobals());

function createPlayer(estimates: PlaybackEstimates = { bitsPerSecond: 1, startLatencyMs: 100 }) {
  const video = new FakeVideo();
  let local = 1_000;
  let programmeMs = 30_000;
  const player = new VideoPlayer(video as unknown as HTMLVideoElement, {
    loadHls: () => Promise.resolve(null),
    getUrl: (media) => media,
    localNow: () => local,
    onPicture: () => undefined,
    onAutoplayBlocked: () => undefined,
    estimates,
  });
  const advance = async (ms: number, followsProgramme = true): Promise<void> => {
    for (let elapsed = 0; elapsed < ms; elapsed += 50) {
      local += 50;
      programmeMs += 50;
      video.advance(50);
      if (followsProgramme) player.playAt(programmeMs);
      await Promise.resolve();
    }
  };
  return {
    player,
    video,
    advance,
    getBehindMs: (): number => programmeMs - video.time * 1_000,
    getProgrammeMs: (): number => programmeMs,
  };
}

async function createPlayingPlayer() {
  const context = createPlayer();
  context.player.load("film", 30_000);
  await context.advance(100);
  context.video.bufferTo(60);
  await context.advance(1_000);
  return context;
}

describe("the video player", () => {
  it("starts at the position of the programme, however late the data arrive, and keeps the pitch", async () => {
    const { player, video, advance, getBehindMs } = createPlayer();
    player.load("film", 30_000);
    expect(player.hasPicture).toBe(false);
    await advance(1_200);
    expect([video.playCount, video.paused]).toEqual([0, true]);
    video.bufferTo(60);
    await advance(1_000);
    expect(player.hasPicture).toBe(true);
    expect([video.paused, video.preservesPitch]).toEqual([false, true]);
    expect(Math.abs(getBehindMs())).toBeLessThan(200);
    expect(video.seeks).toHaveLength(1);
  });

  it("repeats a late start once, and corrects the rest by the rate", async () => {
    const { player, video, advance, getBehindMs } = createPlayer();
    video.startLatencyMs = 700;
    player.load("film", 30_000);
    await advance(100);
    video.bufferTo(60);
    await advance(1_200);
    expect([video.playCount, video.seeks.length]).toEqual([2, 1]);
    await advance(800);
    expect(getBehindMs()).toBeLessThan(600);
    await advance(12_000);
    expect([video.playCount, video.seeks.length]).toEqual([2, 1]);
    expect(Math.abs(getBehindMs())).toBeLessThan(100);
  });

  it("skips ahead when the click unlocks it at an old position", async () => {
    const { player, video, advance, getBehindMs } = createPlayer();
    player.load("film", 30_000);
    await advance(50, false);
    video.bufferTo(60);
    player.pauseAt(30_000);
    await advance(600, false);
    player.unlock();
    await advance(300);
    expect(video.seeks).toHaveLength(1);
    expect(Math.abs(getBehindMs())).toBeLessThan(200);
  });

  it("corrects small differences by at most five per cent and never seeks for them", async () => {
    const { video, advance, getBehindMs } = await createPlayingPlayer();
    const before = video.seeks.length;
    video.time -= 0.7;
    for (let n = 0; n < 400; n += 1) {
      await advance(50);
      expect(Math.abs(video.playbackRate - 1)).toBeLessThan(0.0501);
    }
    expect(video.seeks).toHaveLength(before);
    expect(Math.abs(getBehindMs())).toBeLessThan(20);
  });

  it("waits for data that are on their way, and then seeks once to the programme", async () => {
    const { video, advance, getBehindMs } = await createPlayingPlayer();
    const before = video.seeks.length;
    video.bufferedTo = video.time;
    await advance(3_000);
    expect(video.seeks).toHaveLength(before);
    video.bufferTo(90);
    await advance(1_500);
    expect(video.seeks).toHaveLength(before + 1);
    expect(Math.abs(getBehindMs())).toBeLessThan(200);
  });

  it("gives up on data that do not arrive, and seeks ahead", async () => {
    const { video, advance } = await createPlayingPlayer();
    const before = video.seeks.length;
    video.bufferedTo = video.time;
    await advance(9_000);
    expect(video.seeks).toHaveLength(before + 1);
  });

  it("loads the media again when a segment was lost", async () => {
    const { video, advance } = await createPlayingPlayer();
    const before = video.requestedUrls.length;
    video.bufferedFrom = video.time + 20;
    video.bufferTo(90);
    video.currentTime = video.time + 1;
    await advance(1_400);
    expect(video.requestedUrls).toHaveLength(before);
    await advance(400);
    expect(video.requestedUrls).toHaveLength(before + 1);
  });

  it("pauses at the exact frame, but does not chase a moving position within the tolerance", async () => {
    const { player, video, advance, getProgrammeMs } = await createPlayingPlayer();
    player.pauseAt(getProgrammeMs());
    const before = video.seeks.length;
    for (let n = 0; n < 20; n += 1) {
      await advance(50, false);
      player.pauseAt(getProgrammeMs(), 2_000);
    }
    expect(video.seeks).toHaveLength(before);
    player.pauseAt(getProgrammeMs());
    expect(video.seeks).toHaveLength(before + 1);
    expect(video.paused).toBe(true);
  });

  it("goes on playing after the click that unlocked it", async () => {
    const { player, video, advance } = await createPlayingPlayer();
    player.pauseAt(video.time * 1_000);
    player.unlock();
    await advance(200);
    expect(video.paused).toBe(false);
  });

  it("measures the start latency, and starts that much earlier", async () => {
    const estimates = { bitsPerSecond: 1, startLatencyMs: 100 };
    const { player, video, advance } = createPlayer(estimates);
    player.load("film", 30_000);
    await advance(100);
    video.bufferTo(60);
    await advance(2_000);
    expect(estimates.startLatencyMs).toBeLessThan(100);
  });

  it("plays early where the browser fetches nothing until it plays, as on phones", async () => {
    const { player, video, advance } = createPlayer();
    player.load("film", 30_000);
    await advance(1_000);
    expect(video.playCount).toBe(0);
    await advance(1_000);
    expect(video.playCount).toBe(1);
  });
});
