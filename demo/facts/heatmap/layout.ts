/** A page that the storefront has, as visits know it. */
export type PageType = 'home' | 'category' | 'product' | 'checkout'

/** Where a module lies, in px from the top of its page. */
export type Place = readonly [module: string, top: number, bottom: number]

export interface Layout {
  height: number
  modules: readonly Place[]
}

/** The screens that visits are laid out for: one of each width class. */
export const screens = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 720 },
  { width: 1600, height: 900 },
] as const

/** Measured in the storefront's pages; the middle of a category and of a product. One for each screen. */
export const layouts: Record<PageType, readonly [Layout, Layout, Layout, Layout]> = {
  home: [
    {
      height: 4616,
      modules: [
        ['header', 0, 61],
        ['hero', 77, 256],
        ['lucky-draw', 284, 372],
        ['flash-sale', 400, 990],
        ['new-arrivals', 1018, 2140],
        ['brand-story', 2168, 2502],
        ['for-you', 2530, 4185],
        ['reviews', 4213, 4436],
        ['footer', 4484, 4616],
      ],
    },
    {
      height: 4741,
      modules: [
        ['header', 0, 61],
        ['hero', 77, 454],
        ['lucky-draw', 482, 564],
        ['flash-sale', 592, 1303],
        ['new-arrivals', 1331, 2379],
        ['brand-story', 2407, 2932],
        ['for-you', 2960, 4346],
        ['reviews', 4374, 4597],
        ['footer', 4645, 4741],
      ],
    },
    {
      height: 3620,
      modules: [
        ['header', 0, 61],
        ['hero', 77, 517],
        ['lucky-draw', 545, 627],
        ['flash-sale', 655, 1047],
        ['new-arrivals', 1075, 1829],
        ['brand-story', 1857, 2080],
        ['for-you', 2108, 3225],
        ['reviews', 3253, 3476],
        ['footer', 3524, 3620],
      ],
    },
    {
      height: 3063,
      modules: [
        ['header', 0, 61],
        ['hero', 77, 517],
        ['lucky-draw', 545, 627],
        ['flash-sale', 655, 1092],
        ['new-arrivals', 1120, 1740],
        ['brand-story', 1768, 2020],
        ['for-you', 2048, 2668],
        ['reviews', 2696, 2919],
        ['footer', 2967, 3063],
      ],
    },
  ],
  category: [
    {
      height: 2016,
      modules: [
        ['header', 0, 61],
        ['filters', 89, 179],
        ['grid', 207, 1836],
        ['footer', 1884, 2016],
      ],
    },
    {
      height: 1690,
      modules: [
        ['header', 0, 61],
        ['filters', 89, 179],
        ['grid', 207, 1546],
        ['footer', 1594, 1690],
      ],
    },
    {
      height: 1421,
      modules: [
        ['header', 0, 61],
        ['filters', 89, 179],
        ['grid', 207, 1277],
        ['footer', 1325, 1421],
      ],
    },
    {
      height: 924,
      modules: [
        ['header', 0, 61],
        ['filters', 89, 179],
        ['grid', 207, 780],
        ['footer', 828, 924],
      ],
    },
  ],
  product: [
    {
      height: 1744,
      modules: [
        ['header', 0, 61],
        ['gallery', 89, 447],
        ['buy-box', 471, 760],
        ['details', 788, 947],
        ['also-bought', 975, 1564],
        ['footer', 1612, 1744],
      ],
    },
    {
      height: 2236,
      modules: [
        ['header', 0, 61],
        ['gallery', 89, 877],
        ['buy-box', 901, 1190],
        ['details', 1218, 1353],
        ['also-bought', 1381, 2092],
        ['footer', 2140, 2236],
      ],
    },
    {
      height: 1377,
      modules: [
        ['header', 0, 61],
        ['gallery', 89, 651],
        ['buy-box', 89, 651],
        ['details', 679, 813],
        ['also-bought', 841, 1233],
        ['footer', 1281, 1377],
      ],
    },
    {
      height: 1512,
      modules: [
        ['header', 0, 61],
        ['gallery', 89, 741],
        ['buy-box', 89, 741],
        ['details', 769, 903],
        ['also-bought', 931, 1368],
        ['footer', 1416, 1512],
      ],
    },
  ],
  checkout: [
    {
      height: 897,
      modules: [
        ['header', 0, 61],
        ['address', 89, 416],
        ['payment', 444, 599],
        ['submit', 627, 717],
        ['footer', 765, 897],
      ],
    },
    {
      height: 1180,
      modules: [
        ['header', 0, 61],
        ['address', 89, 416],
        ['payment', 444, 599],
        ['submit', 627, 717],
        ['footer', 765, 861],
      ],
    },
    {
      height: 861,
      modules: [
        ['header', 0, 61],
        ['address', 89, 416],
        ['payment', 444, 599],
        ['submit', 627, 717],
        ['footer', 765, 861],
      ],
    },
    {
      height: 900,
      modules: [
        ['header', 0, 61],
        ['address', 89, 416],
        ['payment', 444, 599],
        ['submit', 627, 717],
        ['footer', 765, 861],
      ],
    },
  ],
}
