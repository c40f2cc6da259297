"""What stands in the way of publication, and what should make an editor look twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.models import Article, TaggingRun
from articles.publish_blockers import BLOCKERS
from articles.publish_warnings import WARNINGS
from articles.written_copy import Finding, WrittenCopy


@dataclass(frozen=True, slots=True)
class PublishChecks:
    """Blockers are enforced at approve and publish; warnings are not."""

    blocking: tuple[Finding, ...]
    warning: tuple[Finding, ...]

    @property
    def blockers(self) -> tuple[str, ...]:
        return _sentences(self.blocking)

    @property
    def warnings(self) -> tuple[str, ...]:
        return _sentences(self.warning)


def publish_checks(article: Article) -> PublishChecks:
    """Ask every question of an article as it was last saved."""
    if article.revision is None:
        return PublishChecks((Finding("Nothing has been written yet."),), ())
    return checks_of(WrittenCopy.of(article))


def checks_of(copy: WrittenCopy) -> PublishChecks:
    """Ask every question of a copy, saved or only typed."""
    return PublishChecks(_answers(BLOCKERS, copy), _answers(WARNINGS, copy))


def blockers(article: Article) -> tuple[str, ...]:
    """What stands in the way of publication, without the warnings."""
    return _sentences(_answers(BLOCKERS, WrittenCopy.of(article)))


def is_tagging_open(article: Article) -> bool:
    """Whether the tagger has still to read the newest revision; one that failed will not be waited for."""
    run = TaggingRun.objects.filter(revision=article.revision_id).first()
    return run is None or run.status == TaggingRun.Status.RUNNING


Check = Callable[[WrittenCopy], Iterator[Finding]]


def _answers(checks: tuple[Check, ...], copy: WrittenCopy) -> tuple[Finding, ...]:
    return tuple(finding for check in checks for finding in check(copy))


def _sentences(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(finding.sentence for finding in findings)
