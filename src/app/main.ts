// First of all: an invitation leaves the address before anything else looks at it.
import { arrived } from './arrival.ts'
import { createApp } from 'vue'
import { i18n } from '../i18n/index.ts'
import App from './App.vue'
import { startServiceWorker } from './composables/useAppUpdate.ts'
import { listenForInstall } from './composables/useInstall.ts'
import { ports } from './ports.ts'
import { createAppRouter } from './router.ts'
import { createRunner, runnerKey } from './running/runner.ts'
import { createSession, sessionKey } from './session.ts'
import { whenFilesAreOpened } from './launches.ts'
import './styles/main.css'

listenForInstall()
const session = createSession(ports, { tab: sessionStorage, device: localStorage })
await session.refresh()

const router = createAppRouter({
  hasProfile: () => session.profile.value !== undefined,
  hasInvitation: () => arrived.value !== undefined,
  goBack: () => session.goBack(),
})

const runner = createRunner(session)

createApp(App)
  .use(router)
  .use(i18n)
  .provide(sessionKey, session)
  .provide(runnerKey, runner)
  .mount('#app')

whenFilesAreOpened(async (files) => {
  await (await import('./opened-files.ts')).receiveOpened(files, { ports, router })
})
await startServiceWorker(ports)
const { listenForKeys } = await import('./app-keys.ts')
listenForKeys({ session, runner, router })
