/**
 * Keeping the screen on while an attendee watches, where the browser supports it.
 *
 * Browsers release a wake lock when the page is hidden, so it is requested again when the page is visible.
 */

/** A wake lock for the screen. */
export class ScreenWakeLock {
  private lock: WakeLockSentinel | null = null;
  private isWanted = false;
  private readonly onVisibilityChange = (): void => {
    if (document.visibilityState === "visible") void this.requestLock();
  };

  constructor() {
    document.addEventListener("visibilitychange", this.onVisibilityChange);
  }

  /** Request the lock or release it. */
  setWanted(isWanted: boolean): void {
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    if (isWanted) void this.requestLock();
    else void this.lock?.release().then(() => (this.lock = null));
  }

  /** Release the lock for good. */
  close(): void {
    document.removeEventListener("visibilitychange", this.onVisibilityChange);
    this.setWanted(false);
  }

  private async requestLock(): Promise<void> {
    if (!this.isWanted || !("wakeLock" in navigator)) return;
    try {
      this.lock = await navigator.wakeLock.request("screen");
    } catch {
      // The browser refuses on low battery or by a policy. Playback works without the lock, so nothing is reported.
      this.lock = null;
    }
  }
}
