/** A file that the system gives to a program. */
export type OpenedFile = Pick<FileSystemFileHandle, 'getFile'>

type LaunchQueue = {
  setConsumer(hear: (launch: { readonly files?: readonly OpenedFile[] }) => void): void
}

/** Hears which files the system opens with Lectern, also those of the launch that began this page. Chromium only. */
export function whenFilesAreOpened(hear: (files: readonly OpenedFile[]) => Promise<void>): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue }
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void hear(files)
  })
}
