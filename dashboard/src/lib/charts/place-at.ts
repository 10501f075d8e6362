/** The place of a chart's axis that lies below a point of the screen; nothing while the chart is not drawn, or beside its axis. */
export async function placeAt(element: HTMLElement, clientX: number): Promise<number | undefined> {
  const { getInstanceByDom } = await import('./echarts.ts')
  const place = getInstanceByDom(element)?.convertFromPixel(
    { xAxisIndex: 0 },
    clientX - element.getBoundingClientRect().left,
  )
  return typeof place === 'number' && place >= 0 ? place : undefined
}
