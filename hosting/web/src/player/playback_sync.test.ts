import { describe, expect, it } from "vitest";
import { Drift, MOST_RATE, SEEK_MS } from "./playback_sync";

describe("drift", () => {
  it("rests where it is near", () => {
    expect(new Drift().step(14, 0)).toEqual({ do: "rest" });
  });

  it("is worked off by at most five per cent, until it is nearly nothing", () => {
    const drift = new Drift();
    expect(drift.step(900, 0)).toEqual({ do: "rate", rate: 1 + MOST_RATE });
    expect(drift.step(-900, 0)).toEqual({ do: "rate", rate: 1 - MOST_RATE });
    expect(drift.step(12, 0)).toEqual({ do: "rate", rate: 1.02 });
    expect(drift.step(4, 0)).toEqual({ do: "rest" });
    expect(drift.step(14, 0)).toEqual({ do: "rest" });
  });

  it("does not overshoot where it is looked at rarely, as in a tab in the background", () => {
    const drift = new Drift();
    let behind = 900;
    let rate = 1;
    for (let local = 0; local <= 600_000; local += 60_000) {
      const step = drift.step(behind, local);
      expect(step.do).not.toBe("seek");
      rate = step.do === "rate" && local > 0 ? step.rate : 1;
      behind -= 60_000 * (rate - 1);
    }
    expect(Math.abs(behind)).toBeLessThan(25);
  });

  it("ends within 25 ms of the clock for a player that starts 600 ms late", () => {
    const drift = new Drift();
    let behind = 600;
    for (let local = 0; local < 40_000; local += 100) {
      const step = drift.step(behind, local);
      expect(step.do).not.toBe("seek");
      if (step.do === "rate") behind -= 100 * (step.rate - 1);
    }
    expect(Math.abs(behind)).toBeLessThan(25);
  });

  it("seeks beyond a second, and ever more rarely when that does not help", () => {
    const drift = new Drift();
    const sought: number[] = [];
    for (let local = 0; local <= 60_000; local += 100)
      if (drift.step(SEEK_MS + 1, local).do === "seek") sought.push(local);
    expect(sought).toEqual([0, 2_500, 7_500, 17_500, 37_500, 57_500]);
    drift.forget();
    expect(drift.step(SEEK_MS + 1, 60_100).do).toBe("seek");
  });
});
