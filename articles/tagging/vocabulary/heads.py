"""The nouns that end or begin a name and tell what it names: "Ministry", "Brigade", "Province", "Fort"."""

from .lexicon import words

ORGANISATION = "organisation"
UNIT = "unit"
PLACE = "place"

CATEGORIES = {
    "ministry": words("ministry ministries department departments chancellery treasury"),
    "force": words(
        "army navy force forces military militia militias guard guards guardsmen marines coastguard"
        " constabulary gendarmerie police"
    ),
    "agency": words(
        "agency agencies bureau office authority administration commission commissions service services"
        " directorate secretariat inspectorate laboratory laboratories committee committees board council"
        " councils command commands headquarters delegation mission embassy consulate registry"
    ),
    "institution": words(
        "parliament assembly senate congress court tribunal chamber government governments bundestag"
        " university college school institute institution academy foundation fund bank centre center hospital"
        " cross crescent observatory society church trust museum library forum project initiative conference"
        " organisation organization organisations organizations staff cabinet presidency"
    ),
    "alliance": words("alliance coalition union league partnership confederation treaty community commonwealth bloc"),
    "company": words(
        "group corporation company companies corp inc ltd llc plc gmbh ag sa ab asa oyj oao ooo pjsc jsc spa"
        " bv nv kg holdings holding industries systems technologies technology aerospace aviation shipbuilding"
        " shipyard shipyards enterprises partners associates airlines airways motors electronics dynamics"
        " solutions international media press news times post journal herald tribune gazette telegraph courier"
        " ledger wire daily radio television chronicle observer guardian weekly monthly"
    ),
    "party": words("party caucus democrats"),
    "group": words("front movement network brotherhood resistance legion tribe clan cartel federation association"),
}
UNIT_HEADS = words(
    "brigade brigades division divisions regiment regiments battalion battalions squadron squadrons wing"
    " fleet flotilla corps company platoon battery group battlegroup detachment garrison unit units team"
    " cavalry infantry grenadiers fusiliers rifles dragoons hussars lancers paratroopers rangers component"
    " flight flotillas"
)
# A unit by itself; the others only behind a number or a military word.
PLAIN_UNITS = words(
    "brigade brigades regiment battalion battalions squadron flotilla battlegroup fleet corps division"
    " cavalry infantry fusiliers grenadiers dragoons hussars rangers rifles"
)
MILITARY_WORDS = words(
    "strike carrier expeditionary amphibious ready task special airlift refueling refuelling maintenance"
    " combat fighter bomber attack assault airborne armoured armored mechanised mechanized motorised"
    " motorized rifle marine artillery rocket missile tank reconnaissance engineer signal logistics"
    " ordnance mobile support operations security mine submarine destroyer air naval infantry"
)
PLACE_HEADS = words(
    "province provinces governorate oblast district county region prefecture raion voivodeship island"
    " islands archipelago sea ocean bay river lake mountain mountains valley desert peninsula strait"
    " straits canal gulf airport airfield aerodrome airstrip airbase base port harbour harbor square"
    " street road avenue bridge gate dam palace stadium cathedral mosque city plain plateau heights hills"
    " hill shoal reef range camp crossing cosmodrome barracks village town neighbourhood neighborhood"
    " forest basin delta coast territory territories park highway refinery depot arsenal corridor enclave"
    " sector"
)
# Written small behind the name of a place just as well: "Anbar province", "Kandry airfield".
SMALL_PLACE_HEADS = words(
    "range fortress quarter province governorate oblast district county region prefecture raion island"
    " islands river valley desert peninsula strait airport airfield airbase dam village town neighbourhood"
    " neighborhood crossing canal mountains corridor reservoir suburb"
)
PLACE_PREFIXES = words("Fort Camp Mount Lake Cape Port Wadi Jabal Jebel Jbel RAF RNAS HMNB NAS Pulau Hill")
# Common first parts of Arabic names of places.
ARABIC_PLACES = words("Tel Tal Tall Tell Ayn Ain Deir Dayr Dair Kafr Kfar Beit Bayt Umm Ras Bab Bir Khan Wadi Jisr")
# Common first parts of Arabic names of armed groups: "army of", "front of", "brigade of".
ARABIC_GROUPS = words("Jaish Jaysh Jabhat Liwa Harakat Hizb Ansar Ahrar Kataib Kata'ib Faylaq Saraya Asaib Asa'ib")
OF_HEADS = words(
    "ministry department office board committee commission council government governments university bank"
    " institute agency centre center court house army party union league front organisation organization"
    " association federation bureau directorate secretariat academy school college fund forces force"
    " movement community chamber assembly parliament mission coalition alliance conference society service"
    " battalion brigade corps church embassy cabinet administration group institution foundation trust"
    " forum initiative headquarters command authority"
)
PLACE_OF_HEADS = words("strait straits gulf bay sea isle port province city cape republic kingdom state territory horn")
# "the Coalition", "the Council": names by themselves where a capital sets them apart inside a sentence.
BARE_HEADS = words(
    "army navy marines parliament congress senate coalition alliance council commission union department"
    " agency committee command bundestag taskforce"
)
PARTIES = words("Labour Conservatives Liberals Greens Tories Republicans Democrats Moderates Likud Fidesz")
# Before "Guards": regiments of foot and horse.
REGIMENTAL = words("irish welsh scots grenadier coldstream life horse dragoon")
EVENT_WORDS = words("summit agreement war day prize award act accord treaty protocol resolution conference festival")


def category_of(head: str) -> str:
    """The category of an organisation by its noun, "" for a noun that tells none."""
    for category, nouns in CATEGORIES.items():
        if head in nouns:
            return category
    return ""


ORGANISATION_HEADS = frozenset().union(*CATEGORIES.values())
