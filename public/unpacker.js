// A worker that unpacks what travels gzipped: browsers do it on the thread that asks for it. It says 0
// when it is ready, and then each unpacked file by its number, or nothing where it cannot.
onmessage = async ({ data: { number, packed } }) => {
  try {
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const bytes = await new Response(plain).arrayBuffer();
    postMessage({ number, bytes }, [bytes]);
  } catch {
    postMessage({ number, bytes: null });
  }
};
postMessage({ number: 0, bytes: null });
