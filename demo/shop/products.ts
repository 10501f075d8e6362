import { Weighted } from '../chance/weighted.ts'
import type { Category } from './categories.ts'
import { categories, categoryNames } from './categories.ts'

export interface Product {
  sku: string
  name: string
  brand: string
  category: Category
  /** The category as the shop calls it, which is what is sent. */
  label: string
  /** In fen, hundredths of a yuan. */
  price: number
  cost: number
  /** How often it is looked at, beside the others of its category. */
  appeal: number
  /** How much more or less readily it is bought once it is looked at. */
  closes: number
  /** How much more or less often it comes back. */
  returns: number
  /** The reason that most of its returns give. */
  flaw?: 'quality' | 'size' | 'not_as_described'
}

type Entry = readonly [
  name: string,
  brand: string,
  yuan: number,
  traits?: Partial<Pick<Product, 'appeal' | 'closes' | 'returns' | 'flaw'>>,
]

/** Of each category the best known come first: the later, the fewer look at it. */
const entries: Record<Category, readonly Entry[]> = {
  tea: [
    ['西湖龙井 明前特级 100g', '观澜茶事', 168],
    ['安溪铁观音 清香型 250g', '观澜茶事', 89.9],
    ['云南凤庆滇红 200g', '观澜茶事', 79],
    ['福鼎白茶 老白茶饼 300g', '白露山房', 199],
    ['茉莉花茶 七窨飘雪 150g', '观澜茶事', 69.9],
    ['武夷山大红袍 礼盒 200g', '白露山房', 298, { closes: 0.8 }],
    ['桂花乌龙 冷泡茶包 20 枚', '小满茶包', 49.9, { appeal: 1.4 }],
    ['普洱熟茶 小金柑 250g', '白露山房', 59.9],
    ['蜜桃白茶 三角茶包 15 枚', '小满茶包', 39.9, { appeal: 1.5 }],
    ['六安瓜片 手工 100g', '观澜茶事', 138],
    ['正山小种 烟熏 150g', '白露山房', 118],
    ['四季节气茶礼 12 罐', '观澜茶事', 468, { closes: 0.6 }],
  ],
  teaware: [
    ['汝窑开片盖碗 单只', '青崖', 129],
    ['耐热玻璃公道杯 350ml', '青崖', 39.9],
    ['便携旅行茶具 一壶四杯', '青崖', 159, { appeal: 1.4 }],
    ['手工紫砂壶 西施 200ml', '陶里', 398, { closes: 0.5 }],
    ['胡桃木干泡茶盘', '陶里', 189],
    ['冷泡玻璃壶 1.2L', '青崖', 69.9, { appeal: 1.3 }],
    ['粗陶主人杯 对杯', '陶里', 88],
    ['竹制茶则茶针 三件套', '青崖', 29.9],
    ['恒温煮茶炉 智能款', '观澜电器', 329, { closes: 0.7, returns: 1.5, flaw: 'quality' }],
  ],
  kitchen: [
    ['麦饭石不粘煎锅 28cm', '炊烟', 139, { appeal: 1.7, returns: 4.6, flaw: 'quality' }],
    ['日式陶瓷餐具 16 件套', '初食', 229],
    ['竹木抗菌砧板 大号', '炊烟', 59.9],
    ['珐琅铸铁锅 24cm', '炊烟', 459, { closes: 0.55 }],
    ['玻璃保鲜盒 5 件套', '初食', 79.9],
    ['手冲咖啡壶套装', '初食', 168],
    ['硅胶厨具 6 件套', '炊烟', 49.9],
    ['复古搪瓷马克杯 400ml', '初食', 29.9, { appeal: 1.2 }],
    ['便携保温饭盒 双层', '初食', 99],
    ['电动研磨器 胡椒海盐', '观澜电器', 89],
    ['蒸汽空气炸锅 5L', '观澜电器', 399, { appeal: 1.5, closes: 0.45 }],
    ['硅藻泥沥水垫', '炊烟', 35.9],
  ],
  bedding: [
    ['新疆长绒棉四件套 1.8m', '棉语', 369],
    ['天丝凉感夏被 200×230', '棉语', 259],
    ['乳胶护颈枕 单只', '棉语', 159, { appeal: 1.4 }],
    ['水洗棉床单 单件 1.5m', '棉语', 119.9],
    ['羽绒春秋被 95 白鹅绒', '云眠', 799, { closes: 0.5 }],
    ['华夫格纯棉毛巾 3 条装', '棉语', 59.9, { appeal: 1.2 }],
    ['针织盖毯 沙发毯', '云眠', 129],
    ['真丝枕套 一对', '云眠', 199],
    ['珊瑚绒加厚四件套', '云眠', 289, { returns: 1.6, flaw: 'not_as_described' }],
    ['荞麦壳儿童枕', '棉语', 69.9],
  ],
  scent: [
    ['大豆蜡香薰蜡烛 白茶 180g', '木白', 89],
    ['无火香薰 桂花 150ml', '木白', 119],
    ['檀香线香 40 支', '山间', 49.9],
    ['车载香片 雪松', '木白', 39.9, { appeal: 1.3 }],
    ['扩香石 礼盒', '山间', 69.9],
    ['助眠枕头喷雾 薰衣草', '木白', 79],
    ['融蜡灯 可调光', '木白', 159, { appeal: 1.3, closes: 0.7 }],
    ['精油 甜橙 10ml', '山间', 59.9],
    ['新年限定香薰礼盒', '木白', 239, { closes: 0.7 }],
  ],
  stationery: [
    ['周计划手账本 A5', '纸上', 45],
    ['和纸胶带 节气 10 卷', '纸上', 29.9, { appeal: 1.3 }],
    ['按动中性笔 复古色 8 支', '纸上', 25.9],
    ['活页本 布面 B5', '纸上', 39],
    ['黄铜钢笔 EF 尖', '墨行', 128, { closes: 0.8 }],
    ['固体水彩 24 色', '墨行', 89],
    ['贴纸包 植物志 60 张', '纸上', 15.9],
    ['桌面台历 插画', '纸上', 35, { appeal: 1.2 }],
    ['火漆印章 礼盒', '墨行', 69.9],
    ['便签本 撕页 6 本', '纸上', 19.9],
  ],
  care: [
    ['氨基酸洗面奶 120g', '清和', 69.9],
    ['生姜控油洗发水 500ml', '清和', 79],
    ['茶树精油漱口水 500ml', '清和', 39.9],
    ['电动牙刷 声波 2 支刷头', '观澜电器', 169, { appeal: 1.3, closes: 0.7 }],
    ['手工皂 艾草 3 块', '清和', 45],
    ['洗衣凝珠 52 颗', '净屋', 49.9],
    ['厨房重油污清洁剂 2 瓶', '净屋', 35.9],
    ['护手霜 橙花 3 支', '清和', 59],
    ['身体乳 乳木果 400ml', '清和', 65],
    ['除螨喷雾 300ml', '净屋', 42.9],
    ['洗碗块 40 颗', '净屋', 55],
    ['棉柔洗脸巾 6 包', '净屋', 49.9, { appeal: 1.4 }],
  ],
  storage: [
    ['可折叠收纳箱 66L 2 个', '有序', 79.9],
    ['抽屉分隔盒 8 件', '有序', 35.9],
    ['真空压缩袋 11 件', '有序', 49.9],
    ['壁挂洞洞板 套装', '有序', 69, { returns: 1.5, flaw: 'size' }],
    ['布艺脏衣篮 大号', '有序', 45],
    ['透明鞋盒 6 个', '有序', 89, { appeal: 1.3 }],
    ['旋转调料架 双层', '有序', 59.9],
    ['实木衣帽架 落地', '木作', 199, { closes: 0.6 }],
    ['桌面理线盒', '有序', 32.9],
  ],
  loungewear: [
    ['纯棉纱布家居服 套装', '在家', 159, { appeal: 1.3 }],
    ['莫代尔短袖睡衣', '在家', 129],
    ['珊瑚绒睡袍 长款', '在家', 179, { returns: 1.3, flaw: 'size' }],
    ['防滑室内拖鞋', '在家', 39.9],
    ['羊毛混纺袜 5 双', '在家', 59.9],
    ['真丝睡眠眼罩', '在家', 69],
    ['阔腿家居裤', '在家', 99, { returns: 1.4, flaw: 'size' }],
    ['加绒保暖内衣 套装', '在家', 139],
    ['亚麻围裙', '在家', 79],
  ],
  snacks: [
    ['每日坚果 30 包', '山食', 99.9],
    ['冻干咖啡粉 24 颗', '晨起', 89],
    ['低糖燕麦片 800g', '晨起', 39.9],
    ['龙井茶酥 8 枚', '山食', 45],
    ['桂花藕粉 600g', '山食', 49.9],
    ['黑芝麻丸 30 颗', '山食', 59],
    ['挂耳咖啡 云南 20 包', '晨起', 69.9, { appeal: 1.2 }],
    ['蜂蜜 椴树 500g', '山食', 79],
    ['果干礼盒 6 种', '山食', 119, { closes: 0.8 }],
    ['气泡茶 12 罐', '晨起', 65],
  ],
}

const inCategory = (category: Category): Product[] =>
  entries[category].map(([name, brand, yuan, traits], index) => {
    const price = Math.round(yuan * 100)
    return {
      sku: `${category}-${String(index + 1).padStart(3, '0')}`,
      name,
      brand,
      category,
      label: categories[category].label,
      price,
      cost: Math.round(price * categories[category].cost),
      closes: 1,
      returns: 1,
      ...traits,
      appeal: (traits?.appeal ?? 1) / (index + 2) ** 0.7,
    }
  })

export const products: readonly Product[] = categoryNames.flatMap(inCategory)

const per = (weight: (product: Product) => number) =>
  Object.fromEntries(
    categoryNames.map((name) => [
      name,
      new Weighted(products.filter(({ category }) => category === name).map((product) => [product, weight(product)])),
    ]),
  ) as Record<Category, Weighted<Product>>

/** What people look at in each category, and what they buy there. */
export const lookedAt = per(({ appeal }) => appeal)
export const bought = per(({ appeal, closes }) => appeal * closes)
