// Plain TypeScript tools do not read .vue files; vue-tsc does and prefers what it finds there.
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
