from collections import Counter

import pytest

from bench.rewriting.corpus import Size, make_corpus, read_corpus, write_corpus
from bench.rewriting.means import MEANS
from bench.rewriting.sources import affair_of, group_of, read_sources, shared_data

UNREAD = tuple(m for m in MEANS if m not in {"clauses", "roundtrip", "mixed"})
SMALL = Size(sources=14, each=len(UNREAD), repeats=2, means=UNREAD)


@pytest.fixture(scope="module")
def corpus():
    return make_corpus("tune", SMALL)


def test_a_corpus_is_the_same_twice(corpus):
    assert make_corpus("tune", SMALL) == corpus


def test_ids_are_unique_and_every_means_is_there(corpus):
    ids = Counter(report.id for report, _ in corpus)
    assert max(ids.values()) == 1
    assert set(UNREAD) <= {label.means for _, label in corpus}


def test_every_copy_has_its_source_beside_it(corpus):
    ids = {report.id for report, _ in corpus}
    for _, label in corpus:
        if label.relations:
            assert set(label.sources) & ids


def test_copies_come_no_earlier_than_their_source(corpus):
    dates = {report.id: report.date for report, _ in corpus}
    copies = [(r, x) for r, x in corpus if x.relations]
    assert len(copies) > 100
    assert all(r.date >= dates[x.sources[0]] for r, x in copies)


def test_sources_differ_only_where_they_are_said_to(corpus):
    texts = {report.id: report.text for report, _ in corpus}
    for report, label in corpus:
        if label.means in {"number", "negation"}:
            (span,) = label.changed
            source = texts[label.sources[0]].replace("\n", " ")
            made = report.text.replace("\n", " ")
            after = made[span.end :]
            assert source.startswith(made[: span.start])
            assert source.endswith(after.lstrip())


def test_a_corpus_is_read_as_it_was_written(corpus, tmp_path):
    write_corpus(tmp_path, corpus)
    assert read_corpus(tmp_path) == corpus


def test_the_halves_share_no_source_and_no_group():
    tune, held = ({s.source_id for s in read_sources(h)} for h in ("tune", "held-out"))
    assert tune.isdisjoint(held)
    assert {group_of(s) for s in tune}.isdisjoint({group_of(s) for s in held})


def test_groups_of_one_affair_have_one_affair_and_templates_have_many():
    assert affair_of("wn089") == affair_of("wn101")
    assert affair_of("wn084") != affair_of("wn090")
    assert group_of("wn084") == group_of("wn090")


@pytest.mark.shared
def test_every_report_of_the_groups_is_there():
    if shared_data() is None:
        pytest.skip("no shared data folder; set ONRECORD_SHARED")
    from bench.rewriting.sources import read_rows

    ids = {s.source_id for s in read_sources()}
    assert {row[0] for row in read_rows("affairs.tsv")} - ids == set()
