import { spawn } from 'node:child_process';

/** Opens an address in the person's own browser, where there is a display to show one; else does nothing. */
export function openInBrowser(address: string): void {
  const opener = openerFor(process.platform, process.env);
  if (!opener) return;
  // The address is printed as well: an opener that is missing or fails needs no words.
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

/** The command that opens an address on a platform; none on a machine without a display. */
export function openerFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | undefined {
  if (platform === 'darwin') return env.SSH_CONNECTION ? undefined : 'open';
  if (platform === 'linux') return env.DISPLAY || env.WAYLAND_DISPLAY ? 'xdg-open' : undefined;
  return undefined;
}
