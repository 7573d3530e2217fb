// Unpacks gzip on the thread that asks for it: the page's own, or that of unpacker.js.
export async function inflated(packed) {
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
