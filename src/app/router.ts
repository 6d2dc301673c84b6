import { nextTick } from 'vue'
import { createRouter, createWebHistory, START_LOCATION, type Router } from 'vue-router'
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
    component: () => import('./views/SettingsSyncView.vue'),
    // Here congregation sync is set up for the first time, too.
    meta: { isOpen: true },
  },
  { path: 'media', component: () => import('./views/SettingsMediaView.vue') },
  { path: 'meetings', component: () => import('./views/SettingsMeetingsView.vue') },
  { path: 'app', component: () => import('./views/SettingsAppView.vue') },
]

const routes = [
  { path: '/', name: 'week', component: WeekView },
  { path: '/day/:day', component: () => import('./views/DayView.vue'), props: true },
  { path: '/recurring', component: () => import('./views/RecurringView.vue') },
  { path: '/sync', component: () => import('./views/SyncView.vue') },
  { path: '/settings', component: () => import('./views/SettingsView.vue'), children: settings },
  { path: '/help', component: () => import('./views/HelpView.vue'), meta: { isOpen: true } },
  {
    path: '/help/diagnostics',
    component: () => import('./views/DiagnosticsView.vue'),
    meta: { isOpen: true },
  },
  { path: '/welcome', component: () => import('./views/WelcomeView.vue'), meta: { isOpen: true } },
  { path: '/:rest(.*)*', component: () => import('./views/NotFoundView.vue') },
]

/** The app's routes. Without a congregation on this device every closed route leads to the welcome. */
export function createAppRouter(hasProfile: () => boolean): Router {
  const router = createRouter({
    history: createWebHistory(import.meta.env.BASE_URL),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  })
  router.beforeEach((to) => {
    // One congregation at a time: who has one does not begin another by chance.
    if (to.path === '/welcome' && hasProfile()) return '/'
    return to.meta.isOpen === true || hasProfile() || '/welcome'
  })
  router.afterEach((to, from) => {
    if (from !== START_LOCATION && to.path !== from.path) void focusHeading()
  })
  return router
}

// Who navigates by keyboard or screen reader goes on reading at the top of the new view.
async function focusHeading(): Promise<void> {
  await nextTick()
  document.querySelector('h1')?.focus({ preventScroll: true })
}
