/** Whether a path is a folder, or lies in it; both from the repository's root, `.` for the root itself. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
