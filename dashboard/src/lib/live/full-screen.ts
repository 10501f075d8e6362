/** Fills the screen where the browser lets it; only a click or a key of the reader's may ask for it. */
export async function fillScreen(): Promise<void> {
  try {
    if (!document.fullscreenElement) await document.documentElement.requestFullscreen?.()
  } catch {
    // Refused: the wall fills the window then.
  }
}

/** Gives the screen back. */
export async function leaveScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
  } catch {
    // It had been given back already.
  }
}

/** Keeps the screen from going dark, where the browser can. @returns lets it again */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  let over = false
  async function ask() {
    // A browser takes the lock away from a page that nobody sees.
    if (over || document.hidden || !('wakeLock' in navigator)) return
    const taken = await navigator.wakeLock.request('screen').catch(() => undefined)
    if (over) void taken?.release()
    else lock = taken
  }
  const seen = () => void ask()
  document.addEventListener('visibilitychange', seen)
  void ask()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', seen)
    void lock?.release()
  }
}
