// Runs a job of steps.py in Pyodide under Node: node run_steps.mjs JOB.json
//
// The job names the folder that holds Pyodide, the folders to mount, the packages to unpack first,
// what else is in the environment, and the steps.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(await readFile(process.argv[2], "utf8"));
try {
  const { loadPyodide } = await import(pathToFileURL(join(job.pyodide, "pyodide.mjs")));
  const pyodide = await loadPyodide({
    indexURL: job.pyodide,
    lockFileContents: job.lock,
    env: {
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONHASHSEED: "0", // sets are stored in hash order
      PYTHONNODEBUGRANGES: "1", // no column numbers: a tenth of the bytes, and no source to point at
      SOURCE_DATE_EPOCH: "315532800", // 1980, the earliest a zip can hold
      ...job.environment,
    },
  });
  for (const [place, folder] of Object.entries(job.mounts)) pyodide.mountNodeFS(place, folder);
  for (const archive of job.packages) {
    pyodide.unpackArchive(new Uint8Array(await readFile(archive)), "zip");
  };
  pyodide.globals.set("job", pyodide.toPy(job));
  await pyodide.runPythonAsync(`
import sys
sys.path[:0] = job["python_path"]
from building.compile import steps
steps.run(job["steps"])
`);
} catch (error) {
  console.error(error.message); // the stack would quote a line of a megabyte
  process.exit(1);
}
