// Stands in for the native module that ends an extension host when its server is gone: the launcher ends the whole
// process group, so nothing is left to watch.
export function start(): void {}
