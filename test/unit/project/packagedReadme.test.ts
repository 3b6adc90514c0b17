import assert from 'node:assert/strict';
import { brokenLinks, readmeOfInstalled } from '../../package/readme';

const readme = `# Title

![A picture](media/a.png)

Words with a [link](docs/a.md), a [section](#a-section--more), a ![small picture](b.png) and [the web](https://example.com).

| | |
| --- | --- |
| ![One](a.png) | ![Two](b.png) |
| ![Three](c.png) | |

## A section – *more*

| command | what it does |
| --- | --- |
| \`npm test\` | see [Contributing](CONTRIBUTING.md) |

\`\`\`md
![stays](as/it/is.png)
\`\`\`
`;

const installed = `# Title

Words with a link, a [section](#a-section--more), a small picture and [the web](https://example.com).

## A section – *more*

| command | what it does |
| --- | --- |
| \`npm test\` | see Contributing |

\`\`\`md
![stays](as/it/is.png)
\`\`\`
`;

describe('the README of an installed extension', () => {
  it('has no picture and no link that VS Code could not follow there, and is the same else', () => {
    assert.equal(readmeOfInstalled(readme), installed);
  });

  it('has no broken link; the one of the repository would have, of every kind', () => {
    assert.deepEqual(brokenLinks(installed), []);
    assert.deepEqual(brokenLinks(readme), [
      'media/a.png',
      'docs/a.md',
      'b.png',
      'a.png',
      'b.png',
      'c.png',
      'CONTRIBUTING.md',
    ]);
    for (const address of ['#nowhere', 'http://example.com', 'command:a', 'data:image/png;base64,AA'])
      assert.deepEqual(brokenLinks(`[a](${address})`), [address]);
    assert.deepEqual(brokenLinks('<img src="a.png">'), ['a.png']);
  });
});
