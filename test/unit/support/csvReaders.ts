import { parse as parseByRecords } from 'csv-parse/sync';
import { parse as parseByPapa } from 'papaparse';

type Read = (text: string, delimiter: string) => string[][];

/** Two independent readers of CSV, with the settings of most programs. Both return all rows, unchanged. */
export const csvReaders = {
  papaparse(text, delimiter) {
    const { data, errors } = parseByPapa<string[]>(text, { delimiter, skipEmptyLines: true });
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join());
    return data;
  },
  'csv-parse': (text, delimiter) => parseByRecords(text, { delimiter, bom: true }) as string[][],
} satisfies Record<string, Read>;
