import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plainText } from '../../../src/text/plainText';
import {
  containsKey,
  presentable,
  redacted,
  rememberKey,
  withoutKeys,
  withoutKeysInResponse,
  withoutNames,
} from '../../../src/text/redact';

/** Made up, and put together here so that it stands nowhere. */
const key = ['sk', 'proj', 'in_use', 'Zz09'].join('-');
const keyLike = ['sk', 'admin', 'canary'].join('-');

/** Characters that are not seen, or that decorate others. */
const unseen = [
  '\u200b',
  '\u200d',
  '\u00ad',
  '\u034f',
  '\ufe0f',
  '\u{e0100}',
  '\u3164',
  '\u2060',
  '\u202e',
  '\u0000',
  '\u0301',
  '\u2028',
  '\u{e0041}',
];

describe('the keys in use', () => {
  before(() => rememberKey(key));

  it('Truth 20: are taken out of every text exactly, and nothing else is', () => {
    for (const evidence of [
      'sk-sales-emea',
      'ft:gpt-4.1-2025-04-14:acme:sk-learn-router:CZtsdFlR',
      'Cookie: recipes',
      'authorization: a team',
      'https://me:secret@host/x',
      `${key.slice(0, -1)}`,
    ]) {
      assert.equal(withoutKeys(evidence), evidence);
      assert.equal(plainText(evidence), evidence);
      assert.equal(containsKey(evidence.replace(key.slice(0, -1), '')), false, evidence);
    }
    assert.equal(withoutKeys(`a${key}b ${key}`), `a${redacted}b ${redacted}`);
    assert.equal(plainText(`project ${key}`), `project ${redacted}`);
  });

  it('Truth 19: are taken out with unseen characters in between', () => {
    for (const each of unseen) {
      const hidden = [...key].join(each.repeat(3));
      assert.equal(withoutKeys(`<${hidden}>`), `<${redacted}>`, escape(each));
      assert.equal(plainText(`<${hidden}>`), `<${redacted}>`);
      assert.equal(presentable(`<${hidden}>`, []), `<${redacted}>`);
      assert.ok(containsKey(hidden));
    }
  });

  it('Truth 19: are taken out in percent-encoding and in the escapes of JSON and HTML, whole and in part', () => {
    const hex = (character: string) => character.charCodeAt(0).toString(16);
    const spellings: ((character: string) => string)[] = [
      (each) => each,
      (each) => `%${hex(each)}`,
      (each) => `%${hex(each).toUpperCase()}`,
      (each) => `\\u00${hex(each)}`,
      (each) => `\\x${hex(each)}`,
      (each) => `&#x${hex(each)};`,
      (each) => `&#${each.charCodeAt(0)};`,
    ];
    const spelling = fc.constantFrom(...spellings);
    const between = fc.constantFrom('', ...unseen);
    void fc.assert(
      fc.property(fc.infiniteStream(fc.tuple(spelling, between)), (stream) => {
        const written = [...key]
          .map((each) => {
            const { value } = stream.next();
            return value ? value[0](each) + value[1] : each;
          })
          .join('');
        const clean = withoutKeys(`"${written}"`);
        assert.ok(clean.startsWith(`"${redacted}`), clean);
      }),
    );
  });

  it('are taken out at every place, and what is around them stays', () => {
    const hidden = [...key].join('\u200b');
    const encoded = key.replaceAll('-', '%2D');
    const around = ['\u201ca\u0301\u201d %41 ', ' &#65; \u200b', '\u{1f600}', ''] as const;
    assert.equal(
      withoutKeys(`${around[0]}${hidden}${around[1]}${encoded}${around[2]}${key}${around[3]}`),
      `${around[0]}${redacted}${around[1]}${redacted}${around[2]}${redacted}${around[3]}`,
    );
    const other = `\u201c%41%zz &#x; \\u00e9 \\x4\u201d`;
    assert.equal(withoutKeys(other), other);
  });

  it('are taken out whatever their length: a person may paste a whole file', () => {
    const long = 'madeUp-'.repeat(20_000);
    rememberKey(long);
    const hidden = [...long].join('\u200b');
    assert.equal(withoutKeys(`\u201c${hidden}\u201d ${long} %41`), `\u201c${redacted}\u201d ${redacted} %41`);
    assert.equal(withoutKeys('\u201cmadeUp-\u201d'), '\u201cmadeUp-\u201d');
  });

  it('are not taken out if they are too short to be keys', () => {
    rememberKey('support');
    assert.equal(withoutKeys('support-bot'), 'support-bot');
  });

  it('leave no part of themselves where a long text is cut', () => {
    for (let ahead = 7950; ahead < 8010; ahead += 1) {
      // What is not seen takes room before the cut, so that the end of the beginning is shown.
      for (const text of [
        `x ${'\u200b'.repeat(ahead)}${key} ${key}`,
        `x ${'\u200b'.repeat(ahead)}http://me:secret@host/ `.padEnd(9000, ' y'),
      ]) {
        const shown = presentable(text, []);
        assert.doesNotMatch(shown, /sk-|secret|proj/, `${ahead}`);
        assert.doesNotMatch(plainText(text, 1000), /sk-|proj/, `${ahead}`);
      }
    }
  });

  it('Truth 19: leave no part of themselves in another spelling, either, where a long text is cut', () => {
    const spellings = [
      [...key].join('\u0001'),
      [...key].join('\u2028'),
      [...key].map((each) => `%${each.charCodeAt(0).toString(16)}`).join(''),
      [...key].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('\u0001'),
    ];
    const parts = new RegExp(['sk-', '%73%6b', 's\\\\u006b', '\\\\u0073\\\\u006b'].join('|'));
    for (const spelling of spellings)
      for (let ahead = 8000 - spelling.length; ahead < 8000; ahead += 1) {
        // Spaces at the beginning take room, and are not shown.
        const text = `${' '.repeat(ahead)}${spelling} and more`;
        for (const shown of [presentable(text, []), plainText(text, 1000)])
          assert.doesNotMatch(shown.replaceAll(' ', ''), parts, `${ahead} ${escape(shown)}`);
      }
  });

  it('leave the rest of a long text where it is cut, also if it is one word', () => {
    const ahead = ' '.repeat(7990);
    for (const [end, expected] of [
      ['one-two-three', 'one-two-th…'],
      [`one:${key.slice(0, 6)} two`, 'one:…'],
      ['one:twoo%73', 'one:twoo…'],
      ['one:two&#11;', 'one:two…'],
    ] as const) {
      const text = `${ahead}${end}`;
      for (const shown of [presentable(text, []), plainText(text, 1000)]) assert.equal(shown, expected);
    }
    const whole = `${' '.repeat(8000 - key.length)}${key} and more`;
    assert.equal(presentable(whole, []), `${redacted}…`);
    const word = 'y'.repeat(20_000);
    assert.equal(plainText(word), `${word.slice(0, 499)}…`);
    assert.equal(presentable(`see http://me:${word}`, [], 100), 'see http://…');
  });

  it('leave no part of one that ends as it begins, where it is cut', () => {
    const round = `${key}-s`;
    rememberKey(round);
    const text = `${' '.repeat(8000 - round.length)}${round} and more`;
    assert.equal(presentable(text, []), `${redacted}…`);
    assert.equal(plainText(text, 1000), `${redacted}…`);
  });

  it('Truth 13: are searched in other spellings for a bounded time in one response, and longer texts are not shown', () => {
    const clean = withoutKeysInResponse();
    const hidden = [...key].join('\u200b');
    const long = `${'%41'.repeat(50_000)}${hidden}`;
    assert.ok(clean(`a ${hidden}`).endsWith(redacted));
    assert.ok(clean(long).startsWith('%41'));
    assert.ok(clean(long) === redacted);
    assert.equal(clean(`a ${hidden}`), `a ${redacted}`, 'there is still room for it');
    const plain = 'a'.repeat(1_000_000);
    assert.ok(clean(plain + key) === plain + redacted);
    assert.ok(withoutKeysInResponse()(`${long} `).endsWith(`%41${redacted} `));
  });
});

describe('free text of servers', () => {
  const cases: Record<string, [text: string, expected: string]> = {
    'what looks like a key': [
      `Incorrect API key provided: ${keyLike}.`,
      'Incorrect API key provided: [redacted].',
    ],
    'a key after an underscore': [`key_${keyLike}`, 'key_[redacted]'],
    'a partly masked key': [`key ${keyLike.slice(0, 9)}****`, 'key [redacted]****'],
    'credentials in a URL': ['http://me:secret@proxy:8080/x', 'http://[redacted]@proxy:8080/x'],
    'a password with an @': ['see http://me:sec@ret@proxy:8080/x', 'see http://[redacted]@proxy:8080/x'],
    'a bearer token': ['Authorization: Bearer abc.def, and so on', 'Authorization: [redacted], and so on'],
    'a quoted header': ['{"authorization":"Bearer abc","x":1}', '{"authorization":"[redacted]","x":1}'],
    'proxy credentials': ['proxy-authorization: Basic bWU6', 'proxy-authorization: [redacted]'],
    'a cookie, whole': ['set-cookie: a=1; b=2', 'set-cookie: [redacted]'],
    'but not other words': [
      'task-admin-panel of ft:gpt-4o:acme::B7R9VjQd',
      'task-admin-panel of ft:gpt-4o:acme::B7R9VjQd',
    ],
  };
  for (const [what, [text, expected]] of Object.entries(cases))
    it(`lose ${what}`.replace('lose but not', 'keep'), () => assert.equal(presentable(text, []), expected));

  it('lose given secrets wherever they stand', () => {
    assert.equal(
      presentable('<plain>(plain)plainly', ['plain', undefined, '']),
      '<[redacted]>([redacted])[redacted]ly',
    );
  });

  it('Truth 19: lose what looks like a key with unseen characters in it', () => {
    for (const each of ['\u200b', '\u034f', '\ufe0f', '\u00ad', '\u{e0100}', '\u3164']) {
      const hidden = [...keyLike].join(each);
      assert.equal(presentable(`got ${hidden}!`, []), 'got [redacted]!');
    }
  });

  it('are one short line without control or direction characters', () => {
    assert.equal(presentable('a\r\n\tb\u001b[31mc\u202ed\u2028e ', []), 'a b [31mcd e');
    assert.equal(presentable('x'.repeat(5000), []).length, 1000);
  });
});

describe('what a person typed', () => {
  it('Truth 20: is taken for a key only if it is one by its prefix or its length', () => {
    for (const text of ['sk-sales-emea', 'sk-learn router', 'task-proj-abcdef', 'Authorization: me', ''])
      assert.equal(containsKey(text), false, text);
    for (const text of [keyLike, `x ${keyLike}`, `sk-${'a1B2'.repeat(8)}`, [...keyLike].join('\ufe0f')])
      assert.equal(containsKey(text), true, text);
  });
});

describe('a text for people outside of the organization', () => {
  const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:support-bot:Cq7TzR2m';
  const texts: Readonly<Record<string, string>> = {
    'an ID in a sentence': `Couldn't load the permissions of ${model}: forbidden.`,
    'the path of a request': `GET /fine_tuning/checkpoints/${encodeURIComponent(model)}/permissions?limit=100&project_id=proj_abc123 403 12 ms req_77`,
    'a project': 'The project proj_abc123 (“Night shift”) is archived.',
    'what the API quotes': 'Project "Night shift" of org-a1B2c3D4 was not found.',
    'a host':
      'The gateway https://models.intern.example:8443/v1 refused. Set a key for models.intern.example.',
    'a person': 'Granted by kim@harbor.example, user-Ab12Cd34.',
    'a key': `Incorrect API key provided: ${keyLike}.`,
  };
  const names = ['Night shift', 'models.intern.example', 'support-bot', 'harbor-labs', 'A'];

  for (const [what, text] of Object.entries(texts)) {
    it(`has no name and no ID of ${what}`, () => {
      const clean = withoutNames(text, names);
      assert.ok(clean.includes(redacted) || what === 'the path of a request', clean);
      for (const private_ of [
        ...names.slice(0, -1),
        'proj_abc',
        'org-a1',
        'kim',
        'user-Ab',
        'gpt-4.1',
        keyLike,
      ])
        assert.ok(!clean.includes(private_), clean);
    });
  }

  it('has no name that a message shows in another way, with unseen characters or without', () => {
    for (const name of [
      ' Night shift ',
      'Night\u202eshift',
      'Night\tshift',
      'Night\u200b\u2028shift',
      'Ni\u00adght',
    ])
      for (const shown of [name, name.trim(), plainText(name)]) {
        const clean = withoutNames(`(${shown})`, [name]).replaceAll(' ', '');
        assert.equal(clean, `(${redacted})`, JSON.stringify(shown));
      }
  });

  it('has no ID of a job, of a model of the retired API, and of Azure', () => {
    const azure = `gpt-4o-mini-2024-07-18.ft-${'0a'.repeat(16)}`;
    for (const each of [
      'ftjob-madeUp12',
      'davinci:ft-harbor-labs-2023-08-24-16-25-55',
      'curie%3Aft-harbor:night-shift-2022-02-15-04-21-04',
      azure,
    ])
      assert.equal(
        withoutNames(`GET /v1/models/${each}/checkpoints 404`, []),
        `GET /v1/models/${redacted}/checkpoints 404`,
      );
    assert.equal(
      withoutNames('Open file-system access, draft-version.', []),
      'Open file-system access, draft-version.',
    );
  });

  it('keeps what tells the fault', () => {
    const clean = withoutNames(texts['the path of a request'] ?? '', names);
    assert.equal(clean, `GET /fine_tuning/checkpoints/${redacted}/permissions 403 12 ms req_77`);
    assert.equal(
      withoutNames('The API rejected the admin API key.', names),
      'The API rejected the admin API key.',
    );
  });
});
