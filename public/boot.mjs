// Brings Python up in the page: fetches every part at once, shows how far it is, and says plainly
// what failed. PyScript takes this module for its interpreter; what its `loadPyodide` returns began
// here as soon as the page was parsed, without waiting for PyScript itself.
//
// The page provides #progress (role=progressbar), #progress-bar, #progress-text and #boot-error
// (role=alert); the build adds #boot-manifest, which lists every file with its address and size, and
// #boot-text, what there is to say.

// Read when it is said: the page may have changed its language since.
const say = (key) => JSON.parse(document.getElementById("boot-text").textContent)[key];

const SILENCE = globalThis.cnnscopeSilence ?? 20; // seconds without a byte before we say so
const PATIENCE = 3 * SILENCE; // seconds for one step of computing; a slow phone needs its time
const DOWNLOADED = 80; // percent of the bar; the rest is computing
const PERCENT = { python: 85, numpy: 90, network: 95 };

const INTERPRETER = ["pyodide.asm.wasm", "pyodide.asm.mjs", "python_stdlib.zip.gz"];
const SITE_PACKAGES = "/lib/python3.14/site-packages";
const HOME = "/home/pyodide"; // searched first; PyScript writes its modules there
const manifest = JSON.parse(document.getElementById("boot-manifest").textContent);
const files = manifest.files; // name -> {name, url, size and wire: bytes, sha256}
const awaited = Object.values(files).filter((file) => !file.later); // what the start needs

let step = "download";
let silent = 0; // seconds since the last sign of progress
let settled = false; // up, or given up
let reviver = null; // snapshot.mjs, on a later visit

class FileError extends Error {}

// What the visitor sees

const phrase = (key, values) => say(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

function show(text, percent) {
  const bar = document.getElementById("progress");
  if (!bar || settled) return;
  document.getElementById("progress-text").textContent = text;
  document.getElementById("progress-bar").style.inlineSize = `${percent}%`;
  bar.setAttribute("aria-valuenow", Math.round(percent));
}

// Old browsers come here too: nothing in it may be newer than modules themselves.
function giveUp(error) {
  if (settled) return;
  const lines = String(error?.message ?? error).split("\n");
  const reason = lines.filter((line) => line.trim()).pop();
  const message = error instanceof FileError ? error.message : phrase("crashed", { reason });
  const line = Object.assign(document.createElement("p"), { textContent: message });
  const retry = Object.assign(document.createElement("button"), { type: "button" });
  retry.textContent = say("retry");
  retry.addEventListener("click", () => location.reload());
  const box = document.getElementById("boot-error");
  box.replaceChildren(line, retry);
  box.hidden = false;
  document.documentElement.dataset.state = "error";
  settled = true; // not before it is told
  forget();
}

function enter(name) {
  performance.mark(`boot-${name}`);
  step = name;
  silent = 0;
  show(say(name), PERCENT[name]);
}

function done() {
  performance.mark("boot-done");
  reviver?.succeeded();
  clearInterval(watchdog);
  settled = true;
  document.getElementById("boot-error").hidden = true; // it was only slow
}

// Files

function arrived(file, bytes) {
  silent = 0;
  file.done = Math.min(1, bytes / file.size) * file.wire;
  let sum = 0;
  let total = 0;
  for (const { done = 0, wire } of awaited) {
    sum += done;
    total += wire;
  }
  const megabytes = { done: (sum / 1e6).toFixed(1), total: (total / 1e6).toFixed(1) };
  if (step !== "download") return;
  show(phrase("download", megabytes), (DOWNLOADED * sum) / total);
  if (INTERPRETER.every((name) => isHere(files[name]))) enter("python");
}

const isHere = ({ done = 0, wire }) => done >= wire;

const fileError = (file, key, values) =>
  new FileError(phrase("file", { file: file.name, reason: phrase(key, values) }));

async function request(file) {
  const answer = await plainFetch(file.url).catch(() => {
    throw fileError(file, "unreachable");
  });
  if (!answer.ok) throw fileError(file, "status", { status: answer.status });
  return answer;
}

// Returns a body's bytes, reporting them as they come.
async function read(answer, file) {
  const parts = [];
  let got = 0;
  const reader = answer.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      got += part.value.length;
      arrived(file, got);
    }
  } catch {
    throw fileError(file, "length", { got, expected: file.size });
  }
  return new Blob(parts);
}

// Archives travel gzipped whatever the server does; one that unpacks them on the way is fine too.
async function archive(name) {
  const file = files[name];
  const packed = await read(await request(file), file);
  const start = new Uint8Array(await packed.slice(0, 2).arrayBuffer());
  if (start[0] !== 0x1f || start[1] !== 0x8b) return new Uint8Array(await packed.arrayBuffer());
  if (packed.size !== file.size) {
    throw fileError(file, "length", { got: packed.size, expected: file.size });
  }
  const plain = new Response(packed.stream().pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(
    await plain.arrayBuffer().catch(() => {
      throw fileError(file, "damaged");
    }),
  );
}

// The interpreter's own program, compiled while it arrives. The browser keeps compiled code, for the
// next visit, only of a response that it made itself; so the bytes are counted and checked on the
// first visit, when they have to be waited for, and later ones are handed on untouched, unless the
// server gives them another type, which browsers do not compile.
async function program(file) {
  const answer = await request(file);
  const type = answer.headers.get("Content-Type") ?? "";
  file.uncounted = type.toLowerCase() === "application/wasm" && remembered(file);
  if (file.uncounted) return answer;
  const whole = new Uint8Array(file.size);
  let got = 0;
  const counter = new TransformStream({
    transform(part, stream) {
      if (got + part.length <= file.size) whole.set(part, got);
      got += part.length;
      arrived(file, got);
      stream.enqueue(part);
    },
    async flush() {
      let error = null;
      if (got !== file.size) error = fileError(file, "length", { got, expected: file.size });
      else if (!(await isIntact(whole, file))) error = fileError(file, "damaged");
      if (!error) return;
      giveUp(error);
      throw error; // the end never comes: what is damaged is not run
    },
  });
  const headers = { "Content-Type": "application/wasm" };
  return new Response(answer.body.pipeThrough(counter), { headers });
}

// Browsers hash only for pages that came over https or from this machine.
async function isIntact(bytes, { sha256 }) {
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return sha256 === Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function remembered(file) {
  try {
    return localStorage.getItem("cnnscope-program") === file.sha256;
  } catch {
    return false; // storage is switched off
  }
}

function remember(file) {
  try {
    localStorage.setItem("cnnscope-program", file.sha256);
  } catch {
    // the next visit counts again
  }
}

function forget() {
  try {
    localStorage.removeItem("cnnscope-program");
  } catch {
    // nothing was kept
  }
}

// Pyodide never says that its program could not be compiled.
function watchCompiling(file) {
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...given) => {
    WebAssembly.instantiateStreaming = instantiate;
    try {
      const compiled = await instantiate.apply(WebAssembly, given);
      arrived(file, file.size);
      remember(file);
      return compiled;
    } catch (error) {
      const damaged = error instanceof WebAssembly.CompileError;
      giveUp(fileError(file, damaged ? "damaged" : "unreachable"));
      throw error;
    }
  };
}

async function script(name) {
  const file = files[name];
  const module = await import(file.url).catch(async (error) => {
    await request(file); // an import does not tell its status
    throw fileError(file, "damaged", { error });
  });
  arrived(file, file.size);
  return module;
}

// The members of a zip that holds them uncompressed, as the build writes it.
function* members(zip) {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const size = view.getUint32(at + 18, true);
    const name = at + 30;
    const content = name + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(zip.subarray(name, name + view.getUint16(at + 26, true)));
    yield [path, zip.subarray(content, content + size)];
    at = content + size;
  }
}

function unpack(zip, FS, folder) {
  const made = new Set();
  for (const [path, content] of members(zip)) {
    const parent = `${folder}/${path.slice(0, path.lastIndexOf("/"))}`;
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(`${folder}/${path}`, content);
  }
}

// Pyodide asks for these by their published names.
const plainFetch = globalThis.fetch.bind(globalThis);
const substitutes = new Map();
globalThis.fetch = (resource, options) => {
  const url = String(resource?.url ?? resource);
  const substitute = substitutes.get(url.slice(url.lastIndexOf("/") + 1));
  return substitute ? substitute() : plainFetch(resource, options);
};

// The start

async function start() {
  if (typeof WebAssembly !== "object") throw new FileError(say("no_wasm"));
  const core = files["pyodide.asm.wasm"];
  const wasm = program(core);
  const library = archive("python_stdlib.zip.gz");
  const numpy = archive("numpy.zip.gz");
  const cnnscope = archive("cnnscope.zip.gz");
  const engine = script("pyodide.asm.mjs");
  const loader = script("pyodide.mjs");
  const parts = [wasm, library, numpy, cnnscope, engine, loader, script("core.js")];
  for (const part of parts) part.catch(giveUp); // whichever is awaited first

  const answers = [wasm];
  substitutes.set("pyodide.asm.wasm", () => {
    watchCompiling(core);
    return answers.pop() ?? program(core); // a second time where its image did not work
  });
  substitutes.set("python_stdlib.zip", async () => new Response(await library));
  substitutes.set("pillow.zip", async () => new Response(await archive("pillow.zip.gz")));
  const folder = new URL(manifest.folder, document.baseURI).href;
  const settings = {
    indexURL: folder,
    packageBaseUrl: folder,
    lockFileContents: manifest.lock,
    createPyodideModule: async (given) => (await engine).default(given),
    stdout: (line) => console.log(line),
    stderr: (line) => console.error(line),
  };
  const image = await revived({ loader, engine, settings, numpy });
  const pyodide = image ?? (await (await loader).loadPyodide(settings));
  enter("numpy");
  unpack(await numpy, pyodide.FS, SITE_PACKAGES);
  unpack(await cnnscope, pyodide.FS, HOME);
  // The folder has been looked at while it was empty.
  pyodide.runPython("import sys; sys.path_importer_cache.clear(); import numpy");
  return pyodide;
}

// Pyodide as it was when the page was built; null where that is not kept here, or does not work.
async function revived(parts) {
  const { snapshot } = manifest;
  if (!snapshot || !remembered(files["pyodide.asm.wasm"])) return null; // a first visit
  const folder = new URL("./", document.baseURI).href;
  const read = async (name) => new Map(members(await parts.numpy)).get(name);
  try {
    reviver = await import(snapshot.module);
    const found = { ...parts, snapshot, folder, isIntact, read, site: SITE_PACKAGES };
    const pyodide = await reviver.revive(found);
    if (pyodide) performance.mark("boot-revived");
    return pyodide;
  } catch (error) {
    console.info(`Python starts without its image: ${error.message}`);
    return null;
  }
}

// Most failures of a start are silent. Seconds are counted in ticks, so that a computer that slept
// is not taken for a line that broke.
const watchdog = setInterval(() => {
  silent += 1;
  const missing = awaited.filter((file) => !isHere(file));
  const patience = missing.every((file) => file.uncounted) ? PATIENCE : SILENCE;
  if (missing.length > 0 && silent > patience) {
    const names = missing.map(({ name }) => name).join(", ");
    giveUp(new FileError(phrase("stalled", { seconds: patience, files: names })));
  } else if (silent > PATIENCE) {
    giveUp(new FileError(phrase("stuck", { seconds: PATIENCE, step: say(step) })));
  }
}, 1000);

// PyScript writes an exception of the page's script to the console and calls the script done.
addEventListener("py:done", () => {
  if (document.documentElement.dataset.state === "loading") giveUp(say("script"));
});
addEventListener("unhandledrejection", ({ reason }) => giveUp(reason));

// A picture dropped or pasted before Python is up waits for it; left to itself, the browser would
// open a dropped one in place of the page.
let waiting = null;
const early = (event) => {
  if (settled) return;
  const files = event.dataTransfer ?? event.clipboardData;
  if (!files?.types.includes("Files")) return;
  event.preventDefault();
  waiting = files.files[0] ?? waiting;
};
for (const name of ["dragover", "drop", "paste"]) addEventListener(name, early);

globalThis.cnnscopeBoot = { stage: enter, done, waiting: () => waiting };

const started = start();
started.catch(giveUp);

export const version = manifest.pyodide;
export const loadPyodide = () => started;
