const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:host-test:Hh1Tt2Ss';

/**
 * What a task, a link or another extension can pass to a command. Getters that throw fail every access that is not
 * guarded.
 */
export function hostileArguments(): Readonly<Record<string, unknown>> {
  const throwing = (): never => {
    throw new Error('a hostile getter');
  };
  const cyclic: Record<string, unknown> = { kind: 'permission' };
  cyclic.parent = cyclic;
  cyclic.permission = cyclic;
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const sparse: unknown[] = [];
  sparse.length = 2 ** 32 - 1;
  const names = [
    'kind',
    'checkpoint',
    'parent',
    'permission',
    'organization',
    'project',
    'change',
    'toString',
  ];
  return {
    undefined: undefined,
    null: null,
    'a number': 42,
    NaN: Number.NaN,
    'a bigint': 1n,
    'a boolean': true,
    'a symbol': Symbol('permission'),
    'a function': () => 'permission',
    'an empty text': '',
    'a long text': 'ft:'.repeat(100_000),
    'an array': [[], [null]],
    'a sparse array': sparse,
    'an object without a prototype': Object.create(null),
    'a prototype': Object.prototype,
    'a cyclic object': cyclic,
    'getters that throw': Object.defineProperties(
      {},
      Object.fromEntries(names.map((name) => [name, { get: throwing }])),
    ),
    'a proxy that throws': new Proxy(
      {},
      { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing },
    ),
    'a proxy of an array that throws': new Proxy([1], { get: throwing }),
    'a revoked proxy': revoked.proxy,
    'a row that is none': { kind: 'checkpoint', checkpoint: { id: checkpoint } },
    'a row of half a shape': { kind: 'permission', parent: null, permission: {} },
    'a project that is none': { kind: 'project', project: '__proto__' },
    'a model that is none': { kind: 'model', id: 'ft:a' },
    'a change that is none': { kind: 'change', change: { project: 'proj_a' } },
    'a checkpoint that is long': { checkpoint: `ft:${'a'.repeat(1_000_000)}:b:c:Zz9Yy8Xx` },
    'numbers for ids': { checkpoint: 1, permission: 2, organization: 3 },
  };
}
