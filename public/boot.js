// Brings Python up in the page: fetches every part at once, shows how far it is, and says plainly
// what failed. PyScript takes this module for its interpreter; what its `loadPyodide` returns began
// here as soon as this script came, without waiting for the page or for PyScript itself.
//
// The build puts what it imports into this file: nothing is waited for before the rest is asked for.
import { wasBrokenOff } from "./boot/broken_off.js";
import { archive, files, isIntact, manifest, missing, plainFetch, script } from "./boot/files.js";
import { checked, program, remembered, watchCompiling } from "./boot/program.js";
import {
  FileError, atEnd, done, enter, giveUp, isAlive, phrase, say, settled, step,
} from "./boot/progress.js";
import { handed, waiting, watchHands } from "./boot/hands.js";
import { members, unpack } from "./boot/zip.js";
import { watchRoom } from "./room.js";
import { watchScrollers } from "./scrollers.js";
import { failed, revive, succeeded } from "./snapshot.js";

const { forbidden } = globalThis.cnnscopeDiagnosis;
const { sentence, styled } = globalThis.cnnscopeGuard;
const SITE_PACKAGES = "/lib/python3.14/site-packages";
const HOME = "/home/pyodide"; // searched first; PyScript writes its modules there

// Pyodide asks for these by their published names.
const substitutes = new Map();
globalThis.fetch = (resource, options) => {
  const url = String(resource?.url ?? resource);
  const substitute = substitutes.get(url.slice(url.lastIndexOf("/") + 1));
  return substitute ? substitute() : plainFetch(resource, options);
};

async function start() {
  if (typeof WebAssembly !== "object") throw new FileError(say("no_wasm"));
  // Were it there, Pyodide would run each step of a coroutine on a stack of its own. Nothing here needs
  // it, and an image of memory is taken without it.
  delete WebAssembly.Suspending;
  const core = files["pyodide.asm.wasm"];
  const wasm = program(core);
  const library = archive("python_stdlib.zip.gz");
  const numpy = archive("numpy.zip.gz");
  const cnnscope = archive("cnnscope.zip.gz");
  const engine = script("pyodide.asm.js");
  const loader = script("pyodide.js");
  const pyscript = parsed.then(() => script("core.js")); // it looks for its element at once
  const parts = [wasm, library, numpy, cnnscope, engine, loader, pyscript];
  for (const part of parts) part.catch(giveUp); // whichever is awaited first

  const answers = [wasm];
  substitutes.set("pyodide.asm.wasm", () => {
    watchCompiling(core);
    return answers.pop() ?? program(core); // a second time where its image did not work
  });
  substitutes.set("python_stdlib.zip", async () => new Response(await library));
  substitutes.set("pillow.zip", async () => new Response(await archive("pillow.zip.gz")));
  const settings = settingsOf(engine);
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
  await laidOut; // Python will ask for lengths
  return pyodide;
}

// What Pyodide is to be told.
function settingsOf(engine) {
  const folder = new URL(manifest.folder, document.baseURI).href;
  return {
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
  if (await wasBrokenOff) return null; // perhaps by the image
  const folder = new URL("./", document.baseURI).href;
  const read = async (name) => new Map(members(await parts.numpy)).get(name);
  try {
    atEnd((isUp, error) => {
      if (isUp || error instanceof FileError) succeeded(); // or it is not to blame
      else failed();
    });
    const isFileError = (error) => error instanceof FileError;
    const found = { ...parts, snapshot, folder, isIntact, isFileError, read, site: SITE_PACKAGES };
    const pyodide = await revive(found);
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

// Most failures of a start are silent. The start goes on all the same.
globalThis.cnnscopeGuard.watch((seconds) => {
  const names = missing();
  if (names.length === 0) return phrase("stuck", { seconds, step: say(step) });
  return phrase("stalled", { seconds, files: names.join(", ") });
});

// What the service worker has to fetch, it tells of.
try {
  navigator.serviceWorker?.addEventListener("message", isAlive);
  navigator.serviceWorker?.startMessages();
} catch {
  // a frame that may not have one
}

// PyScript writes an exception of the page's script to the console and calls the script done.
addEventListener("py:done", async () => {
  if (document.documentElement.dataset.state !== "loading") return;
  const refusal = await forbidden("trusted-types-sink");
  giveUp(refusal ? new FileError(sentence("cnnscope", refusal)) : say("script"));
});
// It may be of an extension of the browser: should the page come up all the same, it is taken back.
addEventListener("unhandledrejection", ({ reason }) => giveUp(reason, { passes: true }));

watchHands();

// A link of the article leads up to the network; what it names is shown as soon as Python is up.
addEventListener("click", ({ target }) => {
  if (!settled && target.closest?.('a[href^="#"][href*="="]')) scrollTo(0, 0);
});

atEnd((isUp) => isUp && watchScrollers());

globalThis.cnnscopeBoot = { stage: enter, done, handed, waiting };

const parsed = new Promise((done) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
  else done();
});
const hasSheet = () => document.querySelector("link[rel=stylesheet]"); // not in one file
const laidOut = parsed.then(() => hasSheet() && styled).then(watchRoom);
const started = start();
started.catch(giveUp);

export const version = manifest.pyodide;
export const loadPyodide = () => started;
