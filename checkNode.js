// Says in one sentence when Node.js is too old, before anything fails for it: `node checkNode.js [version]`.
// Written in ECMAScript 5, so that a Node.js of any age can say it.
var version = process.argv[2] || process.versions.node;
var major = Number(version.split('.')[0]);
var minor = Number(version.split('.')[1]);
var refusal = 'Node.js %s is too old for this project: use 20.19 or a newer 20, or else 22.12 or newer.';
// What mocha accepts; all other packages accept that and more.
if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)) {
  console.error(refusal, version);
  process.exit(1);
}
