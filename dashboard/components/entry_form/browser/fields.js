// The answers of an entry as plain values: their token, and what is said of the map.

export function newToken() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What stands beside the questions about the map; a region rated 0 is on record, but is not one in pain. */
export function mapWords(marks, noPain) {
  const count = (of) => `${of.length} ${of.length === 1 ? "region" : "regions"}`;
  const painless = marks.filter(([, value]) => value === 0);
  const hurting = marks.filter(([, value]) => value !== 0);
  if (!marks.length) return noPain ? "Body map:" : "Body map: not filled in";
  if (!hurting.length) return `Body map: ${count(painless)} rated 0 (not painful)`;
  return `Body map: ${count(hurting)} marked${painless.length ? `, ${painless.length} rated 0 (not painful)` : ""}`;
}
