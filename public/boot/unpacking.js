// Unpacks archives, on a thread of their own as soon as there is one. Until then, and where a policy or
// a frame allows none, the page's own does it.
import { isPacked } from "./content.js";
import { inflated } from "./inflating.js";

let worker = null;
let isAnswering = false;
const underWay = new Map(); // number -> what is done with the bytes
let count = 0;

export function beginUnpacking(address) {
  if (globalThis.cnnscopeAlone) return; // one file has no other
  try {
    worker = new Worker(address);
    worker.onmessage = ({ data: { number, bytes } }) => {
      if (number === 0) isAnswering = true;
      underWay.get(number)?.(bytes);
      underWay.delete(number);
    };
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
  isAnswering = false;
  for (const done of underWay.values()) done(null);
  underWay.clear();
}

export async function unpacked(bytes) {
  if (!isPacked(bytes)) return bytes;
  return (isAnswering && (await elsewhere(bytes))) || inflated(bytes);
}

function elsewhere(packed) {
  count += 1;
  return new Promise((done) => {
    underWay.set(count, done);
    worker.postMessage({ number: count, packed });
  });
}
