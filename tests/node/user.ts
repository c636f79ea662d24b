// What a user writes, for the compiler to check: it is never run.
import init, { Library, version, type Article, type Entry, type Query } from "rochdale";

await init();

const article: Article = { kind: "article", id: "a", title: "A" };
const entry: Entry = article;
// @ts-expect-error An article has a title.
const untitled: Article = { kind: "article", id: "a" };

if (entry.kind === "article") console.log(entry.title.length, untitled, version().length);

export const asked: Query = {
  where: { and: ["kind:article", { field: "published", during: "2011", certainty: "definite" }] },
  facets: { by_month: { field: "published", per: "month" } },
};
// @ts-expect-error There is no such operator.
export const wrong: Query = { where: { field: "title", equals: "x" } };

using library = Library.fromJson("[]");
for (const found of library.find(asked).entries) {
  // @ts-expect-error Not every kind has a title.
  console.log(found.title);
}
const months: number[] = library.find("a", asked).facets?.by_month?.values.map((month) => month.count) ?? [];
console.log(library.timeline("article:a").facts[0]?.when, months);
const sizes: number[] = Library.info(library.toSnapshot()).sections.map((section) => section.length);
using opened = Library.open(library.toSnapshot().buffer as ArrayBuffer);
console.log(sizes, opened.counts().article);
export const stored: Query = { where: { field: "tags", is: { param: "tag" } }, params: { tag: "a" } };
export const alike: Query = { where: { like: "article:a", boost: 2 } };
console.log(library.parameters(stored)["tag"], library.find("a").suggestions?.words[0]?.near ?? []);
