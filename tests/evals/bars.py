"""What is measured, how good it must be at least, how good it shall be, and what others reach.

The peers' figures were measured on the parts of the same corpora that lie elsewhere; they are printed for
orientation and judged by nobody.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with its floor (below it the run fails) and its target; shares between 0 and 1 or as the unit says."""

    name: str
    floor: float
    target: float
    peer: str = ""
    prototype: str = ""
    human: str = ""
    is_lower_better: bool = False

    def holds(self, value: float) -> bool:
        """Is the value at the floor or on its good side?"""
        return value <= self.floor if self.is_lower_better else value >= self.floor

    def is_reached(self, value: float) -> bool:
        """Is the value at the target or on its good side?"""
        return value <= self.target if self.is_lower_better else value >= self.target


BARS = (
    Bar("quotes_joint_f1", 0.88, 0.93, "GenderGapTracker .626", ".879", ".964"),
    Bar("quotes_exact_f1", 0.975, 0.985, "every pair of marks .965"),
    Bar("quotes_balanced_accuracy", 0.84, 0.90, ".792", ".822", ".915"),
    Bar("quotes_speaker_all", 0.89, 0.93, ".613", ".883", ".970"),
    Bar("quotes_speaker_fragments", 0.78, 0.86, ".421", ".764", ".934"),
    Bar("quotes_cue_f1", 0.84, 0.92, ".665", ".821", ".969"),
    Bar("countries_trnews_document_f1", 0.92, 0.95, "a cleaned dictionary .905-.952", ".929-.962"),
    Bar("countries_trnews_mention_accuracy", 0.82, 0.88, ".625", ".791"),
    Bar("countries_trnews_primary", 0.90, 0.94, ".747", ".907"),
    Bar("countries_lgl_document_f1", 0.87, 0.91, "a cleaned dictionary .698", ".881"),
    Bar("entities_re3d_overlap_f1", 0.74, 0.80, "rules .634", ".685"),
    Bar("related_ndcg5", 0.97, 0.98, "BM25 .937", ".972"),
    Bar("own_accepted_precision", 0.95, 0.98),
    Bar("own_equipment_exercises_f1", 0.88, 0.93),
    Bar("speed_articles_per_second", 40, 150),
    Bar("speed_95_percent_ms", 60, 60, is_lower_better=True),
    Bar("startup_seconds", 1.0, 0.5, is_lower_better=True),
    Bar("memory_mb", 150, 100, is_lower_better=True),
    Bar("related_ms_at_100000", 20, 10, "ts_rank 152", "6", is_lower_better=True),
    Bar("hostile_texts_that_fail", 0, 0, is_lower_better=True),
    Bar("hostile_growth_n_to_4n", 6.0, 4.5, is_lower_better=True),
    Bar("scorers_that_disagree", 0, 0, is_lower_better=True),
)
