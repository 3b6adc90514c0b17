import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { harnessSources } from './paths';

/** A package of the npm registry, pinned to its exact contents. */
export interface Piece {
  /** Name and exact version, as `npm pack` takes it. */
  spec: string;
  /** Of the tarball: `sha512-` and base64. */
  integrity: string;
  /** Size of the tarball, to be shown while it is fetched. */
  megabytes: number;
}

/** A package that runs in its own Node.js. */
export interface ProgramPiece extends Piece {
  /** The oldest Node.js that runs it. */
  minimumNode: string;
}

/** A package that holds a VS Code server. */
export interface ServerPiece extends ProgramPiece {
  /** The version of VS Code in it. */
  vscode: string;
}

/** The oldest and the newest supported VS Code: `engines.vscode`, and the current one. */
export type Lane = 'current' | 'oldest';

interface Pieces extends Record<Lane, ServerPiece> {
  node: Piece;
  browser: Piece;
  sdk: ProgramPiece;
}

/** Everything that is fetched besides the project's own dependencies. */
export const pieces: Pieces = JSON.parse(readFileSync(join(harnessSources, 'pieces.json'), 'utf8'));
