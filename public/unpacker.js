// A worker that unpacks what travels gzipped, and fetches the image of memory: the page's own thread is
// busy. It says 0 when it is ready; what it is asked for goes by numbers.
//
// {number, part} hands it a file in parts, {number} is its end. {number, bring} has it fetch one, or take
// the one that is kept, and it says {number, got: bytes} meanwhile; {number, stop: true} calls that off.
// Either ends with {number, bytes}, which are null where it cannot.
import { isIntact, isPacked, whichCame } from "./boot/content.js";
import { Inflating } from "./boot/inflating.js";

const underWay = new Map(); // number -> Inflating
const stoppers = new Map(); // number -> AbortController

onmessage = ({ data: { number, part, bring, stop } }) => {
  if (stop) stoppers.get(number)?.abort();
  else if (part) inflating(number).take(part);
  else deliver(number, bring ? brought(number, bring) : inflating(number, true).end());
};

function inflating(number, isLast = false) {
  const known = underWay.get(number) ?? new Inflating();
  if (isLast) underWay.delete(number);
  else underWay.set(number, known);
  return known;
}

async function deliver(number, coming) {
  const bytes = await coming.catch(() => null);
  stoppers.delete(number);
  postMessage({ number, bytes }, bytes ? [bytes.buffer] : []);
}

// `kept` names a store and a key in it, `address` is where else it is to be had; one of both.
async function brought(number, { kept, address, file }) {
  const stopper = new AbortController();
  stoppers.set(number, stopper);
  const answer = kept
    ? await caches.match(kept.key, { cacheName: kept.store })
    : await fetch(address, { signal: stopper.signal, priority: "low" });
  if (!answer?.ok) return null;
  const unpacked = new Inflating();
  const parts = [];
  let got = 0;
  const reader = answer.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    unpacked.take(next.value); // of what did not come packed, nothing is made
    parts.push(next.value);
    got += next.value.length;
    postMessage({ number, got });
  }
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  if (!(await isIntact(bytes, whichCame(bytes, file, file.unpacked)))) return null;
  return isPacked(bytes) ? unpacked.end() : bytes;
}

postMessage({ number: 0, bytes: null });
