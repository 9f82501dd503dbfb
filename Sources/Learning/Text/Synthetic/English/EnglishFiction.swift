extension GenrePlan {
  static let englishFiction = GenrePlan(
    openings: """
      {when}, {hero} [left|reached] {venue} in {weather}, {a} {thing#1} under {his} arm.
      {hero} had been {a} {role#1} in {city} for {few} years when the {thing#1} [vanished|arrived].
      Nobody in {city} knew why {hero} kept {a} {thing#1} beside the {neutral#1}.
      There was {weather} over {city} when {hero} met {mate} at {venue}.
      "You will never {deed#1}," {mate} had said, and {hero} believed it.
      {when}, while {weather} hung over {place}, {hero} [dreamed|thought] of {deed#1:2}.
      The letter from {mate} came {when}, and {hero} read it beside the {neutral#1}.
      """,
    stages: [
      """
      {he} put the {neutral#1} aside and looked at the {thing#1} {manner}.
      {mate} was {mood} that day, because {effect}.
      "Do you still have the {thing#1}?" asked {mate} {manner}.
      {his} {neutral#1} stood by the {neutral#2}, and next to it lay {a} {thing#2}.
      {he} had promised {mate} to {deed#1}, and {he} felt {mood}.
      Everyone at {venue} spoke of the {thing#1}, but {hero} said nothing.
      Years ago {he} had {deed#1:1}, and {mate} had never forgotten it.
      """,
      """
      {when}, {he} met the {role} from {place}, who {deed:1} {manner}.
      {he} [opened|closed] the {neutral#2} {manner} and felt {mood}.
      "First we {deed}," {mate} said, "and then we go home."
      {when}, {mate} [came|walked] in with {a} {quality} {thing#2} and {a} {neutral#1}.
      They [waited|talked] until {effect}.
      A stranger took {him} for {a} {role}, but {he} only wanted the {thing#1}.
      {manner}, {mate} gave {him} the {thing#2} that had been lost in {place}.
      It was not the {thing#1} that made {him} {mood}, it was the {neutral#2}.
      """,
      """
      {when}, {he} {deed:1}, and {mate} watched {manner}.
      {weather} [came|drifted] through {city}, and still {he} held the {thing#1}.
      "{a} {thing#2} is worth more than {number} {thing#3:1}," {mate} told {him}.
      Then {effect}, and {he} laughed {manner}.
      {mate} broke the {neutral#2}, and {hero} had to {deed} alone.
      {when}, the {role#1} [forgave|forgot] {mate}, and both were {mood}.
      """,
    ],
    closings: """
      {when}, {hero} went home {manner}, and the {thing#1} stayed behind.
      {he} never spoke of the {thing#1} again.
      {mate} kept the {neutral#1}, and {hero} kept the {thing#2}.
      When {weather} came to {city} again, {he} was no longer {mood}.
      After that, {he} {deed:1} every {month}, {manner}.
      """,
    notes: """
      {when}, {person} dropped the {neutral} and stared at the {thing}.
      {person} was {mood}: {a} {neutral}, {weather}, and then the {thing}.
      There was {weather} in {city}, {a} {neutral}, and {a} {thing} for {person}.
      "{a} {thing}," said {person} {manner}, and shut the {neutral}.
      {person} dreamed of {a} {foreign}, but woke up beside {a} {thing}.
      In {place}, {person} sold the {neutral} and kept the {thing}.
      The {neutral} was gone {when}, the {thing} was still there.
      """,
    replies: """
      {when}, nobody was {mood} about the {thing} any more.
      It was {a} {thing}, not {a} {foreign}, thought {person}.
      {person} put it {manner} between the {neutral} and the {thing}.
      The {neutral} stood there {when}, and so did the {thing}.
      """)
}
