import assert from 'node:assert/strict';
import { copiedLines, copiedTable } from '../../../src/pages/access/copyTable';

describe('a table on the clipboard', () => {
  it('has a record a line with tabs between, and a table with a head', () => {
    const { text, html } = copiedTable([
      ['Project', 'ID'],
      ['Berth', 'cp_1'],
    ]);
    assert.equal(text, 'Project\tID\r\nBerth\tcp_1');
    assert.equal(
      html,
      '<table><thead><tr><th scope="col">Project</th><th scope="col">ID</th></tr></thead><tbody><tr><td>Berth</td><td>cp_1</td></tr></tbody></table>',
    );
  });

  it('may have headings of its records, or none of its columns', () => {
    const { html } = copiedTable(
      [
        ['', 'A'],
        ['x', 'y'],
      ],
      true,
    );
    assert.match(html, /<tbody><tr><th scope="row">x<\/th><td>y<\/td><\/tr><\/tbody>/);
    assert.deepEqual(copiedTable([[], ['x']]), {
      text: 'x',
      html: '<table><tbody><tr><td>x</td></tr></tbody></table>',
    });
  });

  it('is no formula and no HTML, whatever names are', () => {
    const { text, html } = copiedTable([['Name'], ['=HYPERLINK("x")'], ['<img src=x onerror=y>&"\'']]);
    assert.match(text, /"'=HYPERLINK\(""x""\)"/);
    assert.match(html, /<td>&#39;=HYPERLINK/);
    assert.doesNotMatch(html, /<img/);
  });

  it('keeps tabs, line breaks and quotes inside their cell', () => {
    const { text } = copiedTable([
      ['A', 'B'],
      ['x\ty', 'z\r\n"w"'],
    ]);
    assert.equal(text, 'A\tB\r\n"x\ty"\t"z\r\n""w"""');
  });

  it('of IDs has one a line, as they are', () => {
    const { text, html } = copiedLines(['proj_a', '-proj']);
    assert.equal(text, 'proj_a\n-proj');
    assert.equal(html, '<div>proj_a</div><div>-proj</div>');
  });
});
