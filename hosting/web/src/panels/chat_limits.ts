/** The limits of the hosting for chat messages, checked before a message is sent. */

import { MAX_LENGTHS, MAX_MESSAGES_PER_WINDOW, MESSAGE_WINDOW_MS } from "../live/generated";

/** The largest number of characters in a message. */
export const MAX_MESSAGE_LENGTH = MAX_LENGTHS.ChatMessageRequest.text;

/** Count the characters of a message as the hosting does: code points after composing letters (NFC). */
export function countCharacters(text: string): number {
  return [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;
}

/** The rate limit for messages of one attendee: at most `MAX_MESSAGES_PER_WINDOW` within `MESSAGE_WINDOW_MS`. */
export class ChatRateLimit {
  private sentAt: number[] = [];

  /** Record that a message is sent at a local time. */
  recordMessage(localMs: number): void {
    this.sentAt = [...this.sentAt, localMs].slice(-MAX_MESSAGES_PER_WINDOW);
  }

  /** Return how many milliseconds the next message has to wait; 0 if it may be sent at once. */
  computeWait(localMs: number): number {
    const oldestAt = this.sentAt.length < MAX_MESSAGES_PER_WINDOW ? -Infinity : this.sentAt[0]!;
    return Math.max(0, oldestAt + MESSAGE_WINDOW_MS - localMs);
  }
}
