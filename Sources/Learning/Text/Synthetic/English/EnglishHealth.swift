extension TopicLexicon {
  static let englishHealth = TopicLexicon(
    "health", .english,
    kinds: """
      illness: migraine, pneumonia case, stomach ulcer, skin rash, fracture, concussion, tumor, \
      kidney stone, heart murmur, allergy, ear infection, sprained ankle, stroke, fever, cataract, \
      hernia, blood clot, asthma attack
      symptom: headache, cough, sore throat, dizzy spell, cramp, swelling, runny nose, chest pain, \
      irregular pulse, nosebleed, blister, toothache, bruise, muscle ache, shiver, \
      hiccup, night sweat, numb finger
      treatment: vaccination, antibiotic, painkiller, bone graft, blood transfusion, chemotherapy \
      session, physiotherapy course, dental filling, skin graft, cough syrup, insulin injection, \
      eye drop, bypass operation, organ transplant, massage, vitamin tablet, plaster cast, \
      breathing exercise
      instrument: stethoscope, scalpel, thermometer, syringe, wheelchair, X-ray machine, \
      blood pressure cuff, hearing aid, pacemaker, stretcher, bandage, defibrillator, crutch, \
      surgical mask, ventilator, pill box, tongue depressor, prosthesis
      organ: kidney, liver, spleen, lung, eardrum, retina, artery, spinal cord, kneecap, \
      thyroid gland, jawbone, tendon, heart valve, gallbladder, vertebra, intestine, \
      nerve cell, lymph node
      service: blood test, ambulance ride, emergency ward, hospital bed, clinical trial, dental checkup, \
      maternity ward, diet plan, waiting list, health screening, prescription, diagnosis, referral, \
      nursing home, sick leave, operating theater, quarantine, eye examination
      """,
    deeds: """
      treat: the wounded cyclist, a chronic cough, patients with asthma
      prescribe: a mild painkiller, antibiotics for a week, bed rest
      examine: the swollen knee, a blood sample, the sleeping infant
      vaccinate: the schoolchildren, elderly residents, the nursing staff
      diagnose: a rare allergy, early diabetes, a torn tendon
      bandage: the sprained ankle, the burned hand, a deep cut
      operate: on a ruptured spleen, on both kidneys, through a tiny incision
      transplant: a donor kidney, a section of liver, a corneal graft
      monitor: the heart rhythm, the blood sugar, premature babies
      inject: a local anesthetic, the second vaccine dose, insulin before meals
      disinfect: the operating table, the wound, the whole ward
      quarantine: the infected passengers, two nurses, the boarding school
      heal: the fracture, an old wound, the inflamed gum
      screen: newborns for deafness, smokers over fifty, the donated blood
      feed/fed/feeding: the recovering patients, the newborn by tube, vitamins to the children
      """,
    roles: """
      surgeon, head nurse, pediatrician, dentist, pharmacist, paramedic, midwife/midwives, radiologist, \
      nutritionist, family doctor, epidemiologist, physiotherapist
      """,
    houses: """
      General Hospital, Children's Clinic, Medical Center, Pharmacy, Health Institute, Dental Practice, \
      Ambulance Service, Cancer Foundation, Nursing School, Rehabilitation Center
      """,
    venues: """
      the emergency room, the intensive care unit, the maternity ward, the dental clinic, \
      the vaccination tent, the pharmacy counter, the recovery ward, the pathology lab
      """,
    events: """
      the flu season, the vaccination campaign, the clinical trial, the measles outbreak, \
      the blood drive, the hospital strike, the health screening week, the heat wave emergency
      """,
    qualities: """
      contagious, chronic, feverish, anemic, sterile, diabetic, malnourished, infected, \
      overweight, pregnant, therapeutic, benign, inflamed, antiseptic
      """,
    effects: """
      the fever broke overnight, the wound closed without a scar, the patients could breathe freely, \
      the swelling went down, the infection spread to the ward, the pulse steadied, \
      the test came back negative, the pain returned, the side effects were mild, \
      the waiting room emptied
      """,
    units: "patients, doses, beds, milligrams, infections, nurses, heartbeats per minute, donors")
}
