extension TopicLexicon {
  static let englishSports = TopicLexicon(
    "sports", .english,
    kinds: """
      piece of equipment: racket, shuttlecock, javelin, hurdle, snorkel, paddle, crossbar, goalpost, \
      mouthguard, shin guard, surfboard, snowboard, discus, barbell, trampoline, oar, ski pole, \
      hockey stick, catcher's mitt, stopwatch
      technique: backhand, dribble, slam dunk, penalty kick, header, serve, volley, breaststroke, \
      butterfly stroke, pole vault, triple jump, free kick, layup, corner kick, uppercut, smash, \
      somersault, sprint finish, drop shot, forehand
      competition: marathon, decathlon, relay, regatta, playoff, semifinal, quarterfinal, derby, \
      triathlon, time trial, slalom, steeplechase, qualifier, friendly match, title fight, \
      tie-break, penalty shootout, grand prix, cup tie, biathlon
      player: goalkeeper, striker, midfielder, defender, sprinter, gymnast, fencer, rower, wrestler, \
      boxer, point guard, quarterback, pitcher, batsman/batsmen, hurdler, cyclist, figure skater, \
      archer, swimmer, weightlifter
      playing field: court, racetrack, velodrome, swimming lane, boxing ring, ice rink, halfway line, \
      penalty area, putting green, ski slope, running track, dugout, locker room, grandstand, \
      finish line, starting block, outfield, baseline, sideline, diving board
      rule: offside call, yellow card, red card, foul, time-out, substitution, overtime, false start, \
      handicap, warm-up, training drill, transfer fee, winning streak, clean sheet, hat trick, \
      world ranking, league table, medal, trophy, home advantage
      """,
    deeds: """
      win/won/winning: the derby, the opening set, the trophy, every home match
      lose/lost/losing: the final set, the ball in midfield, the title on points
      score: the decisive goal, a late penalty, two headers
      coach: the youth squad, the relay team, the reserve players
      defend: the title, the penalty area, a narrow lead
      train: the young sprinters, a new goalkeeper, the rowing crew
      sign: a veteran striker, a promising midfielder, a two-year transfer deal
      break/broke/breaking: the world record, the serve in the last game, a winning streak
      miss: an open goal, the qualifying round, a decisive free throw
      kick: the ball over the bar, the penalty into the corner, the ball upfield
      lift: the championship cup, the barbell twice, the home crowd
      referee: the cup tie, the title fight, the semifinal
      suspend: the team captain, a defender for two matches, the training camp
      celebrate: the promotion, a hat trick, the gold medal
      outrun/outran/outrunning: the whole field, the last defender, the favorite on the final lap
      """,
    roles: """
      head coach, team captain, referee, goalkeeper, sprinter, physical trainer, club president, \
      scout, umpire, rowing champion, marathon runner, sports commentator
      """,
    houses: """
      United, Rovers, Athletic Club, Wanderers, City Harriers, Rowing Club, Wolves, Tigers, \
      Gymnastics Academy, Cycling Team
      """,
    venues: """
      the main stadium, the indoor arena, the training ground, the ice hall, the tennis center, \
      the rowing lake, the athletics track, the velodrome
      """,
    events: """
      the league final, the spring tournament, the national championships, the cup season, \
      the harbor marathon, the winter games, the transfer window, the regional playoffs
      """,
    qualities: """
      unbeaten, athletic, agile, muscular, breathless, competitive, tireless, acrobatic, offensive, \
      defensive, top-seeded, sprinting, injury-prone, record-breaking
      """,
    effects: """
      the crowd rose to its feet, the scoreboard stood still, the visitors never recovered, \
      the bench stormed onto the pitch, the defenders lost their shape, the fans sang until the whistle, \
      the lead shrank to a single point, the match went into extra time, the fast pace told in the end, \
      the referee waved play on
      """,
    units: "points, goals, laps, meters, medals, matches, rebounds, spectators")
}
