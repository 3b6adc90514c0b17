import type { ProjectAccess } from '../access/discovery/jobs';
import type { ProjectKeys } from '../credentials/projectKeys';
import type { Log } from '../editor/log';
import { projectClientFor } from './clientFor';
import type { Profile } from './profile';

/** The projects of an organization that keys of their own open. A key is read when its project is searched. */
export function projectAccess(profile: Profile, keys: ProjectKeys, log: Log): ProjectAccess[] {
  return keys.list(profile.id).map(({ project, label }) => ({
    project,
    label,
    async open() {
      const saved = await keys.get(profile.id, project);
      if (!saved) throw new Error(`The project API key of ${label} is gone. Set it again.`);
      return projectClientFor(saved, profile.baseUrl, log);
    },
  }));
}
