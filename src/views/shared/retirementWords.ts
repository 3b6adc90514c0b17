import { hasEnded, retirementOf } from '../../access/catalog/retirement';
import { shutdownInWords, shutdownSource } from '../../words/shutdown';

/** When a model shuts down, in words, and how that is known. */
export function knownEnd(
  baseModel: string,
  shutdownDate: string | undefined,
  now: number,
): { readonly hasEnded: boolean; readonly when: string; readonly source: string } | undefined {
  const retirement = retirementOf(baseModel, shutdownDate);
  return (
    retirement && {
      hasEnded: hasEnded(retirement, now),
      when: shutdownInWords(retirement, now),
      source: shutdownSource(retirement),
    }
  );
}
