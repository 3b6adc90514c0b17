import type { Permission } from '../../../src/openai';
import type { Peer } from '../peers/peer';

/** What a peer is asked to do. */
export type Work =
  | { readonly do: 'list'; readonly checkpoint: string; readonly limit: number }
  | {
      readonly do: 'revoke';
      readonly checkpoint: string;
      readonly ids: readonly string[];
      /** Requests under way at the same time. */
      readonly atOnce: number;
    };

/** Does it and resolves to what came of it, one line for each permission. */
export async function perform(peer: Peer, work: Work): Promise<() => readonly string[]> {
  switch (work.do) {
    case 'list':
      return linesOf(await peer.list(work.checkpoint, work.limit));
    case 'revoke': {
      const left = [...work.ids];
      const revoked: string[] = [];
      const worker = async () => {
        for (let id = left.pop(); id !== undefined; id = left.pop())
          revoked.push(await peer.revoke(work.checkpoint, id));
      };
      await Promise.all(Array.from({ length: work.atOnce }, worker));
      return () => revoked.sort();
    }
  }
}

/** Written only when asked, which is after the time was taken. */
function linesOf(permissions: readonly Permission[]): () => string[] {
  return () =>
    permissions.map(({ id, object, created_at, project_id }) =>
      [id, object, created_at, project_id].join(' '),
    );
}
