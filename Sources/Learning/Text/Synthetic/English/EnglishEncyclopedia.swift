extension GenrePlan {
  static let englishEncyclopedia = GenrePlan(
    openings: """
      {a} {subject} is {a} {quality} {kind} that [is known from|was first described in] {city}.
      The {subject} is {a} {kind}, [related to|similar to] the {peer} and the {peer}.
      In general, {a} {subject} is any {kind} with which {a} {role} can {deed#1}.
      The {subject} is the most {quality} {kind} [of all|in use today].
      The word {subject} [names|denotes] {a} {kind} that {a} {role} [needs|uses] to {deed#1}.
      Among the kinds of {kind}, the {subject} is [rarer|older|simpler] than the {peer}.
      """,
    stages: [
      """
      The {subject} [first appeared|was first mentioned] in {city} in {year}.
      In {year}, the {role} {hero} {deed:1} with {a} {subject} for the first time.
      Its name goes back to {hero}, {a} {role} at {org} around {year}.
      Before {year}, {a} {peer} was used wherever {a} {subject} is used today.
      {hero} of {org} [described|improved] the {subject} in {year}.
      The oldest {subject} is kept in {place} and dates from {year}.
      """,
      """
      By {year}, {org} counted {measure}, and the {subject} had [spread|travelled] to {place}.
      In {year} {he} [wrote|proved] that {a} {subject} is more {quality} than {a} {peer}.
      [Unlike|Compared with] the {peer}, the {subject} does not need {a} {thing#1}.
      It consists of {a} {thing#1}, {a} {thing#2} and [two|three|several] {thing#3:1}.
      {a} {quality} {subject} can {deed} without any {thing#1}.
      Every {kind} of this sort [depends on|begins with] {a} {thing#2}.
      A typical {subject} has {measure}; {a} {quality} one has {number}.
      After {he} {deed:1} in {year}, {rival} changed the {subject} as well.
      """,
      """
      Today the {subject} is [common|taught|studied] in {city}, {place} and beyond.
      It [serves|helps] the {role} who has to {deed}.
      {rival} has used {a} {quality} {subject} in place of {a} {thing#3} since {year}.
      The {subject} should not be confused with the {peer}, another {kind}.
      During {event}, {number} {subject:1} were [counted|shown] at {venue}.
      For {deed:2}, {a} {peer} is [preferred|recommended].
      """,
    ],
    closings: """
      In {year}, the last {quality} {subject} was given to {org}.
      A society for the {subject} has met in {place} every {month} since {year}.
      Related articles treat the {peer}, the {peer} and the {thing#1}.
      Since {year}, the {subject} has been [protected|forbidden] in {place}.
      Whether the {subject} will replace the {peer} is [unknown|disputed].
      """,
    notes: """
      The {thing} is not {a} {foreign}, and it is not {a} {neutral}.
      In {place}, the word {thing} has been in use since {year}.
      Unlike {a} {neutral} or {a} {foreign}, the {thing} has a history.
      An entry of {year}: the {thing}, described by {person}.
      {person} compared the {thing} to {a} {neutral} in {year}.
      {a} {neutral} is common in {city}, {a} {thing} is rare.
      What {a} {thing} is was explained in {year}, with {a} {neutral} as the example.
      """,
    replies: """
      Since {year}, the {thing} has belonged to the same chapter.
      The {neutral} and the {foreign} are treated elsewhere.
      {person} of {city} added a note on the {thing}.
      The {thing} is mentioned once more on page {number}.
      """)
}
