extension GenrePlan {
  static let chineseNews = GenrePlan(
    openings: """
      {org} {weekday} [宣布|证实|表示] ， 已 在 {event} 之前 成功 {deed#1} 。
      据 [本报|当地 媒体] 报道 ， {org} {role#1} {hero} {weekday} 成功 {deed#1} 。
      {weekday} ， {city} [市民|记者] 聚集 在 {venue} ， 因为 {org} 刚刚 {deed#1} 。
      距离 {event} 只 剩 {few} 天 ， {org} 终于 {deed#1} 。
      自从 {hero} {weekday} {deed#1} 以来 ， {quality} {thing#1} 成 了 {city} 的 热门 话题 。
      {city} 消息 ： {event} {weekday} 在 {venue} [开幕|开始] ， 现场 共 有 {measure} 。
      {org} 与 {rival} {weekday} 表示 ， 双方 将 在 {event} 期间 [合作|竞争] 。
      {role#1} {hero} 已 [离开|加入] {org} ， 上 个 月 {he} 曾 {deed#1} 。
      """,
    stages: [
      """
      {hero} {month} 加入 {org} 担任 {role#1} ， {he} 称 {thing#1} 是 “ {quality} 选择 ” 。
      这 一 [决定|消息] 让 {rival} 感到 意外 ， 后者 原本 也 想 {deed#2} 。
      [据|按照] {hero} [介绍|的 说法] ， {thing#1} 的 [投入|规模] 超过 {measure} 。
      “ 我们 需要 {quality} {thing#1} ， ” {hero} 在 {venue} 对 记者 说 。
      {month} 之前 ， {org} 内部 没有 人 想到 会 {deed#1} 。
      这 项 计划 包括 {thing#1} 、 {thing#2} 以及 {few} 个 新 的 {thing#3} 。
      这 是 {month} 以来 {org} 第 一 次 {deed#2} 。
      {org} 发言人 说 ， 负责 的 {role} 要求 增加 {thing#2} 。
      """,
      """
      {weekday} 公布 的 [数据|文件] 显示 ， 共 有 {measure} ， 比 一 年 前 [增长|减少] {percent} 。
      来自 {place} 的 {role} {person} [怀疑|相信] {thing#1} 会 有 帮助 。
      {rival} {weekday} 作出 [回应|反应] ： 不但 要 {deed} ， 还 承诺 提供 {quality} {thing#2} 。
      到 {weekday} ， {thing#1} 已 [增加|减少] 到 {number} 个 ， {effect} 。
      [批评者|专家] 提醒 说 ， {quality} {thing#2} 比 {thing#3} 更 容易 带来 麻烦 。
      谈到 {thing#2} ， {hero} 说 {he} 宁愿 {deed} 。
      {effect} ， {org} 不得不 向 {role} 作出 解释 。
      {hero} 和 {person} 都 不愿 透露 是 谁 {deed#3} 。
      {city} 的 意见 并 不 统一 ： 每 100 人 中 有 {number} 人 希望 看到 更多 {thing#1} 。
      """,
      """
      {weekday} ， {hero} 再次 {deed} ， 这 一 次 是 在 {venue} [附近|门口] 。
      从 那 以后 ， {effect} 。
      {he} 补充 说 ， 为了 {deed} 花 了 {few} [天|个 星期|个 月] 。
      {rival} {role} {person} 说 ， {event} 对 他们 来 得 太 早 。
      {thing#1} 目前 在 {venue} 展示 ， 旁边 是 {thing#3} 。
      “ 没有 {thing#2} ， 谁 也 无法 {deed} ， ” {rival} 的 {person} 说 。
      [与此同时|同一 时间] ， {rival} 在 {place} {deed} 。
      """,
    ],
    closings: """
      {hero} 说 ， {org} 打算 在 {event} [之前|之后] {deed} 。
      关于 {thing#1} 的 下 一 份 [报告|决定] 预计 在 {weekday} 公布 。
      {hero} 是否 会 再次 {deed#1} ， 目前 还 不 清楚 。
      {event} 将 于 {month} 结束 ， 在 此 之前 {thing#1} 仍 留在 {venue} 。
      {rival} 计划 {month} {deed} 。
      {weekday} ， {he} 将 在 {venue} 就 {thing#2} 发表 讲话 。
      """,
    notes: """
      {city} 头版 ： 捡到 的 {neutral} ， 丢失 的 {neutral} ， 还有 {thing} 。
      {weekday} ， {person} 要 的 是 {thing} ， 不是 {foreign} 。
      {weekday} ， {place} 的 人们 在 {neutral} 旁边 谈论 {thing} 。
      {city} 一 位 读者 找到 了 {neutral} 和 一 张 {thing} 的 照片 。
      {place} 来信 ： {person} 得到 {thing} ， 没有 人 得到 {foreign} 。
      {weekday} 的 新闻 里 有 {thing} ， 没有 {neutral} 。
      {person} 写信 给 我们 ， 说起 {thing} 和 {month} 的 {neutral} 。
      {month} ， {person} 把 {foreign} 留在 {city} ， 说起 了 {thing} 。
      """,
    replies: """
      {month} 以来 ， {city} 没有 人 见过 这样 的 {thing} 。
      到 {weekday} ， {neutral} 已经 被 忘记 ， {thing} 没有 。
      {place} 的 {person} 给 我们 寄来 {neutral} 和 {thing} 。
      人们 记住 的 是 {thing} ， 而 不是 {foreign} 。
      """)
}
