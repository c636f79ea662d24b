// What a library answers, seen from JavaScript.
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Library, errorCodes } from "rochdale/reading";

const library = Library.fromJson(
  JSON.stringify([
    { kind: "author", id: "ann", name: "Ann Example" },
    { kind: "article", id: "a", title: "Libraries leave", authors: ["ann"], published: "2013-05" },
    {
      kind: "mutual_entity",
      id: "northmoor",
      name: "Northmoor Libraries",
      stakes: [{ holder: { name: "Staff" }, percent: 25, from: "2012-04-30" }],
    },
    { kind: "author", id: "bob", nmae: "Bob" },
  ]),
);

test("the verbs are those of every language", () => {
  const own = (of) => Object.getOwnPropertyNames(of).filter((name) => typeof of[name] === "function");
  const snake = (name) => name.replace(/[A-Z]/g, (capital) => "_" + capital.toLowerCase());
  const generated = ["constructor", "free"];
  const verbs = [...own(Library.prototype), ...own(Library)].map(snake);
  const lines = readFileSync(new URL("../fixtures/api.txt", import.meta.url), "utf8").split("\n");
  const listed = lines.filter((line) => /^\w+( javascript)?$/.test(line)).map((line) => line.split(" ")[0]);
  const given = verbs.filter((name) => !generated.includes(name) && !name.startsWith("__"));
  assert.deepStrictEqual(given.sort(), listed.sort());
});

test("answers are plain objects", () => {
  assert.strictEqual(library.get("article:a").title, "Libraries leave");
  assert.strictEqual(library.get("article:b"), undefined);
  assert.strictEqual(Object.getPrototypeOf(library.get("article:a")), Object.prototype);
  assert.deepStrictEqual(library.counts(), { article: 1, author: 1, mutual_entity: 1 });
  assert.strictEqual(library.related("author:ann")[0].relation, "articles");
  assert.strictEqual(library.timeline("mutual_entity:northmoor").facts[0].when, "2012-04-30");
  assert.strictEqual(library.asOf("mutual_entity:northmoor", "2013").stakes[0].value.percent, 25);
  assert.deepStrictEqual(library.people().map((party) => party.name), ["Ann Example"]);
  assert.deepStrictEqual(library.organisations().some((party) => party.name === "Staff"), true);
  assert.strictEqual(library.report().issues[0].code, "unreadable-entry");
});

test("a library is read again from what it writes", () => {
  const again = Library.fromJson(library.toJson());
  assert.strictEqual(again.toJson(), library.toJson());
  again.free();
  assert.throws(() => again.toJson());
});

test("a library opens from its own snapshot", () => {
  const bytes = library.toSnapshot();
  for (const given of [bytes, bytes.slice().buffer]) {
    const opened = Library.open(given);
    assert.strictEqual(opened.toJson(), library.toJson());
    assert.strictEqual(opened.find("libraries").total, 2);
    assert.deepStrictEqual(Library.info(given).counts, library.counts());
    Library.verify(given);
  }
  const rebuilt = Library.rebuild(bytes);
  assert.deepStrictEqual(rebuilt.toSnapshot(), bytes);
});

test("a scoring goes with the library", () => {
  const flat = library.withScoring({ k1: 0.9, weights: { title: 1 } });
  assert.deepStrictEqual(Library.info(flat.toSnapshot()).scoring, { b: 0.75, k1: 0.9, weights: { title: 1 } });
  const wrong = { code: "invalid", pointer: "/weights/titel", message: /did you mean `title`/ };
  assert.throws(() => library.withScoring({ weights: { titel: 2 } }), wrong);
});

test("what is no whole snapshot is refused", () => {
  const bytes = library.toSnapshot();
  assert.throws(() => Library.open(bytes.slice(0, -1)), { code: "damaged" });
  assert.throws(() => Library.open(new Uint8Array(64)), { code: "invalid" });
  assert.throws(() => Library.open("ROCHDALE"), { code: "invalid" });
  const later = bytes.slice();
  later[8] = 255;
  assert.throws(() => Library.info(later), { code: "unsupported", message: /build it again/ });
  const damaged = bytes.slice();
  damaged[bytes.length >> 1] ^= 1;
  assert.throws(() => Library.verify(damaged), { code: "damaged" });
});

test("errors say what and where", () => {
  const wrong = { name: "RochdaleError", code: "invalid", offset: 8 };
  assert.throws(() => Library.fromJson('{"kind":'), wrong);
  assert.throws(() => library.timeline("mutual_entity:northmoore"), { name: "RochdaleError" });
  assert.ok(errorCodes().includes("invalid"));
});

test("queries take their JSON form, and options on top", () => {
  const asked = { where: { field: "kind", is: "author" } };
  assert.strictEqual(library.find(asked).total, 1);
  assert.deepStrictEqual(library.find("kind:author", { limit: 0 }).entries, []);
  assert.throws(() => library.find("auther:ann"), { code: "query", offset: 0 });
  assert.throws(() => library.find({ wher: "x" }), { code: "query" });
});

test("a stored query takes values for its parameters", () => {
  const stored = "kind:$kind published:$from..$to";
  assert.deepStrictEqual(library.parameters(stored), { from: ["date"], kind: ["keyword"], to: ["date"] });
  const params = { kind: "article", from: "2013", to: 2014 };
  assert.strictEqual(library.find(stored, { params }).total, 1);
  assert.throws(() => library.find(stored), { code: "query", offset: 5 });
  const wrong = { ...params, to: "kind:author OR *" };
  assert.throws(() => library.find(stored, { params: wrong }), { code: "query", pointer: "/params/to" });
  assert.throws(() => library.parameters("auther:$who"), { code: "query", offset: 0 });
});

test("answers are explained", () => {
  const explanation = library.explain("libraries", { limit: 1 });
  assert.strictEqual(explanation.way, "best of any word");
  assert.strictEqual(explanation.scores[0].score, library.find("libraries").scores[0]);
});

test("misspelt words are told with what was meant, and entries like another are found", () => {
  const words = [{ word: "librairies", at: 0, near: ["libraries"] }];
  assert.deepStrictEqual(library.find("librairies").suggestions, { words, query: "libraries" });
  assert.strictEqual(library.find("libraries").suggestions, undefined);
  assert.deepStrictEqual(library.find("like:article:a").entries.map((entry) => entry.id), ["northmoor"]);
});

test("files in memory are read as those of a folder", () => {
  const bytes = new TextEncoder().encode("id: ann\nkind: author\nname: Ann\n");
  const read = Library.fromFiles({ "articles/a.md": "---\ntitle: A\n---\nText.\n", "ann.yaml": bytes });
  assert.deepStrictEqual(read.counts(), { article: 1, author: 1 });
  assert.throws(() => Library.fromFiles({ "a/b.md": 1 }), { code: "invalid", pointer: "/a~1b.md" });
});
