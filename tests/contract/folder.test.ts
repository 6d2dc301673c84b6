import { memoryFolder } from '../doubles/memory-folder.ts'
import { folderContract } from './folder-contract.ts'

folderContract('in memory', async () => memoryFolder())
