import { ref } from 'vue'
import { useSession } from './useSession.ts'

/** This device as the others know it. */
export function useDevice() {
  const { store } = useSession().ports
  const name = ref('')

  async function read(): Promise<void> {
    name.value = (await store.device()).name
  }

  void read()
  return {
    name,
    rename: async (next: string): Promise<void> => {
      await store.renameDevice(next)
      await read()
    },
  }
}
