import { fileURLToPath } from 'node:url'
import { renderAsync } from '@resvg/resvg-js'

const font = '@expo-google-fonts/roboto/400Regular/Roboto_400Regular.ttf'

/** An SVG as PNG, twice as wide for sharp screens, with a font of our own whatever the machine has. */
export async function pngOf(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      loadSystemFonts: false,
      fontFiles: [fileURLToPath(import.meta.resolve(font))],
      defaultFontFamily: 'Roboto',
    },
  })
  return image.asPng()
}
