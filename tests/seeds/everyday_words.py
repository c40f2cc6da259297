"""Texts that mean something else in English news: no strong name of an entity may be one of them.

Written for the tests of the gazetteer from general knowledge.
"""

from articles.tagging.vocabulary.lexicon import words

EVERYDAY_WORDS = words(
    "adf aes ajax akash alligator altair amazon anaconda anchor angel apache apollo archer arrow arsenal ash astra"
    " atlas atmos atom au aurora av avenger axe badger bae bal banner baron barracuda bastion bat bay bear beaver"
    " bell beluga bishop bison blackbird blackjack blade blizzard blue bmc bobcat bolt bond boomerang bora borealis"
    " boxer bradley brave breeze brimstone bronco buccaneer buffalo bugle bull bulldog bullet bushmaster buzzard cae"
    " caesar camel capital caracal caravan cardinal carnation cascade cassowary castle cat cavalier ccs cedar"
    " centaur center central centurion century challenger champion chaparral charger cheetah cheyenne chicken"
    " chieftain chinook cis cobra cold collins columbia comet commander commando compass condor constellation coral"
    " cormorant corsair cossack cougar courage cowboy coyote crab cricket crocodile crossbow crown crs crusader"
    " crystal csis cutlass cyclone dac dagger dana dart dauphin dawn deer defender delta desert destroyer dia"
    " diamond diana dingo discovery dolphin dome dragon dragonfly dream drone druid duke dust eagle ecb eclipse edf"
    " edge eland element elephant elk elsa emerald emperor endeavour enforcer ensign enterprise epic esa excalibur"
    " explorer express eye faa falcon fan felon fencer fennec ferret fighter fire firefly flamingo flanker flash"
    " flint flintlock forest fort fortress fox foxhound foxtrot freedom frontier fullback fury galaxy galileo gannet"
    " garuda gauntlet gazelle gcc gecko general ghost giant gladiator glory gmd goalkeeper golden gopher grad grant"
    " gray greyhound griffin griffon grizzly growler guardian gull gust hail halo hammer harbor harm harpoon harpy"
    " harrier harvest havoc hawk hawkeye hedgehog hellfire hercules heritage hermes hero heron hind horizon hornet"
    " hot hound hunter huron hurricane husky hussar hyena ibex ibis ida iguana imf imo impala independence indra"
    " iron isi isis island ism jackal jackaroo jaguar javelin jay jet judge juniper juno jupiter kai kestrel"
    " kingfisher kite knight kodiak komodo krab lakota lance lancer lancet lantern lark leander legend lemur leo"
    " leonardo leopard let liberty light lightning lion lite lizard loc locust lotus lucas luna lynx mace mad magic"
    " mako mallard mamba mantis marauder marine marlin marten martin martlet master mastiff matador matilda maverick"
    " mda meb mercury merlin meteor midnight milan mild mine minotaur mirage missouri mist mistral mit mnd mod"
    " mohawk mongoose monitor moose mosquito mss musket must mustang nac namer nap narwhal nautilus navigator needle"
    " nemesis neptune new nga nia nightfall nightwatch nile nimrod nis noble nomad nra oas oasis ocean oic olive"
    " omega onyx opal opium optimus orca orchid orf orient orion oryx osprey otter owl ox pac paladin palm panda"
    " panther paramount parrot patria patriot peacekeeper peacock pegasus pelican penguin peregrine persistent pet"
    " phalanx phantom phoenix pike pilgrim pilot pinnacle pioneer piranha pirate pitbull pitch plan poker polar"
    " polaris polecat poseidon predator prince provider prowler pulse puma python quad quadriga quail quartz queen"
    " rabbit raider ram rampage rand ranger rapid rapier raptor rattlesnake raven raw ray reaper rebel red redback"
    " reef replicator rhino ridge river roadrunner rocket roman rook rosy rover ruby saber sabre safe sage saladin"
    " salamander sami sandworm sapphire saracen sas satan sbs scaf scalp scarab scimitar sco scorpion scout sdf sdr"
    " seagull seal senator sentinel sentry serval shadow shape shark shield shrike sidewinder sierra sis skyfall"
    " skylark skyraider snake snipe snowbird solar spa spark sparrow spartan spear spearfish specter spectre sphinx"
    " spice spider spike spirit spring squid stallion star starling steel stellar stiletto sting stinger stingray"
    " stm stork storm stratus strike stryker sun sunrise swan swift switchblade sword talon tamarin tango taurus"
    " tempest terminator tern terrier thales thor thunder thunderbolt tide tiger titan titus tomahawk tomcat topol"
    " tor tornado tortoise tow tracer trapper trident triton trojan trump typhoon uac union unity usc usn uzi"
    " valiant valkyrie valour vampire vanguard vector venom verba viking viper virginia visby vortex voyager vulcan"
    " vulture walrus wam warrior warthog wasp watchkeeper wave weasel whale who wildcat wind wing wizard wolf"
    " wolfhound wolverine wombat yak zephyr zircon zombie"
)

# Places may be called by their own name.
LARGE_CITIES = words(
    "Aberdeen Adelaide Alexandria Antwerp Athens Atlanta Austin Baltimore Bangalore Barcelona Bengaluru Birmingham"
    " Bombay Bordeaux Boston Brasilia Bremen Brest Brisbane Bristol Busan Calcutta Calgary Canberra Casablanca"
    " Charleston Chengdu Chennai Chicago Cologne Dalian Dallas Darwin Denver Detroit Dubai Durban Edinburgh"
    " Frankfurt Fujian Gaza Geneva Genoa Glasgow Guangzhou Haifa Halifax Hamburg Hanover Harbin Hiroshima Hobart"
    " Honolulu Houston Hyderabad Istanbul Izmir Jeddah Johannesburg Karachi Kazan Kiel Kobe Kolkata Krakow Kraków"
    " Kursk Lagos Lahore Lancaster Leeds Lhasa Lille Liverpool Lyon Madras Manchester Marseille Melbourne Memphis"
    " Miami Milan Minneapolis Mogami Montreal Moskva Mumbai Munich Nagasaki Nanchang Naples Nashville Nice"
    " Novocherkassk Odessa Okinawa Orlando Osaka Ottawa Palmyra Perth Philadelphia Phoenix Plymouth Portland Porto"
    " Portsmouth Richmond Rosyth Rotterdam Saratov Seattle Severomorsk Seville Shandong Shanghai Sheffield Shenzhen"
    " Sichuan Stuttgart Surat Sydney Toronto Toulouse Trieste Tripoli Turin Valencia Vancouver Varyag Venice"
    " Vladivostok Winnipeg Wuhan Yokohama York Zurich"
)

# Text: why it may be strong all the same.
REVIEWED = {
    "Prabowo": "the president is called by this name alone, and no other is",
    "SARah": "has the small letters that only the satellites have",
    "Trump": "the surname alone is the president; his family is blocked by full name",
    "UN": "counts with its capitals only, so it is never the prefix",
}
