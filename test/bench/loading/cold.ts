/**
 * Runs in a cold process: `cold.js <bundle> [<base URL>]` loads the bundle and, with a base URL, reads one page. Prints
 * the milliseconds of both.
 */
async function main([file = '', baseURL]: readonly string[]): Promise<void> {
  const began = performance.now();
  const loaded = require(file);
  const load = performance.now() - began;
  let firstPage: number | undefined;
  if (baseURL !== undefined) {
    const items = await loaded.firstPage(baseURL);
    if (items !== 100) throw new Error(`The first page has ${items} items instead of 100.`);
    firstPage = performance.now() - began - load;
  }
  process.stdout.write(JSON.stringify({ load, firstPage }), () => process.exit());
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
