"""Opens the sample library, asks it a question, and follows a mutual through time.

Run it with `python examples/python/question.py`, once the package is installed.
"""

from pathlib import Path

import rochdale

library = rochdale.open(Path(__file__).parents[1] / "content")

answer = library.find('category:mutualisation author:"David Bicknell" facet:tags')
print(answer.total, "articles")
for article in answer.entries:
    print(" ", article.published, article.title)

for fact in library.timeline("mutual_entity:mycsp").facts:
    print(fact.when, fact.label)

for held in library.as_of("mutual_entity:mycsp", "2015").stakes:
    print(held.value.percent, held.value.holder.name, held.certainty)
