import { describe, expect, it } from "vitest";
import { MAX_RATE_CHANGE, PlaybackSync, SEEK_THRESHOLD_MS } from "./playback_sync";

describe("playback sync", () => {
  it("does nothing near the target", () => {
    expect(new PlaybackSync().chooseAction(14, 0)).toEqual({ kind: "none" });
  });

  it("changes the rate by at most five per cent, until the difference is nearly zero", () => {
    const sync = new PlaybackSync();
    expect(sync.chooseAction(900, 0)).toEqual({ kind: "rate", rate: 1 + MAX_RATE_CHANGE });
    expect(sync.chooseAction(-900, 0)).toEqual({ kind: "rate", rate: 1 - MAX_RATE_CHANGE });
    expect(sync.chooseAction(12, 0)).toEqual({ kind: "rate", rate: 1.02 });
    expect(sync.chooseAction(4, 0)).toEqual({ kind: "none" });
    expect(sync.chooseAction(14, 0)).toEqual({ kind: "none" });
  });

  it("does not overshoot when it is called rarely, as in a background tab", () => {
    const sync = new PlaybackSync();
    let behind = 900;
    let rate = 1;
    for (let local = 0; local <= 600_000; local += 60_000) {
      const action = sync.chooseAction(behind, local);
      expect(action.kind).not.toBe("seek");
      rate = action.kind === "rate" && local > 0 ? action.rate : 1;
      behind -= 60_000 * (rate - 1);
    }
    expect(Math.abs(behind)).toBeLessThan(25);
  });

  it("ends within 25 ms of the clock for a player that starts 600 ms late", () => {
    const sync = new PlaybackSync();
    let behind = 600;
    for (let local = 0; local < 40_000; local += 100) {
      const action = sync.chooseAction(behind, local);
      expect(action.kind).not.toBe("seek");
      if (action.kind === "rate") behind -= 100 * (action.rate - 1);
    }
    expect(Math.abs(behind)).toBeLessThan(25);
  });

  it("seeks beyond a second, and less and less often when that does not help", () => {
    const sync = new PlaybackSync();
    const seeks: number[] = [];
    for (let local = 0; local <= 60_000; local += 100)
      if (sync.chooseAction(SEEK_THRESHOLD_MS + 1, local).kind === "seek") seeks.push(local);
    expect(seeks).toEqual([0, 2_500, 7_500, 17_500, 37_500, 57_500]);
    sync.reset();
    expect(sync.chooseAction(SEEK_THRESHOLD_MS + 1, 60_100).kind).toBe("seek");
  });
});
