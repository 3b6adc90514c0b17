import { assertLinear } from '../growth/measure';
import { works } from '../growth/works';

describe('time grows with the size of', () => {
  for (const { title, of, from, prepare } of works)
    it(`Truth 16: ${title}, in proportion to the ${of}`, () => assertLinear(prepare, from));
});
