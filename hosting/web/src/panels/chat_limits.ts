/** The limits of the chat, known before anything is sent: so much of a message, so many of them in a while. */

export const MAX_MESSAGE_LENGTH = 1_000;
export const MAX_MESSAGES = 3;
export const RATE_WINDOW_MS = 10_000;

/** How many characters the hosting will count. It composes letters first and counts code points, not halves of them. */
export function countCharacters(text: string): number {
  return [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;
}

/** When somebody sent what they sent lately, and so how long the next message has to wait. */
export class ChatRateLimit {
  private sentAt: number[] = [];

  /** A message goes out at a local time. */
  recordMessage(localMs: number): void {
    this.sentAt = [...this.sentAt, localMs].slice(-MAX_MESSAGES);
  }

  /** How long until another one is taken, in milliseconds; 0 when it is taken at once. */
  computeWait(localMs: number): number {
    const oldestAt = this.sentAt.length < MAX_MESSAGES ? -Infinity : this.sentAt[0]!;
    return Math.max(0, oldestAt + RATE_WINDOW_MS - localMs);
  }
}
