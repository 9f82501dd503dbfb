extension TopicLexicon {
  static let englishTravel = TopicLexicon(
    "travel", .english,
    kinds: """
      means of transport: night train, ferry, cable car, rental car, cruise ship, rickshaw, canoe, \
      sleeper coach, hot-air balloon, camper van, seaplane, tram, motorboat, airport shuttle, gondola, \
      funicular, jet, steam locomotive
      lodging: youth hostel, guesthouse, beach resort, mountain hut, campsite, bed and breakfast, \
      motel, double room, penthouse suite, tent, bungalow, farmstay, tree house, capsule hotel, \
      vacation rental, inn, hammock, log cabin
      sight: waterfall, medieval castle, coral reef, cathedral square, volcano, glacier, lighthouse, \
      rope bridge, sand dune, hot spring, night market, national park, desert canyon, pagoda, \
      viewing platform, rice terrace, fjord, lagoon
      travel document: passport, visa, boarding pass, travel guide, train ticket, hotel voucher, \
      customs form, city map, residence permit, phrase book, itinerary, luggage tag, postcard, \
      timetable, seat reservation, exchange receipt, season ticket, entry stamp
      piece of luggage: suitcase, backpack, sleeping bag, duffel bag, water flask, sun hat, compass, \
      hiking boot, travel adapter, mosquito net, neck pillow, camera bag, money belt, beach towel, \
      walking pole, life jacket, headlamp, rain poncho
      journey: safari, honeymoon, pilgrimage, weekend getaway, guided tour, island hop, stopover, \
      layover, road trip, detour, mountain hike, boat excursion, city break, round trip, \
      connecting flight, sightseeing walk, border crossing, diving trip
      """,
    deeds: """
      book: a window seat, two nights by the lake, the last guided tour
      pack: a light rucksack, the tent and the stove, sun cream and maps
      cross: the border on foot, the strait by ferry, the salt desert
      board: the overnight train, a crowded ferry, the wrong plane
      visit: the old harbor, three island villages, the cliff monastery
      hike: the coastal trail, up the volcano, through the gorge
      cancel: the charter flight, the cruise, the hotel reservation
      photograph: the sunrise over the dunes, a herd of elephants, the floating market
      explore: the spice bazaar, the limestone caves, the walled town
      rent: a pair of bicycles, a cabin in the pines, a small sailing boat
      miss: the connecting flight, the last cable car, the turn to the beach
      guide: the hikers over the pass, a busload of tourists, the divers along the reef
      stamp: the passports, every boarding card, the pilgrims' booklets
      extend: the tourist visa, their stay by a week, the tram line to the airport
      camp: beside the glacier, under palm trees, near the waterfall
      """,
    roles: """
      tour guide, flight attendant, hotel manager, travel writer, ship's captain, backpacker, \
      mountain guide, customs officer, train conductor, park ranger, travel agent, innkeeper
      """,
    houses: """
      Airways, Travel Agency, Grand Hotel, Ferry Lines, Railways, Holiday Tours, Cruises, \
      Tourist Board, Resorts, Coach Lines
      """,
    venues: """
      the departure hall, the ferry terminal, the hotel lobby, the railway station, the tourist office, \
      the campground, the harbor promenade, the border checkpoint
      """,
    events: """
      the holiday season, the lantern festival, the summer timetable, the airline strike, \
      the cruise season, the travel fair, the pilgrimage month, the school holidays
      """,
    qualities: """
      scenic, tropical, remote, touristy, seaside, sunburned, jet-lagged, mountainous, \
      off-season, picturesque, homesick, seasick, all-inclusive, windswept
      """,
    effects: """
      the hotels were fully booked, the ferry sailed without them, the luggage turned up a day later, \
      the queue reached the street, the trail was closed, the passengers applauded, \
      the tourists put away their cameras, the flight left on time, the view made up for everything, \
      the beach lay deserted
      """,
    units: "kilometers, tourists, nights, flights, rooms, islands, passengers, nautical miles")
}
