extension GenrePlan {
  static let chineseFiction = GenrePlan(
    openings: """
      {when} ， {hero} 在 {weather} 中 [离开|来到] {venue} ， 胳膊 下 夹 着 {thing#1} 。
      {hero} 在 {city} 做 了 {few} 年 {role#1} ， 直到 {thing#1} [消失|出现] 的 那 一 天 。
      {city} 没有 人 知道 ， {hero} 为什么 总 把 {thing#1} 放在 {neutral#1} 旁边 。
      {hero} 在 {venue} 遇见 {mate} 的 时候 ， {city} 正 是 {weather} 。
      “ 你 永远 不会 {deed#1} ， ” {mate} 曾 这样 说 ， {hero} 也 信 了 。
      {when} ， {place} 笼罩 在 {weather} 里 ， {hero} [梦见|想起] 自己 {deed#1} 。
      {mate} 的 信 {when} 到 了 ， {hero} 坐在 {neutral#1} 旁边 读 完 。
      """,
    stages: [
      """
      {he} 把 {neutral#1} 推到 一边 ， {manner} 看 着 {thing#1} 。
      那 天 {mate} 很 {mood} ， 因为 {effect} 。
      {mate} {manner} 问 ： “ {thing#1} 还 在 你 那里 吗 ？ ”
      {his} {neutral#1} 靠 着 {neutral#2} ， 旁边 放 着 {thing#2} 。
      {he} 答应 过 {mate} 要 {deed#1} ， 心里 很 {mood} 。
      {venue} 里 人人 都 在 谈论 {thing#1} ， {hero} 却 什么 也 没 说 。
      多年 以前 {he} 曾 {deed#1} ， {mate} 一直 没有 忘记 。
      """,
      """
      {when} ， {he} 遇见 了 来自 {place} 的 {role} ， 那 人 {manner} {deed} 。
      {he} {manner} [打开|关上] {neutral#2} ， 感到 很 {mood} 。
      “ 先 {deed} ， ” {mate} 说 ， “ 然后 我们 回家 。 ”
      {when} ， {mate} 带 着 {quality} {thing#2} 和 {neutral#1} [回来|走进来] 了 。
      两 个 人 [等 着|说 着话] ， 直到 {effect} 。
      有 人 把 {him} 当成 {role} ， {he} 却 只 想要 {thing#1} 。
      {mate} {manner} 把 丢在 {place} 的 {thing#2} 交给 {him} 。
      让 {him} {mood} 的 不是 {thing#1} ， 而是 {neutral#2} 。
      """,
      """
      {when} ， {he} 终于 {deed} ， {mate} {manner} 看 着 。
      {weather} [掠过|笼罩] {city} ， {he} 仍然 握 着 {thing#1} 。
      “ 一 个 {thing#2} 抵得上 {number} 个 {thing#3} ， ” {mate} 对 {him} 说 。
      后来 {effect} ， {he} {manner} 笑 了 。
      {mate} 弄坏 了 {neutral#2} ， {hero} 只好 独自 {deed} 。
      {when} ， {role#1} [原谅|忘记] 了 {mate} ， 两 个 人 都 很 {mood} 。
      """,
    ],
    closings: """
      {when} ， {hero} {manner} 回 了 家 ， {thing#1} 留 了 下来 。
      从此 {he} 再 也 没有 提起 {thing#1} 。
      {mate} 留下 了 {neutral#1} ， {hero} 留下 了 {thing#2} 。
      {weather} 再次 来到 {city} 的 时候 ， {he} 已经 不再 {mood} 。
      从 那 以后 ， 每 年 {month} {he} 都 {manner} {deed} 。
      """,
    notes: """
      {when} ， {person} 放下 {neutral} ， 盯 着 {thing} 。
      {person} 很 {mood} ： {neutral} 、 {weather} ， 然后 是 {thing} 。
      {city} 有 {weather} ， 有 {neutral} ， 还有 {person} 的 {thing} 。
      “ {thing} ， ” {person} {manner} 说 ， 关上 了 {neutral} 。
      {person} 梦见 {foreign} ， 醒来 身边 却 是 {thing} 。
      在 {place} ， {person} 卖掉 {neutral} ， 留下 了 {thing} 。
      {when} ， {neutral} 不见 了 ， {thing} 还 在 。
      """,
    replies: """
      {when} ， 再 也 没有 人 为 {thing} 感到 {mood} 。
      那 是 {thing} ， 不是 {foreign} ， {person} 想 。
      {person} {manner} 把 它 放在 {neutral} 和 {thing} 之间 。
      {when} ， {neutral} 还 在 ， {thing} 也 在 。
      """)
}
