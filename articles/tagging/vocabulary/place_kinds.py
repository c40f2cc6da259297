"""The kinds of places, and of words that stand for one, as the geography lists them."""

COUNTRY, CAPITAL, CITY, REGION, COUNTY = "country", "capital", "city", "region", "county"
AREA, PEOPLE, ABBREVIATION, NOWHERE = "area", "people", "abbreviation", "nowhere"
# What may be named as a place of its own.
NAMED_PLACES = frozenset({CAPITAL, CITY, REGION, COUNTY, AREA})
