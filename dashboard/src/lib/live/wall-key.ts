export type WallDeed = 'full' | 'leave' | 'pause' | 'next' | 'back' | 'blur'

const deeds: Readonly<Record<string, WallDeed>> = {
  f: 'full',
  escape: 'leave',
  ' ': 'pause',
  arrowright: 'next',
  arrowleft: 'back',
  b: 'blur',
}
const anywhere: readonly WallDeed[] = ['full', 'blur']
const typedInto = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented' | 'target'>

/** What a key does on the Live page: all of it on a wall, full screen and blur also on the page behind. */
export function deedOf(pressed: Pressed, onWall: boolean): WallDeed | undefined {
  const { key, ctrlKey, metaKey, altKey, defaultPrevented, target } = pressed
  const deed = deeds[key.toLowerCase()]
  if (!deed || ctrlKey || metaKey || altKey || defaultPrevented) return undefined
  if (!onWall && !anywhere.includes(deed)) return undefined
  if (target instanceof Element) {
    if (target.closest(typedInto)) return undefined
    // A space presses the button that has the focus.
    if (deed === 'pause' && target.closest('button, a, summary')) return undefined
  }
  return deed
}
