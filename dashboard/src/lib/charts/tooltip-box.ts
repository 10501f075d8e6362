/** A line of a tooltip; its kind draws the mark before it. */
export interface TooltipLine {
  kind: string
  label: string
  text: string
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.textContent = text
  return made
}

/**
 * Built of elements, not of markup: no text of a store can become part of the page, and no inline style is needed.
 * @param notes sentences below the lines
 */
export function tooltipBox(title: string, lines: readonly TooltipLine[], notes: readonly string[] = []): HTMLElement {
  const box = element('div', 'chart-tooltip-box')
  box.append(element('strong', '', title))
  for (const { kind, label, text } of lines) {
    const line = element('p', '')
    line.append(element('i', kind), element('span', '', label), element('b', '', text))
    box.append(line)
  }
  for (const note of notes) box.append(element('em', '', note))
  return box
}
