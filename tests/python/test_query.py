"""Runs the query fixtures against the Python package."""

import json
from pathlib import Path
from typing import Any

import pytest

from rochdale import Library, RochdaleError

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = sorted((FIXTURES / "query").glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_queries_answer_as_the_fixtures_say(path: Path) -> None:
    fixture = json.loads(path.read_text("utf-8"))
    text = (FIXTURES / "library" / f"{fixture['library']}.json").read_text("utf-8")
    library = Library.from_json(text)
    for case in fixture["cases"]:
        assert answer(library, case) == case


def test_old_snapshots_answer_as_their_fixtures_say() -> None:
    snapshots = sorted((FIXTURES / "snapshot").glob("*.rochdale"))
    assert snapshots
    for path in snapshots:
        fixture = json.loads(path.with_suffix(".json").read_text("utf-8"))
        library = Library.open(path)
        assert json.loads(library.to_json()) == fixture["entries"]
        for case in fixture["cases"]:
            assert answer(library, case) == case


def answer(library: Library, case: dict[str, Any]) -> dict[str, Any]:
    """The case as the library answers it: of the answer, what the case speaks of."""
    try:
        got = library.find(case["query"]).to_dict()
    except RochdaleError as error:
        at = error.offset if error.pointer is None else error.pointer
        place = f" at byte {at}" if error.pointer is None else f" at `{at}`"
        wrong = {"code": error.code, "at": at, "message": str(error).removesuffix(place)}
        asked = case.get("error", wrong)
        return {"query": case["query"], "error": {name: wrong[name] for name in asked}}
    got["ids"] = [f"{entry['kind']}:{entry['id']}" for entry in got["entries"]]
    got["warnings"] = [issue["message"] for issue in got.get("warnings", [])]
    return {"query": case["query"]} | {name: got[name] for name in case if name in got}
