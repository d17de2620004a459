import { describe, expect, it } from "vitest";
import { lengthOf, MOST, Pace, WITHIN_MS } from "./chat_limits";

describe("the pace", () => {
  it("lets three go at once, and the fourth when the first is ten seconds old", () => {
    const pace = new Pace();
    for (let n = 0; n < MOST; n += 1) {
      expect(pace.wait(100 * n)).toBe(0);
      pace.sent(100 * n);
    }
    expect(pace.wait(2_000)).toBe(WITHIN_MS - 2_000);
    expect(pace.wait(WITHIN_MS)).toBe(0);
    pace.sent(WITHIN_MS);
    expect(pace.wait(WITHIN_MS)).toBe(100);
  });
});

describe("the length", () => {
  it("is counted as the hosting counts", () => {
    expect(lengthOf("  two words \n")).toBe(9);
    expect(lengthOf("😀😀")).toBe(2);
    expect(lengthOf("e\u0301")).toBe(1);
    expect(lengthOf("a\r\nb")).toBe(3);
  });
});
