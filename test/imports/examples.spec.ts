import { IMPORTED } from '../../src/imports';
import { ImportBench } from './import-bench';

describe('the examples of docs/importing.md', () => {
  it('can be imported one after the other, each with nothing refused', async () => {
    const desk = await ImportBench.open();
    try {
      const org = await desk.bench.organization();
      const answers = {
        ...{ currency: 'EUR', country: 'DE', 'fte unit': 'percent', 'pay period': 'year', 'main team': 'yes', rest: 'non-project' },
      };
      for (const { name, example } of IMPORTED) {
        const { ended, lines, figures } = await desk.bring(org, name, example, { answers });
        const refused = lines.filter((line) => line.includes('refused'));
        expect({ name, ended, refused }).toEqual({ name, ended: 'complete', refused: [] });
        expect({ name, nothing: (figures['created'] ?? 0) + (figures['changed'] ?? 0) === 0 }).toEqual({ name, nothing: false });
      }
    } finally {
      await desk.close();
    }
  });
});
