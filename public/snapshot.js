// Starts Python from an image of its memory, taken when the page was built, with NumPy and most of the
// page's own code imported. The build takes the image with these same functions, so that all stands
// where it stood: the libraries of NumPy are loaded before the program runs, and what differs between
// engines is switched off or filled up.
//
// An image fits one program only. Whatever does not fit is thrown, and boot.js goes the plain way.
import { forget, recall, remember } from "./memory.js";

// Seconds; a program that cannot start never says so. Two more, and guard.js has the page say so.
const LIMIT = (globalThis.cnnscopeSilence ?? 10) - 2;
const TRIALS = 2; // starts with an image that come to nothing; visitors leave, too
const IMAGE = "snapshot"; // what is remembered: the image's hash, and its starts that came to nothing
const LIBRARIES = ["numpy/_core/_multiarray_umath", "numpy/linalg/_umath_linalg"];

// All images begin with the same chance.
const AWAKE = `
import sys
if "random" in sys.modules:
    sys.modules["random"].seed()
`;

let inUse = null; // the image in use

// Returns Pyodide as it was. Throws where that fails. `image` are its bytes, which are coming, `snapshot`
// is the build's description of it.
export async function revive(given) {
  const { loader, engine, settings, snapshot, image: coming, isFileError, read, site } = given;
  const before = trials(snapshot);
  // Should the browser fall over.
  if (!note(snapshot, before + 1)) throw new Error("its trials cannot be counted");
  try {
    let image = coming;
    const libraries = compiled(read, site);
    for (const part of [image, libraries]) part.catch(() => {}); // whichever is awaited first
    const createPyodideModule = async (given) => {
      const module = await outfitted((await engine).default, given, libraries, () => snapshot.table);
      const places = placesOf(module);
      if (places !== snapshot.places) throw new Error(`its places are ${places}`);
      restore(module, snapshot, await image);
      image = null; // Pyodide keeps this function
      return module;
    };
    const head = Uint8Array.from(atob(snapshot.head), (sign) => sign.charCodeAt(0));
    const { loadPyodide } = await loader;
    const starting = loadPyodide({ ...settings, _loadSnapshot: head, createPyodideModule });
    const pyodide = await Promise.race([starting, late()]);
    pyodide.runPython(AWAKE);
    inUse = snapshot;
    return pyodide;
  } catch (error) {
    note(snapshot, isFileError(error) ? before : TRIALS); // a file is not the image's fault
    throw error;
  }
}

// The page could not be started: the next time goes the plain way.
export function failed() {
  if (inUse) note(inUse, TRIALS);
}

// The page is up, or the image has no part in that it is not.
export function succeeded() {
  if (inUse) forget(IMAGE);
}

function late() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`not up after ${LIMIT} s`)), 1000 * LIMIT);
  });
}

// How often a start with this image was not seen to its end.
function trials({ sha256 }) {
  const [image, count] = recall(IMAGE)?.split(" ") ?? [];
  return image === sha256 ? Number(count) : 0;
}

function note({ sha256 }, count) {
  if (count) return remember(IMAGE, `${sha256} ${count}`);
  forget(IMAGE);
  return true;
}

// The image

// Whether it has failed before.
export const isGivenUp = (snapshot) => trials(snapshot) >= TRIALS;

function restore(module, { memory, runs, libraries, symbols }, image) {
  const own = module.HEAPU8.length;
  if (own > memory) throw new Error(`${own} bytes of memory, ${memory} expected`);
  if (own < memory && !module.growMemory(memory)) throw new Error("there is too little memory");
  let at = 0;
  let end = 0;
  for (const [start, length] of [...runs, [memory, 0]]) {
    if (end < own) module.HEAPU8.fill(0, end, Math.min(start, own)); // what has grown is blank
    module.HEAPU8.set(image.subarray(at, at + length), start);
    at += length;
    end = start + length;
  }
  if (at !== image.length) throw new Error(`${image.length} bytes, ${at} expected`);
  const { loadedLibsByName, loadedLibsByHandle } = module.LDSO;
  for (const [path, handle] of libraries) loadedLibsByHandle[handle] = loadedLibsByName[path];
  for (const symbol of symbols) {
    if (symbol) module.addFunction(loadedLibsByName[symbol[0]].exports[symbol[1]]);
    else module.wasmTable.grow(1);
  }
}

// What the build uses as well

// The libraries, being compiled: [[path, WebAssembly.Module]]. `read` yields a file's bytes by its name
// in NumPy's archive; `folder` is where that is unpacked.
export const compiled = (read, folder) =>
  Promise.all(
    LIBRARIES.map(async (name) => {
      const file = `${name}.cpython-314-wasm32-emscripten.so`;
      return [`${folder}/${file}`, await WebAssembly.compile(await read(file))];
    }),
  );

// Brings up the program with its libraries loaded. They find `table` of its own places for functions
// taken: engines differ in how many they need for themselves.
export function outfitted(engine, settings, libraries, table) {
  return new Promise((resolve, reject) => {
    const load = async (module) => {
      module.addRunDependency("libraries");
      try {
        fill(module.wasmTable, table(module.wasmTable.length));
        for (const [path, code] of await libraries) await loadLibrary(module, path, code);
        module.removeRunDependency("libraries");
      } catch (error) {
        reject(error); // and the program never runs
      }
    };
    settings.preRun.push(load);
    engine(settings).then(resolve, reject);
  });
}

function fill(table, length) {
  if (table.length > length) throw new Error(`${table.length} functions, ${length} expected`);
  table.grow(length - table.length);
}

async function loadLibrary(module, path, code) {
  const flags = { loadAsync: true, nodelete: true };
  module.preloadedWasm[path] = await module.loadWebAssemblyModule(code, flags, path, {});
  module.loadDynamicLibrary(path, { global: false, nodelete: true }, {});
}

// A sum over the places of all functions and variables that the program and its libraries share.
export function placesOf(module) {
  let sum = module.wasmTable.length;
  for (const name in module.GOT) sum = (Math.imul(sum, 31) + module.GOT[name].value) | 0;
  return sum;
}
