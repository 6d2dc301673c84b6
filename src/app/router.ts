import { nextTick } from 'vue'
import {
  createRouter,
  createWebHistory,
  START_LOCATION,
  type RouteLocation,
  type Router,
} from 'vue-router'
import { withWords } from '../i18n/words.ts'
import WeekView from './views/WeekView.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Can be seen before any congregation is set up. */
    readonly isOpen?: boolean
  }
}

const settings = [
  { path: '', redirect: '/settings/sync' },
  {
    path: 'sync',
    component: () => withWords(import('./views/SettingsSyncView.vue')),
    // Here congregation sync is set up for the first time, too.
    meta: { isOpen: true },
  },
  { path: 'media', component: () => withWords(import('./views/SettingsMediaView.vue')) },
  { path: 'meetings', component: () => withWords(import('./views/SettingsMeetingsView.vue')) },
  { path: 'app', component: () => withWords(import('./views/SettingsAppView.vue')) },
]

const routes = [
  { path: '/', name: 'week', component: WeekView },
  { path: '/day/:day', component: () => withWords(import('./views/DayView.vue')), props: true },
  { path: '/recurring', component: () => withWords(import('./views/RecurringView.vue')) },
  {
    path: '/inbox',
    component: () => withWords(import('./views/InboxView.vue')),
    // Other apps share when they like.
    meta: { isOpen: true },
  },
  { path: '/sync', component: () => withWords(import('./views/SyncView.vue')) },
  {
    path: '/settings',
    component: () => withWords(import('./views/SettingsView.vue')),
    children: settings,
  },
  { path: '/settings/everyone', component: () => withWords(import('./views/EveryoneView.vue')) },
  {
    path: '/help',
    component: () => withWords(import('./views/HelpView.vue')),
    meta: { isOpen: true },
  },
  {
    path: '/help/diagnostics',
    component: () => withWords(import('./views/DiagnosticsView.vue')),
    meta: { isOpen: true },
  },
  {
    path: '/welcome',
    component: () => withWords(import('./views/WelcomeView.vue')),
    meta: { isOpen: true },
  },
  {
    path: '/welcome/:step(address|account|folder|test|meetings|name)',
    component: () => withWords(import('./views/SetupView.vue')),
    props: true,
    meta: { isOpen: true },
  },
  { path: '/:rest(.*)*', component: () => import('./views/NotFoundView.vue') },
]

type Way = {
  readonly hasProfile: () => boolean
  readonly hasInvitation: () => boolean
  readonly goBack: () => Promise<void>
}

/**
 * The app's routes. Without an open congregation every closed route leads to the welcome; `goBack` opens again the one
 * that was open before another was begun.
 */
export function createAppRouter({ hasProfile, hasInvitation, goBack }: Way): Router {
  const router = createRouter({
    history: createWebHistory(import.meta.env.BASE_URL),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : topOf(to)),
  })
  router.beforeEach(async (to, from) => {
    // Who has a congregation does not begin another by chance: on purpose the open one is closed first. Who is about to
    // answer all questions goes on, whatever another tab opens meanwhile.
    const isAnswering = from.path.startsWith('/welcome/') && to.path.startsWith('/welcome/')
    if (to.path.startsWith('/welcome') && hasProfile() && !hasInvitation() && !isAnswering)
      return '/'
    if (to.meta.isOpen === true || hasProfile()) return true
    await goBack()
    return hasProfile() || '/welcome'
  })
  router.afterEach((to, from) => {
    if (from !== START_LOCATION && to.path !== from.path) void focusHeading()
  })
  return router
}

// The lock of one setting leads to its place among all of them.
function topOf({ path, hash }: RouteLocation) {
  return path === '/settings/everyone' && hash !== '' ? { el: hash, top: 16 } : { top: 0 }
}

// Who navigates by keyboard or screen reader goes on reading at the top of the new view.
async function focusHeading(): Promise<void> {
  await nextTick()
  document.querySelector('h1')?.focus({ preventScroll: true })
}
