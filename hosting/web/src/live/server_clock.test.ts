import { describe, expect, it } from "vitest";
import { RESAMPLE_MS, SAMPLE_COUNT, ServerClock } from "./server_clock";

/** A server whose clock is `ahead`; each request takes the next of `delays`, there and back. */
function createConnection(ahead: number, delays: [number, number][]) {
  let local = 1_000;
  let requestCount = 0;
  return {
    localNow: () => local,
    advance: (ms: number) => (local += ms),
    fetchServerTime: async () => {
      const [there, back] = delays[requestCount++ % delays.length]!;
      local += there;
      const serverTime = local + ahead;
      local += back;
      return serverTime;
    },
  };
}

describe("the server's clock", () => {
  it("is exact although every sample is lopsided, if each direction is quick now and then", async () => {
    const connection = createConnection(300_000, [
      [200, 0],
      [0, 250],
      [150, 20],
      [90, 300],
      [300, 80],
      [40, 60],
      [300, 1],
      [170, 290],
    ]);
    const clock = new ServerClock(connection);
    await clock.sample();
    expect(clock.now() - connection.localNow()).toBeCloseTo(300_000, -1);
    expect(clock.getUncertainty()).toBeLessThan(2);
  });

  it("is off by half the difference if one direction is always slower, and reports that uncertainty", async () => {
    const connection = createConnection(0, [[300, 0]]);
    const clock = new ServerClock(connection);
    await clock.sample();
    expect(Math.abs(clock.now() - connection.localNow())).toBeLessThan(151);
    expect(clock.getUncertainty()).toBeGreaterThan(149);
  });

  it("keeps its estimate when the server is unreachable", async () => {
    const connection = createConnection(-5_000, [[2, 2]]);
    const broken = new ServerClock({
      localNow: connection.localNow,
      fetchServerTime: () => Promise.reject(new Error("down")),
    });
    broken.setFirstEstimate(77);
    await broken.sample();
    expect(broken.now()).toBe(77);
    expect(broken.getUncertainty()).toBe(Infinity);
  });

  it("uses a first estimate only until there is a sample", async () => {
    const connection = createConnection(100, [[1, 1]]);
    const clock = new ServerClock(connection);
    clock.setFirstEstimate(connection.localNow() + 500);
    expect(clock.now() - connection.localNow()).toBe(500);
    await clock.sample(1);
    clock.setFirstEstimate(connection.localNow() + 900);
    expect(clock.now() - connection.localNow()).toBeCloseTo(100, -1);
  });

  it("widens the bounds of old samples, and drops those that are too old", async () => {
    let ahead = 100;
    let local = 0;
    let delay = 2;
    const clock = new ServerClock({
      localNow: () => local,
      fetchServerTime: async () => {
        local += delay;
        return local - delay / 2 + ahead;
      },
    });
    await clock.sample(1);
    local += 2 * RESAMPLE_MS;
    ahead = 104;
    await clock.sample(1);
    expect(clock.now() - local).toBeGreaterThan(103);
    local += 6 * RESAMPLE_MS;
    ahead = 130;
    delay = 40;
    await clock.sample(1);
    expect(clock.now() - local).toBeCloseTo(130, -1);
  });

  it("drops older samples that contradict the newest one, as after a sleep", async () => {
    const connection = createConnection(100, [[1, 1]]);
    let ahead = 0;
    const clock = new ServerClock({
      localNow: connection.localNow,
      fetchServerTime: async () => (await connection.fetchServerTime()) + ahead,
    });
    await clock.sample(2);
    ahead = 600_000;
    await clock.sample(1);
    expect(clock.now() - connection.localNow()).toBeCloseTo(600_100, -1);
    expect(clock.getUncertainty()).toBeLessThan(2);
  });

  it("samples every minute, sooner while uncertain, at once after a sleep, and not when stopped", async () => {
    let [delay, requestCount, wallShift, stopCount] = [200, 0, 0, 0];
    const connection = createConnection(0, [[0, 0]]);
    let runTimer = (): void => undefined;
    const clock = new ServerClock({
      localNow: connection.localNow,
      wallNow: () => connection.localNow() + wallShift,
      fetchServerTime: async () => {
        requestCount += 1;
        return connection.advance(delay) - delay;
      },
      startTimer: (_ms, run) => {
        runTimer = run;
        return () => {
          stopCount += 1;
        };
      },
    });
    const countRounds = async (seconds: number): Promise<number> => {
      requestCount = 0;
      for (let n = 0; n < seconds / 4; n += 1) {
        connection.advance(4_000);
        runTimer();
        await new Promise((done) => setTimeout(done));
      }
      return Math.round(requestCount / SAMPLE_COUNT);
    };
    clock.start();
    clock.start();
    expect(await countRounds(16)).toBeGreaterThanOrEqual(2);
    expect(await countRounds(240)).toBeLessThan(7);
    delay = 2;
    await clock.sample();
    expect(await countRounds(120)).toBe(2);
    wallShift = 600_000;
    expect(await countRounds(4)).toBe(1);
    clock.stop();
    expect(stopCount).toBe(1);
  });
});
