// The build puts this into the page that is one file. What the page asks of a server stands in data
// blocks at its end, in base64, the larger ones gzipped: asked for by its address, it is answered
// from there. Modules and pictures need addresses of their own, which only this page can use.
(() => {
  globalThis.cnnscopeAlone = true;
  const folder = new URL("./", document.baseURI).href;
  const networkFetch = globalThis.fetch.bind(globalThis);
  const kept = new Map(); // path -> {packed: Blob, type, isGzipped}
  const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done));

  const pathOf = (address) => {
    const { href } = new URL(address, document.baseURI);
    return href.startsWith(folder) ? href.slice(folder.length).split(/[?#]/)[0] : "";
  };
  const block = (path) => document.querySelector(`[data-file="${CSS.escape(path)}"]`);

  function bytesOf(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const binary = atob(text); // before 2025; ten times slower
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  }

  // The text is let go of: the browser keeps a blob outside of the page's memory.
  function taken(path) {
    if (!kept.has(path)) {
      const element = block(path);
      const { type, gzipped } = element.dataset;
      const packed = new Blob([bytesOf(element.textContent)]);
      kept.set(path, { packed, type, isGzipped: gzipped === "" });
      element.remove();
    }
    return kept.get(path);
  }

  function answer(path) {
    const { packed, type, isGzipped } = taken(path);
    const plain = packed.stream();
    const body = isGzipped ? plain.pipeThrough(new DecompressionStream("gzip")) : plain;
    return new Response(body, { headers: { "Content-Type": type } });
  }

  globalThis.fetch = async (resource, options) => {
    const path = pathOf(resource?.url ?? resource);
    await parsed; // half a block is none
    const isHere = kept.has(path) || block(path);
    return isHere ? answer(path) : networkFetch(resource, options);
  };

  async function addressOf(path) {
    const { type } = taken(path);
    return URL.createObjectURL(new Blob([await answer(path).arrayBuffer()], { type }));
  }

  async function open() {
    await parsed;
    if (!block("end")) return tell("incomplete");
    const manifest = document.getElementById("boot-manifest");
    const plan = JSON.parse(manifest.textContent);
    const modules = Object.values(plan.files).filter(({ name }) => /js$/.test(name));
    const give = async (owner, key) => {
      owner[key] = await addressOf(pathOf(owner[key]));
    };
    delete plan.snapshot; // nothing is kept for a later visit
    const samples = Object.keys(plan.samples);
    await Promise.all([
      ...modules.map((file) => give(file, "url")),
      ...samples.map((key) => give(plan.samples, key)),
    ]);
    manifest.textContent = JSON.stringify(plan);
    // Its name is for those who read of its errors, see guard.js.
    const boot = `${await addressOf("boot.js")}#/boot.js`;
    const python = document.querySelector("script[type=py]");
    const config = JSON.parse(python.getAttribute("config"));
    python.setAttribute("config", JSON.stringify({ ...config, interpreter: boot }));
    const script = Object.assign(document.createElement("script"), { type: "module", src: boot });
    document.head.append(script);
  }

  function tell(key) {
    const box = document.getElementById("boot-error");
    box.textContent = JSON.parse(document.getElementById("boot-text").textContent)[key];
    box.hidden = false;
    document.documentElement.dataset.state = "error";
  }

  open().catch((error) => {
    tell("unusable"); // an old browser
    throw error;
  });
})();
