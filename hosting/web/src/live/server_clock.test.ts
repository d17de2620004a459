import { describe, expect, it } from "vitest";
import { AGAIN_MS, SAMPLES, ServerClock } from "./server_clock";

/** A line to a server whose clock is `ahead`; each ask takes the next of `delays`, there and back. */
function line(ahead: number, delays: [number, number][]) {
  let local = 1_000;
  let asked = 0;
  return {
    local: () => local,
    pass: (ms: number) => (local += ms),
    ask: async () => {
      const [there, back] = delays[asked++ % delays.length]!;
      local += there;
      const server = local + ahead;
      local += back;
      return server;
    },
  };
}

describe("the server's clock", () => {
  it("is found though every sample is lopsided, if each direction is quick now and then", async () => {
    const means = line(300_000, [
      [200, 0],
      [0, 250],
      [150, 20],
      [90, 300],
      [300, 80],
      [40, 60],
      [300, 1],
      [170, 290],
    ]);
    const clock = new ServerClock(means);
    await clock.sample();
    expect(clock.now() - means.local()).toBeCloseTo(300_000, -1);
    expect(clock.uncertainty()).toBeLessThan(2);
  });

  it("is off by half the difference on a line that always takes longer there than back, and says so", async () => {
    const means = line(0, [[300, 0]]);
    const clock = new ServerClock(means);
    await clock.sample();
    expect(Math.abs(clock.now() - means.local())).toBeLessThan(151);
    expect(clock.uncertainty()).toBeGreaterThan(149);
  });

  it("keeps what it knew when the server cannot be reached", async () => {
    const means = line(-5_000, [[2, 2]]);
    const broken = new ServerClock({ local: means.local, ask: () => Promise.reject(new Error("down")) });
    broken.hint(77);
    await broken.sample();
    expect(broken.now()).toBe(77);
    expect(broken.uncertainty()).toBe(Infinity);
  });

  it("takes a hint only until it knows better", async () => {
    const means = line(100, [[1, 1]]);
    const clock = new ServerClock(means);
    clock.hint(means.local() + 500);
    expect(clock.now() - means.local()).toBe(500);
    await clock.sample(1);
    clock.hint(means.local() + 900);
    expect(clock.now() - means.local()).toBeCloseTo(100, -1);
  });

  it("lets a newer sample drift away from an old one, and forgets those that are too old", async () => {
    let ahead = 100;
    let local = 0;
    let delay = 2;
    const clock = new ServerClock({
      local: () => local,
      ask: async () => {
        local += delay;
        return local - delay / 2 + ahead;
      },
    });
    await clock.sample(1);
    local += 2 * AGAIN_MS;
    ahead = 104;
    await clock.sample(1);
    expect(clock.now() - local).toBeGreaterThan(103);
    local += 6 * AGAIN_MS;
    ahead = 130;
    delay = 40;
    await clock.sample(1);
    expect(clock.now() - local).toBeCloseTo(130, -1);
  });

  it("believes the newest sample where an older one contradicts it, as after a sleep", async () => {
    const means = line(100, [[1, 1]]);
    let ahead = 0;
    const clock = new ServerClock({ local: means.local, ask: async () => (await means.ask()) + ahead });
    await clock.sample(2);
    ahead = 600_000;
    await clock.sample(1);
    expect(clock.now() - means.local()).toBeCloseTo(600_100, -1);
    expect(clock.uncertainty()).toBeLessThan(2);
  });

  it("samples every minute, sooner while it knows little, at once after a sleep, and not when stopped", async () => {
    let [delay, asked, wall, stopped] = [200, 0, 0, 0];
    const means = line(0, [[0, 0]]);
    let check = (): void => undefined;
    const clock = new ServerClock({
      local: means.local,
      wall: () => means.local() + wall,
      ask: async () => {
        asked += 1;
        return means.pass(delay) - delay;
      },
      every: (_ms, run) => ((check = run), () => void (stopped += 1)),
    });
    const rounds = async (seconds: number): Promise<number> => {
      asked = 0;
      for (let n = 0; n < seconds / 4; n += 1) {
        means.pass(4_000);
        check();
        await new Promise((done) => setTimeout(done));
      }
      return Math.round(asked / SAMPLES);
    };
    clock.start();
    clock.start();
    expect(await rounds(16)).toBeGreaterThanOrEqual(2);
    expect(await rounds(240)).toBeLessThan(7);
    delay = 2;
    await clock.sample();
    expect(await rounds(120)).toBe(2);
    wall = 600_000;
    expect(await rounds(4)).toBe(1);
    clock.stop();
    expect(stopped).toBe(1);
  });
});
