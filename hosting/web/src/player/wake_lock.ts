/** Keeps the screen awake while one watches, where the browser can; asked for again after the page was hidden. */

export class Wake {
  private lock: WakeLockSentinel | null = null;
  private wanted = false;
  private readonly seen = (): void => {
    if (document.visibilityState === "visible") void this.ask();
  };

  constructor() {
    document.addEventListener("visibilitychange", this.seen);
  }

  keep(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (wanted) void this.ask();
    else void this.lock?.release().then(() => (this.lock = null));
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.seen);
    this.keep(false);
  }

  private async ask(): Promise<void> {
    if (!this.wanted || !("wakeLock" in navigator)) return;
    try {
      this.lock = await navigator.wakeLock.request("screen");
    } catch {
      // Refused on low battery or by a policy: the screen then sleeps as it always does.
      this.lock = null;
    }
  }
}
