/**
 * The clock of an on-demand room: a position in the recording that the viewer can play, pause and seek.
 *
 * The clock follows the player: the stage reports how far the player is ahead and when it waits for data. So a slow
 * connection delays the recording but never skips a part of it.
 */

/** The position of one viewer in an on-demand room. */
export class ViewerClock {
  isPlaying = false;
  private anchorPosition = 0;
  private anchorTime: number;
  private isBuffering = false;

  constructor(
    readonly lengthMs: number,
    private readonly localNow: () => number,
  ) {
    this.anchorTime = localNow();
  }

  /** Return the position in milliseconds. */
  now(): number {
    const elapsed = this.isPlaying && !this.isBuffering ? this.localNow() - this.anchorTime : 0;
    return Math.min(this.lengthMs, this.anchorPosition + elapsed);
  }

  /** Whether the position is at the end. */
  get hasEnded(): boolean {
    return this.now() >= this.lengthMs;
  }

  /** Play on, or from the start when the end was reached. */
  play(): void {
    if (this.hasEnded) this.seek(0);
    this.moveAnchor(this.now());
    this.isPlaying = true;
  }

  /** Stop at the current position. */
  pause(): void {
    this.moveAnchor(this.now());
    this.isPlaying = false;
  }

  /** Move to a position within the recording. */
  seek(position: number): void {
    this.moveAnchor(Math.max(0, Math.min(this.lengthMs, position)));
  }

  /** Correct the position by how far the player is ahead; hold it while the player waits for data. */
  followPlayer(aheadMs: number, isBuffering: boolean): void {
    if (isBuffering !== this.isBuffering) {
      this.moveAnchor(this.now());
      this.isBuffering = isBuffering;
    }
    if (aheadMs && !isBuffering) this.moveAnchor(Math.max(0, this.now() + aheadMs));
  }

  private moveAnchor(position: number): void {
    this.anchorPosition = position;
    this.anchorTime = this.localNow();
  }
}
