/** What a wall shows one after the other. */
export const scenes = ['numbers', 'chart', 'rankings', 'orders'] as const
export type Scene = (typeof scenes)[number]

/** Seconds that a scene stays. */
export const intervals = [10, 20, 30, 60, 120] as const

/** What is blurred for a camera: nothing, money, or every number. */
const blurs = ['none', 'money', 'all'] as const
export type Blur = (typeof blurs)[number]

export interface WallView {
  on: boolean
  scene: Scene
  every: number
  paused: boolean
  blur: Blur
}

/** What the address of a wall chooses: `?wall=1&scene=chart&every=30&paused=1&blur=money`. */
export function wallViewOf(params: { get(name: string): string | null }): WallView {
  return {
    on: params.get('wall') === '1',
    scene: scenes.find((scene) => scene === params.get('scene')) ?? 'numbers',
    every: intervals.find((seconds) => String(seconds) === params.get('every')) ?? 20,
    paused: params.get('paused') === '1',
    blur: blurs.find((blur) => blur === params.get('blur')) ?? 'none',
  }
}

/** The scene so many after another, round and round. */
export const sceneAfter = (scene: Scene, step: number): Scene =>
  scenes[(scenes.indexOf(scene) + step + scenes.length) % scenes.length] ?? 'numbers'

/** What is blurred next when the key is pressed once more. */
export const blurAfter = (blur: Blur): Blur => blurs[(blurs.indexOf(blur) + 1) % blurs.length] ?? 'none'

/** What leaving the wall takes out of the address; the blur stays, for the page behind it shows the same numbers. */
export const offTheWall = { wall: null, scene: null, every: null, paused: null } as const
