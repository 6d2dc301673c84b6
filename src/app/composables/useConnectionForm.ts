import { reactive, ref } from 'vue'
import {
  fieldsOf,
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

  /** Where the fields lead; if nowhere, `problem` says why. */
  function read(): Address | AddressProblem {
    const typed = readAddress(form)
    const address = typeof typed === 'string' ? typed : (inBrowserSpelling(typed) ?? 'address')
    problem.value = typeof address === 'string' ? address : undefined
    return address
  }

  /** Spreads what was typed or pasted as the web address over the fields where its parts belong. */
  function spreadAddress(): void {
    const fields = spread(form)
    // What is wrong is said when the fields are used: what is said as one leaves a field moves the button one clicks.
    if (typeof fields !== 'string') Object.assign(form, fields)
  }

  /** Fills in what is known of a provider. */
  function prefill(fields: AddressFields): void {
    Object.assign(form, fields)
    problem.value = undefined
  }

  return { form, problem, read, spreadAddress, prefill }
}
