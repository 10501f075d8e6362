import { createContext } from 'svelte'
import type { Unit } from '#lib/format/numbers.ts'
import type { Blur } from './wall-view.ts'

const [get, set] = createContext<() => Blur>()
export const setBlur = set
/** What is blurred now; call it inside `$derived` or markup. */
export const blurred = get

/** Whether a number of this unit is hidden. */
export const isHidden = (blur: Blur, unit: Unit): boolean => blur === 'all' || (blur === 'money' && unit === 'money')

/** What stands where a number is hidden: of one length, so that not even its digits can be counted. */
export const veil = '8,888'
