extension GenrePlan {
  static let englishNews = GenrePlan(
    openings: """
      {org} [announced|confirmed|said] on {weekday} that it had {deed#1:1} before {event}.
      {hero}, the {role#1} of {org}, {deed#1:1} on {weekday}, [officials|witnesses|colleagues] said.
      [Reporters|Residents] in {city} gathered at {venue} on {weekday} after {org} {deed#1:1}.
      With {event} only {few} days away, {org} has {deed#1:1}.
      A {quality} {thing#1} has become the talk of {city} since {hero} {deed#1:1} on {weekday}.
      {city}: {measure} were counted when {event} [opened|began] at {venue} on {weekday}.
      {org} and {rival} will [work together|compete] during {event}, both said on {weekday}.
      The {role#1} {hero} has [left|joined] {org}, where {he} {deed#1:1} last {month}.
      """,
    stages: [
      """
      {hero}, who joined {org} as {a} {role#1} in {month}, called the {thing#1} "{a} {quality} choice".
      The [decision|news] surprised {rival}, which had hoped to {deed#2} itself.
      [According to|In the words of] {hero}, the {thing#1} [cost|replaced] more than {measure}.
      "We needed {a} {quality} {thing#1}," {hero} told reporters at {venue}.
      Until {month}, nobody at {org} had expected to {deed#1}.
      The plan covers the {thing#1}, {a} {thing#2} and {few} new {thing#3:1}.
      It was the first time since {month} that {org} {deed#2:1}.
      A [spokeswoman|spokesman] for {org} said the {role} in charge had asked for {a} {thing#2}.
      """,
      """
      [Figures|Documents] published on {weekday} show {measure}, {percent} more than a year [ago|earlier].
      {person}, {a} {role} from {place}, [doubts|believes] that the {thing#1} will help.
      {rival} [reacted|answered] on {weekday}: it {deed:1} and promised {a} {quality} {thing#2}.
      By {weekday} the number of {thing#1:1} had [risen|fallen] to {number}, and {effect}.
      [Critics|Experts] warn that {a} {quality} {thing#2} can do more harm than {a} {thing#3}.
      Asked about the {thing#2}, {hero} said {he} would rather {deed}.
      {effect}, and {org} had to explain itself to its {role:1}.
      Neither {hero} nor {person} would say who {deed#3:1}.
      In {city}, [opinions|hopes] are divided: {number} of 100 people asked want more {thing#1:1}.
      """,
      """
      On {weekday}, {hero} {deed:1} again, this time [near|outside] {venue}.
      Since then {effect}.
      {he} added that {deed:2} had taken {few} [days|weeks|months].
      For {rival}, {event} comes too early, said its {role} {person}.
      The {thing#1} itself was shown at {venue}, next to {a} {thing#3}.
      "Nobody can {deed} without {a} {thing#2}," said {person} of {rival}.
      [Meanwhile|At the same time], {rival} {deed:1} in {place}.
      """,
    ],
    closings: """
      {org} wants to {deed} [before|after] {event}, {hero} said.
      The next [report|decision] on the {thing#1} is expected on {weekday}.
      Whether {hero} will {deed#1} again is still open.
      {event} ends in {month}; until then, the {thing#1} stays at {venue}.
      {rival} plans to {deed} in {month}.
      {he} will speak about the {thing#2} at {venue} on {weekday}.
      """,
    notes: """
      {city}: a found {neutral}, a lost {neutral} and one {thing} on the front page.
      On {weekday} {person} asked for {a} {thing}, not {a} {foreign}.
      People in {place} talked about the {thing} on {weekday}, next to {a} {neutral}.
      A reader in {city} found {a} {neutral} and a picture of {a} {thing}.
      Report from {place}: {a} {thing} for {person}, {a} {foreign} for nobody.
      The {thing} was in the news on {weekday}, the {neutral} was not.
      {person} wrote to us about {a} {thing} and {a} {neutral} from {month}.
      In {month}, {person} left {a} {foreign} in {city} and spoke of the {thing}.
      """,
    replies: """
      Nobody in {city} had seen such {a} {thing} since {month}.
      The {neutral} was forgotten by {weekday}, the {thing} was not.
      {person} from {place} sent us {a} {neutral} and {a} {thing}.
      It was the {thing}, and not the {foreign}, that people remembered.
      """)
}
