import { CodeAction, CodeActionKind, type Diagnostic, type Disposable, languages } from 'vscode';
import { isStrictId } from '../../access/ids/scannedIds';
import { commandIds } from '../../ids';
import { problemTexts, showWhoUses } from '../../words/shutdownProblems';
import type { HoverArgument } from '../hover/links';
import { problemCodes } from './diagnostics';

const codes: ReadonlySet<unknown> = new Set(Object.values(problemCodes));

/** Registers the quick fix of a model that shuts down: who uses it. Legacy models have none, because no one manages them. */
export function registerQuickFix(): Disposable {
  return languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions(document, _range, { diagnostics }) {
        const ours = diagnostics.filter(isOurs);
        const byId = new Map<string, Diagnostic[]>();
        for (const diagnostic of ours) {
          const id = document.getText(diagnostic.range);
          // The text may have changed since.
          if (isStrictId(id)) byId.set(id, [...(byId.get(id) ?? []), diagnostic]);
        }
        return [...byId].map(([checkpoint, fixed]) => {
          const title = byId.size > 1 ? showWhoUses(checkpoint) : problemTexts.showWhoUsesIt;
          const action = new CodeAction(title, CodeActionKind.QuickFix);
          const argument: HoverArgument = { checkpoint };
          action.command = { command: commandIds.openAccess, title, arguments: [argument] };
          action.diagnostics = fixed;
          return action;
        });
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

function isOurs({ source, code }: Diagnostic): boolean {
  const value = typeof code === 'object' ? code.value : code;
  return source === problemTexts.source && codes.has(value);
}
