/** The limits of the hosting for chat messages, checked before a message is sent. */

/** The largest number of characters in a message. */
export const MAX_MESSAGE_LENGTH = 1_000;
/** The largest number of messages within `RATE_WINDOW_MS`. */
export const MAX_MESSAGES = 3;
/** The time in which `MAX_MESSAGES` may be sent. */
export const RATE_WINDOW_MS = 10_000;

/** Count the characters of a message as the hosting does: code points after composing letters (NFC). */
export function countCharacters(text: string): number {
  return [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;
}

/** The rate limit for messages of one attendee: at most `MAX_MESSAGES` within `RATE_WINDOW_MS`. */
export class ChatRateLimit {
  private sentAt: number[] = [];

  /** Record that a message is sent at a local time. */
  recordMessage(localMs: number): void {
    this.sentAt = [...this.sentAt, localMs].slice(-MAX_MESSAGES);
  }

  /** Return how many milliseconds the next message has to wait; 0 if it may be sent at once. */
  computeWait(localMs: number): number {
    const oldestAt = this.sentAt.length < MAX_MESSAGES ? -Infinity : this.sentAt[0]!;
    return Math.max(0, oldestAt + RATE_WINDOW_MS - localMs);
  }
}
