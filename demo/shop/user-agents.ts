const iphone = (os: string, rest: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${os} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`
const android = (model: string, rest: string) =>
  `Mozilla/5.0 (Linux; Android 14; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`

const webView = 'Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36'
const inApp = (app: string): readonly string[] => [
  iphone('17_6_1', `Mobile/15E148 ${app}`),
  iphone('18_1', `Mobile/15E148 ${app}`),
  android('23127PN0CC', `${webView} ${app}`),
  android('ALN-AL00', `${webView} ${app}`),
  android('V2309A', `${webView} ${app}`),
]

/** What browsers say of themselves, by where a link was opened. */
export const phones = {
  douyin: inApp('aweme_31.5.0 JsSdk/1.0 NetType/WIFI'),
  xiaohongshu: inApp('discover/8.52 NetType/WiFi'),
  kuaishou: inApp('Kwai/12.9.30 NetType/WIFI'),
  taobao: inApp('AliApp(TB/10.40.10) WindVane/8.5.0'),
  wechat: inApp('MicroMessenger/8.0.50(0x1800323a) NetType/WIFI Language/zh_CN'),
  wecom: inApp('wxwork/4.1.28 MicroMessenger/7.0.1 Language/zh'),
  browser: [
    iphone('17_6', 'Version/17.6 Mobile/15E148 Safari/604.1'),
    iphone('18_1', 'Version/18.1 Mobile/15E148 Safari/604.1'),
    android('M2102J2SC', 'Chrome/128.0.0.0 Mobile Safari/537.36'),
    android('LIO-AN00', 'Version/4.0 Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36'),
    android('PGT-AN10', 'Chrome/127.0.0.0 Mobile Safari/537.36 EdgA/127.0.0.0'),
  ],
} as const satisfies Record<string, readonly string[]>

export type App = keyof typeof phones

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'

export const desktops: readonly string[] = [
  `${windows} Chrome/128.0.0.0 Safari/537.36`,
  `${windows} Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0`,
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36',
]

export const tablets: readonly string[] = [
  'Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1',
]

export const bots: readonly string[] = [
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (Linux; Android 7.0;) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; PetalBot;+https://webmaster.petalsearch.com/site/petalbot)',
]
