import type { Words } from '../metrics/metric.ts'

interface HeatmapNumber {
  label: Words
  /** A definition that a merchant could sign. */
  description: Words
  unit: 'count' | 'money' | 'ratio' | 'milliseconds'
}

const number = (unit: HeatmapNumber['unit'], label: [zh: string, en: string], description: [zh: string, en: string]): HeatmapNumber => ({ unit, label: { zh: label[0], en: label[1] }, description: { zh: description[0], en: description[1] } }) // biome-ignore format: one line

/** What every number of heatmaps means; bots are in none of them. */
export const heatmapNumbers = {
  views: number('count', ['浏览次数', 'Views'], ['页面浏览数，每次浏览计一次。', 'Page views, each once.']),
  visitors: number('count', ['访客数', 'Visitors'], ['去重的浏览器；无法识别访客时，每次浏览按一位访客计。', 'Distinct browsers; where none is known, each view counts as one.']), // biome-ignore format: one line
  clicks: number('count', ['点击数', 'Clicks'], ['点击与轻触，每次计一次。', 'Clicks and taps, each once.']),
  clicks_per_view: number('ratio', ['每次浏览点击', 'Clicks per view'], ['点击数 ÷ 浏览次数。', 'Clicks ÷ views.']),
  dead_share: number('ratio', ['无响应点击占比', 'Dead clicks'], ['点击后页面毫无反应的点击，占全部点击的比例。', 'Share of clicks to which nothing on the page reacted.']), // biome-ignore format: one line
  rage_share: number('ratio', ['连击占比', 'Rage clicks'], ['1 秒内、30 像素内连点 3 次及以上的点击，占全部点击的比例。', 'Share of clicks that are part of three or more within a second and 30 pixels.']), // biome-ignore format: one line
  error_share: number('ratio', ['报错点击占比', 'Error clicks'], ['点击后脚本报错的点击，占全部点击的比例。', 'Share of clicks that a script error followed.']), // biome-ignore format: one line
  nowhere_share: number('ratio', ['落空点击占比', 'Clicks that lead nowhere'], ['无响应或报错的点击（一次点击只计一次），占全部点击的比例。', 'Share of clicks that are dead or followed by an error; one that is both counts once.']), // biome-ignore format: one line
  conversion: number('ratio', ['浏览转化率', 'Conversion'], ['浏览后 24 小时内有支付订单的访客 ÷ 访客数。', 'Visitors with a paid order placed within 24 hours after a view began ÷ visitors.']), // biome-ignore format: one line
  seen_views: number('count', ['曝光次数', 'Exposures'], ['模块至少一半可见满 1 秒的浏览次数，一次浏览只计一次。', 'Views in which at least half of the module was visible for a second; a view counts once.']), // biome-ignore format: one line
  seen_rate: number('ratio', ['曝光率', 'Seen by'], ['曝光次数 ÷ 页面浏览次数。', 'Exposures ÷ views of the page.']),
  visible_ms: number(
    'milliseconds',
    ['平均可见时长', 'Time visible'],
    ['模块可见的总时长 ÷ 曝光次数。', 'Time that it was visible ÷ exposures.'],
  ),
  click_rate: number(
    'ratio',
    ['点击率', 'Click rate'],
    ['点过该模块的浏览次数 ÷ 曝光次数。', 'Views with a click in it ÷ exposures.'],
  ),
  carts: number('count', ['引导加购', 'Added to cart'], ['点击后 24 小时内同一访客的加购次数；点过的每个模块都计。', 'Additions to the cart by the same visitor within 24 hours after a click; credited to every module clicked before.']), // biome-ignore format: one line
  orders: number('count', ['引导支付订单', 'Paid orders'], ['点击后 24 小时内同一访客下单且已支付的订单；点过的每个模块都计。', 'Paid orders that the same visitor placed within 24 hours after a click; credited to every module clicked before.']), // biome-ignore format: one line
  gmv: number('money', ['引导支付金额', 'Paid GMV'], ['上述订单的支付金额；点过的每个模块都计，因此各模块之和会大于总额。', 'Paid GMV of those orders; credited to every module clicked before, so modules add up to more than the whole.']), // biome-ignore format: one line
  last_click_gmv: number('money', ['末次点击支付金额', 'Paid GMV, last click'], ['同一笔订单只归给 24 小时内该页面上最后点击的模块。', 'Each of those orders credited only to the module of the page that was clicked last in the 24 hours before it.']), // biome-ignore format: one line
  gmv_per_1000_exposures: number('money', ['千次曝光支付金额', 'GMV per 1,000 exposures'], ['末次点击支付金额 ÷ 曝光次数 × 1000。', 'Last-click paid GMV ÷ exposures × 1,000.']), // biome-ignore format: one line
  click_share: number(
    'ratio',
    ['点击占比', 'Share of clicks'],
    ['占该页面全部点击的比例。', 'Share of all clicks on the page.'],
  ),
  gmv_share: number('ratio', ['支付金额占比', 'Share of GMV'], ['占该页面全部末次点击支付金额的比例。', 'Share of the page’s last-click paid GMV.']), // biome-ignore format: one line
} as const satisfies Record<string, HeatmapNumber>
