import pytest

from articles.tagging import Document, analyse


def speaker(gazetteer, text: str) -> tuple[str | None, str | None, str]:
    """Whom the last quotation's speaker stands for."""
    quote = analyse(Document(text), gazetteer).quotes[-1]
    return quote.resolved, quote.speaker_id, quote.speaker_kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait and see,” Beijing said.", ("China", "country-cn", "organisation")),
        ("“We wait and see,” the Pentagon said.", ("US Department of Defense", "pentagon", "organisation")),
        ("Anna Kowalska rose. “We wait and see,” she said.", ("Anna Kowalska", None, "person")),
        ("Anna Kowalska and Tom Reed rose. “We wait and see,” he said.", ("Tom Reed", None, "person")),
        ("Anna Kowalska rose. “We wait and see,” Kowalska said.", ("Anna Kowalska", None, "person")),
        ("Nancy Pelosi rose. “We wait and see,” Pelosi said.", ("Nancy Pelosi", "pelosi", "person")),
        (
            "Defence Minister Anna Kowalska rose. “We wait and see,” the minister said.",
            ("Anna Kowalska", None, "person"),
        ),
        ("The Russian Navy sailed. “We wait and see,” the navy said.", ("Russian Navy", None, "organisation")),
    ],
)
def test_resolve_finds_the_full_name(gazetteer, text, expected):
    assert speaker(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Kowalska rose. “We wait and see,” officials said.", (None, None, "unnamed")),
        ("Anna Kowalska rose. “We wait and see,” they said.", (None, None, "unnamed")),
        ("Anna Kowalska rose. “We wait and see,” he said.", (None, None, "person")),
        ("Anna Kowalska rose. “We wait and see,” a 2017 report states.", (None, None, "document")),
        ("Anna Kowalska rose. “We wait and see,” Kowalska aides said.", (None, None, "unnamed")),
    ],
)
def test_resolve_leaves_the_unnamed(gazetteer, text, expected):
    assert speaker(gazetteer, text) == expected


def test_resolve_takes_the_person_before_the_person_s_employer(gazetteer):
    found = speaker(gazetteer, "“We wait and see,” Colonel Lovisa Tall of the Russian Navy said.")

    assert found == ("Lovisa Tall", None, "person")


def test_resolve_takes_an_organisation_that_ends_in_a_person_s_noun(gazetteer):
    found = speaker(gazetteer, "“We wait and see,” the Russian Coast Guard said.")

    assert found == ("Russian Coast Guard", None, "organisation")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” the prefect, Eerika Kurvits, said.", "Eerika Kurvits"),
        ("The prefect, Eerika Kurvits, rose. “We wait,” the prefect said.", "Eerika Kurvits"),
        ("Eerika Kurvits, who left, rose. Was she glad? “We wait,” she said.", "Eerika Kurvits"),
        ("The Russian Navy sailed. “We wait,” it said.", "Russian Navy"),
        ("“We wait,” China's Southern Theatre Command said.", "Southern Theatre Command"),
        ("Lt. Gen. Eerika Kurvits rose. “We wait,” the general said.", "Eerika Kurvits"),
        ("“We wait and see,” a study by the Russian Navy states.", "Russian Navy"),
        ("“We wait,” said Sergeant First Class Savannah Bradley.", "Savannah Bradley"),
    ],
)
def test_resolve_reads_roles_and_bodies(gazetteer, text, expected):
    assert speaker(gazetteer, text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The prefect, Eerika Kurvits, rose. “We wait,” a pilot said.",
        "The prefect, Eerika Kurvits, rose. “We wait,” the pilot said.",
        "Beijing and Moscow spoke. “We wait,” it said.",
    ],
)
def test_resolve_leaves_other_roles_and_vague_words(gazetteer, text):
    assert speaker(gazetteer, text)[0] is None


def test_resolve_says_whom_a_pronoun_means(gazetteer):
    text = "Eerika Kurvits rose. The hall was cold. “We wait,” she said."

    quote = analyse(Document(text), gazetteer).quotes[0]

    assert quote.reason.startswith("said by “she”; “she” means Eerika Kurvits, named two sentences before")


def test_speaker_takes_in_the_name_beside_the_role(gazetteer):
    quote = analyse(Document("“We wait,” a pilot, Captain Israel Fontaine, said."), gazetteer).quotes[0]

    assert quote.speaker.text == "a pilot, Captain Israel Fontaine"


@pytest.mark.parametrize("label", ["Kask", "KASK", "Ludo van Kask"])
def test_resolve_takes_an_unknown_capitalised_name(gazetteer, label):
    assert speaker(gazetteer, f"{label}: “We wait and see how it goes.”")[0] == label


@pytest.mark.parametrize("thing", ["The Zorv-29s", "An iZorv"])
def test_resolve_takes_no_thing_for_a_person(gazetteer, thing):
    assert speaker(gazetteer, f"{thing} said: “We wait and see how it goes.”")[0] is None
