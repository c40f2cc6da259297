from pathlib import Path

from articles.tagging.quoting import quotation
from articles.tagging.quoting.quotation_weights import IN_WORDS, WEIGHTS


def test_every_signal_of_the_table_is_used_somewhere():
    folder = Path(quotation.__file__).parent
    code = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8") for name in ("quotation", "reported", "slots", "wording")
    )

    assert [signal for signal in WEIGHTS if f'"{signal}"' not in code] == []


def test_every_phrase_belongs_to_a_signal():
    assert set(IN_WORDS) <= set(WEIGHTS)


def test_every_signal_against_a_quotation_reads_as_a_reason():
    assert [signal for signal, weight in WEIGHTS.items() if weight < 0 and IN_WORDS.get(signal) == ""] == []
