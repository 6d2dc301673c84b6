import { reactive, ref, watch } from 'vue'
import {
  fieldOf,
  fieldsOf,
  isWebAddress,
  readAddress,
  spread,
  type Address,
  type AddressFields,
  type AddressProblem,
} from '../../domain/address.ts'
import { inBrowserSpelling } from './browser-origin.ts'
import { useSession } from './useSession.ts'

/** What keeps from using what the fields say: the address, or a congregation on this device that is in the way. */
export type ConnectionProblem = AddressProblem | 'another' | 'known'

/** The fields of congregation sync, and what is wrong with the address in them. */
export function useConnectionForm() {
  const { profile } = useSession()
  const { name = '', connection } = profile.value ?? {}
  const nowhere: AddressFields = { webAddress: '', port: '', folder: '' }
  const place = connection ? fieldsOf(connection) : nowhere
  const form = reactive({ name, ...place, user: connection?.user ?? '', password: '' })
  const problem = ref<ConnectionProblem>()

  // What was said of a field counts until it is mended there.
  watch(() => [form.webAddress, form.port, form.folder], clearMended, { flush: 'sync' })

  function clearMended(): void {
    const said = problem.value
    const now = said && look()
    if (!said || said === 'another' || said === 'known' || typeof now !== 'string')
      problem.value = undefined
    else if (fieldOf(now) !== fieldOf(said)) problem.value = undefined
  }

  /** Where the fields lead, or would with another folder; nothing is said of it. */
  function look(folder = form.folder): Address | AddressProblem {
    const typed = readAddress({ ...form, folder })
    return typeof typed === 'string' ? typed : (inBrowserSpelling(typed) ?? 'address')
  }

  /** Where the fields lead; if nowhere, `problem` says why. */
  function read(): Address | AddressProblem {
    const address = look()
    problem.value = typeof address === 'string' ? address : undefined
    return address
  }

  /** Where to begin looking for a folder: at the top, where what was typed is none. */
  function readStart(): Address | AddressProblem {
    const address = read()
    if (typeof address !== 'string' || fieldOf(address) !== 'folder') return address
    problem.value = undefined
    return look('')
  }

  /** Spreads what was typed or pasted as the web address over the fields where its parts belong. */
  function spreadAddress(): void {
    const fields = spread(form)
    // What is wrong is said when the fields are used: what is said as one leaves a field moves the button one clicks.
    if (typeof fields !== 'string') Object.assign(form, fields)
  }

  /** The same for a whole address that was pasted as the folder. */
  function spreadFolder(): void {
    if (isWebAddress(form.folder)) spreadAddress()
  }

  /** Fills in what is known of a provider. */
  function prefill(fields: AddressFields): void {
    Object.assign(form, fields)
    problem.value = undefined
  }

  return { form, problem, look, read, readStart, spreadAddress, spreadFolder, prefill }
}
