extension CommonLexicon {
  static let english = CommonLexicon(
    .english,
    surnames: """
      Abbott, Archer, Ashford, Barlow, Bellamy, Bishop, Blackwood, Brennan, Calloway, Carver, \
      Chandler, Crawford, Dalton, Delgado, Donovan, Eastman, Ellison, Farrell, Fletcher, Garrison, \
      Gallagher, Hargrove, Hawkins, Holloway, Ibarra, Jennings, Kaplan, Kendrick, Lancaster, \
      Langley, Mercer, Monroe, Nakamura, Novak, Okafor, Osborne, Pemberton, Prescott, Quinlan, \
      Radcliffe, Ramirez, Sandoval, Sinclair, Thackeray, Underhill, Vasquez, Whitaker, Winslow, \
      Yardley, Zimmerman
      """,
    women: """
      Abigail, Beatrice, Camille, Clara, Diana, Eleanor, Fiona, Grace, Hannah, Ingrid, Joanna, \
      Katherine, Laura, Lucia, Margaret, Miriam, Naomi, Olivia, Paula, Rebecca, Rosalind, Sophie, \
      Teresa, Ursula, Violet
      """,
    men: """
      Adrian, Benjamin, Caleb, Daniel, Desmond, Edmund, Felix, Gabriel, Henry, Isaac, Julian, \
      Kenneth, Lawrence, Marcus, Nathaniel, Oliver, Patrick, Quentin, Raymond, Samuel, Theodore, \
      Victor, Walter, Winston, Xavier
      """,
    cities: """
      Alderbrook, Ashbourne, Brightwater, Caldwell, Clearhaven, Dunmore, Eastport, Elmsworth, \
      Fairmont, Foxhollow, Glenrock, Greyharbor, Hartwell, Highgate, Ironbridge, Kingsford, \
      Lakeshore, Larkfield, Marlow, Millbrook, Northgate, Oakridge, Penrose, Queensbury, Redcliff, \
      Riverton, Saltmarsh, Silverdale, Stonebridge, Thornbury, Valemont, Westhaven, Whitmore, \
      Willowdale, Winterbourne, Wolfsburgh
      """,
    times: """
      at dawn, after breakfast, before noon, at midday, in the early afternoon, towards evening, \
      at dusk, after dinner, late at night, long after midnight
      """,
    weekdays: "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
    months: """
      January, February, March, April, May, June, July, August, September, October, November, \
      December
      """,
    weather: """
      rain, drizzle, sleet, thin snow, a cold wind, heavy fog, warm sunshine, a dry heat, low cloud, \
      distant thunder, pale moonlight, a clear sky, hail, a salt breeze
      """,
    moods: """
      calm, uneasy, hopeful, tired, angry, curious, proud, lonely, relieved, nervous, grateful, \
      stubborn, cheerful, ashamed, jealous, patient
      """,
    manners: """
      slowly, quietly, at once, without a word, carefully, in haste, with a smile, reluctantly, \
      again and again, almost by accident, with both hands, in silence
      """,
    things: """
      umbrella, kettle, lamp, blanket, candle, basket, ladder, bucket, mirror, drawer, doorbell, \
      curtain, pillow, hammer, teapot, armchair, bookshelf, envelope, pencil, scarf/scarves, button, \
      pocket, staircase, window, fence, garden, chimney, mailbox, broom, saucepan, carpet, cupboard, \
      key, bottle, spoon, plate, shoelace, raincoat, wheelbarrow, clock, notebook, ribbon, toolbox, \
      matchbox, lantern, jar, towel, bench, doorstep, flowerpot
      """,
    pronouns: ["he, she", "him, her", "his, her"])
}
