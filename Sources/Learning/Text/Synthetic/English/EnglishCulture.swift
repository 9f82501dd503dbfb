extension TopicLexicon {
  static let englishCulture = TopicLexicon(
    "culture", .english,
    kinds: """
      work of art: oil painting, marble statue, woodcut, watercolor, mosaic, fresco, self-portrait, \
      still life, tapestry, bronze bust, charcoal sketch, altarpiece, lithograph, porcelain vase, \
      collage, stained-glass window, miniature, landscape painting
      musical work: symphony, string quartet, sonata, opera, lullaby, waltz, requiem, overture, ballad, \
      film score, nocturne, folk song, choral work, concerto, fugue, march, jazz standard, aria
      piece of writing: novel, sonnet, short story, stage play, memoir, fable, haiku, screenplay, \
      fairy tale, biography, essay, epic poem, detective story, manuscript, diary, elegy, \
      love letter, libretto
      musical instrument: violin, cello, oboe, harpsichord, trumpet, bassoon, accordion, harp, clarinet, \
      kettledrum, mandolin, grand piano, flute, banjo, trombone, church organ, viola, saxophone
      performer: soprano, conductor, ballet dancer, puppeteer, film star, pianist, understudy, comedian, \
      street musician, tenor, stuntman/stuntmen, mime, choir singer, tap dancer, narrator, violinist, \
      acrobat, stage actor
      place of culture: art gallery, concert hall, film studio, opera house, open-air stage, library, \
      sculpture garden, recording studio, puppet theater, cinema, museum wing, rehearsal room, \
      bookshop, reading room, orchestra pit, dance school, auction house, printing press
      """,
    deeds: """
      paint: a mural on the mill, the duke's portrait, the harbor at night
      compose: a violin concerto, the film score, twelve preludes
      rehearse: the second act, the choral finale, a difficult duet
      publish: a volume of sonnets, the lost diaries, her third novel
      direct: a silent film, the Christmas play, an opera in three acts
      restore: the damaged fresco, a baroque altarpiece, the theater curtain
      perform: the requiem, a one-man show, the balcony scene
      translate: an epic poem, the fairy tales, a bundle of letters
      exhibit: the bronze masks, forty woodcuts, the stolen portrait
      carve: a limestone angel, the choir stalls, a chess set
      conduct: the youth orchestra, the opening symphony, without a score
      film: the closing scene, a documentary about weavers, in black and white
      write/wrote/writing: the libretto, a crime novel, verses for children
      dance: the leading role, a slow tango, the dying swan
      tune: the grand piano, the cathedral organ, an old harpsichord
      """,
    roles: """
      novelist, film director, curator, sculptor, conductor, playwright, art critic, choreographer, \
      poet, cellist, librarian, stage designer
      """,
    houses: """
      Philharmonic, Art Museum, Theater Company, Publishing House, Film Studios, Ballet, Opera, \
      Gallery, Literary Society, Conservatory
      """,
    venues: """
      the concert hall, the city museum, the opera house, the old library, the puppet theater, \
      the art school, the film studio, the open-air stage
      """,
    events: """
      the book fair, the film festival, the opening night, the concert season, the poetry prize, \
      the biennial, the jazz festival, the museum night
      """,
    qualities: """
      lyrical, baroque, operatic, sculpted, theatrical, poetic, melodic, avant-garde, \
      bestselling, handwritten, rhyming, orchestral, surrealist, sold-out
      """,
    effects: """
      the audience called for an encore, the critics were divided, the curtain fell in silence, \
      the paint had barely dried, the first edition sold out, the orchestra lost its place, \
      the jury could not agree, the last chord lingered, the canvas was covered with dust, \
      the choir rose to sing
      """,
    units: "pages, paintings, performances, verses, copies, visitors, scenes, manuscripts")
}
