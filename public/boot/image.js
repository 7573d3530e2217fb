// Whether a start begins with Python's memory as it was when the page was built, and where that comes
// from: it is kept for use without a network, or, on a fast line, fetched like the rest.
import { isGivenUp } from "../snapshot.js";
import { wasBrokenOff } from "./broken_off.js";
import { whichCame } from "./content.js";
import { archive, exchange, files, isIntact, manifest } from "./files.js";
import { isFast } from "./line.js";
import { FileError } from "./progress.js";
import { unpacked } from "./unpacking.js";

// What the image makes superfluous for the start.
export const LIBRARY = files["python_stdlib.zip.gz"];

// Returns {bytes: a promise}, or null for a start without it.
export async function chosenImage() {
  const { snapshot } = manifest;
  if (!snapshot || globalThis.cnnscopeAlone || isGivenUp(snapshot)) return null;
  if (await wasBrokenOff) return null; // perhaps by the image
  const image = (await kept(snapshot).catch(() => null)) ?? (await fetched(snapshot));
  if (!image) return null;
  exchange(snapshot, LIBRARY);
  image.bytes.catch(() => {}); // told of where it is awaited
  return image;
}

const fetched = async (snapshot) => ((await isFast) ? { bytes: archive(snapshot) } : null);

async function kept(snapshot) {
  const folder = new URL("./", document.baseURI).href;
  const name = `cnnscope ${folder}`;
  const key = new URL(`content/${snapshot.sha256}`, folder).href;
  const answer = await globalThis.caches?.match(key, { cacheName: name });
  return answer ? { bytes: readKept() } : null;

  async function readKept() {
    const packed = new Uint8Array(await answer.arrayBuffer());
    if (await isIntact(packed, whichCame(packed, snapshot, snapshot.unpacked))) return unpacked(packed);
    await (await caches.open(name)).delete(key); // so that it is fetched anew
    throw new FileError("it was damaged where it is kept");
  }
}
