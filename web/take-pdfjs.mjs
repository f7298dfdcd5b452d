// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes from pdf.js what shows a PDF on our pages: node take-pdfjs.mjs PDFJS OUT
//
// One flat folder, because pdf.js asks for its character maps, standard fonts and picture decoders by
// name below one address each, and names do not collide. Taken is the build for browsers that are
// some years old; of the picture decoders those without WebAssembly, which our policy does not admit.
// Text is packed here, once, as hard as it gets: packing at start would cost searchd seconds.
import {copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';

const [, , pdfjs, out] = process.argv;
mkdirSync(out, {recursive: true});
const take = (folder, wanted) => {
  for (const name of readdirSync(join(pdfjs, folder))) {
    if (wanted(name)) copyFileSync(join(pdfjs, folder, name), join(out, name));
  }
};
take('legacy/build', name => name === 'pdf.min.mjs' || name === 'pdf.worker.min.mjs');
take('cmaps', name => name.endsWith('.bcmap'));
take('standard_fonts', name => /\.(pfb|ttf)$/.test(name));
take('wasm', name => name.endsWith('_nowasm_fallback.js'));
for (const folder of ['.', 'cmaps', 'standard_fonts', 'wasm']) {
  for (const name of readdirSync(join(pdfjs, folder))) {
    if (!/^LICENSE/.test(name) || /QCMS|QUICKJS/.test(name)) continue;
    copyFileSync(join(pdfjs, folder, name), join(out, folder === 'cmaps' ? 'LICENSE_CMAPS' : name));
  }
}

for (const name of readdirSync(out)) {
  if (!/\.(mjs|js|ttf)$/.test(name)) continue;
  const plain = readFileSync(join(out, name));
  const params = {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length};
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(plain, {params}));
  writeFileSync(join(out, `${name}.gz`), gzipSync(plain, {level: 9}));
}
