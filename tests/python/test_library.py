"""What a library answers, seen from Python."""

import copy
import json
import pickle
from pathlib import Path

import pytest

import rochdale
from rochdale import Library

VERBS = Path(__file__).parents[1] / "fixtures" / "api.txt"

LIBRARY = Library.from_json(
    json.dumps(
        [
            {"kind": "author", "id": "ann", "name": "Ann Example"},
            {
                "kind": "article",
                "id": "a",
                "title": "Libraries leave",
                "authors": ["ann"],
                "published": "2013-05",
                "mentions": [{"entry": "mutual_entity:northmoor"}],
            },
            {
                "kind": "mutual_entity",
                "id": "northmoor",
                "name": "Northmoor Libraries",
                "stakes": [{"holder": {"name": "Staff"}, "percent": 25, "from": "2012-04-30"}],
                "stages": [{"stage": "spun_out", "date": "2012-04-30"}],
            },
            {"kind": "author", "id": "bob", "nmae": "Bob"},
        ]
    )
)


def test_the_verbs_are_those_of_every_language() -> None:
    verbs = {name for name in dir(Library) if not name.startswith("_")}
    lines = [line.split() for line in VERBS.read_text().splitlines()]
    assert verbs == {verb for verb, *only in lines if only in ([], ["python"])}


def test_entries_come_as_their_kinds() -> None:
    article = LIBRARY.get("article:a")
    assert isinstance(article, rochdale.Article)
    assert (article.title, article.authors) == ("Libraries leave", ("ann",))
    assert LIBRARY.get("article:b") is None
    assert (len(LIBRARY), LIBRARY.counts()["author"]) == (3, 1)


def test_every_answer_has_its_class() -> None:
    related = LIBRARY.related("author:ann")
    assert [(one.reference, one.relation) for one in related] == [("article:a", "articles")]
    timeline = LIBRARY.timeline("mutual_entity:northmoor")
    assert [fact.when for fact in timeline.facts] == ["2012-04-30", "2012-04-30", "2013-05"]
    view = LIBRARY.as_of("mutual_entity:northmoor", "2013")
    assert (view.stakes[0].value.percent, view.stakes[0].certainty) == (25, "definite")
    assert [party.name for party in LIBRARY.people()] == ["Ann Example"]
    assert "Staff" in [party.name for party in LIBRARY.organisations()]
    (issue,) = LIBRARY.report().issues
    assert (issue.code, issue.severity) == ("unreadable-entry", "error")


def test_every_class_knows_every_field_of_its_answers() -> None:
    view = LIBRARY.as_of("mutual_entity:northmoor", "2013")
    timeline = LIBRARY.timeline("mutual_entity:northmoor")
    party = LIBRARY.people()[0]
    answers = [
        LIBRARY.report(),
        LIBRARY.report().issues[0],
        LIBRARY.related("author:ann")[0],
        timeline,
        timeline.facts[0],
        party,
        party.appearances[0],
        view,
        view.names[0],
        view.stages[0],
        view.stakes[0],
        Library.info(LIBRARY.to_snapshot()),
        Library.info(LIBRARY.to_snapshot()).sections[0],
    ]
    for answer in answers:
        named = [name for name in type(answer).__annotations__ if not name.startswith("_")]
        known = {name.removesuffix("_") for name in named}
        assert set(answer) | set(answer._absent) == known, type(answer)


def test_a_library_is_a_value() -> None:
    for other in (pickle.loads(pickle.dumps(LIBRARY)), copy.deepcopy(LIBRARY)):
        assert other.to_json() == LIBRARY.to_json()
    assert copy.copy(LIBRARY) is LIBRARY
    assert repr(LIBRARY).startswith("<rochdale.Library of 3 entries")


def test_a_library_opens_from_its_own_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "library.rochdale"
    LIBRARY.save(path)
    snapshot = path.read_bytes()
    assert snapshot == LIBRARY.to_snapshot()
    rebuilt = Library.rebuild(path)
    assert rebuilt.to_snapshot() == snapshot
    for opened in (rochdale.open(path), Library.open(path), Library.open(snapshot)):
        assert opened.to_json() == LIBRARY.to_json()
        assert opened.find("libraries").total == 2
        assert (opened.report().issues, opened.report().counts) == ((), LIBRARY.counts())
    opened = rochdale.open(path)
    opened.save(path)
    assert (path.read_bytes(), opened.find("libraries").total) == (snapshot, 2)


def test_a_scoring_goes_with_the_library() -> None:
    flat = LIBRARY.with_scoring(k1=0.9, weights={"title": 1})
    info = Library.info(flat.to_snapshot())
    assert (info.scoring.k1, info.scoring.b, info.scoring.weights) == (0.9, 0.75, {"title": 1})
    assert Library.info(LIBRARY.with_scoring().to_snapshot()).scoring.weights == {}
    with pytest.raises(rochdale.InvalidError, match="did you mean `title`") as error:
        LIBRARY.with_scoring(weights={"titel": 2})
    assert error.value.pointer == "/weights/titel"


def test_a_snapshot_says_what_it_is(tmp_path: Path) -> None:
    snapshot = LIBRARY.to_snapshot()
    Library.verify(snapshot)
    info = Library.info(snapshot)
    assert (info.version, info.bytes, info.counts) == (1, len(snapshot), LIBRARY.counts())
    assert (info.analyser.version, info.scoring.k1) == (1, 1.2)
    assert "texts" in [section.name for section in info.sections]
    with pytest.raises(rochdale.DamagedError):
        Library.verify(snapshot[:-1])
    with pytest.raises(rochdale.UnsupportedError, match="build it again"):
        Library.open(snapshot[:8] + b"\xff" + snapshot[9:])
    with pytest.raises(rochdale.InvalidError):
        Library.open(b"some notes")
    with pytest.raises(rochdale.SourceError, match="cannot open"):
        Library.open(tmp_path / "none")
    with pytest.raises(rochdale.SourceError, match="cannot write"):
        LIBRARY.save(tmp_path)
    (tmp_path / "one").write_bytes(snapshot)
    with pytest.raises(rochdale.InvalidError, match="expected sources, got the snapshot"):
        rochdale.open(tmp_path / "one", tmp_path)


def test_errors_say_what_and_where() -> None:
    with pytest.raises(rochdale.InvalidError) as caught:
        Library.from_json('{"kind":')
    assert (caught.value.code, caught.value.offset) == ("invalid", 8)
    with pytest.raises(rochdale.RochdaleError):
        LIBRARY.timeline("mutual_entity:northmoore")


def test_queries_take_their_json_form_and_options_on_top() -> None:
    assert LIBRARY.find({"where": {"field": "kind", "is": "author"}}).total == 1
    assert LIBRARY.find("kind:author", limit=0).entries == ()
    answer = LIBRARY.find("libraries", facets={"kinds": {"field": "kind"}})
    assert {value.value for value in answer.facets["kinds"].values} == {"article", "mutual_entity"}
    assert any(part.hit for part in answer.highlights[0][0].parts)
    assert "<table><tr><td>" in answer._repr_html_()
    with pytest.raises(rochdale.QueryError) as caught:
        LIBRARY.find("auther:ann")
    assert caught.value.offset == 0


def test_a_stored_query_takes_values_for_its_parameters() -> None:
    stored = "kind:$kind published:$from..$to"
    assert LIBRARY.parameters(stored) == {"from": ["date"], "kind": ["keyword"], "to": ["date"]}
    params = {"kind": "article", "from": "2013", "to": 2014}
    assert LIBRARY.find(stored, params=params).total == 1
    with pytest.raises(rochdale.QueryError) as caught:
        LIBRARY.find(stored)
    assert caught.value.offset == 5
    with pytest.raises(rochdale.QueryError, match="expected a date") as caught:
        LIBRARY.find(stored, params=params | {"to": "kind:author OR *"})
    assert caught.value.pointer == "/params/to"
    with pytest.raises(rochdale.QueryError, match="did you mean `author`"):
        LIBRARY.parameters("auther:$who")


def test_answers_are_explained() -> None:
    explanation = LIBRARY.explain("libraries", limit=1)
    assert explanation.way == "best of any word"
    assert explanation.scores[0].score == LIBRARY.find("libraries").scores[0]
    assert explanation.condition.conditions == ()


def test_misspelt_words_and_entries_alike() -> None:
    answer = LIBRARY.find("librairies")
    assert answer.suggestions is not None
    (word,) = answer.suggestions.words
    assert (word.word, word.at, word.near) == ("librairies", 0, ("libraries",))
    assert answer.suggestions.query == "libraries"
    assert LIBRARY.find("libraries").suggestions is None
    like = LIBRARY.find("like:article:a")
    assert [entry.id for entry in like.entries] == ["northmoor"]


def test_folders_and_files_in_memory_read_alike(tmp_path: Path) -> None:
    text = "---\nid: a\ntitle: A\n---\nText.\n"
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text(text)
    opened = rochdale.open(tmp_path)
    assert opened.to_json() == Library.from_files({"articles/a.md": text}).to_json()
    assert opened.to_json() == Library.from_files({"articles/a.md": text.encode()}).to_json()
    with pytest.raises(rochdale.SourceError, match="cannot open"):
        rochdale.open(tmp_path / "none")
