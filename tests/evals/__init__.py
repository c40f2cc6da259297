"""Scores the engine on labelled news text that is not ours to ship, by the scorers that came with it.

The texts lie outside the repository: `NEWSROOM_EVALS` names their folder (by default `../shared/evals`).
"""
