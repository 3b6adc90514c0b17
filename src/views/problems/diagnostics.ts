import { Diagnostic, DiagnosticSeverity, DiagnosticTag, Range, Uri } from 'vscode';
import { mostPlaces, type ShutdownPlace, type ShutdownPlaces } from '../../access/catalog/shutdownPlaces';
import { moreProblems, problemInWords, problemTexts } from '../../words/shutdownProblems';

/** The code of a problem, which leads to OpenAI's announcements. Quick fixes and other extensions know it by this. */
export const problemCodes = { shutDown: 'shut-down', shutsDownSoon: 'shuts-down' } as const;

const announcements = Uri.parse('https://platform.openai.com/docs/deprecations');

/** The problems of a file. A model that still works is no fault of the file, so it is information. */
export function diagnosticsOf({ places, isCut }: ShutdownPlaces, now: number): Diagnostic[] {
  const all = places.map((place) => diagnosticOf(place, now));
  const last = all.at(-1);
  if (isCut && last)
    all.push(plainDiagnostic(last.range, moreProblems(mostPlaces), DiagnosticSeverity.Information));
  return all;
}

function diagnosticOf(place: ShutdownPlace, now: number): Diagnostic {
  const { line, start, end, notice } = place;
  const isOver = notice === 'shutDown';
  const diagnostic = plainDiagnostic(
    new Range(line, start, line, end),
    problemInWords(place, now),
    isOver ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
  );
  diagnostic.code = { value: problemCodes[notice], target: announcements };
  if (isOver) diagnostic.tags = [DiagnosticTag.Deprecated];
  return diagnostic;
}

function plainDiagnostic(range: Range, message: string, severity: DiagnosticSeverity): Diagnostic {
  const diagnostic = new Diagnostic(range, message, severity);
  diagnostic.source = problemTexts.source;
  return diagnostic;
}
