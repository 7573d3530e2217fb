// Brings Python up in the page: fetches every part at once, shows how far it is, and says plainly
// what failed. PyScript takes this module for its interpreter; what its `loadPyodide` returns began
// here as soon as the page was parsed, without waiting for PyScript itself.
//
// The page provides #progress (role=progressbar), #progress-bar and #progress-text, and guard.js,
// which says what failed; the build adds #boot-manifest, which lists every file with its address and
// size, and #boot-text, what there is to say.

// Read when it is said: the page may have changed its language since.
const say = (key) => JSON.parse(document.getElementById("boot-text").textContent)[key];

const { tell, hush, silence: SILENCE } = globalThis.cnnscopeGuard;
const DOWNLOADED = 80; // percent of the bar; the rest is computing
const PERCENT = { python: 85, numpy: 90, network: 95 };

const INTERPRETER = ["pyodide.asm.wasm", "pyodide.asm.mjs", "python_stdlib.zip.gz"];
const SITE_PACKAGES = "/lib/python3.14/site-packages";
const HOME = "/home/pyodide"; // searched first; PyScript writes its modules there
const manifest = JSON.parse(document.getElementById("boot-manifest").textContent);
// name -> {name, url, size and wire: bytes, sha256}; of an archive also unpacked: {size, sha256}
const files = manifest.files;
const awaited = Object.values(files).filter((file) => !file.later); // what the start needs

let step = "download";
let silent = 0; // seconds since the last sign of life
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
function giveUp(error, { passes = false } = {}) {
  if (settled) return;
  const lines = String(error?.message ?? error).split("\n");
  const reason = lines.filter((line) => line.trim()).pop();
  const message = error instanceof FileError ? error.message : phrase("crashed", { reason });
  tell(message, { address: error?.address, passes });
  settled = true; // not before it is told
  forget();
  reviver?.failed();
}

function isAlive() {
  silent = 0;
  if (!settled) hush();
}

function enter(name) {
  performance.mark(`boot-${name}`);
  step = name;
  isAlive();
  show(say(name), PERCENT[name]);
}

function done() {
  performance.mark("boot-done");
  reviver?.succeeded();
  clearInterval(watchdog);
  settled = true;
  hush(); // it was only slow
}

// Files

function arrived(file, bytes) {
  isAlive();
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

function fileError(file, key, values) {
  const error = new FileError(phrase("file", { file: file.name, reason: phrase(key, values) }));
  error.address = file.url;
  file.options = { cache: "reload" }; // the browser may have kept what came wrong
  return error;
}

async function request(file, options = file.options) {
  const answer = await within(file, plainFetch(file.url, options)).catch(() => {
    throw fileError(file, "unreachable");
  });
  if (!answer.ok || !answer.body) throw fileError(file, "status", { status: answer.status });
  return answer;
}

// Nobody watches over what is fetched after the start.
function within(file, promise) {
  if (!file.later) return promise;
  const silence = new Promise((_, reject) => setTimeout(reject, 1000 * SILENCE));
  return Promise.race([promise, silence]);
}

// Returns a body's bytes, reporting them as they come.
async function read(answer, file) {
  const parts = [];
  let got = 0;
  const reader = answer.body.getReader();
  const next = () => within(file, reader.read());
  try {
    for (let part = await next(); !part.done; part = await next()) {
      parts.push(part.value);
      got += part.value.length;
      arrived(file, got);
    }
  } catch {
    reader.cancel().catch(() => {});
    throw fileError(file, "length", { got, expected: file.size });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// Fails unless the bytes are those of the file, or of what is packed in it.
async function verify(bytes, file, expected = file) {
  const { size } = file;
  const isShort = expected === file && bytes.length < size;
  if (isShort) throw fileError(file, "length", { got: bytes.length, expected: size });
  if (!(await isIntact(bytes, expected))) throw fileError(file, "damaged");
}

// Archives travel gzipped whatever the server does; one that unpacks them on the way is fine too.
async function archive(name) {
  const file = files[name];
  const bytes = await read(await request(file), file);
  const isPlain = bytes.length > 0 && (bytes[0] !== 0x1f || bytes[1] !== 0x8b);
  await verify(bytes, file, isPlain ? file.unpacked : file);
  if (isPlain) return bytes;
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

// The interpreter's own program, compiled while it arrives. The browser keeps compiled code, for the
// next visit, only of a response that it made itself; so that is handed on, and a copy is counted and
// checked beside, unless the server gives it another type, which browsers do not compile.
async function program(file) {
  const known = remembered(file) && (await request(file, FROM_CACHE).catch(() => null));
  if (known && isProgram(known)) {
    checked = isGuarded() ? Promise.resolve() : request(file, FROM_CACHE)
      .then((copy) => copy.arrayBuffer())
      .then((bytes) => verify(new Uint8Array(bytes), file));
    checked.catch(giveUp);
    return known;
  }
  const answer = await request(file);
  if (isProgram(answer)) {
    checked = read(answer.clone(), file).then((bytes) => verify(bytes, file));
    checked.catch(giveUp);
    return answer;
  }
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
      try {
        await verify(got > file.size ? new Uint8Array(got) : whole.subarray(0, got), file);
      } catch (error) {
        giveUp(error);
        throw error; // the end never comes: what is damaged is not run
      }
    },
  });
  const headers = { "Content-Type": "application/wasm" };
  return new Response(answer.body.pipeThrough(counter), { headers });
}

// Whether the service worker answers, which checks every file itself.
function isGuarded() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false; // a frame that may not have one
  }
}

// A browser's own cache is as quick as it is silent; whether it has a file cannot be seen otherwise.
const FROM_CACHE = { cache: "only-if-cached", mode: "same-origin" };
let checked = Promise.resolve(); // once the program is known to be what it should be

const isProgram = ({ headers }) =>
  (headers.get("Content-Type") ?? "").toLowerCase() === "application/wasm";

// Browsers hash only for pages that came over https or from this machine.
async function isIntact(bytes, { size, sha256 }) {
  if (bytes.length !== size) return false;
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
      await checked; // what is damaged is not run
      arrived(file, file.size);
      remember(file);
      return compiled;
    } catch (error) {
      await checked.catch(() => {}); // it tells better what is wrong
      const damaged = error instanceof WebAssembly.CompileError;
      giveUp(fileError(file, damaged ? "damaged" : "unreachable"));
      throw error;
    }
  };
}

// The page's import map names the hashes of scripts: the browser refuses others.
async function script(name) {
  const parts = [files[name], ...(files[name].imports ?? []).map((each) => files[each])];
  const module = await import(files[name].url).catch(async () => {
    for (const part of parts) await explain(part);
    throw fileError(files[name], "unreachable"); // it can be had by now
  });
  for (const part of parts) arrived(part, part.size);
  return module;
}

// An import does not tell why it failed.
async function explain(file) {
  const answer = await request(file);
  const type = answer.headers.get("Content-Type") ?? "";
  await verify(await read(answer, file), file);
  if (!/^(text|application)\/(x-)?(java|ecma)script\b/i.test(type)) {
    throw fileError(file, "type", { type });
  }
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
    createPyodideModule: async (given) => {
      const module = await (await engine).default(given);
      await breath();
      return module;
    },
    stdout: (line) => console.log(line),
    stderr: (line) => console.error(line),
  };
  const image = await revived({ loader, engine, settings, numpy });
  const pyodide = image ?? (await (await loader).loadPyodide(settings));
  await checked;
  enter("numpy");
  await breath();
  unpack(await numpy, pyodide.FS, SITE_PACKAGES);
  unpack(await cnnscope, pyodide.FS, HOME);
  await breath();
  // The folder has been looked at while it was empty.
  pyodide.runPython("import sys; sys.path_importer_cache.clear(); import numpy");
  await breath();
  return pyodide;
}

// Lets the browser answer the visitor between two long steps.
function breath() {
  return new Promise((goOn) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      goOn();
    };
    port2.postMessage(null);
  });
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
    isAlive(); // the plain way has all its time
    return null;
  } finally {
    parts.numpy = null; // Pyodide keeps what it was given
  }
}

// Most failures of a start are silent. The start goes on all the same, and the message goes where it
// was only slow. Seconds are counted in ticks, so that a computer that slept is not taken for a line
// that broke; there are none while a slow one computes.
const watchdog = setInterval(() => {
  silent += 1;
  if (settled || silent !== SILENCE) return;
  const missing = awaited.filter((file) => !isHere(file)).map(({ name }) => name);
  const seconds = SILENCE;
  if (missing.length === 0) tell(phrase("stuck", { seconds, step: say(step) }), { passes: true });
  else tell(phrase("stalled", { seconds, files: missing.join(", ") }), { passes: true });
}, 1000);

// What the service worker has to fetch, it tells of.
try {
  navigator.serviceWorker?.addEventListener("message", isAlive);
  navigator.serviceWorker?.startMessages();
} catch {
  // a frame that may not have one
}

// PyScript writes an exception of the page's script to the console and calls the script done.
addEventListener("py:done", () => {
  if (document.documentElement.dataset.state === "loading") giveUp(say("script"));
});
// It may be of an extension of the browser: should the page come up all the same, it is taken back.
addEventListener("unhandledrejection", ({ reason }) => giveUp(reason, { passes: true }));

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

// A link of the article leads up to the network; what it names is shown as soon as Python is up.
addEventListener("click", ({ target }) => {
  if (!settled && target.closest?.('a[href^="#"][href*="="]')) scrollTo(0, 0);
});

globalThis.cnnscopeBoot = { stage: enter, done, waiting: () => waiting };

const started = start();
started.catch(giveUp);

export const version = manifest.pyodide;
export const loadPyodide = () => started;
