import pickle
from functools import partial
from pathlib import Path

from onrecord.cli.coding import make_worker, read_actors
from tests.support.reports import report

ACTORS = (
    "name\tforms\tkind\tcountry\tsectors\trole\tfrom\tuntil\torigin\n"
    "Harbour Watch\tHW\torganisation\tNZL\t\t\t\t\ta list of our own\n"
)


def test_own_actors_reach_a_process_that_cannot_see_their_file(tmp_path: Path) -> None:
    file = tmp_path / "actors.tsv"
    file.write_text(ACTORS)
    sent = pickle.dumps(partial(make_worker, read_actors(file)))
    file.unlink()
    work = pickle.loads(sent)()
    coded = work(report("Harbour Watch accused Australia of fishing on Monday."))
    assert [(p.name, p.country) for e in coded.events for p in e.actors] == [
        ("Harbour Watch", "NZL")
    ]
