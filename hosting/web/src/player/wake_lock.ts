/** Keeps the screen awake while one watches, where the browser can; asked for again after the page was hidden. */

export class ScreenWakeLock {
  private lock: WakeLockSentinel | null = null;
  private isWanted = false;
  private readonly onVisibilityChange = (): void => {
    if (document.visibilityState === "visible") void this.requestLock();
  };

  constructor() {
    document.addEventListener("visibilitychange", this.onVisibilityChange);
  }

  setWanted(isWanted: boolean): void {
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    if (isWanted) void this.requestLock();
    else void this.lock?.release().then(() => (this.lock = null));
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.onVisibilityChange);
    this.setWanted(false);
  }

  private async requestLock(): Promise<void> {
    if (!this.isWanted || !("wakeLock" in navigator)) return;
    try {
      this.lock = await navigator.wakeLock.request("screen");
    } catch {
      // Refused on low battery or by a policy: the screen then sleeps as it always does.
      this.lock = null;
    }
  }
}
