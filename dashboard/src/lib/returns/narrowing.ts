/** What returns can be told apart by. */
export const slices = ['reason', 'product', 'category', 'channel', 'campaign', 'province', 'payment_method'] as const
export type SliceName = (typeof slices)[number]

/** The slices that this page can be narrowed by beside those that every page knows. */
const narrowable = ['reason', 'product', 'category', 'province', 'payment_method'] as const
export type Narrowable = (typeof narrowable)[number]

/** What an address narrows the page to, as in `?reason=size&product=shirt`; an empty value is “not told”. */
export function narrowingOf(params: { getAll(name: string): string[] }): { name: Narrowable; values: string[] }[] {
  return narrowable.flatMap((name) => {
    const values = [...new Set(params.getAll(name))]
    return values.length === 0 ? [] : [{ name, values }]
  })
}

/** What a click on a value asks next: a reason or a category for its products, anything else for its reasons. */
export const nextSlice = (by: SliceName): SliceName => (by === 'reason' || by === 'category' ? 'product' : 'reason')
