// Whether the start before this one was broken off: neither up, nor given up, nor left by the visitor.
// Then the browser's own process for the page died, and perhaps of what makes later visits quick. This
// start does without it; when it is up, the next is a quick one again.
import { forget, recall, remember } from "../memory.js";
import { atEnd } from "./progress.js";

const BEGUN = "start"; // what is remembered: the last start that has not come to its end
const own = `${Date.now()} ${Math.random()}`;
let isOver = false;
let release = () => {};

export const wasBrokenOff = brokenOff(recall(BEGUN)).catch(() => true);

// A start that still goes on, in another window or frame, holds a lock; a process that died holds none.
const lockOf = (start) => `cnnscope-start ${start}`;

async function brokenOff(last) {
  if (!last) return false;
  const { held } = await navigator.locks.query();
  const isStill = recall(BEGUN) === last; // it may have come to its end meanwhile
  return isStill && held.every(({ name }) => name !== lockOf(last));
}

function begin() {
  if (isOver) return null;
  remember(BEGUN, own);
  return new Promise((done) => {
    release = done;
  });
}

function end() {
  isOver = true;
  if (recall(BEGUN) === own) forget(BEGUN);
  release();
}

// Browsers give no locks to pages that came over plain http from another machine, and some to none.
function locks() {
  try {
    return navigator.locks;
  } catch {
    return null;
  }
}

if (locks()) wasBrokenOff.then(() => locks().request(lockOf(own), begin)).catch(begin);
else begin();
atEnd(end);
addEventListener("pagehide", end);
