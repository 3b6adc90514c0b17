// Replaces the native module that ends an extension host when its server has crashed. The launcher ends the whole
// process group, so there is nothing to watch.
export function start(): void {}
