/** The limits of the chat, known before anything is sent: so much of a message, so many of them in a while. */

export const LONGEST = 1_000;
export const MOST = 3;
export const WITHIN_MS = 10_000;

/** How many characters the hosting will count. It composes letters first and counts code points, not halves of them. */
export function lengthOf(text: string): number {
  return [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;
}

/** When somebody sent what they sent lately, and so how long the next message has to wait. */
export class Pace {
  private times: number[] = [];

  /** A message goes out at a local time. */
  sent(local: number): void {
    this.times = [...this.times, local].slice(-MOST);
  }

  /** How long until another one is taken, in milliseconds; 0 when it is taken at once. */
  wait(local: number): number {
    const third = this.times.length < MOST ? -Infinity : this.times[0]!;
    return Math.max(0, third + WITHIN_MS - local);
  }
}
