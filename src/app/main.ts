import { createApp } from 'vue'
import { i18n } from '../i18n/index.ts'
import App from './App.vue'
import { startServiceWorker } from './composables/useAppUpdate.ts'
import { listenForInstall } from './composables/useInstall.ts'
import { ports } from './ports.ts'
import { createAppRouter } from './router.ts'
import { createRunner, runnerKey } from './running/runner.ts'
import { createSession, sessionKey } from './session.ts'
import './styles/main.css'

listenForInstall()
const session = createSession(ports)
await session.refresh()

createApp(App)
  .use(createAppRouter(() => session.profile.value !== undefined))
  .use(i18n)
  .provide(sessionKey, session)
  .provide(runnerKey, createRunner(session))
  .mount('#app')

await startServiceWorker(ports)
