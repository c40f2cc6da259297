"""How findings are judged against labels: quotations with speakers, named things, countries.

The measures are those of the scorers that come with the labelled news outside the repository; `make evals`
runs both over the same text and fails where they differ.
"""
