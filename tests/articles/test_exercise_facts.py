"""Facts of exercises: each with its source, several side by side, none without one that is live."""

from decimal import Decimal

import pytest
from django.urls import reverse

from articles import exercise_facts, publishing
from articles.admin.story_named import story_named
from articles.day_precision import read_days
from articles.models import ReportedFact, Tag
from articles.states import GuardFailed, NotAllowed
from articles.views.reported import reported_editions


def count(edition, article, value, *, by, **more):
    return exercise_facts.report(
        edition, by=by, article=article, kind="figure", label="personnel", value=Decimal(value), **more
    )


def told(drill):
    return [
        (heading, line.says, line.detail, [source.headline for source in line.sources])
        for edition in reported_editions([drill.pk])
        for heading, lines in edition.groups
        for line, _ in lines
    ]


def test_edition_stands_once(desk, edition, drill):
    with pytest.raises(GuardFailed, match="stands there already"):
        exercise_facts.save_edition(by=desk.editor, exercise=drill, year=2026)

    second = exercise_facts.save_edition(by=desk.editor, exercise=drill, year=2026, number=2)
    assert str(second) == "Northern Drill 2026 (2)"


@pytest.mark.parametrize("wrong", [{"year": 1066}, {"exercise": "norway"}])
def test_edition_is_of_an_exercise_in_a_year(desk, drill, norway, wrong):
    given = {"exercise": norway if "exercise" in wrong else drill, "year": wrong.get("year", 2026)}

    with pytest.raises(GuardFailed, match=r"is no exercise|year must be"):
        exercise_facts.save_edition(by=desk.editor, **given)


def test_reports_that_differ_both_stand_and_those_that_agree_are_one_line(desk, edition, drill):
    one, two, three = (desk.live(name) for name in ("One", "Two", "Three"))
    for article, value in ((one, 9000), (two, 14000), (three, 9000), (three, 9000)):
        count(edition, article, value, by=desk.editor)

    assert told(drill) == [
        ("Figures", "9,000", "personnel", ["One", "Three"]),
        ("Figures", "14,000", "personnel", ["Two"]),
    ]


@pytest.mark.parametrize("verb", ["kill", "withdraw"])
def test_fact_goes_with_its_only_source(client, desk, edition, drill, verb):
    one, two = desk.live("One"), desk.live("Two")
    for article, value in ((one, 9000), (one, 12000), (two, 9000)):
        count(edition, article, value, by=desk.editor)
    page = client.get(drill.get_absolute_url()).content.decode()
    assert "12,000" in page

    if verb == "kill":
        desk.kill(one)
    else:
        publishing.withdraw(one, by=desk.editor, reason="Too early.")

    assert told(drill) == [("Figures", "9,000", "personnel", ["Two"])]
    for address in (drill.get_absolute_url(), f"{drill.get_absolute_url()}timeline/"):
        assert "12,000" not in client.get(address).content.decode()


def test_fact_of_a_draft_is_nowhere(client, desk, edition, drill):
    count(edition, desk.approved("Secret"), 9000, by=desk.editor)

    assert told(drill) == []
    assert client.get(drill.get_absolute_url()).status_code == 404
    assert client.get(f"{drill.get_absolute_url()}timeline/").status_code == 404


def test_fact_of_a_quotation_goes_when_it_is_retracted(desk, tell, edition, drill):
    article = tell("Said")
    quote = article.quotes.get()
    count(edition, article, 9000, by=desk.editor, quote=quote)
    assert [line[1] for line in told(drill)] == ["9,000"]

    desk.save(article, headline="Said again")
    publishing.correct(
        desk.approve_again(article), by=desk.editor, notice="It was not said.", kind="retraction", retracts=[quote]
    )

    assert told(drill) == []


def test_source_is_a_story_that_stands_and_a_quotation_that_is_confirmed_in_it(desk, tell, edition):
    killed, other, article = desk.killed(), desk.live("Other"), tell("Said")
    quote = article.quotes.get()

    with pytest.raises(GuardFailed, match="is killed"):
        count(edition, killed, 1, by=desk.editor)
    with pytest.raises(GuardFailed, match="does not stand in"):
        count(edition, other, 1, by=desk.editor, quote=quote)
    assert not ReportedFact.objects.exists()


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ({"kind": "figure", "label": " ", "value": Decimal(1)}, "Say what the figure counts"),
        ({"kind": "figure", "label": "ships", "value": Decimal(-1)}, "not negative"),
        ({"kind": "figure", "label": "ships", "value": Decimal("NaN")}, "not negative"),
        ({"kind": "figure", "label": "ships", "value": None}, "not negative"),
        ({"kind": "dates"}, "Say when it is held"),
        ({"kind": "host"}, "Choose who hosts"),
        ({"kind": "host", "entity": "drill"}, "is no country"),
        ({"kind": "rumour"}, "no such kind"),
    ],
)
def test_report_says_what_is_missing(desk, edition, drill, what, says):
    given = what | ({"entity": drill} if "entity" in what else {})

    with pytest.raises(GuardFailed, match=says):
        exercise_facts.report(edition, by=desk.editor, article=desk.live(), **given)


def test_reporters_look_and_do_not_touch(desk, edition, drill):
    fact = count(edition, desk.live(), 9000, by=desk.editor)

    for verb in (
        lambda: exercise_facts.save_edition(by=desk.journalist, exercise=drill, year=2027),
        lambda: count(edition, desk.live(), 1, by=desk.journalist),
        lambda: exercise_facts.take_back(fact, by=desk.journalist),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_pages_and_timelines_tell_what_is_reported_with_its_source(client, desk, edition, drill, norway, finland):
    article = desk.live("Norway readies its army")
    for what in (
        {"kind": "dates", "days": read_days("Q2 2026")},
        {"kind": "host", "entity": norway},
        {"kind": "participant", "entity": finland, "role": "a <i>brigade</i>"},
        {"kind": "figure", "label": "personnel", "value": Decimal("12.50"), "unit": "thousand"},
    ):
        exercise_facts.report(edition, by=desk.editor, article=article, **what)

    page = client.get(drill.get_absolute_url()).content.decode()
    assert "second quarter of 2026" in page
    assert "a &lt;i&gt;brigade&lt;/i&gt;" in page
    assert "12.5 thousand" in page
    assert page.count(article.representation.get_absolute_url()) == 4
    own = client.get(f"{drill.get_absolute_url()}timeline/").content.decode()
    assert "Held, as reported" in own
    assert "second quarter of 2026" in own
    host = client.get("/countries/norway/timeline/").content.decode()
    assert "Hosts" in host
    assert "Northern Drill 2026" in host
    assert "Takes part in" in client.get("/countries/finland/timeline/").content.decode()


def test_entity_page_costs_the_same_with_one_fact_and_three(client, desk, edition, drill, django_assert_num_queries):
    for value in (1, 3):
        for number in range(value):
            count(edition, desk.live(f"Story {value} {number}"), number, by=desk.editor)
        with django_assert_num_queries(12):
            client.get(drill.get_absolute_url())


def test_admin_writes_down_a_figure_with_its_story(client, desk, editor, edition):
    client.force_login(editor)
    article = desk.live("Norway readies its army")
    door = reverse("admin:articles_exerciseedition_report", args=[edition.pk, "figure"])

    refused = client.post(door, {"label": "personnel", "value": "many", "story": "no such story"})
    client.post(door, {"label": "personnel", "value": "9,000", "story": f"#{article.pk}"})

    assert refused.status_code == 422
    assert b"Enter a number" in refused.content
    assert b"No story is found" in refused.content
    fact = ReportedFact.objects.get()
    assert (fact.value, fact.article, fact.added_by) == (Decimal(9000), article, editor)
    page = client.get(reverse("admin:articles_exerciseedition_change", args=[edition.pk])).content.decode()
    assert "personnel 9,000" in page


def test_admin_says_of_dates_what_does_not_fit(client, desk, editor, edition):
    client.force_login(editor)
    door = reverse("admin:articles_exerciseedition_report", args=[edition.pk, "dates"])
    for given, says in (
        ({"starts": "20 May 2026", "ends": "12 May 2026"}, "before it begins"),
        ({"starts": "May 2026", "ends": "12 May 2026"}, "is a month and the end a day"),
        ({"starts": "soon"}, "is no date"),
    ):
        response = client.post(door, given | {"story": f"#{desk.live().pk}"})
        assert response.status_code == 422
        assert says in response.content.decode()
    assert not ReportedFact.objects.exists()


def test_admin_takes_a_quotation_by_its_words(client, desk, tell, editor, edition):
    client.force_login(editor)
    article = tell("Said")
    door = reverse("admin:articles_exerciseedition_report", args=[edition.pk, "figure"])
    given = {"label": "ships", "value": "3", "story": f"#{article.pk}"}

    refused = client.post(door, given | {"words": "never said"})
    client.post(door, given | {"words": "WHOLE FLEET"})

    assert "No confirmed quotation has these words. The story has “The whole fleet" in refused.content.decode()
    assert ReportedFact.objects.get().quote == article.quotes.get()


@pytest.mark.parametrize(("words", "is_taken"), [("5 May 2019", False), ("2027", False), ("May 2026", True)])
def test_days_of_another_year_are_not_those_of_the_edition(desk, edition, words, is_taken):
    def write_down() -> None:
        exercise_facts.report(edition, by=desk.editor, article=desk.live(), kind="dates", days=read_days(words))

    if is_taken:
        write_down()
    else:
        with pytest.raises(GuardFailed, match="the edition of 2026"):
            write_down()


def test_source_that_does_not_name_the_exercise_is_told_of(client, desk, edition, drill):
    named, other = desk.live("The drill begins"), desk.live("Fog, then nothing")
    Tag.objects.create(article=named, entity=drill, score=0.9)
    client.force_login(desk.editor)
    address = reverse("admin:articles_exerciseedition_report", args=[edition.pk, "figure"])

    pages = [
        client.post(address, {"label": "ships", "value": "4", "story": f"#{article.pk}"}, follow=True).content.decode()
        for article in (named, other)
    ]

    assert ["is not tagged with" in page for page in pages] == [False, True]


def test_words_of_several_stories_name_these(desk):
    first, second = desk.live("Fog over the strait"), desk.live("Fog, then nothing")

    with pytest.raises(GuardFailed) as refusal:
        story_named("Fog")

    assert f"#{first.pk} Fog over the strait" in refusal.value.message
    assert f"#{second.pk} Fog, then nothing" in refusal.value.message


def test_admin_quotes_a_source_without_the_comma_that_led_on(client, desk, tell, editor, edition):
    client.force_login(editor)
    article = tell("Said")
    quote = article.quotes.get()
    type(quote).objects.filter(pk=quote.pk).update(text="One more,")
    count(edition, article, 3, by=desk.editor, quote=quote)

    page = client.get(reverse("admin:articles_exerciseedition_change", args=[edition.pk])).content.decode()

    assert '“One more”, in <a href="' in page
