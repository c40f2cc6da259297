"""Who speaks for a state, by the words of a role and by what the gazetteer knows of the names in it."""

from __future__ import annotations

import pytest

from articles.officials import is_office, names_in

OFFICIAL = """
admiral
Vice Admiral
general
Major General, commander of the 3rd Division
Lieutenant colonel, Portuguese Marines
Air Vice-Marshal, Royal Australian Air Force
Captain, Hungarian Defence Forces
Captain, Finnish Border Guard
Commander of the Baltic fleet's minesweepers
sergeant
commandant of the National Defence University
defence minister
Deputy Prime Minister
State Secretary
permanent secretary
Assistant secretary, Department of Foreign Affairs
Under-Secretary of Defense for Policy
deputy chief of mission, Embassy of Chile
spokeswoman for the Ministry of the Interior
spokesman for US European Command
White House press secretary
Kremlin spokesman
government spokesperson
Swedish government
defence official
senior official
a senior official at the Ministry of Finance
US official
head of the procurement agency
Director of the Swedish Security Service
deputy inspector general, Department of Defense
Chief inspector, Danish Working Environment Inspectorate of the armed forces
Petty officer, US Coast Guard
deputy head, Polish Border Guard
customs officer, Estonian Tax and Customs Board
police spokesman
senior prosecutor
chief of the general staff
deputy chief of staff of the army
senator
veteran lawmaker
MP for Plymouth
Member of the Bundestag
Member of the Dutch House of Representatives
chair of the Riksdag defence committee
deputy speaker of the Verkhovna Rada
Congresswoman
head of the Senate armed services committee
naval attaché
ambassador to Oslo
consul general in Gdańsk
governor of Lapland
defence minister, a former professor of law
Retired colonel, now deputy defence minister
European Union ambassador to Georgia
state secretary in the defence ministry
first sea lord
chief of defence
Squadron leader, RAF
Air Chief Marshal
captain of the frigate Maud
permanent representative to NATO
national security adviser
Chief of the French Defence Staff
French president
Director of national intelligence
Philippine secretary of national defence
Director, Federal Intelligence Service
adviser to the defence minister
officer in the Danish army
Pentagon press secretary
Embassy of China in Manila
Report of the House of Commons defence committee
Gen.
Lt. Gen., head of the air staff
Maj. Gen. in the territorial defence
Rear Adm.
Lt. Col., US Army
Chief of Naval Operations
Vice Chief of Space Operations
Danish defence chief
air chief
SACEUR
head of state
commander of the counter-insurgency command
US envoy for the Syrian rebels
Estonian defence minister, on the militia law
spokesman, Swiss militia army
commander of operations against the rebels
""".strip().splitlines()

INDEPENDENT = """
analyst
a retired admiral
Admiral, retired
Rear admiral, Italian Navy, retired
Brigadier (ret.), Indian Army
Lieutenant General (Ret’d)
former defence minister
Former officer in the Finnish Army
ex-ambassador to Moscow
one-time head of the coast guard
commander of the fleet until 2019
analyst and former defence minister, now at a think-tank
navy veteran
a veteran of the Royal Marines
Army veteran and farmer
professor of government
Professor, Naval War College
lecturer in war studies, King’s College London
naval historian
senior researcher, Swedish Defence Research Agency
Senior fellow, Fenwick Institute
doctoral student at the National Defence University
military analyst
defence expert
navy watcher
union official
official of the police trade union
president of the officers' union
senior official at Saab
official at a shipyard
company official
party official
football official
Chief executive, Kestrel-Dahl
CEO
director general
general manager
general counsel, Kestrel-Dahl
managing director of an army supplier
vice president, Navy programmes, Kestrel-Dahl
head of government relations at a drone maker
director of defence sales
army contractor
Defence correspondent
editor of a navy magazine
Salvation Army volunteer
head of a news agency
goodwill ambassador
fire brigade volunteer
candidate for the Senate
wife of a naval officer
mother of an injured soldier
widow of a colonel
ferry captain
bank president
anti-war activist outside the ministry
secretary general of an aid group
fisherman
marine biologist
fisherman and navy reservist
lawyer for the captain
minister of the church
owner of the agency
secretary general of the metalworkers' union
captain of a tanker
major investor
policeman's widow
officer of a bank
chief operating officer of a shipbuilder
rebel commander
spokesman for the rebels
space chief of a launch company
militia commander
spokesman of the insurgents' military wing
private military company commander
deputy head of state-owned shipyard
Gov relations lead
Gen Z campaigner
""".strip().splitlines()


@pytest.mark.parametrize("role", OFFICIAL)
def test_it_takes_who_holds_an_office(role):
    assert is_office(role)


@pytest.mark.parametrize("role", ["", *INDEPENDENT])
def test_it_refuses_who_speaks_for_themselves(role):
    assert not is_office(role)


KNOWN = {
    "France": None,
    "United States": None,
    "DGA": True,
    "Saab": False,
    "Swedish Army": True,
    "Swedish Army Museum": False,
    "Army Times": False,
    "Hezbollah": False,
    "NATO": True,
    "US": None,
}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("programme director, DGA", True),
        ("Programme director, French procurement house DGA", True),
        ("DGA's head of testing", True),
        ("official, DGA", True),
        ("navy sales lead, Saab", False),
        ("test commander at Saab", False),
        ("curator, Swedish Army Museum", False),
        ("liaison, Swedish Army, Saab", True),
        ("liaison with Swedish Army, Saab", True),
        ("former programme director, DGA", False),
        ("union representative, DGA", False),
        ("analyst who follows DGA", False),
        ("programme director, unheard of", False),
        ("President of France", True),
        ("US Vice President", True),
        ("vice president of the United States", True),
        ("Saab vice president", False),
        ("Hezbollah military commander", False),
        ("NATO secretary general", True),
        ("outgoing president of the United States", True),
        ("former president of France", False),
        ("President of Kestrel-Dahl", False),
        ("president of the France branch", False),
        ("country manager, France", False),
    ],
)
def test_what_the_gazetteer_knows_goes_before_the_words(role, expected):
    assert is_office(role, KNOWN) is expected


def test_names_are_looked_for_where_they_may_stand():
    assert list(names_in("director of Naval Group, DGA")) == ["Naval", "Naval Group", "Group", "DGA"]
    assert list(names_in("former director, DGA")) == []
