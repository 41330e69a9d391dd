import { addressOf, type StoreOptions } from '../store/open.ts'
import { connect } from '../store/postgres/connect.ts'
import { prepare } from '../store/postgres/open.ts'
import type { Directory } from './directory.ts'
import { openSharedDirectory, readSharedDirectory, saveSharedDirectory } from './in-database.ts'
import { openDirectory, readKeptDirectory, saveDirectory } from './in-folder.ts'
import type { DirectoryKeeper, KeeperOptions } from './keep.ts'

/** Where the directory is kept: with the data, whichever store that is in. */
export type DirectoryPlace = {
  /** Undefined when none was imported yet. Throws SealError when its key is not there, StoreError when it is damaged. */
  read(): Promise<Directory | undefined>
  /** Replaces it in one step, whether bots run or not. */
  save(directory: Directory): Promise<void>
  /** For a running bot. */
  keep(options: Omit<KeeperOptions, 'dataKeys'>): Promise<DirectoryKeeper>
  close(): Promise<void>
}

export async function openDirectoryPlace(where: Omit<StoreOptions, 'clock'>): Promise<DirectoryPlace> {
  const { store, dataDir: folder, databaseUrl, dataKeys, ...rest } = where
  if (store === 'json') {
    return {
      read: async () => readKeptDirectory(folder, dataKeys),
      save: (directory) => saveDirectory(folder, dataKeys, directory),
      keep: async (options) => openDirectory({ ...options, folder, dataKeys }),
      close: async () => {},
    }
  }
  const url = addressOf(databaseUrl)
  await prepare({ url, dataKeys, ...rest })
  const database = connect(url, 1)
  return {
    read: () => readSharedDirectory(database, dataKeys),
    save: (directory) => saveSharedDirectory(database, dataKeys, directory),
    keep: (options) => openSharedDirectory({ ...options, database, dataKeys }),
    close: () => database.end(),
  }
}
