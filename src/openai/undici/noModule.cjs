// Stands for the variant of undici's parser that is not in the bundle (see esbuild.mjs). It is no WebAssembly, so that
// undici takes the other one.
'use strict';

module.exports = new Uint8Array();
