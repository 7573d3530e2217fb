// Unpacks archives while they come, on a thread of their own, which fetches the image itself. Where that
// is not there by the end, and where a policy or a frame allows none, the page's own does it.
import { isPacked } from "./content.js";
import { inflated } from "./inflating.js";

const PATIENCE_WITH_WORKER = 1500; // ms, until it is ready

let worker = null;
let isAnswering = false;
const underWay = new Map(); // number -> what is done with the bytes
let count = 0;

export function beginUnpacking(address) {
  if (globalThis.cnnscopeAlone) return; // one file has no other
  try {
    worker = new Worker(address);
    worker.onmessage = ({ data: { number, bytes, got } }) => {
      if (number === 0) isAnswering = true;
      underWay.get(number)?.(bytes, got);
      if (got === undefined) underWay.delete(number);
    };
    setTimeout(() => isAnswering || endUnpacking(), PATIENCE_WITH_WORKER); // it may be held up
    worker.onerror = (event) => {
      event.preventDefault(); // nothing is lost
      endUnpacking();
    };
  } catch {
    // the page's own thread does it
  }
}

// What is under way is done by the page's own thread.
export function endUnpacking() {
  worker?.terminate();
  worker = null;
  isAnswering = false;
  for (const done of underWay.values()) done(null);
  underWay.clear();
}

// Has a file brought whole and unpacked: {bytes: a promise of them, or of null, stop: a function}.
// `arrived` is told how many came so far.
export function brought(wanted, arrived = () => {}) {
  if (!worker) return { bytes: Promise.resolve(null), stop() {} };
  count += 1;
  const number = count;
  const by = worker;
  const bytes = new Promise((done) => {
    underWay.set(number, (all, got) => (got === undefined ? done(all) : arrived(got)));
  });
  by.postMessage({ number, bring: wanted });
  return { bytes, stop: () => by.postMessage({ number, stop: true }) };
}

// Takes a file part by part, and then as a whole: returns it unpacked.
export function unpacking() {
  let sent = null; // the number of what was begun elsewhere
  const by = worker;

  function take(part) {
    if (sent === null) {
      if (!by || !isPacked(part)) return;
      count += 1;
      sent = count;
    }
    by.postMessage({ number: sent, part });
  }

  async function end(bytes) {
    if (!isPacked(bytes)) return bytes;
    return (sent !== null && isAnswering && (await elsewhere())) || inflated(bytes);
  }

  function elsewhere() {
    return new Promise((done) => {
      underWay.set(sent, done);
      by.postMessage({ number: sent });
    });
  }

  return { take, end };
}
