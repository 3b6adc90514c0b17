// Stands in for a native module that names the machine for telemetry: these machines have no name.
export async function getDeviceId(): Promise<string> {
  return '';
}
