// How fast the line is, told by what really comes: the files that any start needs are on their way.
//
// A fast line brings Python's memory, as it was when the page was built, sooner than this machine would
// start and import: 5 MB more save about 0.6 s of computing.
const TELLING = 1e6; // bytes on the wire that tell
const PATIENCE = 300; // ms; a line that has not brought them by then is a slow one
const FAST = 6000; // bytes a ms
const begun = performance.now();

let decide;
export const isFast = new Promise((resolve) => {
  decide = resolve;
});

const given = globalThis.cnnscopeLine; // "fast" or "slow" where it is known, as in tests
if (given) decide(given === "fast");
else setTimeout(decide, PATIENCE, false);

export function came(bytes) {
  if (bytes >= TELLING) decide(bytes / (performance.now() - begun) >= FAST);
}
