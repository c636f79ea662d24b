"""Entries, their fields and their dates, seen from Python."""

import copy
import pickle
from datetime import date

import pytest

import rochdale
from rochdale import _rochdale, errors, types

ARTICLE = types.Article(
    {
        "kind": "article",
        "id": "a",
        "title": "A",
        "published": "2011-05",
        "tags": ["one"],
        "quotes": [{"text": "No.", "speaker": {"name": "Ann"}}],
    }
)


def test_fields_are_attributes_and_items() -> None:
    assert ARTICLE.title == ARTICLE["title"] == "A"
    assert ARTICLE.summary is None and ARTICLE["summary"] is None
    assert ARTICLE.tags == ("one",) and ARTICLE.authors == ()
    assert isinstance(ARTICLE.quotes[0], types.Quote)
    with pytest.raises(AttributeError, match="`Article` has no field `titel`"):
        getattr(ARTICLE, "titel")
    with pytest.raises(KeyError):
        ARTICLE["titel"]


def test_entries_are_values() -> None:
    assert repr(ARTICLE) == "Article(id='a', title='A')"
    assert pickle.loads(pickle.dumps(ARTICLE)) == ARTICLE == copy.copy(ARTICLE)
    assert len({ARTICLE, types.Article(ARTICLE.to_dict())}) == 1
    ARTICLE.to_dict()["tags"].append("two")
    assert ARTICLE.tags == ("one",)
    with pytest.raises(AttributeError, match="read-only"):
        setattr(ARTICLE, "title", "B")


def test_dates_say_what_they_may_mean() -> None:
    published = ARTICLE.published
    assert published is not None
    assert (published, published.precision, published.exact) == ("2011-05", "month", None)
    assert (published.earliest, published.latest) == (date(2011, 5, 1), date(2011, 5, 31))
    assert rochdale.Date("2011-05-20 (Friday)").exact == date(2011, 5, 20)
    assert rochdale.Date("-0043-03-15").earliest is None
    with pytest.raises(rochdale.InvalidError):
        rochdale.Date("soon").earliest


def test_a_word_of_python_has_an_underscore() -> None:
    stake = types.Stake({"holder": {"name": "Ann"}, "from": "2012"})
    assert stake.from_ == stake["from"] == "2012"


def test_every_sort_of_error_has_a_class() -> None:
    classes = errors.RochdaleError.__subclasses__()
    assert sorted(cls.code for cls in classes) == sorted(_rochdale.error_codes())


def test_errors_are_values() -> None:
    error = errors.QueryError("no", 3)
    assert vars(pickle.loads(pickle.dumps(error))) == {"offset": 3, "pointer": None}
