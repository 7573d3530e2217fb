// Whether a start begins with Python's memory as it was when the page was built, and where that comes
// from: it is kept for use without a network, or, on a fast line, fetched, both by the worker.
import { isGivenUp } from "../snapshot.js";
import { wasBrokenOff } from "./broken_off.js";
import { isIntact, whichCame } from "./content.js";
import { archive, arrived, exchange, files, manifest, read } from "./files.js";
import { isFast } from "./line.js";
import { isGuarded } from "./program.js";
import { FileError } from "./progress.js";
import { brought, unpacking } from "./unpacking.js";

// What the image makes superfluous for the start.
export const LIBRARY = files["python_stdlib.zip.gz"];

// Returns {bytes: a promise}, or null for a start without it.
export async function chosenImage() {
  const { snapshot } = manifest;
  if (!snapshot || globalThis.cnnscopeAlone || isGivenUp(snapshot)) return null;
  if (await wasBrokenOff) return null; // perhaps by the image
  const ways = isGuarded() ? [kept, fetched] : [fetched, kept];
  let image = null;
  for (const way of ways) image ??= await way(snapshot).catch(() => null); // storage may be forbidden
  if (!image) return null;
  exchange(snapshot, LIBRARY);
  image.bytes.catch(() => {}); // told of where it is awaited
  return image;
}

// It is asked for at once, and let go of where the line turns out to be slow.
async function fetched(snapshot) {
  const address = new URL(snapshot.url, document.baseURI).href;
  const coming = brought({ address, file: snapshot }, (got) => arrived(snapshot, got));
  // What went wrong, the page's own thread finds out.
  if (await isFast) return { bytes: coming.bytes.then((bytes) => bytes ?? archive(snapshot)) };
  coming.stop();
  return null;
}

async function kept(snapshot) {
  const folder = new URL("./", document.baseURI).href;
  const store = `cnnscope ${folder}`;
  const key = new URL(`content/${snapshot.sha256}`, folder).href;
  const coming = brought({ kept: { store, key }, file: snapshot });
  const answer = await globalThis.caches?.match(key, { cacheName: store });
  return answer ? { bytes: coming.bytes.then((bytes) => bytes ?? readKept()) } : null;

  async function readKept() {
    const { take, end } = unpacking();
    const packed = await read(answer, snapshot, take);
    if (await isIntact(packed, whichCame(packed, snapshot, snapshot.unpacked))) return end(packed);
    await (await caches.open(store)).delete(key); // so that it is fetched anew
    throw new FileError("it was damaged where it is kept");
  }
}
