import { describe, expect, it } from "vitest";
import { AGAIN_MS, ServerClock } from "./clock";

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
  it("believes the sample with the least delay, whatever the lopsided ones say", async () => {
    const means = line(300_000, [[200, 0], [0, 250], [3, 3], [150, 20], [90, 0], [0, 80], [300, 1], [40, 60]]);
    const clock = new ServerClock(means);
    await clock.sample();
    expect(clock.now() - means.local()).toBe(300_000);
    expect(clock.uncertainty()).toBe(3);
  });

  it("keeps what it knew when the server cannot be reached", async () => {
    const means = line(-5_000, [[2, 2]]);
    const clock = new ServerClock(means);
    await clock.sample(1);
    const broken = new ServerClock({ local: means.local, ask: () => Promise.reject(new Error("down")) });
    broken.hint(77);
    await broken.sample();
    expect(broken.now()).toBe(77);
    expect(clock.now() - means.local()).toBe(-5_000);
  });

  it("takes a hint only until it knows better", async () => {
    const means = line(100, [[1, 1]]);
    const clock = new ServerClock(means);
    clock.hint(means.local() + 500);
    expect(clock.now() - means.local()).toBe(500);
    await clock.sample(1);
    clock.hint(means.local() + 900);
    expect(clock.now() - means.local()).toBe(100);
  });

  it("forgets old samples, for clocks drift apart", async () => {
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
    local += 6 * AGAIN_MS;
    ahead = 130;
    delay = 40;
    await clock.sample(1);
    expect(clock.now() - local).toBe(130);
  });

  it("samples again every minute until it is stopped", () => {
    const asked: number[] = [];
    const stopped: string[] = [];
    const every = (ms: number) => {
      asked.push(ms);
      return () => void stopped.push("yes");
    };
    const clock = new ServerClock({ local: () => 0, ask: () => Promise.resolve(0), every });
    clock.start();
    clock.start();
    clock.stop();
    expect([asked, stopped]).toEqual([[AGAIN_MS], ["yes"]]);
  });
});
