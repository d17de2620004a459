import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Player, READY_STATES } from "./fake_video";
import { Deck, type Learnt } from "./video_player";

beforeAll(() => {
  vi.stubGlobal("HTMLMediaElement", READY_STATES);
});
afterAll(() => vi.unstubAllGlobals());

function evening(learnt: Learnt = { bits: 1, lagMs: 100 }) {
  const player = new Player();
  let local = 1_000;
  let programme = 30_000;
  const deck = new Deck(player as unknown as HTMLVideoElement, {
    hls: () => Promise.resolve(null),
    url: (media) => media,
    local: () => local,
    onReady: () => undefined,
    onBlocked: () => undefined,
    learnt,
  });
  const pass = async (ms: number, drive = true): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 50) {
      local += 50;
      programme += 50;
      player.pass(50);
      if (drive) deck.drive(programme);
      await Promise.resolve();
    }
  };
  return { deck, player, pass, late: (): number => programme - player.time * 1_000, at: (): number => programme };
}

async function begun() {
  const room = evening();
  room.deck.load("film", 30_000);
  await room.pass(100);
  room.player.bring(60);
  await room.pass(1_000);
  return room;
}

describe("a deck", () => {
  it("begins where the programme is, however late the data come, and keeps the pitch", async () => {
    const { deck, player, pass, late } = evening();
    deck.load("film", 30_000);
    expect(deck.pictured).toBe(false);
    await pass(1_200);
    expect([player.plays, player.paused]).toEqual([0, true]);
    player.bring(60);
    await pass(1_000);
    expect(deck.pictured).toBe(true);
    expect([player.paused, player.preservesPitch]).toEqual([false, true]);
    expect(Math.abs(late())).toBeLessThan(200);
    expect(player.seeks).toHaveLength(1);
  });

  it("makes a start that turned out late again, once, and works off the rest", async () => {
    const { deck, player, pass, late } = evening();
    player.lagMs = 700;
    deck.load("film", 30_000);
    await pass(100);
    player.bring(60);
    await pass(1_200);
    expect([player.plays, player.seeks.length]).toEqual([2, 1]);
    await pass(800);
    expect(late()).toBeLessThan(600);
    await pass(12_000);
    expect([player.plays, player.seeks.length]).toEqual([2, 1]);
    expect(Math.abs(late())).toBeLessThan(100);
  });

  it("is not left behind where it stood when the click unlocked it", async () => {
    const { deck, player, pass, late } = evening();
    deck.load("film", 30_000);
    await pass(50, false);
    player.bring(60);
    deck.stand(30_000);
    await pass(600, false);
    deck.unlock();
    await pass(300);
    expect(player.seeks).toHaveLength(1);
    expect(Math.abs(late())).toBeLessThan(200);
  });

  it("works off small differences within five per cent and never seeks for them", async () => {
    const { player, pass, late } = await begun();
    const before = player.seeks.length;
    player.time -= 0.7;
    for (let n = 0; n < 400; n += 1) {
      await pass(50);
      expect(Math.abs(player.playbackRate - 1)).toBeLessThan(0.0501);
    }
    expect(player.seeks).toHaveLength(before);
    expect(Math.abs(late())).toBeLessThan(20);
  });

  it("waits for data that are on their way, and then seeks once to where the programme is", async () => {
    const { player, pass, late } = await begun();
    const before = player.seeks.length;
    player.loadedTo = player.time;
    await pass(3_000);
    expect(player.seeks).toHaveLength(before);
    player.bring(90);
    await pass(1_500);
    expect(player.seeks).toHaveLength(before + 1);
    expect(Math.abs(late())).toBeLessThan(200);
  });

  it("gives up on data that do not come, and seeks on", async () => {
    const { player, pass } = await begun();
    const before = player.seeks.length;
    player.loadedTo = player.time;
    await pass(9_000);
    expect(player.seeks).toHaveLength(before + 1);
  });

  it("loads anew when the part it seeks was lost on the way", async () => {
    const { player, pass } = await begun();
    const before = player.asked.length;
    player.loadedFrom = player.time + 20;
    player.bring(90);
    player.currentTime = player.time + 1;
    await pass(1_400);
    expect(player.asked).toHaveLength(before);
    await pass(400);
    expect(player.asked).toHaveLength(before + 1);
  });

  it("stands at a place to the frame, but does not chase one that moves on", async () => {
    const { deck, player, pass, at } = await begun();
    deck.stand(at());
    const before = player.seeks.length;
    for (let n = 0; n < 20; n += 1) {
      await pass(50, false);
      deck.stand(at(), 2_000);
    }
    expect(player.seeks).toHaveLength(before);
    deck.stand(at());
    expect(player.seeks).toHaveLength(before + 1);
    expect(player.paused).toBe(true);
  });

  it("is not stopped by the click that unlocked it once it plays", async () => {
    const { deck, player, pass } = await begun();
    deck.stand(player.time * 1_000);
    deck.unlock();
    await pass(200);
    expect(player.paused).toBe(false);
  });

  it("learns how long it takes until the picture moves, and starts so much earlier", async () => {
    const learnt = { bits: 1, lagMs: 100 };
    const { deck, player, pass } = evening(learnt);
    deck.load("film", 30_000);
    await pass(100);
    player.bring(60);
    await pass(2_000);
    expect(learnt.lagMs).toBeLessThan(100);
  });

  it("plays what fetches nothing before it plays, as phones do", async () => {
    const { deck, player, pass } = evening();
    deck.load("film", 30_000);
    await pass(1_000);
    expect(player.plays).toBe(0);
    await pass(1_000);
    expect(player.plays).toBe(1);
  });
});
