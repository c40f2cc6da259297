"""The word classes that the extractors share: function words, titles, nouns for people and papers."""

from functools import lru_cache

# Nearly every word of a story is asked for several times; a newsroom's vocabulary fits in here.
KNOWN_WORDS = 1 << 15


def words(text: str) -> frozenset[str]:
    """The words of a list written out as one string."""
    return frozenset(text.split())


SUBJECT_PRONOUNS = words("he she they it i we you who")
MALE = words("he him his himself")
FEMALE = words("she her hers herself")
POSSESSIVES = words("his her their its my our your whose")
ARTICLES = words("the a an")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | words("this these those some several many another any each every no both most few all other one two three")
    | words("four five six seven eight nine ten dozens hundreds")
)
PREPOSITIONS = words(
    "of in on at by for with from to into onto over under about against between among during before after"
    " since until through throughout across behind beyond near without within toward towards upon via amid"
    " despite around outside inside off like as per than except alongside regarding concerning including"
    " following"
)
CONJUNCTIONS = words("and or but nor so yet if because although though while when whereas unless where whether that")
AUXILIARIES = words(
    "is are was were be been being am has have had having do does did will would can could may might shall cannot"
    " should must isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't"
    " can't couldn't shouldn't isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t"
    " wouldn’t can’t couldn’t"
)
ADVERBS = words(
    "also later then now not never ever just even still already again once often soon further furthermore"
    " only recently reportedly repeatedly simply really quickly previously earlier meanwhile however"
    " therefore thus too there here too ago yesterday today tomorrow first instead perhaps maybe rather"
    " quite very so always sometimes bluntly publicly famously flatly jokingly specifically apparently"
    " clearly initially eventually subsequently afterwards afterward separately similarly nevertheless"
    " nonetheless moreover"
)
WH_WORDS = words("who whom whose which what when where why how that")
OBJECT_PRONOUNS = words("him them me us himself herself themselves itself there this these those what")
STOP_WORDS = (
    PREPOSITIONS
    | CONJUNCTIONS
    | AUXILIARIES
    | ADVERBS
    | WH_WORDS
    | SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | words("not n't ’t more less")
)

DAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = words(
    "January February March April May June July August September October November December"
    " Jan Feb Aug Sept Sep Oct Nov Dec"
)
# Stand before a role or a name without an article: "former Secretary Reed", "senior officials".
LEADING_ADJECTIVES = words(
    "former then ex senior top veteran longtime long-time fellow late acting incoming outgoing ex-president"
    " chief deputy retired prominent leading junior freshman onetime one-time"
)
NUMBERS = words("two three four five six seven eight nine ten dozens hundreds")
TIME_NOUNS = words(
    "day week month year night morning afternoon evening weekend hour minute moment hours days weeks months years time"
    " past"
)
# Written before a name. The first line are abbreviations that take a stop without ending a sentence.
ABBREVIATED_TITLES = words(
    "Mr Mrs Ms Dr Sen Rep Gov Gen Col Lt Sgt Capt Cmdr Maj Adm Prof Rev Hon Sens Reps Pres Supt Brig Cpl Pvt St Fr"
)
TITLES = (
    ABBREVIATED_TITLES
    | words("President Prime Minister Premier Chancellor King Queen Prince Princess Senator Congressman Congresswoman")
    | words("Representative Governor Mayor Secretary Ambassador General Colonel Major Captain Admiral Lieutenant")
    | words(
        "Commander Commodore Marshal Brigadier Sergeant Judge Justice Professor Doctor Chairman Chairwoman Speaker Pope"
    )
    | words("Director Chief Deputy Vice Foreign Defence Defense Interior Attorney Lord Lady Sir Dame Baroness Sheikh")
    | words("Ayatollah Rabbi Bishop Archbishop Cardinal Father Sister Brother Councillor Commissioner Vice-President")
)
ABBREVIATIONS = (
    ABBREVIATED_TITLES
    | words("Jan Feb Aug Sept Sep Oct Nov Dec")
    | words("Jr Sr vs Inc Corp Co Ltd No Nos Ave Blvd Fla Calif Ariz Mass Pa Va Wis Mich Ill Ky Tenn Tex Conn Ala Ga")
    | words("Md Minn Mo Neb Nev Okla Ore Wash Colo Del Ind Kan La Me Miss Mont Vt Wyo Ft Mt Bros Dept Est Univ al etc")
    | words("approx fig ph Ph eg ie cf Op No Vol pp")
)

# Nouns for people by what they do; plurals follow by rule.
PERSON_NOUNS = words(
    "official spokesman spokeswoman spokesperson minister secretary president premier chancellor leader"
    " chief head commander general admiral colonel captain lieutenant sergeant major officer soldier veteran"
    " diplomat envoy ambassador senator congressman congresswoman lawmaker legislator governor mayor"
    " representative delegate candidate nominee politician activist campaigner critic supporter opponent"
    " rival ally aide adviser advisor strategist consultant analyst expert scholar researcher scientist"
    " professor academic economist historian author writer journalist reporter correspondent editor"
    " columnist commentator host anchor moderator pundit blogger observer witness resident neighbour"
    " neighbor villager voter protester protestor demonstrator lawyer attorney judge prosecutor investigator"
    " detective policeman policewoman doctor nurse teacher student director manager executive chairman"
    " chairwoman founder owner boss employee worker farmer fisherman priest bishop pastor imam rabbi"
    " cardinal pope king queen prince princess man woman boy girl father mother husband wife son daughter"
    " brother sister friend colleague source insider participant member speaker coordinator organiser"
    " organizer operative donor staffer negotiator mediator monitor inspector engineer pilot sailor rebel"
    " fighter militant insurgent separatist defector refugee survivor victim relative parent child citizen"
    " immigrant user commenter actor actress singer musician artist director producer coach player athlete"
    " fan contractor planner deputy republican democrat conservative liberal progressive libertarian"
    " socialist evangelical pollster surrogate justice commissioner administrator principal treasurer"
    " sheriff marshal warden guard driver customer reader viewer attendee audience crowd person people folk"
    " guy lady gentleman one other others some many most several none campaign sen rep gov businessman"
    " businesswoman mogul billionaire frontrunner front-runner contender hopeful statesman serviceman"
    " trooper cadet recruit comedian tycoon developer magnate Democrat Republican hawk dove questioner agent"
    " graduate retiree heckler onlooker passer-by bystander caller listener viewer counsel follower loyalist hardliner"
    " moderate rower crewman airman seaman sergeant-major trainee intern contributor organizer organiser narrator"
    " presenter novelist poet playwright critic scholar chairperson congressperson guest moderator cabinet-maker"
    " advocate counterpart firefighter sapper gunner clerk cook skipper prefect examiner coroner curator archivist"
    " beekeeper vintner baker butcher shopkeeper fitter welder mechanic midwife paramedic helmsman boatswain master"
    " shepherd smuggler arbiter auditor instructor pupil apprentice successor predecessor namesake someone"
    " peacekeeper mercenary dissident exile migrant whistleblower informant handler operator designer maker"
)
ORGANISATION_NOUNS = words(
    "ministry department government administration army navy military force forces command committee"
    " commission council parliament senate congress court agency bureau office embassy company corporation"
    " firm group party campaign union association organisation organization institute institution university"
    " college school church team police authority authorities newspaper magazine network channel station"
    " outlet media press broadcaster foundation trust bank fund board panel body house kremlin pentagon"
    " staff coalition alliance bloc movement service guard corps fleet brigade junta regime opposition"
    " leadership state city country nation community militia tribunal watchdog regulator centre center tabloid"
    " think-tank thinktank daily weekly startup nonprofit charity crew mission embassy inquiry investigation probe"
    " family couple troupe majority minority plurality public faction wing camp headquarters secretariat"
    " company airline manufacturer delegation caucus pac"
)
DOCUMENT_NOUNS = words(
    "report statement study survey poll letter memo memorandum document article editorial paper essay"
    " column blog post tweet email e-mail message book website site page filing lawsuit complaint indictment"
    " ruling opinion resolution bill law act constitution treaty agreement declaration communique communiqué"
    " manifesto platform release transcript notice announcement ad advertisement commercial video clip"
    " headline caption banner sign placard poster sticker slogan brochure leaflet text note testimony"
    " affidavit review assessment analysis briefing cable dispatch account story piece strategy doctrine"
    " plan petition tape recording speech"
)
FORMS_OF_NAME = words("of the for and de la le du van von der den bin ibn al el da dos del di e y af ter ten zu")


# "Journalist" and the like are people; the verbs are not.
SHORTEST_IST = 6
VERBS_IN_IST = words("persist consist subsist coexist preexist desist reenlist")


def singular(word: str) -> str:
    """The likely singular of a lower-case noun: "ministries" → "ministry", "spokesmen" → "spokesman"."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=KNOWN_WORDS)
def noun_class(word: str) -> str:
    """ "person", "organisation", "document" or "" for a common noun, singular or plural."""
    lower = word.lower()
    last = lower.rpartition("-")[2]
    for candidate in (lower, singular(lower), last, singular(last)):
        if candidate in PERSON_NOUNS:
            return "person"
        if candidate in ORGANISATION_NOUNS:
            return "organisation"
        if candidate in DOCUMENT_NOUNS:
            return "document"
        is_ist = candidate.endswith("ist") and not candidate.endswith(("qvist", "kvist"))
        if is_ist and len(candidate) > SHORTEST_IST and candidate not in VERBS_IN_IST:
            return "person"
    return ""
