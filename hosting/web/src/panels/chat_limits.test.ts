import { describe, expect, it } from "vitest";
import { MAX_MESSAGES_PER_WINDOW, MESSAGE_WINDOW_MS } from "../live/generated";
import { ChatRateLimit, countCharacters } from "./chat_limits";

describe("the rate limit", () => {
  it("allows three messages at once, and a fourth ten seconds after the first", () => {
    const limit = new ChatRateLimit();
    for (let n = 0; n < MAX_MESSAGES_PER_WINDOW; n += 1) {
      expect(limit.computeWait(100 * n)).toBe(0);
      limit.recordMessage(100 * n);
    }
    expect(limit.computeWait(2_000)).toBe(MESSAGE_WINDOW_MS - 2_000);
    expect(limit.computeWait(MESSAGE_WINDOW_MS)).toBe(0);
    limit.recordMessage(MESSAGE_WINDOW_MS);
    expect(limit.computeWait(MESSAGE_WINDOW_MS)).toBe(100);
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
