// A worker that unpacks what travels gzipped: browsers do it on the thread that asks for it. It says 0
// when it is ready, and then each unpacked file by its number.
onmessage = async ({ data: { number, packed } }) => {
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(plain).arrayBuffer();
  postMessage({ number, bytes }, [bytes]);
};
postMessage({ number: 0 });
