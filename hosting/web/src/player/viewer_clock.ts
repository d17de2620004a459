/**
 * A viewer's own clock, for rooms on demand: a position that they may move, stop and set going.
 *
 * The picture leads it: the stage tells by how much the player is ahead of it, and while the player waits for data the
 * position waits, too, so nothing of the programme is ever skipped by a slow line.
 */

export class ViewerClock {
  playing = false;
  private from = 0;
  private since: number;
  private waiting = false;

  constructor(
    readonly length: number,
    private readonly local: () => number,
  ) {
    this.since = local();
  }

  now(): number {
    const gone = this.playing && !this.waiting ? this.local() - this.since : 0;
    return Math.min(this.length, this.from + gone);
  }

  get ended(): boolean {
    return this.now() >= this.length;
  }

  play(): void {
    if (this.ended) this.seek(0);
    this.settle(this.now());
    this.playing = true;
  }

  pause(): void {
    this.settle(this.now());
    this.playing = false;
  }

  seek(position: number): void {
    this.settle(Math.max(0, Math.min(this.length, position)));
  }

  follow(aheadMs: number, waiting: boolean): void {
    if (waiting !== this.waiting) {
      this.settle(this.now());
      this.waiting = waiting;
    }
    if (aheadMs && !waiting) this.settle(Math.max(0, this.now() + aheadMs));
  }

  private settle(position: number): void {
    this.from = position;
    this.since = this.local();
  }
}
