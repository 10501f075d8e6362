export default {
  strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
  cookieName: 'guanlan_language',
  emitReadme: false,
}
