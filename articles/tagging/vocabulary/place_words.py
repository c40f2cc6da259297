"""Words that tell places from other names: what stands before and behind them, and what looks like one."""

from .lexicon import words

# Directly before a place: "in Mosul", "near Goma".
LOCATIVES = words(
    "in at near from to of around outside inside across into toward towards through throughout between beyond"
    " within via leaving entering visiting visited reach reached left onto off along against over above"
)
# Only a place follows these at once, or nearly.
SURE_LOCATIVES = words("in near off outside across throughout into within")
# With "for" behind them a place follows.
LEAVING = words("bound left leaves leaving sailed sails headed heading heads departed departing flew flies fly")
# May stand between the preposition and the place: "in northern Mosul", "near downtown Fargo".
QUARTERS = words(
    "north south east west northern southern eastern western central northeast northwest southeast southwest"
    " northeastern northwestern southeastern southwestern north-east north-west south-east south-west upstate"
    " downtown greater rural suburban nearby neighbouring neighboring upper lower mid inner metropolitan"
    " the city town village port province state region district capital suburb mid-sized tiny small"
)
# Behind a name these make it a street, a paper, a treaty or a club, and no place that the story is about.
STREETS = words(
    "Street St Avenue Ave Road Rd Boulevard Blvd Drive Lane Highway Parkway Court Plaza Place Way Terrace Pike"
    " Turnpike Expressway Freeway Trail"
)
PAPERS = words(
    "Times Post Herald Tribune News Journal Gazette Chronicle Examiner Globe Star Daily Telegraph Observer Mail"
    " Press Sun Sentinel Register Dispatch Courier Review Inquirer Standard Guardian Bulletin Ledger Enquirer"
    " Weekly Monitor Mirror Record Independent Reporter Advertiser Today Magazine Tribune-Review Picayune"
)
TREATIES = words(
    "Agreement Agreements Accord Accords Treaty Convention Conventions Protocol Pact Declaration Process Club"
    " Principles Statute Consensus Communique Communiqué Memorandum Charter Initiative Formula Doctrine Rules"
    " Airlines Airways syndrome Syndrome Philharmonic Symphony Marathon"
)
TREATY_MIDDLES = words("climate peace nuclear Climate Peace Nuclear")
# Behind a country or its adjective they make a place of their own: "Indian Lake", "China Bay", "Chinese Farm".
LANDMARKS = words(
    "Bay Lake Creek Farm Farms Orchard Quarter Harbor Harbour Beach Springs Hill Hills Grove Wells Gap Corner Corners"
    " Crossing Mill Mills Ridge Run Village Township Flats Gardens Falls Landing Hollow Meadows"
)
# Before a place: then it is a sea, and no country's.
WATERS = tuple(f"{word} of " for word in ("Gulf", "Bay", "Sea", "Strait", "Straits"))
TREATIES |= words("agreement accord accords treaty convention syndrome pact")
# May stand with a capital directly before a place without making it a person's name.
MODIFIERS = words(
    "Historic Metro Greater Downtown Old New North South East West Northern Southern Eastern Western Central"
    " Northeast Northwest Southeast Southwest Upper Lower Inner Outer City Town Village Port Fort Camp Mount Lake"
    " Nazi Soviet Imperial Communist Fascist Vichy Tsarist Ottoman Socialist Islamic Christian Muslim Team Bank"
    " Inside Operation Exercise Free Police Mayor Rural Suburban Midtown Uptown Occupied The In At From Near For To"
    " Of By On And But As If When While After Before Since Both"
)
# Behind a bare name: then a person speaks or acts, unless it is a capital.
SPEAKING = words(
    "said says told tells added adds noted notes testified recalled recalls explained explains replied asked"
    " thinks thought believes believed hopes plans wrote writes smiled laughed admitted joked agreed herself himself"
)
# Behind a town: "a Rochester man", "Hartford police", "the Dublin mayor".
TOWNSFOLK = words(
    "man woman boy girl teen teenager resident residents native couple family mother father police mayor council"
    " councilman officials official firefighters schools school students pupils voters officers officer commuters"
    " area suburb suburbs shops shop businesses hospital airport neighborhood neighbourhood metro headquarters"
    " offensive airstrike bombing attacks attack siege office bureau branch campus plant"
    " Police Mayor Council Department Fire City Town Airport Schools School County"
)
CALLED = words("called named nicknamed dubbed christened titled entitled")
# Further words, names and makes that are towns as well, beside those that the geography marks.
RISKY = words(
    "Olympic Olympics Toyota Molotov Christmas Arab Arabs English Democrat Democrats Republican Liberal Liberals"
    " Commonwealth Centennial Easter Halloween Thanksgiving Catholic Christian Baptist Methodist Lutheran Internet"
    " Facebook Twitter Google Sony Honda Nissan Lexus Acura Isuzu Mazda Subaru Duma Senate Congress Parliament"
    " Islam Koran Muslim Muslims Jewish Hindu Sikh Buddhist Taliban Chelsea Arsenal Everton Juventus Virgin"
    " Georgia Jordan Chad Israel China India Kenya Ireland Holland England Germany France Asia Africa America"
    " Al El La Le Los Las San Santa Saint De Da Van Von Bin Ben Abu Ali Sri Don Dom Mar Nov Dec Jan Feb Oct Sept"
    " Tory Tories Labour Labor Hamas Fatah Boeing Airbus Saab Dassault Thales Leonardo Krupp Mercedes Benz Apollo"
    " Obama Southland Northland Westland Sunset Soyuz Vostok Saturn Jupiter Venus Mars Neptune Amazon Nike Adidas"
    " Puma Ebola Zika Lyme Omicron Delta"
)
# Institutions and customs that tell where a story is at home; they choose between places and bring no country.
CLUES = {
    "US": words(
        "sheriff sheriffs interstate congressman congresswoman fbi medicaid medicare homecoming sophomore freshman"
        " varsity ncaa nfl nba fema usda alderman aldermen selectmen selectman trooper troopers gubernatorial gop"
        " statewide countywide superintendent commissioners misdemeanor felony arraigned color center program"
    ),
    "CA": words("rcmp mountie mounties opp const ctv cbc mla mlas mpp mpps ndp loonie hydro centre toonie reeve"),
    "GB": words(
        "constabulary nhs bbc mps councillor councillors pupils pence holyrood borough postcode councils msp msps"
        " headteacher gcse gcses detectives pc dc centre programme pounds"
    ),
    "AU": words("abc councillors centrelink nsw afl nrl ute bushfire bushfires"),
    "NZ": words("nzherald kiwi māori maori iwi councillors"),
    "IE": words("gardaí gardai garda taoiseach oireachtas dáil dail tds councillors"),
    "IN": words("lakh lakhs crore crores rupees sabha bjp panchayat jawan jawans"),
    "PK": words("rupees lakh crore isi tehsil"),
    "RU": words("rouble roubles ruble rubles duma oblast kremlin"),
    "ZA": words("anc rand eff councillors"),
    "NG": words("naira efcc apc"),
    "PH": words("barangay pesos"),
    "MX": words("pesos peso cartel"),
    "JP": words("yen diet"),
    "CN": words("yuan renminbi"),
    "FR": words("gendarmes gendarmerie"),
    "DE": words("bundestag bundeswehr"),
    "IL": words("knesset shekels idf"),
}
# Abbreviations that mean a state even without a city before them.
PLAIN_ABBREVIATIONS = words(
    "Fla. Calif. Mass. Conn. Mich. Minn. Tenn. Okla. Wis. Colo. Ariz. Ark. Ala. Neb. Nev. Wyo. Tex. Penn. N.Y. N.J."
    " N.H. N.C. S.C. N.D. S.D. N.M. R.I. B.C. W.Va. D.C. P.E.I. N.S.W. Phila. Sask. Ont. Alta. Ore. Kan. Ind."
)
