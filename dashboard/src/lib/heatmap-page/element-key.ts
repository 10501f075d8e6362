/** What tells one element in one state from all others. */
export const elementKey = ({
  selector,
  state,
  is_fixed,
}: {
  selector: string
  state: string
  is_fixed: boolean
}): string => JSON.stringify([state, selector, is_fixed])
