// How fast the line is, told by what really comes: the files that any start needs are on their way.
//
// A fast line brings Python's memory, as it was when the page was built, sooner than this machine would
// start and import: 6 MB more save up to 0.7 s of computing, which is as long on a line of 50 Mbit/s
// (`build.py bench --lines`). What has come is seen late while this thread is busy, never early: time
// counts from when the first of it was seen.
const TELLING = 1e6; // bytes on the wire that tell
const LEAST = 0.3e6; // bytes that tell where no more has come in time
const PATIENCE = 300; // ms
const FAST = 6000; // bytes a ms

let decide;
export const isFast = new Promise((resolve) => {
  decide = resolve;
});

const given = globalThis.cnnscopeLine; // "fast" or "slow" where it is known, as in tests
let first = null; // what was seen first: {bytes, time}
let bytes = 0;

if (given) decide(given === "fast");
else setTimeout(() => setTimeout(judge), PATIENCE); // what waits to be seen comes before the second

function judge() {
  const more = first && bytes - first.bytes;
  decide(more >= LEAST && more / (performance.now() - first.time) >= FAST);
}

export function came(sum) {
  bytes = sum;
  first ??= { bytes, time: performance.now() };
  if (bytes - first.bytes >= TELLING) judge();
}
