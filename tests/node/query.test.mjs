// Runs the query fixtures against the npm package in Node.
import assert from "node:assert";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { Library } from "rochdale";

import { wrong } from "./fixtures.mjs";

const read = (path) => readFileSync(new URL(path, new URL("../fixtures/", import.meta.url)), "utf8");

for (const name of readdirSync(new URL("../fixtures/query/", import.meta.url))) {
  test(name, () => {
    const fixture = JSON.parse(read(`query/${name}`));
    assert.deepStrictEqual(wrong(Library, fixture, read(`library/${fixture.library}.json`)), []);
  });
}
