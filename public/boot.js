// Brings Python up in the page: fetches every part at once, shows how far it is, and says plainly
// what failed. PyScript takes this module for its interpreter; what its `loadPyodide` returns began
// here as soon as this script came, without waiting for the page or for PyScript itself.
//
// The build puts what it imports into this file: nothing is waited for before the rest is asked for.
import { archive, exchange, files, manifest, missing, plainFetch, script } from "./boot/files.js";
import { chosenImage, LIBRARY } from "./boot/image.js";
import { checked, program, watchCompiling } from "./boot/program.js";
import {
  FileError, atEnd, done, enter, giveUp, isAlive, phrase, say, settled, step,
} from "./boot/progress.js";
import { handed, waiting, watchHands } from "./boot/hands.js";
import { watchPresses } from "./boot/presses.js";
import { beginUnpacking, endUnpacking } from "./boot/unpacking.js";
import { members, unpack } from "./boot/zip.js";
import { watchRoom } from "./room.js";
import { watchScrollers } from "./scrollers.js";
import { failed, revive, succeeded } from "./snapshot.js";

const { forbidden } = globalThis.cnnscopeDiagnosis;
const { sentence, styled } = globalThis.cnnscopeGuard;
const SITE_PACKAGES = "/lib/python3.14/site-packages";
const ZIP = "/lib/python314.zip"; // the standard library, where Python looks for it
const HOME = "/home/pyodide"; // searched first
const LOOK_ANEW = "import sys; sys.path_importer_cache.clear()"; // folders were emptier before
// What the image has not imported, since it touches the page: as modules are called.
const isLacking = (path) =>
  manifest.snapshot.lacks.some((name) => path.startsWith(name.replaceAll(".", "/")));
// What the page imports, in parts that each import what the next one needs.
const IN_TURN = [
  "ast, datetime, inspect, json, pickle, platform, typing",
  "numpy",
  "cnnscope.nn.network",
  "cnnscope.state.state",
  "cnnscope.views.registry",
  "cnnscope.panels.tour.controller",
  "cnnscope.panels.playground.controller",
  "cnnscope.app.app",
];

// Pyodide asks for these by their published names.
const substitutes = new Map();
globalThis.fetch = (resource, options) => {
  const url = String(resource?.url ?? resource);
  const substitute = substitutes.get(url.slice(url.lastIndexOf("/") + 1));
  return substitute ? substitute() : plainFetch(resource, options);
};

async function start() {
  if (typeof WebAssembly !== "object") throw new FileError(say("no_wasm"));
  beginUnpacking(manifest.unpacker);
  // Were it there, Pyodide would run each step of a coroutine on a stack of its own. Nothing here needs
  // it, and an image of memory is taken without it.
  delete WebAssembly.Suspending;
  const core = files["pyodide.asm.wasm"];
  const wasm = program(core);
  const numpy = archive(files["numpy.zip.gz"]);
  const cnnscope = archive(files["cnnscope.zip.gz"]);
  const engine = script("pyodide.asm.js");
  const loader = script("pyodide.js");
  const pyscript = parsed.then(() => script("core.js")); // it looks for its element at once
  const parts = [wasm, numpy, cnnscope, engine, loader, pyscript];
  for (const part of parts) part.catch(giveUp); // whichever is awaited first
  const image = await chosenImage();
  if (!image) library().catch(giveUp); // all else has been asked for

  const answers = [wasm];
  substitutes.set("pyodide.asm.wasm", () => {
    watchCompiling(core);
    return answers.pop() ?? program(core); // a second time where its image did not work
  });
  let isAwaited = !image;
  substitutes.set("python_stdlib.zip", async () => new Response(isAwaited ? await library() : ""));
  substitutes.set("pillow.zip", async () => new Response(await archive(files["pillow.zip.gz"])));
  const settings = settingsOf(engine);
  const before = image && (await revived({ loader, engine, settings, numpy, image: image.bytes }));
  isAwaited = !before;
  const pyodide = before ?? (await (await loader).loadPyodide(settings));
  await checked;
  enter("numpy");
  await breath();
  const code = [[await numpy, pyodide.FS, SITE_PACKAGES], [await cnnscope, pyodide.FS, HOME]];
  if (before) {
    unpack(...code[1], isLacking);
    pyodide.runPython(LOOK_ANEW);
    whole = once(async () => {
      await unpackAll(code);
      code.length = 0; // they are large
      pyodide.FS.writeFile(ZIP, await library());
      pyodide.runPython(LOOK_ANEW);
    });
  } else {
    await unpackAll(code);
    pyodide.runPython(LOOK_ANEW);
    for (const module of IN_TURN) {
      pyodide.runPython(`import ${module}`);
      await breath();
    }
  }
  await breath();
  await laidOut; // Python will ask for lengths
  return pyodide;
}

const library = once(() => archive(LIBRARY));

async function unpackAll(archives) {
  for (const archive of archives) {
    unpack(...archive);
    await breath();
  }
}

// With the image, what nothing has imported yet comes later, and of the standard library is fetched
// later: when there is time, or when it is wanted.
let whole = async () => {};
// It is tried again when it is wanted.
atEnd((isUp) => (isUp ? idle(() => whole().catch(() => {}).then(endUnpacking)) : endUnpacking()));

// Does something once, unless it failed.
function once(work) {
  let doing = null;
  return () => {
    doing ??= work().catch((error) => {
      doing = null;
      throw error;
    });
    return doing;
  };
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

// Does something when the browser has nothing else to do.
function idle(work) {
  if (globalThis.requestIdleCallback) requestIdleCallback(work);
  else setTimeout(work, 1000);
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

// Pyodide as it was when the page was built; null where that does not work.
async function revived(parts) {
  const { snapshot } = manifest;
  const read = async (name) => new Map(members(await parts.numpy)).get(name);
  try {
    atEnd((isUp, error) => {
      if (isUp || error instanceof FileError) succeeded(); // or it is not to blame
      else failed();
    });
    const isFileError = (error) => error instanceof FileError;
    const pyodide = await revive({ ...parts, snapshot, isFileError, read, site: SITE_PACKAGES });
    performance.mark("boot-revived");
    return pyodide;
  } catch (error) {
    console.info(`Python starts without its image: ${error.message}`);
    exchange(LIBRARY, snapshot);
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

globalThis.cnnscopeBoot = { stage: enter, done, handed, waiting, whole: () => whole() };

const parsed = new Promise((done) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
  else done();
});
watchPresses(parsed);
const hasSheet = () => document.querySelector("link[rel=stylesheet]"); // not in one file
const laidOut = parsed.then(() => hasSheet() && styled).then(watchRoom);
const started = start();
started.catch(giveUp);

export const version = manifest.pyodide;
export const loadPyodide = () => started;
