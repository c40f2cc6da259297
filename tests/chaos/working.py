"""Reporters and chiefs at work, by nothing but the pages of the desk."""

from __future__ import annotations

import io
import random
import threading
import time
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.text import slugify
from PIL import Image as Picture

from .browsing import JSON, Browser, Lost, form_on
from .ledger import Ledger

ADD, IMPORT = "/admin/articles/article/add/", "/admin/articles/article/from-text/"
UPLOAD = "/admin/articles/image/upload/"
HEADLINES = ("Fleet returns to port", "Brigade moves north", "Radar site reopens", "Budget passes")
BODY = (
    "<p>The minister said the fleet would “return to port by Friday”.</p><p>Norway and Finland sent {number} ships, "
    "the log says under {mark}.</p>"
)
TRIES = 40


class Writer:
    """A reporter who writes and a chief who decides, with stories of their own."""

    def __init__(self, number: int, *, seed: int, user: int, ledger: Ledger, reporter: Browser, chief: Browser) -> None:
        """`user` is the number of the reporter's account."""
        self.number, self.user, self.ledger = number, user, ledger
        self.dice = random.Random(f"{seed} writer {number}")
        self.reporter, self.chief = reporter, chief
        self.drafts: list[int] = []
        self.live: list[int] = []
        # The word that confirms a kill, of each story, once it is public.
        self.names: dict[int, str] = {}
        self.marks = 0
        self.acts = (
            (self.write, 30),
            (self.write_on, 20),
            (self.publish, 24),
            (self.schedule, 9),
            (self.correct, 12),
            (self.kill, 3),
            (self.take_text, 8),
            (self.take_picture, 4),
        )

    def run(self, is_over: threading.Event) -> None:
        """Until it is over; an answer that does not come is waited for as a person would, and asked again."""
        try:
            while not is_over.is_set():
                act = self.dice.choices(*zip(*self.acts, strict=True))[0]
                try:
                    act()
                except Lost:
                    self.ledger.count("lost")
                    time.sleep(0.5)
                time.sleep(self.dice.uniform(0, 0.3))
        except Exception:
            self.ledger.errors.append(traceback.format_exc())
        finally:
            self.reporter.close()
            self.chief.close()

    def write(self) -> None:
        """A new story, and its first words."""
        answer = self.reporter.send(ADD)
        self.drafts.append(_number_in(answer))
        self.save(self.drafts[-1])

    def write_on(self) -> None:
        if self.drafts:
            self.save(self.dice.choice(self.drafts))

    def save(self, pk: int) -> str:
        """The mark that was saved; nothing where the answer was a refusal."""
        page = self.reporter.page(_page_of(pk))
        form = form_on(page)
        mark = self.new_mark()
        form |= {
            "headline": [f"{self.dice.choice(HEADLINES)} {mark}"],
            "standfirst": ["Two sentences that say why."],
            "body": [BODY.format(number=self.dice.randint(2, 99), mark=mark)],
            "section": [_choices(page, "section")[0]],
            "authors": [_authors(page)[0]],
            "tab": [f"tab-{mark}"],
        }
        self.type_first(pk, form)
        answer = self.reporter.send(_page_of(pk), form, headers=JSON)
        if answer.status_code != 200:
            self.ledger.count("refused")
            return ""
        self.ledger.count("done")
        self.ledger.saves.append((pk, mark))
        if pk not in self.live:
            self.names[pk] = slugify(form["headline"][0])
        return mark

    def type_first(self, pk: int, form: dict[str, list[str]]) -> None:
        """As the page does: what is typed is kept before it is saved."""
        said = {
            "tab": form["tab"][0],
            "typed": [["body", form["body"][0]]],
            "lock_version": int(form["lock_version"][0]),
            "user": self.user,
            "has_typed": True,
            "is_saved": False,
        }
        self.reporter.send_json(f"/admin/articles/article/{pk}/heartbeat/", said)

    def publish(self) -> None:
        pk = self.approved_draft()
        if pk is not None and self.press(pk, "publish"):
            self.ledger.published.append(pk)
            self.live.append(pk)

    def schedule(self) -> None:
        pk = self.approved_draft()
        if pk is None:
            return
        at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=self.dice.randint(10, 60))
        if self.press(pk, "schedule", publish_at=at.isoformat()):
            self.ledger.scheduled.append((pk, at))

    def approved_draft(self) -> int | None:
        """A draft written to the end and approved; None where something on the way was refused."""
        pk = self.drafts.pop() if self.drafts else _number_in(self.reporter.send(ADD))
        is_ready = self.save(pk) and self.press(pk, "submit", by=self.reporter) and self.press(pk, "approve")
        return pk if is_ready else None

    def correct(self) -> None:
        if not self.live:
            return
        pk = self.dice.choice(self.live)
        if not self.save(pk):
            return
        notice = f"An earlier version of this story counted the ships wrongly ({self.new_mark()})."
        if self.press(pk, "approve_and_correct", kind="correction", position="top", notice=notice):
            self.ledger.corrected.append((pk, notice))

    def kill(self) -> None:
        if len(self.live) < 3:
            return
        pk = self.live.pop(0)
        note = {"reason": "A court order.", "public_note": "This story has been removed."}
        words = note | {"confirmation": self.names[pk]}
        if self.press(pk, "kill", **words):
            self.ledger.killed.append(pk)

    def press(self, pk: int, verb: str, *, by: Browser | None = None, **data: Any) -> bool:
        """Press a verb's button until there is an answer: whether it was done. Where an answer was lost before, a
        refusal may mean that it was; then nobody was told."""
        path = f"/admin/articles/article/{pk}/verb/{verb}/"
        for _ in range(TRIES):
            try:
                answer = (by or self.chief).send(path, {"is_confirmed": "on"} | data)
            except Lost:
                self.ledger.count("lost")
                time.sleep(0.5)
                continue
            is_done = bool(answer.status_code == 302)
            self.ledger.count("done" if is_done else "refused")
            return is_done
        return False

    def take_text(self) -> None:
        """A pasted text, sent again until there is an answer: one story comes of it."""
        mark = self.new_mark()
        text = f"Convoy reaches harbour {mark}\n\nThe convoy of Norway reached the harbour.\n\nThe log says {mark}."
        for _ in range(TRIES):
            try:
                answer = self.reporter.send(IMPORT, {"text": text, "headline": "", "section": ""})
            except Lost:
                self.ledger.count("lost")
                time.sleep(0.5)
                continue
            self.ledger.imports.append((_number_in(answer), mark))
            return

    def take_picture(self) -> None:
        colour = tuple(self.dice.randrange(256) for _ in range(3))
        drawn = io.BytesIO()
        Picture.new("RGB", (self.dice.randint(200, 900), self.dice.randint(200, 900)), colour).save(drawn, "PNG")
        files = {"file": (f"{self.new_mark()}.png", drawn.getvalue(), "image/png")}
        answer = self.reporter.send(UPLOAD, {"alt": "A colour.", "may_syndicate": "on"}, files=files)
        if answer.status_code == 201:
            self.ledger.pictures.append(answer.json()["picture"]["id"])

    def new_mark(self) -> str:
        """A word that stands nowhere else."""
        self.marks += 1
        return f"mark{self.number}x{self.marks}x"


def _page_of(pk: int) -> str:
    return f"/admin/articles/article/{pk}/change/"


def _number_in(answer: Any) -> int:
    """Of the story to which an answer leads; raises ValueError with the answer where it leads to none."""
    parts = answer.headers.get("Location", "").split("/")
    if answer.status_code != 302 or "change" not in parts:
        raise ValueError(f"{answer.request.url} answered {answer.status_code}: {answer.text[:500]}")
    return int(parts[parts.index("change") - 1])


def _choices(page: Any, name: str) -> list[str]:
    return [
        option.attributes["value"] for option in page.css(f"select[name={name}] option") if option.attributes["value"]
    ]


def _authors(page: Any) -> list[str]:
    return [box.attributes["value"] for box in page.css("input[name=authors]")]
