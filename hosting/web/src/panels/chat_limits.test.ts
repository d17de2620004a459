import { describe, expect, it } from "vitest";
import { ChatRateLimit, countCharacters, MAX_MESSAGES, RATE_WINDOW_MS } from "./chat_limits";

describe("the rate limit", () => {
  it("allows three messages at once, and a fourth ten seconds after the first", () => {
    const limit = new ChatRateLimit();
    for (let n = 0; n < MAX_MESSAGES; n += 1) {
      expect(limit.computeWait(100 * n)).toBe(0);
      limit.recordMessage(100 * n);
    }
    expect(limit.computeWait(2_000)).toBe(RATE_WINDOW_MS - 2_000);
    expect(limit.computeWait(RATE_WINDOW_MS)).toBe(0);
    limit.recordMessage(RATE_WINDOW_MS);
    expect(limit.computeWait(RATE_WINDOW_MS)).toBe(100);
  });
});

describe("the character count", () => {
  it("counts as the hosting does", () => {
    expect(countCharacters("  two words \n")).toBe(9);
    expect(countCharacters("😀😀")).toBe(2);
    expect(countCharacters("e\u0301")).toBe(1);
    expect(countCharacters("a\r\nb")).toBe(3);
  });
});
