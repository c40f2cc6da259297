"""How much each sign counts when a speaker is chosen for a quoted piece: one table, set by hand.

A candidate's score is the sum of its signs, each times its weight. The weights were set after reading stories;
nothing was fitted to labelled text, and any other table with the same keys would work.
"""

SPEAKER = {
    # The frame itself: its reporting word and how surely the source is the word's own.
    "strength of the reporting word": 0.8,
    "grip on the source": 2.0,
    "according to": 0.5,
    "verb before its subject": 0.5,
    "noun for something said": -0.8,
    "noun with its statement": 1.2,
    "noun that another word describes": -2.0,
    "label": 1.0,
    "passive": -1.0,
    # The frame stands behind the piece.
    "participle behind": -1.5,
    "who or which behind": -2.5,
    "weak verb behind a fragment that goes on": -1.0,
    "right behind": 4.5,
    "right behind, by a weak verb": 2.8,
    "behind a comma, at the end of the sentence": 3.5,
    "behind a comma": 2.2,
    "behind the next piece": 2.5,
    "somewhere behind": -0.8,
    "leads to a piece of its own": -2.5,
    "main clause behind a clause that holds the piece": -3.0,
    "token between, behind": -0.06,
    # The frame stands before the piece.
    "right before": 4.0,
    "before": 3.2,
    "token between, before": -0.08,
    "that": 1.6,
    "comma or colon": 1.0,
    "one small word between": 0.8,
    "semicolon between": -0.7,
    "another frame is nearer": -0.9,
    "closed off before another frame": -1.8,
    "the same source has a nearer word": -1.8,
    "inside the words that another frame reports": -2.2,
    "hangs on a surer frame": -1.8,
    "tells which person is meant": -1.2,
    "aside of another frame's source": -3.0,
    # Either.
    "piece between": -0.5,
    # The speaker of the quotation before.
    "the same quotation goes on": 7.6,
    "the same sentence goes on": 3.0,
    "the quotation before": 3.8,
    "sentence since": -0.5,
    "paragraph since": -0.4,
    "nothing stands before the piece": 1.0,
    "words stand before the piece": -0.6,
    # No frame: what the sentence and its neighbours offer.
    "subject of the sentence": 3.2,
    "first phrase of the sentence": 2.0,
    "subject before a colon": 0.6,
    "a thing": -1.0,
    "owner of the noun before the piece": 3.5,
    "name before a colon": 4.4,
    "name between a dash and a colon": 7.5,
    "signature below": 7.0,
    "reported in the sentence before, and goes on": 2.6,
    "frame just before": 2.0,
    "somebody new is named just before": 0.8,
    "closes the sentence before": 1.2,
    "frame just before a colon": 4.8,
    "subject just before": 1.8,
    "a person acts just before": 0.8,
    "subject just before a colon": 4.5,
    "frame just behind": 1.5,
    "frame just behind, at the next piece": 2.5,
    "strength of the reporting word, nearby": 0.4,
    "grip on the source, just before": 1.0,
    "grip on the source, just behind": 0.5,
    "verb, not noun, nearby": 0.3,
    "the sentence before holds a piece": -0.5,
    "far into the sentence behind": -1.0,
    "a paragraph before": -1.0,
}


def total(signs: list[tuple[str, float]]) -> float:
    """The score of a candidate: each sign's amount times its weight."""
    return sum(SPEAKER[sign] * amount for sign, amount in signs)
