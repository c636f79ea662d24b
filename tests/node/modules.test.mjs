// The two modules of the package: one reads files, and both answer alike.
import assert from "node:assert";
import { test } from "node:test";

import * as light from "rochdale";
import * as reading from "rochdale/reading";

const statics = ({ Library }) => Object.getOwnPropertyNames(Library).sort();

test("the modules differ in reading files alone", () => {
  const more = statics(reading).filter((name) => !statics(light).includes(name));
  assert.deepStrictEqual(more, ["fromFiles"]);
  assert.deepStrictEqual(
    Object.getOwnPropertyNames(light.Library.prototype).sort(),
    Object.getOwnPropertyNames(reading.Library.prototype).sort(),
  );
  assert.deepStrictEqual(light.errorCodes(), reading.errorCodes());
});

test("what one reads the other answers", () => {
  const files = { "articles/a.md": "---\ntitle: A mutual\n---\nIt began.\n" };
  const read = reading.Library.fromFiles(files);
  const given = light.Library.fromJson(read.toJson());
  for (const query of ["mutual", "began", "*"]) assert.deepStrictEqual(given.find(query), read.find(query));
});
