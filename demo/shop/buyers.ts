import { Weighted } from '../chance/weighted.ts'

/** Where parcels go, by each province's share of China's online orders, and how many days farther than average it is. */
const provinceShares: Record<string, readonly [share: number, days: number]> = {
  广东: [14.5, 0.1],
  浙江: [11, -0.5],
  江苏: [10.5, -0.4],
  上海: [6.5, -0.5],
  山东: [6.2, 0],
  北京: [5.6, 0.1],
  四川: [5, 0.6],
  河南: [4.6, 0.1],
  福建: [4.3, 0],
  湖北: [4, 0.1],
  河北: [3.4, 0.2],
  湖南: [3.3, 0.2],
  安徽: [3.1, -0.3],
  辽宁: [2.3, 0.6],
  陕西: [2.2, 0.5],
  重庆: [2, 0.5],
  江西: [2, 0],
  广西: [1.7, 0.7],
  天津: [1.4, 0.1],
  云南: [1.3, 1],
  山西: [1.2, 0.4],
  黑龙江: [1, 1],
  贵州: [0.9, 0.9],
  吉林: [0.8, 0.8],
  内蒙古: [0.7, 1.1],
  甘肃: [0.5, 1.3],
  新疆: [0.5, 3],
  海南: [0.4, 1.3],
  宁夏: [0.2, 1.4],
  青海: [0.1, 2.2],
  西藏: [0.1, 3.6],
}

export const provinces = new Weighted(Object.entries(provinceShares).map(([name, [share]]) => [name, share]))
export const daysFarther = (province: string): number => provinceShares[province]?.[1] ?? 0

export interface Carrier {
  name: string
  /** From pick-up to the door, and how far that varies. */
  days: number
  deviation: number
  /** The share of parcels that lie about for days. */
  stuck: number
}

export const carriers = new Weighted<Carrier>([
  [{ name: '中通快递', days: 2.6, deviation: 0.6, stuck: 0.03 }, 30],
  [{ name: '圆通速递', days: 2.8, deviation: 0.7, stuck: 0.04 }, 22],
  [{ name: '顺丰速运', days: 1.6, deviation: 0.4, stuck: 0.012 }, 18],
  [{ name: '韵达快递', days: 3, deviation: 0.9, stuck: 0.075 }, 14],
  [{ name: '京东物流', days: 1.9, deviation: 0.4, stuck: 0.015 }, 10],
  [{ name: '邮政 EMS', days: 3.6, deviation: 1, stuck: 0.04 }, 6],
])

const usual = { wechat_pay: 45, alipay: 42, unionpay: 6, huabei: 5, apple_pay: 2 }
const inWechat = { wechat_pay: 93, unionpay: 5, alipay: 2 }
const inTaobao = { alipay: 82, huabei: 12, unionpay: 4, wechat_pay: 2 }

/** How people pay, by the app that they are in. */
export const payments = {
  usual: new Weighted(Object.entries(usual)),
  wechat: new Weighted(Object.entries(inWechat)),
  taobao: new Weighted(Object.entries(inTaobao)),
}

export const paymentProblems = new Weighted([
  ['insufficient_balance', 32],
  ['user_cancelled', 27],
  ['risk_control', 16],
  ['bank_declined', 14],
  ['timeout', 11],
])
