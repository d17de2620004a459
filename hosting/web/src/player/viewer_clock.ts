/**
 * A viewer's own clock, for rooms on demand: a position that they may move, stop and set going.
 *
 * The picture leads it: the stage tells by how much the player is ahead of it, and while the player waits for data the
 * position waits, too, so nothing of the programme is ever skipped by a slow line.
 */

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

  now(): number {
    const elapsed = this.isPlaying && !this.isBuffering ? this.localNow() - this.anchorTime : 0;
    return Math.min(this.lengthMs, this.anchorPosition + elapsed);
  }

  get hasEnded(): boolean {
    return this.now() >= this.lengthMs;
  }

  play(): void {
    if (this.hasEnded) this.seek(0);
    this.moveAnchor(this.now());
    this.isPlaying = true;
  }

  pause(): void {
    this.moveAnchor(this.now());
    this.isPlaying = false;
  }

  seek(position: number): void {
    this.moveAnchor(Math.max(0, Math.min(this.lengthMs, position)));
  }

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
