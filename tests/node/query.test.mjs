// Runs the query fixtures against the npm package in Node, on libraries and on snapshots of them.
import assert from "node:assert";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { Library } from "rochdale";

import { wrong } from "./fixtures.mjs";

const FIXTURES = new URL("../fixtures/", import.meta.url);
// Snapshots of the libraries, which `cargo xtask test wasm` writes with the native library.
const SNAPSHOTS = pathToFileURL(`${process.env.SNAPSHOTS}/`);

const read = (path) => readFileSync(new URL(path, FIXTURES), "utf8");
const snapshot = (library) => new Uint8Array(readFileSync(new URL(`${library}.rochdale`, SNAPSHOTS)));

for (const name of readdirSync(new URL("query/", FIXTURES))) {
  test(name, () => {
    const fixture = JSON.parse(read(`query/${name}`));
    const library = Library.fromJson(read(`library/${fixture.library}.json`));
    assert.deepStrictEqual(wrong(library, fixture), []);
    const opened = Library.open(snapshot(fixture.library));
    assert.deepStrictEqual(wrong(opened, fixture), []);
  });
}

for (const file of readdirSync(new URL("library/", FIXTURES))) {
  test(`${file} gives the same bytes here as natively`, () => {
    const library = Library.fromJson(read(`library/${file}`));
    assert.deepStrictEqual(library.toSnapshot(), snapshot(file.replace(".json", "")));
  });
}

for (const file of readdirSync(new URL("snapshot/", FIXTURES)).filter((file) => file.endsWith(".rochdale"))) {
  test(file, () => {
    const library = Library.open(new Uint8Array(readFileSync(new URL(`snapshot/${file}`, FIXTURES))));
    const fixture = JSON.parse(read(`snapshot/${file.replace(".rochdale", ".json")}`));
    assert.deepStrictEqual(JSON.parse(library.toJson()), fixture.entries);
    assert.deepStrictEqual(wrong(library, fixture), []);
  });
}
