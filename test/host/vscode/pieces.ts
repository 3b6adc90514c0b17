import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { harnessSources } from './paths';

/** A package of the npm registry, pinned by its integrity. */
export interface Piece {
  /** Name and exact version, as `npm pack` takes it. */
  spec: string;
  /** Integrity of the tarball: `sha512-` and base64. */
  integrity: string;
  /** Size of the tarball, for the progress message. */
  megabytes: number;
}

/** A package that runs in its own Node.js. */
export interface ProgramPiece extends Piece {
  /** The minimum version of Node.js. */
  minimumNode: string;
}

/** A package that contains a VS Code server. */
export interface ServerPiece extends ProgramPiece {
  /** Its version of VS Code. */
  vscode: string;
}

/** The oldest and the newest supported VS Code: `engines.vscode`, and the current one. */
export type Lane = 'current' | 'oldest';

interface Pieces extends Record<Lane, ServerPiece> {
  node: Piece;
  browser: Piece;
  sdk: ProgramPiece;
}

/** All pieces that are fetched besides the project's dependencies. */
export const pieces: Pieces = JSON.parse(readFileSync(join(harnessSources, 'pieces.json'), 'utf8'));
