// Brings Python up in the page: fetches every part at once, tells how far it is, and says so plainly
// when something fails or stalls. PyScript loads this module as its interpreter, so its `loadPyodide`
// is the start that began here as soon as the page was parsed.
//
// The page provides #progress (role=progressbar), #progress-bar, #progress-text and #boot-error
// (role=alert). The build provides the manifest: every file's address and size.

const TEXT = {
  download: "Loading: {done} of {total} MB",
  python: "Starting Python",
  numpy: "Loading NumPy",
  network: "Computing the network",
  retry: "Try again",
  noWebAssembly:
    "This page computes in your browser with WebAssembly, which this browser lacks or has switched off. " +
    "Please open it in a current Firefox, Chrome, Edge or Safari.",
  fileFailed:
    "{file} could not be loaded ({reason}). Check the connection and try again; " +
    "if it fails again, the copy of this page on the server is incomplete.",
  stalled: "Nothing has arrived for {seconds} seconds; still missing: {what}. Check the connection and try again.",
  stuck: "The step “{what}” has not finished in {seconds} seconds. Try again; closing other tabs may help.",
  crashed: "Python stopped while starting: {reason}. Try again; if it fails again, another browser may help.",
  offline: "no connection",
  status: "the server answered {status}",
  length: "{got} of {expected} bytes arrived",
};

const root = document.documentElement;
const manifest = JSON.parse(document.getElementById("boot-manifest").textContent);
const network_seconds = globalThis.cnnscopeWatchdog ?? 20; // without a byte
const step_seconds = 3 * network_seconds; // a slow telephone needs its time

let stage = "download";
let idle = 0; // seconds without progress, as far as this page was running
let over = false; // ready or failed

class FileError extends Error {}

// ---- what the visitor sees

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const megabytes = (count) => (count / 1e6).toFixed(1);

function show(text, fraction) {
  document.getElementById("progress-text").textContent = text;
  document.getElementById("progress-bar").style.inlineSize = `${100 * fraction}%`;
  document.getElementById("progress").setAttribute("aria-valuenow", Math.round(100 * fraction));
}

function fail(message) {
  if (over) return;
  over = true;
  root.dataset.state = "error";
  const box = document.getElementById("boot-error");
  const line = Object.assign(document.createElement("p"), { textContent: message });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: TEXT.retry });
  button.addEventListener("click", () => location.reload());
  box.replaceChildren(line, button);
  box.hidden = false;
}

const failWith = (error) =>
  fail(error instanceof FileError ? error.message : fill(TEXT.crashed, { reason: error?.message ?? error }));

// ---- files

const files = new Map(); // name -> {url, wire, size, arrived: 0..1, content}
for (const [name, file] of Object.entries(manifest.files)) files.set(name, { ...file, name, arrived: 0 });

function progressed() {
  idle = 0;
  if (over || stage !== "download") return;
  let done = 0;
  let total = 0;
  for (const file of files.values()) {
    done += file.arrived * file.wire;
    total += file.wire;
  }
  show(fill(TEXT.download, { done: megabytes(done), total: megabytes(total) }), (0.8 * done) / total);
}

const fileError = (file, reason) => new FileError(fill(TEXT.fileFailed, { file: file.name, reason }));

async function request(file) {
  let answer;
  try {
    answer = await fetch(file.url);
  } catch {
    throw fileError(file, TEXT.offline);
  }
  if (!answer.ok) throw fileError(file, fill(TEXT.status, { status: answer.status }));
  return answer;
}

// Reads a body to its end, telling how much has come; `expected` is its length in bytes.
async function count(body, file, expected) {
  const reader = body.getReader();
  let got = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      got += part.value.length;
      file.arrived = Math.min(1, got / expected);
      progressed();
    }
  } catch {
    throw fileError(file, fill(TEXT.length, { got, expected }));
  }
  if (got !== expected) throw fileError(file, fill(TEXT.length, { got, expected }));
}

// Some servers unpack a .gz on the way, others send it as it lies: its first bytes tell.
async function archive(file) {
  const bytes = new Uint8Array(await body(file));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

async function body(file) {
  const answer = await request(file);
  const [counted, kept] = answer.body.tee();
  const [content] = await Promise.all([new Response(kept).arrayBuffer(), count(counted, file, file.wire)]);
  return content;
}

async function module(name) {
  const file = files.get(name);
  try {
    const loaded = await import(file.url);
    file.arrived = 1;
    progressed();
    return loaded;
  } catch (error) {
    await request(file); // a status says more than an import's error
    throw fileError(file, error.message);
  }
}

// ---- the start

async function start() {
  if (typeof WebAssembly !== "object") {
    fail(TEXT.noWebAssembly);
    return new Promise(() => {});
  }
  const wasm = request(files.get("pyodide.asm.wasm"));
  const counted = wasm.then((answer) => count(answer.clone().body, files.get("pyodide.asm.wasm"), files.get("pyodide.asm.wasm").size));
  const library = archive(files.get("python_stdlib.zip.gz"));
  const numpy = archive(files.get("numpy.zip.gz"));
  const cnnscope = archive(files.get("cnnscope.zip.gz"));
  const script = module("pyodide.asm.mjs");
  const loader = module("pyodide.mjs");
  module("pyscript/core.js").catch(failWith);
  // Any of them may fail while another is awaited.
  for (const part of [counted, library, numpy, cnnscope, script, loader]) part.catch(failWith);

  const own = new Map([["pyodide.asm.wasm", wasm], ["python_stdlib.zip", library.then((bytes) => new Response(bytes))]]);
  const fetchFromServer = globalThis.fetch;
  globalThis.fetch = (resource, options) => {
    const name = String(resource?.url ?? resource).split("/").at(-1);
    return own.get(name) ?? fetchFromServer(resource, options);
  };
  const { loadPyodide: load } = await loader;
  Promise.all([library, counted, script]).then(() => mark("python"), () => {});
  const pyodide = await load({
    indexURL: manifest.folder,
    lockFileContents: manifest.lock,
    packageBaseUrl: manifest.folder,
    createPyodideModule: async (settings) => (await script).default(settings),
    stdout: (line) => console.log(line),
    stderr: (line) => console.error(line),
  });
  globalThis.fetch = fetchFromServer;
  mark("numpy");
  performance.mark("python-ready");
  pyodide.unpackArchive(await numpy, "zip", { extractDir: "/lib/python3.14/site-packages" });
  pyodide.unpackArchive(await cnnscope, "zip", { extractDir: "/lib/python3.14/site-packages" });
  performance.mark("unpacked");
  pyodide.runPython("import numpy");
  performance.mark("numpy-ready");
  return pyodide;
}

const STEPS = { python: 0.85, numpy: 0.9, network: 0.95 };

function mark(name) {
  stage = name;
  idle = 0;
  if (!over) show(TEXT[name], STEPS[name]);
}

// ---- the watchdog: most failures of a start are silent

const watchdog = setInterval(() => {
  idle += 1; // counted in ticks, so that a computer put to sleep is not taken for a stall
  if (stage === "download" && idle > network_seconds) {
    const missing = [...files.values()].filter((file) => file.arrived < 1 && !file.lazy);
    fail(fill(TEXT.stalled, { seconds: network_seconds, what: missing.map((file) => file.name).join(", ") }));
  } else if (idle > step_seconds) {
    fail(fill(TEXT.stuck, { seconds: step_seconds, what: TEXT[stage] }));
  }
}, 1000);

// PyScript reports an exception of the page's script to the console and calls it done.
document.addEventListener("py:done", () => {
  if (root.dataset.state === "loading") fail(fill(TEXT.crashed, { reason: "see the console" }));
});
addEventListener("unhandledrejection", ({ reason }) => failWith(reason));

function done() {
  over = true;
  clearInterval(watchdog);
  document.getElementById("boot-error").hidden = true;
}

globalThis.cnnscopeBoot = { stage: mark, done };

const started = start();
started.catch(failWith);

export const version = manifest.pyodide;
export const loadPyodide = () => started;
