extension GenrePlan {
  static let chineseEncyclopedia = GenrePlan(
    openings: """
      {subject} 是 一 种 {quality} {kind} ， 最早 [出自|记载 于] {city} 。
      {subject} 属于 {kind} ， 与 {peer} 、 {peer} [相近|有关] 。
      一般 来说 ， {role} 能 用来 {deed#1} 的 {kind} 都 可以 叫做 {subject} 。
      {subject} 是 [现有|常见] {kind} 中 最 典型 的 一 种 。
      “ {subject} ” 一 词 指 {role} {deed#1} 时 [需要|使用] 的 {kind} 。
      在 各 种 {kind} 中 ， {subject} 比 {peer} 更 [少见|古老|简单] 。
      """,
    stages: [
      """
      {subject} {year} 年 [出现|首次 记载] 于 {city} 。
      {year} 年 ， {role} {hero} 第 一 次 借助 {subject} {deed} 。
      它 的 名称 来自 {hero} ， {he} 是 {year} 年 前后 {org} 的 {role} 。
      {year} 年 以前 ， 今天 使用 {subject} 的 地方 用 的 都 是 {peer} 。
      {org} 的 {hero} 在 {year} 年 [描述|改进] 了 {subject} 。
      现存 最 早 的 {subject} 保存 在 {place} ， 年代 为 {year} 年 。
      """,
      """
      到 {year} 年 ， {org} 统计 出 {measure} ， {subject} 已 [传播|流传] 到 {place} 。
      {year} 年 ， {he} [写道|证明] ， 比起 {peer} ， {subject} 更 像 {quality} {kind} 。
      与 {peer} 不同 ， {subject} 不 需要 {thing#1} 。
      它 由 {thing#1} 、 {thing#2} 和 [两|三|若干] 个 {thing#3} 组成 。
      {quality} {subject} 不 用 {thing#1} 也 能 {deed} 。
      这 类 {kind} 都 [依靠|始于] {thing#2} 。
      典型 的 {subject} 有 {measure} ， {quality} 则 有 {number} 个 。
      {year} 年 {he} {deed} 之后 ， {rival} 也 改变 了 {subject} 。
      """,
      """
      如今 ， {subject} 在 {city} 、 {place} 等 地 十分 [常见|普及] 。
      它 [服务 于|帮助] 需要 {deed} 的 {role} 。
      {year} 年 起 ， {rival} 用 {quality} {subject} 代替 {thing#3} 。
      不 应 把 {subject} 与 另 一 种 {kind} {peer} 混为一谈 。
      {event} 期间 ， {venue} [展示|统计] 了 {number} 个 {subject} 。
      如果 要 {deed} ， 通常 [选用|推荐] {peer} 。
      """,
    ],
    closings: """
      {year} 年 ， 最后 一 个 {quality} {subject} 交给 了 {org} 。
      {year} 年 以来 ， {subject} 学会 每 年 {month} 在 {place} 聚会 。
      相关 条目 ： {peer} 、 {peer} 、 {thing#1} 。
      {year} 年 起 ， {subject} 在 {place} 受到 [保护|禁止] 。
      {subject} 是否 会 取代 {peer} ， 目前 [尚 无 定论|仍 有 争议] 。
      """,
    notes: """
      {thing} 不是 {foreign} ， 也 不是 {neutral} 。
      在 {place} ， {thing} 一 词 {year} 年 就 有 了 。
      与 {neutral} 和 {foreign} 不同 ， {thing} 有 自己 的 历史 。
      {year} 年 的 词条 ： {thing} ， 由 {person} 记述 。
      {year} 年 ， {person} 把 {thing} 比作 {neutral} 。
      {city} 到处 都 有 {neutral} ， {thing} 却 很 少见 。
      什么 是 {thing} ， {year} 年 有 人 用 {neutral} 作 例子 解释 过 。
      """,
    replies: """
      {year} 年 以来 ， {thing} 属于 同 一 章 。
      {neutral} 和 {foreign} 另 有 条目 。
      {city} 的 {person} 为 {thing} 加 了 一 条 注释 。
      第 {number} 页 再次 提到 {thing} 。
      """)
}
