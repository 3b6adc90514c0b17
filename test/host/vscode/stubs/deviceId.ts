// Replaces the native module that identifies the machine for telemetry. Returns no ID.
export async function getDeviceId(): Promise<string> {
  return '';
}
