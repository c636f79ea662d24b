// What a user writes, for the compiler to check: it is never run.
import init, { version, type Article, type Entry } from "rochdale";

await init();

const article: Article = { kind: "article", id: "a", title: "A" };
const entry: Entry = article;
// @ts-expect-error An article has a title.
const untitled: Article = { kind: "article", id: "a" };

if (entry.kind === "article") console.log(entry.title.length, untitled, version().length);

import type { Query } from "rochdale";

export const asked: Query = {
  where: { and: ["kind:article", { field: "published", during: "2011", certainty: "definite" }] },
  facets: { by_month: { field: "published", per: "month" } },
};
// @ts-expect-error There is no such operator.
export const wrong: Query = { where: { field: "title", equals: "x" } };
