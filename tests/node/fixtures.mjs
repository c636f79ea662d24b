// Runs a query fixture, in Node and in a page.

/** The cases of a fixture that a library does not answer as they say, each with what it said. */
export function wrong(library, fixture) {
  const got = fixture.cases.map((expected) => ({ expected, got: answer(library, expected) }));
  return got.filter((one) => canonical(one.expected) !== canonical(one.got));
}

/** The case as the library answers it: of the answer, what the case speaks of. */
function answer(library, { query, ...expected }) {
  const only = (all, names) => Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  try {
    const got = library.find(query);
    const ids = got.entries.map((entry) => `${entry.kind}:${entry.id}`);
    const warnings = (got.warnings ?? []).map((issue) => issue.message);
    return { query, ...only({ ...got, ids, warnings }, Object.keys(expected)) };
  } catch (error) {
    const at = error.pointer ?? error.offset ?? null;
    const place = error.pointer === undefined ? ` at byte ${at}` : ` at \`${at}\``;
    const message = error.message.endsWith(place) ? error.message.slice(0, -place.length) : error.message;
    const all = { code: error.code, at, message };
    return { query, error: only(all, Object.keys(expected.error ?? all)) };
  }
}

/** The same text for the same data, whatever the order of its members. */
function canonical(data) {
  const sorted = (_, value) =>
    value?.constructor === Object ? Object.fromEntries(Object.entries(value).sort()) : value;
  return JSON.stringify(data, sorted);
}
