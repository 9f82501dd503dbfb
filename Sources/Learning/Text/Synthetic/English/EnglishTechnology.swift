extension TopicLexicon {
  static let englishTechnology = TopicLexicon(
    "technology", .english,
    kinds: """
      device: smartphone, router, graphics card, touch screen, solid-state drive, webcam, drone, \
      smartwatch, modem, circuit board, fingerprint reader, headset, mainframe, laser printer, \
      microcontroller, memory card, charging dock, vacuum robot
      component: transistor, microchip, processor, capacitor, sensor, heat sink, battery cell, \
      antenna, semiconductor wafer, resistor, cooling fan, firmware image, power supply, \
      camera module, gyroscope, diode, optical fiber, motherboard
      program: compiler, web browser, spreadsheet, operating system, chatbot, search engine, \
      antivirus scanner, text editor, debugger, database, code library, plug-in, device driver, \
      spam filter, game engine, virtual machine, command line, bootloader
      method: encryption scheme, neural network, sorting algorithm, hash function, data stream, \
      machine translation, backup routine, speech recognizer, load balancer, compression codec, \
      unit test, code review, password check, firewall rule, recommendation model, cache policy, \
      parser, regression test
      defect: software bug, memory leak, security hole, data breach, buffer overflow, server crash, \
      computer virus, power outage, deadlock, broken link, phishing mail, denial-of-service attack, \
      race condition, corrupted file, dead pixel, backdoor, kernel panic, rounding error
      service: cloud platform, app store, video call, web hosting, streaming service, domain name, \
      data center, social network, help desk, wireless network, payment gateway, \
      satellite link, open-source project, software license, user account, software update, \
      mobile network, online forum
      """,
    deeds: """
      release: a security patch, the beta version, an open-source compiler
      encrypt: the hard disk, all customer records, the message queue
      hack: the mail server, a smart doorbell, the ticket system
      design: a faster processor, the touch interface, an energy-saving chip
      upload: the source code, a million photos, the sensor logs
      debug/debugged/debugging: the device driver, the login page, the scheduler
      launch: a cloud service, the voice assistant, a foldable phone
      patch: the operating system, the leaking module, an old router
      program/programmed/programming: the robot arm, a chess engine, the thermostat
      test: the prototype, the neural network, the braking software
      migrate: the database, all accounts to the cloud, the payroll software
      assemble: the circuit boards, ten thousand tablets, the battery packs
      crash: the web server, the demo laptop, the test drone
      install: fiber cables, the firmware update, a cluster of servers
      train: the language model, a spam classifier, the speech recognizer
      """,
    roles: """
      software engineer, chip designer, data scientist, system administrator, security researcher, \
      product manager, web developer, roboticist, startup founder, hardware tester, network engineer, \
      game programmer
      """,
    houses: """
      Systems, Software, Robotics, Semiconductors, Labs, Networks, Computing, Electronics, \
      Data Works, Interactive
      """,
    venues: """
      the data center, the research lab, the assembly line, the server room, the developer campus, \
      the clean room, the startup incubator, the control room
      """,
    events: """
      the developer conference, the product launch, the software rollout, the hackathon, \
      the beta phase, the electronics fair, the security audit, the network upgrade
      """,
    qualities: """
      wireless, digital, encrypted, scalable, rechargeable, open-source, programmable, automated, \
      high-resolution, outdated, cloud-based, low-power, touch-sensitive, backward-compatible
      """,
    effects: """
      the servers went down, the download took seconds, users had to reset their passwords, \
      the battery lasted twice as long, the screen froze, the update was rolled back, \
      the code finally compiled, the network slowed to a crawl, the old interface disappeared, \
      the error log filled up
      """,
    units: "gigabytes, users, lines of code, servers, devices, megapixels, downloads, volts")
}
