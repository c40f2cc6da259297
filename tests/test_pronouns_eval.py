"""The reader of the corpus that pronouns are scored on, with a story of our own."""

from tests.evals.pronouns import load

ROWS = """# newdoc id = own
# newpar
# text = Anna's ship left.
1-2\tAnna's\t_\t_\t_\t_\t_\t_\t_\t_
1\tAnna\tAnna\tPROPN\t_\t_\t_\t_\t_\tEntity=(1-object-new-x-coref(2-person-new-x-coref-Anna
2\t's\t's\tPART\t_\t_\t_\t_\t_\tEntity=2)
3\tship\tship\tNOUN\t_\t_\t_\t_\t_\tEntity=1)
4\tleft\tleave\tVERB\t_\t_\t_\t_\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_

# newpar
# text = She slept.
1\tShe\tshe\tPRON\t_\t_\t_\t_\t_\tEntity=(2-person-giv-x-ana-Anna)
2\tslept\tsleep\tVERB\t_\t_\t_\t_\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_
"""


def test_load_reads_text_pronouns_and_names(tmp_path):
    path = tmp_path / "own.conllu"
    path.write_text(ROWS, encoding="utf-8")

    labelled = load(path)

    assert labelled.text.rstrip() == "Anna's ship left.\nShe slept."
    assert labelled.pronouns == {labelled.text.index("She"): 2}
    assert labelled.names == {2: {"anna"}}
