import { join } from 'node:path'
import { readyText, troubleText } from './announcement.ts'
import { readCommandLine, usage, type Command } from './command-line.ts'
import { startLectern } from './lectern.ts'

const appDir = join(import.meta.dirname, '..', 'dist')

async function run(command: Extract<Command, { do: 'run' }>): Promise<void> {
  const lectern = await startLectern({ ...command.options, appDir })
  const end = () => void lectern.close().then(() => process.exit(0))
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  console.log(readyText(lectern.url, command))
}

function stop(sentence: string, exitCode: number): void {
  console.error(sentence)
  process.exitCode = exitCode
}

const command = readCommandLine(process.argv.slice(2))
if (command.do === 'help') console.log(usage)
else if (command.do === 'refuse') stop(command.sentence, 2)
else {
  await run(command).catch((error: unknown) => {
    stop(troubleText(error, command), 1)
  })
}
