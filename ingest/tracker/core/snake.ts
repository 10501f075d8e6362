/** `addToCart`, as GA4 writes it: `add_to_cart`. */
export const snake = (name: string): string => name.replace(/-|(?=[A-Z])/g, '_').toLowerCase()
