import { options } from './options.ts'
import { start } from './start.ts'

declare global {
  /** Put in when the file is made. */
  const TRACKER_VERSION: string
}

/** The script tag. */
const script = document.currentScript as HTMLScriptElement
const begin = () =>
  // A tag that stands there twice is one.
  window.guanlan?._ ||
  start({ host: new URL(script.src).origin, ...script.dataset }, (file) => {
    const second = document.createElement('script')
    second.src = `${options.host}/g/${file}@${TRACKER_VERSION}.js`
    document.head.append(second)
  })

// What is prepared in case somebody comes is not visited yet.
if ((document as { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', begin)
else begin()
