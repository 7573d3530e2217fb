// Takes an image of Python's memory after the page's imports: node capture.mjs JOB.json
//
// The job names the folder that holds Pyodide, folders to copy into its file system, the page's own
// functions (public/snapshot.js), what to run, and where to write `image` and `layout.json`. The same
// job makes the same bytes: clocks stand still, chance is fixed, nothing of this machine gets in.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const BLOCK = 4096; // bytes; blocks of nothing but zeros are left out
const SPARE = 16; // places for functions that an engine may need for itself
const ROUND = 64;
const NOW = Date.UTC(1980, 0, 1);

const job = JSON.parse(await readFile(process.argv[2], "utf8"));
const load = (path) => import(pathToFileURL(path));

function standStill() {
  Date.now = () => NOW;
  performance.now = () => 0;
  const crypto = createRequire(import.meta.url)("node:crypto");
  crypto.randomFillSync = (view) => view.fill(0);
  crypto.webcrypto.getRandomValues = (view) => view.fill(0);
}

async function start(shared) {
  delete WebAssembly.Suspending; // as in the page: an engine that can switch stacks starts otherwise
  const { loadPyodide } = await load(join(job.pyodide, "pyodide.mjs"));
  const engine = (await load(join(job.pyodide, "pyodide.asm.mjs"))).default;
  const read = (name) => readFile(join(job.folders[job.packages], name));
  const libraries = shared.compiled(read, job.packages);
  const layout = {};
  const roundUp = (taken) => (layout.table = Math.ceil((taken + SPARE) / ROUND) * ROUND);
  const pyodide = await loadPyodide({
    indexURL: job.pyodide,
    lockFileContents: job.lock,
    env: { LANG: "C.UTF-8", PYTHONHASHSEED: "0" },
    _makeSnapshot: true,
    _sysExecutable: "./this.program",
    createPyodideModule: async (settings) => {
      const module = await shared.outfitted(engine, settings, libraries, roundUp);
      layout.places = shared.placesOf(module);
      return module;
    },
  });
  return { pyodide, layout, functions: pyodide._module.wasmTable.length };
}

async function copy(FS, place, folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  for (const path of paths) {
    const target = place + path.slice(folder.length).replaceAll("\\", "/");
    FS.mkdirTree(target.slice(0, target.lastIndexOf("/")));
    FS.writeFile(target, await readFile(path));
  }
}

// Which libraries are in use, and the functions that were given places while they were imported: each
// by its library and name, or null where the place is free again.
function describe({ LDSO, wasmTable }, functions) {
  const loaded = Object.entries(LDSO.loadedLibsByHandle).filter(([handle]) => handle !== "0");
  const known = loaded.flatMap(([, { name, exports }]) =>
    Object.entries(exports).map(([symbol, code]) => [code, [name, symbol]]),
  );
  const symbols = [];
  for (let place = functions; place < wasmTable.length; place++) {
    const own = wasmTable.get(place);
    const found = own && known.find(([code]) => code === own);
    if (own && !found) throw new Error(`the function at ${place} is of no library`);
    symbols.push(found ? found[1] : null);
  }
  return { libraries: loaded.map(([handle, { name }]) => [name, Number(handle)]), symbols };
}

// What was freed still holds what it held. Blank, it weighs nothing.
function blank(module) {
  const top = module._sbrk(0);
  const taken = [];
  for (let size = 1 << 20; size >= 16; size >>= 1) {
    let place = 0;
    do {
      place = module._malloc(size);
      module.HEAPU8.fill(0, place, place + size);
      taken.push(place);
    } while (place + size <= top); // beyond, nothing was ever held
  }
  for (const place of taken) module._free(place);
}

function runsOf(memory) {
  const runs = [];
  for (let start = 0; start < memory.length; start += BLOCK) {
    const block = memory.subarray(start, start + BLOCK);
    if (block.every((byte) => byte === 0)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === start) last[1] += block.length;
    else runs.push([start, block.length]);
  }
  return runs;
}

try {
  standStill();
  const { pyodide, layout, functions } = await start(await load(job.shared));
  for (const [place, folder] of Object.entries(job.folders)) {
    await copy(pyodide.FS, place, folder);
  }
  pyodide.runPython(job.program);
  layout.lacks = pyodide.globals.get("ON_PAGE").toJs();
  Object.assign(layout, describe(pyodide._module, functions));
  blank(pyodide._module);
  const whole = pyodide.makeMemorySnapshot();
  const begin = new Uint32Array(whole.buffer)[1];
  const memory = whole.subarray(begin);
  layout.head = Buffer.from(whole.subarray(0, begin)).toString("base64");
  layout.memory = memory.length;
  layout.runs = runsOf(memory);
  const blocks = layout.runs.map(([from, length]) => memory.subarray(from, from + length));
  await writeFile(join(job.target, "image"), Buffer.concat(blocks));
  await writeFile(join(job.target, "layout.json"), JSON.stringify(layout));
  process.exit(0);
} catch (error) {
  console.error(error.message.slice(-2000)); // the stack would quote a line of a megabyte
  process.exit(1);
}
