/** Widths of a viewport that one layout stands for, narrowest first. */
export const widthClasses = ['phone', 'tablet', 'laptop', 'wide'] as const
export type WidthClass = (typeof widthClasses)[number]

/** Where each class ends, in CSS pixels; `wide` has no end. */
const ends = { phone: 600, tablet: 1024, laptop: 1440 } as const

/** The class of a viewport's width in CSS pixels. */
export function widthClassOf(width: number): WidthClass {
  if (width < ends.phone) return 'phone'
  if (width < ends.tablet) return 'tablet'
  return width < ends.laptop ? 'laptop' : 'wide'
}
